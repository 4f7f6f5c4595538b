"""Submissions graded per minute: stock nbgrader, the usual workaround, and `course grade`, on the same class.

    python -m benchmarks.throughput [--students N] [--repeat N] [--write]

The class is the demo's: answers from the banks over all six lessons. Stock means nbgrader's own preprocessors with the
same notebooks; the workaround is one nbgrader process for each lesson, as many at once as there are processors. All
ways run one after the other in one go, so that a slow machine is slow for all of them.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from course.exercises import LESSONS
from course.grading.gradebook import scores
from course.grading.sample_class import sample_class, write_class

REPOSITORY = Path(__file__).resolve().parents[1]
RESULT = REPOSITORY / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Measured:
    """One way of grading the class: wall-clock and processor seconds, and the scores it gave."""

    name: str
    n: int
    wall_s: float
    cpu_s: float
    peak_mib: float
    scores: dict[tuple[str, str], float]

    @property
    def per_minute(self) -> float:
        return 60 * self.n / self.wall_s


def make_course(folder: Path, n_students: int, *, stock: bool) -> int:
    """Make a course folder with the sample class; return how many notebooks were handed in."""
    for name in ("banks", "source", "release"):
        shutil.copytree(REPOSITORY / name, folder / name)
    config = (REPOSITORY / "nbgrader_config.py").read_text()
    if stock:
        # nbgrader's own lists of preprocessors, and a time limit that endless answers of the banks reach sooner
        config = "\n".join(line for line in config.splitlines() if "course.grading" not in line)
        head, _, rest = config.partition("c.Autograde.sanitize_preprocessors")
        config = head + "\n" + rest[rest.rindex("]") + 1 :] if rest else config
        config += "\nc.ExecutePreprocessor.timeout = 30\n"
    (folder / "nbgrader_config.py").write_text(config)
    students = [s for s in sample_class(REPOSITORY) if not s.damage][:n_students]
    return write_class(folder, students)


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "OMP_NUM_THREADS": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }


def run(words: list[str], folder: Path) -> None:
    subprocess.run([sys.executable, *words], cwd=folder, env=environment(), check=False, capture_output=True)


def record_lessons(folder: Path) -> None:
    """Fill the gradebook with the lessons, which is done once a course and not measured."""
    for lesson in LESSONS:
        run(["-m", "nbgrader", "generate_assignment", lesson, "--force"], folder)


def grade_stock(folder: Path) -> None:
    for lesson in LESSONS:
        run(["-m", "nbgrader", "autograde", lesson], folder)


def grade_workaround(folder: Path) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        list(executor.map(lambda lesson: run(["-m", "nbgrader", "autograde", lesson], folder), LESSONS))


def grade_ours(workers: int) -> object:
    words = ["-c", f"from course.cli import main; main(['grade', '--workers', '{workers}'])"]
    return lambda folder: run(words, folder)


def measure(name: str, way: object, n_students: int, *, stock: bool) -> Measured:
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as temporary:
        folder = Path(temporary)
        n = make_course(folder, n_students, stock=stock)
        record_lessons(folder)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        way(folder)  # type: ignore[operator]
        wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Measured(name, n, wall, cpu, after.ru_maxrss / 1024, scores(folder))


def table_of(measured: list[Measured]) -> list[list[str]]:
    stock = measured[0]
    rows = []
    for m in measured:
        same = sum(m.scores.get(k) == v for k, v in stock.scores.items())
        rows.append(
            [
                m.name,
                f"{m.wall_s:.1f}",
                f"{m.wall_s / m.n:.3f}",
                f"{m.cpu_s / m.n:.3f}",
                f"{m.per_minute:.0f}",
                f"{m.per_minute / stock.per_minute:.1f}",
                f"{same} of {len(stock.scores)}",
            ]
        )
    return rows


HEADINGS = ["", "wall s", "wall s each", "cpu s each", "a minute", "times stock", "same scores as stock"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=6)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    measured = [
        measure("nbgrader autograde", grade_stock, options.students, stock=True),
        measure("nbgrader, a process a lesson", grade_workaround, options.students, stock=True),
        measure("course grade, 1 worker", grade_ours(1), options.students, stock=False),
        measure("course grade, 2 workers", grade_ours(2), options.students, stock=False),
    ]
    rows = table_of(measured)
    table = Table(*HEADINGS, title=f"{measured[0].n} submissions, {os.cpu_count()} processors")
    for row in rows:
        table.add_row(*row)
    Console(width=120).print(table)
    if options.write:
        lines = [
            "# Benchmarks",
            "",
            "Written by `python -m benchmarks.throughput --write`; do not edit.",
            "",
            f"{measured[0].n} submissions of the sample class over six lessons, {os.cpu_count()} processors, "
            f"{platform.machine()}, Python {platform.python_version()}, no GPU. Making the gradebook is not counted.",
            "",
            f"| {' | '.join(HEADINGS)} |",
            "|---" * len(HEADINGS) + "|",
            *(f"| {' | '.join(row)} |" for row in rows),
        ]
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
