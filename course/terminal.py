"""What a terminal shows: tables and lines in which nothing from outside is obeyed, and that something goes on."""

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
    """Prints to a terminal in its width, where what comes from outside is spelled out and nothing in it is markup.

    width: in characters, of what goes elsewhere.
    """

    def __init__(self, width: int = 120, console: Console | None = None) -> None:
        from rich.console import Console

        self._console = console or Console(width=None if sys.stdout.isatty() else width)

    def line(self, text: str) -> None:
        self._console.print(plain(text), markup=False, highlight=False, soft_wrap=True)

    def show(
        self, columns: Iterable[str], rows: Iterable[Iterable[str | Text]], title: str = "", n_texts: int = 99
    ) -> None:
        """Print a table; none where there are no rows. n_texts: so many columns are texts, those behind are numbers."""
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
