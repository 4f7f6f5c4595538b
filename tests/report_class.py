"""A class for the report: a gradebook and the records of grading, made without running any student code."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from nbgrader import api

from course.grading.database import open_gradebook
from course.grading.graded import Graded
from course.grading.store import Store
from tests.course_factory import make_course

WORTH = {
    "way1_numpy": {"make_data": 2, "forward": 4, "loss_fn": 2, "backward": 8, "train": 4},
    "way2_tensors": {"make_data": 2, "forward": 4, "loss_fn": 2, "backward": 8, "train": 4},
}
SLIP = "mask-from-gradient-sign"
Wrong = tuple[str, float, str, str]  # exercise, points, mistake ("": no name), quantity


def make_class(root: Path, *students: str) -> Path:
    """Create a course whose gradebook has both lessons, and students who have submitted nothing."""
    make_course(root, tuple(WORTH))
    with open_gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as gradebook:
        for lesson, worth in WORTH.items():
            gradebook.add_assignment(lesson, duedate=datetime.datetime(2026, 3, 1))
            notebook = gradebook.add_notebook(lesson, lesson)
            for name, points in worth.items():
                cell = {"name": f"check_{name}", "max_score": points, "cell_type": "code"}
                gradebook.db.add(api.GradeCell(notebook_id=notebook.id, **cell))
            gradebook.db.add(api.GradeCell(notebook_id=notebook.id, name="explain", max_score=5, cell_type="markdown"))
        gradebook.db.add_all(api.Student(id=student) for student in students)
        gradebook.db.commit()
    return root


def add(root: Path, lesson: str, students: dict[str, list[Wrong]], **noted: Any) -> None:
    """Add graded submissions, right except for the given mistakes. noted: `days_late`, or more fields of the record."""
    with open_gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as gradebook:
        db, notebook = gradebook.db, gradebook.find_notebook(lesson, lesson)
        cells = {cell.id: cell.name.removeprefix("check_") for cell in notebook.grade_cells}
        at = datetime.datetime(2026, 3, 1) + datetime.timedelta(days=noted.pop("days_late", 0))
        for student, wrong in students.items():
            points = {**WORTH[lesson], **{name: earned for name, earned, _, _ in wrong}}
            db.merge(api.Student(id=student))
            one, part = api.new_uuid(), api.new_uuid()
            db.add(
                api.SubmittedAssignment(id=one, assignment_id=notebook.assignment_id, student_id=student, timestamp=at)
            )
            db.add(api.SubmittedNotebook(id=part, notebook_id=notebook.id, assignment_id=one))
            db.add_all(
                api.Grade(cell_id=i, notebook_id=part, auto_score=points.get(n), needs_manual_grade=n not in points)
                for i, n in cells.items()
            )
            record = {
                "status": "graded",
                "notes": [],
                "outcomes": dict.fromkeys(WORTH[lesson], "pass") | {n: "fail" for n, *_ in wrong},
                "mistakes": {n: mistake for n, _, mistake, _ in wrong if mistake},
                "wrong": {n: {"quantity": q, "said": f"`{q}` is off.", "line": f"{q} = h"} for n, _, _, q in wrong},
            }
            Store(root).mark_done(Graded(lesson, student, **{**record, **noted}), "")
        gradebook.db.commit()
