"""Make release notebooks from source notebooks with nbgrader's own generate_assignment."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]  # as above
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]  # as above
from nbgrader.preprocessors import SaveCells  # type: ignore[import-untyped]  # as above
from traitlets.config import Config

from course import configuration
from course.building.built_notebooks import REPOSITORY
from course.errors import course_error


def generate_release(sources: dict[str, Path], root: Path) -> dict[str, bytes]:
    """Return the release notebook of each lesson, made from its source notebook.

    Works in a temporary course without a gradebook, so neither the course's gradebook nor its release/ is
    touched, whatever fails.
    """
    with tempfile.TemporaryDirectory(prefix="course-release-") as name:
        folder = Path(name).resolve()
        for lesson, path in sources.items():
            target = folder / "source" / lesson / f"{lesson}.ipynb"
            target.parent.mkdir(parents=True)
            shutil.copyfile(path, target)
        home = root if (root / configuration.CONFIG).is_file() else REPOSITORY
        with configuration.readable_config_errors(home):
            return {lesson: _generate(lesson, folder, _config(home, folder)) for lesson in sources}


def _config(home: Path, folder: Path) -> Config:
    """Return the course's nbgrader settings, pointed at the temporary course."""
    config: Config = configuration.load(home)
    config.CourseDirectory.root = str(folder)
    return config


def _generate(lesson: str, folder: Path, config: Config) -> bytes:
    errors: list[str] = []
    log = logging.Logger("generate_assignment", logging.ERROR)
    handler = logging.Handler()
    handler.emit = lambda record: errors.append(record.getMessage())  # type: ignore[method-assign]
    log.addHandler(handler)

    course = CourseDirectory(config=config, assignment_id=lesson, log=log)
    converter = GenerateAssignment(coursedir=course, config=config, log=log, no_database=True)
    # SaveCells records cells in a gradebook and does not change the notebook. Creating a gradebook takes a second
    # and needs the command `alembic` on the PATH; `nbgrader generate_assignment` does it if the instructor wants one.
    converter.preprocessors = [step for step in converter.preprocessors if step is not SaveCells]
    try:
        converter.start()
    except NbGraderException as error:
        # nbgrader logs the cause as a traceback, with the message in its last line, and raises a generic exception.
        traces = [text for text in errors if text.startswith("Traceback")] or errors or [str(error)]
        reason = traces[0].strip().splitlines()[-1]
        raise course_error(
            "nbgrader could not make release/{lesson} from source/{lesson}: {reason}", lesson=lesson, reason=reason
        ) from error
    return (folder / "release" / lesson / f"{lesson}.ipynb").read_bytes()
