"""Zygotes: processes with everything imported and one thread, forked for each try at a submission.

A zygote never reads a submission: the fork does, from a file that is handed on, so that nothing of one is in the
memory from which the next is forked. There are two where there is torch: the second is a fork of the first and has no
autograd, for exercises whose gradients are written by hand. What they fork are children of their parent, the
supervisor, which imports little, is small, and looks after them.
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

from course.sandbox import cgroups, confinement, messages, sandboxed, seccomp, selftest
from course.sandbox.disable_autograd import disable_ctypes
from course.sandbox.forking import make_forks_cheap
from course.sandbox.job import Job, Questions, unpack_questions_by_name
from course.sandbox.leftovers import Sentinel
from course.sandbox.mechanisms import Mechanisms
from course.sandbox.preparation import Prepared, prepare

# The longest packet between supervisor and zygote; what is large goes in files.
PACKET = 2**16


class ZygoteLost(OSError):
    """The zygote has ended."""


@dataclass
class World:
    """What the supervisor and its zygotes have in common.

    sentinel: where no process namespace ends what is left, what does. folder: where each submission that has namespaces
    finds a file system of its own; below it nothing is ever written.
    """

    device: str
    having: Mechanisms
    sentinel: Sentinel | None
    folder: Path


@dataclass
class Zygote:
    """The supervisor's side of a zygote."""

    world: World
    end: socket.socket
    pid: int = 0
    missing: dict[str, str] = field(default_factory=dict)

    def wait_until_ready(self) -> None:
        """Wait for what it says of itself: its number, and which promises this machine cannot keep."""
        told = self._receive()
        self.pid, self.missing = told["pid"], told["missing"]

    def ask(self, questions: bytes) -> None:
        """Tell the questions that all submissions from now on are asked, packed by name."""
        with _stored(questions) as file:
            _send(self.end, {}, [file])

    def spawn(self, job: Job, folder: str, skip: frozenset[int], groups: Sequence[str], ends: tuple[int, int]) -> int:
        """Have a process forked that runs the job and return its number; this process is its parent.

        skip: numbers of cells not to run. groups: control groups to enter. ends: pipes to write to, and to read graded
        sources from. Raises CannotConfine or OSError where none can be made.
        """
        with _stored(job.pack(sealed=True)) as file:
            order = {"folder": folder, "skip": sorted(skip), "groups": groups, "confined": job.confined}
            _send(self.end, order, [file, *ends])
        return int(self._receive()["pid"])

    def _receive(self) -> dict[str, Any]:
        packet = self.end.recv(PACKET)
        if not packet:
            raise ZygoteLost(messages.ENDED)
        told: dict[str, Any] = json.loads(packet)
        if "trouble" in told:
            error = messages.trouble(told["trouble"].encode())
            raise confinement.CannotConfine(error) if isinstance(error, str) else error
        return told

    def end_it(self) -> None:
        """Let it end, and wait until it has."""
        self.end.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def start(with_torch: bool, world: World) -> dict[bool, Zygote]:
    """Start zygotes, by whether gradients are written by hand in what they fork.

    The first imports everything and tries out the whole sandbox.
    """
    pairs = [socket.socketpair(type=socket.SOCK_SEQPACKET) for _ in range(1 + with_torch)]
    if os.fork() == 0:
        try:
            _serve_all([theirs for _, theirs in pairs], with_torch, world)
        finally:
            os._exit(1)
    for _, theirs in pairs:
        theirs.close()
    zygotes = {bool(by_hand): Zygote(world, ours) for by_hand, (ours, _) in enumerate(pairs)}
    for zygote in zygotes.values():
        zygote.wait_until_ready()
    return zygotes


