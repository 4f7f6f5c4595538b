"""Kill grading many times at random moments, and check after every kill that nothing is wrong.

`python -m benchmarks.interruption` grades a class drawn from the banks once without a kill. Then the same class is
graded with the same questions while randomly chosen processes are killed with SIGKILL: the grader, a fork server, a
zygote or a submission's own process. Nothing may be lost, duplicated, half-written or different from the run without a
kill. The exit status is 1 if anything is.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from course.grading.store import Store
from course.lessons import LESSONS

REPOSITORY = Path(__file__).resolve().parents[1]
GRADE = "import course.cli; course.cli.main(['grade', '--json', '--workers', '2'])"
# What is killed, with its depth in the process tree below the grader.
KINDS = {"grader": (0,), "fork server": (1,), "zygote or submission": (2,)}
# The longest delay of a kill after the progress it waits for: every step of grading a submission falls within it.
SPREAD_S = 0.6
# Lifetime of the process of a quick submission.
LIFE_S = 0.15
# Submissions left when the last kill is due: several kills may be due at once, and grading continues meanwhile.
LAST = 8
GONE_S = 10.0

Rows = dict[tuple[str, str], list[tuple[object, ...]]]


class Running(Protocol):
    """A grader process, started by any means."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(frozen=True)
class Process:
    """A process as seen in /proc; its start time distinguishes it from a later one with the same pid."""

    pid: int
    parent: int
    state: str
    began: str


def processes() -> dict[int, Process]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
            found[pid] = Process(pid, int(fields[1]), fields[0], fields[19])
    return found


def below(pid: int) -> list[tuple[int, Process]]:
    """Return the grading processes below a grader, each with its depth."""
    children: dict[int, list[Process]] = {}
    for process in processes().values():
        children.setdefault(process.parent, []).append(process)
    found, level = [], [pid]
    for depth in range(1, 9):
        next_level = [c for p in level for c in children.get(p, []) if c.state != "Z" and _is_worker(c.pid)]
        found += [(depth, c) for c in next_level]
        level = [c.pid for c in next_level]
    return found


def _is_worker(pid: int) -> bool:
    try:
        return b"course.sandbox" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def rows_of(root: Path) -> Rows:
    """Return the grades of each submission in the gradebook, one tuple for each cell."""
    if not (root / "gradebook.db").exists():
        return {}
    query = """
        select sa.student_id, a.name, bc.name, g.auto_score, g.manual_score, g.needs_manual_grade
        from submitted_assignment sa join assignment a on sa.assignment_id = a.id
        left join submitted_notebook sn on sn.assignment_id = sa.id
        left join grade g on g.notebook_id = sn.id left join base_cell bc on g.cell_id = bc.id
        order by 1, 2, 3
    """
    found: Rows = {}
    with contextlib.closing(sqlite3.connect(root / "gradebook.db", timeout=60)) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)], "the database is damaged"
        if database.execute("select 1 from sqlite_master where name = 'grade'").fetchone():
            for student, lesson, *row in database.execute(query):
                found.setdefault((student, lesson), []).append(tuple(row))
    return found


def marks_of(root: Path) -> dict[tuple[str, str], object]:
    """Return the records of finished submissions by student and lesson."""
    found = {}
    for path in (root / ".course/grading/done").glob("*/*.json"):
        found[path.stem, path.parent.name] = json.loads(path.read_bytes())
    return found


def n_done(root: Path) -> int:
    return sum(1 for _ in (root / ".course/grading/done").glob("*/*.json"))


@dataclass(frozen=True)
class Expected:
    """The results of grading without a kill."""

    rows: Rows
    marks: dict[tuple[str, str], object]

    @classmethod
    def of(cls, root: Path) -> Expected:
        return cls(rows_of(root), marks_of(root))

    def faults(self, root: Path) -> Iterator[str]:
        """Yield violations of what must hold at any moment of grading."""
        marks = marks_of(root)  # read first: what is marked as done already has its rows
        rows = rows_of(root)
        for key, row in rows.items():
            if row != self.rows[key]:
                yield f"{key}: rows are {row}, without a kill {self.rows[key]}"
        for (student, lesson), mark in marks.items():
            if mark != self.marks[student, lesson]:
                yield f"{student} {lesson}: the note says {mark}, without a kill {self.marks[student, lesson]}"
            if (student, lesson) not in rows:
                yield f"{student} {lesson}: marked as done without rows"
            if not (root / "autograded" / student / lesson / f"{lesson}.ipynb").exists():
                yield f"{student} {lesson}: marked as done without its notebook"
        for path in (root / "autograded").glob("*/*/*.ipynb"):
            try:
                json.loads(path.read_bytes())["cells"]
            except (ValueError, KeyError):
                yield f"{path}: half-written"

    def faults_at_the_end(self, root: Path, scratch: Path) -> Iterator[str]:
        yield from self.faults(root)
        if lost := sorted(set(self.rows) - set(rows_of(root))):
            yield f"no rows: {lost}"
        if lost := sorted(set(self.marks) - set(marks_of(root))):
            yield f"not marked as done: {lost}"
        left = [*root.rglob(".writing-*"), *root.rglob("*-journal"), *scratch.glob("course-*")]
        if left:
            yield f"left over: {[str(p) for p in left]}"
        if str(scratch) in Path("/proc/self/mounts").read_text():
            yield "a mount is left"


