"""Measure where the processor time of `course grade` goes, beyond what the students' own code computes.

    python -m benchmarks.stages [COURSE] [--students N]

COURSE: a course folder whose class has handed in; by default, a class of N students (40) is drawn from the banks, no
two notebooks alike. It is graded with one worker, counting the processor time of every process: this one, which is the
grader, the examiner, and the fork servers with everything they run. What the cells and answers of the same jobs take in
one bare process is subtracted, counting cells once however often they run. What a run does once, whatever the class, is
listed separately. Everything computes in one thread.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import course.grading.grader as grading
from benchmarks.classes import course_folder, environment
from course.grading import examiner, examiners, grade
from course.grading.folder import Task
from course.runner import ask
from course.sandbox import RunResult, absent_check, fork_server, messages, preparation, supervisor
from course.sandbox.job import Job
from course.sandbox.shell import run_cell

REPOSITORY = Path(__file__).resolve().parents[1]
ONCE = "once a run: "
EXAMINER, MEASURING = "to and from the examiner", "measuring"
# Functions of the grader and of the examiner, by stage.
STAGES: dict[str, list[tuple[Any, str]]] = {
    f"{ONCE}opening the course": [
        *((grading.Grader, name) for name in ("__init__", "begin")),
        *((grading.Assignments, name) for name in ("release", "graded", "parts", "reference")),
        (grading.Gradebook, "ensure_lesson"),
    ],
    f"{ONCE}questions, and what is right": [(grading, "QuestionSet")],
    "looking for changes": [(grading.Grader, "state_of"), (grading.Grader, "finished")],
    "to and from the sandbox": [(grading.Pool, "run")],
    EXAMINER: [(examiners.ExaminerPool, "_call")],
    "keeping what was answered": [(grading, "digest_of"), (grading.Store, "cache"), (grading.Store, "run_result")],
    "writing the graded notebook": [(grading, "text_of"), (grading, "write_atomically")],
    "recording": [(grading.Gradebook, "save"), (grading.Store, "mark_done")],
}
AT_THE_EXAMINER: dict[str, list[tuple[Any, str]]] = {
    "writing the graded notebook": [(examiner, "_notebook"), (examiner, "outputs_of")],
}


class Clock:
    """Processor time of this process by stage; a stage within another counts for the inner one only."""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()
        self._here = threading.local()

    def watch(self, stages: dict[str, list[tuple[Any, str]]]) -> None:
        for stage, pieces in stages.items():
            for home, name in pieces:
                setattr(home, name, self._timed(getattr(home, name), stage))

    def _timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            with self.stage(stage):
                return function(*args, **options)

        return call

    @contextlib.contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        began, outer = time.thread_time(), getattr(self._here, "inner", 0.0)
        self._here.inner = 0.0
        try:
            yield
        finally:
            spent = time.thread_time() - began
            self.used[stage] += spent - self._here.inner
            self._here.inner = outer + spent


@dataclass
class Run:
    """What is recorded while a class is graded."""

    jobs: dict[bool, list[Job]] = field(default_factory=lambda: {True: [], False: []})  # by whether torch is available
    left_out: list[str] = field(default_factory=list)
    lost_s: float = 0.0
    examiner: Counter[str] = field(default_factory=Counter)
    servers: dict[int, tuple[Counter[str], Counter[str]]] = field(default_factory=dict)  # when started, and now
    task: Task | None = None


# ---------------------------------------------------------------- in the examiner

_there = Clock()
_known: set[Any] = set()


def in_examiner(task: Callable[..., Any], *given: Any) -> tuple[Any, Counter[str]]:
    """Run a task; return its result, and the processor time this process has used until now, by stage."""
    if not _known:
        _known.add(None)
        import torch  # noqa: F401 - else imported with the first judging

        _there.watch(AT_THE_EXAMINER)
        _there.used[f"{ONCE}starting the examiner"] = time.process_time()
    if task is examiners._examine and given[1] not in _known:
        _known.add(given[1])
        with _there.stage(f"{ONCE}questions, and what is right"):
            asked = examiners._question_set(*given[1])
            for exercise in asked.exercises:
                for question in asked.questions[exercise.name]:
                    exercise.right(question)
    with _there.stage("reading and mending" if task is examiners.read_submission else "judging"):
        result = task(*given)
    used = _there.used.copy()
    used[EXAMINER] = time.process_time() - used.total()
    return result, used


# ---------------------------------------------------------------- the grader


def measure(folder: Path) -> dict[str, Any]:
    """Grade a class here with one worker; return milliseconds of processor time by stage, per submission or per run."""
    clock, run, began = Clock(), Run(), time.process_time()
    _note(run, clock)
    clock.watch(STAGES)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        grade(root=folder, workers=1, as_json=True)
    n = len(printed.getvalue().splitlines())
    used = clock.used + run.examiner
    used["the grader's own rest"] = time.process_time() - began - clock.used.total()
    own = 0.0
    for torch, jobs in run.jobs.items():
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
            own += executor.submit(own_computing, jobs, torch).result()
    for started, now in run.servers.values():
        used.update(now)
        used.subtract(started)
        used[f"{ONCE}starting fork servers"] += started.total()
    used[SANDBOXED] -= own + run.lost_s
    del used[MEASURING]
    once = {stage.removeprefix(ONCE): 1000 * s for stage, s in used.items() if stage.startswith(ONCE)}
    each = {stage: 1000 * s / n for stage, s in used.items() if not stage.startswith(ONCE)}
    return {"n": n, "each": each, "once": once, "own": 1000 * own / n, "left_out": sorted(set(run.left_out))}


def _note(run: Run, clock: Clock) -> None:
    """Patch grading to record which jobs ran, which were retried, and the processor time of other processes."""
    call, carry_out, examine = examiners.ExaminerPool._call, grading.Pool.run, grading.Grader.examine
    receive = fork_server.ForkServer._receive

    def called(self: Any, task: Any, *given: Any) -> Any:
        result, run.examiner = call(self, in_examiner, task, *given)
        return result

    def examined(self: Any, task: Task) -> Any:
        run.task = task
        return examine(self, task)

    def carried_out(self: Any, job: Job, **options: Any) -> RunResult:
        seen = carry_out(self, job, **options)
        with clock.stage(MEASURING):
            run.servers = {pid: (started, _used(pid)) for pid, (started, _) in run.servers.items()}
            if seen.resources["tries"] > len(supervisor._parts(job, options["torch"])):
                assert run.task is not None
                run.left_out.append(f"{run.task.lesson} of {run.task.student}")
                run.lost_s += seen.resources["cpu_s"]
            else:
                run.jobs[options["torch"]].append(job)
        return seen

    def received(self: Any, kind: int, seconds: float) -> bytes:
        message = receive(self, kind, seconds)
        if kind == messages.READY:
            with clock.stage(MEASURING):
                run.servers[self._process.pid] = 2 * (_used(self._process.pid),)
        return message

    examiners.ExaminerPool._call = called  # type: ignore[method-assign]
    grading.Grader.examine = examined  # type: ignore[method-assign]
    grading.Pool.run = carried_out  # type: ignore[method-assign]
    fork_server.ForkServer._receive = received  # type: ignore[method-assign]


SUPERVISING, FORKING = "supervising: reading, bounding and looking", "forking"
SANDBOXED = "in the sandboxed process: shutting in, touching pages, asking, ending"


def _used(server: int) -> Counter[str]:
    """Return the processor time of a fork server: its own, its zygotes', and that of its children that have ended."""
    own, ended = _times(server)
    zygotes = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    forked = sum(sum(_times(int(pid))) for pid in zygotes)
    return Counter({SUPERVISING: own, FORKING: forked, SANDBOXED: ended})


