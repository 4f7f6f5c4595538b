"""Six ways to a two-layer network: the package behind the lessons.

Notebooks import ``same_draw`` and ``start``, their check cells ``check``, and START ``points``. These names are looked
up on first use, so that importing ``course`` costs nothing and ``python3 -m course`` runs with the standard library
alone. For the same reason this file uses only syntax that old Pythons can parse.
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
