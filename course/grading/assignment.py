"""An assignment: a notebook or several, with exercises of the course (perhaps none) and graded cells of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from course.errors import CourseError, course_error, nearest
from course.exercise import Exercise
from course.language import later, listed, paragraph, say
from course.lessons import LESSONS

CHECK = "check_"


@dataclass(frozen=True)
class GradedCell:
    """A cell that is scored automatically, as the gradebook has it: with its hidden tests, and what it is worth."""

    name: str
    source: str
    points: float


# By the cell's name.
GradedCells = Mapping[str, GradedCell]
NOTHING_GRADED: GradedCells = {}


def own_cells(graded: GradedCells, exercises: Iterable[Exercise]) -> dict[str, GradedCell]:
    """Return the graded cells that no exercise of the course stands behind: an instructor added them."""
    checks = {CHECK + e.name for e in exercises}
    return {name: cell for name, cell in graded.items() if name not in checks}


def assignments_of(root: Path) -> list[str]:
    """Return the names of all that can be graded here: the lessons, then what else has a notebook in source/."""
    others = {path.parent.name for path in (root / "source").glob("*/*.ipynb")} - set(LESSONS)
    return [*LESSONS, *sorted(others)]


def notebooks_of(assignment: str, root: Path) -> list[str]:
    """Return the names of an assignment's notebooks, as source/ has them; a lesson's own is always among them."""
    found = {path.stem for path in (root / "source" / assignment).glob("*.ipynb")}
    return sorted(found | ({assignment} if assignment in LESSONS else set()))


def require_assignments(names: Iterable[str], root: Path) -> None:
    """Raise CourseError, which says which there are, for a name that is neither a lesson nor in source/."""
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
    """Raise CourseError if what was handed out and what the gradebook holds are not graded alike, or not in Python."""
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
    only = [say("{path} has `{name}`, which the gradebook does not know", path=path, name=name) for name in more]
    only += [say("the gradebook has `{name}`, which {path} has not", path=path, name=name) for name in fewer]
    if only:
        raise course_error(
            "The graded cells of {assignment} are not those that were handed out: {differences}. `nbgrader "
            "generate_assignment {assignment}` makes both anew from source/{assignment}; once there are "
            "submissions it adds and removes no graded cells: then put source/ back as it was.",
            assignment=assignment,
            differences=say("; ").join(only),
        )


def stock_strength(assignment: str, names: Iterable[str]) -> str:
    """Say what graded cells that are no checks of the course are worth against somebody who cheats."""
    told = later(
        "{assignment}: the graded cells {names} are not checks of this course. They run confined, but inside the "
        "student's own process, as in nbgrader everywhere: a student who sets out to can forge their points."
    )
    return say(told, assignment=assignment, names=listed(f"`{name}`" for name in names))
