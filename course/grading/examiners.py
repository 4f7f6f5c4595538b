"""Examiner processes: read notebooks and judge answers where it can be ended, at a bound of time and memory.

Neither runs student code, but both work on what students wrote, and one text must not stop the class. What takes too
long or too much ends with its process; the grader starts another and goes on.
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
from course.sandbox.system import start_to_last

# Processor time, so that a busy or paused machine costs nobody anything. Judging takes 20 ms once a lesson's truth is
# computed, which takes a second; the largest notebook that is read at all takes two.
CPU_S = 20
# Of which torch takes 300, a build with CUDA 850. The largest notebook that is read at all takes 400.
MEMORY_MIB = 1536

# A submission is judged in a fifth of the time it runs: one examiner keeps up with so many workers.
WORKERS_EACH = 4
# Who waits so long is behind a task that is about to be ended, and starts another examiner.
PATIENCE_S = 5.0
# So many objects may be made until the garbage collector looks through the newest. Notebooks and syntax trees are tens
# of thousands, hardly one is part of a cycle, and with Python's 700 looking took a tenth of the time of judging.
COLLECT_AFTER = 10_000


@contextlib.contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let the garbage collector run seldom."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Exhausted(Exception):
    """A task used up its time or its memory; the message says which."""


class Examiner:
    """One process that does one task at a time."""

    def __init__(self) -> None:
        self.ended = False
        self._closing = threading.Lock()
        context = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
        # else its numpy starts threads that nobody needs, and stops with SIGINT where it cannot
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _without_ctrl_c():
            self._process.start()
        theirs.close()

    def call(self, task: Callable[..., Any], *given: Any) -> Any:
        """Do a task there and return what it returns, or raise what it raises.

        Raises Exhausted if it used up its time or memory, WorkerLost if the process was ended from outside.
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
        with self._closing:  # a task whose process is ended by the pool's end comes here at the same time
            self.ended = True
            self._process.kill()
            self._process.join()
            self._pipe.close()


class ExaminerPool:
    """Reads and judges in a few processes, and in more while some of them are held up."""

    def __init__(self, workers: int | None = None) -> None:
        processors = os.cpu_count() or 1
        self._n_usual = min(processors, -(-(workers or processors) // WORKERS_EACH))
        self._idle: queue.SimpleQueue[Examiner] = queue.SimpleQueue()
        self._all: list[Examiner] = []
        self._lock = threading.Lock()
        self._closed = False

    def read(self, path: Path, release: Release) -> Submission:
        """Read one submitted notebook; what cannot be read is told, never raised."""
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
        """Judge the result of a run, or two, and write the graded notebook."""
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
        """Judge each exercise alone, and leave out answers that cannot be judged: they are worth nothing."""
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
                examiner.close()  # what it holds by now is of no use to the next
                raise
            except BaseException:
                self._idle.put(examiner)
                raise
            self._idle.put(examiner)
            return result
        try:
            self._take().call(len, ())
        except WorkerLost as error:  # one that does nothing is lost as well: it cannot be what a student wrote
            told = later(
                "No submission can be judged here: {why}. Put that right, or grade fewer at a time with --workers"
            )
            raise MachineFault(say(told, why=error)) from None
        raise lost

    def _take(self) -> Examiner:
        with self._lock:
            if self._closed:
                raise WorkerLost(say("grading ends"))
            if self._idle.empty() and sum(not e.ended for e in self._all) < self._n_usual:
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
        """End all processes; none is begun again."""
        with self._lock:
            self._closed = True
            for examiner in self._all:
                examiner.close()


@contextlib.contextmanager
def _without_ctrl_c() -> Any:
    """Let what is started here never see Ctrl-C, which reaches all processes of a terminal: the grader ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else it is started within, and lets the signal in again when it is
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection) -> None:
    """Do tasks until the grader is gone."""
    die_with_parent()
    os.environ["OMP_NUM_THREADS"] = "1"  # read when torch is imported; several of these run at once
    limit_memory(MEMORY_MIB)
    with rarely_collecting(), contextlib.suppress(EOFError, OSError):
        while True:
            task, given = receive(pipe)
            limit_time(CPU_S)
            outcome: tuple[Any, Exception | None]
            try:
                outcome = (task(*given), None)
            except Exception as error:
                outcome = (None, error)
            limit_time(0)
            send(pipe, outcome)


def limit_time(seconds: float) -> None:
    """End this process when it has computed for so long; 0 takes the limit away. No Python code is needed for it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(mib: int) -> None:
    """Let an allocation beyond this fail with MemoryError, where the system has such a limit."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        # not the address space, of which torch maps far more than it touches
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        soft = mib * 2**20 if hard == resource.RLIM_INFINITY else min(mib * 2**20, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


# Questions with what is right: each process computes it once for a class.
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
    if question_set.digest != digest:  # as where the package is brought up to date while `--watch` runs
        raise MachineFault(
            say(
                "The course has changed since grading began, and what is right belongs to other questions now. Start "
                "grading anew"
            )
        )
    return examine(submission, question_set, run_result, again, graded)
