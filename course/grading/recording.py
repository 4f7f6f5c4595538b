"""Record a lesson's cells in the gradebook, with nbgrader's own `generate_assignment`."""

from __future__ import annotations

import logging
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from nbgrader.api import app_log  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]  # as above
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]  # as above

from course.errors import course_error
from course.grading.assignment import notebooks_of
from course.grading.release import read_built
from course.grading.settings import course_folder
from course.sandbox.scratch import Scratch

# Where nbgrader's gradebook writes tracebacks of errors that it raises as well: said once is enough.
app_log.addHandler(logging.NullHandler())


def record_cells(lesson: str, root: Path, config: Any, db_url: str) -> None:
    """Record which cells a lesson has and what they are worth. It works on a copy: release/ stays as it is.

    Raises CourseError, whose cause is what went wrong.
    """
    for notebook in notebooks_of(lesson, root):
        read_built("source", lesson, root, notebook)
    with closing(Scratch()) as scratch:
        folder = Path(scratch.path).resolve()
        shutil.copytree(root / "source" / lesson, folder / "source" / lesson)
        config = config.copy()
        config.CourseDirectory.root = str(folder)
        config.CourseDirectory.db_url = db_url
        course = course_folder(folder, config)
        course.assignment_id = lesson
        # nbgrader writes what went wrong into its log, as a traceback, and raises something general
        log, seen = logging.Logger("generate_assignment", logging.ERROR), list[BaseException | None]()
        log.addHandler(handler := logging.Handler())
        handler.emit = lambda record: seen.append(sys.exception())  # type: ignore[method-assign]
        try:
            GenerateAssignment(coursedir=course, config=config, log=log).start()
        except NbGraderException as error:
            why = next((e for e in seen if e is not None), error)
            raise course_error(
                "The cells of {lesson} could not be recorded in the gradebook: {why}", lesson=lesson, why=why
            ) from why
