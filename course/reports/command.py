"""`course report`: write the page, or print the same numbers."""

from __future__ import annotations

import datetime
import json
import os
import sys
import webbrowser
from dataclasses import asdict
from functools import cache
from pathlib import Path
from urllib.parse import quote

from course.atomic import write_atomically
from course.errors import CourseError, plain
from course.grading.assignment import require_assignment
from course.language import say
from course.reports.collect import anonymous as anonymous_class
from course.reports.collect import collect, rights
from course.reports.page import page
from course.reports.report import Report, report_on

NAME = "report.html"


def report(
    lessons: list[str] | None = None,
    *,
    out: Path | None = None,
    as_json: bool = False,
    anonymous: bool = False,
    open_page: bool = False,
    root: Path | None = None,
) -> int:
    """Write the class report and say where it is, or print its numbers as one JSON object.

    Raises CourseError for a lesson that is not there, and if nothing has been graded.
    """
    here = (root or Path.cwd()).resolve()
    for lesson in lessons or []:
        require_assignment(lesson, here)
    found = _report(here, lessons, anonymous=anonymous)
    if as_json:
        print(json.dumps(asdict(found)))
        return 0
    path = write_page(here, found, out, anonymous=anonymous)
    for sentence in found.summary:
        print(plain(sentence))
    print(say("The class report is {path}", path=plain(str(path))))
    if open_page and not webbrowser.open(path.as_uri()):
        told = say("no browser was found; open {address} in one.", address=plain(path.as_uri()))
        print(f"course: {told}", file=sys.stderr)
    return 0


def report_after_grading(root: Path | None = None, *, quiet: bool = False) -> None:
    """Write the report on all that is graded, and say where it is; quiet: only what goes wrong.

    Where it cannot be written that is told and no more: nothing that was graded depends on it.
    """
    here = (root or Path.cwd()).resolve()
    try:
        path = write_page(here, _report(here))
    except (CourseError, OSError) as why:
        told = say("the class report could not be written: {why}", why=plain(str(why)))
        print(f"course: {told}", file=sys.stderr)
    else:
        if not quiet:
            print(say("The class report is {path}", path=plain(str(path))))


def _report(root: Path, lessons: list[str] | None = None, *, anonymous: bool = False) -> Report:
    klass = collect(root, lessons)
    return report_on(anonymous_class(klass, root) if anonymous else klass)


def write_page(root: Path, found: Report, out: Path | None = None, *, anonymous: bool = False) -> Path:
    """Write the page, closed to others as the course's other files, and return where it is.

    Raises CourseError if it cannot be written there.
    """
    path = (out or root / NAME).absolute()
    made = f"{datetime.datetime.now():%Y-%m-%d %H:%M}"

    @cache
    def graded(student: str, lesson: str) -> str:
        for place in (f"feedback/{student}/{lesson}/{lesson}.html", f"autograded/{student}/{lesson}/{lesson}.ipynb"):
            if (root / place).exists():
                return quote(os.path.relpath(root / place, path.parent), errors="surrogateescape")
        return ""

    def link(student: str, lesson: str, cell: str) -> str:
        address = "" if anonymous else graded(student, lesson)
        return f"{address}#{quote(cell)}" if cell and address.endswith(".html") else address

    text = page(found, made=made, link=link, anonymous=anonymous)
    try:
        write_atomically(path, text.encode("utf-8", "backslashreplace"), rights=rights(root))
    except OSError as error:
        told = say("{path} cannot be written ({why}): choose another place with --out.", path=path, why=error.strerror)
        raise CourseError(told) from None
    return path
