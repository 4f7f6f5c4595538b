"""Zygotes: processes with everything imported and one thread, forked for each attempt at a submission.

A zygote never reads a submission: its fork does, from a file descriptor that is passed on, so that nothing of one is in
the memory from which the next is forked. With torch there are two: the second is a fork of the first and has no
autograd, for exercises whose gradients are written by hand. What they fork are children of their parent, the
supervisor, which imports little, is small, and watches them.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from course.language import say
from course.sandbox import cgroups, confinement, messages, sandboxed, seccomp, selftest
from course.sandbox.disable_autograd import disable_ctypes
from course.sandbox.forking import make_forks_cheap
from course.sandbox.job import Job, Questions, pack_questions_by_name, unpack_questions_by_name
from course.sandbox.leftovers import Sentinel
from course.sandbox.mechanisms import Mechanisms
from course.sandbox.preparation import Prepared, prepare

# Maximum size of a packet between supervisor and zygote, in bytes; large data is passed in files.
PACKET = 2**16


@dataclass
class ZygoteContext:
    """What the supervisor and its zygotes have in common.

    sentinel: ends leftover processes where no process namespace does; otherwise None. folder: mount point of the file
    system that each submission with namespaces gets; nothing is ever written to the folder itself. group: the control
    group of zygotes and of what they fork, if there is one.
    """

    device: str
    mechanisms: Mechanisms
    sentinel: Sentinel | None
    folder: Path
    group: cgroups.Group


@dataclass
class Zygote:
    """The supervisor's side of a zygote."""

    world: ZygoteContext
    end: socket.socket
    pid: int = 0
    missing: dict[str, str] = field(default_factory=dict)

    def wait_until_ready(self) -> None:
        """Wait for the zygote to send its process id and the promises that this machine cannot keep."""
        told = self._receive()
        self.pid, self.missing = told["pid"], told["missing"]

    def set_questions(self, questions: Questions) -> None:
        """Set the questions that all submissions are asked from now on."""
        with _stored(pack_questions_by_name(questions)) as file:
            self._tell({}, [file])

    def spawn(self, job: Job, folder: str, skip: frozenset[int], ends: tuple[int, int]) -> int:
        """Have a process forked that runs the job, as a child of this process, and return its id.

        skip: indices of cells not to run. ends: pipes to write to, and to read graded sources from.

        Raises CannotConfine or OSError if it cannot be created.
        """
        with _stored(job.pack(sealed=True)) as file:
            order = {"folder": folder, "skip": sorted(skip), "confined": job.confined}
            self._tell(order, [file, *ends])
        return int(self._receive()["pid"])

    def _tell(self, told: dict[str, Any], files: Sequence[int]) -> None:
        with contextlib.suppress(ConnectionError):  # the zygote has ended, which `_receive` reports
            _send(self.end, told, files)

    def _receive(self) -> dict[str, Any]:
        packet = b""
        with contextlib.suppress(ConnectionError):  # the zygote ended before it read what it was told
            packet = self.end.recv(PACKET)
        if not packet:
            raise ChildProcessError(say(messages.ENDED))
        told: dict[str, Any] = json.loads(packet)
        if "error" in told:
            error = messages.unpack_error(told["error"].encode())
            raise confinement.CannotConfine(error) if isinstance(error, str) else error
        return told

    def close(self) -> None:
        """Make the zygote end by closing the connection, and wait until it has."""
        self.end.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def start(with_torch: bool, world: ZygoteContext) -> dict[bool, Zygote]:
    """Start zygotes and return them, by whether gradients are written by hand in what they fork.

    The first imports everything and tries out the whole sandbox.
    """
    pairs = {by_hand: socket.socketpair(type=socket.SOCK_SEQPACKET) for by_hand in {False, with_torch}}
    if os.fork() == 0:
        try:
            _serve_all({by_hand: theirs for by_hand, (_, theirs) in pairs.items()}, with_torch, world)
        finally:
            os._exit(1)
    for _, theirs in pairs.values():
        theirs.close()
    zygotes = {by_hand: Zygote(world, ours) for by_hand, (ours, _) in pairs.items()}
    for zygote in zygotes.values():
        zygote.wait_until_ready()
    return zygotes


