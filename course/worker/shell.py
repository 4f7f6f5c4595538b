"""Run a notebook's cells in IPython's own shell, without a kernel."""

from __future__ import annotations

import ast
import contextlib
import io
import signal
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from course.asking.guard import AutogradUsed
from course.asking.source import failure_of
from course.asking.wording import neutral
from course.worker.program import CellResult


class CellTimeout(BaseException):
    """Raised in a cell that has used up its time; no `except Exception` of a student's catches it."""


# what student code may print of it
CellTimeout.__module__, CellTimeout.__name__, CellTimeout.__qualname__ = "builtins", *[TimeoutError.__name__] * 2


class _Text(io.StringIO):
    """Keeps the beginning of what is written."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, text: str) -> int:
        room = self._most - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def make_shell() -> Any:
    """Make a shell that touches no files and no terminal."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    shell = InteractiveShell.instance(config=config)
    shell.user_ns["__name__"] = "__main__"
    translate = shell.transform_cell

    def to_python(raw_cell: str) -> str:
        """Translate magics and the like; what is Python already needs no translation, which takes a while."""
        try:
            ast.parse(raw_cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return str(translate(raw_cell))
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    shell.transform_cell = to_python  # type: ignore[method-assign]
    # what a cell raises is told by `run_cell`; a traceback would show this machine's files
    for method in ("showtraceback", "showsyntaxerror"):
        setattr(shell, method, lambda *_, **__: None)
    warnings.filterwarnings("ignore", "To exit: use", UserWarning)
    return shell


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise CellTimeout in the main thread after so many seconds, and again every second."""

    def ring(*_: object) -> None:
        raise CellTimeout

    if not hasattr(signal, "setitimer"):  # on Windows only the submission as a whole has a limit
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run_cell(shell: Any, source: str, cell_s: float, output_kib: int) -> CellResult:
    """Run one cell; what it prints is kept up to the limit, what it raises is told with the line it came from."""
    text = _Text(output_kib * 1024)
    try:
        with deadline(cell_s), contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
            result = shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
    except BaseException as escaped:  # SystemExit passes through the shell
        error = escaped
    finally:
        sys.stdout.flush()
    printed = neutral(text.getvalue())
    return CellResult("done", printed) if error is None else result_of(error, printed)


def result_of(error: BaseException, printed: str) -> CellResult:
    """Say what came of a cell by what it raised."""
    if isinstance(error, CellTimeout):
        return CellResult("timed_out", printed)
    failure = failure_of(error, "raised")
    status = "refused" if isinstance(error, AutogradUsed) else "raised"
    return CellResult(status, printed, f"{failure.type_name}: {failure.message}", failure.line, failure.line_number)
