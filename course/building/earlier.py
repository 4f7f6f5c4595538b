"""How an English cell was changed since it was rendered: its earlier text is looked for in the history of the file."""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

from course.building.lesson import Cell, lesson_of, text_name
from course.errors import CourseError
from course.language import listed, say

# Versions of a text that are looked at, the latest first.
MOST_VERSIONS = 50
# Words told around each change, and changes told.
AROUND, MOST_CHANGES = 3, 4


def what_changed(of: str, cell: Cell, lesson: str, root: Path) -> str:
    """Say in a sentence or two how an English cell differs from the one with a digest; else what it is now."""
    if not of:
        return say('its header does not say which English text it renders (of="…").')
    now = " ".join(cell.source.split())
    before = _earlier(of, cell.name, lesson, root)
    if before is None:
        return say("the English cell has changed since it was rendered; it is now: “{now}”", now=now)
    return _difference(before.source, cell.source)


def _earlier(of: str, name: str, lesson: str, root: Path) -> Cell | None:
    """Return the cell that had a digest, from the history of its text; None where there is no such history."""
    path = text_name(lesson)
    for commit in _git(root, "log", "--format=%h", f"-{MOST_VERSIONS}", "--", path).split():
        try:
            cells = lesson_of(_git(root, "show", f"{commit}:./{path}"), lesson).cells
        except CourseError:  # a text of long ago
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
    """Say in a sentence which words became which, with a few around them."""
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
