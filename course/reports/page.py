"""Make the page of a class report: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from course.errors import plain_lines
from course.exercise.idea import CATALOGUE
from course.grading.assignment import CHECK
from course.grading.progress import duration
from course.judging.html import prose
from course.judging.labels import OUTCOMES, label_of
from course.language import language, listed, paragraph, say, say_n
from course.reports.report import Report, percent, words

# So many names stand in one list; a page of a thousand students is to open without waiting.
MANY = 40
# Student, lesson and cell -> address of the graded notebook, "" if there is none to link to.
Link = Callable[[str, str, str], str]


def page(report: Report, *, made: str, link: Link, anonymous: bool = False) -> str:
    """Return the page; made: when, in words."""
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
    """Spell out what a browser or a reader obeys instead of showing it; what is markup has been through this."""
    return plain_lines(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
