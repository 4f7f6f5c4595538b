"""Read a submitted notebook and mend it from the release, so that no damage stops the grading of a class."""

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

# The call by which every lesson's first code cell starts the lesson.
_STARTS = re.compile(r"""\bstart\(\s*["'](\w{1,80})["']""")


@dataclass(frozen=True)
class Submission:
    """A submission after mending.

    cells: in the student's order, with locked cells as released and lost cells put back.
    repairs: what had to be mended, in words. unreadable: why nothing could be read, else "". language: the language
    the notebook was handed out in.
    """

    cells: tuple[NotebookNode, ...]
    repairs: tuple[str, ...] = ()
    unreadable: str = ""
    language: str = LANGUAGES[0]


def read_submission(path: Path, release: Release) -> Submission:
    """Read one submitted notebook; damage is mended or reported in the notebook's language, never raised."""
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
    """Return a submission of mended cells, with locked cells as released: nbgrader has overwritten their text."""
    given = {name: cell for name, cell in release.named.items() if not cell.metadata.nbgrader.solution}
    return Submission(tuple(given.get(claimed_name(cell), cell) for cell in cells), language=release.language)


def unreadable(release: Release, why: str) -> Submission:
    """Return the stand-in for a submission that cannot be read: the released cells, and the reason."""
    return Submission(tuple(copy.deepcopy(c) for c in release.notebook.cells), (), why, release.language)


def lesson_begun(cells: Sequence[dict[str, Any]]) -> str:
    """Return the lesson that a notebook's cells start, "" if none or several; all lessons share their cell names."""
    begun = {name for cell in cells for name in _STARTS.findall(source_of(cell)) if name in LESSONS}
    return begun.pop() if len(begun) == 1 else ""
