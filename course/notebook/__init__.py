"""The check verb of the notebooks: ask a student's function at once, in the notebook, and say what is wrong."""

from course.notebook.check import Check, start, started
from course.notebook.output import CheckFailed
from course.notebook.progress import points

__all__ = ["Check", "CheckFailed", "points", "start", "started"]
