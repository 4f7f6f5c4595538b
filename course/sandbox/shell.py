"""Run a notebook's cells in an IPython shell, without a kernel."""

from __future__ import annotations

import ast
import contextlib
import io
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import replace
from numbers import Real
from typing import Any

from course.runner.isolation import AutogradUsed, replaced
from course.runner.source import failure_of
from course.runner.wording import neutral
from course.sandbox.job import CellResult, Limits

# Prefix of the file names that IPython gives to cells.
CELL_FILE = "<ipython-input-"


class CellTimeout(BaseException):
    """Raised in a cell that has used up its time; a student's `except Exception` does not catch it."""


# how it appears if student code prints it
CellTimeout.__module__, CellTimeout.__name__, CellTimeout.__qualname__ = "builtins", *[TimeoutError.__name__] * 2


class _Text(io.StringIO):
    """A text stream that keeps only the beginning of what is written."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, text: str) -> int:
        room = self._most - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def make_shell() -> Any:
    """Return an IPython shell that touches no files and no terminal."""
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
        """Translate magics and the like; skip cells that are already Python, because translation is slow."""
        try:
            ast.parse(raw_cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return str(translate(raw_cell))
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    shell.transform_cell = to_python  # type: ignore[method-assign]
    # `run_cell` reports what a cell raises; a traceback would show this machine's files
    for method in ("showtraceback", "showsyntaxerror"):
        setattr(shell, method, lambda *_, **__: None)
    warnings.filterwarnings("ignore", "To exit: use", UserWarning)
    return shell


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise CellTimeout in the main thread after `seconds`, and again every second."""

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


def run_cell(shell: Any, source: str, cell_s: float, output_kib: int, kept: list[Any] | None = None) -> CellResult:
    """Run one cell; keep what it prints, up to the limit, and report what it raises with the line it came from.

    kept: a list to append IPython's own result to; if given, the cell is also kept out of the history.
    """
    text = _Text(output_kib * 1024)
    try:
        shell.autoawait = "await" in source or "async" in source  # if True, IPython compiles each cell again to check
        with deadline(cell_s), contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
            result = shell.run_cell(source, store_history=kept is None)
        error = result.error_before_exec or result.error_in_exec
        if kept is not None:
            kept.append(result)
    except BaseException as escaped:  # SystemExit passes through the shell
        error = escaped
    finally:
        sys.stdout.flush()
    printed = neutral(text.getvalue())
    return CellResult("done", printed) if error is None else result_of(error, printed)


def result_of(error: BaseException, printed: str) -> CellResult:
    """Return the result of a cell that raised an exception."""
    if isinstance(error, CellTimeout):
        return CellResult("timed_out", printed)
    failure = failure_of(error, "raised")
    status = "refused" if isinstance(error, AutogradUsed) else "raised"
    return CellResult(status, printed, f"{failure.type_name}: {failure.message}", failure.line, failure.line_number)


def define(shell: Any, source: str) -> CellResult:
    """Define what stands in for a student's answers, under no name by which its source is found."""
    try:
        exec(compile(shell.transform_cell(source), "<provided>", "exec", dont_inherit=True), shell.user_ns)
    except BaseException as error:  # of any type: student code may have replaced what it uses
        return result_of(error, "")
    return CellResult("done")


def run_graded(shell: Any, source: str, limits: Limits) -> CellResult:
    """Run an instructor's cell that scores the submission; keep its last value, and the line that raised an exception.

    What it prints is kept. It is left out of the history, and its traceback is not printed: a later cell of the
    student's would find its source there.
    """
    hook = shell.displayhook
    kept: list[Any] = []
    with (
        replaced(hook, "write_output_prompt", lambda: None),
        replaced(hook, "write_format_data", lambda *_: None),
        replaced(hook, "update_user_ns", lambda _: None),
        replaced(shell, "_showtraceback", lambda *_: None),
    ):
        result = run_cell(shell, source, limits.cell_s, limits.output_kib, kept)
    if result.status == "done":
        return replace(result, value=_value(kept[0].result))
    # `kept` is empty if the cell ended in a way that IPython does not catch
    error = (kept[0].error_before_exec or kept[0].error_in_exec) if kept else None
    return replace(result, line="", line_number=_line_number(error))


def _value(value: Any) -> str:
    """Return a value as text; numbers of any library are written as Python floats, because a score is read from it."""
    try:
        plain = value.item() if hasattr(value, "item") else value
        if isinstance(plain, Real) and not isinstance(plain, bool):
            return repr(float(plain))
        return "" if value is None else repr(value)[:600]
    except Exception:
        return type(value).__name__[:80]


def _line_number(error: BaseException | None) -> int:
    """Return the line of the cell itself in an exception's traceback, whose first frames are IPython's own."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    through = traceback.walk_tb(error.__traceback__ if error else None)
    return next((number for frame, number in through if frame.f_code.co_filename.startswith(CELL_FILE)), 0)
