"""Formgrader's page with the mark scheme and the model answer below each written answer; feedback has neither."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]  # nbgrader ships no types

from course.grading.settings import course_folder
from course.language import say
from course.regions import MARK_SCHEME, SOLUTION, regions, without_regions

# What formgrader alone hands the template of a page: nobody but who marks sees the page.
OF_FORMGRADER = "submission_id"


class ShowMarkScheme(Preprocessor):
    """Put what the instructor's notebook says of a written answer below it."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        if OF_FORMGRADER not in resources:
            return nb, resources
        schemes = self._schemes(resources["assignment_id"], resources["notebook_id"])
        shown = []
        for cell in nb.cells:
            shown.append(cell)
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if utils.is_grade(cell) and utils.is_solution(cell) and name in schemes:
                shown.append(nbformat.v4.new_markdown_cell(schemes[name]))
        nb.cells = shown
        return nb, resources

    def _schemes(self, assignment: str, notebook: str) -> dict[str, str]:
        """Return a text for each written answer of the instructor's notebook; none where it cannot be read."""
        course = course_folder(Path(self.config.CourseDirectory.root), self.config)
        path = Path(course.format_path(course.source_directory, ".", assignment), f"{notebook}.ipynb")
        try:
            cells = nbformat.read(path, as_version=4).cells
            written = [c for c in cells if c.cell_type == "markdown" and utils.is_grade(c) and utils.is_solution(c)]
            found = {c.metadata.nbgrader.grade_id: scheme_of(c.source) for c in written}
        except (OSError, ValueError, nbformat.ValidationError):
            return {}
        return {name: text for name, text in found.items() if text}


def scheme_of(source: str) -> str:
    """Return the mark scheme and the model answer that stand in a cell between nbgrader's marks, as Markdown.

    Raises ValueError where a mark has no partner.
    """
    answers = regions(without_regions(source, MARK_SCHEME), SOLUTION)
    titled = [(say("How it is marked"), text) for text in regions(source, MARK_SCHEME)]
    titled += [(say("A model answer"), text) for text in answers]
    return "\n\n".join(f"**{title}**\n\n{text.strip()}" for title, text in titled if text.strip())
