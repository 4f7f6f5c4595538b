"""Feedback pages, written by nbgrader's own command."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from course.errors import course_error
from course.language import say
from course.lessons import LESSONS
from course.sandbox.system import n_processors


def write_feedback(root: Path) -> None:
    """Run `nbgrader generate_feedback` for every lesson that has graded notebooks.

    Raises CourseError with nbgrader's last line if it fails.
    """
    graded = [lesson for lesson in LESSONS if any(root.glob(f"autograded/*/{lesson}/{lesson}.ipynb"))]
    # one process a lesson: nbgrader changes its working directory, so it cannot be called from threads
    with ThreadPoolExecutor(n_processors()) as executor:
        list(executor.map(lambda lesson: _write_lesson(root, lesson), graded))


def _write_lesson(root: Path, lesson: str) -> None:
    words = [sys.executable, "-m", "nbgrader", "generate_feedback", lesson, "--force"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [say("it said nothing")])[-1]
        raise course_error("Feedback for {lesson} could not be written: {last}", lesson=lesson, last=last)
