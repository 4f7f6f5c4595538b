"""Measure the seconds from a new Python to a lesson's `check`: `python -m benchmarks.start_time`.

Processor time of `from course import start; start(LESSON)` after Python has started, including NumPy's import: the
minimum of a few runs, because other work on the machine only adds to it. The first lesson should take at most 0.5 s.
"""

from __future__ import annotations

import subprocess
import sys

from rich.console import Console
from rich.table import Table

from course.lessons import LESSONS

N_RUNS = 3
SCRIPT = """
import time
began = time.process_time()
from course import start
imported = time.process_time()
start({!r})
print(imported - began, time.process_time() - began)
"""


def main() -> None:
    table = Table("lesson", "import s", "import and start s")
    for lesson in LESSONS:
        command = [sys.executable, "-c", SCRIPT.format(lesson)]
        runs = [subprocess.check_output(command, text=True).split() for _ in range(N_RUNS)]
        table.add_row(lesson, *(f"{min(map(float, times)):.2f}" for times in zip(*runs, strict=True)))
    Console().print(table)


if __name__ == "__main__":
    main()
