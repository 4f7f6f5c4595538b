"""What a course's gradebook says of a class, read whether or not anything is being graded."""

from __future__ import annotations

from pathlib import Path

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import select

from course.grading.database import address_of, open_gradebook, readable_db_errors
from course.grading.settings import course_folder, load_settings


def existing_students(root: Path) -> set[str]:
    """Return the students in a course's gradebook; none if there is no gradebook yet."""
    course = course_folder(root, load_settings(root))
    address = address_of(course.db_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        return set()
    with open_gradebook(course.db_url, course.course_id) as gradebook, readable_db_errors(address):
        return set(gradebook.db.scalars(select(api.Student.id)))


def scores(root: Path) -> dict[tuple[str, str], float]:
    """Return the points from checks of each student in each lesson (written answers are not in it)."""
    course = course_folder(root, load_settings(root))
    submitted = api.SubmittedAssignment
    rows = select(submitted.student_id, api.Assignment.name, submitted.code_score).join(api.Assignment)
    with open_gradebook(course.db_url, course.course_id) as gradebook, readable_db_errors(address_of(course.db_url)):
        return {(student, lesson): float(score) for student, lesson, score in gradebook.db.execute(rows)}


def most_points(root: Path) -> dict[str, float]:
    """Return how many points from checks there are in each lesson, as the gradebook has it."""
    course = course_folder(root, load_settings(root))
    rows = select(api.Assignment.name, api.Assignment.max_code_score)
    with open_gradebook(course.db_url, course.course_id) as gradebook, readable_db_errors(address_of(course.db_url)):
        return {lesson: float(points) for lesson, points in gradebook.db.execute(rows)}
