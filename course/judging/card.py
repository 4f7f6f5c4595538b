"""The parts of a check's message, in reading order, and the message as plain text.

`html.py` renders the same card as HTML, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from course.exercise.verdict import Verdict
from course.judging import text
from course.judging.labels import LABELS, OUTCOMES, label_of
from course.language import cells, later, padded, paragraph, say

# Right, wrong, and neither (not compared or not run).
RIGHT, WRONG, OPEN = "✓", "✗", "○"
SAID = {RIGHT: later("right"), WRONG: later("wrong"), OPEN: later("not looked at")}
# An entry that differs and one that does not: in every fixed-width typeface, and distinguishable without colours.
DIFFERS, AGREES = "×", "·"
# The label of each direction of the computation, with the quantities computed in it.
_LANES = {later("forward"): ("h", "h_relu", "y_pred", "loss", "output"), later("training"): ("losses",)}


def _outcome_of(verdict: Verdict) -> str:
    """Return the outcome in words. A check stopped by the student, whose outcome is "timed_out", reads "stopped"."""
    stopped = verdict.failure is not None and verdict.failure.kind == "stopped"
    return say(OUTCOMES["stopped" if stopped else verdict.outcome])


@dataclass(frozen=True)
class Chip:
    """A quantity or a property. code: whether its name is an identifier. shape: in words, or "" if there is none."""

    mark: str
    name: str
    shape: str
    code: bool


@dataclass(frozen=True)
class Lane:
    """The chips of one direction, in order of computation. label: "forward", "backward", "training" or ""."""

    label: str
    chips: tuple[Chip, ...]


def mark_of(verdict: Verdict) -> str:
    return RIGHT if verdict.passed else OPEN if verdict.outcome in ("not_attempted", "not_run") else WRONG


class Card:
    """The parts of a message; a part with nothing to say is empty."""

    def __init__(self, verdict: Verdict) -> None:
        self.mark, self.outcome = mark_of(verdict), _outcome_of(verdict)
        self.name = verdict.exercise.partition(".")[2]
        self.title = verdict.title
        self.points = say("{points:g} of {max_points:g} points", points=verdict.points, max_points=verdict.max_points)
        self.percent = round(100 * verdict.points / verdict.max_points) if verdict.max_points else 0
        self.chips = _chips(verdict)
        self.detail = text.detail_of(verdict)
        self.where = text.where_text(verdict)
        self.line = text.student_line(verdict)
        seen = verdict.returned if not verdict.blocked_by else None
        self.differs = text.differs_text(seen, DIFFERS) if seen else ""
        self.grid = seen.grid if seen else ()
        self.returned = text.returned_text(seen) if seen else ("", "", "")
        self.hint, self.remark = verdict.hint, verdict.remark
        self.printed = text.printed_text(verdict)
        self.read_again = text.read_again(verdict)

    @property
    def lanes(self) -> list[Lane]:
        """Return the quantities grouped by direction, then the properties, each in order of computation."""
        backward = [chip for chip in self.chips if chip.code and chip.name.startswith("grad")]
        others = [chip for chip in self.chips if chip.code and chip not in backward]
        names = {chip.name for chip in others}
        label = next((label for label, known in _LANES.items() if names.intersection(known)), "")
        facts = [chip for chip in self.chips if not chip.code]
        named = Lane(say(label), tuple(others))
        lanes = (named, Lane(say("backward"), tuple(backward)), Lane("", tuple(facts)))
        return [lane for lane in lanes if lane.chips]

    @property
    def unseen(self) -> list[str]:
        return [chip.name for chip in self.chips if chip.mark == OPEN]


def _chips(verdict: Verdict) -> list[Chip]:
    """Return a chip for each row. Those after the first wrong one are open: they depend on it and add no information.

    Rows with a label are named in words, the others as in the code.
    Return no chips if student code gave no answer or the wrong number of results, because no row was compared then.
    """
    if verdict.failure is not None or verdict.blocked_by:
        return []
    chips: list[Chip] = []
    open_from_here = False
    for row in verdict.rows:
        if text.about_count(row):
            break
        if row.name != "inputs":
            mark = OPEN if open_from_here else RIGHT if row.ok else WRONG
            shape = {RIGHT: row.got, WRONG: verdict.returned.shape if verdict.returned else "", OPEN: ""}[mark]
            chips.append(Chip(mark, label_of(row.name), "" if shape == "()" else shape, row.name not in LABELS))
        open_from_here = open_from_here or not row.ok
    return chips


def runs(bits: str) -> Iterable[tuple[bool, str]]:
    """Yield the runs of equal entries in a row of the grid, each as (whether they differ, their marks)."""
    for bit, run in groupby(bits):
        differs = bit == "1"
        yield differs, " ".join((DIFFERS if differs else AGREES) for _ in run)


def as_text(verdict: Verdict) -> str:
    """Return a check's message as text: rows, what is wrong and where, the suspected mistake, what to read again."""
    card = Card(verdict)
    about = {"name": card.name, "title": card.title, "outcome": card.outcome, "points": card.points}
    lines = [card.mark + " " + say("{name}: {title} — {outcome}, {points}", **about)]
    seen = [chip for chip in card.chips if chip.mark != OPEN]
    width = max((cells(chip.name) for chip in seen), default=0)
    lines += [f"  {chip.mark} {padded(chip.name, width)}  {chip.shape}".rstrip() for chip in seen]
    if card.unseen:
        lines.append(f"  {OPEN} " + say("{names}: not looked at yet", names=say("; ").join(card.unseen)))
    if card.detail:
        lines += ["", card.detail]
    if card.where:
        lines.append(card.where)
    lines += _indented(card.line)
    if card.differs:
        lines += ["", card.differs]
    lines += ["    " + " ".join(marks for _, marks in runs(bits)) for bits in card.grid]
    if any(card.returned):
        lines += [*([] if card.differs else [""]), "".join(card.returned)]
    for part in (card.hint, card.remark):
        if part:
            lines += ["", part]
    if card.printed:
        lines += ["", say("Your code printed:"), *_indented(card.printed)]
    if card.read_again:
        lines += ["", say("Read again: “{heading}”.", heading=card.read_again)]
    return "\n".join(lines)


def _indented(lines: str) -> list[str]:
    return ["    " + line for line in lines.splitlines()]


def as_line(verdict: Verdict) -> str:
    """Return the verdict on one line, for a table or a log."""
    said = say(SAID[RIGHT]) if verdict.passed else text.detail_of(verdict) or verdict.outcome
    return paragraph(said, verdict.hint, verdict.remark)


def as_summary(verdict: Verdict) -> str:
    """Return the short text shown in place of an error when the whole message is displayed above it."""
    return f"{mark_of(verdict)} {_outcome_of(verdict)}"
