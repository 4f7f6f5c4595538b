"""Submissions graded per minute, side by side on the same class: nbgrader, the usual workarounds, and `course grade`.

    python -m benchmarks.throughput [--students N] [--few N] [--large N] [--write]

The class is drawn from the banks over all six lessons. Stock is nbgrader with its own preprocessors on the same
notebooks; the usual workaround is one process per lesson, as many at once as there are processors; otter-grader grades
the same notebooks with tests of its own. All ways run one after the other, so that a slow machine is slow for all of
them. Then `course grade` alone grades ever larger classes, to see whether a submission costs the same in each.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import otter
from benchmarks.classes import course_folder, environment, run
from benchmarks.stages import rows_of, stages_of
from course.grading.standings import scores
from course.lessons import LESSONS

REPOSITORY = Path(__file__).resolve().parents[1]
RESULT = REPOSITORY / "docs" / "generated" / "benchmarks.md"
CACHE = REPOSITORY / ".course" / "benchmarks"
# Otter takes many seconds per notebook, and about as long for each.
OTTER_STUDENTS = 1
Scores = dict[tuple[str, str], float]
Rows = list[list[str]]


@dataclass(frozen=True)
class Measured:
    """One way of grading the class: wall-clock and processor seconds, and the scores it gave."""

    name: str
    n: int
    wall_s: float
    cpu_s: float
    scores: Scores = field(default_factory=dict)

    @property
    def per_minute(self) -> float:
        return 60 * self.n / self.wall_s


def grade_stock(folder: Path) -> Scores:
    for lesson in LESSONS:
        run(["-m", "nbgrader", "autograde", lesson], folder)
    return scores(folder)


def grade_workaround(folder: Path) -> Scores:
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        list(executor.map(lambda lesson: run(["-m", "nbgrader", "autograde", lesson], folder), LESSONS))
    return scores(folder)


def grade_ours(workers: int) -> Callable[[Path], Scores]:
    def way(folder: Path) -> Scores:
        run(["-c", f"from course.cli import main; main(['grade', '--workers', '{workers}'])"], folder)
        return scores(folder)

    return way


def measured(name: str, way: Callable[[Path], Scores], folder: Path, n: int) -> Measured:
    print(f"{name} ...", file=sys.stderr, flush=True)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    found = way(folder)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(name, n, wall, cpu, found)


def side_by_side(n_students: int, n_few_students: int) -> list[Measured]:
    """Grade the same class in each way; ways that take seconds per notebook grade its first students only."""
    n, n_few, found = n_students * len(LESSONS), n_few_students * len(LESSONS), []
    for name, way in {"nbgrader autograde": grade_stock, "nbgrader, a process a lesson": grade_workaround}.items():
        with course_folder(n_few_students, stock=True) as folder:
            found.append(measured(f"{name}, {n_few} of them", way, folder, n_few))
    python = otter.prepare(CACHE)
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as name:
        otter.make_class(Path(name), python, OTTER_STUDENTS)
        n_otter = OTTER_STUDENTS * len(LESSONS)
        way = f"otter run, {n_otter} of them"
        found.append(measured(way, lambda folder: otter.grade(folder, python), Path(name), n_otter))
    for workers in (1, 2):
        with course_folder(n_students) as folder:
            title = f"course grade, {workers} worker{'s' * (workers > 1)}"
            found.append(measured(title, grade_ours(workers), folder, n))
    return found


def comparison(ways: list[Measured]) -> Rows:
    stock, ours = ways[0], ways[-1]
    rows = []
    for way in ways:
        same = sum(ours.scores.get(key) == score for key, score in way.scores.items())
        lower = sum(ours.scores.get(key, 0) > score for key, score in way.scores.items())
        rows.append(
            [
                way.name,
                f"{way.wall_s:.1f}",
                f"{way.wall_s / way.n:.3f}",
                f"{way.cpu_s / way.n:.3f}",
                f"{way.per_minute:.0f}",
                f"{way.per_minute / stock.per_minute:.1f}",
                f"{same} of {len(way.scores)}" + f", {lower} lower" * (lower > 0),
            ]
        )
    return rows


COMPARED = ["", "wall s", "wall s each", "cpu s each", "a minute", "times stock", "same score as ours"]
GREW = [
    "submissions",
    "wall s each",
    "grader MiB",
    "fork server MiB",
    "of a worker's own MiB, at most",
    "ended at the limit of 1 GiB",
]


class Memory:
    """Tracks peak memory in MiB: of a grader (RSS), a fork server with its zygotes (PSS), and its workers (private)."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.grader = self.server = self.worker = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            self.grader = max(self.grader, _mib(self.pid, "status", "VmRSS:"))
            for server in _children(self.pid):
                zygotes = [pid for pid in _children(server) if not _in_namespaces(pid)]
                workers = [pid for pid in _below(server) if pid not in zygotes]
                self.server = max(self.server, sum(_mib(pid, "smaps_rollup", "Pss:") for pid in [server, *zygotes]))
                self.worker = max(self.worker, sum(_mib(pid, "smaps_rollup", "Private_") for pid in workers))

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _below(pid: int) -> list[int]:
    return [p for child in _children(pid) for p in [child, *_below(child)]]


