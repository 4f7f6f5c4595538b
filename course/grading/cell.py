"""Single cells: their nbgrader metadata, their source, and what can be read from it without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from nbformat.notebooknode import NotebookNode

from course.runner.source import is_untouched
from course.runner.syntax import is_text, tree_of

# Source longer than this is not parsed: Python's parser cannot cope with hostile text.
MAX_PARSED = 100_000
# Text that is not valid Python counts as prose from this many characters on; less is a typing error.
MIN_PROSE = 12
Raw = dict[str, Any]
# The id of the cell at the top of a graded notebook that says what the reader should know first.
NOTE = "note"
# Only formgrader passes this to a page's template: if it is present, only graders see the page.
FORMGRADER_KEY = "submission_id"


def new_cell(kind: str, source: str, name: str) -> NotebookNode:
    """Make a cell without nbformat's constructors: their validation takes longer than all other mending together."""
    code: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return NotebookNode({"cell_type": kind, "id": name, "metadata": NotebookNode(), "source": source, **code})


def copied(thing: Any) -> Any:
    """Copy the nested dicts and lists of a notebook, without nbformat's slow setting of one field at a time."""
    if isinstance(thing, dict):
        node = NotebookNode()
        dict.update(node, {name: copied(part) for name, part in thing.items()})
        return node
    return [copied(part) for part in thing] if isinstance(thing, list) else thing


def name_of(cell: Raw) -> str:
    """Return the grade_id of a cell, "" if it has no nbgrader metadata."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def by_name(cells: Iterable[NotebookNode]) -> dict[str, NotebookNode]:
    """Return the cells with nbgrader metadata, by grade_id, in order."""
    return {name_of(cell): cell for cell in cells if "nbgrader" in cell.metadata}


def cell_key(cell: NotebookNode, i: int) -> str:
    """Return the key of a cell in the results of a run; i: its position."""
    return name_of(cell) or f"cell {i}"


def is_demonstration(cell: NotebookNode) -> bool:
    return "demonstration" in cell.metadata.get("tags", [])


def claimed_name(cell: Raw) -> str:
    """Return the grade_id that a submitted cell claims, "" if it claims none."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def squeezed(source: str) -> str:
    return "".join(source.split())


def _tree(source: str) -> ast.Module | None:
    return tree_of(source) if len(source) <= MAX_PARSED else None


@lru_cache(256)  # many cells of a class are equal
def names_bound(source: str, strictly: bool = False) -> frozenset[str]:
    """Return the functions, classes and other names that a cell binds at its top level; unfilled blanks bind none.

    strictly: return nothing for source that is not valid Python, not even the names after `def` and `class`.
    """
    tree = _tree(source)
    if tree is None:
        found = () if strictly else re.findall(r"^(?:def|class)\s+(\w+)", source, re.M)
        return frozenset(found)
    if "NotImplementedError" in source and is_untouched(source):
        return frozenset()
    return frozenset(_bound(tree.body))


def _bound(statements: Iterable[ast.stmt]) -> Iterable[str]:
    for node in statements:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.Assign() | ast.AnnAssign():
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                yield from (n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))
            case ast.Import() | ast.ImportFrom():
                yield from (alias.asname or alias.name for alias in node.names)
            case ast.If() | ast.Try() | ast.With():
                yield from _bound(getattr(node, "body", []) + getattr(node, "orelse", []))


def is_same(got: str, expected: str, kind: str) -> bool:
    """Return whether two cell sources differ in form at most: white space and, in code, quotes and comments."""
    if squeezed(got) == squeezed(expected):
        return True
    trees = [_tree(got), _tree(expected)] if kind == "code" else [None]
    return all(trees) and ast.dump(trees[0]) == ast.dump(trees[1])  # type: ignore[arg-type]  # neither is None


def is_words(source: str) -> bool:
    """Return whether a code cell holds prose instead of code or commented-out code."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    if any(line.startswith(("%", "!", "def ", "class ", "import ", "return ")) for line in lines):
        return False
    if all(line.startswith("#") for line in lines):
        source = "\n".join(line.lstrip("# ") for line in lines)
    tree = _tree(source)
    if tree is None:
        return len(squeezed(source)) >= MIN_PROSE
    return bool(tree.body) and all(is_text(node) for node in tree.body)
