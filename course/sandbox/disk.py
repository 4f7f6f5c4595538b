"""Keep a submission's files within their limit from outside, where it can have no file system of limited size."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

# As many files as the file system in memory has that others get.
MAX_FILES = 4096


def used(folder: Path, pids: list[int]) -> tuple[int, int]:
    """Return how many bytes and how many files lie in a folder, those included that processes keep without a name."""
    seen: dict[tuple[int, int], int] = {}
    for file in _named(str(folder)):
        with contextlib.suppress(OSError):
            _add(seen, os.lstat(file))
    device = os.stat(folder).st_dev
    for pid in pids:
        for status in _unnamed(pid):
            if status.st_dev == device:
                _add(seen, status)
        for inode, size in _mapped(pid, device):
            seen.setdefault((device, inode), size)
    return sum(seen.values()), len(seen)


def bound(folder: Path, pids: list[int], disk_mib: int) -> bool:
    """Let a submission's processes write no more once they have used up the limit; False if they went far beyond it.

    Writing then fails as on a full disk. What they make without writing (empty files, folders) is ended far beyond.
    """
    import resource  # not on Windows

    n_bytes, n_files = used(folder, pids)
    if n_bytes > disk_mib * 2**20:
        for pid in pids:
            with contextlib.suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
    return n_bytes <= 16 * disk_mib * 2**20 and n_files <= 16 * MAX_FILES


def _add(seen: dict[tuple[int, int], int], status: os.stat_result) -> None:
    seen[status.st_dev, status.st_ino] = status.st_blocks * 512


def _named(folder: str) -> Iterator[str]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            yield entry.path
            if entry.is_dir(follow_symlinks=False):
                yield from _named(entry.path)


def _unnamed(pid: int) -> Iterator[os.stat_result]:
    with contextlib.suppress(OSError):
        for fd in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                status = os.stat(f"/proc/{pid}/fd/{fd}")
                if status.st_nlink == 0:
                    yield status


def _mapped(pid: int, device: int) -> Iterator[tuple[int, int]]:
    """Return the inodes and sizes of removed files that a process has in its memory."""
    name = f"{os.major(device):02x}:{os.minor(device):02x}"
    with (
        contextlib.suppress(OSError, ValueError),
        open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as maps,
    ):
        for line in maps:
            if line.endswith("(deleted)\n"):
                where, _, _, on, inode = line.split()[:5]
                if on == name:
                    start, _, end = where.partition("-")
                    yield int(inode), int(end, 16) - int(start, 16)
