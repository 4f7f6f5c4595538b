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
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from nbformat.notebooknode import NotebookNode

from course.errors import plain
from course.exercise import Exercise
from course.grading.assignment import is_scored_automatically
from course.grading.cell import FORMGRADER_KEY, name_of
from course.language import later, say
from course.runner.syntax import tree_of, walk

# The metadata key of the findings in a graded notebook, for formgrader.
TO_LOOK_AT = "to_look_at"
# The most findings reported for one notebook.
MOST = 5

# Modules, and attributes of other modules, that are reported, with all below them; of torch also whatever is private.
_TOLD = re.compile(
    r"""(
    _?ctypes | cffi | _cffi_backend | gc | importlib | imp | pkgutil | runpy | marshal | mmap | code | codeop
    | subprocess | multiprocessing | concurrent\.interpreters | _interpreters | annotationlib
    | os\.(fork | system | popen | exec\w+ | posix_spawn\w*) | builtins\.__import__
    | sys\.(modules | _getframe | _current_frames | meta_path | path_hooks | settrace | setprofile | remote_exec)
    | inspect\.(currentframe | stack | trace | getclosurevars | getmembers\w* | getmodule | getattr_static)
    | types\.(FunctionType | CodeType) | numpy\.ctypeslib | np\.ctypeslib | torch\.(\w+\.)*_[a-zA-Z]\w*
    | torch\.(ops | classes | jit | library | func | compile | export | fx | overrides | package | nn\.grad)
    | torch\.utils\.cpp_extension
    )(\.|$)""",
    re.X,
)
_ATTRIBUTES = re.compile(
    r"__(subclasses|globals|closure|code|dict|builtins|loader|spec|mro|bases?|wrapped|self|func|reduce_ex|getattribute)__"
    r"|__array_(interface|struct)__|as_strided|f_(globals|locals|builtins|back|code)|(gi|cr|tb)_frame|ctypes|grad_fn|next_functions|run_backward|_execution_engine"
)
# NumPy takes the memory address of an array from any object that has one of these.
_MEMORY = {"__array_interface__", "__array_struct__"}
_CALLS = {"__import__", "eval", "exec", "compile", "vars"}
_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.M)
_NAMING = ast.Import | ast.ImportFrom | ast.Attribute | ast.Name | ast.FunctionDef | ast.Call


@dataclass(frozen=True)
class _Part:
    """A top-level statement of the notebook. binds: the names it defines; None if it does anything else."""

    cell: str
    node: ast.stmt
    binds: frozenset[str] | None
    lines: tuple[str, ...]

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Its syntax nodes that can name something, in source order."""
        return tuple(node for node in walk(self.node) if isinstance(node, _NAMING))

    @cached_property
    def names(self) -> frozenset[str]:
        """The variables it refers to."""
        return frozenset(node.id for node in self.nodes if isinstance(node, ast.Name))

    @cached_property
    def imported(self) -> dict[str, str]:
        """The full names behind the local names that its imports bind, also inside functions."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.asname: alias.name for alias in node.names if alias.asname}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        return found


def suspicious_uses(cells: Sequence[NotebookNode], exercises: Iterable[Exercise]) -> list[str]:
    """Return in words what by-hand answers, and statements that do more than define something, reach for."""
    names = {exercise.name: exercise.options.get("by_hand", False) for exercise in exercises}
    if not any(names.values()):
        return []
    own = [cell for cell in cells if cell.cell_type == "code" and not is_scored_automatically(cell)]
    parts = [part for cell in own for part in _parts(name_of(cell), cell.source)]
    aliases = {name: full for part in parts for name, full in part.imported.items()}
    told: dict[tuple[str, int, str, str], str] = {}
    for name in (name for name, by_hand in names.items() if by_hand):
        for place in _reached(_belonging({name}, parts), aliases):
            told.setdefault(place, name)
    besides = [part for part in parts if part.binds is None]
    # other exercises may reach for whatever they like, and demonstrations use their results
    others = [part for part in parts if part.binds is not None and not part.binds & names.keys()]
    helpers = {name for part in besides for name in part.names}
    for place in _reached([*besides, *_belonging(helpers, others)], aliases):
        told.setdefault(place, "")
    said = {True: {True: _NAME_IN_CELL, False: _NAME_IN_OWN}, False: {True: _NOTEBOOK_IN_CELL, False: _NOTEBOOK_IN_OWN}}
    return [
        say(
            said[bool(name)][bool(cell)],
            name=plain(name),
            what=plain(what),
            number=number,
            cell=plain(cell),
            line=plain(line.strip()[:100]),
        )
        for (cell, number, what, line), name in list(told.items())[:MOST]
    ]


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


