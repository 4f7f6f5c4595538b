"""Moodle's grading worksheet: its headers are in the site's language, so columns are known by where and what they are.

The first column is the identifier, a word and the number of the participant in this assignment. The grade has the most
points beside it, the same in each row. Moodle passes over a grade above that, and one that was given since the file
was made, by the time in a column that is therefore left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from course.desk.csv_file import CsvFile, number_in
from course.desk.people import Person, name_key
from course.desk.times import time_in
from course.errors import course_error

IDENTIFIER = re.compile(r"[^\d@]*?[ _]?(\d+)")
# As the column is called where no column with names comes before it, in the languages most sites use.
STATUS = {"status", "statut", "estado", "estat", "stato", "状态", "狀態", "ステータス", "статус", "durum", "stan"}


def is_moodle(file: CsvFile) -> bool:
    first = [row[0].text.strip() for row in file.rows[1:] if len(row) > 3]
    numbers = [found[1] for text in first if (found := IDENTIFIER.fullmatch(text))]
    worded = all(not text.isdigit() for text in first)
    return bool(first) and len(set(numbers)) == len(first) and worded


class MoodleFile:
    """A grading worksheet as downloaded from an assignment in Moodle.

    people: by row.

    Raises CourseError if it is none.
    """

    grades_in = "Moodle"

    def __init__(self, file: CsvFile) -> None:
        self.file = file
        if not is_moodle(file):
            raise course_error(
                "{path} is no grading worksheet from Moodle: its first column would be the identifier, such as "
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
        self._times = times[0] if len(times) > 1 else None  # the last one is that of the grade
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

    def is_test_student(self, _: int) -> bool:
        return False

    def columns(self) -> dict[int, str]:
        """Return what may be the column of the grade: empty or a number, beside it the same number in each row."""
        found = {}
        for column, header in list(enumerate(self.file.header))[1:-1]:
            most = {number_in(text) for text in self._texts(column + 1)}
            top = most.pop() if len(most) == 1 else None
            if top and top > 0 and all(not text or _is_grade(text, top) for text in self._texts(column)):
                found[column] = header
        return found

    def most(self, column: int) -> str:
        return next(iter(self._texts(column + 1)), "")

    def locked(self, _row: int, _column: int) -> str:
        return ""

    @staticmethod
    def highest(most: float) -> float:
        return most


def _is_grade(text: str, top: float) -> bool:
    value = number_in(text)
    return value is not None and 0 <= value <= top
