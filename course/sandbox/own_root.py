"""Restrict a process to the files it is granted, without Landlock: by a root file system with nothing else on it.

This needs a mount namespace, in which every file is already read-only, and the right to mount there.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from course.sandbox.seccomp import number_of
from course.sandbox.system import call

# <sys/mount.h>, <linux/mount.h>
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MNT_DETACH = 1, 2, 4, 32, 4096, 0x4000, 2


def confine(readable: Iterable[str], folder: Path) -> None:
    """Change to a root that has only the given paths, the folder and /dev/null, under their own names, irreversibly.

    folder: mount point of a separate file system, which stays writable. Raises OSError if that is not allowed.
    """
    root = folder / ".root"
    root.mkdir()
    _mount("tmpfs", str(root), "tmpfs", MS_NOSUID | MS_NODEV, b"size=16m,mode=755")
    shown: set[str] = set()
    for path in sorted({*readable, "/dev/null"}, key=len):  # shortest first: paths inside a folder come after it
        if not shown.intersection(map(str, PurePosixPath(path).parents)):
            _bind(path, f"{root}{path}", MS_BIND | MS_REC)
            shown.add(path)
    for link in (link for path in (*(e.path for e in os.scandir("/")), *sys.path) for link in _links_on(path)):
        if not os.path.lexists(f"{root}{link}"):
            os.makedirs(os.path.dirname(f"{root}{link}"), exist_ok=True)
            os.symlink(os.path.realpath(link), f"{root}{link}")
    _bind(str(folder), f"{root}{folder}", MS_BIND)  # not recursive: leaves out the new root, mounted below it
    os.chdir(root)
    call("mount", None, b".", None, ctypes.c_ulong(MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV), None)
    call("syscall", number_of("pivot_root"), b".", b".", shown="pivot_root")
    call("umount2", b".", MNT_DETACH)  # the old root, which now lies on top of the new one
    os.chdir(folder)
    os.rmdir(".root")


def _links_on(path: str) -> Iterator[str]:
    """Yield the symbolic links along a path: files shown under their real names may be accessed through links."""
    at = "/"
    for part in PurePosixPath(path).parts[1:]:
        at = os.path.join(at, part)
        if os.path.islink(at):
            yield at
            at = os.path.realpath(at)


def _bind(path: str, place: str, flags: int) -> None:
    if os.path.isdir(path):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "x").close()
    _mount(path, place, None, flags)


def _mount(source: str, place: str, kind: str | None, flags: int, options: bytes | None = None) -> None:
    call("mount", source.encode(), place.encode(), kind and kind.encode(), ctypes.c_ulong(flags), options)