@lru_cache(256)  # most cells are as handed out
def _parts(cell: str, source: str) -> tuple[_Part, ...]:
    # a magic is not Python, but the lines around it are
    text = _MAGIC.sub(r"\1pass", source)
    tree = tree_of(text)
    lines = tuple(text.splitlines())
    return tuple(_Part(cell, node, _bound(node), lines) for node in tree.body) if tree else ()


def _bound(node: ast.stmt) -> frozenset[str] | None:
    """Return the names a statement defines; None if it does anything else, and so counts for every answer."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({node.name})
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        return None if "*" in names else frozenset(names)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        inside = [
            t for target in targets for t in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
        ]
        if all(isinstance(target, ast.Name) for target in inside):
            return frozenset(target.id for target in inside if isinstance(target, ast.Name))
    return None


def _reached(parts: Iterable[_Part], aliases: dict[str, str]) -> Iterator[tuple[str, int, str, str]]:
    """Yield each thing reached for once: its cell, its line number, its name, and its line."""
    known = set[str]()
    for part in parts:
        for place in _places(part, frozenset((name, aliases[name]) for name in part.names if name in aliases)):
            if place[2] not in known:
                known.add(place[2])
                yield place


@lru_cache(256)  # as `_parts`
def _places(part: _Part, imported: frozenset[tuple[str, str]]) -> tuple[tuple[str, int, str, str], ...]:
    """Return all that a statement reaches for, as `_reached` yields it."""
    aliases = dict(imported)
    found = ((getattr(node, "lineno", part.node.lineno), what) for node in part.nodes for what in _what(node, aliases))
    return tuple((part.cell, number, what, "".join(part.lines[number - 1 : number])) for number, what in found)


def _what(node: ast.AST, aliases: dict[str, str]) -> Iterator[str]:
    """Yield what a syntax node reaches for: modules and what is in them by full name, anything else by its own."""
    match node:
        case ast.Import():
            yield from (alias.name for alias in node.names if _is_told(alias.name))
        case ast.ImportFrom(level=0):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in names if _is_told(name))
        case ast.Attribute():
            full = _dotted(node, aliases)
            if full and _is_told(full) and not _is_told(full.rpartition(".")[0]):
                yield full
            elif _ATTRIBUTES.fullmatch(node.attr):
                yield node.attr
        case ast.Name() if node.id in aliases and _is_told(aliases[node.id]):
            yield aliases[node.id]
        case ast.Name(id=name) | ast.FunctionDef(name=name) if name in _MEMORY:
            yield name
        case ast.Call(func=ast.Name(id=called)) if called in _CALLS:
            yield called
        case ast.Call(func=ast.Name(id="getattr"), args=[_, name, *_]):
            value = name.value if isinstance(name, ast.Constant) else None
            if not isinstance(value, str) or value.startswith("_") or _ATTRIBUTES.fullmatch(value):
                yield "getattr"


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([aliases.get(node.id, node.id), *names[::-1]])


def _is_told(name: str) -> bool:
    """Return whether a full name is to be reported: one of `_TOLD`, or below one."""
    return _TOLD.match(name) is not None


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