def _serve_all(ends: dict[bool, socket.socket], with_torch: bool, world: ZygoteContext) -> None:
    confinement.die_with_parent()
    sentinel = [world.sentinel.line] if world.sentinel else []
    sandboxed.close_all_but(*sentinel, *(end.fileno() for end in ends.values()))
    try:
        gc.disable()  # nothing imported is garbage: looking for it took an eighth of the time
        prepared = prepare(with_torch, world.mechanisms)
        make_forks_cheap()
        gc.enable()  # only now that these objects are frozen, or it would traverse them all at once
        missing = selftest.missing(prepared)
        if world.mechanisms.namespaces:
            seccomp.with_namespaces()  # cached: compile it once
        by_hand = with_torch and not confinement.fork_sibling()
        end = ends.pop(by_hand)
        for others in ends.values():  # kept open here, it would not tell the supervisor of the other zygote's end
            others.close()
        ends = {by_hand: end}
        if by_hand:
            confinement.die_with_parent()
            prepared.removal.apply()  # type: ignore[union-attr]
        cgroups.enter(world.group.folders)  # only now: what was imported counts for no submission
        _send(end, {"pid": os.getpid(), "missing": missing})
        _Server(end, prepared, world, by_hand=by_hand).serve()
    except Exception as error:  # of any type: no submission has run yet
        for end in ends.values():
            with contextlib.suppress(OSError):
                _send(end, {"error": messages.pack_error(_no_process_left() or error).decode()})


def _no_process_left() -> OSError | None:
    """Return the system's error if no process can be started: libraries that need one give another reason or none."""
    try:
        child = os.fork()
    except OSError as error:
        return error
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return None


class _Server:
    """The zygote's own side of the connection to its supervisor."""

    def __init__(self, end: socket.socket, prepared: Prepared, world: ZygoteContext, *, by_hand: bool) -> None:
        self._end, self._shell, self._world, self._by_hand = end, prepared.shell, world, by_hand
        self._readable = prepared.readable_by_hand if by_hand else prepared.readable
        self._questions: Questions = {}
        # the descriptor of Landlock's ruleset, if it is used: the same for all forks, and slow to build
        self._rulesets: list[int] = []
        if world.mechanisms.namespaces and world.mechanisms.landlock:
            # the parent: a rule on the folder itself has no effect on what is mounted there
            self._rulesets = [confinement.granted_files(world.folder.parent, self._readable, world.device)]

    def serve(self) -> None:
        """Fork once per request, or take in new questions, until the peer disconnects."""
        sandboxed.forget_environment()
        while True:
            packet, files, _, _ = socket.recv_fds(self._end, PACKET, 3)
            if not packet:
                return
            if order := json.loads(packet):
                self._fork(order, files)
            else:
                self._questions = unpack_questions_by_name(_read(files[0]))
            for file in files:
                os.close(file)

    def _fork(self, order: dict[str, Any], files: Sequence[int]) -> None:
        user = os.getuid(), os.getgid()
        try:
            child = confinement.fork_sibling(order["confined"] and self._world.mechanisms.namespaces)
        except (OSError, confinement.CannotConfine) as error:
            _send(self._end, {"error": messages.pack_error(error).decode()})
            return
        if child == 0:
            self._work(order, files, user)
        _send(self._end, {"pid": child})

    def _work(self, order: dict[str, Any], descriptors: Sequence[int], user: tuple[int, int]) -> NoReturn:
        """Become the sandboxed process: read the job, confine this process and run the job."""
        packed, write, given = descriptors
        folder, confined, mechanisms = Path(order["folder"]), order["confined"], self._world.mechanisms
        try:
            os.setsid()
            confinement.die_with_parent(write)
            if confined and self._world.sentinel is not None:
                self._world.sentinel.note(os.getpid())
            cgroups.end_before_others()
            job = Job.unpack(_read(packed), self._questions)
            rulesets = self._rulesets if confined else []
            write, given, *rulesets = sandboxed.only_descriptors(write, given, *rulesets)
            if confined and mechanisms.namespaces:
                confinement.enter_namespaces(folder, job.limits, *user)
            sandboxed.use_as_home(folder)
            sandboxed.put_files(job.files)
            if confined:
                sandboxed.make_event_loop(job)
                confinement.restrict(folder, job.limits, self._readable, mechanisms, job.device, *rulesets)
            if self._by_hand:
                disable_ctypes()  # last, because the steps before use ctypes
            sandboxed.run(job, self._shell, write, frozenset(order["skip"]), given)
            os._exit(0)
        except BaseException as error:  # believed only before student code runs: see `Attempt._take`
            messages.send_error(write, error)
        finally:
            os._exit(1)


@contextlib.contextmanager
def _stored(content: bytes) -> Iterator[int]:
    """Write bytes to an anonymous file and yield its descriptor; close it afterwards."""
    with os.fdopen(os.memfd_create("order"), "wb") as file:
        file.write(content)
        file.flush()
        yield file.fileno()


def _read(file: int) -> bytes:
    return os.pread(file, os.fstat(file).st_size, 0)


def _send(end: socket.socket, told: dict[str, Any], files: Sequence[int] = ()) -> None:
    socket.send_fds(end, [json.dumps(told).encode()], files)