def _in_namespaces(pid: int) -> bool:
    try:
        return len(re.findall(r"^NSpid:(.*)$", Path(f"/proc/{pid}/status").read_text(), re.M)[0].split()) > 1
    except (OSError, IndexError):
        return True


def _mib(pid: int, file: str, key: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def growth(n_students: int) -> Rows:
    """Grade ever larger classes; return time and memory for each. Timing starts when the first submission is done."""
    rows: Rows = []
    for students in [n for n in (17, 170) if n < n_students] + [n_students]:
        with course_folder(students) as folder:
            words = ["-c", "from course.cli import main; main(['grade', '--json'])"]
            with subprocess.Popen(
                [sys.executable, *words], cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True
            ) as process:
                memory = Memory(process.pid)
                assert process.stdout is not None
                statuses = [json.loads(next(process.stdout))["status"]]
                began = time.monotonic()
                statuses += [json.loads(line)["status"] for line in process.stdout]
                each = (time.monotonic() - began) / len(statuses)
                memory.end()
            if process.returncode != 0:
                raise SystemExit(f"course grade: exit status {process.returncode}")
        used = [f"{mib:.0f}" for mib in (memory.grader, memory.server, memory.worker)]
        rows.append([str(len(statuses)), f"{each:.3f}", *used, str(statuses.count("out_of_memory"))])
        print(*rows[-1], sep="\t", file=sys.stderr, flush=True)
    return rows


def stages(n_students: int) -> Rows:
    """Grade a class with one worker; return rows saying where the processor time goes."""
    with course_folder(n_students) as folder:
        return rows_of(stages_of(folder))


SPENT = ["stage", "processor ms a submission"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=40, help="of the class graded in every way")
    parser.add_argument("--few", type=int, default=6, help="students of it that nbgrader grades")
    parser.add_argument("--large", type=int, default=1667, help="students of the class that only we grade")
    parser.add_argument("--write", action="store_true", help="write docs/generated/benchmarks.md")
    options = parser.parse_args()
    parts: list[tuple[str, list[str], Callable[[], Rows]]] = [
        (
            f"The same {options.students * len(LESSONS)} submissions",
            COMPARED,
            lambda: comparison(side_by_side(options.students, options.few)),
        ),
        ("Where the time of `course grade` goes", SPENT, lambda: stages(options.students)),
        ("`course grade` on ever larger classes", GREW, lambda: growth(options.large)),
    ]
    tables = []
    for title, headings, measure in parts:
        tables.append((title, headings, measure()))
        table = Table(*headings, title=title)
        for row in tables[-1][2]:
            table.add_row(*row)
        Console(width=140).print(table)
        if options.write:  # results are not lost if the rest is interrupted
            RESULT.write_text(_page(tables), encoding="utf-8")


def _page(tables: list[tuple[str, list[str], Rows]]) -> str:
    machine = f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, no GPU"
    lines = [
        "# Benchmarks",
        "",
        "Written by `python -m benchmarks.throughput --write`; do not edit. Ratios within one run hold from machine to "
        f"machine, seconds do not. This one: {machine}.",
        "",
        "Wall-clock seconds include the start of each command. The class is drawn from the banks: of a hundred answers "
        "some 65 right, 30 wrong, 5 blank, none that hangs. Only `course grade` pays one mistake once, by asking what "
        "builds on it again with right functions in its place; scores of the others are lower there. A worker's own "
        "memory is what its processes share with nobody; one that reaches the limit is ended there, and is then the "
        "one with the most.",
    ]
    for title, headings, rows in tables:
        lines += ["", f"## {title}", "", f"| {' | '.join(headings)} |", "|---" * len(headings) + "|"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
