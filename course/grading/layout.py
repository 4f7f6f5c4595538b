"""The layout of a graded notebook's page: each exercise with its points, and the lesson's own text folded.

`Layout` notes each cell's place on the page; `templates/` render that, on top of nbgrader's own templates. Feedback
knows the points when the page is made; formgrader's page requests them, as they change while somebody grades.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.preprocessors import GetGrades  # type: ignore[import-untyped]  # as above

from course.grading.cell import NOTE
from course.grading.pages import MOST_OF_A_TEXT
from course.language import of_notebook, say, use
from course.lessons.stated import CHECK

# The metadata key that templates read. It is set on every cell, so that a submission cannot supply its own.
PLACE = "place"
# How many characters of a heading are shown, and how many headings of the text between two exercises.
LONGEST_HEADING, MOST_HEADINGS = 100, 20


class Layout(Preprocessor):
    """Note in each cell's metadata which exercise, or which part of the lesson's text, it belongs to.

    The entry `place` has `of`, the exercise, "" for text, None for the note on top; `graded`, whether the cell has
    points; `section`, the heading above; `begins`, if it is the first cell of its exercise or text. Text also has
    `opens`, its headings, in its first cell, and `closes` in its last.
    """

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        use(of_notebook(nb))
        resources["say"], resources["title"], resources["language_code"] = say, "", of_notebook(nb)
        section = ""
        following = [*nb.cells[1:], None]
        of = {id(cell): _exercise_of(cell, after) for cell, after in zip(nb.cells, following, strict=True)}
        for exercise, group in groupby(nb.cells, lambda cell: of[id(cell)]):
            cells = list(group)
            headings = list(_headings(cells))
            if exercise == "":
                resources["title"] = resources["title"] or next((text for level, text in headings if level == 1), "")
            section = headings[-1][1] if headings else section
            for cell in cells:
                cell.metadata[PLACE] = NotebookNode(of=exercise, graded=_is_graded(cell), section=section)
            cells[0].metadata[PLACE].begins = True
            if exercise == "":
                cells[0].metadata[PLACE].opens = [text for _, text in headings[:MOST_HEADINGS]]
                cells[-1].metadata[PLACE].closes = True
        return nb, resources


def _exercise_of(cell: NotebookNode, following: NotebookNode | None) -> str | None:
    """Return the exercise a cell belongs to, "" for the lesson's text, None for the note on top."""
    if _is_answered(cell):
        return str(cell.metadata.nbgrader.grade_id).removeprefix(CHECK)
    after = following or cell
    if {cell.cell_type, after.cell_type} == {"markdown"} and _is_answered(after):  # the question answered in words
        return str(after.metadata.nbgrader.grade_id)
    return None if cell.get("id") == NOTE else ""


def _is_answered(cell: NotebookNode) -> bool:
    return bool(utils.is_solution(cell)) or _is_graded(cell)


def _is_graded(cell: NotebookNode) -> bool:
    return bool(utils.is_grade(cell) or utils.is_task(cell))


def _headings(cells: list[NotebookNode]) -> Iterator[tuple[int, str]]:
    """Yield level and text of each heading, read line by line: regular expressions are not safe on hostile text."""
    for cell in cells:
        if cell.cell_type == "markdown" and not _is_answered(cell):
            in_code = False
            for line in cell.source[:MOST_OF_A_TEXT].splitlines():
                in_code ^= line.startswith("```")
                level = len(line) - len(line.lstrip("#"))
                if not in_code and 0 < level <= 6 and line[level : level + 1].isspace():
                    yield level, line.strip("# \t").replace("`", "")[:LONGEST_HEADING]


class Grades(GetGrades):
    """Add each cell's points to a student's page, and whether they wait for a person."""

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        names = (cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["waits"] = bool(self.gradebook.find_grade(*names).needs_manual_grade)
