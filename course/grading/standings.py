"""Read the marks of a class from a gradebook, whether or not it is being graded, and add students to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import Select, bindparam, func, insert, select, update

from course.grading.assignment import GradedCell, GradedCells
from course.grading.database import address_of, opened_gradebook, retrying, writing
from course.grading.database_errors import lost
from course.grading.settings import course_folder


def seconds_late(
    timestamp: datetime.datetime | None, duedate: datetime.datetime | None, extension: datetime.timedelta | None
) -> float:
    """Return how late a submission is, in seconds; 0 if it is not.

    Both times are naive and in UTC, as nbgrader stores them. nbgrader's own property fails if there is an extension but
    the due date has been removed.
    """
    if timestamp is None or duedate is None:
        return 0.0
    return max(0.0, (timestamp - duedate - (extension or datetime.timedelta())).total_seconds())


@dataclass(frozen=True)
class CellMark:
    """The points of a graded cell: from its check, and given by hand in their place; None if there are none.

    part: the id of its submitted notebook. name: prefixed with the notebook's name if that is not the lesson's.
    """

    part: str
    name: str
    max_score: float
    auto: float | None
    by_hand: float | None
    extra: float
    is_waiting: bool

    @property
    def score(self) -> float | None:
        given = self.auto if self.by_hand is None else self.by_hand
        return None if given is None else given + self.extra


@dataclass(frozen=True)
class Mark:
    """A submission's mark in the gradebook. Times are naive and in UTC.

    penalties: the late penalty on each of its notebooks, by id.
    """

    timestamp: datetime.datetime | None = None
    duedate: datetime.datetime | None = None
    extension: datetime.timedelta | None = None
    cells: list[CellMark] = field(default_factory=list)
    penalties: dict[str, float | None] = field(default_factory=dict)

    @property
    def scores(self) -> dict[str, float]:
        """The score of each notebook, by id, before penalties."""
        return {part: sum(c.score or 0.0 for c in self.cells if c.part == part) for part in self.penalties}

    @property
    def score(self) -> float:
        return sum(self.scores.values())

    @property
    def max_score(self) -> float:
        return sum(cell.max_score for cell in self.cells)

    @property
    def from_checks(self) -> float:
        return sum(cell.auto or 0.0 for cell in self.cells)

    @property
    def penalty(self) -> float:
        return sum(taken or 0.0 for taken in self.penalties.values())

    @property
    def final(self) -> float:
        """The score after penalties, as in `nbgrader export`."""
        return max(0.0, self.score - self.penalty)

    @property
    def waiting(self) -> list[str]:
        """The names of the cells that wait for a person."""
        return [cell.name for cell in self.cells if cell.is_waiting]

    @property
    def late_s(self) -> float:
        return seconds_late(self.timestamp, self.duedate, self.extension)


# By assignment and student.
Marks = dict[str, dict[str, Mark]]


def marks_in(db: Any, **only: str) -> Marks:
    """Return the mark of each submission; only: restrict to one assignment (`name`) or one student (`student_id`)."""
    found: Marks = {}
    for lesson, student, *times, part_id, taken, notebook, name, most, auto, by_hand, extra, waits in db.execute(
        _marks(*only), only
    ):
        mark = found.setdefault(lesson, {}).setdefault(student, Mark(*times))
        mark.penalties[part_id] = taken
        if name is not None:
            shown = name_in(lesson, notebook, name)
            mark.cells.append(CellMark(part_id, shown, float(most or 0), auto, by_hand, extra, bool(waits)))
    return found


@cache  # SQLAlchemy takes as long to build it as the database to answer it
def _marks(*only: str) -> Select[Any]:
    submitted, part, grade, cell = api.SubmittedAssignment, api.SubmittedNotebook, api.Grade, api.BaseCell
    worths = [kind.__table__ for kind in (api.GradeCell, api.TaskCell)]
    worth = func.coalesce(*(kind.c.max_score for kind in worths))
    points = (grade.auto_score, grade.manual_score, func.coalesce(grade.extra_credit, 0.0), grade.needs_manual_grade)
    rows = (
        select(
            *(api.Assignment.name, submitted.student_id, submitted.timestamp, api.Assignment.duedate),
            *(submitted.extension, part.id, part.late_submission_penalty, api.Notebook.name, cell.name, worth, *points),
        )
        .join_from(submitted, api.Assignment)
        .join(part, part.assignment_id == submitted.id)
        .join(api.Notebook, api.Notebook.id == part.notebook_id)
        .outerjoin(grade, grade.notebook_id == part.id)
        .outerjoin(cell.__table__, cell.id == grade.cell_id)
    )
    for kind in worths:
        rows = rows.outerjoin(kind, kind.c.id == grade.cell_id)
    return rows.where(*(getattr(api.Assignment if n == "name" else submitted, n) == bindparam(n) for n in only))


def name_in(lesson: str, notebook: str, cell: str) -> str:
    return cell if notebook == lesson else f"{notebook}: {cell}"


@contextmanager
def reading(root: Path) -> Iterator[Any]:
    """Open a course's gradebook and yield its session; yield None if its folder exists and it does not yet."""
    address = address_of(course_folder(root).db_url)
    file = Path(address.database or "")
    is_new = not file.exists() and not lost(address, root)
    if address.get_backend_name() == "sqlite" and file.parent.is_dir() and is_new:
        yield None
        return
    with opened_gradebook(root) as (gradebook, _):
        yield gradebook.db


