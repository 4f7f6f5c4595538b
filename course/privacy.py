"""Check and close other accounts' access on this machine to grades, submissions and solutions."""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from course.language import listed, say

# In a course's folder; for a folder only its own mode counts, because nobody gets past it. release/ is for students.
GRADES = ("gradebook.db", "grades.csv", "report.html", "submitted", "downloaded", "autograded", "feedback", ".course")
PRIVATE = (*GRADES, "source", "lessons", "banks", ".git")
OTHERS, GROUP = 0o007, 0o070


def close(root: Path) -> list[str]:
    """Remove other accounts' access to what is private, once for each name, and return the names of what was open.

    Once, because an owner who opens one again means it. Git does not track a folder's mode. What another account owns,
    or a link leads to, stays as it is.
    """
    note, closed = root / ".course" / "closed", []
    if os.name == "nt" or not (root / "nbgrader_config.py").is_file():
        return []
    with contextlib.suppress(OSError):  # whoever cannot write here has nothing private here
        known = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
        seen = [(name, status) for name, status in _there(root) if name not in known]
        for name, status in seen:
            if status.st_uid == os.geteuid() and status.st_mode & (OTHERS | GROUP):
                (root / name).chmod(status.st_mode & 0o700)
                closed.append(name)
        if seen:
            note.parent.mkdir(0o700, exist_ok=True)
            note.write_text("".join(f"{name}\n" for name in [*known, *(name for name, _ in seen)]), encoding="utf-8")
    return closed


def _there(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    for name in PRIVATE:
        path = root / name
        if path.exists() and not path.is_symlink():
            yield name, path.stat()


def who_reads(root: Path) -> tuple[str, str]:
    """Return what other accounts can read of grades, submissions and solutions, and how to close it if they can.

    Access that was given to a group after `close` is not a problem.
    """
    if os.name == "nt":
        return say("not looked at: this system has other rights than those of owner, group and others"), ""
    note = root / ".course" / "closed"
    known = note.read_text(encoding="utf-8").splitlines() if os.access(note, os.R_OK) else []
    to_others, to_group = _open_to(root, OTHERS), _open_to(root, GROUP)
    unasked = to_others + [path for path in to_group if path not in to_others and path.name not in known]
    if unasked:
        found = say("other accounts can read {names}", names=listed(map(str, unasked)))
        return found, say("run: chmod go= {paths}", paths=shlex.join(map(str, unasked)))
    if to_group:
        return say("open to their group, closed to all others: {names}", names=listed(map(str, to_group))), ""
    return say("grades, submissions and solutions are closed to other accounts"), ""


def who_hands_in(exchange: Path) -> tuple[str, str]:
    """Return whether students with accounts here can reach the exchange, and what to do if they cannot."""
    if os.name != "nt" and (closed := _barrier(exchange, OTHERS)) is not None:
        advice = say("to hand out on a machine that students share, set COURSE_EXCHANGE to a folder that they reach")
        return say("{exchange}; other accounts do not get past {closed}", exchange=exchange, closed=closed), advice
    if os.name != "nt" and exchange.stat().st_mode & 0o003 != 0o003:
        return say("{exchange}; other accounts cannot hand in yet", exchange=exchange), say(
            "`nbgrader release_assignment LESSON` opens it"
        )
    return say("{exchange}, in reach of other accounts", exchange=exchange), ""


def _open_to(root: Path, whose: int) -> list[Path]:
    found = (root / name for name in PRIVATE if (root / name).exists())
    return [path for path in found if path.stat().st_mode & whose and _barrier(path, whose) is None]


def _barrier(path: Path, whose: int) -> Path | None:
    """Return the topmost folder above a path that other accounts cannot pass, None if they can reach the path.

    whose: OTHERS, or GROUP for the members of the path's own group.
    """
    group = path.stat().st_gid
    for folder in reversed(path.resolve().parents):
        status = folder.stat()
        passing = status.st_mode & 0o001 or whose == GROUP and status.st_gid == group and status.st_mode & 0o010
        if not passing:
            return folder
    return None
