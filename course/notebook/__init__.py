"""The `check` of the notebooks: call a student's function in the notebook and show at once what is wrong."""

from course.notebook.check import Check, start, started
from course.notebook.output import CheckFailed
from course.notebook.progress import points

__all__ = ["Check", "CheckFailed", "points", "start", "started"]
