"""A control group (cgroup) for each fork server's submissions, if one may be created beside or below its own.

The kernel then counts, without delay, what the supervisor cannot see, such as page tables and kernel buffers. Nothing
depends on it: where no group can be created, the supervisor, rlimits and the system-call filter bound the same things.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from course.sandbox.job import Limits

PREFIX = "course-"
CONTROLLERS = {"memory", "pids"}
# Control files of both cgroup versions: limits on memory, on memory with swap and on threads, and kill counts.
MEMORY = {"memory.max", "memory.limit_in_bytes"}
MEMORY_AND_SWAP = {"memory.memsw.limit_in_bytes"}
NO_SWAP = "memory.swap.max"
THREADS = "pids.max"
KILLED = ("memory.events", "memory.oom_control")
# How many threads to allow beyond the supervisor's limit, so that the supervisor is the one to end them and say why.
MORE_THREADS = 16
# No limit on bytes: version 1 does not know the word "max" here.
ENDLESS = 2**62

_number = itertools.count()


class Mount(NamedTuple):
    """A mounted cgroup hierarchy; root: the group that is at the mount point."""

    version: int
    root: str
    folder: Path
    controllers: frozenset[str]


class Group:
    """A control group for processes that run one after the other; remove it when they have ended.

    Entering a group takes some 10 ms of waiting, whatever the machine, so zygotes do it once, not each of their forks.
    """

    def __init__(self) -> None:
        name = f"{PREFIX}{os.getpid()}-{next(_number)}"
        self.folders: list[Path] = []
        self._values: dict[str, str] = {}
        self._n_killed = 0
        for place in places():
            with contextlib.suppress(OSError):
                (place / name).mkdir()
                self.folders.append(place / name)

    def limit(self, limits: Limits | None, shared_mib: float) -> None:
        """Limit memory and threads for what is to start now; None: no limits.

        shared_mib: memory that a fork shares, allowed on top, as pages it writes to are copied.
        """
        memory, swap, threads = str(ENDLESS), "max", "max"
        if limits is not None:
            memory = str(int(limits.memory_mib + limits.disk_mib + shared_mib) * 2**20)
            swap, threads = "0", str(limits.processes + MORE_THREADS)
        values = {**dict.fromkeys(MEMORY | MEMORY_AND_SWAP, memory), NO_SWAP: swap, THREADS: threads}
        # the limit with swap may not be below the one without: what is refused the first time is set the second
        for file in 2 * sorted(values) if values != self._values else []:
            for folder in self.folders:
                _write(f"{folder}/{file}", values[file])
        self._values = values
        self._n_killed = self._count()

    def ran_out(self) -> bool:
        """Return whether the kernel has killed a process since `limit`, because the group's memory was used up."""
        return self._count() > self._n_killed

    def _count(self) -> int:
        count = 0
        for file in (folder / name for folder in self.folders for name in KILLED):
            with contextlib.suppress(OSError):
                lines = file.read_text().splitlines()
                count += sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))
        return count

    def remove(self) -> None:
        for folder in self.folders:
            with contextlib.suppress(OSError):
                folder.rmdir()


def can_be_made() -> bool:
    """Return whether this process may create a group, by creating one."""
    group = Group()
    group.remove()
    return bool(group.folders)


def end_before_others() -> None:
    """Have the kernel end this process, and what it starts, before any other process when memory runs out."""
    _write("/proc/self/oom_score_adj", "1000")


def enter(folders: Iterable[Path]) -> None:
    """Move this process, and with it all that it starts, into a group."""
    for folder in folders:
        _write(f"{folder}/cgroup.procs", "0")


def _write(file: str, text: str) -> None:
    """Set a value of a group, ignoring errors: each version lacks files of the other."""
    with contextlib.suppress(OSError):
        opened = os.open(file, os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC)
        try:
            os.write(opened, text.encode())
        finally:
            os.close(opened)


@cache
def places() -> tuple[Path, ...]:
    """Return the folders in which to create groups: one in version 2, one for memory and one for threads in version 1.

    Groups left there by graders that were killed are removed.
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
        wanted = CONTROLLERS & set(names.split(",")) if names else CONTROLLERS  # version 2 names no controllers
        for mount in mounts if wanted else []:
            inside = os.path.relpath(path, mount.root)
            if mount.version != (1 if names else 2) or ".." in (*path.split("/"), *inside.split("/")):
                continue
            group = mount.folder / inside
            offered = mount.controllers
            if mount.version == 2:
                # except for the root, a group that holds processes cannot have limited groups below it
                group = group if inside == "." else group.parent
                offered = frozenset((group / "cgroup.subtree_control").read_text().split())
            if wanted <= offered and os.access(group, os.W_OK):
                yield group
                break


def _mounts(mountinfo: str) -> Iterator[Mount]:
    """Yield the cgroup mounts of mountinfo: id, parent, device, root, folder, options, …, "-", kind, source, more."""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = (after.split() + ["", "", ""])[:3]
        if kind in ("cgroup", "cgroup2"):
            root, folder = before.split()[3:5]
            yield Mount(1 if kind == "cgroup" else 2, root, Path(folder), frozenset(options.split(",")))
