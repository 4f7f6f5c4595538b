"""What a reader of a graded notebook sees first: each exercise with its points, and the lesson's own text folded.

`Layout` says of each cell where it stands in the page; `templates/` draw that, over nbgrader's own templates. Feedback
knows the points when the page is made; formgrader's page asks for them, as they change while somebody grades.
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

# Where a template finds what is said here. It is written for every cell, so that none brings its own.
PLACE = "place"
# As many characters of a heading are shown, and as many headings of the text between two exercises.
LONGEST_HEADING, MOST_HEADINGS = 100, 20


class Layout(Preprocessor):
    """Say of each cell which exercise it belongs to, or which part of the lesson's text.

    What stands in a cell's `place`: `of`, the exercise it belongs to, "" for text; `graded`, whether it has points;
    `section`, the heading above; `begins`, if it is the first of its exercise or text. Of text also `opens`, its
    headings, in the first cell, and `closes` in the last.
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
    """Return the exercise a cell belongs to, "" for the lesson's text, None for what is to be known first."""
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
    """Yield level and words of each heading, read line by line: no pattern is made for hostile text."""
    for cell in cells:
        if cell.cell_type == "markdown" and not _is_answered(cell):
            in_code = False
            for line in cell.source[:MOST_OF_A_TEXT].splitlines():
                in_code ^= line.startswith("```")
                level = len(line) - len(line.lstrip("#"))
                if not in_code and 0 < level <= 6 and line[level : level + 1].isspace():
                    yield level, line.strip("# \t").replace("`", "")[:LONGEST_HEADING]


class Grades(GetGrades):
    """Put each cell's points into a student's page, and whether they wait for a person."""

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        names = (cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader["waits"] = bool(self.gradebook.find_grade(*names).needs_manual_grade)
