"""The guard of one submission: makes the worker, watches it from outside, passes on what it says, ends it."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.asking import Answer, Failure
from course.worker import confinement, frames, inside
from course.worker.program import CellResult, Limits, Program, Transcript
from course.worker.reception import plain_text, received
from course.worker.withdrawal import Withdrawal

# How often the guard looks at memory and processes, in seconds: a runaway gets this much ahead at most.
LOOK_S = 0.1
# After this many cells that hung or killed the process the rest is not run: each costs a whole try.
MAX_TRIES = 4
# What else a cell may take after its own alarm rang (a cell that ignores it is cut from outside).
GRACE_S = 3.0


@dataclass(frozen=True)
class Surroundings:
    """What a warm process has ready for every submission.

    readable, readable_by_hand: paths student code may read; where gradients are written by hand torch's files are not
    among them. withdrawal: takes autograd out of a process; None where there is no torch.
    """

    shell: Any
    readable: list[str]
    readable_by_hand: list[str]
    withdrawal: Withdrawal | None = None


def run_guarded(program: Program, around: Surroundings) -> Transcript:
    """Run a program to its end, or to its limits, and return what was seen.

    A cell that hangs beyond its alarm or takes the process down is noted, and the program runs again without it.
    Exercises by hand are asked in a run of their own, in which there is no autograd.
    """
    began = time.monotonic()
    until = began + program.limits.total_s
    status = "done"
    cells: dict[str, CellResult] = {}
    answers: dict[str, tuple[Answer, ...]] = {}
    peak_mib, n_tries = 0.0, 0
    for part, by_hand in _parts(program, around.withdrawal is not None):
        # what hung or died before would do so again
        before = {i for i, c in enumerate(part.cells) if c.name in cells and cells[c.name].status in _LOST}
        lost = set(before)
        run, n = _run_part(part, around, by_hand, until, cells, lost)
        n_tries += n
        peak_mib = max(peak_mib, run.peak_mib)
        told = [run.why, *(cells[part.cells[i].name].status for i in sorted(lost - before))]
        why = next((w for w in told if w != "done"), "done")
        status = {"total": "timed_out"}.get(why, why) if status == "done" else status
        for cell in part.cells:
            if not cell.ask and cell.name not in cells:
                cells[cell.name] = run.cells.get(cell.name, CellResult("not_run"))
        failed = Failure("timed_out" if run.why in ("total", "timed_out") else "died")
        for i, cell in enumerate(part.cells):
            if cell.ask:
                missing = tuple(Answer(failure=failed) for _ in program.questions[cell.ask])
                answers[cell.ask] = missing if i in lost else run.answers.get(cell.ask, missing)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = {
        "wall_s": round(time.monotonic() - began, 4),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 4),
        "memory_mib": round(peak_mib, 1),
        "tries": float(n_tries),
    }
    return Transcript(status, cells, answers, used)


_LOST = ("timed_out", "crashed", "out_of_memory", "too_many_processes")


def _parts(program: Program, has_torch: bool) -> list[tuple[Program, bool]]:
    """Part a program into the run that has autograd and the one that has not, as far as each asks something."""
    asked = [c.ask for c in program.cells if c.ask]
    by_hand = {n for n in asked if has_torch and any(q.options.get("by_hand") for q in program.questions[n])}
    parts = []
    if not by_hand or set(asked) - by_hand:
        parts.append((replace(program, cells=tuple(c for c in program.cells if c.ask not in by_hand)), False))
    if by_hand:
        wanted = tuple(c for c in program.cells if not c.ask or c.ask in by_hand)
        last = max(i for i, c in enumerate(wanted) if c.ask)
        # where there is no other run, what comes after is run for its outputs
        parts.append((replace(program, cells=wanted[: last + 1] if parts else wanted), True))
    return parts


def _run_part(
    program: Program, around: Surroundings, by_hand: bool, until: float, cells: dict[str, CellResult], lost: set[int]
) -> tuple[_Run, int]:
    """Run until it gets through, each time without the cell that hung or died; note those in `cells` and `lost`."""
    n_tries = 0
    while True:
        n_tries += 1
        run = _Run(program, until)
        run.start(around, by_hand, frozenset(lost))
        why = run.watch()
        if why in ("done", "total") or run.at is None:
            break
        cells[program.cells[run.at].name] = CellResult(why)
        lost.add(run.at)
        if n_tries == MAX_TRIES or time.monotonic() > until:
            break
    return run, n_tries


class _Run:
    """One try at a program in a fresh process."""

    def __init__(self, program: Program, until: float) -> None:
        self.program = program
        self.until = until
        self.cells: dict[str, CellResult] = {}
        self.answers: dict[str, tuple[Answer, ...]] = {}
        self.at: int | None = None
        self.last = -1
        self.why = "crashed"
        self.peak_mib = 0.0
        self._expected = -1
        self._pid = 0
        self._read = 0
        self._folder = ""

    def start(self, around: Surroundings, by_hand: bool, skip: frozenset[int]) -> None:
        """Fork the worker; with confinement the fork's own fork is process 1 of its world."""
        self._expected = max((i for i in range(len(self.program.cells)) if i not in skip), default=-1)
        self._folder = tempfile.mkdtemp(prefix="course-")
        self._read, write = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._read)
                os.setsid()
                self._inside(around, by_hand, write, skip)
            finally:
                os._exit(1)
        os.close(write)

    def _inside(self, around: Surroundings, by_hand: bool, write: int, skip: frozenset[int]) -> None:
        """Become the worker; never returns."""
        only_descriptors(write)
        folder, limits = Path(self._folder), self.program.limits
        confinement.die_with_parent()
        if self.program.confined:
            confinement.enter(folder, limits)
        os.chdir(folder)
        plain_environment(folder)
        if by_hand and around.withdrawal is not None:
            around.withdrawal.apply()
        if self.program.confined:
            confinement.lock(folder, limits, around.readable_by_hand if by_hand else around.readable)
        inside.run(self.program, around.shell, write, skip)
        os._exit(0)

    def watch(self) -> str:
        """Read messages until the worker ends or a limit is reached; then end it. Return why."""
        try:
            self.why = self._watch()
        except confinement.CannotConfine:
            raise
        except Exception:  # whatever it is, only student code can have sent it
            self.why = "crashed"
        finally:
            _kill_tree(self._pid)
            os.close(self._read)
            shutil.rmtree(self._folder, ignore_errors=True)
        return self.why

    def _watch(self) -> str:
        reader = frames.Reader(self._read)
        limits = self.program.limits
        cell_until = time.monotonic() + limits.cell_s + GRACE_S
        look = time.monotonic() + LOOK_S
        started, started_exactly = _memory_mib([self._pid]), _memory_mib([self._pid], exactly=True)
        while True:
            message = reader.poll(LOOK_S)
            now = time.monotonic()
            if message is not None:
                self._take(*message)
                cell_until = now + max(limits.cell_s, limits.answer_s) + GRACE_S
            elif reader.ended:
                _, status = os.waitpid(self._pid, 0)
                self._pid = 0
                if self.last < 0 <= self._expected:  # student code has not run yet
                    raise confinement.CannotConfine("The worker ended before it ran anything.")
                return "done" if status == 0 and self.at is None and self.last == self._expected else "crashed"
            if now > self.until:
                return "total"
            if now > cell_until:
                return "timed_out"
            if now >= look:
                look = now + LOOK_S
                tree = _tree(self._pid)
                used = _memory_mib(tree) - started * min(2, len(tree))  # the first only waits for the second
                if used > limits.memory_mib:  # forks share most of it: count what is shared once
                    used = _memory_mib(tree, exactly=True) - started_exactly
                self.peak_mib = max(self.peak_mib, used)
                if used > limits.memory_mib:
                    return "out_of_memory"
                if len(tree) > limits.processes:
                    return "too_many_processes"

    def _take(self, kind: int, blob: bytes) -> None:
        """File one message. It may come from student code: whatever is odd or out of its turn raises."""
        cells = self.program.cells
        if kind == frames.STARTED:
            i = json.loads(blob)
            if type(i) is not int or not self.last < i < len(cells) or self.at is not None:
                raise ValueError("not the turn of this cell")
            self.at = self.last = i
        elif kind == frames.FINISHED:
            i, fields = json.loads(blob)
            result = _checked(CellResult(**fields), self.program.limits)
            self._end(i, asked=False)
            self.cells[cells[i].name] = result
        elif kind == frames.ANSWERED:
            i = json.loads(blob[:16])
            answers = tuple(received(part) for part in inside.split_answers(blob[16:]))
            if len(answers) != len(self.program.questions[cells[i].ask]):
                raise ValueError("wrong number of answers")
            self._end(i, asked=True)
            self.answers[cells[i].ask] = answers
        else:
            raise ValueError("unexpected message")

    def _end(self, i: object, *, asked: bool) -> None:
        if self.at is None or i != self.at or bool(self.program.cells[self.at].ask) != asked:
            raise ValueError("not what was begun")
        self.at = None


