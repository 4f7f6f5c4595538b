"""Length-prefixed messages over a pipe or socket, exchanged between worker, supervisor and grader."""

from __future__ import annotations

import contextlib
import itertools
import json
import mmap
import os
import select
import struct
import time
from collections.abc import Collection, Sequence
from typing import Any

from course.errors import CourseError, machine_fault
from course.language import later

HEADER = struct.Struct("<BI")
# All answers of a submission take some hundred kilobytes; more than this is an attack or a mistake.
MAX_MESSAGE = 96 * 2**20
# Limit on the JSON of a message, including what a cell printed: parsing nested brackets takes 100 times their length.
MAX_HEAD = 2**20

JOB, STARTED, FINISHED, ANSWERED, RESULT, READY, QUESTIONS, ERROR, SOURCE = range(1, 10)
# Maximum length of a message, by kind.
LONGEST = {
    **dict.fromkeys((JOB, RESULT, QUESTIONS, SOURCE), MAX_MESSAGE),
    **dict.fromkeys((READY, ERROR), 2**16),
    STARTED: 16,
    FINISHED: MAX_HEAD,
    ANSWERED: 20 * 2**20,
}
ENDED = later("its process was ended from outside, perhaps by the system for lack of memory")
# Kinds of messages that the process running student code may send.
FROM_WORKER = (STARTED, FINISHED, ANSWERED, ERROR)


class MessageError(Exception):
    """The received data is not a valid message."""


def send(fd: int, kind: int, *parts: bytes | memoryview) -> None:
    """Write one whole message, whose content may be given in parts: joining large ones first would copy them."""
    for part in (HEADER.pack(kind, sum(map(len, parts))), *parts):
        view = memoryview(part)
        while view:
            view = view[os.write(fd, view) :]


def send_error(fd: int, error: BaseException) -> None:
    """Send the reason why no submission can be run here, which is never caused by a submission."""
    send(fd, ERROR, pack_error(error))


def pack_error(error: BaseException) -> bytes:
    said = str(error) or type(error).__name__
    if not isinstance(error, OSError | CourseError):
        said = f"{type(error).__name__}: {said}"
    return json.dumps([getattr(error, "errno", None), said[:2000]]).encode()


def unpack_error(blob: bytes) -> OSError | str:
    """Unpack what `pack_error` packed: an OSError if the machine is short of something, otherwise a text."""
    match json.loads(blob):
        case [int(number), str(said)]:
            error = OSError(number, said)
            return error if machine_fault(error) else said
        case [None, str(said)]:
            return said
    raise ValueError("no error")


class Reader:
    """Reads messages from a descriptor as they arrive, with a cap on the total.

    kinds: the kinds of messages to accept.
    """

    def __init__(self, fd: int, most: int = MAX_MESSAGE, kinds: Collection[int] = LONGEST) -> None:
        self.fd = fd
        self._kinds = kinds
        self._head = bytearray()
        self._body: bytearray | None = None  # of the length given in the header
        self._kind = self._n_read = 0
        self._room = most
        self.ended = False

    def poll(self, seconds: float) -> tuple[int, bytes] | None:
        """Return the next message, or None if none is complete within `seconds`.

        Raises MessageError if more arrives than the cap allows, or a message of an unexpected kind or too long.
        """
        until = time.monotonic() + seconds
        while not self.ended:
            if self._body is not None and self._n_read == len(self._body):
                body, self._body = bytes(self._body), None
                return self._kind, body
            left = until - time.monotonic()
            if left < 0 or not select.select([self.fd], [], [], left)[0]:
                return None
            if self._body is None:
                self._read_head()
            else:
                n = os.readv(self.fd, [memoryview(self._body)[self._n_read :]])
                self._n_read += n
                self.ended = n == 0
        return None

    def _read_head(self) -> None:
        # not a byte more: what comes after a message may be for another reader
        chunk = os.read(self.fd, HEADER.size - len(self._head))
        self.ended = not chunk
        self._head += chunk
        if len(self._head) < HEADER.size:
            return
        self._kind, length = HEADER.unpack(self._head)
        if self._kind not in self._kinds or length > LONGEST[self._kind]:
            raise MessageError("not a message")
        self._room -= HEADER.size + length
        if self._room < 0:
            raise MessageError("too much")
        self._head.clear()
        self._body, self._n_read = bytearray(length), 0


def read_to_memfd(fd: int) -> int:
    """Read a whole message into an anonymous file and return its descriptor.

    This process's own memory gets no copy for forks to inherit. Raises MessageError if no whole message arrives.
    """
    head = b""
    while len(head) < HEADER.size:
        chunk = os.read(fd, HEADER.size - len(head))
        if not chunk:
            raise MessageError("not a message")
        head += chunk
    length = len(head) + HEADER.unpack(head)[1]
    file = os.memfd_create("message")
    os.truncate(file, length)
    with mmap.mmap(file, length) as room, memoryview(room) as view:
        view[: len(head)] = head
        n_read = len(head)
        while n_read < length:
            n = os.readv(fd, [view[n_read:]])
            if not n:
                raise MessageError("not a whole message")
            n_read += n
    return file


class Forwarder:
    """Forwards a message stored in a file, as much at a time as the pipe takes, because the reader may be slow."""

    def __init__(self, file: int, out: int) -> None:
        self._file, self._out = file, out
        self._at, self._length = 0, os.fstat(file).st_size

    def go_on(self) -> None:
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            while self._at < self._length:
                left = self._length - self._at
                self._at += os.splice(self._file, self._out, left, offset_src=self._at, flags=os.SPLICE_F_NONBLOCK)


def parts(head: Any, blobs: Sequence[bytes]) -> list[bytes]:
    """Serialize a JSON value and some blobs, and return the parts of the result."""
    return [json.dumps([head, [len(b) for b in blobs]]).encode(), b"\n", *blobs]


def join(head: Any, blobs: Sequence[bytes]) -> bytes:
    """Serialize a JSON value and some blobs."""
    return b"".join(parts(head, blobs))


def split(whole: bytes) -> tuple[Any, list[bytes]]:
    """Return the JSON value and the blobs that `join` serialized.

    Raises ValueError for anything else.
    """
    n_head = (whole.find(b"\n") + 1) or len(whole)
    rest = memoryview(whole)[n_head:]
    match json.loads(whole[:n_head]):
        case [head, [*lengths]] if all(type(n) is int and n >= 0 for n in lengths) and sum(lengths) == len(rest):
            ends = list(itertools.accumulate(lengths, initial=0))
            return head, [bytes(rest[a:b]) for a, b in itertools.pairwise(ends)]
    raise ValueError("not what was put together")
