"""Warm processes of this machine, made as they are needed and handed round."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterator

from course.errors import FEWER, MachineFault, machine_fault
from course.worker import system
from course.worker.plain import Plain
from course.worker.program import Program, Transcript
from course.worker.warm import Warm, WorkerLost

# What was lost with its warm process is done again, but not for ever: a submission may be what ends it. Where memory is
# short, or somebody kills at random, a few are lost in a row that are innocent.
MAX_ATTEMPTS = 8
# What is short may be short for a moment: so often it is tried, and each try waits so much longer than the one before.
MAX_SHORT, PAUSE_S = 4, 0.25


class Pool:
    """Runs programs in warm processes: as many at once as there are threads that ask for it.

    Where programs run is chosen by what is put in its place: anything with `run` and `close`.
    """

    def __init__(self) -> None:
        self._idle: dict[bool, queue.SimpleQueue[Warm | Plain]] = {
            True: queue.SimpleQueue(),
            False: queue.SimpleQueue(),
        }
        self._all: list[Warm | Plain] = []
        self._lock = threading.Lock()
        self._closed = False
        self._entrance = threading.Lock()
        self._n_running = 0
        self._left = threading.Condition()

    def run(self, program: Program, *, torch: bool, alone: bool = False) -> Transcript:
        """Run a program in a warm process that has torch, or has not.

        alone: while no other program runs here.

        Raises WorkerLost if it takes its warm process with it again and again, CannotConfine if this machine cannot
        shut student code in, OSError or MachineFault if it can run nothing any more.
        """
        with self._alone() if alone else self._beside_others():
            return self._persistently(program, torch)

    def _persistently(self, program: Program, torch: bool) -> Transcript:
        for attempt in range(MAX_ATTEMPTS):
            time.sleep(PAUSE_S * attempt)
            try:
                return self._run(program, torch)
            except WorkerLost as error:
                if self._closed:
                    raise
                lost: Exception = error
            except OSError as error:
                if self._closed or attempt + 1 >= MAX_SHORT or not machine_fault(error):
                    raise
                lost = error
        try:
            self._run(Program((), confined=program.confined), torch)
        except WorkerLost as error:  # a process that runs nothing is lost as well: it cannot be the submission
            raise MachineFault(f"No submission can be run here: {error}. Put that right, {FEWER}") from None
        raise lost

    @contextlib.contextmanager
    def _beside_others(self) -> Iterator[None]:
        with self._entrance, self._left:
            self._n_running += 1
        try:
            yield
        finally:
            with self._left:
                self._n_running -= 1
                self._left.notify_all()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self._entrance:  # nobody comes in any more
            with self._left:
                self._left.wait_for(lambda: self._n_running == 0)
            yield

    def _run(self, program: Program, torch: bool) -> Transcript:
        warm = self._take(torch)
        try:
            transcript = warm.run(program)
        except (WorkerLost, OSError):
            warm.close()
            raise
        self._idle[torch].put(warm)
        return transcript

    def _take(self, torch: bool) -> Warm | Plain:
        try:
            return self._idle[torch].get_nowait()
        except queue.Empty:
            with self._lock:
                if self._closed:
                    raise WorkerLost("grading ends") from None
                warm: Warm | Plain = Plain(torch=torch) if system.lacking() else Warm(torch=torch)
                self._all.append(warm)
            return warm

    def close(self) -> None:
        """End all warm processes, and with them what they run; it is not begun again."""
        with self._lock:
            self._closed = True
            for warm in self._all:
                warm.close()
