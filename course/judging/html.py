"""Render a verdict as HTML, for a notebook; from the same evidence and in the same words as the plain text.

Only tags that nbconvert leaves alone when it sanitizes: where styles are taken away, as in formgrader and feedback, the
message still reads in order. Colours are said by borders and marks, text keeps the page's own: so it can be read on
light and on dark pages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import escape

from course.exercise.verdict import Verdict
from course.judging import text
from course.judging.labels import LABELS

_GREEN, _RED, _GREY = "#2e9e4f", "#d9534f", "#8a8a8a"
_BOX = "margin:4px 0;padding:6px 12px;border-left:4px solid {colour};line-height:1.5"
_PARAGRAPH = "margin-top:8px"
_CODE = "margin:4px 0 0 0;background:none;font-family:monospace"


def _styled(tag: str, style: str, inner: str) -> str:
    return f'<{tag} style="{style}">{inner}</{tag}>'


def _prose(words: str) -> str:
    """Escape a sentence, and set what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(words))


def _paragraph(inner: str) -> str:
    return _styled("div", _PARAGRAPH, inner)


def _mark(ok: bool) -> str:
    return _styled("span", f"color:{_GREEN if ok else _RED};font-weight:bold", text.mark(ok))


def _rows(verdict: Verdict) -> str:
    """Return a line for each quantity; no table, whose body is a tag of its own that sanitizing leaves as text."""
    shown = text.rows_shown(verdict)
    # code is set a little wider than prose, and has room around it
    width = max((len(text.row_label(row)) for row in shown), default=0) + 3
    lines = []
    for row in shown:
        label = escape(text.row_label(row))
        if row.name not in LABELS:
            label = f"<code>{label}</code>"
        named = _styled("span", f"display:inline-block;min-width:{width}ch", label)
        lines.append(f"<div>{_mark(row.ok)} {named} {escape(text.row_shape(row))}</div>")
    return "".join(lines)


def as_html(verdict: Verdict) -> str:
    """Return the message of a check: rows, what is wrong, the suspicion, where to read again."""
    title, outcome = text.headline(verdict)
    name, _, rest = title.partition(": ")
    parts = [f"<div>{_mark(verdict.passed)} <strong>{escape(name)}</strong>: {escape(rest)} — {escape(outcome)}</div>"]
    parts.append(_rows(verdict))
    detail = text.detail_of(verdict)
    if detail:
        where = text.where_text(verdict)
        parts.append(_paragraph(_prose(detail) + (f" {escape(where)}" if where else "")))
    if text.student_line(verdict):
        parts.append(_styled("pre", _CODE, escape(text.student_line(verdict))))
    if verdict.hint:
        parts.append(_paragraph(f"<strong>{_prose(verdict.hint)}</strong>"))
    if verdict.remark:
        parts.append(_paragraph(_prose(verdict.remark)))
    if text.printed_text(verdict):
        parts += [_paragraph("Your code printed:"), _styled("pre", _CODE, escape(text.printed_text(verdict)))]
    if text.read_again(verdict):
        parts.append(_paragraph(f"Read again: <em>{escape(text.read_again(verdict))}</em>."))
    colour = _GREEN if verdict.passed else _GREY if verdict.outcome in ("not_attempted", "not_run") else _RED
    return _styled("div", _BOX.format(colour=colour), "".join(parts))


def bundles(verdict: Verdict) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a check displays, and what is the cell's result, each by MIME type; no result is {}.

    nbgrader reads a cell's first result as its score, and only a bare number: part of the points is one, in plain text.
    A page prefers HTML, and there is none to be seen in it beside the message.
    """
    message = {"text/plain": text.as_text(verdict), "text/html": as_html(verdict)}
    is_part = not verdict.passed and math.isfinite(verdict.points) and 0 < verdict.points < verdict.max_points
    return message, {"text/plain": repr(float(verdict.points)), "text/html": ""} if is_part else {}


def note(parts: Sequence[str]) -> str:
    """Return what stands below a message, or alone: sentences; a part that is indented keeps its lines and columns."""
    made = [_styled("pre", _CODE, escape(p)) if p.startswith(" ") else f"<div>{_prose(p)}</div>" for p in parts]
    return _styled("div", _BOX.format(colour=_GREY), "".join(made))
