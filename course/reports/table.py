"""The grade table of a class in the terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from course.errors import plain
from course.language import say


def print_grades(
    found: dict[tuple[str, str], float], students: list[str], most: dict[str, float], console: Console | None = None
) -> None:
    """Print one row a student: points from checks in each lesson, and their sum.

    found: points by student and lesson; most: how many there are in each. Written answers are graded by hand and not
    in it.
    """
    table = Table(title=say("Points from checks (written answers are graded by hand)"))
    table.add_column(say("student"), overflow="fold")
    for lesson in sorted(most):
        table.add_column(f"{lesson.partition('_')[0]} /{most[lesson]:g}", justify="right")
    table.add_column(say("sum /{points:g}", points=sum(most.values())), justify="right")
    for student in students:
        points = [found.get((student, lesson)) for lesson in sorted(most)]
        cells = ["–" if p is None else f"{p:g}" for p in points]
        table.add_row(Text(plain(student)), *cells, f"{sum(p or 0 for p in points):g}")
    (console or Console(width=None if sys.stdout.isatty() else 100)).print(table)
