"""What a check puts on the page: the message once, and in a form that nbgrader scores."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import textwrap
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from course.exercise import Verdict
from course.judging import as_summary, as_text, bundles
from course.judging.html import note
from course.language import cells, padded
from course.runner.isolation import replaced

# The length from which on nbgrader's Validate cuts a line off, less its indent.
VALIDATE_WIDTH = 80
# What a page draws a widget from.
WIDGET = "application/vnd.jupyter.widget-view+json"


class CheckFailed(Exception):
    """A check that earned nothing; its text is the whole message.

    shown: what a notebook shows in place of a traceback, where the whole message stands above it already.
    """

    def __init__(self, message: str, shown: str = "") -> None:
        super().__init__(message)
        self._shown = shown or message

    def _render_traceback_(self) -> list[str]:
        shell = shell_here()
        if shell is not None:  # %debug would take up the traceback that was shown last, and this one never is
            shell.InteractiveTB.tb = None
        return self._shown.splitlines()


def shell_here() -> Any:
    """Return IPython's shell, None outside of notebooks."""
    interactive = sys.modules.get("IPython")
    return None if interactive is None else interactive.get_ipython()


def display(bundle: dict[str, str], **how: Any) -> None:
    importlib.import_module("IPython.display").display(bundle, raw=True, **how)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns, indented, as a part that keeps its columns."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return "\n".join("    " + "  ".join(map(padded, row, widths)).rstrip() for row in rows)


def show_parts(*parts: str) -> None:
    """Show sentences; a part that is indented keeps its lines and columns."""
    if shell_here() is None:
        print("\n".join(parts))
    else:
        display({"text/plain": "\n".join(parts), "text/html": note(parts)})


@contextlib.contextmanager
def displays_as_prints() -> Iterator[None]:
    """Let what this thread displays be printed, but for widgets: a check asks often, and would fill the page."""
    publisher = getattr(shell_here(), "display_pub", None)
    if publisher is None:
        yield
        return
    publish, asking = publisher.publish, threading.get_ident()

    def show(data: Mapping[str, Any], **how: Any) -> None:
        if threading.get_ident() != asking:
            publish(data=data, **how)
        elif WIDGET not in data and not how.get("update"):
            print(data.get("text/plain", ""))

    with replaced(publisher, "publish", show):
        yield


class _Result:
    """A cell's result that is a number to nbgrader, which reads its plain text, and the message to the eye.

    Pages without HTML, such as an export as PDF, take the Markdown.
    """

    def __init__(self, number: str, shown: Mapping[str, str], metadata: Mapping[str, Any]) -> None:
        self._metadata = metadata
        markdown = f"```text\n{shown['text/plain']}\n```"
        self._bundle = {**shown, "text/plain": number, "text/markdown": markdown}

    def _repr_mimebundle_(self, **_: Any) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        return self._bundle, self._metadata


def show(verdict: Verdict, error: BaseException | None = None, *, beside: Sequence[str] = ()) -> None:
    """Show a verdict: displayed for a pass, as the cell's result for a part of the points, else raised.

    error: what student code raised, with the traceback that a debugger is to follow. beside: what a notebook shows
    below the message, as in `show_parts`.

    Raises CheckFailed where nothing was earned; for nbgrader's Validate, which tells of errors only, where not all was.
    """
    if "NBGRADER_VALIDATING" in os.environ and not verdict.passed:
        raise CheckFailed(as_text(verdict), _folded(as_text(verdict)))
    in_notebook, on_page = shell_here() is not None, hasattr(shell_here(), "kernel")
    message, result = bundles(verdict)
    shown, metadata = _with(message, beside), {"course": {"points": verdict.points, "of": verdict.max_points}}
    if result and on_page:
        sys.displayhook(_Result(result["text/plain"], shown, metadata))
    elif in_notebook:
        display(shown, metadata=metadata)
    elif verdict.points > 0:
        print(as_text(verdict))
    if result and not on_page:  # a terminal shows of a result its plain text alone
        sys.displayhook(verdict.points)
    if verdict.points <= 0:
        failed = CheckFailed(as_text(verdict), as_summary(verdict) if in_notebook else "")
        raise failed.with_traceback(error.__traceback__ if error else None) from error


def _with(shown: dict[str, str], beside: Sequence[str]) -> dict[str, str]:
    if not beside:
        return shown
    text, page = shown["text/plain"], shown["text/html"]
    return {"text/plain": "\n".join([text, "", *beside]), "text/html": page + note(beside)}


def _folded(text: str) -> str:
    """Break long lines: Validate cuts them off."""
    folded: list[str] = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        folded += textwrap.wrap(line, VALIDATE_WIDTH, subsequent_indent=indent) or [""]
    return "\n".join(folded)
