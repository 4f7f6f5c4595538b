"""Make the notebooks: lesson texts become source/ (executed), source/ becomes release/ (with blanks).

Only the readers are imported at once: they need nothing but the standard library, and `course try` and
grading call them. Building itself needs jupytext, nbclient and nbgrader, which take a second to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import course.fast_import  # noqa: F401 - before a module of this package imports nbformat
from course.building.built_notebooks import CellRecord, reference_cells, release_record

__all__ = ["CellRecord", "build", "reference_cells", "release_record"]


def build(
    lessons: list[str] | None = None,
    language: str | None = None,
    root: Path | None = None,
    *,
    overwrite: bool = False,
    out: Path | None = None,
    accepted: Sequence[str] = (),
) -> Path:
    """Build source/ and release/ of the named lessons (all of them by default) from the texts under `root`.

    Returns the course that they were written into.

    Equal texts give equal bytes, whatever the day, the folder or the number of threads.

    language: by default the one that a lesson is built in already, else English. A language that `root` is not in is
    written into a course of its own, root/<language>. overwrite: also a notebook that somebody has changed since it was
    built, and one in another language; a copy of what was changed is kept. out: the course to write into. accepted:
    cells, as CELL or LESSON.CELL, whose translation renders what the English text says now.

    Raises CourseError, which says file, cell and what to do, for a lesson text that breaks the format, a translation
    that is not that of the English text, a cell that raises or prints what cannot be printed again, a solution line
    that would reach students, and a notebook that was changed since it was built.
    """
    from course.building.pipeline import build_lessons

    return build_lessons(lessons, language, root, overwrite=overwrite, out=out, accepted=accepted)
