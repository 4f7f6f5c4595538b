"""`course late`: due dates, who is late and by how much, and the points deducted for it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from course.grading.assignment import assignments_of, require_assignments
from course.grading.entries import entries_of, is_folder
from course.grading.graded import read_timestamp
from course.grading.progress import duration
from course.grading.settings import load_settings
from course.grading.standings import deadlines, marks_of_class, seconds_late
from course.language import later, say
from course.terminal import Printer


@dataclass(frozen=True)
class Late:
    """A late submission, times in UTC. penalty, score: None until `course grade` has run; score: after the penalty."""

    lesson: str
    student: str
    due: str
    handed_in: str
    late_s: float
    extension_s: float = 0.0
    penalty: float | None = None
    score: float | None = None
    max_score: float | None = None


def show_late(lessons: list[str], *, as_json: bool = False, root: Path | None = None) -> None:
    """Print each due date and each late submission, including those not graded yet.

    Raises CourseError for a lesson that does not exist.
    """
    here = (root or Path.cwd()).resolve()
    require_assignments(lessons, here)
    due, extensions = deadlines(here)
    shown_lessons = lessons or assignments_of(here)
    late = _late(here, {lesson: due[lesson] for lesson in shown_lessons if lesson in due}, extensions)
    found = sorted(late, key=lambda one: (one.lesson, one.student))
    if as_json:
        for one in found:
            print(json.dumps(asdict(one)))
        return
    printer = Printer()
    for lesson in shown_lessons:
        count = sum(one.lesson == lesson for one in found)
        if lesson not in due:
            printer.line(say("{lesson}: no due date", lesson=lesson))
        elif count:
            told = later("{lesson}: due {time}; {n} late")
            printer.line(say(told, lesson=lesson, time=shown(due[lesson]), n=count))
        else:
            printer.line(say("{lesson}: due {time}; nobody late", lesson=lesson, time=shown(due[lesson])))
    columns = say("lesson"), say("student"), say("handed in"), say("late by"), say("taken off"), say("score")
    rows = []
    for one in found:
        by = duration(one.late_s)
        if one.extension_s:
            told = later("{late} (with {extension} of extension)")
            by = say(told, late=by, extension=duration(one.extension_s))
        score = say("not graded yet")
        if one.score is not None:
            score = say("{points:g} of {max_points:g}", points=round(one.score, 2), max_points=one.max_score)
        taken = "–" if one.penalty is None else f"{round(one.penalty, 2):g}"
        rows.append((one.lesson, one.student, one.handed_in, by, taken, score))
    printer.show(columns, rows)
    policy = load_settings(here).AssignLatePenalties.get("plugin_class")
    if found and not policy:
        printer.line(say("No late policy is set, so nothing is taken off: docs/grading.md, Deadlines."))
    elif found:
        named = policy if isinstance(policy, str) else getattr(policy, "__name__", policy)
        told = later(
            "Late policy: {name}. When it or a due date changes, `course grade` works out the penalties again."
        )
        printer.line(say(told, name=named))


def shown(time: datetime.datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _late(
    root: Path, due: dict[str, datetime.datetime], extensions: dict[tuple[str, str], datetime.timedelta]
) -> Iterator[Late]:
    marks = marks_of_class(root)
    for lesson, until in due.items():
        graded = marks.get(lesson, {})
        times = {student: mark.timestamp for student, mark in graded.items()}
        for folder in entries_of(root / "submitted"):
            if is_folder(folder / lesson):
                times[folder.name] = read_timestamp(folder / lesson)[0]
        for student, time in times.items():
            extension = extensions.get((lesson, student), datetime.timedelta())
            late_s, mark = seconds_late(time, until, extension), graded.get(student)
            if time is not None and late_s > 0:
                points = (mark.penalty, mark.final, mark.max_score) if mark and mark.timestamp == time else ()
                yield Late(lesson, student, shown(until), shown(time), late_s, extension.total_seconds(), *points)
