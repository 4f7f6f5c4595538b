"""The grade table of a class in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from course.exercises import LESSONS, exercises_of


def print_grades(found: dict[tuple[str, str], float], students: list[str], console: Console | None = None) -> None:
    """Print one row a student: points from checks in each lesson, and their sum.

    found: points by student and lesson. Written answers are graded by hand and not in it.
    """
    table = Table(title="Points from checks (written answers are graded by hand)")
    table.add_column("student")
    most = {lesson: sum(e.points for e in exercises_of(lesson)) for lesson in LESSONS}
    for lesson in LESSONS:
        table.add_column(f"{lesson.partition('_')[0]} /{most[lesson]:g}", justify="right")
    table.add_column(f"sum /{sum(most.values()):g}", justify="right")
    for student in students:
        points = [found.get((student, lesson)) for lesson in LESSONS]
        cells = ["–" if p is None else f"{p:g}" for p in points]
        table.add_row(student, *cells, f"{sum(p or 0 for p in points):g}")
    (console or Console(width=100)).print(table)