def _times(pid: int) -> tuple[float, float]:
    """Return the processor time of a process, and of its children that have ended."""
    user, system, *ended = map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15])
    tick = os.sysconf("SC_CLK_TCK")
    return (user + system) / tick, sum(ended) / tick


def own_computing(jobs: list[Job], torch: bool) -> float:
    """Return the processor time that the cells and questions of jobs take by themselves.

    Each job runs twice in a fork of this process, and only the second run counts: the first touches the memory.
    """
    shell = preparation.prepare(torch).shell
    gc.collect()
    gc.freeze()
    return sum(_own_of(job, shell) for job in jobs)


def _own_of(job: Job, shell: Any) -> float:
    read, write = os.pipe()
    if os.fork() == 0:
        clean = dict(shell.user_ns)
        absent_check.install(job.questions)  # as in the sandbox
        for _ in range(2):
            shell.user_ns.clear()
            shell.user_ns.update(clean)
            began = time.process_time()
            for cell in job.cells:
                if cell.ask:
                    for question in job.questions[cell.ask]:
                        ask(shell.user_ns, question)
                else:
                    run_cell(shell, cell.source, job.limits.cell_s, job.limits.output_kib)
            spent = time.process_time() - began
        os.write(write, str(spent).encode())
        os._exit(0)
    os.close(write)
    with open(read, encoding="ascii") as told:
        spent = float(told.read())
    os.wait()
    return spent


# ---------------------------------------------------------------- the command


def stages_of(folder: Path) -> dict[str, Any]:
    """Call `measure` in a fresh process that computes in one thread."""
    words = [sys.executable, "-m", "benchmarks.stages", "--here", str(folder)]
    done = subprocess.run(words, cwd=REPOSITORY, env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def rows_of(found: dict[str, Any]) -> list[list[str]]:
    """Return a table's rows: stages per submission, the most expensive first, their sum, then the other figures."""
    each = sorted(found["each"].items(), key=lambda item: -item[1])
    rows = [[stage, f"{ms:.1f}"] for stage, ms in each]
    rows.append(
        [f"**beyond the students' own computing** ({found['n']} submissions)", f"**{sum(found['each'].values()):.1f}**"]
    )
    rows.append(["the students' own computing", f"{found['own']:.1f}"])
    once = ", ".join(f"{stage} {ms:.0f}" for stage, ms in sorted(found["once"].items(), key=lambda item: -item[1]))
    return [*rows, [f"once a run, whatever the class: {once}", f"{sum(found['once'].values()):.0f} in all"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("course", nargs="?", type=Path)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.course.resolve())))
        return
    with contextlib.nullcontext(options.course) if options.course else course_folder(options.students) as folder:
        found = stages_of(folder)
    for what, ms in rows_of(found):
        print(f"{ms.strip('*'):>12}  {what.replace('*', '')}")
    for name in found["left_out"]:
        print(f"left out, for it hung or crashed: {name}")
    print(f"beyond the students' own computing: {sum(found['each'].values()):.1f} ms a submission")


if __name__ == "__main__":
    main()
