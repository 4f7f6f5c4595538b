"""What a cell is by itself: its mark and its text, and what can be read off it without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from nbformat.notebooknode import NotebookNode

from course.runner.source import is_untouched
from course.runner.syntax import is_text, tree_of

# Text longer than this is searched, not parsed: Python's parser is no match for hostile text.
MAX_PARSED = 100_000
# So many characters make prose of what Python cannot read; fewer are a slip of the keyboard.
MIN_PROSE = 12
Raw = dict[str, Any]
# The cell above a graded notebook that says what is to be known first.
NOTE = "note"
# What formgrader alone hands the template of a page: nobody but who marks sees the page.
OF_FORMGRADER = "submission_id"


def new_cell(kind: str, source: str, name: str) -> NotebookNode:
    """Make a cell; nbformat's own makers validate each one, which takes longer than all other mending together."""
    code: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return NotebookNode({"cell_type": kind, "id": name, "metadata": NotebookNode(), "source": source, **code})


def copied(thing: Any) -> Any:
    """Copy what a notebook is made of; a node's fields are not set one by one, by Python code of nbformat's."""
    if isinstance(thing, dict):
        node = NotebookNode()
        dict.update(node, {name: copied(part) for name, part in thing.items()})
        return node
    return [copied(part) for part in thing] if isinstance(thing, list) else thing


def name_of(cell: Raw) -> str:
    """Return the grade_id of a cell, "" of one that nbgrader does not know."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def by_name(cells: Iterable[NotebookNode]) -> dict[str, NotebookNode]:
    """Return the cells that nbgrader knows, by grade_id, in order."""
    return {name_of(cell): cell for cell in cells if "nbgrader" in cell.metadata}


def cell_key(cell: NotebookNode, i: int) -> str:
    """Return what a cell is called while it runs; i: its position."""
    return name_of(cell) or f"cell {i}"


def is_demonstration(cell: NotebookNode) -> bool:
    return "demonstration" in cell.metadata.get("tags", [])


def claimed_name(cell: Raw) -> str:
    """Return the grade_id a submitted cell says it has, "" if it says none."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def squeezed(source: str) -> str:
    return "".join(source.split())


def _tree(source: str) -> ast.Module | None:
    return tree_of(source) if len(source) <= MAX_PARSED else None


@lru_cache(256)  # a class's cells have much in common
def names_bound(source: str, strictly: bool = False) -> frozenset[str]:
    """Return the functions, classes and other names a cell binds at its top level; blanks to be filled bind none.

    strictly: not even the first lines of functions are taken from a text that is no Python.
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
    """Tell whether a cell's text was changed in its looks at most: white space, and in code quotes and comments."""
    if squeezed(got) == squeezed(expected):
        return True
    trees = [_tree(got), _tree(expected)] if kind == "code" else [None]
    return all(trees) and ast.dump(trees[0]) == ast.dump(trees[1])  # type: ignore[arg-type]  # both are there


def is_words(source: str) -> bool:
    """Tell whether what stands in a code cell is no code, and no code put into comments, but prose."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    if any(line.startswith(("%", "!", "def ", "class ", "import ", "return ")) for line in lines):
        return False
    if all(line.startswith("#") for line in lines):
        source = "\n".join(line.lstrip("# ") for line in lines)
    tree = _tree(source)
    if tree is None:
        return len(squeezed(source)) >= MIN_PROSE
    return bool(tree.body) and all(is_text(node) for node in tree.body)
