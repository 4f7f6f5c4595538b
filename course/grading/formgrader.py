"""What nbgrader_config.py sets for the pages of feedback and formgrader. Every command reads it: little is imported."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_FORMGRADER = "nbgrader.server_extensions.formgrader.formgrader"


def template_folders() -> list[str]:
    """Return where nbconvert finds the templates of pages: the course's, then nbgrader's, which these are made of.

    In both it looks in folders of a template's name: feedback or formgrade, then classic.
    """
    nbgrader = find_spec("nbgrader")  # found and not imported: the settings are read by every command
    assert nbgrader is not None and nbgrader.origin is not None
    return [
        str(Path(__file__).parent / "templates"),
        str(Path(nbgrader.origin).parent / "server_extensions" / "formgrader" / "templates"),
    ]


def extend_formgrader() -> None:
    """Let formgrader's pages show names as text, and have the course's; where there is no formgrader do nothing.

    Its server reads the settings before it makes its pages, and has no setting for these.
    """
    if _FORMGRADER in sys.modules:
        from course.grading.in_a_row import extend

        extend(sys.modules[_FORMGRADER])
