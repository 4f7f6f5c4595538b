"""`course export`: fill the gradebook's scores into a downloaded file, leaving everything else unchanged."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from course.atomic import write_atomically
from course.desk.csv_file import CsvFile, number_in, shown_like
from course.desk.people import Class, Person, name_key
from course.desk.placing import clear_staging, staging
from course.desk.sheets import TITLE_AND_ID, CanvasFile, MoodleFile, Sheet, is_canvas, is_moodle
from course.errors import course_error, plain
from course.grading.assignment import require_assignments
from course.grading.folder import lesson_named
from course.grading.standings import Mark, Marks, marks_of_class, students_of_class
from course.grading.store import Store
from course.language import all_of, later, listed, say, say_n
from course.terminal import Printer

# The outcome for a score; with the first two it is in the file.
FILLED, SAME, LEFT = "filled", "same", "left"


@dataclass(frozen=True)
class Line:
    """The outcome for one score.

    was, now: the cell as downloaded, and as written. score: as in `nbgrader export`; penalty: the points deducted for
    being late by late_s seconds. notes: why it was left out, or how it was changed. is_open: left out because it is
    not final.
    """

    lesson: str
    student: str
    status: str
    was: str = ""
    now: str = ""
    score: float | None = None
    max_score: float | None = None
    penalty: float = 0.0
    late_s: float = 0.0
    notes: tuple[str, ...] = ()
    is_open: bool = False


def export(
    platform: str,
    lessons: list[str],
    into: Path,
    *,
    out: Path | None = None,
    column: str | None = None,
    unfinished: bool = False,
    as_json: bool = False,
    root: Path | None = None,
) -> int:
    """Fill scores into a copy of a file from Canvas or Moodle, and report what was filled in, what was not and why.

    column: the header of the column to fill, if titles are ambiguous. unfinished: also fill in scores of submissions
    with cells not graded by hand yet. Returns 1 if somebody's score is not in the file, else 0.
    Raises CourseError, with advice, and writes nothing then.
    """
    here = (root or Path.cwd()).resolve()
    require_assignments(lessons, here)
    file = CsvFile(into)
    other = is_moodle(file) if platform == "canvas" else is_canvas(file)
    if other:
        right = "Moodle" if platform == "canvas" else "Canvas"
        command = f"course export {right.casefold()} --into {into}"
        told = later("{path} looks like a file from {platform}: {command}")
        raise course_error(told, path=into, platform=right, command=command)
    sheet: Sheet = CanvasFile(file) if platform == "canvas" else MoodleFile(file)
    marks = marks_of_class(here)
    if not marks:
        raise course_error("No submission has been graded in {here} yet: `course grade` does it.", here=here)
    columns = chosen_columns(sheet, lessons, column, marks)
    place = out or into.with_name(f"{into.stem}-filled{into.suffix}")
    people = Class({s: Person((s,), **known) for s, known in students_of_class(here).items()})
    lines, values = fill(sheet, columns, marks, people, unfinished=unfinished)
    store = Store(here)
    lines = [_with_reason(line, store) if line.score == 0 else line for line in lines]
    if values:
        if out is None:
            _refuse_other(place, file, set(columns.values()))
        try:
            clear_staging(place.parent)
            with staging(place.parent) as made:  # readable by its owner only, and so is the file then
                write_atomically(place, file.with_cells(values), beside=made)
        except OSError as error:
            raise course_error(
                "{place} cannot be written ({reason}): name another with --out.", place=place, reason=error.strerror
            ) from None
    _tell(sheet, columns, lines, place if values else None, as_json)
    return int(any(line.status == LEFT and line.score is not None for line in lines))


def chosen_columns(sheet: Sheet, lessons: list[str], wanted: str | None, marks: Marks) -> dict[str, int]:
    """Return the column for each lesson's scores.

    Raises CourseError, which lists the headers, if there is none or the choice is ambiguous.
    """
    headers = {i: sheet.file.header[i] for i in sheet.columns()}
    titled = {i: lesson for i, name in headers.items() if (lesson := _lesson_of(_title(name), marks))}
    if not lessons and isinstance(sheet, MoodleFile):
        file = sheet.file.path.stem
        lessons = [n for n in [_lesson_of(file, marks) or next((n for n in marks if n in file), "")] if n]
    elif not lessons and wanted is None:
        lessons = [lesson for lesson in dict.fromkeys(titled.values()) if lesson in marks]
    found = {lesson: [i for i, named in titled.items() if named == lesson] for lesson in lessons}
    if wanted is not None or isinstance(sheet, MoodleFile):
        if len(lessons) != 1:
            command = f"course export {sheet.grades_in.casefold()} way1_numpy --into …"
            raise course_error("A column is for one lesson: name the lesson, as in {command}", command=command)
        named = [i for i in headers if wanted is None or wanted in (headers[i], headers[i].strip(), _title(headers[i]))]
        found = {lessons[0]: named}
    shown = listed(f"“{plain(name)}”" for name in headers.values()) or say("none")
    if not found:
        raise course_error(
            "No column of {path} is named after a lesson that has been graded: name both, as in course export "
            "canvas way1_numpy --into … --column HEADER. The columns: {shown}.",
            path=sheet.file.path,
            shown=shown,
        )
    for lesson, columns in found.items():
        if len(columns) != 1:
            told = later("Which column of {path} are the scores of {lessons} for? Name one with --column: {shown}.")
            some = all_of([f"“{plain(headers[i])}”" for i in columns]) or shown
            raise course_error(told, path=sheet.file.path, lessons=lesson, shown=some)
    return {lesson: columns[0] for lesson, columns in found.items()}


def _lesson_of(name: str, marks: Marks) -> str:
    """Return the lesson that a column or file is named after, "" if none."""
    exact = [lesson for lesson in marks if name_key(lesson) == name_key(name)]
    return (exact or [lesson_named(name)])[0]


def _title(header: str) -> str:
    found = TITLE_AND_ID.fullmatch(header)
    return found["title"] if found else header


def fill(
    sheet: Sheet,
    columns: dict[str, int],
    marks: Marks,
    people: Class,
    *,
    unfinished: bool = False,
) -> tuple[list[Line], dict[tuple[int, int], str]]:
    """Return the outcome for each score, and the new values of the cells to change, by row and column."""
    rows = list(sheet.people)
    found = dict(zip(rows, people.same_as(list(sheet.people.values())), strict=True))
    row_of = {student: row for row, (student, _) in found.items() if student}
    lines, values = [], {}
    for lesson, column in columns.items():
        of_lesson = marks.get(lesson, {})
        for student, mark in sorted(of_lesson.items()):
            if student not in row_of:
                line = Line(
                    lesson, student, LEFT, notes=(say("not in {file}", file=sheet.file.path.name),), **_about(mark)
                )
            else:
                line = _filled(sheet, lesson, student, row_of[student], column, mark, unfinished)
            if line.status == FILLED:
                values[row_of[student], column] = line.now
            lines.append(line)
        for row, (student, why) in found.items():
            person = sheet.people[row]
            if student in of_lesson or sheet.is_test_student(row):
                continue
            why = why or (say("no graded submission") if student else say("not in the gradebook"))
            lines.append(Line(lesson, student or person.shown, LEFT, _cell(sheet, row, column), notes=(why,)))
    return lines, values


def _about(mark: Mark) -> dict[str, Any]:
    about = {"score": mark.final, "max_score": mark.max_score, "penalty": min(mark.penalty, mark.score)}
    return {**about, "late_s": mark.late_s}


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.file.rows[row]
    return cells[column].text.strip() if column < len(cells) else ""


def _filled(sheet: Sheet, lesson: str, student: str, row: int, column: int, mark: Mark, unfinished: bool) -> Line:
    notes, was, most = [], _cell(sheet, row, column), sheet.most(column)
    not_final = say_n(
        "not final: {n} cell waits for a person", "not final: {n} cells wait for a person", len(mark.waiting)
    )
    ends = column >= len(sheet.file.rows[row])
    refused = say("the row ends before this column") if ends else sheet.locked(row, column)
    is_open = not refused and len(mark.waiting) > 0 and not unfinished
    if is_open:
        refused = not_final
    if refused:
        return Line(lesson, student, LEFT, was, was, notes=(refused,), **_about(mark), is_open=is_open)
    if len(mark.waiting):
        notes.append(not_final)
    if taken := round(min(mark.penalty, mark.score), 2):
        notes.append(say("{points:g} taken off for being late", points=taken))
    score, top = mark.final, number_in(most)
    if top and mark.max_score and top != mark.max_score:
        score *= top / mark.max_score
    if top and score > sheet.highest(top):
        notes.append(say("Moodle accepts no more than {most}; the score is {score:g}", most=most, score=score))
        score = top
    now = shown_like(score, [most, was])
    if number_in(was) == number_in(now):
        return Line(lesson, student, SAME, was, was, notes=tuple(notes), **_about(mark))
    return Line(lesson, student, FILLED, was, now, notes=tuple(notes), **_about(mark))


def _with_reason(line: Line, store: Store) -> Line:
    """Add a note to a score of 0 if the reason is an unreadable notebook."""
    graded, _ = store.done(line.lesson, line.student)
    if graded.status != "unreadable":
        return line
    return replace(line, notes=(*line.notes, say("the notebook cannot be read: {why}", why=graded.notes[0])))


def _refuse_other(place: Path, file: CsvFile, columns: set[int]) -> None:
    """Raise CourseError if the file to write exists and differs from `file` in other columns than the filled ones."""
    if not place.exists():
        return
    there = CsvFile(place)
    same = len(there.rows) == len(file.rows) and all(
        [c.text for i, c in enumerate(old) if i not in columns]
        == [c.text for i, c in enumerate(new) if i not in columns]
        for old, new in zip(there.rows, file.rows, strict=False)
    )
    if not same:
        raise course_error(
            "{place} already exists and is something else: move it elsewhere, or name another file with --out.",
            place=place,
        )


def _tell(sheet: Sheet, columns: dict[str, int], lines: list[Line], place: Path | None, as_json: bool) -> None:
    if as_json:
        for line in lines:
            about = {name: value for name, value in asdict(line).items() if name != "is_open"}
            print(json.dumps({**about, "file": str(place) if place else None}))
        return
    printer, rows = Printer(), []
    for line in lines:
        shown = "" if line.status == LEFT else line.now
        remark = say("; ").join((say("left as it is"),) * (line.status == LEFT) + line.notes)
        rows.append([line.student, *([line.lesson] if len(columns) > 1 else []), line.was, shown, remark])
    which = [say("lesson")] if len(columns) > 1 else []
    printer.show([say("student"), *which, say("was"), say("now"), say("remark")], rows)
    for lesson, column in columns.items():
        count = Counter(line.status for line in lines if line.lesson == lesson)
        most = number_in(sheet.most(column))
        own = next((line.max_score for line in lines if line.lesson == lesson and line.max_score), None)
        told = later(
            "{lesson}, column “{column}”: {n_filled} filled in, {n_same} there already, {n_left} left as they are."
        )
        if own and most and own != most:
            told = later(
                "{lesson}, column “{column}”, scaled from {own:g} to {most:g} points: {n_filled} filled in, {n_same} "
                "there already, {n_left} left as they are."
            )
        numbers = {"n_filled": count[FILLED], "n_same": count[SAME], "n_left": count[LEFT], "own": own, "most": most}
        printer.line(say(told, lesson=lesson, column=sheet.file.header[column].strip(), **numbers))
    if n_open := sum(line.is_open for line in lines):
        told = later(
            "{n} not final: give points to written answers in formgrader (`course lab`), or let --unfinished fill in "
            "what there is."
        )
        printer.line(say(told, n=n_open))
    if place is None:
        printer.line(say("Nothing was written: there is no score to fill in."))
        return
    printer.line(say("Written: {path}. Hand this file to {platform}.", path=place, platform=sheet.grades_in))
    if place.resolve() != sheet.file.path.resolve():
        printer.line(say("{path} is unchanged.", path=sheet.file.path))
