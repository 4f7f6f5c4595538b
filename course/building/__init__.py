"""Make the notebooks: lesson texts become source/ (executed), source/ becomes release/ (with blanks).

Only the readers are imported at once: they need nothing but the standard library, and `course try` and
grading call them. Building itself needs jupytext, nbclient and nbgrader, which take a second to import.
"""

from __future__ import annotations

from pathlib import Path

import course.fast_import  # noqa: F401 - before a module of this package imports nbformat
from course.building.built_notebooks import CellRecord, reference_cells, release_record

__all__ = ["CellRecord", "build", "reference_cells", "release_record"]


def build(
    lessons: list[str] | None = None, language: str = "en", root: Path | None = None, *, overwrite: bool = False
) -> None:
    """Build source/ and release/ of the named lessons (all of them by default) under `root`.

    Equal texts give equal bytes, whatever the day, the folder or the number of threads.

    overwrite: also a notebook that somebody has changed since it was built; a copy of it is kept.

    Raises CourseError, which says file, cell and what to do, for a lesson text that breaks the format, a cell
    that raises or prints what cannot be printed again, a solution line that would reach students, and a notebook that
    was changed since it was built.
    """
    from course.building.pipeline import build_lessons

    build_lessons(lessons, language, root, overwrite=overwrite)
