"""Text chosen by students stays text in a spreadsheet: no cell becomes a formula."""

from __future__ import annotations

import csv
import datetime
import io
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from course.building.built_notebooks import REPOSITORY
from course.grading.database import open_gradebook
from course.grading.export import CsvExport
from course.spreadsheet import as_csv, as_text
from tests import commands


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", " =1", "\t=1", "\r=1", "\uff1d1"]
)
def test_what_would_be_a_formula_is_text(text: str) -> None:
    assert as_text(text) == "'" + text


@pytest.mark.parametrize("cell", ["ada", "o'brien", "a=b", "名前", "", "-3.5", "+1", -3.5, 0, None])
def test_names_and_numbers_stay_as_they_are(cell: object) -> None:
    assert as_text(cell) is cell


def test_a_cell_keeps_its_commas_quotation_marks_and_lines() -> None:
    rows = [["a,b", 'say "x"', "two\nlines"], ["1", "", "é"]]
    assert list(csv.reader(io.StringIO(as_csv(rows).decode(), newline=""))) == rows


def book(folder: Path, *students: str) -> Gradebook:
    gradebook = open_gradebook(f"sqlite:///{folder / 'gradebook.db'}", "two-layer-network")
    for lesson in ("one", "two"):
        gradebook.add_assignment(lesson, duedate=datetime.datetime(2026, 1, 5))
        gradebook.add_notebook(lesson, lesson)
        gradebook.add_grade_cell("check", lesson, lesson, max_score=5, cell_type="code")
    for student in students:
        gradebook.add_student(student, first_name="Ada")
        gradebook.add_submission("one", student, timestamp=datetime.datetime(2026, 1, 6, 7, 8, 9, 10))
        grade = gradebook.find_grade("check", "one", "one", student)
        grade.auto_score = 4
        gradebook.find_submission_notebook("one", "one", student).late_submission_penalty = 1
        gradebook.db.commit()
    return gradebook


@pytest.mark.parametrize("wanted", [{}, {"student": ["bob"]}, {"assignment": ["two"]}])
def test_the_export_of_plain_names_is_what_nbgrader_writes(tmp_path: Path, wanted: dict[str, list[str]]) -> None:
    with book(tmp_path, "ada", "bob") as gradebook:
        for name, kind in (("theirs", CsvExportPlugin), ("ours", CsvExport)):
            kind(to=str(tmp_path / name), **wanted).export(gradebook)
    assert (tmp_path / "ours").read_text() == (tmp_path / "theirs").read_text()


def test_nbgrader_export_writes_no_formula_and_no_column_too_many(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    students = ["=HYPERLINK(1)", "a,b"]
    book(tmp_path, *students).close()
    commands.nbgrader(tmp_path, "export", HOME=str(tmp_path))
    file = tmp_path / "grades.csv"
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert {(row["student_id"], row["score"], row["max_score"]) for row in rows if row["assignment"] == "one"} == {
        ("'=HYPERLINK(1)", "3.0", "5.0"),
        ("a,b", "3.0", "5.0"),
    }
    assert file.stat().st_mode & 0o077 == 0
