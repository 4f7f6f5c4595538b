"""A list of students: a gradebook from Canvas, a grading worksheet from Moodle, or a table of one's own."""

from __future__ import annotations

import re
from pathlib import Path

from course.desk.canvas import CanvasFile, is_canvas
from course.desk.csv_file import CsvFile
from course.desk.moodle import MoodleFile, is_moodle
from course.desk.people import Person, name_key
from course.errors import course_error
from course.grading.enrolling import MAX_TEXT
from course.language import say
from course.spreadsheet import FORMULA

# The columns that `nbgrader db student import` takes; others are passed over.
COLUMNS = {"id": "id", "firstname": "first_name", "lastname": "last_name", "email": "email", "lmsuserid": "lms_id"}
# What a folder can be called on every system; Windows keeps some names to itself.
FOR_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def read_roster(path: Path) -> list[Person]:
    """Read a list of students of any kind.

    Raises CourseError if it is none, or says something twice.
    """
    file = CsvFile(path)
    if is_canvas(file):
        canvas = CanvasFile(file)
        return [person for row, person in canvas.people.items() if not canvas.is_test_student(row)]
    column = {COLUMNS[key]: i for i, name in enumerate(file.header) if (key := name_key(name)) in COLUMNS}
    if is_moodle(file) and ("id" not in column or MoodleFile(file).columns()):
        return list(MoodleFile(file).people.values())
    if "id" not in column:
        raise course_error(
            "{path} is no list of students: it is no gradebook from Canvas, no grading worksheet from "
            "Moodle, and has no column “id” (others are first_name, last_name, email, lms_user_id).",
            path=path,
        )
    people = []
    for row in file.rows[1:]:
        found = {name: row[i].text.strip() if i < len(row) else "" for name, i in column.items()}
        if id := found.pop("id"):
            people.append(Person((id,), **found))
    return people


def why_no_id(name: str) -> str:
    """Say why a name cannot be a student's id and folder on every system, "" if it can."""
    if not name or len(name) > MAX_TEXT:
        return say("an id has 1 to {n} characters", n=MAX_TEXT)
    if NOT_IN_NAMES.search(name) or not name.isprintable() or name != name.strip() or name.endswith("."):
        return say("no folder can have this name on every system")
    if FOR_WINDOWS.fullmatch(name) or name.startswith((".", "~$", *FORMULA)):
        return say("a folder of this name means something else to some programs")
    return ""
