"""`course report`: write the page, or print the same numbers; `course similar`: print who shares what."""

from __future__ import annotations

import datetime
import json
import os
import sys
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from course.atomic import write_atomically
from course.errors import CourseError, course_error, plain, plain_lines
from course.exercise.idea import CATALOGUE
from course.grading.assignment import CHECK, assignments_of, require_assignments
from course.grading.progress import duration
from course.judging.html import prose
from course.judging.labels import OUTCOMES, label_of
from course.language import language, listed, of_course, paragraph, say, say_n, using
from course.reports.collect import anonymous as anonymous_class
from course.reports.collect import answers_to, collect, pseudonyms, rights, typical_of
from course.reports.report import Report, percent, report_on, words
from course.reports.similar import Shared, Similar, similar, without_names

NAME = "report.html"


def report(
    lessons: list[str] | None = None,
    *,
    out: Path | None = None,
    as_json: bool = False,
    anonymous: bool = False,
    open_page: bool = False,
    root: Path | None = None,
    language: str | None = None,
) -> None:
    """Write the class report and print its path, or print its numbers as one JSON object.

    language: by default the course's.

    Raises CourseError for a lesson that does not exist, and if nothing has been graded.
    """
    here = (root or Path.cwd()).resolve()
    require_assignments(lessons or [], here)
    with using(language or of_course(here)):
        found = _report(here, lessons, anonymous=anonymous)
        path = None if as_json else write_page(here, found, out, anonymous=anonymous)
    if path is None:
        print(json.dumps(asdict(found)))
        return
    for sentence in found.summary:
        print(plain(sentence))
    print(say("The class report is {path}", path=plain(str(path))))
    if open_page and not webbrowser.open(path.as_uri()):
        told = say("no browser was found; open {address} in one.", address=path.as_uri())
        print(f"course: {plain(told)}", file=sys.stderr)


def report_after_grading(root: Path | None = None, *, quiet: bool = False) -> None:
    """Write the report on everything graded, and print its path; quiet: print only problems.

    If it cannot be written, that is reported and nothing is raised: grading does not depend on it.
    """
    here = (root or Path.cwd()).resolve()
    try:
        with using(of_course(here)):
            path = write_page(here, _report(here))
    except (CourseError, OSError) as why:
        told = say("the class report could not be written: {why}", why=plain(str(why)))
        print(f"course: {plain(told)}", file=sys.stderr)
    else:
        if not quiet:
            print(say("The class report is {path}", path=plain(str(path))))


def _report(root: Path, lessons: list[str] | None = None, *, anonymous: bool = False) -> Report:
    klass = collect(root, lessons)
    return report_on(anonymous_class(klass, root) if anonymous else klass)


def write_page(root: Path, found: Report, out: Path | None = None, *, anonymous: bool = False) -> Path:
    """Write the page, with the mode of the course's other private files, and return its path.

    Raises CourseError if it cannot be written.
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


# How many of the lines, names and comments that a group shares are shown.
MAX_SHARED = 6


def show_similar(lessons: list[str] | None = None, *, as_json: bool = False, anonymous: bool = False) -> None:
    """Print which students share what is rare in the class, lesson by lesson, or the same as JSON, one line per lesson.

    Raises CourseError for a lesson that does not exist, and if nothing has been graded.
    """
    here = Path.cwd().resolve()
    require_assignments(lessons or [], here)
    wanted = [name for name in assignments_of(here) if not lessons or name in lessons]
    n_found = 0
    for lesson in wanted:
        if not (answers := answers_to(lesson, here)):
            continue
        n_found += 1
        found = similar(lesson, answers, typical_of(lesson, here))
        if anonymous:
            found = without_names(found, pseudonyms(here))
        if as_json:
            print(json.dumps(asdict(found)))
        else:
            for sentence in _sentences(found):
                print(plain(sentence))
    if not n_found:
        raise course_error("There is nothing to compare yet: `course grade` comes first.")
    if not as_json:
        print(
            say(
                "Students who worked together, or from the same source, look like this too: talk to them before "
                "you conclude anything."
            )
        )


def _sentences(found: Similar) -> Iterator[str]:
    """Yield sentences on how alike the answers to a lesson are, and who shares what hardly anybody else has."""
    yield say_n("{lesson}: {n} student", "{lesson}: {n} students", found.students, lesson=found.lesson)
    for e in found.exercises:
        yield "  " + say(
            "{exercise}: {answers} answers, {forms} distinct; {most} share the most common form, {alone} are unique",
            **asdict(e),
        )
    if not found.groups:
        yield "  " + say("No two answers share anything rare enough in this class to be worth a look.")
    for group in found.groups:
        yield "  " + say("worth a look: {names}", names=listed(group.students))
        yield from (f"    {_in_words(shared)}" for shared in group.shared[:MAX_SHARED])
        if (n_more := len(group.shared) - MAX_SHARED) > 0:
            yield "    " + say("and {n} more, which --json has", n=n_more)


def _in_words(shared: Shared) -> str:
    about = {"n": shared.n, "of": shared.of, "exercise": shared.exercise, "text": shared.text or "…"}
    if shared.kind == "answer" and shared.wrong:
        return say("{exercise}: the same wrong answer but for names and order, which {n} of {of} have", **about)
    if shared.kind == "answer":
        return say("{exercise}: the same answer but for names and order, which {n} of {of} have", **about)
    if shared.kind == "line":
        return say("{exercise}: a line that {n} of {of} have: {text}", **about)
    if shared.kind == "comment":
        return say("a comment or text that {n} of {of} students have: {text}", **about)
    return say("a name that {n} of {of} students use: {text}", **about)


# The most names in one list, so that the page of a class of a thousand opens without delay.
MANY = 40
# (student, lesson, cell) -> address of the graded notebook, "" if there is none to link to.
Link = Callable[[str, str, str], str]


def page(report: Report, *, made: str, link: Link, anonymous: bool = False) -> str:
    """Return the page as HTML; made: the time of writing, as text."""
    again = {(m.mistake, r.first): r for m in report.mistakes for r in m.returns}
    template = _environment().get_template("page.html")
    return template.render(
        report=report, made=made, link=link, anonymous=anonymous, again=again, MANY=MANY, language=language()
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_spelled_out,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        prose=lambda sentence: Markup(prose(_spelled_out(sentence))),
        words=words,
        percent=percent,
        listed=listed,
        shown=lambda value: escape(_spelled_out(value)),
        label=label_of,
        outcome=lambda outcome: say("fail") if outcome == "fail" else say(str(OUTCOMES.get(outcome, outcome))),
        hint=lambda mistake: say(CATALOGUE[mistake].hint) if mistake in CATALOGUE else "",
        check=lambda exercise: (exercise.partition(".")[0], CHECK + exercise.partition(".")[2]),
        duration=duration,
    )
    environment.globals.update(
        say=say,
        say_n=say_n,
        paragraph=paragraph,
        percent=percent,
        continued=lambda caption, more: say("{caption}, continued", caption=caption) if more else caption,
    )
    return environment


def _spelled_out(value: Any) -> Any:
    """Escape characters that a browser would interpret instead of showing; markup has been through this already."""
    return plain_lines(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
