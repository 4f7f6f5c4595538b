"""The files in which platforms accept scores: which rows are students, which columns are assignments.

The rules are those of the platforms' own exporters and importers. The column and row names that Canvas looks for in its
gradebook are English in every language; it treats a missing score as a change, and a changed row of points too. The
headers of Moodle's grading worksheet are in the site's language, so its columns are recognised by position and content.
The first is the identifier, a word and the participant's number in this assignment. The grade has the maximum points
beside it, the same in each row. Moodle ignores a grade above the maximum, and one for a student graded since the
download, by the time in a column that is therefore left unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from course.desk.csv_file import CsvFile, number_in
from course.desk.people import Person, name_key
from course.desk.times import time_in
from course.errors import course_error
from course.language import later, say

# Canvas calculates a column with one of these in its name, and ignores it on import.
WORKED_OUT = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override Score|Override Grade"
    "|Override Status"
)
TITLE_AND_ID = re.compile(r"(?P<title>.*\S)\s*\((?P<id>\d+)\)\s*", re.S)
_MUTED = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.I | re.S)
TEST_STUDENTS = {"student, test", "test student"}
# Excused, and not assigned to this student: neither takes a score.
NOT_SCORED = {"EX": later("excused in Canvas"), "N/A": later("not assigned to this student in Canvas")}


def is_canvas(file: CsvFile) -> bool:
    return bool(_n_name_columns(file.header)) and "Section" in " ".join(file.header)


def _n_name_columns(header: list[str]) -> int:
    """Return how many columns hold the student's name, 0 if Canvas would reject the file."""
    if len(header) > 3 and "Student" in header[0] and "ID" in header[1]:
        return 1
    two = len(header) > 4 and "LastName" in header[0] and "FirstName" in header[1] and "ID" in header[2]
    return 2 if two else 0


class Sheet:
    """A file that accepts scores. grades_in: its platform. people: by row."""

    grades_in = ""

    def __init__(self, file: CsvFile) -> None:
        self.file = file
        self.people: dict[int, Person] = {}

    def columns(self) -> list[int]:
        """Return the columns that may hold scores."""
        raise NotImplementedError

    def most(self, column: int) -> str:
        """Return the text of the cell with an assignment's maximum points."""
        raise NotImplementedError

    def highest(self, most: float) -> float:
        """Return the highest score that is accepted for an assignment with this maximum."""
        return most

    def is_test_student(self, _row: int) -> bool:
        return False

    def locked(self, _row: int, _column: int) -> str:
        """Return why a cell is left unchanged, "" if it accepts a score."""
        return ""


class CanvasFile(Sheet):
    """A gradebook as exported from Canvas. points: the cells of the row “Points Possible”.

    Raises CourseError if the file is not one.
    """

    grades_in = "Canvas"

    def __init__(self, file: CsvFile) -> None:
        super().__init__(file)
        n_names = _n_name_columns(file.header)
        sections = [i for i, name in enumerate(file.header) if "Section" in name]
        if not n_names or not sections:
            raise course_error(
                "{path} is not a gradebook from Canvas: its first columns should be Student, ID … Section. In "
                "Canvas: Grades, Export, Export Entire Gradebook.",
                path=file.path,
            )
        self._first = sections[0] + 1
        column = {name.strip(): i for i, name in enumerate(file.header[: self._first])}
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
        return self.people[row].shown.casefold() in TEST_STUDENTS

    def columns(self) -> list[int]:
        names = list(enumerate(self.file.header))[self._first :]
        return [i for i, name in names if TITLE_AND_ID.fullmatch(name) and not WORKED_OUT.search(name)]

    def most(self, column: int) -> str:
        return self.points[column] if column < len(self.points) else ""

    def locked(self, row: int, column: int) -> str:
        if "read only" in self.most(column):
            return say("Canvas does not accept scores in this column")
        return say(NOT_SCORED.get(self.file.rows[row][column].text.strip().upper(), ""))

    def highest(self, most: float) -> float:
        return float("inf")  # extra points are allowed


