"""Enforce the limit on a submission's files from outside, where it cannot have a file system of limited size."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

# As many files as fit into the in-memory file system that confined submissions get elsewhere.
MAX_FILES = 4096
# How many folders inside one another are looked through; each takes an open descriptor and room on the stack.
MAX_DEPTH = 100


def used(folder: Path, pids: list[int]) -> tuple[int, int]:
    """Return how many bytes and how many files a folder holds, including deleted files that processes still keep.

    Raises RecursionError if folders are nested too deep to be looked through.
    """
    seen: dict[tuple[int, int], int] = {}
    for status in itertools.chain(_named(str(folder)), *map(_unnamed, pids)):
        seen[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(seen.values()) + sum(_mapped(pid, folder.name) for pid in pids), len(seen)


def bound(folder: Path, pids: list[int], disk_mib: int) -> bool:
    """Stop a submission's processes from writing once the limit is used up; return False if it is far exceeded.

    Writes then fail as on a full disk. Empty files and folders can still be created; going far beyond the limit, or
    nesting too many folders, is a reason to end the submission.
    """
    import resource  # not on Windows

    try:
        n_bytes, n_files = used(folder, pids)
    except RecursionError:
        return False
    if n_bytes > disk_mib * 2**20:
        for pid in pids:
            with contextlib.suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
    return n_bytes <= 16 * disk_mib * 2**20 and n_files <= 4 * MAX_FILES


def _named(name: str, inside: int | None = None, depth: int = 0) -> Iterator[os.stat_result]:
    """Yield the status of everything below a folder, by descriptor: student code may swap in a link at any time."""
    if depth > MAX_DEPTH:
        raise RecursionError("too many folders inside one another")
    how = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    with contextlib.suppress(OSError):
        try:
            top = os.open(name, os.O_RDONLY | how, dir_fd=inside)
        except PermissionError:  # student code made it unreadable
            named = os.open(name, os.O_PATH | how, dir_fd=inside)
            os.chmod(f"/proc/self/fd/{named}", 0o700)
            os.close(named)
            top = os.open(name, os.O_RDONLY | how, dir_fd=inside)
        try:
            with os.scandir(top) as entries:
                for entry in entries:
                    with contextlib.suppress(OSError):
                        yield entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        yield from _named(entry.name, top, depth + 1)
        finally:
            os.close(top)


def _unnamed(pid: int) -> Iterator[os.stat_result]:
    with contextlib.suppress(OSError):
        for fd in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                status = os.stat(f"/proc/{pid}/fd/{fd}")
                if status.st_nlink == 0:
                    yield status


def _mapped(pid: int, folder: str) -> int:
    """Return the size of a folder's deleted files that a process has mapped, with or without an open descriptor."""
    size = 0
    with contextlib.suppress(OSError), open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as maps:
        for line in maps:
            if line.endswith("(deleted)\n") and folder in line:
                start, _, end = line.partition(" ")[0].partition("-")
                size += int(end, 16) - int(start, 16)
    return size
