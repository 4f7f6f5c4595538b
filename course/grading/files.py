"""The files beside a notebook that its graded cells may read: the instructor's, and the student's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from course.grading.reading import NotPlain, read_plainly
from course.language import later, listed, say

# They are copied into the private folder of each run, which lies in memory: of that they may take half.
MAX_FILES_BYTES = 32 * 2**20
MAX_FILES = 500
# Notebooks, what nbgrader writes itself or leaves out by default, and what is hidden.
LEFT_OUT = ("*.ipynb", "timestamp.txt", "submission_secret.txt", "*.pyc", "__pycache__", "feedback", ".*")


def files_beside(submitted: Path, source: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return what lies beside a submission and beside its source notebook, by relative path, and what was left out.

    As nbgrader has it: where both have a file of the same name, the instructor's counts.
    """
    found: dict[str, bytes] = {}
    left_out: list[str] = []
    room = MAX_FILES_BYTES
    linked = submitted.is_symlink() or submitted.parent.is_symlink()
    for folder in (source,) if linked else (source, submitted):
        # of what a student hands in no more is looked at than could be taken
        for path in islice(_files_in(folder), 2 * MAX_FILES):
            name = path.relative_to(folder).as_posix()
            if name in found:
                continue
            try:
                name.encode()
                content = path.read_bytes() if folder is source else read_plainly(path, room)
            except (NotPlain, OSError, UnicodeEncodeError):
                left_out.append(say("{name} (it cannot be read, is a link, or too large)", name=name))
                continue
            if len(content) > room or len(found) == MAX_FILES:
                told = later("{name} (more than {mib} MiB or {n} files)")
                left_out.append(say(told, name=name, mib=MAX_FILES_BYTES // 2**20, n=MAX_FILES))
                continue
            found[name] = content
            room -= len(content)
    if not left_out:
        return found, []
    names, more = listed(left_out[:3]), len(left_out) - 3
    if more > 0:
        return found, [say("graded without {names} and {n} more", names=names, n=more)]
    return found, [say("graded without {names}", names=names)]


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not _is_left_out(f))
        yield from (Path(parent) / name for name in sorted(names) if not _is_left_out(name))


def _is_left_out(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in LEFT_OUT)
