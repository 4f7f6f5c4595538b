"""Examiner processes, which read notebooks and judge answers within limits of time and memory.

Neither task runs student code, but both process what students wrote, and one text must not stop the class. A task that
exceeds a limit ends with its process; the grader starts another one and goes on.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from course.errors import MachineFault
from course.grading.assignment import NOTHING_GRADED, GradedCells
from course.grading.examiner import Examined, examine
from course.grading.jobs import QuestionSet
from course.grading.pipe import receive, send
from course.grading.release import Release
from course.grading.submission import Submission, read_submission, unreadable
from course.language import later, say, using
from course.lessons.stated import Part
from course.runner import Answer, Failure
from course.sandbox import MAX_ATTEMPTS, RunResult, WorkerLost
from course.sandbox.confinement import die_with_parent
from course.sandbox.messages import ENDED
from course.sandbox.system import n_processors, start_to_last

# Processor time, so that a busy or paused machine costs nobody points. Judging takes 20 ms once a lesson's right
# answers are computed, which takes 1 s; reading the largest notebook that is accepted takes 2 s.
CPU_S = 20
# torch takes 300 of these, or 850 in a build with CUDA; the largest notebook that is accepted takes 400.
MEMORY_MIB = 1536

# Judging a submission takes a fifth of the time of running it: one examiner keeps up with this many workers.
WORKERS_EACH = 4
# A caller that has waited this long is behind tasks that are about to be ended, and starts another examiner.
PATIENCE_S = 5.0
# The garbage collector's threshold for the youngest generation. Notebooks and syntax trees are tens of thousands of
# objects, hardly any in a cycle, and with Python's 700 collecting took a tenth of the time of judging.
COLLECT_AFTER = 10_000


@contextlib.contextmanager
def rarely_collecting() -> Iterator[None]:
    """Make the garbage collector run rarely in the block."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Exhausted(Exception):
    """A task exceeded its limit of time or memory; the message says which."""


class Examiner:
    """A process that runs one task at a time."""

    def __init__(self) -> None:
        self.ended = False
        self._closing = threading.Lock()
        context = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
        # otherwise NumPy's OpenBLAS starts needless threads, and raises SIGINT if it cannot
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _without_ctrl_c():
            self._process.start()
        theirs.close()

    def call(self, task: Callable[..., Any], *given: Any) -> Any:
        """Run a task in the process and return what it returns, or raise what it raises.

        Raises Exhausted if it exceeds its time or memory, WorkerLost if the process is ended from outside.
        """
        try:
            send(self._pipe, (task, given))
            result, error = receive(self._pipe)
        except (EOFError, OSError) as lost:
            self.close()
            if self._process.exitcode == -getattr(signal, "SIGPROF", -1):
                raise Exhausted(say("it takes more than {n} s", n=CPU_S)) from None
            raise WorkerLost(say(ENDED)) from lost
        if isinstance(error, MemoryError):
            raise Exhausted(say("it takes more than {n} MiB of memory", n=MEMORY_MIB))
        if error is not None:
            raise error
        return result

    def close(self) -> None:
        with self._closing:  # when the pool is closed, `call` may get here at the same time
            self.ended = True
            self._process.kill()
            self._process.join()
            self._pipe.close()


