"""Render a verdict as HTML, for notebooks and grading pages: `card.html` filled with the same `Card` as the text.

jinja2 is imported when the first card is rendered; its templates are compiled once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from course.exercise.verdict import Verdict
from course.judging.card import OPEN, RIGHT, SAID, WRONG, Card, as_text, runs
from course.language import paragraph, say

if TYPE_CHECKING:
    from jinja2 import Environment


def prose(words: str) -> str:
    """Escape a sentence for HTML and mark up the parts between backticks as code."""
    parts = escape(words).split("`")
    last = len(parts) - 1  # an unpaired backtick is kept
    made = [f"<code>{part}</code>" if i % 2 and i < last else "`" * (i % 2) + part for i, part in enumerate(parts)]
    return "".join(made)


def anchor(heading: str) -> str:
    """Return the id that JupyterLab gives a heading, with hyphens for spaces."""
    return heading.replace("`", "").replace(" ", "-")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader

    here = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=here, auto_reload=False, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(prose=prose, runs=runs, anchor=anchor)
    environment.globals.update(say=say, paragraph=paragraph, RIGHT=RIGHT, WRONG=WRONG, OPEN=OPEN, SAID=SAID)
    return environment


def as_html(verdict: Verdict) -> str:
    """Return a check's message as an HTML card."""
    return _environment().get_template("card.html").render(card=Card(verdict))


def note(parts: Sequence[str]) -> str:
    """Return sentences as HTML, to stand below a card or alone. An indented part keeps its line breaks and columns."""
    return _environment().get_template("note.html").render(parts=parts)


def bundles(verdict: Verdict) -> tuple[dict[str, str], dict[str, str]]:
    """Return MIME bundles of what a check displays and of the cell's result; the latter is {} if there is no result.

    nbgrader reads a cell's first result as its score, if it is a bare number. So a partial score is a result, in plain
    text. Its HTML is empty, so that a page, which prefers HTML, shows only the message.
    """
    message = {"text/plain": as_text(verdict), "text/html": as_html(verdict)}
    is_part = not verdict.passed and math.isfinite(verdict.points) and 0 < verdict.points < verdict.max_points
    return message, {"text/plain": repr(float(verdict.points)), "text/html": ""} if is_part else {}
