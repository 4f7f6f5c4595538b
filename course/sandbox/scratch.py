"""Temporary directories, removed when their owner, a grader or a fork server, exits.

The folders of submissions are inside that of their fork server. A grader that was killed cannot remove its
directories; the next one does. A lock shows which are still in use.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
from pathlib import Path

from course.atomic import CAN_LOCK, is_free, lock

PREFIX = "course-scratch-"


class Scratch:
    """A new folder, in use until it is closed or its process ends."""

    def __init__(self) -> None:
        sweep()
        self._closing = threading.Lock()
        swept = True
        while swept:
            self.path = tempfile.mkdtemp(prefix=PREFIX)
            self._lock = -1
            if not CAN_LOCK:
                return
            self._lock = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            lock(self._lock)
            swept = os.fstat(self._lock).st_nlink == 0  # another grader removed it before it was locked
            if swept:
                os.close(self._lock)

    def close(self) -> None:
        with self._closing:  # may be called from two threads: `Pool.close` and the user of this one
            shutil.rmtree(self.path, ignore_errors=True)
            if self._lock >= 0:
                os.close(self._lock)
                self._lock = -1


def sweep() -> None:
    """Remove the folders of processes that have ended."""
    if not CAN_LOCK:
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if is_free(handle):
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
