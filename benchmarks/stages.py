"""Where the time of `course grade` goes: processor time of each stage, over a class graded in this process.

    python -m benchmarks.stages COURSE

prints JSON: milliseconds of processor time a submission by stage. COURSE is a course folder whose class has handed in.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import course.grading.grader as grading
from course.grading import examiner, examiners, grade
from course.runner import ask, pack_answers
from course.sandbox import fork_server, preparation
from course.sandbox.job import Job
from course.sandbox.shell import run_cell

REPOSITORY = Path(__file__).resolve().parents[1]
# Our own pieces, by the stage they belong to. What is called inside another one is counted in both.
STAGES: dict[str, list[tuple[Any, str]]] = {
    "looking for changes": [(grading.Grader, "state_of"), (grading.Grader, "finished")],
    "reading and mending": [(examiners, "read_submission")],
    "drawing questions (once a run)": [(grading, "QuestionSet")],
    "to and from the worker": [(grading.Grader, "_run")],
    "keeping what was answered": [(grading, "digest_of"), (grading.Store, "cache"), (grading.Store, "run_result")],
    "judging": [(examiner, "judge")],
    "writing the graded notebook": [
        (examiner, "_notebook"),
        (grading.nbformat.v4, "writes"),
        (grading, "write_atomically"),
    ],
    "recording": [(grading.Gradebook, "save"), (grading.Store, "mark_done")],
}


def stages_of(folder: Path) -> dict[str, float]:
    """Measure in a process of its own, which is fresh."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.stages", str(folder)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(folder: Path) -> dict[str, float]:
    """Grade a class here with one worker and return milliseconds of processor time a submission."""
    used: Counter[str] = Counter()
    jobs: list[tuple[Job, bool]] = []

    def timed(function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            began = time.thread_time()
            try:
                return function(*args, **options)
            finally:
                used[stage] += time.thread_time() - began

        return call

    def noted(self: Any, job: Job, *, torch: bool) -> Any:
        jobs.append((job, torch))
        return run(self, job, torch=torch)

    for stage, pieces in STAGES.items():
        for home, name in pieces:
            setattr(home, name, timed(getattr(home, name), stage))
    # here and not in a process of its own, where nobody could take its time
    examiners.ExaminerPool._call = lambda self, task, *given: task(*given)  # type: ignore[method-assign]
    run = grading.Pool.run
    grading.Pool.run = noted  # type: ignore[method-assign]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        grade(root=folder, workers=1, as_json=True)
    n = len(printed.getvalue().splitlines())
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = _own_computing(jobs)
    started = {torch: _start_s(torch) for torch in (True, False)}
    workers = children.ru_utime + children.ru_stime - sum(started.values())
    found = {stage: 1000 * seconds / n for stage, seconds in used.items()}
    found["students' own computing"] = 1000 * own / n
    found["shutting in, asking, guarding"] = 1000 * (workers - own) / n
    found["submissions"] = n
    return found


def _start_s(torch: bool) -> float:
    """Return the processor time that starting a fork server takes, which is done once a run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with fork_server.ForkServer(torch=torch) as process:
        process.run(Job((), {}))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _own_computing(jobs: list[tuple[Job, bool]]) -> float:
    """Return the processor time that the same cells and questions take in one process without anything around them."""
    prepared = preparation.prepare(with_torch=True)
    # what one student defines does not stay for the next
    clean = dict(prepared.shell.user_ns)
    began = time.process_time()
    for job, _ in jobs:
        prepared.shell.user_ns.clear()
        prepared.shell.user_ns.update(clean)
        for cell in job.cells:
            if cell.ask:
                for question in job.questions[cell.ask]:
                    pack_answers([ask(prepared.shell.user_ns, question)])
            else:
                run_cell(prepared.shell, cell.source, job.limits.cell_s, job.limits.output_kib)
    return time.process_time() - began


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve())))
