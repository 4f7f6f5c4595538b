"""Extract the source of a lesson's function, with everything it uses, from the code cells."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterable
from typing import Any


def definitions(sources: Iterable[str], name: str) -> str:
    """Return the source of the function `name` with the imports, functions, classes and constants that it uses.

    sources: the code cells in order; the last of several definitions counts. Returns "" if there is no such function.
    """
    place = itertools.count()
    known: dict[str, tuple[int, str]] = {}
    used_by: dict[str, set[str]] = {}
    for source in sources:
        try:
            body = ast.parse(source).body
        except SyntaxError:  # an IPython magic: such a cell defines nothing
            continue
        for node in body:
            for bound in _bound(node):
                known[bound] = (next(place), ast.unparse(node))
                used_by[bound] = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - {bound}
    needed, due = set(), [name] if name in known else []
    while due:
        each = due.pop()
        if each not in needed:
            needed.add(each)
            due += [used for used in used_by[each] if used in known]
    return "\n".join(dict.fromkeys(text for _, text in sorted(known[each] for each in needed)))


def _bound(node: ast.stmt) -> list[str]:
    """Return the names bound by a definition, import or literal assignment; computed values are left out."""
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Import() | ast.ImportFrom():
            return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        case ast.Try():  # around an import
            return [name for statement in node.body for name in _bound(statement)]
        case ast.Assign() if _is_constant(node.value):
            return [n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if _is_constant(value):
            return [name]
    return []


def _is_constant(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return False
    return True


def function_of(text: str, name: str) -> Callable[..., Any]:
    """Execute the source returned by `definitions` and return the function; raises whatever the source raises."""
    namespace: dict[str, Any] = {"__name__": "lesson"}
    exec(compile(text, f"<{name}>", "exec"), namespace)
    function: Callable[..., Any] = namespace[name]
    return function
