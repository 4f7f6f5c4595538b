"""The results of an import, shown as a table or as lines of JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from course.grading.graded import TIMESTAMP
from course.language import later, listed, say
from course.terminal import Printer

Thing = TypeVar("Thing")

MEANING = {
    "imported": later("imported"),
    "replaced": later("replaced by a newer one"),
    "same": later("there already"),
    "kept": later("not replaced"),
    "left_out": later("left out"),
    "unmatched": later("unknown student"),
    "missing": later("nothing handed in"),
}
# Notes that many lines share; they are explained once, below the table.
BY_HOW_MUCH, NEW_STUDENT = later("by an unknown time"), later("a new student")
# How many students who handed in nothing are listed by name.
MAX_MISSING = 30
# Statuses of work that was written into submitted/.
WRITTEN = ("imported", "replaced")


@dataclass(frozen=True)
class Line:
    """The outcome for one submission, file or student.

    status: a key of `MEANING`. place: the file's path in the import. is_late: according to the platform or the due
    date. time: when it was handed in, in UTC, "" if unknown.
    """

    status: str
    student: str
    lesson: str
    place: str = ""
    is_late: bool = False
    time: str = ""
    notes: tuple[str, ...] = ()

    @property
    def needs_a_look(self) -> bool:
        return self.status in ("kept", "left_out", "unmatched")


def followed(things: Sequence[Thing], what: str) -> Iterable[Thing]:
    """Return an iterable over things with a progress bar, which is shown only on a terminal and cleared at the end."""
    console = Console(stderr=True)
    return track(things, what, console=console, transient=True, disable=not console.is_terminal)


def tell(lines: list[Line], *, written: bool, held_back: bool, has_list: bool, as_json: bool, path: Path) -> None:
    """Print the results of an import.

    written: whether it was carried out, not only tried. held_back: it was not because somebody could not be matched.
    has_list: a list of the class was given.
    """
    if as_json:
        for line in lines:
            print(json.dumps({**asdict(line), "written": written and line.status in WRITTEN}))
        return
    printer, rows = Printer(width=140), []
    handed_in = [line for line in lines if line.status in ("imported", "replaced", "same")]
    n_new = sum(NEW_STUDENT in line.notes for line in handed_in)
    for line in lines:
        late: tuple[str, ...] = ()
        if line.is_late:
            late = (say("late ({time} UTC)", time=line.time) if line.time else say("late"),)
        notes = (say(n) for n in line.notes if n != NEW_STUDENT or n_new < len(handed_in))
        remark = say("; ").join((*late, *notes))
        if line.status != "missing" and (line.needs_a_look or remark):
            rows.append((say(MEANING[line.status]), line.student, line.lesson, line.place, remark))
    printer.show(("", say("student"), say("lesson"), say("file"), say("remark")), rows)
    count = Counter(line.status for line in lines)
    for lesson in sorted({line.lesson for line in lines if line.lesson}):
        absent = [line.student for line in lines if line.status == "missing" and line.lesson == lesson]
        if absent:
            names, more = listed(absent[:MAX_MISSING]), len(absent) - MAX_MISSING
            told = later("{lesson}: nothing from {n} in the list: {names}.")
            if more > 0:
                told = later("{lesson}: nothing from {n} in the list: {names} and {more} more.")
            printer.line(say(told, lesson=lesson, n=len(absent), names=names, more=more))
    n_late = sum(line.is_late for line in lines)
    known = (say("{n} {what}", n=count[status], what=say(told)) for status, told in MEANING.items() if count[status])
    sums = listed(known) or say("nothing in it")
    told = later("{path}: {sums}; {n_late} late.") if n_late else later("{path}: {sums}.")
    printer.line(say(told, path=path, sums=sums, n_late=n_late))
    if any(BY_HOW_MUCH in line.notes for line in handed_in):
        told = later(
            "Where Canvas says late but not by how much, one second after the due date is recorded: correct it in "
            "{file}."
        )
        printer.line(say(told, file=f"submitted/STUDENT/LESSON/{TIMESTAMP}"))
    if n_new:
        told = later("{n} new students. A class list (--roster) gives them ids and names of your choice.")
        printer.line(say(told, n=n_new))
    if held_back:
        told = later(
            "Nothing was written, because some submissions could not be matched with a student. Give a class list "
            "with --roster, or take only what is certain with --yes."
        )
        if has_list:
            told = later(
                "Nothing was written, because some submissions could not be matched with a student. Correct the "
                "list, or take only what is certain with --yes."
            )
        printer.line(say(told))
    elif not written:
        printer.line(say("Nothing was written: this was a dry run."))
    elif count["imported"] or count["replaced"]:
        printer.line(say("Now run: {command}", command="course grade"))
