"""What a terminal shows while something takes long that has no bar of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show on stderr that something goes on, and clear it at the end; where nobody looks nothing is written.

    What is printed meanwhile stays: on stdout, where that goes elsewhere.
    """
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    spinner = Spinner("dots", doing)
    with Live(spinner, console=console, transient=True, redirect_stdout=sys.stdout.isatty(), refresh_per_second=8):
        yield
