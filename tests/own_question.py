"""An instructor's own graded cells, as added with nbgrader's Create Assignment panel, and both ways to grade them."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook

from course.grading import grade
from tests import commands

SOLUTION = '''def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION'''
TEST = """assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(-8.625) == -17.25, "a negative number"
### END HIDDEN TESTS"""
PARTIAL = "sum([double(1) == 2, double(2) == 4]) if double(5) == 10 else 1"
# By command: the course folder it graded, and its output.
Graded = dict[str, tuple[Path, str]]
BOTH = pytest.mark.parametrize("command", ["course grade", "nbgrader autograde"])


def marked(kind: str, source: str, name: str, *, points: float | None = None, **flags: bool) -> NotebookNode:
    """Return a cell with nbgrader's metadata."""
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    flags = {"grade": points is not None, "solution": False, "locked": True, "task": False, **flags}
    worth = {} if points is None else {"points": points}
    nbgrader = {"grade_id": name, "schema_version": 3, **flags, **worth}
    return new(source, id=name, metadata={"nbgrader": nbgrader})


def own_question() -> list[NotebookNode]:
    """Return a blank, test cells with a hidden part and with partial credit, a manually graded answer and a task."""
    return [
        marked("code", SOLUTION, "double", solution=True, locked=False),
        marked("code", TEST, "test_double", points=3),
        marked("code", PARTIAL, "partial", points=3),
        marked("markdown", "Because.", "why", points=2, solution=True, locked=False),
        marked("markdown", "Plot something.", "plot", points=4, grade=False, task=True),
    ]


def answered(release: Path, **answers: str) -> NotebookNode:
    """Return a released notebook with the sources of the named cells replaced."""
    notebook = nbformat.read(str(release), as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    return notebook


def nbgrader(folder: Path, *words: str) -> str:
    """Run one nbgrader command in a course folder; return its output."""
    return commands.nbgrader(folder, *words, HOME=str(folder), CUDA_VISIBLE_DEVICES="")


def hand_in(root: Path, student: str, assignment: str, content: NotebookNode | str, notebook: str = "") -> None:
    path = root / "submitted" / student / assignment / f"{notebook or assignment}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else nbformat.writes(content), encoding="utf-8")


def grades(root: Path, assignment: str, student: str, notebook: str = "") -> dict[str, tuple[float | None, bool]]:
    """Return (automatic score, needs manual grading) for each graded cell."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission_notebook(notebook or assignment, assignment, student)
        return {g.name: (g.auto_score, g.needs_manual_grade) for g in found.grades}


def in_both_ways(root: Path, assignment: str) -> Graded:
    """Grade the submissions with both commands, each in its own copy of the course; return copies and outputs."""
    other = root.with_name(root.name + "-nbgrader")
    shutil.copytree(root, other)
    with contextlib.redirect_stderr(open(root / "said", "w", encoding="utf-8")) as said:  # noqa: SIM115
        assert grade([assignment], root=root, workers=1) == 0
    said.close()
    return {
        "course grade": (root, (root / "said").read_text(encoding="utf-8")),
        "nbgrader autograde": (other, nbgrader(other, "autograde", assignment)),
    }