class ExaminerPool:
    """A pool of a few examiner processes, with more while some of them are held up."""

    def __init__(self, workers: int | None = None) -> None:
        processors = n_processors()
        self.n_usual = min(processors, -(-(workers or processors) // WORKERS_EACH))
        self._idle: queue.SimpleQueue[Examiner] = queue.SimpleQueue()
        self._all: list[Examiner] = []
        self._lock = threading.Lock()
        self._closed = False

    def read(self, path: Path, release: Release) -> Submission:
        """Read one submitted notebook; if it cannot be read, return an unreadable submission with the reason."""
        with using(release.language):
            try:
                submission: Submission = self._call(read_submission, path, release)
            except Exhausted as why:
                return unreadable(release, say("the notebook cannot be read: {why}", why=why))
            return submission

    def examine(
        self,
        submission: Submission,
        question_set: QuestionSet,
        run_result: RunResult,
        again: RunResult | None = None,
        graded: GradedCells = NOTHING_GRADED,
    ) -> Examined:
        """Judge the result of one or two runs; return the verdicts and the graded notebook."""
        settled = (question_set.lesson, question_set.seed, question_set.device, question_set.parts)
        given = (submission, settled, question_set.digest, graded)
        with using(submission.language):
            try:
                examined: Examined = self._call(_examine, *given, run_result, again)
            except Exhausted:
                examined = self._call(
                    _examine, *given, self._judgeable(given, run_result), again and self._judgeable(given, again)
                )
            return examined

    def _judgeable(self, given: tuple[Any, ...], run_result: RunResult) -> RunResult:
        """Judge each exercise alone, and replace answers that exceed the limits by failures, which score nothing."""
        answers = dict(run_result.answers)
        for name in run_result.answers:
            only = replace(run_result, answers={name: answers[name]})
            try:
                self._call(_examine, *given, only, None)
            except Exhausted as why:
                failure = Failure("unjudged", message=str(why))
                answers[name] = tuple(Answer(failure=failure) for _ in answers[name])
        return replace(run_result, answers=answers)

    def _call(self, task: Callable[..., Any], *given: Any) -> Any:
        for _ in range(MAX_ATTEMPTS):
            examiner = self._take()
            try:
                result = examiner.call(task, *given)
            except WorkerLost as error:
                lost = error
                continue
            except Exhausted:
                examiner.close()  # its memory is of no use to the next task
                raise
            except BaseException:
                self._idle.put(examiner)
                raise
            self._idle.put(examiner)
            return result
        examiner = self._take()
        try:
            examiner.call(len, ())
        except WorkerLost as error:  # an empty task is lost as well, so no submission is to blame
            told = later("No submission can be judged here: {why}. Fix that, or grade fewer at a time with --workers")
            raise MachineFault(say(told, why=error)) from None
        self._idle.put(examiner)
        raise lost

    def _take(self) -> Examiner:
        with self._lock:
            if self._closed:
                raise WorkerLost(say("grading ends"))
            if self._idle.empty() and sum(not e.ended for e in self._all) < self.n_usual:
                return self._start()
        try:
            return self._idle.get(timeout=PATIENCE_S)
        except queue.Empty:
            with self._lock:
                return self._start()

    def _start(self) -> Examiner:
        if self._closed:
            raise WorkerLost(say("grading ends"))
        self._all = [e for e in self._all if not e.ended]
        self._all.append(start_to_last(Examiner))
        return self._all[-1]

    def close(self) -> None:
        """End all processes; none is started afterwards."""
        with self._lock:
            self._closed = True
            for examiner in self._all:
                examiner.close()


@contextlib.contextmanager
def _without_ctrl_c() -> Any:
    """Block Ctrl-C, which reaches all processes of a terminal, for those started in the block: the grader ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # otherwise it would be started in the block, and unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection) -> None:
    """Run tasks until the grader is gone."""
    die_with_parent()
    os.environ["OMP_NUM_THREADS"] = "1"  # read when torch is imported; several of these processes run at once
    limit_memory(MEMORY_MIB)
    with rarely_collecting(), contextlib.suppress(EOFError, OSError):
        while True:
            task, given = receive(pipe)
            limit_time(CPU_S)
            outcome: tuple[Any, Exception | None]
            try:
                outcome = (task(*given), None)
            except Exception as error:
                outcome = (None, error.with_traceback(None))  # whose frames hold what took all the memory
            limit_time(0)
            send(pipe, outcome)


def limit_time(seconds: float) -> None:
    """End this process after this much processor time, without running Python code; 0 removes the limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(mib: int) -> None:
    """Make allocations beyond this fail with MemoryError, if the system supports such a limit."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        # not RLIMIT_AS: torch maps far more address space than it touches
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        soft = mib * 2**20 if hard == resource.RLIM_INFINITY else min(mib * 2**20, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


# Each process computes the right answers to a lesson's questions once per class.
_question_set = lru_cache(12)(QuestionSet)


def _examine(
    submission: Submission,
    settled: tuple[str, int, str, tuple[Part, ...] | None],
    digest: str,
    graded: GradedCells,
    run_result: RunResult,
    again: RunResult | None,
) -> Examined:
    question_set = _question_set(*settled)
    if question_set.digest != digest:  # for example if the package is updated while `--watch` runs
        raise MachineFault(
            say(
                "The course has changed since grading began, and its right answers no longer belong to the "
                "questions asked. Start grading again"
            )
        )
    return examine(submission, question_set, run_result, again, graded)
