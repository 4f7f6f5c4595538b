"""Match the people whose files are imported with students of the course."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from course.desk.csv_file import CsvFile
from course.desk.origin import Origin
from course.desk.people import Class, Person, name_key
from course.desk.sheets import CanvasFile, MoodleFile, is_canvas, is_moodle
from course.errors import course_error
from course.grading.folder import folded
from course.grading.standings import MAX_TEXT
from course.language import later, say
from course.spreadsheet import FORMULA

# The columns that `nbgrader db student import` accepts; others are ignored.
COLUMNS = {"id": "id", "firstname": "first_name", "lastname": "last_name", "email": "email", "lmsuserid": "lms_id"}
# Names that Windows reserves, and characters that no folder's name can have on every system.
FOR_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def read_roster(path: Path) -> list[Person]:
    """Read a list of students: Canvas's gradebook, Moodle's grading worksheet, or a CSV file with a column “id”.

    Raises CourseError if it is none of these.
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
            "{path} is not a class list: it is neither a gradebook from Canvas nor a grading worksheet from "
            "Moodle, and has no column “id” (the others are first_name, last_name, email, lms_user_id).",
            path=path,
        )
    people = []
    for row in file.rows[1:]:
        found = {name: row[i].text.strip() if i < len(row) else "" for name, i in column.items()}
        if id := found.pop("id"):
            people.append(Person((id,), **found))
    return people


def why_no_id(name: str) -> str:
    """Return why a name cannot be a student's id and folder on every system, "" if it can."""
    if not name or len(name) > MAX_TEXT:
        return say("an id has 1 to {n} characters", n=MAX_TEXT)
    if NOT_IN_NAMES.search(name) or not name.isprintable() or name != name.strip() or name.endswith("."):
        return say("not every system allows a folder of this name")
    if FOR_WINDOWS.fullmatch(name) or name.startswith((".", "~$", *FORMULA)):
        return say("a folder of this name has another meaning to some programs")
    return ""


ASK_FOR = {
    "moodle": later(
        "no student of this name is known; Moodle's files carry no id; --roster takes the assignment's grading "
        "worksheet"
    ),
    "canvas": later("no student of this name is known; --roster takes Canvas's gradebook"),
}


@dataclass
class Matched:
    """The result of matching.

    students: everybody in the course or the list, by id. listed: the ids of those in the list. of: the student id of
    each person. doubts: why a person could not be matched. new: ids of students not known before.
    """

    students: dict[str, Person] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    of: dict[Person, str] = field(default_factory=dict)
    doubts: dict[Person, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)


def match(
    origins: Iterable[Origin], known: dict[str, Person], roster: list[Person] | None, *, take_new: bool
) -> Matched:
    """Match the people of imported files with students.

    known: the students of the gradebook and of submitted/. take_new: without a roster, accept unknown people as new
    students; if no student is known at all, everybody is accepted.
    """
    matched = Matched(dict(known))
    taken = {folded(student) for student in known}
    for person, (student, why) in zip(roster or [], Class(known).same_as(roster or []), strict=True):
        if not why and not student:
            student = next((i for i in person.ids if not why_no_id(i) and folded(i) not in taken), "")
            why = "" if student else say("it has no id that could name a folder, or another student has that id")
        if why:
            matched.doubts[person] = say("in the list: {why}", why=why)
            continue
        taken.add(folded(student))
        matched.listed.add(student)
        before = known.get(student, Person())
        matched.students[student] = _joined(person, before, student)
    people = {origin.person: origin.platform for origin in origins}
    may_be_new = not roster and (take_new or not known)
    found = Class(matched.students).same_as(list(people), once=False)
    for (person, platform), (student, why) in zip(people.items(), found, strict=True):
        if person.doubt and not (student and person.name_keys & matched.students[student].name_keys):
            student, why = "", person.doubt
        if not student and not why:
            new = next(iter(person.ids), "")
            why = _why_not_new(new, platform, taken, may_be_new, bool(roster))
            if not why:
                taken.add(folded(new))
                matched.new.add(new)
                matched.students[new] = person
                student = new
        if why:
            matched.doubts[person] = why
        else:
            matched.of[person] = student
    return matched


def _joined(person: Person, before: Person, student: str) -> Person:
    """Merge what the list and the gradebook say about a person; where they differ, the list wins."""
    first, last = person.both_names
    return replace(
        person,
        ids=(student, *(i for i in (*person.ids, *before.ids) if i != student)),
        first_name=first or before.first_name,
        last_name=last or before.last_name,
        email=person.email or before.email,
        lms_id=person.lms_id or before.lms_id,
    )


def _why_not_new(new: str, platform: str, taken: set[str], may_be_new: bool, is_listed: bool) -> str:
    if is_listed:
        return say("not in the list")
    if not new or platform == "file":
        told = later("no student of this name is known; --roster takes a class list")
        return say(ASK_FOR.get(platform, told))
    if why := why_no_id(new):
        return why
    if folded(new) in taken:
        return say("it differs from another only in case, spaces or how accents are encoded")
    return "" if may_be_new else say("no student in the course has this name; --yes adds a new student")
