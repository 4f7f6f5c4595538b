"""What a terminal shows while something takes long that has no bar of its own."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, TextIO


@contextlib.contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show on stderr that something goes on, and clear it at the end; where nobody looks nothing is written.

    It gives way to what is printed meanwhile.
    """
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    live = Live(Spinner("dots", doing), console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    with live, contextlib.redirect_stdout(_GivesWay(sys.stdout, live)):
        yield


class _GivesWay:
    """A stream before whose lines the spinner is cleared, and behind which it is drawn again."""

    def __init__(self, stream: TextIO, live: Any) -> None:
        self._stream, self._live = stream, live

    def write(self, text: str) -> int:
        self._live.stop()
        n = self._stream.write(text)
        if text.endswith("\n"):
            self._stream.flush()
            self._live.start()
        return n

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
