"""Settings for the pages of feedback and formgrader. Every nbgrader command loads them, so little is imported here."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_FORMGRADER = "nbgrader.server_extensions.formgrader.formgrader"


def template_folders() -> list[str]:
    """Return the folders of nbconvert's page templates: the course's, then nbgrader's, which the course's extend.

    In both, nbconvert looks in the folder named after a template: feedback or formgrade, then classic.
    """
    nbgrader = find_spec("nbgrader")  # not imported, because every command reads the settings
    assert nbgrader is not None and nbgrader.origin is not None
    return [
        str(Path(__file__).parent / "templates"),
        str(Path(nbgrader.origin).parent / "server_extensions" / "formgrader" / "templates"),
    ]


def extend_formgrader() -> None:
    """Make formgrader's pages escape names, and add the course's page; do nothing if formgrader is not loaded.

    Its server reads the settings before it creates its pages, and has no setting for either.
    """
    if _FORMGRADER in sys.modules:
        from course.grading.in_a_row import extend

        extend(sys.modules[_FORMGRADER])
