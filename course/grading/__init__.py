"""Grading: turns submissions into graded notebooks and gradebook rows, all in nbgrader's own formats.

`submission` reads and mends, `jobs` draws the questions, workers run the student's code, `examiner` judges, `gradebook`
and `store` record, `batch` grades a class.
"""

from __future__ import annotations

from typing import Any

import course.fast_import  # noqa: F401 - before a module of this package imports nbformat

__all__ = ["grade"]


def __getattr__(name: str) -> Any:
    # nbgrader takes a second to import, so load it only when `grade` is requested
    if name == "grade":
        from course.grading.batch import grade

        return grade
    raise AttributeError(name)
