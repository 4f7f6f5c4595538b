"""Replace folders atomically: readers find the old one or the new one, even after a kill."""

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

# The flag is 2 for both Linux's renameat2 and macOS's renamex_np.
EXCHANGE, AT_FDCWD = 2, -100
# In a staging folder: the folder that was moved aside, its original path, and the new contents.
OLD, PLACE, NEW = "old", "place.txt", "new"


def write_folder(folder: Path, files: Mapping[str, bytes], rights: int) -> None:
    """Write files by relative path into a new folder and sync them to disk; rights: the folders' mode."""
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
    """Swap two folders atomically; return False if this system or file system cannot."""
    one, two = os.fsencode(new), os.fsencode(old)
    with contextlib.suppress(AttributeError, OSError):
        if sys.platform == "darwin":
            return int(libc().renamex_np(one, two, EXCHANGE)) == 0
        if sys.platform == "linux":
            return int(libc().renameat2(AT_FDCWD, one, AT_FDCWD, two, EXCHANGE)) == 0
    return False


def put_folder(new: Path, place: Path, made: Path) -> None:
    """Move a folder from inside a staging folder to its place; an existing one goes into the staging folder.

    Readers find the old folder or the new one, whole, even after a kill. Where the system cannot swap folders, the old
    one is restored after a failure between the two renames by `staging`, and after a kill by `clear_staging`.
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
    """Yield a temporary folder on the same disk to prepare files and folders in; it is deleted afterwards."""
    made = Path(tempfile.mkdtemp(dir=folder, prefix=WRITING))
    handle = os.open(made, os.O_RDONLY) if CAN_LOCK else None
    try:
        if handle is not None:
            lock(handle)
        yield made
    finally:
        try:
            _put_back(made)
        finally:
            if handle is not None:
                os.close(handle)
        shutil.rmtree(made, ignore_errors=True)


def clear_staging(folder: Path) -> None:
    """Remove what killed writers left in a folder, and restore what they had moved aside."""
    for made in folder.glob(f"{WRITING}*"):
        if not made.is_dir() or made.is_symlink() or not CAN_LOCK:
            continue
        handle = os.open(made, os.O_RDONLY)
        try:
            if not is_free(handle):
                continue
            _put_back(made)
            shutil.rmtree(made, ignore_errors=True)
        finally:
            os.close(handle)


def _put_back(made: Path) -> None:
    """Restore the folder that was moved into a staging folder, unless the new one has taken its place."""
    if (made / OLD).is_dir() and (made / PLACE).is_file():
        place = Path((made / PLACE).read_text(encoding="utf-8"))
        if not os.path.lexists(place):
            os.rename(made / OLD, place)
