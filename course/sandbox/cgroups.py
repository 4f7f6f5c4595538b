"""A control group for each submission, where this process may make one beside or below its own.

The kernel then counts what the supervisor cannot see, such as page tables and buffers of its own, and at once. Nothing
depends on it: where none can be made, the supervisor, the rlimits and the filter of system calls bound the same.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from course.sandbox.job import DEFAULT, Limits

PREFIX = "course-"
CONTROLLERS = {"memory", "pids"}
# The files of both versions of control groups: what holds memory, with swap, and what counts threads.
MEMORY = {"memory.max", "memory.limit_in_bytes"}
MEMORY_AND_SWAP = {"memory.memsw.limit_in_bytes"}
NO_SWAP = {"memory.swap.max"}
THREADS = {"pids.max"}
KILLED = ("memory.events", "memory.oom_control")
# As many threads more than the supervisor lets be, so that it is the one that ends them, and says why.
MORE_THREADS = 16

_number = itertools.count()


class Mount(NamedTuple):
    """Where a hierarchy of groups is mounted; root: which of its groups lies there."""

    version: int
    root: str
    folder: Path
    controllers: frozenset[str]


class Group:
    """A control group of limited memory and threads; remove it when its processes have ended."""

    def __init__(self, limits: Limits, shared_mib: float) -> None:
        """shared_mib: of a fork's memory; what it writes to is copied, and counts here, so it may have as much more."""
        memory = int((limits.memory_mib + limits.disk_mib + shared_mib) * 2**20)
        values = {
            **dict.fromkeys(MEMORY | MEMORY_AND_SWAP, memory),
            **dict.fromkeys(NO_SWAP, 0),
            **dict.fromkeys(THREADS, limits.processes + MORE_THREADS),
        }
        name = f"{PREFIX}{os.getpid()}-{next(_number)}"
        self.folders: list[Path] = []
        for place in places():
            folder = place / name
            with contextlib.suppress(OSError):
                folder.mkdir()
                self.folders.append(folder)
                for file in sorted(values):  # the limit with swap may not be below the one without
                    _write(f"{folder}/{file}", str(values[file]))

    def ran_out(self) -> bool:
        """Tell whether the kernel ended a process because the group's memory was used up."""
        lines: list[str] = []
        for file in (folder / name for folder in self.folders for name in KILLED):
            with contextlib.suppress(OSError):
                lines += file.read_text().splitlines()
        return any(line.startswith("oom_kill ") and line != "oom_kill 0" for line in lines)

    def remove(self) -> None:
        for folder in self.folders:
            with contextlib.suppress(OSError):
                folder.rmdir()


def can_be_made() -> bool:
    """Tell whether this process may make a group, by making one."""
    group = Group(DEFAULT, 0.0)
    group.remove()
    return bool(group.folders)


def enter(folders: Iterable[str]) -> None:
    """Put this process into a group, and with it all that it starts."""
    for folder in folders:
        _write(f"{folder}/cgroup.procs", "0")


def _write(file: str, text: str) -> None:
    """Set a value of a group; each version has files that another has not."""
    with contextlib.suppress(OSError):
        opened = os.open(file, os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC)
        try:
            os.write(opened, text.encode())
        finally:
            os.close(opened)


@cache
def places() -> tuple[Path, ...]:
    """Return the folders in which groups can be made: of version 2 one, of version 1 one each for memory and threads.

    What graders that were killed left there is removed.
    """
    with contextlib.suppress(OSError, ValueError):
        found = tuple(_places(Path("/proc/self/cgroup").read_text(), Path("/proc/self/mountinfo").read_text()))
        for left in (group for place in found for group in place.glob(f"{PREFIX}*")):
            if not Path(f"/proc/{left.name.split('-')[1]}").exists():
                with contextlib.suppress(OSError):
                    left.rmdir()
        return found
    return ()


def _places(own: str, mountinfo: str) -> Iterator[Path]:
    mounts = list(_mounts(mountinfo))
    for line in own.splitlines():
        _, names, path = line.split(":", 2)
        wanted = CONTROLLERS & set(names.split(",")) if names else CONTROLLERS  # version 2 names none
        for mount in mounts if wanted else []:
            inside = os.path.relpath(path, mount.root)
            if mount.version != (1 if names else 2) or ".." in (*path.split("/"), *inside.split("/")):
                continue
            group = mount.folder / inside
            offered = mount.controllers
            if mount.version == 2:
                # below a group that holds processes none is limited, but for the topmost
                group = group if inside == "." else group.parent
                offered = frozenset((group / "cgroup.subtree_control").read_text().split())
            if wanted <= offered and os.access(group, os.W_OK):
                yield group
                break


def _mounts(mountinfo: str) -> Iterator[Mount]:
    """Read /proc/self/mountinfo: number, parent, device, root, folder, options, …, "-", kind, source, more options."""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = (after.split() + ["", "", ""])[:3]
        if kind in ("cgroup", "cgroup2"):
            root, folder = before.split()[3:5]
            yield Mount(1 if kind == "cgroup" else 2, root, Path(folder), frozenset(options.split(",")))
