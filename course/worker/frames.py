"""Length-prefixed messages over a pipe or socket: how worker, guard and grader talk."""

from __future__ import annotations

import os
import select
import struct
import time

_HEADER = struct.Struct("<BI")
# A submission's whole answers are some hundred kilobytes; more than this is an attack or a mistake.
MAX_FRAME = 96 * 2**20

PROGRAM, STARTED, FINISHED, ANSWERED, TRANSCRIPT, READY = range(1, 7)


class FrameError(Exception):
    """What arrived is no message."""


def send(fd: int, kind: int, blob: bytes) -> None:
    """Write one whole message."""
    view = memoryview(_HEADER.pack(kind, len(blob)) + blob)
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
            chunk = os.read(self.fd, 1 << 16)
            if not chunk:
                self.ended = True
                return None
            self._room -= len(chunk)
            if self._room < 0:
                raise FrameError("too much")
            self._buffer += chunk

    def _next(self) -> tuple[int, bytes] | None:
        if len(self._buffer) < _HEADER.size:
            return None
        kind, length = _HEADER.unpack_from(self._buffer)
        if length > MAX_FRAME or not PROGRAM <= kind <= READY:
            raise FrameError("not a message")
        if len(self._buffer) < _HEADER.size + length:
            return None
        blob = bytes(self._buffer[_HEADER.size : _HEADER.size + length])
        del self._buffer[: _HEADER.size + length]
        return kind, blob
