"""The course's nbgrader settings, read once and without nbgrader's command line."""

from __future__ import annotations

import logging
import sys
from functools import cache
from pathlib import Path
from typing import Any

from course import configuration


def load_settings(root: Path) -> Any:
    """Read nbgrader_config.py of a course folder.

    Raises CourseError if there is none, or if it is broken.
    """
    config = configuration.load(root)
    config.CourseDirectory.root = str(root)
    return config


def course_folder(root: Path, config: Any = None) -> Any:
    """Return nbgrader's `CourseDirectory` of a course: its folders and its database.

    config: by default the configuration in that folder.
    """
    from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]  # nbgrader ships no types

    with configuration.readable_config_errors(root):
        return CourseDirectory(config=load_settings(root) if config is None else config, log=quiet_log())


@cache
def quiet_log() -> logging.Logger:
    """Return a logger that reports only errors, on stderr."""
    log = logging.getLogger("course.grading")
    log.setLevel(logging.ERROR)
    log.addHandler(logging.StreamHandler(sys.stderr))
    return log
