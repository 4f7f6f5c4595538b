"""Find what answers to be written by hand use beyond plain torch and NumPy, and report it to the instructor.

A process can be searched and stripped of secrets, but not every trick in Python can be foreseen. Code that reads memory
through ctypes, searches the garbage collector or walks frames shows it in its text. The text is parsed, never run.
Everything that the answer refers to counts, wherever in the notebook it is, and so do top-level statements that do more
than define something. Findings cost no points.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbformat.notebooknode import NotebookNode

from course.errors import plain
from course.exercise import Exercise
from course.grading.assignment import is_scored_automatically
from course.grading.cell import FORMGRADER_KEY, name_of
from course.grading.suspects import kind_of, suspects_in
from course.language import later, listed, say, say_n
from course.runner.syntax import tree_of, variables_in, walk

# The metadata key of the findings in a graded notebook, for formgrader.
TO_LOOK_AT = "to_look_at"
# The most findings described for one notebook; of the others only the kinds are listed.
MOST = 5
# The most that translating magics may cost for a notebook: IPython reads a cell anew for each, at 4 µs a character.
_MOST_STEPS = 500_000
_MAGIC = re.compile(r"[%!?]|^[^\S\n]*[,;/]", re.M)
# With this future import, `<>` is Python in its cell and in those below.
_OTHER_SYNTAX = "barry_as_FLUFL"
# Magics for the whole cell, such as `%%time`, and blank lines, both of which IPython takes off.
_HEAD = re.compile(r"(?:\s*%%.*\n)*(?:[^\S\n]*\n)*")


@dataclass(frozen=True)
class _Part:
    """A top-level statement of the notebook. binds: the names it defines; None if it does anything else."""

    cell: str
    node: ast.stmt
    binds: frozenset[str] | None
    lines: tuple[str, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The variables it refers to."""
        return frozenset(variables_in(self.node))

    @cached_property
    def imported(self) -> frozenset[tuple[str, str]]:
        """The local names that its imports bind, also inside functions, each with the full name behind it."""
        found = set[tuple[str, str]]()
        for node in walk(self.node):
            if isinstance(node, ast.Import):
                found |= {(alias.asname, alias.name) for alias in node.names if alias.asname}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found |= {(alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names}
        return frozenset(found)


def suspicious_uses(cells: Sequence[NotebookNode], exercises: Iterable[Exercise]) -> list[str]:
    """Return in words what by-hand answers, and statements that do more than define something, reach for."""
    names = {exercise.name: exercise.options.get("by_hand", False) for exercise in exercises}
    if not any(names.values()):
        return []
    own = [cell for cell in cells if cell.cell_type == "code" and not is_scored_automatically(cell)]
    parts, unread = _statements(own)
    imported = frozenset[tuple[str, str]]().union(*(part.imported for part in parts))
    told: dict[tuple[str, int, str, str], str] = {}
    for name in (name for name, by_hand in names.items() if by_hand):
        for place in _reached(_belonging({name}, parts), imported):
            told.setdefault(place, name)
    besides = [part for part in parts if part.binds is None]
    # other exercises may reach for whatever they like, and demonstrations use their results
    others = [part for part in parts if part.binds is not None and not part.binds & names.keys()]
    helpers = {name for part in besides for name in part.names}
    for place in _reached([*besides, *_belonging(helpers, others)], imported):
        told.setdefault(place, "")
    lines = [_in_words(place, name) for place, name in list(told.items())[:MOST]]
    if more := list(told)[MOST:]:
        kinds = listed(dict.fromkeys(f"`{_quoted(kind_of(what))}`" for _, _, what, _ in more))
        lines.append(
            say_n("One more line reaches for {kinds}", "{n} more lines reach for {kinds}", len(more), kinds=kinds)
        )
    if unread:
        first = _quoted(unread[0].strip().partition("\n")[0])
        lines.append(
            say_n(
                "One cell cannot be read, so look at what it does: it begins `{line}`",
                "{n} cells cannot be read, so look at what they do: the first begins `{line}`",
                len(unread),
                line=first,
            )
        )
    return lines


def _in_words(place: tuple[str, int, str, str], name: str) -> str:
    """Return the sentence on a place of `_reached`; name: the exercise by hand that it belongs to, if to one."""
    cell, number, what, line = place
    said = {True: {True: _NAME_IN_CELL, False: _NAME_IN_OWN}, False: {True: _NOTEBOOK_IN_CELL, False: _NOTEBOOK_IN_OWN}}
    told = said[bool(name)][bool(cell)]
    return say(told, name=_quoted(name), what=_quoted(what), number=number, cell=_quoted(cell), line=_quoted(line))


def _quoted(text: str) -> str:
    """Return text to stand between backticks, which it cannot end: what is outside them is the course's own."""
    return plain(text.strip()[:100]).replace("`", "'")


_NAME_IN_CELL = later("`{name}`, which is to be by hand, reaches for `{what}`: line {number} of `{cell}`, `{line}`")
_NAME_IN_OWN = later(
    "`{name}`, which is to be by hand, reaches for `{what}`: line {number} of a cell of its own, `{line}`"
)
_NOTEBOOK_IN_CELL = later(
    "The notebook, of which some is to be by hand, reaches for `{what}`: line {number} of `{cell}`, `{line}`"
)
_NOTEBOOK_IN_OWN = later(
    "The notebook, of which some is to be by hand, reaches for `{what}`: line {number} of a cell of its own, `{line}`"
)


def _belonging(names: set[str], parts: list[_Part]) -> list[_Part]:
    """Return the statements that define some names, and all that these refer to."""
    found: dict[int, _Part] = {}
    wanted, n_before = set(names), -1
    while len(wanted) > n_before:
        n_before = len(wanted)
        for part in parts:
            if id(part) not in found and part.binds is not None and part.binds & wanted:
                found[id(part)] = part
                wanted |= part.names
    return list(found.values())


def _statements(cells: Iterable[NotebookNode]) -> tuple[list[_Part], list[str]]:
    """Return the statements of some cells, and the sources that run but cannot be read.

    Those have too many magics, or another syntax that they ask for. What is not Python to IPython either does not run.
    """
    parts, unread, left = list[_Part](), list[str](), _MOST_STEPS
    for cell in cells:
        name, source = name_of(cell), cell.source
        found = _parts(name, source)
        if found is None:
            left -= len(source) * (1 + len(_MAGIC.findall(source)))
            if left < 0 or _OTHER_SYNTAX in source:
                unread.append(source)
                continue
            translated = (_parts(name, text) for text in _translated(source))
            found = next((statements for statements in translated if statements is not None), None)
        parts += found or ()
    return parts, unread


def _translated(source: str) -> Iterator[str]:
    """Yield what IPython makes of a cell: first of what is below magics for all of it, each line in its place."""
    head = _HEAD.match(source)
    n = head.end() if head else 0
    for above, text in ((source[:n].count("\n"), source[n:]), (0, source)):
        with suppress(Exception):  # what IPython cannot translate, it does not run either
            yield "\n" * above + TransformerManager().transform_cell(text)


@lru_cache(256)  # most cells are as handed out
def _parts(cell: str, text: str) -> tuple[_Part, ...] | None:
    """Return the statements of a cell, None if it is not Python."""
    tree, lines = tree_of(text), tuple(text.split("\n"))
    return tuple(_Part(cell, node, _bound(node), lines) for node in tree.body) if tree else None


def _bound(node: ast.stmt) -> frozenset[str] | None:
    """Return the names a statement defines; None if it does anything else, and so counts for every answer."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({node.name})
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        return None if "*" in names or _OTHER_SYNTAX in names else frozenset(names)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        inside = [
            t for target in targets for t in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
        ]
        if all(isinstance(target, ast.Name) for target in inside):
            return frozenset(target.id for target in inside if isinstance(target, ast.Name))
    return None


def _reached(parts: Iterable[_Part], imported: frozenset[tuple[str, str]]) -> Iterator[tuple[str, int, str, str]]:
    """Yield each thing reached for once: its cell, its line number, its name, and its line."""
    known = set[str]()
    for part in parts:
        for place in _places(part, frozenset(pair for pair in imported if pair[0] in part.names)):
            if place[2] not in known:
                known.add(place[2])
                yield place


@lru_cache(256)  # as `_parts`
def _places(part: _Part, imported: frozenset[tuple[str, str]]) -> tuple[tuple[str, int, str, str], ...]:
    """Return all that a statement reaches for, as `_reached` yields it."""
    behind = dict[str, set[str]]()
    for name, full in imported:
        behind.setdefault(name, set()).add(full)
    found = suspects_in(part.node, behind)
    return tuple((part.cell, number, what, "".join(part.lines[number - 1 : number])) for number, what in found)


class ShowToLookAt:
    """Insert the findings at the top of formgrader's page; feedback does not show them.

    This is not an nbconvert `Preprocessor`, as any callable will do: examiners import this module, but not nbconvert.
    """

    def __call__(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        told = nb.metadata.get(TO_LOOK_AT, [])
        if FORMGRADER_KEY in resources and told:
            text = "\n".join([say("**To look at** (only you see this):"), "", *(f"- {line}" for line in told)])
            nb.cells.insert(0, NotebookNode(cell_type="markdown", metadata=NotebookNode(), source=text))
        return nb, resources
