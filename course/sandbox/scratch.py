"""Temporary directories, removed when their owner, a grader or a fork server, exits.

The folders of submissions are inside that of their fork server. A grader that was killed cannot remove its
directories; the next one does. A lock shows which are still in use.
"""

from __future__ import annotations

import contextlib
import itertools
import os
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
            remove(self.path)
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
                # not another user's, who could put a link in its place meanwhile
                if os.fstat(handle).st_uid == os.getuid() and is_free(handle):
                    remove(str(folder))
            finally:
                os.close(handle)


def remove(folder: str) -> None:
    """Remove a folder that no process uses any more, however student code nested folders in it or closed them.

    Each inner folder is first moved beside it: so there is no recursion, which has a limit, and every path is short.
    What cannot be removed stays.
    """
    left, number = [folder], itertools.count()
    while left:
        at = left.pop()
        with contextlib.suppress(OSError):
            os.chmod(at, 0o700)
            with os.scandir(at) as entries:
                inside = list(entries)
            for entry in inside:
                with contextlib.suppress(OSError):
                    if _is_unlinked(entry) or not entry.is_dir(follow_symlinks=False):
                        continue
                    os.chmod(entry.path, 0o700)  # otherwise only root may move it
                    beside = f"{folder}.{next(number)}"
                    os.rename(entry.path, beside)
                    left.append(beside)
            os.rmdir(at)


def _is_unlinked(entry: os.DirEntry[str]) -> bool:
    """Try to remove a file or a link, on Windows also a link of a kind that looks like a folder."""
    with contextlib.suppress(OSError):
        os.unlink(entry.path)
        return True
    return False
