"""Expand a lesson into an unexecuted notebook: roles become nbgrader metadata, names become cell ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

from course.building.lesson import CELL_TYPE_OF_ROLE, Cell, Contract, Lesson
from course.building.questions import OwnQuestion
from course.language import in_notebook, say, using
from course.regions import MARK_SCHEME, SOLUTION, regions, without_regions

WRITTEN_POINTS = 5

# The Python version is left out: with it, the notebooks would differ between Python versions.
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

# nbgrader's flags: grade = carries points, solution = students write here, locked = restored when grading.
_FLAGS = {
    "setup": {"grade": False, "solution": False, "locked": True},
    "exercise": {"grade": False, "solution": True, "locked": False},
    "check": {"grade": True, "solution": False, "locked": True},
    "written": {"grade": True, "solution": True, "locked": False},
}
_SCHEMA_VERSION = 3


def metadata_in(language: str) -> NotebookNode:
    """Return the metadata of a notebook in a language; English, the default, is not recorded."""
    return nbformat.from_dict({**NOTEBOOK_METADATA, **in_notebook(language)})


def expand(lesson: Lesson, exercises: Sequence[Contract], own: Mapping[str, OwnQuestion]) -> NotebookNode:
    """Return the unexecuted notebook of a lesson that passed `check_lesson`.

    own: the questions that the text defines itself, by name.
    """
    points = {f"check_{exercise.name}": _tidy(exercise.points) for exercise in exercises}
    notebook = v4.new_notebook(metadata=metadata_in(lesson.language))
    for cell in _with_checks(lesson, own):
        source = scheme_inside_solution(cell.source) if cell.role == "written" else cell.source
        new_cell = v4.new_markdown_cell if CELL_TYPE_OF_ROLE[cell.role] == "markdown" else v4.new_code_cell
        notebook.cells.append(new_cell(source, id=cell.name, metadata=nbformat.from_dict(_metadata(cell, points))))
    # A fixed minor version, because nbformat's default increases with its releases.
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _with_checks(lesson: Lesson, own: Mapping[str, OwnQuestion]) -> Iterator[Cell]:
    """Yield the cells, with a check after each question that the text defines and the text's points in its checks."""
    with using(lesson.language):
        not_found = say("not found? Run the first code cell: it says what to install")
    starts = any(cell.role == "setup" and "start(" in cell.source for cell in lesson.cells)
    for cell in lesson.cells:
        worth = f", points={_tidy(cell.points)})" if cell.points is not None else ")"
        # so that the check can say what is missing if the setup cell was not run, or was deleted
        head = f"from course import check  # {not_found}\n\n" if starts else ""
        is_check = cell.role == "check"
        yield replace(cell, source=head + cell.source.removesuffix(")") + worth) if is_check else cell
        if cell.name in own:
            question = own[cell.name]
            yield Cell("check", f"check_{cell.name}", head + question.check, cell.line, question.points)


def _tidy(points: float) -> float:
    return int(points) if points == int(points) else points


def _metadata(cell: Cell, points: dict[str, float]) -> dict[str, Any]:
    if cell.role in ("demonstration", "figure"):
        # the code that draws a picture is not part of the lesson, so its cell is collapsed
        folded = {"jupyter": {"source_hidden": True}} if cell.role == "figure" else {}
        return {"tags": ["demonstration"], **folded}
    if cell.role == "prose":
        return {}
    nbgrader: dict[str, Any] = {"grade_id": cell.name, "schema_version": _SCHEMA_VERSION, "task": False}
    nbgrader.update(_FLAGS[cell.role])
    if cell.role == "check":
        nbgrader["points"] = points[cell.name] if cell.points is None else _tidy(cell.points)
    elif cell.role == "written":
        nbgrader["points"] = WRITTEN_POINTS if cell.points is None else _tidy(cell.points)
    return {"nbgrader": nbgrader}


def scheme_inside_solution(source: str) -> str:
    """Move a marking scheme to the end of the solution region.

    nbgrader 0.9.6 records a cell's checksum before it removes marking schemes, and removes them from task cells
    only. A scheme outside the solution would abort the release, or make an untouched answer look changed, so that
    it would be marked for manual grading instead of scoring 0. Inside, both are removed together.
    """
    (scheme,) = regions(source, MARK_SCHEME)
    kept = without_regions(source, MARK_SCHEME).split("\n")
    end = next(index for index, line in enumerate(kept) if f"END {SOLUTION}" in line)
    block = ["", f"### BEGIN {MARK_SCHEME}", *scheme.split("\n"), f"### END {MARK_SCHEME}"]
    return "\n".join(kept[:end] + block + kept[end:])