def _serve_all(ends: Sequence[socket.socket], with_torch: bool, world: World) -> None:
    confinement.die_with_parent()
    sentinel = [world.sentinel.line] if world.sentinel else []
    sandboxed.close_all_but(*sentinel, *(end.fileno() for end in ends))
    try:
        gc.disable()  # of what is imported nothing is garbage: looking for it took an eighth of the time
        around = prepare(with_torch, world.having)
        make_forks_cheap()
        gc.enable()  # only now: it would look through all of that at once
        missing = selftest.missing(around)
        if world.having.namespaces:
            seccomp.with_namespaces()  # made once
        for by_hand, end in reversed(list(enumerate(ends))):
            if by_hand and confinement.fork_sibling():
                end.close()
                continue
            if by_hand:
                confinement.die_with_parent()
                around.removal.apply()  # type: ignore[union-attr]
            _send(end, {"pid": os.getpid(), "missing": missing})
            _Server(end, around, world, by_hand=bool(by_hand)).serve()
            return
    except Exception as error:  # whatever it is, no submission has been here yet
        for end in ends:
            with contextlib.suppress(OSError):
                _send(end, {"trouble": messages.pack_trouble(_no_process_left() or error).decode()})


def _no_process_left() -> OSError | None:
    """Return what the system says if no process can be started: libraries that want one give another reason or none."""
    try:
        child = os.fork()
    except OSError as error:
        return error
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return None


class _Server:
    """A zygote's own side."""

    def __init__(self, end: socket.socket, around: Prepared, world: World, *, by_hand: bool) -> None:
        self._end, self._around, self._world, self._by_hand = end, around, world, by_hand
        self._readable = around.readable_by_hand if by_hand else around.readable
        self._questions: Questions = {}
        # what may be read and written is the same for all, and takes a while to tell the kernel
        self._files: list[int] = []
        if world.having.namespaces and world.having.landlock:
            # the kernel does not look at the folder itself, on which something is mounted
            self._files = [confinement.granted_files(world.folder.parent, self._readable, world.device)]

    def serve(self) -> None:
        """Fork for each order, until nobody is at the other end."""
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
            child = confinement.fork_sibling(order["confined"] and self._world.having.namespaces)
        except (OSError, confinement.CannotConfine) as error:
            _send(self._end, {"trouble": messages.pack_trouble(error).decode()})
            return
        if child == 0:
            self._work(order, files, user)
        _send(self._end, {"pid": child})

    def _work(self, order: dict[str, Any], descriptors: Sequence[int], user: tuple[int, int]) -> NoReturn:
        """Become the sandboxed process: shut oneself in, read the job and run it."""
        packed, write, given = descriptors
        folder, confined, having = Path(order["folder"]), order["confined"], self._world.having
        try:
            os.setsid()
            confinement.die_with_parent(write)
            if confined and not having.namespaces and self._world.sentinel is not None:
                self._world.sentinel.note(os.getpid())
            cgroups.enter(order["groups"])
            job = Job.unpack(_read(packed), self._questions)
            files = self._files if confined else []
            write, given, *files = sandboxed.only_descriptors(write, given, *files)
            if confined and having.namespaces:
                confinement.enter_namespaces(folder, job.limits, *user)
            sandboxed.live_in(folder)
            sandboxed.put_files(job.files)
            if confined:
                sandboxed.make_event_loop(job)
                confinement.restrict(folder, job.limits, self._readable, having, job.device, *files)
            if self._by_hand:
                disable_ctypes()  # of which what came before was made
            sandboxed.run(job, self._around.shell, write, frozenset(order["skip"]), given)
            os._exit(0)
        except BaseException as error:  # believed only before student code runs: see `Attempt._take`
            messages.send_trouble(write, error)
        finally:
            os._exit(1)


@contextlib.contextmanager
def _stored(content: bytes) -> Iterator[int]:
    """Write bytes into a file without a name; close it afterwards."""
    with os.fdopen(os.memfd_create("order"), "wb") as file:
        file.write(content)
        file.flush()
        yield file.fileno()


def _read(file: int) -> bytes:
    return os.pread(file, os.fstat(file).st_size, 0)


def _send(end: socket.socket, told: dict[str, Any], files: Sequence[int] = ()) -> None:
    socket.send_fds(end, [json.dumps(told).encode()], files)
