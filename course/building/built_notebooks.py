"""Read built notebooks: the cells that students get, and the reference answers.

Standard library only, because `course try` and grading use these readers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import course_error

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class CellRecord:
    """One cell of a built notebook.

    name: the cell's name in the lesson text, unique in the lesson (nbgrader's grade_id where it has one)
    role: prose, setup, exercise, check, demonstration or written
    cell_type: "code" or "markdown"
    source: the cell's source in that notebook; in a release, the text as students get it
    points: those of check and written cells, otherwise 0.0
    """

    name: str
    role: str
    cell_type: str
    source: str
    points: float


def release_record(lesson: str, root: Path | None = None) -> list[CellRecord]:
    """Return the cells of release/<lesson>/<lesson>.ipynb in order."""
    return [_record(cell) for cell in _cells("release", lesson, root)]


def reference_cells(lesson: str, root: Path | None = None) -> dict[str, str]:
    """Return source texts from source/: "setup" first, then each exercise with its solution, in order."""
    records = [_record(cell) for cell in _cells("source", lesson, root)]
    return {record.name: record.source for record in records if record.role in ("setup", "exercise")}


def notebook_path(step: str, lesson: str, root: Path | None = None) -> Path:
    """Return the path of a built notebook; step is "source" or "release"."""
    return (root or REPOSITORY) / step / lesson / f"{lesson}.ipynb"


def _cells(step: str, lesson: str, root: Path | None) -> list[dict[str, Any]]:
    path = notebook_path(step, lesson, root)
    shown = f"{step}/{lesson}/{lesson}.ipynb"
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise course_error("{path} is missing: run `course build {lesson}`.", path=shown, lesson=lesson) from None
    except (ValueError, KeyError, TypeError):
        raise course_error(
            "{path} is not a notebook: run `course build {lesson}` to make it anew.", path=shown, lesson=lesson
        ) from None
    return cells


def _record(cell: dict[str, Any]) -> CellRecord:
    source = cell["source"]
    return CellRecord(
        name=cell["id"],
        role=role_of(cell),
        cell_type=cell["cell_type"],
        source=source if isinstance(source, str) else "".join(source),
        points=float(cell["metadata"].get("nbgrader", {}).get("points", 0)),
    )


def role_of(cell: dict[str, Any]) -> str:
    """Return a built cell's role, inferred from its nbgrader flags: the notebook does not store it separately."""
    flags = cell["metadata"].get("nbgrader")
    if flags is None:
        return "prose" if cell["cell_type"] == "markdown" else "demonstration"
    if flags["grade"]:
        return "written" if flags["solution"] else "check"
    return "exercise" if flags["solution"] else "setup"
