"""Canvas's gradebook file: which rows are students, which columns are assignments.

The rules are those of Canvas's own exporter and importer: names of columns and rows that it looks for are English in
every language; a score that is missing is taken for a change, and so is a changed row of points.
"""

from __future__ import annotations

import re

from course.desk.csv_file import CsvFile
from course.desk.people import Person
from course.errors import course_error
from course.language import later, say

# A column with one of these in its name is worked out by Canvas, and ignored when it comes back.
WORKED_OUT = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override Score|Override Grade"
    "|Override Status"
)
TITLE_AND_ID = re.compile(r"(?P<title>.*\S)\s*\((?P<id>\d+)\)\s*", re.S)
_MUTED = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.I | re.S)
TEST_STUDENTS = {"student, test", "test student"}
# Excused, and not meant for this student: the score of neither is looked at.
NOT_SCORED = {"EX": later("excused in Canvas"), "N/A": later("not assigned to this student in Canvas")}


def is_canvas(file: CsvFile) -> bool:
    return bool(_n_name_columns(file.header)) and "Section" in " ".join(file.header)


def _n_name_columns(header: list[str]) -> int:
    """Return how many columns hold the student's name, 0 where Canvas would not take the file."""
    if len(header) > 3 and "Student" in header[0] and "ID" in header[1]:
        return 1
    two = len(header) > 4 and "LastName" in header[0] and "FirstName" in header[1] and "ID" in header[2]
    return 2 if two else 0


class CanvasFile:
    """A gradebook as exported from Canvas.

    people: by row. points: the cell of “Points Possible”, by column.

    Raises CourseError if it is none.
    """

    grades_in = "Canvas"

    def __init__(self, file: CsvFile) -> None:
        self.file = file
        n_names = _n_name_columns(file.header)
        sections = [i for i, name in enumerate(file.header) if "Section" in name]
        if not n_names or not sections:
            raise course_error(
                "{path} is no gradebook from Canvas: its first columns would be Student, ID … Section. In "
                "Canvas: Grades, Export, Export Entire Gradebook.",
                path=file.path,
            )
        self._first = sections[0] + 1
        column = {name.strip(): i for i, name in enumerate(file.header[: self._first])}
        self.people: dict[int, Person] = {}
        self.points: list[str] = []
        for i, row in enumerate(file.rows[1:], start=1):
            cells = [cell.text.strip() for cell in row]
            if all(_MUTED.fullmatch(text) for text in cells):
                continue
            if "Points Possible" in cells[0]:
                self.points = cells
                continue
            cells += [""] * (self._first - len(cells))
            found = {name: cells[at] for name, at in column.items()}
            ids = tuple(found[name] for name in ("SIS Login ID", "SIS User ID", "ID") if found.get(name))
            names = [re.sub(r'^="(.*)"$', r"\1", text) for text in cells[:n_names]]
            first, last = (names[1], names[0]) if n_names == 2 else ("", "")
            name = "" if n_names == 2 else names[0]
            email = next((i for i in ids if "@" in i), "")
            self.people[i] = Person(ids, name, first, last, email, found.get("ID", ""))

    def is_test_student(self, row: int) -> bool:
        person = self.people[row]
        return person.shown.casefold() in TEST_STUDENTS

    def columns(self) -> dict[int, str]:
        """Return the columns of assignments, each with its title."""
        names = list(enumerate(self.file.header))[self._first :]
        titles = ((i, TITLE_AND_ID.fullmatch(name)) for i, name in names if not WORKED_OUT.search(name))
        return {i: found["title"] for i, found in titles if found}

    def most(self, column: int) -> str:
        """Return the cell with the most points of an assignment."""
        return self.points[column] if column < len(self.points) else ""

    def locked(self, row: int, column: int) -> str:
        """Say why a cell is left as it is, "" if it takes a score."""
        if "read only" in self.most(column):
            return say("Canvas takes no scores in this column")
        return say(NOT_SCORED.get(self.file.rows[row][column].text.strip().upper(), ""))

    @staticmethod
    def highest(_: float) -> float:
        return float("inf")  # more than all points is allowed
