"""An instructor's own graded cells, added to a notebook as nbgrader's Create Assignment panel adds them."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

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


def marked(kind: str, source: str, name: str, *, points: float | None = None, **flags: bool) -> NotebookNode:
    """Make a cell with nbgrader's marks."""
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    flags = {"grade": points is not None, "solution": False, "locked": True, "task": False, **flags}
    worth = {} if points is None else {"points": points}
    nbgrader = {"grade_id": name, "schema_version": 3, **flags, **worth}
    return new(source, id=name, metadata={"nbgrader": nbgrader})


def own_question() -> list[NotebookNode]:
    """Return a blank, a test cell with a hidden part, one with partial credit, an answer for a person and a task."""
    return [
        marked("code", SOLUTION, "double", solution=True, locked=False),
        marked("code", TEST, "test_double", points=3),
        marked("code", PARTIAL, "partial", points=3),
        marked("markdown", "Because.", "why", points=2, solution=True, locked=False),
        marked("markdown", "Plot something.", "plot", points=4, grade=False, task=True),
    ]


def answered(release: Path, **answers: str) -> NotebookNode:
    """Return a released notebook with other text in the cells of these names."""
    notebook = nbformat.read(str(release), as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    return notebook
