"""Six ways to a two-layer network: the package behind the lessons.

In a notebook: ``from course import same_draw, start``, in its check cells ``check``, in START ``points``. They are
looked up when they are used, so that importing ``course`` costs nothing, and so that ``python3 -m course`` runs with
the standard library alone. For the same reason this file keeps to syntax that old Pythons can parse.
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = ["find_device", "points", "same_draw", "start"]

_HOMES = {
    "find_device": "course.runner.devices",
    "points": "course.notebook",
    "same_draw": "course.dataset",
    "start": "course.notebook",
}


def __getattr__(name: str) -> object:
    if name == "check":
        return import_module("course.notebook").started()
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError("module 'course' has no attribute {!r}".format(name))
