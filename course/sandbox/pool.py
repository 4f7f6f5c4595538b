"""A pool of fork servers on this machine, started on demand and reused."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

from course.errors import MachineFault, machine_fault
from course.language import later, say
from course.runner.devices import CPU
from course.sandbox import system
from course.sandbox.fork_server import ForkServer, WorkerLost
from course.sandbox.job import Job, RunResult
from course.sandbox.unconfined import Unconfined

# A job lost with its fork server is run again, but not forever: the submission may be what ends the server. Where
# memory is short, or processes are killed at random, an innocent one may be lost a few times in a row.
MAX_ATTEMPTS = 8
# A shortage may be temporary: the number of attempts, and how much longer each waits than the one before.
MAX_SHORT, PAUSE_S = 4, 0.25


class Pool:
    """Runs jobs in fork servers, one for each job at a time; further threads that call it wait.

    To run jobs elsewhere, replace it by another object with `run` and `close`.
    """

    def __init__(self, n_on_device: int = 1, n_at_once: int | None = None) -> None:
        """Create a pool.

        n_on_device: how many jobs may use a device other than the CPU at once. n_at_once: how many may run at once,
        None for one per calling thread.
        """
        self._idle: defaultdict[tuple[bool, str], queue.SimpleQueue[ForkServer | Unconfined]]
        self._idle = defaultdict(queue.SimpleQueue)
        self._places = threading.Semaphore(n_at_once) if n_at_once else nullcontext()
        self._n_on_device = n_on_device
        self._on_device = threading.Semaphore(n_on_device)
        self._all: list[ForkServer | Unconfined] = []
        self._lock = threading.Lock()
        self._closed = False
        self._entrance = threading.Lock()
        self._n_running = 0
        self._left = threading.Condition()

    def run(self, job: Job, *, torch: bool, alone: bool = False) -> RunResult:
        """Run a job in a fork server with or without torch.

        alone: whether to run it while no other job runs here.

        Raises WorkerLost if it takes its fork server down again and again, CannotConfine if this machine cannot
        sandbox student code, OSError or MachineFault if it can no longer run anything.
        """
        if job.device != CPU:
            job = replace(job, limits=replace(job.limits, device_share=1 / self._n_on_device))
        with self._alone() if alone else self._beside_others(), nullcontext() if job.device == CPU else self._on_device:
            return self._persistently(job, torch)

    def _persistently(self, job: Job, torch: bool) -> RunResult:
        for attempt in range(MAX_ATTEMPTS):
            time.sleep(PAUSE_S * attempt)
            try:
                return self._run(job, torch)
            except WorkerLost as error:
                if self._closed:
                    raise
                lost: Exception = error
            except OSError as error:
                if self._closed or attempt + 1 >= MAX_SHORT or not machine_fault(error):
                    raise
                lost = error
        try:
            self._run(Job((), confined=job.confined, device=job.device), torch)
        except WorkerLost as error:  # an empty job is lost as well: it is not the submission's fault
            told = later("No submission can be run here: {why}. Fix that, or grade fewer at a time with --workers")
            raise MachineFault(say(told, why=error)) from None
        raise lost

    @contextlib.contextmanager
    def _beside_others(self) -> Iterator[None]:
        with self._places:
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
        with self._entrance:  # no new job starts meanwhile
            with self._left:
                self._left.wait_for(lambda: self._n_running == 0)
            yield

    def _run(self, job: Job, torch: bool) -> RunResult:
        server = self._take(torch, job.device)
        try:
            run_result = server.run(job)
        except (WorkerLost, OSError):
            server.close()
            raise
        self._idle[torch, job.device].put(server)
        return run_result

    def _take(self, torch: bool, device: str) -> ForkServer | Unconfined:
        try:
            return self._idle[torch, device].get_nowait()
        except queue.Empty:
            with self._lock:
                if self._closed:
                    raise WorkerLost(say("grading ends")) from None
                kind: Callable[..., ForkServer | Unconfined] = Unconfined if system.lacking() else ForkServer
                server = system.start_to_last(partial(kind, torch=torch, device=device))
                self._all.append(server)
            return server

    def close(self) -> None:
        """End all fork servers, and with them the jobs they run, which are not run again."""
        with self._lock:
            self._closed = True
            for server in self._all:
                server.close()
