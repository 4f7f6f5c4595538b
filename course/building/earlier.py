"""Describe how an English cell changed since it was translated, by finding its earlier text in the Git history."""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

from course.building.lesson import Cell, lesson_of, text_name
from course.errors import CourseError
from course.language import listed, say

# The number of versions of a text to search, latest first.
MOST_VERSIONS = 50
# The words quoted around each change, and the number of changes quoted.
AROUND, MOST_CHANGES = 3, 4


def what_changed(of: str, cell: Cell, lesson: str, root: Path) -> str:
    """Return in words how an English cell differs from its version with the digest `of`, or else what it says now."""
    if not of:
        return say('its header does not say which English text it renders (of="…").')
    now = " ".join(cell.source.split())
    before = _earlier(of, cell.name, lesson, root)
    if before is None:
        return say("the English cell has changed since it was rendered; it is now: “{now}”", now=now)
    return _difference(before.source, cell.source)


def _earlier(of: str, name: str, lesson: str, root: Path) -> Cell | None:
    """Return the version of a cell with the digest `of` from the Git history of its text, or None if there is none."""
    path = text_name(lesson)
    for commit in _git(root, "log", "--format=%h", f"-{MOST_VERSIONS}", "--", path).split():
        try:
            cells = lesson_of(_git(root, "show", f"{commit}:./{path}"), lesson).cells
        except CourseError:  # an old text in an earlier format
            continue
        for cell in cells:
            if cell.name == name and cell.digest == of:
                return cell
    return None


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    except OSError:  # no git on this machine
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def _difference(before: str, now: str) -> str:
    """Return a sentence that quotes the changed words before and after, with a little context."""
    old, new = before.split(), now.split()
    changes = [
        say("“{before}” became “{now}”", before=_part(old, i, j), now=_part(new, k, m))
        for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    if not changes:
        return say("the English cell has changed since it was rendered: only white space differs.")
    told, more = listed(changes[:MOST_CHANGES]), len(changes) - MOST_CHANGES
    if more <= 0:
        return say("the English cell has changed since it was rendered: {changes}.", changes=told)
    return say("the English cell has changed since it was rendered: {changes}, and {n} more.", changes=told, n=more)


def _part(words: list[str], begin: int, end: int) -> str:
    first, last = max(begin - AROUND, 0), min(end + AROUND, len(words))
    return ("…" if first else "") + " ".join(words[first:last]) + ("…" if last < len(words) else "")
