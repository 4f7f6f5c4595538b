"""Read what a student handed in, and mend it from the release: no damage stops a class."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from course.grading.cell import claimed_name
from course.grading.mending import Mending
from course.grading.reading import MAX_FILE_BYTES, NotPlain, read_cells, read_plainly, source_of
from course.grading.release import Release
from course.language import LANGUAGES, say, using
from course.lessons import LESSONS

# How every lesson's first cell of code begins it.
_STARTS = re.compile(r"""\bstart\(\s*["'](\w{1,80})["']""")


@dataclass(frozen=True)
class Submission:
    """A submission after mending.

    cells: the student's order, with locked cells as released and lost cells put back.
    repairs: in words, what had to be mended. unreadable: why nothing could be read, else "". language: the one that the
    notebook was handed out in.
    """

    cells: tuple[NotebookNode, ...]
    repairs: tuple[str, ...] = ()
    unreadable: str = ""
    language: str = LANGUAGES[0]


def read_submission(path: Path, release: Release) -> Submission:
    """Read one submitted notebook; damage is mended or told in the notebook's language, never raised."""
    with using(release.language):
        try:
            cells, told = read_cells(read_plainly(path, MAX_FILE_BYTES))
        except NotPlain as reason:
            return unreadable(release, str(reason))
        except OSError as error:
            return unreadable(release, say("the file cannot be read ({reason})", reason=error.strerror))
        other = lesson_begun(cells)
        if other not in ("", release.lesson) and release.lesson in LESSONS:
            wrong = say("it is the notebook of {other}, not of {lesson}", other=other, lesson=release.lesson)
            return unreadable(release, wrong)
        mended = mend(cells, release)
        return replace(mended, repairs=(*told, *mended.repairs))


def mend(cells: Sequence[dict[str, Any]], release: Release) -> Submission:
    """Mend the cells of a notebook."""
    with using(release.language):
        return Submission(*Mending(release, list(cells)).mend(), language=release.language)


def mended(cells: Sequence[NotebookNode], release: Release) -> Submission:
    """Return a submission whose cells were mended before; nbgrader has put texts of its own into the locked ones."""
    given = {name: cell for name, cell in release.named.items() if not cell.metadata.nbgrader.solution}
    return Submission(tuple(given.get(claimed_name(cell), cell) for cell in cells), language=release.language)


def unreadable(release: Release, why: str) -> Submission:
    """Return what stands for a submission that cannot be read: the release, and why."""
    return Submission(tuple(copy.deepcopy(c) for c in release.notebook.cells), (), why, release.language)


def lesson_begun(cells: Sequence[dict[str, Any]]) -> str:
    """Return which lesson a notebook's own cells start, "" if none or several: names of cells are alike in all."""
    begun = {name for cell in cells for name in _STARTS.findall(source_of(cell)) if name in LESSONS}
    return begun.pop() if len(begun) == 1 else ""
