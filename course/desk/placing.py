"""Folders written whole: a reader, and a kill at any moment, finds the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from course.atomic import CAN_LOCK, WRITING, is_free, lock
from course.sandbox.system import libc

# Of Linux's renameat2 and macOS's renamex_np: both call it 2.
EXCHANGE, AT_FDCWD = 2, -100
# In a staging folder: what was moved aside, and from where. What is made ready lies in NEW, apart from both.
OLD, PLACE, NEW = "old", "place.txt", "new"


def write_folder(folder: Path, files: Mapping[str, bytes], rights: int) -> None:
    """Write files by relative path into a new folder, safe from a power cut; rights: of the folders."""
    for name, content in files.items():
        path = folder / name
        for made in [*reversed(path.relative_to(folder).parents)]:
            (folder / made).mkdir(parents=True, exist_ok=True)
            (folder / made).chmod(rights)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(rights & 0o666)


def exchange_folders(new: Path, old: Path) -> bool:
    """Let two folders change places in one step; return whether this system and disk can do that."""
    one, two = os.fsencode(new), os.fsencode(old)
    with contextlib.suppress(AttributeError, OSError):
        if sys.platform == "darwin":
            return int(libc().renamex_np(one, two, EXCHANGE)) == 0
        if sys.platform == "linux":
            return int(libc().renameat2(AT_FDCWD, one, AT_FDCWD, two, EXCHANGE)) == 0
    return False


def put_folder(new: Path, place: Path, made: Path) -> None:
    """Move a folder from inside a staging folder to its place; the one that was there goes into the staging folder.

    Whoever looks, and a kill at any moment, finds the old one whole or the new one whole; where the system cannot let
    folders change places, `clear_staging` puts the old one back after a kill between the two steps.
    made: the staging folder.
    """
    if not os.path.lexists(place):
        os.rename(new, place)
    elif not exchange_folders(new, place):
        (made / PLACE).write_text(str(place), encoding="utf-8")
        os.rename(place, made / OLD)
        os.rename(new, place)


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Yield a folder on the same disk in which others are made ready; it goes with what is left in it."""
    made = Path(tempfile.mkdtemp(dir=folder, prefix=WRITING))
    handle = os.open(made, os.O_RDONLY) if CAN_LOCK else None
    try:
        if handle is not None:
            lock(handle)
        yield made
    finally:
        if handle is not None:
            os.close(handle)
        shutil.rmtree(made, ignore_errors=True)


def clear_staging(folder: Path) -> None:
    """Remove what killed writers left in a folder, and put back what they had just moved aside."""
    for made in folder.glob(f"{WRITING}*"):
        if not made.is_dir() or made.is_symlink() or not CAN_LOCK:
            continue
        handle = os.open(made, os.O_RDONLY)
        try:
            if not is_free(handle):
                continue
            if (made / OLD).is_dir() and (made / PLACE).is_file():
                place = Path((made / PLACE).read_text(encoding="utf-8"))
                if not os.path.lexists(place):
                    os.rename(made / OLD, place)
            shutil.rmtree(made, ignore_errors=True)
        finally:
            os.close(handle)
