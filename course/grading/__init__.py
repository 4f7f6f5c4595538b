"""Grading: submissions in, graded notebooks and gradebook rows out, all in nbgrader's own formats.

`submission` reads and mends, `examiner` asks and judges, the worker runs in between, `gradebook` and `store` record,
`batch` does it for a class.
"""

from __future__ import annotations

from typing import Any

import course.fast_import  # noqa: F401 - before a module of this package imports nbformat

__all__ = ["grade"]


def __getattr__(name: str) -> Any:
    # nbgrader takes a second to import; who only asks for a name of this room does not wait for it
    if name == "grade":
        from course.grading.batch import grade

        return grade
    raise AttributeError(name)
