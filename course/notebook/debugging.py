"""Let a debugger into a check: at `breakpoint()`, and after a crash in the student's own line."""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable
from typing import Any

from course.notebook.output import shell_here
from course.runner.source import students_traces


class Debugger:
    """What `breakpoint()` calls while a check asks: a debugger that speaks and listens as the notebook does.

    Make it before output is caught. It never steps into the course's own code, and only the first `breakpoint()` that
    is met is one: a check asks more often than that.

    on_start: called when a person is about to be waited for.
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
        """Let it follow no further."""
        if self.was_met:
            sys.settrace(None)


def debugger(on_start: Callable[[], None]) -> Debugger | None:
    """Return a debugger, None where nobody could answer it."""
    shell = shell_here()
    if not getattr(getattr(shell, "kernel", None), "_allow_stdin", False):
        return None
    return Debugger(shell, on_start)


def only_students(error: BaseException | None, own: str) -> BaseException | None:
    """Leave of an exception's traceback what lies in student code, so that a debugger lands there.

    own: the file that the function is defined in.
    """
    if error is None:
        return None
    kept: types.TracebackType | None = None
    for trace in reversed(students_traces(error, own)):
        kept = types.TracebackType(kept, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
    return error.with_traceback(kept)
