"""Render a verdict as HTML, for a notebook and for the pages of grading: `card.html`, filled with the card of the text.

jinja2 is imported with the first card that is made; its templates are compiled once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from course.exercise.verdict import Verdict
from course.judging.card import DIFFERS, OPEN, RIGHT, SAID, WRONG, Card, as_text, runs
from course.language import paragraph, say

if TYPE_CHECKING:
    from jinja2 import Environment


def prose(words: str) -> str:
    """Escape a sentence, and set what stands between backticks as code."""
    parts = escape(words).split("`")
    last = len(parts) - 1  # a backtick without a partner stays one
    made = [f"<code>{part}</code>" if i % 2 and i < last else "`" * (i % 2) + part for i, part in enumerate(parts)]
    return "".join(made)


def anchor(heading: str) -> str:
    """Return the id that JupyterLab gives a heading; it writes a space as a hyphen."""
    return heading.replace("`", "").replace(" ", "-")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader

    here = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=here, auto_reload=False, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(prose=prose, runs=runs, anchor=anchor)
    environment.globals.update(
        say=say, paragraph=paragraph, RIGHT=RIGHT, WRONG=WRONG, OPEN=OPEN, SAID=SAID, DIFFERS=DIFFERS
    )
    return environment


def as_html(verdict: Verdict) -> str:
    """Return the message of a check as a card."""
    return _environment().get_template("card.html").render(card=Card(verdict))


def note(parts: Sequence[str]) -> str:
    """Return what stands below a card, or alone: sentences; a part that is indented keeps its lines and columns."""
    return _environment().get_template("note.html").render(parts=parts)


def bundles(verdict: Verdict) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a check displays, and what is the cell's result, each by MIME type; no result is {}.

    nbgrader reads a cell's first result as its score, and only a bare number: part of the points is one, in plain text.
    A page prefers HTML, and there is none to be seen in it beside the message.
    """
    message = {"text/plain": as_text(verdict), "text/html": as_html(verdict)}
    is_part = not verdict.passed and math.isfinite(verdict.points) and 0 < verdict.points < verdict.max_points
    return message, {"text/plain": repr(float(verdict.points)), "text/html": ""} if is_part else {}
