"""What a course's gradebook says of a class, read whether or not anything is being graded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import Integer, cast, func, select

from course.grading.database import address_of, open_gradebook, readable_db_errors
from course.grading.penalties import seconds_late
from course.grading.settings import course_folder, load_settings


@dataclass(frozen=True)
class Mark:
    """What the gradebook says of a submission, given by hand or by checks.

    score: before anything is taken off. n_waiting: how many cells wait for a person. Times are in UTC, without a zone.
    """

    score: float
    max_score: float
    penalty: float
    n_waiting: int
    timestamp: datetime.datetime | None
    duedate: datetime.datetime | None
    extension: datetime.timedelta | None

    @property
    def final(self) -> float:
        """The score as `nbgrader export` has it."""
        return max(0.0, self.score - self.penalty)

    @property
    def late_s(self) -> float:
        return seconds_late(self.timestamp, self.duedate, self.extension)


@contextmanager
def reading(root: Path) -> Iterator[Any]:
    """Open a course's gradebook; yield None where there is none yet in a folder that exists."""
    course = course_folder(root, load_settings(root))
    address = address_of(course.db_url)
    file = Path(address.database or "")
    if address.get_backend_name() == "sqlite" and file.parent.is_dir() and not file.exists():
        yield None
        return
    with open_gradebook(course.db_url, course.course_id) as gradebook, readable_db_errors(address):
        yield gradebook.db


def marks_of_class(root: Path) -> dict[str, dict[str, Mark]]:
    """Return how each student's submission stands, by assignment and student."""
    submitted, part, grade = api.SubmittedAssignment, api.SubmittedNotebook, api.Grade
    of = (api.Assignment.name, submitted.student_id, api.Assignment.max_score)
    times = (submitted.timestamp, api.Assignment.duedate, submitted.extension)
    penalty = part.late_submission_penalty
    rows = (
        select(*of, penalty, func.sum(grade.score), func.sum(cast(grade.needs_manual_grade, Integer)), *times)
        .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
        .join(part, part.assignment_id == submitted.id)
        .join(grade, grade.notebook_id == part.id)
        .group_by(part.id, *of, penalty, *times)
    )
    found: dict[str, dict[str, Mark]] = {}
    with reading(root) as db:
        for lesson, student, most, taken, score, waiting, *when in db.execute(rows) if db else ():
            mark = Mark(float(score or 0), float(most or 0), float(taken or 0), int(waiting or 0), *when)
            if before := found.setdefault(lesson, {}).get(student):  # another notebook of the same assignment
                sums = (before.score + mark.score, mark.max_score, before.penalty + mark.penalty)
                mark = Mark(*sums, before.n_waiting + mark.n_waiting, *when)
            found[lesson][student] = mark
    return found


# When each assignment is due, in UTC, and the extensions, by assignment and student.
Deadlines = tuple[dict[str, datetime.datetime], dict[tuple[str, str], datetime.timedelta]]


def deadlines(root: Path) -> Deadlines:
    with reading(root) as db:
        return deadlines_in(db) if db else ({}, {})


def deadlines_in(db: Any) -> Deadlines:
    submitted, assignment = api.SubmittedAssignment, api.Assignment
    extensions = select(assignment.name, submitted.student_id, submitted.extension).join(
        assignment, assignment.id == submitted.assignment_id
    )
    due = {name: when for name, when in db.execute(select(assignment.name, assignment.duedate)) if when}
    return due, {(name, student): more for name, student, more in db.execute(extensions) if more}


def students_of_class(root: Path) -> dict[str, dict[str, str]]:
    """Return what the gradebook knows of each student, by id: names, e-mail address, number in a learning platform."""
    row = api.Student
    columns = (row.id, row.first_name, row.last_name, row.email, row.lms_user_id)
    names = ("first_name", "last_name", "email", "lms_id")
    with reading(root) as db:
        return (
            {i: dict(zip(names, (v or "" for v in more), strict=True)) for i, *more in db.execute(select(*columns))}
            if db
            else {}
        )


def existing_students(root: Path) -> set[str]:
    """Return the students in a course's gradebook; none if there is no gradebook yet."""
    return set(students_of_class(root))


def scores(root: Path) -> dict[tuple[str, str], float]:
    """Return the points from checks of each student in each lesson (written answers are not in it)."""
    submitted = api.SubmittedAssignment
    rows = select(submitted.student_id, api.Assignment.name, submitted.code_score).join(api.Assignment)
    with reading(root) as db:
        return {(student, lesson): float(score) for student, lesson, score in db.execute(rows)} if db else {}


def most_points(root: Path) -> dict[str, float]:
    """Return how many points from checks there are in each lesson, as the gradebook has it."""
    rows = select(api.Assignment.name, api.Assignment.max_code_score)
    with reading(root) as db:
        return {lesson: float(points) for lesson, points in db.execute(rows)} if db else {}
