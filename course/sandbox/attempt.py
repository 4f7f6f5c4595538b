"""One attempt at a job: start its sandboxed process, watch it from outside, collect its messages, end it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import time
from pathlib import Path

from course.language import say
from course.runner.devices import CPU
from course.sandbox import confinement, device_access, disk, leftovers, messages
from course.sandbox.cgroups import Group
from course.sandbox.decode import accepted, line_number, plain_text
from course.sandbox.job import CellResult, Job, Limits
from course.sandbox.processes import cpu_s, kill_tree, memory_mib, n_threads, tree_of
from course.sandbox.scratch import remove
from course.sandbox.zygote import Zygote

# How often the supervisor checks memory and processes, in seconds: a runaway process gets this head start at most.
LOOK_S = 0.1
# How often it checks whether a worker that has closed its pipe has ended, in seconds.
CLOSED_S = 0.005
# Extra time for a cell after its own alarm, in seconds (a cell that ignores the alarm is killed from outside).
GRACE_S = 3.0
# A cell or job cut off after computing for less than this share of its time was waiting for a CPU, or was stopped.
BUSY = 0.8
# Capacity of the pipe to the supervisor, for a whole answer: the most that an unprivileged user may request.
PIPE_BYTES = 2**20


class SetupFailed(OSError):
    """The worker could not be set up because the machine is short of something."""


class Attempt:
    """One attempt at a job in a fresh process."""

    def __init__(self, job: Job, until: float, sources: dict[str, int] | None = None) -> None:
        self.job = job
        self.until = until
        self.sources = sources or {}
        self.cells: dict[str, CellResult] = {}
        self.answers: dict[str, list[bytes]] = {}
        self.at: int | None = None
        self.last = -1
        self.why = "crashed"
        self.was_killed = False
        self.peak_mib = 0.0
        self.starved = False
        # wall-clock time, and CPU time used until then: at the start, and when the current cell was first looked at
        self._began = (0.0, 0.0)
        self._cell_began: tuple[float, float] | None = None
        self._expected = -1
        self._cell_until = 0.0
        self._pid = 0
        self._read = self._give = 0
        self._passing: messages.Forwarder | None = None
        self._made = ""  # a temporary folder, if one was made
        self._in_group = False  # without namespaces, all its processes form one process group
        self._sentinel: leftovers.Sentinel | None = None
        self._group: Group
        self._zygote: Zygote
        self._shared_mib = 0.0  # memory that all forks have in common

    def start(self, zygote: Zygote, skip: frozenset[int]) -> None:
        """Have the sandboxed process forked, as process 1 of new namespaces if the job is confined and they exist."""
        self._expected = max((i for i in range(len(self.job.cells)) if i not in skip), default=-1)
        self._zygote, self._shared_mib = zygote, memory_mib([zygote.pid])
        self._in_group = self.job.confined and not zygote.world.mechanisms.namespaces
        # in its own namespaces it has its own file system
        self._made = "" if self.job.confined and not self._in_group else tempfile.mkdtemp(prefix="course-")
        self._sentinel = zygote.world.sentinel
        (self._read, write), (given, self._give) = os.pipe(), os.pipe()
        import fcntl  # not on Windows

        with contextlib.suppress(OSError):  # the user's quota may be used up; a large answer then takes more writes
            fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        # a device's driver takes memory of its own
        limited = self.job.confined and self.job.device == CPU
        self._group = zygote.world.group
        self._group.limit(self.job.limits if limited else None, self._shared_mib)
        if self._in_group:
            leftovers.adopt()
        try:
            folder = self._made or str(zygote.world.folder)
            self._pid = zygote.spawn(self.job, folder, skip, (write, given))
        except BaseException:
            self._remove()
            raise
        finally:
            os.close(write)
            os.close(given)
        if self._in_group:
            signal.signal(signal.SIGCHLD, self._look_after_children)

    def watch(self) -> str:
        """Read messages until the worker ends or a limit is reached, then end it; return the reason."""
        try:
            self.why = self._watch()
        except (confinement.CannotConfine, SetupFailed):
            raise
        except Exception:  # of any type: only student code can have sent what caused it
            self.why = "forged"
        finally:
            self._end()
            self._remove()
        return self.why

    def _remove(self) -> None:
        """Remove everything that the attempt used."""
        os.close(self._read)
        os.close(self._give)
        if self._made:
            remove(self._made)

    def _end(self) -> None:
        """End every process that student code started."""
        if not self._in_group:
            kill_tree(self._pid)
            return
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        leftovers.end_group(self._pid)
        if self._sentinel is not None:
            self._sentinel.forget(self._pid)

    def _look_after_children(self, *_: object) -> None:
        """Reap adopted processes; when the first process of the group has ended, kill the others."""
        with contextlib.suppress(OSError):
            while child := os.waitid(os.P_PGID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if child.si_pid == self._pid:
                    os.killpg(self._pid, signal.SIGKILL)
                    return
                os.waitpid(child.si_pid, 0)

    def _ended(self) -> os.waitid_result | None:
        """Return how the first process ended, without reaping it; None while it lives."""
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)

    def _tree(self) -> list[int]:
        """Return all processes of the submission."""
        return leftovers.processes_of(self._pid) if self._in_group else tree_of(self._pid)

    def _watch(self) -> str:
        reader = messages.Reader(self._read, kinds=messages.FROM_WORKER)
        limits = self.job.limits
        self._began = (time.monotonic(), 0.0)
        self._cell_until = time.monotonic() + limits.cell_s + GRACE_S
        look = time.monotonic() + LOOK_S
        most_mib = limits.memory_mib + (0 if self.job.device == CPU else device_access.DRIVER_MIB)
        while True:
            if self._passing is not None:
                self._passing.go_on()
            message = reader.poll(LOOK_S)
            now = time.monotonic()
            if message is not None:
                self._take(*message)
            elif reader.ended:
                if end := self._ended():
                    self.was_killed = end.si_code == os.CLD_KILLED and end.si_status == signal.SIGKILL
                    if self._group.ran_out():
                        return "out_of_memory"
                    if self.last < 0 <= self._expected and not self.was_killed:  # student code has not run yet
                        raise confinement.CannotConfine(say("The worker ended before it ran anything."))
                    whole = end.si_status == 0 and self.at is None and self.last == self._expected
                    return "done" if whole else "crashed"
                time.sleep(CLOSED_S)  # it has closed the pipe but is still running
            if now > self.until:
                self._note_starving(self._began)
                return "total"
            if now > self._cell_until:
                self._note_starving(self._cell_began)
                return "timed_out"
            if now >= look:
                look = now + LOOK_S
                tree = self._tree()
                self._cell_began = self._cell_began or (now, cpu_s(tree))
                if n_threads(tree) > limits.processes:
                    return "too_many_processes"
                used = memory_mib(tree) - self._shared_mib
                if used > most_mib:  # forks share most of it: count what is shared once
                    used = memory_mib(tree, exactly=True) - len(tree) * memory_mib([self._zygote.pid], exactly=True)
                self.peak_mib = max(self.peak_mib, used)
                if used > most_mib or self._group.ran_out():
                    return "out_of_memory"
                if self._in_group and not disk.bound(Path(self._made), tree, limits.disk_mib):
                    return "out_of_memory"  # as with namespaces, where the files are in memory

    def _note_starving(self, since: tuple[float, float] | None) -> None:
        """Note if what is cut off spent too little of its time computing: on an idle machine it might finish."""
        if since is None:  # it was never looked at either: the whole machine stood still
            self.starved = True
        else:
            computed_s = cpu_s(self._tree()) - since[1]
            self.starved = self.starved or computed_s < BUSY * (time.monotonic() - since[0])

    def _take(self, kind: int, blob: bytes) -> None:
        """Process one message. It may come from student code, so anything malformed or out of turn raises."""
        cells, limits = self.job.cells, self.job.limits
        if kind == messages.ERROR and self.last < 0:
            error = messages.unpack_error(blob)
            raise (
                confinement.CannotConfine(error) if isinstance(error, str) else SetupFailed(error.errno, error.strerror)
            )
        if kind == messages.STARTED:
            i = json.loads(blob)
            if type(i) is not int or not self.last < i < len(cells) or self.at is not None:
                raise ValueError("not the turn of this cell")
            self.at = self.last = i
            self._cell_began = None
            # a cell has its own alarm, after which the next ones run; an answer has none
            self._cell_until = time.monotonic() + (limits.answer_s if cells[i].ask else limits.cell_s + GRACE_S)
            if cells[i].sealed:
                self._passing = messages.Forwarder(self.sources[cells[i].name], self._give)
        elif kind == messages.FINISHED:
            i, fields = json.loads(blob)
            result = _checked(CellResult(**fields), limits)
            if self.at is None or i != self.at or cells[i].ask:
                raise ValueError("not what was begun")
            self.at = None
            self.cells[cells[i].name] = result
            if result.status == "timed_out":
                self._note_starving(self._cell_began)
        elif kind == messages.ANSWERED:
            if self.at is None or not cells[self.at].ask:
                raise ValueError("nothing was asked")
            given = self.answers.setdefault(cells[self.at].ask, [])
            given.append(accepted(blob))
            if len(given) == len(self.job.questions[cells[self.at].ask]):
                self.at = None
        else:
            raise ValueError("unexpected message")


def _checked(result: CellResult, limits: Limits) -> CellResult:
    text = plain_text(result.text, limits.output_kib * 1024)
    error, line, value = (plain_text(t, n) for t, n in ((result.error, 600), (result.line, 200), (result.value, 600)))
    return CellResult(plain_text(result.status, 20), text, error, line, line_number(result.line_number), value)
