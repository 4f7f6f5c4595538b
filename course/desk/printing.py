"""How the desk's commands print: what comes from outside is spelled out, and nothing in it is markup."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from course.errors import plain


class Printer:
    """Prints to a terminal in its width; width: in characters, of what goes elsewhere."""

    def __init__(self, width: int = 120) -> None:
        self._console = Console(width=None if sys.stdout.isatty() else width)

    def line(self, text: str) -> None:
        self._console.print(plain(text), markup=False, highlight=False, soft_wrap=True)

    def show(self, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """Print a table; none where there are no rows."""
        table = Table()
        for column in columns:
            table.add_column(column, overflow="fold")  # a name that is cut cannot be typed
        for row in rows:
            table.add_row(*(Text(plain(cell)) for cell in row))
        if table.row_count:
            self._console.print(table)