def _checked(result: CellResult, limits: Limits) -> CellResult:
    text = plain_text(result.text, limits.output_kib * 1024)
    return CellResult(plain_text(result.status, 20), text, plain_text(result.error, 600))


def only_descriptors(write: int) -> None:
    """Close all but the pipe, and point the standard ones nowhere: nothing of the grader's stays open."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    os.closerange(3, write)
    os.closerange(write + 1, os.sysconf("SC_OPEN_MAX"))


def plain_environment(folder: Path) -> None:
    kept = {
        k: v
        for k, v in os.environ.items()
        if k in ("PATH", "LANG", "LC_ALL", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    }
    os.environ.clear()
    os.environ.update(kept, HOME=str(folder), TMPDIR=str(folder), MPLBACKEND="Agg", MPLCONFIGDIR=str(folder))
    tempfile.tempdir = str(folder)


def _tree(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found, queue = [], [pid]
    while queue:
        process = queue.pop()
        found.append(process)
        with contextlib.suppress(OSError, ValueError):
            for task in Path(f"/proc/{process}/task").iterdir():
                queue += [int(c) for c in (task / "children").read_text().split()]
        if len(found) > 4096:
            break
    return found


def _memory_mib(pids: list[int], *, exactly: bool = False) -> float:
    """Return what the processes hold for themselves, and in memory they share with each other, but not in files.

    exactly: count what forks have in common once; that goes through all pages and takes some milliseconds a process.
    """
    file, keys = ("smaps_rollup", ("Pss_Anon:", "Pss_Shmem:")) if exactly else ("status", ("RssAnon:", "RssShmem:"))
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith(keys))
    return total / 1024


def _kill_tree(pid: int) -> None:
    """End a worker and everything it started.

    With a process namespace the end of its process 1 ends them all; without one, all that can be found.
    """
    if not pid:
        return
    tree = _tree(pid)
    for process in [*tree[1:2], *reversed(tree)]:  # process 1 of its world takes all others with it
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(pid, 0)
