"""Queries on the syntax tree of student code; the text is never searched by a pattern.

How long a regular expression takes is up to whoever wrote the text. Parsing, and each query here, takes time linear in
its length.
"""

from __future__ import annotations

import ast
import functools
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Longer than any function or class of a student. A source truncated here does not parse, and so yields no information.
MAX_SOURCE = 20_000


def tree_of(text: str) -> ast.Module | None:
    """Return the syntax tree of a text, or None if Python cannot parse it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as for an invalid escape in a student's string
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def walk(node: ast.AST, into: Callable[[ast.AST], bool] | None = None) -> Iterator[ast.AST]:
    """Yield a node and all its descendants in the order of the text.

    into: whether to descend into a child; by default, always. Unlike a recursive visitor, this handles any depth.
    """
    left = [node]
    while left:
        node = left.pop()
        yield node
        left += [*filter(into, ast.iter_child_nodes(node))][::-1]


def is_statement(node: ast.AST) -> bool:
    return isinstance(node, ast.stmt | ast.excepthandler | ast.match_case)


def is_text(node: ast.stmt) -> bool:
    """Return whether a statement is only a string, such as a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def last_name(node: ast.AST) -> str:
    """Return `c` for `a.b.c` and for `c`, and "" for anything but a name or attribute."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def names_in(node: ast.AST) -> set[str]:
    """Return the names of all variables and attributes in a node."""
    return {last_name(inner) for inner in walk(node)} - {""}


def variables_in(node: ast.AST) -> set[str]:
    """Return the names of all variables in a node, without attributes."""
    return {inner.id for inner in walk(node) if isinstance(inner, ast.Name)}


def is_minus(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)


def targets(node: ast.AST) -> list[ast.expr]:
    """Return the targets of an assignment; those of `a, b = …` are listed separately."""
    if isinstance(node, ast.Assign):
        given = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
        given = [node.target]
    else:
        return []
    return [
        part for target in given for part in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
    ]


def is_zero(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and not isinstance(node.value, str | bytes | bool) and node.value == 0


@dataclass(frozen=True, eq=False)  # compared by identity, so that results about it can be cached
class Code:
    """A piece of student code: its syntax nodes in the order of the text, or none if it could not be parsed."""

    nodes: tuple[ast.AST, ...] = ()

    @functools.cached_property
    def statements(self) -> tuple[Code, ...]:
        """Each statement by itself; compound statements without their bodies."""
        return tuple(
            Code(tuple(walk(node, lambda child: not isinstance(child, ast.stmt | ast.excepthandler))))
            for node in self.nodes
            if isinstance(node, ast.stmt)
        )

    @property
    def node(self) -> ast.AST:
        """The first node, which for one of `statements` is the statement itself."""
        return self.nodes[0]

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Every variable, attribute and imported name."""
        imported = {part for node in self.nodes if isinstance(node, ast.alias) for part in node.name.split(".")}
        return frozenset({last_name(node) for node in self.nodes} | imported) - {""}

    @functools.cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.Call))

    @functools.cached_property
    def called(self) -> frozenset[str]:
        """The names of the functions and methods that are called, without anything before the last dot."""
        return frozenset(last_name(call.func) for call in self.calls) - {""}

    def calls_any(self, *names: str) -> bool:
        return not self.called.isdisjoint(names)

    @functools.cached_property
    def read(self) -> frozenset[str]:
        """The variables that are read."""
        return frozenset(n.id for n in self.nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))

    @functools.cached_property
    def assigned(self) -> frozenset[str]:
        """The variables that are assigned, deleted, or changed through a subscript."""
        names = [n.id for n in self.nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)]
        parts = [t.value for n in self.nodes for t in targets(n) if isinstance(t, ast.Subscript)]
        return frozenset([*names, *(part.id for part in parts if isinstance(part, ast.Name))])

    @functools.cached_property
    def attributes(self) -> frozenset[str]:
        return frozenset(node.attr for node in self.nodes if isinstance(node, ast.Attribute))

    @functools.cached_property
    def defined(self) -> frozenset[str]:
        """The names of the functions and methods that are defined."""
        return frozenset(node.name for node in self.nodes if isinstance(node, ast.FunctionDef))

    @functools.cached_property
    def comparisons(self) -> tuple[tuple[ast.expr, type[ast.cmpop], ast.expr], ...]:
        """All comparisons, each `a < b` as (a, ast.Lt, b)."""
        return tuple(
            (left, type(op), right)
            for node in self.nodes
            if isinstance(node, ast.Compare)
            for left, op, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False)
        )

    @functools.cached_property
    def comma_tuples(self) -> tuple[str, ...]:
        """Where a trailing comma makes a tuple: the last name of each such assignment's first target, or "return"."""
        found = []
        for node in self.nodes:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return) else None
            if isinstance(value, ast.Tuple) and len(value.elts) == 1:
                (only,) = value.elts
                if (only.lineno, only.col_offset) == (value.lineno, value.col_offset):  # no parentheses around it
                    found.append("return" if isinstance(node, ast.Return) else last_name(targets(node)[0]))
        return tuple(found)

    @functools.cached_property
    def numbers(self) -> frozenset[float]:
        values = [node.value for node in self.nodes if isinstance(node, ast.Constant)]
        return frozenset(float(v) for v in values if type(v) is float or (type(v) is int and v.bit_length() < 64))

    @property
    def formats(self) -> bool:
        """Whether the code may format numbers, as in `f"{x:.2f}"` or `"%.2f" % x`, or has a floor division."""
        return any(isinstance(node, ast.FormattedValue | ast.FloorDiv | ast.Mod) for node in self.nodes)

    @functools.cached_property
    def strings(self) -> frozenset[str]:
        """The strings of at most 40 characters, such as names of dtypes; this leaves out most docstrings."""
        values = [node.value for node in self.nodes if isinstance(node, ast.Constant)]
        return frozenset(v for v in values if isinstance(v, str) and len(v) <= 40)

    def mentions(self, *parts: str) -> bool:
        """Return whether any name in the code contains one of these parts."""
        return contain(self.names, parts)


def contain(names: Iterable[str], parts: Iterable[str]) -> bool:
    return any(part in name for name in names for part in parts)


@functools.lru_cache(maxsize=4)  # every question of an exercise, and every mistake, parses the same source
def code_of(source: str) -> Code:
    """Parse the source of a function or class; return an empty `Code` if it is unknown, too long or not Python."""
    tree = tree_of(source) if len(source) <= MAX_SOURCE else None
    return Code() if tree is None else Code(tuple(walk(tree)))
