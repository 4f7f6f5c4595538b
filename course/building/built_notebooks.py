"""Read built notebooks: the reference answers, and the roles of cells.

Standard library only, because `course try` uses this.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.errors import course_error

REPOSITORY = Path(__file__).resolve().parents[2]


def reference_cells(lesson: str, root: Path | None = None) -> dict[str, str]:
    """Return source texts from source/: "setup" first, then each exercise with its solution, in order."""
    path = notebook_path("source", lesson, root)
    shown = f"source/{lesson}/{lesson}.ipynb"
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise course_error("{path} is missing: run `course build {lesson}`.", path=shown, lesson=lesson) from None
    except (ValueError, KeyError, TypeError):
        raise course_error(
            "{path} is not a notebook: run `course build {lesson}` to make it anew.", path=shown, lesson=lesson
        ) from None
    return {cell["id"]: "".join(cell["source"]) for cell in cells if role_of(cell) in ("setup", "exercise")}


def notebook_path(step: str, lesson: str, root: Path | None = None) -> Path:
    """Return the path of a built notebook; step is "source" or "release"."""
    return (root or REPOSITORY) / step / lesson / f"{lesson}.ipynb"


def role_of(cell: dict[str, Any]) -> str:
    """Return a built cell's role, inferred from its nbgrader flags: the notebook does not store it separately."""
    flags = cell["metadata"].get("nbgrader")
    if flags is None:
        return "prose" if cell["cell_type"] == "markdown" else "demonstration"
    if flags["grade"]:
        return "written" if flags["solution"] else "check"
    return "exercise" if flags["solution"] else "setup"
