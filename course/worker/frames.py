"""Length-prefixed messages over a pipe or socket: how worker, guard and grader talk."""

from __future__ import annotations

import itertools
import json
import os
import select
import struct
import time
from collections.abc import Sequence
from typing import Any

_HEADER = struct.Struct("<BI")
# A submission's whole answers are some hundred kilobytes; more than this is an attack or a mistake.
MAX_FRAME = 96 * 2**20

PROGRAM, STARTED, FINISHED, ANSWERED, TRANSCRIPT, READY, QUESTIONS = range(1, 8)


class FrameError(Exception):
    """What arrived is no message."""


def send(fd: int, kind: int, blob: bytes) -> None:
    """Write one whole message."""
    for part in (_HEADER.pack(kind, len(blob)), blob):  # by themselves: an answer may be large
        view = memoryview(part)
        while view:
            view = view[os.write(fd, view) :]


class Reader:
    """Collects messages from a descriptor as they come, with a cap on all that is read."""

    def __init__(self, fd: int, most: int = MAX_FRAME) -> None:
        self.fd = fd
        self._buffer = bytearray()
        self._room = most
        self.ended = False

    def poll(self, seconds: float) -> tuple[int, bytes] | None:
        """Return the next message, or None if none is complete within so many seconds.

        Raises FrameError if more arrives than the cap allows, or a length that cannot be.
        """
        until = time.monotonic() + seconds
        while True:
            message = self._next()
            if message is not None or self.ended:
                return message
            left = until - time.monotonic()
            if left < 0 or not select.select([self.fd], [], [], left)[0]:
                return None
            chunk = os.read(self.fd, min(self._missing(), 1 << 20))
            if not chunk:
                self.ended = True
                return None
            self._room -= len(chunk)
            if self._room < 0:
                raise FrameError("too much")
            self._buffer += chunk

    def _missing(self) -> int:
        """Return how many bytes the message still lacks: what comes after it may be for another reader."""
        if len(self._buffer) < _HEADER.size:
            return _HEADER.size - len(self._buffer)
        kind, length = _HEADER.unpack_from(self._buffer)
        if length > MAX_FRAME or not PROGRAM <= kind <= QUESTIONS:
            raise FrameError("not a message")
        return int(_HEADER.size + length - len(self._buffer))

    def _next(self) -> tuple[int, bytes] | None:
        if self._missing() or len(self._buffer) < _HEADER.size:
            return None
        kind, blob = self._buffer[0], bytes(memoryview(self._buffer)[_HEADER.size :])
        self._buffer.clear()
        return kind, blob


def join(head: Any, blobs: Sequence[bytes]) -> bytes:
    """Put some JSON and some bytes together."""
    return b"".join([json.dumps([head, [len(b) for b in blobs]]).encode(), b"\n", *blobs])


def split(whole: bytes) -> tuple[Any, list[bytes]]:
    """Take apart what `join` put together.

    Raises ValueError for anything else.
    """
    first, _, rest = whole.partition(b"\n")
    match json.loads(first):
        case [head, [*lengths]] if all(type(n) is int and n >= 0 for n in lengths) and sum(lengths) == len(rest):
            ends = list(itertools.accumulate(lengths, initial=0))
            return head, [rest[a:b] for a, b in itertools.pairwise(ends)]
    raise ValueError("not what was put together")
