"""Measure how many seconds a check cell takes, by exercise: `python -m benchmarks.check_time`.

Reference answers are checked in one process, as in a notebook; the first round represents a fresh notebook.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from course.building import reference_cells
from course.lessons import LESSONS, exercises_of

N_ROUNDS = 5


def main() -> None:
    table = Table("exercise", "first s", "median s")
    for lesson in LESSONS:
        namespace: dict[str, Any] = {"__name__": "__main__"}
        cells = reference_cells(lesson)
        for name, source in cells.items():
            file = f"<{name}>"
            linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
            exec(compile(source, file, "exec"), namespace)
        for exercise in exercises_of(lesson):
            times = []
            for _ in range(N_ROUNDS):
                began = time.perf_counter()
                with contextlib.redirect_stdout(io.StringIO()):
                    namespace["check"](exercise.name)
                times.append(time.perf_counter() - began)
            table.add_row(exercise.id, f"{times[0]:.3f}", f"{sorted(times)[N_ROUNDS // 2]:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
