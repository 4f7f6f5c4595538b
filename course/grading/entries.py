"""The files and folders in submitted/, looked at so that no name, link or permission of a student's raises an error.

`Path.is_dir` and `exists` raise an OSError for a link to a name that is too long, and in a folder that this process may
not enter.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from course.errors import plain
from course.language import listed, say

# Files that systems, browsers and nbgrader leave beside a notebook. Names that begin with a dot or "~$" count, too.
OF_THE_SYSTEM = {"__MACOSX", "Thumbs.db", "desktop.ini", "$RECYCLE.BIN", "timestamp.txt", "submission_secret.txt"}
# A folder in a folder of the same name is common; anything much deeper is not a submission.
MAX_DEPTH = 5
# How many names to list at most, of a folder that holds many files.
MAX_NAMED = 10
# Files about students are called after them, such as `NAME.json`, and file systems allow 255 bytes.
MAX_NAME_BYTES = 250


def is_folder(path: Path) -> bool:
    """Return whether a path is certainly a folder, and not a link to one."""
    with contextlib.suppress(OSError):
        return stat.S_ISDIR(path.lstat().st_mode)
    return False


def is_readable(folder: Path) -> bool:
    """Return whether this process may list a folder and look at its entries."""
    return os.access(folder, os.R_OK | os.X_OK)


def entries_of(folder: Path) -> list[Path]:
    """Return a folder's entries in order, without those that systems and browsers leave; none if it is unreadable."""
    if is_readable(folder):
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            names = [e.name for e in entries]
            return [folder / n for n in sorted(names) if not n.startswith((".", "~$")) and n not in OF_THE_SYSTEM]
    return []


def files_of(folder: Path, depth: int = MAX_DEPTH) -> Iterator[Path]:
    """Yield the files in a folder and below, and what is not looked into: links, and folders unreadable or too deep."""
    for path in entries_of(folder):
        if depth and is_folder(path) and is_readable(path):
            yield from files_of(path, depth - 1)
        else:
            yield path


def place_of(path: Path, folder: Path) -> str:
    """Return the path of an entry from a folder on, as text: what is not UTF-8 or not printable is escaped."""
    return plain(path.relative_to(folder).as_posix())


def is_name_of_student(name: str) -> bool:
    """Return whether a name can be recorded in the gradebook and in names of files."""
    with contextlib.suppress(UnicodeEncodeError):
        return len(name.encode()) <= MAX_NAME_BYTES
    return False


def some_of(names: Sequence[str]) -> str:
    """Join names with commas; of many, only the first few."""
    told = listed(names[:MAX_NAMED])
    return say("{names} and more", names=told) if len(names) > MAX_NAMED else told
