"""Mark schemes: shown below each written answer in formgrader but not in feedback, and split into parts with points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]  # nbgrader ships no types

from course.grading.cell import FORMGRADER_KEY, name_of
from course.grading.settings import course_folder
from course.language import say
from course.regions import MARK_SCHEME, SOLUTION, regions, without_regions

_PART = re.compile(r"^ ?(?:[-*] +(\d+(?:\.\d+)?) *(?:points?\b|分)|(\d+(?:\.\d+)?) *=)", re.M)


class ShowMarkScheme(Preprocessor):
    """Insert the mark scheme and the model answer of the instructor's notebook below each written answer."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        if FORMGRADER_KEY not in resources:
            return nb, resources
        course = course_folder(Path(self.config.CourseDirectory.root), self.config)
        asked = questions_of(course, resources["assignment_id"], resources["notebook_id"])
        shown = []
        for cell in nb.cells:
            shown.append(cell)
            question = asked.get(name_of(cell))
            if question is not None and question.scheme and cell.cell_type == "markdown":
                shown.append(nbformat.v4.new_markdown_cell(question.scheme))
        nb.cells = shown
        return nb, resources


@dataclass(frozen=True)
class Written:
    """A question answered in words. asked and scheme are Markdown; parts: the points of each part, if stated."""

    name: str
    points: float
    asked: str
    scheme: str
    parts: tuple[float, ...]


def questions_of(course: Any, assignment: str, notebook: str) -> dict[str, Written]:
    """Return the written questions of an instructor's notebook, by name; none if it cannot be read."""
    path = Path(course.format_path(course.source_directory, ".", assignment), f"{notebook}.ipynb")
    found: dict[str, Written] = {}
    try:
        cells = nbformat.read(path, as_version=4).cells
        for before, cell in pairwise([NotebookNode(cell_type="none"), *cells]):
            if cell.cell_type == "markdown" and utils.is_grade(cell) and utils.is_solution(cell):
                name, points = cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points)
                asked = before.source if before.cell_type == "markdown" else ""
                found[name] = Written(name, points, asked, scheme_of(cell.source), parts_of(cell.source, points))
    except (OSError, ValueError, nbformat.ValidationError):
        return {}
    return found


def parts_of(source: str, points: float) -> tuple[float, ...]:
    """Return the points of each part of a mark scheme, in order, from lines like `- 2 points, …` and `2 = …`.

    Empty if there is only one, or if they do not add up to the cell's points: then the lines mean something else.
    """
    found = [_PART.findall(text) for text in regions(source, MARK_SCHEME)]
    parts = tuple(float(item or bare) for text in found for item, bare in text)
    return parts if len(parts) > 1 and sum(parts) == points else ()


def scheme_of(source: str) -> str:
    """Return the mark scheme and the model answer between nbgrader's markers in a cell, as Markdown.

    Raises ValueError if a marker has no partner.
    """
    answers = regions(without_regions(source, MARK_SCHEME), SOLUTION)
    titled = [(say("How it is marked"), text) for text in regions(source, MARK_SCHEME)]
    titled += [(say("A model answer"), text) for text in answers]
    return "\n\n".join(f"**{title}**\n\n{text.strip()}" for title, text in titled if text.strip())