def marks_of_class(root: Path) -> Marks:
    """Return the mark of each submission that has been graded."""
    with reading(root) as db:
        marks = marks_in(db) if db else {}
    return {lesson: {s: mark for s, mark in of.items() if mark.cells} for lesson, of in marks.items()}


def checks_of_class(root: Path) -> dict[str, dict[str, float]]:
    """Return the points of each automatically scored cell, by assignment and name."""
    found: dict[str, dict[str, float]] = {}
    with reading(root) as db:
        for lesson in db.scalars(select(api.Assignment.name)).all() if db else ():
            if notebooks := graded_cells_in(db, lesson):  # else only its due date is known
                cells = ((notebook, cell) for notebook, of in notebooks.items() for cell in of.values())
                found[lesson] = {name_in(lesson, notebook, cell.name): cell.points for notebook, cell in cells}
    return found


def graded_cells_in(db: Any, lesson: str) -> dict[str, GradedCells]:
    """Return the automatically scored cells of a lesson, by notebook name and cell name."""
    assignment = db.query(api.Assignment).filter_by(name=lesson).one_or_none()
    found: dict[str, GradedCells] = {}
    for notebook in sorted(assignment.notebooks, key=lambda n: n.name) if assignment else ():
        sources = {cell.name: cell.source or "" for cell in notebook.source_cells}
        by_hand = {cell.name for cell in notebook.solution_cells}
        scored = (c for c in notebook.grade_cells if c.cell_type == "code" and c.name not in by_hand)
        cells = sorted((c.name, sources.get(c.name, ""), float(c.max_score)) for c in scored)
        found[notebook.name] = {cell[0]: GradedCell(*cell) for cell in cells}
    return found


# Due dates in UTC by assignment, and extensions by assignment and student.
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
    """Return what the gradebook has on each student, by id: names, e-mail address, id in the learning platform."""
    row = api.Student
    names = ("first_name", "last_name", "email", "lms_id")
    columns = (row.id, row.first_name, row.last_name, row.email, row.lms_user_id)
    with reading(root) as db:
        rows = db.execute(select(*columns)).all() if db else ()
    return {student: dict(zip(names, (v or "" for v in more), strict=True)) for student, *more in rows}


def scores(root: Path) -> dict[tuple[str, str], float]:
    """Return each student's points from checks, without written answers, by student and lesson."""
    checks = checks_of_class(root)
    return {
        (student, lesson): sum(cell.score or 0.0 for cell in mark.cells if cell.name in checks[lesson])
        for lesson, of in marks_of_class(root).items()
        for student, mark in of.items()
    }


MAX_TEXT = 128  # characters in nbgrader's columns


def enrol(root: Path, students: dict[str, dict[str, str]]) -> int:
    """Add new students and update known ones; return how many rows changed.

    students: the values of nbgrader's columns, by student id; an empty value leaves the gradebook's as it is.
    """
    with opened_gradebook(root) as (gradebook, address):
        return retrying(lambda: _enrol(gradebook.db, students), address)


def _enrol(db: Any, students: dict[str, dict[str, str]]) -> int:
    n_changed = 0
    with writing(db):
        table = api.Student.__table__
        there = {row.id: row for row in db.execute(select(table))}
        for student, values in students.items():
            values = {name: value[:MAX_TEXT] for name, value in values.items() if value}
            if student not in there:
                db.execute(insert(table), [{"id": student, **values}])
            elif any(getattr(there[student], name) != value for name, value in values.items()):
                db.execute(update(table).where(table.c.id == student).values(**values))
            else:
                continue
            n_changed += 1
    return n_changed
