"""Marked regions of a cell: solutions, hidden tests, marking schemes.

The markers are nbgrader's own (any line that contains `BEGIN SOLUTION` opens a region), so the same text
works with stock nbgrader.
"""

from __future__ import annotations

from course.language import say

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"
MARK_SCHEME = "MARK SCHEME"

CODE_STUB = "raise NotImplementedError()"


def regions(source: str, kind: str) -> list[str]:
    """Return the text inside each region of one kind.

    Raises ValueError, whose text says what to fix, if a marker has no partner.
    """
    found: list[str] = []
    inside: list[str] | None = None
    for line in source.split("\n"):
        if f"BEGIN {kind}" in line:
            if inside is not None:
                raise ValueError(
                    say("`BEGIN {kind}` stands inside another one: close the first with `END {kind}`.", kind=kind)
                )
            inside = []
        elif f"END {kind}" in line:
            if inside is None:
                raise ValueError(say("`END {kind}` has no `BEGIN {kind}` before it: add one, or delete it.", kind=kind))
            found.append("\n".join(inside))
            inside = None
        elif inside is not None:
            inside.append(line)
    if inside is not None:
        raise ValueError(say("`BEGIN {kind}` has no `END {kind}` after it: add one.", kind=kind))
    return found


def without_regions(source: str, kind: str, stub: str | None = None) -> str:
    """Return the cell's text without its regions; a stub, indented like the marker, replaces each."""
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        if f"BEGIN {kind}" in line:
            inside = True
            if stub is not None:
                kept.append(line[: len(line) - len(line.lstrip())] + stub)
        elif f"END {kind}" in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)