IDENTIFIER = re.compile(r"[^\d@]*?[ _]?(\d+)")
# The header of the status column in the most common languages: it comes second if there is no column of names.
STATUS = {"status", "statut", "estado", "estat", "stato", "状态", "狀態", "ステータス", "статус", "durum", "stan"}


def is_moodle(file: CsvFile) -> bool:
    first = [row[0].text.strip() for row in file.rows[1:] if len(row) > 3]
    numbers = [found[1] for text in first if (found := IDENTIFIER.fullmatch(text))]
    worded = all(not text.isdigit() for text in first)
    return bool(first) and len(set(numbers)) == len(first) and worded


class MoodleFile(Sheet):
    """A grading worksheet as downloaded from an assignment in Moodle.

    Raises CourseError if the file is not one.
    """

    grades_in = "Moodle"

    def __init__(self, file: CsvFile) -> None:
        super().__init__(file)
        if not is_moodle(file):
            raise course_error(
                "{path} is not a grading worksheet from Moodle: its first column should be the identifier, such as "
                "“Participant 1234”. In the assignment: Submissions, Actions, Download grading worksheet.",
                path=file.path,
            )
        self._rows = [i for i, row in enumerate(file.rows) if i and len(row) == len(file.header)]
        grades = self.columns()
        self._end = min(grades, default=len(file.header))
        self._emails = next((c for c in range(1, self._end) if self._is_all(c, lambda t: "@" in t)), None)
        is_blind = self._end <= 2 or name_key(file.header[1]) in STATUS
        self._names = None if is_blind else 1
        self._ids = [] if is_blind else [c for c in range(2, self._end) if c != self._emails and self._are_ids(c)]
        later = range(max(grades) + 2, len(file.header)) if grades else range(0)
        times = [c for c in later if self._is_all(c, lambda t: t == "-" or bool(time_in(t)))]
        self._times = times[0] if len(times) > 1 else None  # the last one is the grade's
        self.people = {i: self._person(i) for i in self._rows}

    def _texts(self, column: int) -> list[str]:
        return [self.file.rows[i][column].text.strip() for i in self._rows]

    def _is_all(self, column: int, fits: Callable[[str], bool]) -> bool:
        texts = [text for text in self._texts(column) if text]
        return bool(texts) and all(fits(text) for text in texts)

    def _are_ids(self, column: int) -> bool:
        texts = [text for text in self._texts(column) if text]
        alone = len(set(texts)) == len(texts) and not any(re.search(r"\s", text) for text in texts)
        return alone and 2 * len(texts) >= len(self._rows) and name_key(self.file.header[column]) not in STATUS

    def _person(self, row: int) -> Person:
        def at(column: int | None) -> str:
            return "" if column is None else self.file.rows[row][column].text.strip()

        found = IDENTIFIER.fullmatch(at(0))
        number = found[1] if found else ""
        ids = (*(text for c in self._ids if (text := at(c))), *([at(self._emails)] if at(self._emails) else []))
        if self._names is None:
            ids = (f"Participant_{number}",)
        return Person(
            ids, at(self._names), email=at(self._emails), participant=number, handed_in=at(self._times).strip("-")
        )

    def columns(self) -> list[int]:
        """Return the columns that may hold the grade: empty or a number, with the same maximum beside it in each."""
        found = []
        for column in range(1, len(self.file.header) - 1):
            most = {number_in(text) for text in self._texts(column + 1)}
            top = most.pop() if len(most) == 1 else None
            grades = [number_in(text) for text in self._texts(column) if text]
            if top and top > 0 and all(grade is not None and 0 <= grade <= top for grade in grades):
                found.append(column)
        return found

    def most(self, column: int) -> str:
        return next(iter(self._texts(column + 1)), "")
