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
from pathlib import Path
from typing import Any

from course.asking import Answer, Failure, unpack_answers
from course.worker import confinement, frames, inside
from course.worker.program import CellResult, Limits, Program, Transcript

# How often the guard looks at memory and processes, in seconds: a runaway gets this much ahead at most.
LOOK_S = 0.1
# After this many cells that hung or killed the process the rest is not run: each costs a whole try.
MAX_TRIES = 4
# What else a cell may take after its own alarm rang (a cell that ignores it is cut from outside).
GRACE_S = 3.0


def run_guarded(program: Program, shell: Any, readable: list[str]) -> Transcript:
    """Run a program to its end, or to its limits, and return what was seen.

    A cell that hangs beyond its alarm or takes the process down is noted, and the program runs again without it.
    """
    until = time.monotonic() + program.limits.total_s
    began = time.monotonic()
    cells: dict[str, CellResult] = {}
    skip: set[int] = set()
    run = None
    for _ in range(MAX_TRIES):
        run = _Run(program, until)
        run.start(shell, readable, frozenset(skip))
        why = run.watch()
        if why == "done":
            break
        at = run.at
        if at is None or why == "total":
            break
        cells[program.cells[at].name] = CellResult(why)
        skip.add(at)
        if time.monotonic() > until:
            break
    assert run is not None
    status = "done" if run.why == "done" else {"total": "timed_out"}.get(run.why, run.why)
    for cell in program.cells:
        if not cell.ask and cell.name not in cells:
            cells[cell.name] = run.cells.get(cell.name, CellResult("not_run"))
    failed = "timed_out" if status == "timed_out" else "died"
    answers = {}
    for i, cell in enumerate(program.cells):
        if cell.ask:
            lost = tuple(Answer(failure=Failure(failed)) for _ in program.questions[cell.ask])
            answers[cell.ask] = lost if i in skip else run.answers.get(cell.ask, lost)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = {
        "wall_s": round(time.monotonic() - began, 4),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 4),
        "memory_mib": round(run.peak_mib, 1),
        "tries": float(len(skip) + (run.why == "done")),
    }
    return Transcript(status, cells, answers, used)


class _Run:
    """One try at a program in a fresh process."""

    def __init__(self, program: Program, until: float) -> None:
        self.program = program
        self.until = until
        self.cells: dict[str, CellResult] = {}
        self.answers: dict[str, tuple[Answer, ...]] = {}
        self.at: int | None = None
        self.why = "crashed"
        self.peak_mib = 0.0
        self._pid = 0
        self._read = 0
        self._folder = ""

    def start(self, shell: Any, readable: list[str], skip: frozenset[int]) -> None:
        """Fork the worker; with confinement the fork's own fork is process 1 of its world."""
        self._folder = tempfile.mkdtemp(prefix="course-")
        self._read, write = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._read)
                os.setsid()
                self._inside(shell, write, readable, skip)
            finally:
                os._exit(1)
        os.close(write)

    def _inside(self, shell: Any, write: int, readable: list[str], skip: frozenset[int]) -> None:
        """Become the worker; never returns."""
        _only_descriptors(write)
        folder, limits = Path(self._folder), self.program.limits
        confinement._libc().prctl(confinement.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if self.program.confined:
            confinement.enter_namespaces()
            confinement.private_folder(folder, limits)
            child = os.fork()
            if child:
                _, status = os.waitpid(child, 0)
                os._exit(0 if status == 0 else 1)
            confinement._libc().prctl(confinement.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.chdir(folder)
        _plain_environment(folder)
        if self.program.confined:
            confinement.limit_resources(limits)
            confinement.restrict_files(folder, readable)
            confinement.filter_system_calls()
            confinement.drop_privileges()
        inside.run(self.program, shell, write, skip)
        os._exit(0)

    def watch(self) -> str:
        """Read messages until the worker ends or a limit is reached; then end it. Return why."""
        try:
            self.why = self._watch()
        except (frames.FrameError, ValueError, KeyError, TypeError, IndexError):
            self.why = "crashed"  # only student code can have sent that
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
        started = float(_memory_mib([self._pid]))
        while True:
            message = reader.poll(LOOK_S)
            now = time.monotonic()
            if message is not None:
                self._take(*message)
                cell_until = now + max(limits.cell_s, limits.answer_s) + GRACE_S
            elif reader.ended:
                _, status = os.waitpid(self._pid, 0)
                self._pid = 0
                return "done" if status == 0 and self.at is None else "crashed"
            if now > self.until:
                return "total"
            if now > cell_until:
                return "timed_out"
            if now >= look:
                look = now + LOOK_S
                tree = _tree(self._pid)
                self.peak_mib = max(self.peak_mib, _memory_mib(tree) - started)
                if self.peak_mib > limits.memory_mib:
                    return "out_of_memory"
                if len(tree) > limits.processes:
                    return "too_many_processes"

    def _take(self, kind: int, blob: bytes) -> None:
        """File one message. It may come from student code: whatever is odd raises, and nothing is believed twice."""
        if kind == frames.STARTED:
            self.at = int(json.loads(blob))
            self.program.cells[self.at]
        elif kind == frames.FINISHED:
            i, fields = json.loads(blob)
            self.cells[self.program.cells[int(i)].name] = _checked(CellResult(**fields), self.program.limits)
            self.at = None
        elif kind == frames.ANSWERED:
            name = self.program.cells[int(json.loads(blob[:16]))].ask
            parts = inside.split_answers(blob[16:])
            asked = self.program.questions[name]
            if len(parts) != len(asked):
                raise ValueError("wrong number of answers")
            self.answers.setdefault(name, tuple(_one_answer(part) for part in parts))
            self.at = None
        else:
            raise ValueError("unexpected message")


def _checked(result: CellResult, limits: Limits) -> CellResult:
    most = limits.output_kib * 1024
    return CellResult(str(result.status)[:20], str(result.text)[:most], str(result.error)[:600])


def _one_answer(blob: bytes) -> Answer:
    answers = unpack_answers(blob)
    if len(answers) != 1:
        raise ValueError("not one answer")
    return answers[0]


def _only_descriptors(write: int) -> None:
    """Close all but the pipe, and point the standard ones nowhere: nothing of the grader's stays open."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    os.closerange(3, write)
    os.closerange(write + 1, 4096)


def _plain_environment(folder: Path) -> None:
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


def _memory_mib(pids: list[int]) -> float:
    """Return what the processes hold for themselves: resident less what they share with the warm process."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{pid}/statm").read_text().split()
            total += int(fields[1]) - int(fields[2])
    return total * resource.getpagesize() / 2**20


def _kill_tree(pid: int) -> None:
    """End a worker and everything it started.

    With a process namespace the end of its process 1 ends them all; without one, all that can be found.
    """
    if not pid:
        return
    for process in reversed(_tree(pid)):
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(pid, 0)
