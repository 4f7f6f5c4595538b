"""Assignments: one or more notebooks with exercises of the course, if any, and graded cells of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from course.errors import CourseError, course_error, nearest
from course.exercise import Exercise
from course.language import later, listed, paragraph, say
from course.lessons import LESSONS
from course.lessons.stated import CHECK


@dataclass(frozen=True)
class GradedCell:
    """An automatically scored cell as stored in the gradebook, with its hidden tests and its points."""

    name: str
    source: str
    points: float


# Keyed by cell name.
GradedCells = Mapping[str, GradedCell]
NOTHING_GRADED: GradedCells = {}


def own_cells(graded: GradedCells, exercises: Iterable[Exercise]) -> dict[str, GradedCell]:
    """Return the graded cells that an instructor added, which belong to no exercise of the course."""
    checks = {CHECK + e.name for e in exercises}
    return {name: cell for name, cell in graded.items() if name not in checks}


def assignments_of(root: Path) -> list[str]:
    """Return the names of all assignments: the lessons, then whatever else has a notebook in source/."""
    others = {path.parent.name for path in (root / "source").glob("*/*.ipynb")} - set(LESSONS)
    return [*LESSONS, *sorted(others)]


def notebooks_of(assignment: str, root: Path) -> list[str]:
    """Return the names of an assignment's notebooks in source/; for a lesson, its own is always included."""
    found = {path.stem for path in (root / "source" / assignment).glob("*.ipynb")}
    return sorted(found | ({assignment} if assignment in LESSONS else set()))


def require_assignments(names: Iterable[str], root: Path) -> None:
    """Raise CourseError, listing the known assignments, for a name that is neither a lesson nor in source/."""
    known = assignments_of(root)
    for name in (name for name in names if name not in known):
        told = say(
            "There is no lesson “{name}”, and no source/{name}: there are {names}.", name=name, names=listed(known)
        )
        raise CourseError(paragraph(told, nearest(name, known)))


def is_scored_automatically(cell: NotebookNode) -> bool:
    flags = cell.metadata.get("nbgrader", {})
    return bool(cell.cell_type == "code" and flags.get("grade") and not flags.get("solution"))


def require_same(assignment: str, notebook: str, released: NotebookNode, graded: GradedCells) -> None:
    """Raise CourseError if the released notebook is not in Python, or its graded cells differ from the gradebook's."""
    path = f"release/{assignment}/{notebook}.ipynb"
    language = released.metadata.get("kernelspec", {}).get("language", "python")
    if language != "python":
        raise course_error(
            "{path} is written in {language}: only notebooks in Python can be graded here.",
            path=path,
            language=language,
        )
    handed_out = {c.metadata.nbgrader.grade_id for c in released.cells if is_scored_automatically(c)}
    more, fewer = sorted(handed_out - set(graded)), sorted(set(graded) - handed_out)
    only = [say("{path} has `{name}`, which the gradebook does not have", path=path, name=name) for name in more]
    only += [say("the gradebook has `{name}`, which {path} does not have", path=path, name=name) for name in fewer]
    if only:
        raise course_error(
            "The graded cells of {assignment} are not those that were released: {differences}. `nbgrader "
            "generate_assignment {assignment}` makes both again from source/{assignment}; once there are "
            "submissions it neither adds nor removes graded cells: then restore source/ as it was.",
            assignment=assignment,
            differences=say("; ").join(only),
        )


def forgeable_cells_warning(assignment: str, names: Iterable[str]) -> str:
    """Return a warning that graded cells other than the course's checks do not withstand cheating."""
    told = later(
        "{assignment}: the graded cells {names} are not checks of this course. They run confined, but inside the "
        "student's own process, as in nbgrader everywhere: a student who sets out to can forge their points."
    )
    return say(told, assignment=assignment, names=listed(f"`{name}`" for name in names))
