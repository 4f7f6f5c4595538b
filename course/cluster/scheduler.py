"""A Dask cluster that takes the place of this machine's `Pool`; `course.cluster.dask_worker` runs on each worker.

The grader itself assigns each submission to a worker that it has checked: a task open to any worker could go to one
with another version of the course, which would answer too.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.cluster import dask_worker
from course.cluster.connection import CONNECT_S, connected, difference
from course.errors import CourseError, course_error, plain
from course.language import later, listed, paragraph, say
from course.sandbox import Job, RunResult
from course.sandbox.confinement import CannotConfine
from course.sandbox.fork_server import WorkerLost
from course.sandbox.job import Questions, pack_questions_by_name

if TYPE_CHECKING:
    from distributed import Future

# A scheduler or worker that does not answer for this long during grading is gone.
SILENT_S = 60.0
# How long to go on without a worker: one that was killed is restarted within seconds if it has a nanny.
WITHOUT_WORKER_S = 30.0
# How many workers to try a submission on: it may be what kills them, and each is running other submissions, too.
MAX_WORKERS = 3
# How often to poll the list of workers.
LOOK_S = 0.5
# Tasks queued at a worker beyond its threads: the next one begins while the previous result is in transit.
AHEAD = 1
# Most submissions in flight at once. One grader judges some tens a second; more would only fill its memory.
MOST = 64
# The expression that a worker evaluates. The scheduler unpickles the tasks it passes on and need not have the course
# installed, so a task uses Python's built-ins only.
CALL = "__import__('importlib').import_module('course.cluster.dask_worker').{}(*given)"


@dataclass
class _Machine:
    """A usable worker of the cluster: how many submissions it takes at once (`room`), and how many it has (`busy`)."""

    address: str
    room: int
    busy: int = 0


class Cluster:
    """Runs jobs on the workers of a Dask scheduler, as many at once as these have threads.

    device: if not "cpu", only workers that offer the resource GPU are used, each for as many jobs as it has GPUs.
    wait_s: how long to wait for a first worker, or for another one when the last is gone.
    Raises CourseError if the scheduler does not answer, or has no usable worker.
    """

    def __init__(self, address: str, *, device: str = "cpu", wait_s: float = WITHOUT_WORKER_S) -> None:
        self.address = address
        self._gpu = device != "cpu"
        self._wait_s = wait_s
        self._changed = threading.Condition()
        self._machines: dict[str, _Machine] = {}
        self._refused: dict[str, str] = {}
        self._checks: dict[str, Future[Any]] = {}
        # by the id of a lesson's questions, which are kept so that it is not reused: with their packed form and digest
        self._asked: dict[int, tuple[Questions, bytes, str]] = {}
        self._over: Exception | None = None
        self._seen = time.monotonic()
        self._wanted = dask_worker.versions()
        self._client = connected(address)
        self._watcher = threading.Thread(target=self._watch, name="cluster", daemon=True)
        self._watcher.start()
        try:
            self._give_back(self._take(()))
        except BaseException:
            self.close()
            raise

    @property
    def at_once(self) -> int:
        """The number of submissions that keep the cluster busy at present."""
        with self._changed:
            return min(MOST, max(1, sum(m.room for m in self._machines.values())))

    def run(self, job: Job, *, torch: bool, alone: bool = False) -> RunResult:
        """Run a job on a worker that has a free slot; wait for one if none has.

        alone: ignored, because a machine of a cluster has only as many slots as it has processors to spare.

        Raises WorkerLost if MAX_WORKERS workers in turn fail to run it, CourseError if the cluster is lost.
        """
        _, questions, digest = self._packed(job.questions)
        packed = job.pack()
        tried: list[str] = []
        while len(tried) < MAX_WORKERS:
            machine = self._take(tried)
            try:
                reply = self._ask(machine, digest, packed, torch)
                if reply is None:
                    reply = self._ask(machine, digest, packed, torch, questions)
                seen = RunResult.unpack(reply)
                sum(map(len, seen.answers.values()))  # decodes them: if they are broken, another worker can run the job
                return seen
            except CannotConfine as error:
                self._refuse(machine.address, str(error))
            except Exception as error:  # the worker's or its machine's fault, which must not cost a score
                self._stop_if_over()
                tried.append(machine.address)
                why = str(error) or type(error).__name__
            finally:
                self._give_back(machine)
        told = later("it was lost {n} times on the cluster, at last on {address}: {why}")
        raise WorkerLost(say(told, n=MAX_WORKERS, address=tried[-1], why=why))

    def close(self) -> None:
        """Disconnect from the cluster: cancel jobs that wait there, and discard the results of running ones."""
        self._end(WorkerLost(say("the connection to the cluster was closed")))
        with contextlib.suppress(Exception):
            self._client.close(timeout=CONNECT_S)

    # One submission

    def _packed(self, questions: Questions) -> tuple[Questions, bytes, str]:
        """Return a lesson's questions, their packed form and digest; all submissions to a lesson share one object."""
        with self._changed:
            if id(questions) not in self._asked:
                while len(self._asked) >= dask_worker.MAX_LESSONS:
                    self._asked.pop(next(iter(self._asked)))
                packed = pack_questions_by_name(questions)
                self._asked[id(questions)] = (questions, packed, hashlib.sha256(packed).hexdigest())
            return self._asked[id(questions)]

    def _ask(self, machine: _Machine, *given: Any) -> Any:
        """Run a submission on one worker and wait for the result.

        Raises WorkerLost if the worker is gone, and whatever was raised there.
        """
        done = threading.Event()
        future = self._submit(machine.address, "run", given, resources={"GPU": 1} if self._gpu else None)
        future.add_done_callback(lambda _: done.set())
        try:
            while not done.wait(LOOK_S):
                self._stop_if_over()
                if self._machines.get(machine.address) is not machine:
                    raise WorkerLost(say("the worker is gone"))
            return future.result(timeout=SILENT_S)
        finally:
            future.release()  # the scheduler then forgets it, whether it is done or waits for a worker that is gone

    def _submit(self, address: str, name: str, given: Iterable[Any] = (), **how: Any) -> Future[Any]:
        key = f"course-{name}-{uuid.uuid4().hex}"
        return self._client.submit(
            eval, CALL.format(name), {"given": given}, key=key, pure=False, workers=[address], **how
        )

    def _take(self, tried: Iterable[str]) -> _Machine:
        """Wait for a worker with a free slot and take it, preferring workers not yet tried, then the least busy."""
        with self._changed:
            while True:
                self._stop_if_over()
                free = [m for m in self._machines.values() if m.busy < m.room]
                if free:
                    machine = min(free, key=lambda m: (m.address in tried, m.busy / m.room))
                    machine.busy += 1
                    return machine
                if not self._machines and time.monotonic() - self._seen > self._wait_s:
                    raise self._nobody()
                self._changed.wait(LOOK_S)

    def _give_back(self, machine: _Machine) -> None:
        with self._changed:
            machine.busy -= 1
            self._changed.notify()

    # The cluster

    def _watch(self) -> None:
        """Poll the list of workers until grading ends."""
        while self._over is None:
            try:
                scheduler: Any = self._client.scheduler
                threads = self._client.sync(scheduler.ncores, callback_timeout=SILENT_S)
                if self._client.status != "running":
                    raise OSError("not connected")
                self._look(threads)
            except Exception:
                told = later(
                    "The scheduler {address} does not answer any more. What is graded stays: start scheduler and "
                    "workers again, then `course grade`, which goes on from here."
                )
                self._end(course_error(told, address=self.address))
            with self._changed:
                if self._machines:
                    self._seen = time.monotonic()
                if self._over is None:
                    self._changed.wait(LOOK_S)

    def _look(self, threads: dict[str, int]) -> None:
        """Remove workers that are gone, check new ones, and add those that can be used."""
        with self._changed:
            for known in (self._machines, self._refused, self._checks):
                for address in known.keys() - threads.keys():
                    known.pop(address)
            new = threads.keys() - self._machines.keys() - self._refused.keys() - self._checks.keys()
        for address in new:  # ahead of all submissions queued there, even another grader's
            check = self._submit(address, "presence", priority=1)
            with self._changed:
                self._checks[address] = check
        for address in [a for a, check in self._checks.items() if check.done()]:
            with self._changed:
                check = self._checks.pop(address)
            try:
                found = check.result(timeout=SILENT_S)
            except Exception as error:
                told = later("the course cannot be called there: {error}. Install there what is installed here.")
                self._refuse(address, say(told, error=f"{type(error).__name__}: {error}"))
                continue
            reason = difference(found, self._wanted, gpu=self._gpu)
            if reason:
                self._refuse(address, reason)
                continue
            room = min(threads[address], int(found["resources"]["GPU"])) if self._gpu else threads[address]
            with self._changed:
                self._machines[address] = _Machine(address, room + AHEAD)
                self._changed.notify_all()

    def _refuse(self, address: str, reason: str) -> None:
        """Stop using a worker, and print the reason once."""
        with self._changed:
            self._machines.pop(address, None)
            if address in self._refused:
                return
            self._refused[address] = reason
        told = say("the worker {address} is not used: {reason}", address=address, reason=reason)
        print(f"course: {plain(told)}", file=sys.stderr)

    def _nobody(self) -> CourseError:
        """Return an error that says why there is no worker, and what to do."""
        if self._refused:
            refused = list(self._refused.items())[:3]
            reasons = [say("{address}: {reason}", address=address, reason=reason) for address, reason in refused]
            return course_error(
                "The scheduler {address} has no worker that can be used. {reasons}",
                address=self.address,
                reasons=paragraph(*reasons),
            )
        if self._checks:
            return course_error(
                "No worker of the scheduler {address} has answered for {seconds:.0f} s: {workers}. They may be busy "
                "with other work; try again later.",
                address=self.address,
                seconds=self._wait_s,
                workers=listed(self._checks),
            )
        return course_error(
            "The scheduler {address} has had no worker for {seconds:.0f} s: start some, on each machine "
            "`dask worker {address} --nthreads N`, then `course grade` again; what is graded stays.",
            address=self.address,
            seconds=self._wait_s,
        )

    def _end(self, why: Exception) -> None:
        with self._changed:
            self._over = self._over or why
            self._changed.notify_all()

    def _stop_if_over(self) -> None:
        """Raise the reason if no more jobs can be run."""
        if self._over is not None:
            raise self._over