@dataclass
class Trial:
    """The grading of one class, killed again and again.

    start: starts a grader in the course's folder. kills: what was killed, and how many submissions were done by then.
    """

    root: Path
    scratch: Path
    expected: Expected
    start: Callable[[], Running]
    chance: random.Random
    kills: list[tuple[str, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    n_resumed: int = 0

    def run(self, n_kills: int, weights: tuple[int, ...] = (2, 1, 2)) -> None:
        """Grade to the end with `n_kills` kills on the way, spread over the run and dealt to the kinds by weight."""
        total = len(self.expected.marks)
        moments = sorted(self.chance.randrange(total - LAST) for _ in range(n_kills))
        deal = [kind for kind, weight in zip(KINDS, weights, strict=True) for _ in range(weight)]
        kinds = (deal * n_kills)[:n_kills]
        self.chance.shuffle(kinds)
        running, is_fresh = self.start(), True
        for moment, kind in zip(moments, kinds, strict=True):
            # if the grader has just been restarted, the kill may also hit its start-up
            if not (is_fresh and n_done(self.root) >= moment and self.chance.random() < 0.5):
                self._wait(running, moment)
            time.sleep(self.chance.uniform(0, SPREAD_S))
            is_fresh = self._kill(running, kind)
            self._look()
            if is_fresh:
                running = self.start()
                self.n_resumed += 1
        status = running.wait(timeout=1800)
        if status != 0:
            self.faults.append(f"the last run ended with exit status {status}")
        self.faults += self.expected.faults_at_the_end(self.root, self.scratch)

    def _kill(self, running: Running, kind: str) -> bool:
        """Kill a process of one kind as soon as there is one; return whether the grader must be restarted."""
        while True:
            victims: list[Process] = []
            while not victims and running.poll() is None and (kind == "grader" or not self._all_done()):
                time.sleep(0.05)
                here = [(0, processes().get(running.pid)), *below(running.pid)]
                victims = [p for depth, p in here if p is not None and depth in KINDS[kind]]
            if running.poll() is not None:
                self.faults.append(f"grading ended by itself ({running.poll()}) before all kills were done")
                return True
            if not victims:
                self.faults.append("all was graded before all kills were done")
                return False
            victim = self.chance.choice(victims)
            time.sleep(self.chance.uniform(0, LIFE_S))  # otherwise most would be hit as they start
            family = [p for _, p in below(running.pid)]
            now = processes().get(victim.pid)
            if now is not None and now.began == victim.began and now.state != "Z":
                with contextlib.suppress(ProcessLookupError):
                    os.kill(victim.pid, signal.SIGKILL)
                    self.kills.append((kind, n_done(self.root)))
                    break
        if kind != "grader":
            return False
        running.wait(timeout=60)
        until = time.monotonic() + GONE_S
        while left := [p for p in family if (now := processes().get(p.pid)) and now.began == p.began]:
            if time.monotonic() > until:
                self.faults.append(f"processes outlived their grader by {GONE_S} s: {left}")
                break
            time.sleep(0.02)
        return True

    def _wait(self, running: Running, moment: int) -> None:
        """Wait until `moment` submissions are done and another is in progress."""
        while running.poll() is None and (n_done(self.root) < moment or not below(running.pid)):
            if self._all_done():
                break
            time.sleep(0.05)

    def _all_done(self) -> bool:
        """Return whether everything is graded; a `--watch` then keeps running, with no process below it."""
        return n_done(self.root) == len(self.expected.marks)

    def _look(self) -> None:
        try:
            self.faults += self.expected.faults(self.root)
        except (AssertionError, ValueError) as fault:
            self.faults.append(str(fault))


def make_course(root: Path, lessons: list[str]) -> None:
    for folder in ("source", "release"):
        for lesson in lessons:
            shutil.copytree(REPOSITORY / folder / lesson, root / folder / lesson)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)


def make_twin(root: Path, twin: Path, lessons: list[str]) -> None:
    """Copy a course that is about to be graded, so that both ask the same questions."""
    Store(root).begin(lessons)
    shutil.copytree(root, twin)


def start_grader(root: Path, scratch: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1", "TMPDIR": str(scratch)}
    with open(scratch.with_suffix(".log"), "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", GRADE], cwd=root, env=environment, stdout=log, stderr=log, start_new_session=True
        )


def main() -> int:
    from benchmarks.classes import hand_in

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as name:
        folder = Path(name)
        calm, killed, scratch = folder / "calm", folder / "killed", folder / "scratch"
        scratch.mkdir()
        make_course(calm, list(LESSONS))
        n = hand_in(REPOSITORY, calm, options.students)
        make_twin(calm, killed, list(LESSONS))
        began = time.monotonic()
        status = start_grader(calm, scratch).wait()
        print(f"without a kill: {n} submissions in {time.monotonic() - began:.0f} s, exit status {status}", flush=True)
        trial = Trial(killed, scratch, Expected.of(calm), lambda: start_grader(killed, scratch), random.Random(seed))
        began = time.monotonic()
        trial.run(options.kills)
        print(f"with kills (seed {seed}): {time.monotonic() - began:.0f} s, gone on with {trial.n_resumed} times")
        for kind, count in Counter(kind for kind, _ in trial.kills).items():
            done = [str(d) for k, d in trial.kills if k == kind]
            print(f"  {count} times the {kind}, when so many submissions were done: {', '.join(done)}")
        print(f"  {len(trial.kills)} kills, {len(trial.faults)} faults")
        for fault in trial.faults:
            print(f"  {fault}")
        for line in scratch.with_suffix(".log").read_text().splitlines():
            if '"skipped": ' not in line or '"failed"' in line:
                print(f"  a grader said: {line}")
    return 1 if trial.faults or status else 0


if __name__ == "__main__":
    sys.exit(main())
