"""Build the notebooks: lesson texts become source/ (executed), source/ becomes release/ (with blanks).

Only the reader is imported eagerly: it needs only the standard library, and `course try` calls it. Building
itself needs jupytext, nbclient and nbgrader, which take a second to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import course.fast_import  # noqa: F401 - before a module of this package imports nbformat
from course.building.built_notebooks import reference_cells

__all__ = ["build", "reference_cells"]


def build(
    lessons: list[str] | None = None,
    language: str | None = None,
    root: Path | None = None,
    *,
    overwrite: bool = False,
    out: Path | None = None,
    accepted: Sequence[str] = (),
) -> Path:
    """Build source/ and release/ of the named lessons (by default all) from the texts under `root`.

    Returns the folder of the course that they were written into.

    Equal texts give equal bytes, whatever the day, the folder or the number of threads.

    language: by default the one that a lesson is already built in, else English. If the notebooks in `root` are in
    another language, the result goes into a separate course, root/<language>. overwrite: replace notebooks that were
    edited since they were built, keeping a copy, and notebooks in another language. out: the course to write into.
    accepted: cells, as CELL or LESSON.CELL, whose translations match the current English text.

    Raises CourseError, with file, cell and what to do, for a lesson text that breaks the format, an outdated or
    mismatched translation, a cell that raises or has irreproducible output, a solution line that would reach students,
    and a notebook that was edited since it was built.
    """
    from course.building.pipeline import build_lessons

    return build_lessons(lessons, language, root, overwrite=overwrite, out=out, accepted=accepted)
