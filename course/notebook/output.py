"""A check's output: the message, shown once, in a form that nbgrader can score."""

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

# The length at which nbgrader's Validate truncates a line, less its indent.
VALIDATE_WIDTH = 80
# The MIME type of Jupyter widgets.
WIDGET = "application/vnd.jupyter.widget-view+json"


class CheckFailed(Exception):
    """A check earned no points. The exception's text is the whole message.

    shown: what a notebook shows instead of a traceback if the whole message is displayed above it.
    """

    def __init__(self, message: str, shown: str = "") -> None:
        super().__init__(message)
        self._shown = shown or message

    def _render_traceback_(self) -> list[str]:
        shell = shell_here()
        if shell is not None:  # %debug uses the traceback shown last, and this one is never shown
            shell.InteractiveTB.tb = None
        return self._shown.splitlines()


def shell_here() -> Any:
    """Return IPython's shell, or None outside IPython."""
    interactive = sys.modules.get("IPython")
    return None if interactive is None else interactive.get_ipython()


def takes_input(shell: Any) -> bool:
    """Return whether a person may be asked for input: a program that runs a notebook allows none."""
    return bool(getattr(getattr(shell, "kernel", None), "_allow_stdin", False))


def display(bundle: dict[str, str], **how: Any) -> None:
    importlib.import_module("IPython.display").display(bundle, raw=True, **how)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an indented table with aligned columns."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return "\n".join("    " + "  ".join(map(padded, row, widths)).rstrip() for row in rows)


def show_parts(*parts: str) -> None:
    """Show sentences. An indented part keeps its line breaks and columns."""
    if shell_here() is None:
        print("\n".join(parts))
    else:
        display({"text/plain": "\n".join(parts), "text/html": note(parts)})


@contextlib.contextmanager
def displays_as_prints() -> Iterator[None]:
    """Print the plain text of what this thread displays, and drop widgets: repeated calls would fill the page."""
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
    """A cell's result that is a number to nbgrader, which reads the plain text, and shows the message to readers.

    Formats without HTML, such as PDF, use the Markdown.
    """

    def __init__(self, number: str, shown: Mapping[str, str], metadata: Mapping[str, Any]) -> None:
        self._metadata = metadata
        markdown = f"```text\n{shown['text/plain']}\n```"
        self._bundle = {**shown, "text/plain": number, "text/markdown": markdown}

    def _repr_mimebundle_(self, **_: Any) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        return self._bundle, self._metadata


def show(verdict: Verdict, error: BaseException | None = None, *, beside: Sequence[str] = ()) -> None:
    """Show a verdict: display a pass, return a partial score as the cell's result, and raise if no points were earned.

    error: the exception of student code, with the traceback that a debugger is to use. beside: what a notebook shows
    below the message, as in `show_parts`.

    Raises CheckFailed if no points were earned. Under nbgrader's Validate, which reports only errors, raises it
    for anything but a pass.
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
    if result and not on_page:  # a terminal shows only the plain text of a result
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
    """Wrap long lines, which Validate would truncate."""
    folded: list[str] = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        folded += textwrap.wrap(line, VALIDATE_WIDTH, subsequent_indent=indent) or [""]
    return "\n".join(folded)
