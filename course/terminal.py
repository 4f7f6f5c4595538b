"""Terminal output: tables and lines in which text from outside is escaped, and a spinner."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from course.errors import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


class Printer:
    """Print to a terminal in its width, with control characters in texts escaped and markup not interpreted.

    width: in characters, of output that does not go to a terminal.
    """

    def __init__(self, width: int = 120, console: Console | None = None) -> None:
        from rich.console import Console

        self._console = console or Console(width=None if sys.stdout.isatty() else width)

    def line(self, text: str) -> None:
        self._console.print(plain(text), markup=False, highlight=False, soft_wrap=True)

    def show(
        self, columns: Iterable[str], rows: Iterable[Iterable[str | Text]], title: str = "", n_texts: int = 99
    ) -> None:
        """Print a table unless it has no rows. n_texts: the number of text columns; those after them are numbers."""
        from rich.table import Table
        from rich.text import Text

        table = Table(title=title or None, title_justify="left")
        for i, column in enumerate(columns):
            # a name that is cut cannot be typed, and Chinese has no spaces to break lines at
            table.add_column(column, overflow="fold", justify="left" if i < n_texts else "right")
        for row in rows:
            table.add_row(*(cell if isinstance(cell, Text) else Text(plain(cell)) for cell in row))
        if table.row_count:
            self._console.print(table)


@contextlib.contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show a spinner on stderr while a block runs, and nothing if that is not a terminal.

    The spinner is hidden while something is printed, and cleared at the end.
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
    """A stream that clears the spinner before each write, and draws it again after each line."""

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
