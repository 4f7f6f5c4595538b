"""The cell runs since a notebook's kernel started: which run a function comes from, and whether it is stale."""

from __future__ import annotations

import ast
import contextlib
import re
import weakref
from dataclasses import dataclass
from typing import Any

from course.notebook.output import takes_input
from course.runner import Failure
from course.runner.source import failure_of
from course.runner.syntax import tree_of, walk


@dataclass(frozen=True)
class _Run:
    """One run of a cell. cell: its id, or "" if unknown. failure: what it raised, or None."""

    cell: str
    source: str
    failure: Failure | None


# Stands for the run that made whatever existed before the session began.
_EARLIER = _Run("", "", None)


class Session:
    """Follows an IPython shell and notes after each run which callables are new objects."""

    def __init__(self, shell: Any) -> None:
        self._shell = weakref.proxy(shell)
        self._runs: list[_Run] = []
        # the last object of each name, and the index of the run that made it; -1 for before the session began
        self._made: dict[str, tuple[object, int]] = {}
        self._note_new(-1)
        shell.events.register("post_run_cell", self._note)

    def _note(self, result: Any) -> None:
        info = getattr(result, "info", None)
        if info is None:
            return
        error = result.error_before_exec or result.error_in_exec
        failure = None if error is None else failure_of(error, "raised")
        self._runs.append(_Run(self._cell_id(info), str(info.raw_cell), failure))
        self._note_new(len(self._runs) - 1)

    def _note_new(self, run: int) -> None:
        for name, thing in self._shell.user_ns.items():
            if callable(thing) and self._made.get(name, (None,))[0] is not thing:
                self._made[name] = (thing, run)

    def _cell_id(self, info: Any) -> str:
        """Return the id of the running cell; older kernels have it only in the execute request."""
        found = getattr(info, "cell_id", None)
        if found is None:
            with contextlib.suppress(Exception):  # no kernel, or a frontend that does not send the id
                found = self._shell.kernel.get_parent()["metadata"]["cellId"]
        return str(found or "")

    def _somebody_is_there(self) -> bool:
        """Return whether a person runs the cells; a program runs each once, so that no run repeats another."""
        return takes_input(self._shell)

    def undefined(self, name: str) -> Failure | None:
        """Return the failure of the last cell that was to define a name, or None if it did not fail."""
        return next((run.failure for run in reversed(self._runs) if _defines(run.source, name)), None)

    def stale(self, name: str) -> Failure | None:
        """Return why a function is not what its cell defines now, or None if nothing proves that.

        Another cell, such as a copy to try something out, proves nothing: the cell that made the function must have
        been run again and have failed ("stale") or no longer define it ("renamed").
        """
        thing, number = self._made.get(name, (None, -1))
        if thing is None or self._shell.user_ns.get(name) is not thing:  # redefined by the running cell
            return None
        made = self._runs[number] if number >= 0 else _EARLIER
        for run in reversed(self._runs[number + 1 :]):
            if made.cell and run.cell and made.cell != run.cell:
                continue
            known = bool(made.cell and run.cell)
            if run.failure and _defines(run.source, name):
                said = ": ".join(filter(None, (run.failure.type_name, run.failure.message)))
                return Failure("stale", said[:80], name) if known or self._somebody_is_there() else None
            if known:
                gone = _defines(made.source, name) and not run.failure and not _binds(run.source, name)
                return Failure("renamed", message=name) if gone else None
        return None


def _defines(source: str, name: str) -> bool:
    return re.search(rf"^[ \t]*(?:async +)?(?:def|class)[ \t]+{name}\b", source, re.M) is not None


def _binds(source: str, name: str) -> bool:
    """Return whether a cell may bind a name or, if it is not plain Python, whether its text contains the name."""
    tree = tree_of(source)
    if tree is None:
        return name in source
    bound = {part for node in walk(tree) for part in (getattr(node, "name", ""), getattr(node, "asname", ""))}
    stored = {n.id for n in walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return not {name, "*"}.isdisjoint(bound | stored)


_SESSIONS: weakref.WeakKeyDictionary[Any, Session] = weakref.WeakKeyDictionary()


def session_of(shell: Any) -> Session:
    """Return the session of a shell: the same one each time the setup cell is run."""
    if shell not in _SESSIONS:
        _SESSIONS[shell] = Session(shell)
    return _SESSIONS[shell]
