"""Settings for the pages of feedback and formgrader. Every nbgrader command loads them, so little is imported here."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_FEEDBACK = "nbgrader.converters.generate_feedback"
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


def finish_feedback() -> None:
    """Make `nbgrader generate_feedback` write what a killed run left without a whole page, which it would skip.

    Do nothing if that command is not loaded. It has no setting for this, and `--force` removes all pages first.
    """
    if _FEEDBACK in sys.modules:
        kind = sys.modules[_FEEDBACK].GenerateFeedback
        is_to_be_written = kind.init_destination

        def init_destination(self: Any, assignment_id: str, student_id: str) -> bool:
            source, made = (
                Path(place(assignment_id, student_id)) for place in (self._format_source, self._format_dest)
            )
            pages = [made / f"{notebook.stem}.html" for notebook in source.glob("*.ipynb")]
            unfinished = made.is_dir() and not all(map(_is_whole, pages))
            return unfinished or bool(is_to_be_written(self, assignment_id, student_id))

        kind.init_destination = init_destination


def _is_whole(page: Path) -> bool:
    try:
        return page.read_bytes().rstrip().endswith(b"</html>")
    except OSError:
        return False
