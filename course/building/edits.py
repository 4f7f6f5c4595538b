"""Edits made in a built notebook: `course build` would lose them, so it has to know of them.

Each cell's digest stands in the notebook's own metadata, so that this works in a fresh clone as well. Outputs do not
count, nor what an editor writes into metadata when it saves.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course.errors import CourseError


def note_built(notebook: NotebookNode) -> None:
    """Write into a notebook what its cells are."""
    notebook.metadata["course"] = {"built": _digests(notebook)}


def _digests(notebook: NotebookNode) -> dict[str, str]:
    return {cell.id: _digest(cell) for cell in notebook.cells}


def _digest(cell: NotebookNode) -> str:
    parts = [cell.cell_type, cell.source, cell.metadata.get("nbgrader", {})]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def edited_cells(path: Path) -> list[str]:
    """Return the ids of cells that differ from what was built, in the notebook's order, those that are gone last.

    Raises CourseError for a file that `course build` did not write.
    """
    try:
        notebook = nbformat.read(str(path), as_version=4)
        built, now = dict(notebook.metadata["course"]["built"]), _digests(notebook)
    except Exception:  # nbformat raises whatever what it reads makes it stumble over
        raise CourseError(f"{path} was not written by `course build`") from None
    gone = [name for name in built if name not in now]
    return [name for name in now if now[name] != built.get(name)] + gone


def refuse_edits(lesson: str, path: Path) -> None:
    """Stop a build that would lose what somebody wrote into a built notebook.

    Raises CourseError that names the cells and what to do.
    """
    if not path.exists():
        return
    try:
        edited = edited_cells(path)
        found = f"{path} was edited after it was built (cells: {', '.join(edited)})" if edited else ""
    except CourseError as problem:
        found = str(problem)
    if found:
        raise CourseError(
            f"{found}, and building would lose that: put it into lessons/{lesson}.py, from which {path.name} is built, "
            f"or run `course build {lesson} --overwrite`, which keeps a copy in .course/replaced/."
        )


def keep_copy(path: Path, root: Path) -> Path | None:
    """Keep a copy of an edited notebook that is about to be replaced; None if there is nothing to lose."""
    try:
        if not path.exists() or not edited_cells(path):
            return None
    except CourseError:
        pass
    content = path.read_bytes()
    copy = root / ".course" / "replaced" / f"{path.stem}-{hashlib.sha256(content).hexdigest()[:12]}.ipynb"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(content)
    return copy
