"""What the gradebook says of each graded cell of a class."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import select

from course.grading.standings import reading


@dataclass(frozen=True)
class CellMarks:
    """The marks of a class, cell by cell.

    checks: what each cell that is scored automatically is worth, by lesson and name. points: by lesson and student what
    these cells have, points given by hand before the check's own; those without are left out. waiting: by lesson and
    student the cells that wait for a person.
    """

    checks: dict[str, dict[str, float]] = field(default_factory=dict)
    points: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)
    waiting: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def cell_marks(root: Path) -> CellMarks:
    """Read the marks of all cells; there are none where there is no gradebook yet."""
    found = CellMarks()
    with reading(root) as db:
        if db is None:
            return found
        cells = {}
        of_notebook = (api.Notebook.name.label("notebook"), api.Assignment.name.label("lesson"))
        solutions = select(api.SolutionCell.notebook_id, api.SolutionCell.name)
        solved = {(c.notebook_id, c.name) for c in db.execute(solutions)}
        rows = select(api.BaseCell.id, api.BaseCell.name, api.BaseCell.notebook_id, *of_notebook)
        in_lessons = rows.join(api.Notebook, api.Notebook.id == api.BaseCell.notebook_id).join(
            api.Assignment, api.Assignment.id == api.Notebook.assignment_id
        )
        code = select(api.GradeCell.id, api.GradeCell.max_score).where(api.GradeCell.cell_type == "code")
        worth = {row.id: float(row.max_score) for row in db.execute(code)}
        for cell in db.execute(in_lessons):
            name = cell.name if cell.notebook == cell.lesson else f"{cell.notebook}: {cell.name}"
            cells[cell.id] = name
            found.checks.setdefault(cell.lesson, {})
            if cell.id in worth and (cell.notebook_id, cell.name) not in solved:
                found.checks[cell.lesson][name] = worth[cell.id]
        grade, submitted = api.Grade, api.SubmittedAssignment
        marks = (grade.cell_id, grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
        graded = (
            select(api.Assignment.name, submitted.student_id, *marks)
            .join(submitted, submitted.assignment_id == api.Assignment.id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == submitted.id)
            .join(grade, grade.notebook_id == api.SubmittedNotebook.id)
        )
        for lesson, student, cell_id, auto, by_hand, extra, waits in db.execute(graded):
            points, name = found.points.setdefault((lesson, student), {}), cells[cell_id]
            score = auto if by_hand is None else by_hand
            if name in found.checks[lesson] and score is not None:
                points[name] = float(score) + float(extra or 0)
            if waits:
                found.waiting.setdefault((lesson, student), []).append(name)
    return found
