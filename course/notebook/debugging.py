"""Debugger support during a check: at `breakpoint()`, and post mortem in the student's own code."""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable
from typing import Any

from course.notebook.output import shell_here, takes_input
from course.runner.source import students_traces


class Debugger:
    """The breakpoint hook during a check: a debugger that uses the notebook's own input and output.

    Create it before output is captured. It never steps into the course's own code, and stops only at the first
    `breakpoint()` reached, because a check calls the same code many times.

    on_start: called just before the debugger waits for input.
    """

    def __init__(self, shell: Any, on_start: Callable[[], None]) -> None:
        self.was_met = False
        self._shell, self._on_start = shell, on_start
        self._page, self._keyboard = sys.stdout, builtins.input

    def __call__(self, *_: Any, **__: Any) -> None:
        if self.was_met:
            return
        self.was_met = True
        self._on_start()
        sys.stdout, builtins.input = self._page, self._keyboard
        self._shell.debugger_cls(skip=["course.*"]).set_trace(sys._getframe(1))

    def end(self) -> None:
        """Stop tracing, if the debugger was started."""
        if self.was_met:
            sys.settrace(None)


def debugger(on_start: Callable[[], None]) -> Debugger | None:
    """Return a debugger, or None if the frontend accepts no input."""
    shell = shell_here()
    if not takes_input(shell):
        return None
    return Debugger(shell, on_start)


def only_students(error: BaseException | None, own: str) -> BaseException | None:
    """Reduce an exception's traceback to student code, so that a debugger stops there.

    own: the file in which the function is defined.
    """
    if error is None:
        return None
    kept: types.TracebackType | None = None
    for trace in reversed(students_traces(error, own)):
        kept = types.TracebackType(kept, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
    return error.with_traceback(kept)
