"""The course's nbgrader settings, read once and without nbgrader's command line."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from course.errors import CourseError

CONFIG = "nbgrader_config.py"


def load_settings(root: Path) -> Any:
    """Read nbgrader_config.py of a course folder.

    Raises CourseError if there is none.
    """
    from traitlets.config import PyFileConfigLoader

    if not (root / CONFIG).is_file():
        raise CourseError(f"{CONFIG} is not here: go to the folder of the course and try again.")
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    config.CourseDirectory.root = str(root)
    return config


def course_folder(root: Path, config: Any) -> Any:
    """Return nbgrader's own view of the course: where things lie and which database is used."""
    from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]  # nbgrader ships no types

    return CourseDirectory(config=config, log=quiet_log())


def quiet_log() -> logging.Logger:
    """Return a log that tells problems only."""
    log = logging.getLogger("course.grading")
    log.setLevel(logging.ERROR)
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
    return log
