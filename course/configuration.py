"""Read a course's nbgrader_config.py, and report what is wrong with it in one sentence."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course.errors import CourseError, course_error
from course.language import say

CONFIG = "nbgrader_config.py"


def load(root: Path) -> Any:
    """Read nbgrader_config.py in a course folder, as nbgrader does.

    Raises CourseError if there is none, or with file, line and reason if it cannot be read.
    """
    from traitlets.config import PyFileConfigLoader

    path = root / CONFIG
    if not path.is_file():
        raise course_error(
            "There is no {config} in {root}: go to the folder of the course and try again.", config=CONFIG, root=root
        )
    try:
        return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except (Exception, SystemExit) as error:  # whatever the file does, its author has to fix it
        raise course_error(
            "{path}: {why}. Fix it and try again.", path=place_of(error, path), why=reason_of(error)
        ) from error


@contextmanager
def readable_config_errors(root: Path) -> Iterator[None]:
    """Turn nbgrader's error for an invalid configuration value into a CourseError of one sentence."""
    from traitlets import TraitError

    try:
        yield
    except TraitError as error:
        path = root / CONFIG
        said = re.sub(r"<(?:\w+\.)*(\w+) object at 0x\w+>", r"an \1", str(error)).strip().rstrip(".")
        named = re.search(r"['‘](\w+)['’] trait of an? (\w+)", said)
        at = _line_with(path, rf"\b{named[2]}\.{named[1]}\b", rf"\.{named[1]}\b") if named else 0
        raise course_error(
            "{path}: nbgrader rejects a value: {said}. Fix it and try again.", path=_place(path, at), said=said
        ) from None


def _place(path: Path, line: int) -> str:
    return say("{path}, line {line}", path=path, line=line) if line else str(path)


def place_of(error: BaseException, path: Path) -> str:
    """Return the file in which an error was raised, with the line if known."""
    if isinstance(error, SyntaxError) and error.filename:
        return _place(Path(error.filename), error.lineno or 0)
    lines = [f.lineno or 0 for f in traceback.extract_tb(error.__traceback__) if Path(f.filename) == path]
    return _place(path, lines[-1] if lines else 0)


def _line_with(path: Path, *patterns: str) -> int:
    """Return the number of the last line with a match, of the first pattern that has any; 0 if none does."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    found = ([n for n, line in enumerate(lines, 1) if re.search(pattern, line)] for pattern in patterns)
    return next((numbers[-1] for numbers in found if numbers), 0)


def reason_of(error: BaseException) -> str:
    """Describe an error in one line."""
    if isinstance(error, CourseError):
        return str(error).rstrip(".")
    said = (error.msg if isinstance(error, SyntaxError) else str(error)).strip().partition("\n")[0].rstrip(".")
    if isinstance(error, SystemExit):
        return say("it ends the program")
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
