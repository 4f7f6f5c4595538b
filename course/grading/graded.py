"""The outcome of grading a submission, notes on its wrong answers, and its timestamp."""

from __future__ import annotations

import ast
import datetime
import itertools
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from course.errors import plain
from course.exercise import Verdict
from course.grading.cell import by_name
from course.grading.reading import NotPlain, read_plainly
from course.grading.submission import Submission
from course.judging.text import detail_of
from course.language import say, using
from course.runner.syntax import MAX_SOURCE, last_name, targets, tree_of, walk

# Files that nbgrader puts beside a submission: when it was handed in, and the secret by which its feedback is found.
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"


def notes_folder(root: Path) -> Path:
    """Return the folder of grading's notes on each submission, LESSON/STUDENT.json."""
    return root / ".course" / "grading" / "done"


def graded_folder(root: Path, student: str, lesson: str) -> Path:
    """Return the folder of a student's graded notebooks of a lesson, where nbgrader expects it."""
    return root / "autograded" / student / lesson


@dataclass(frozen=True)
class Graded:
    """The outcome of grading one submission, as reported in the summary and by `--json`.

    to_look_at: what answers to be written by hand reach for (see reaches.py), which costs no points.
    status: "graded", "repaired", "unreadable", "timed_out", "out_of_memory", "too_many_processes", "crashed", or
    "failed" (not graded).
    wrong: the notes of `noted_in` on each exercise that was attempted and did not pass.
    """

    lesson: str
    student: str
    status: str
    score: float = 0.0
    max_score: float = 0.0
    outcomes: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    to_look_at: tuple[str, ...] = ()
    seed: int = 0
    skipped: bool = False
    total_seconds_late: float = 0.0
    late_submission_penalty: float = 0.0
    wrong: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def needs_a_look(self) -> bool:
        return self.status != "graded" or "refused" in self.outcomes.values() or bool(self.to_look_at)


def read_timestamp(folder: Path) -> tuple[datetime.datetime | None, list[str]]:
    """Return when a submission was handed in, None if unknown, and a note if its timestamp cannot be read."""
    path = folder / TIMESTAMP
    if not os.path.lexists(path):
        return None, []
    text: bytes | None = None
    with suppress(OSError, NotPlain):
        text = read_plainly(path, 1000)
    stamp = time_of(text or b"")
    cannot_be_read = text is None or (stamp is None and text.strip())
    return stamp, [say("its timestamp cannot be read")] if cannot_be_read else []


def time_of(text: bytes) -> datetime.datetime | None:
    """Return the time, in UTC, in the text of a timestamp file; None if there is none."""
    from nbgrader.utils import parse_utc  # type: ignore[import-untyped]  # nbgrader ships no types

    with suppress(ValueError, OverflowError):
        said = text.decode()[:100].strip()
        stamp: datetime.datetime | None = parse_utc(said) if said else None
        return stamp
    return None


# Enough to recognise a mistake; one such excerpt is stored for each wrong answer of a class.
MAX_LINES, MAX_WIDTH, MAX_SAID = 10, 120, 300
# What is noted on a wrong answer.
NOTED = {"quantity", "said", "line"}
# Mistakes made after a quantity is assigned: in the statement that uses it, or in the one that returns it.
IN_ITS_USE = {"h-overwritten", "alias-not-copy"}
IN_THE_RETURN = {"order-of-results", "too-few-results", "results-wrapped"}


def noted_in(submission: Submission, verdicts: Mapping[str, Verdict]) -> dict[str, dict[str, str]]:
    """Return notes on the answer to each exercise that was attempted and did not pass; no code runs.

    Each has the first wrong "quantity", what the check "said", and the "line" or lines that show it; any may be "".
    """
    if submission.unreadable:
        return {}
    texts = {name: cell.source for name, cell in by_name(submission.cells).items()}
    wrong = {n: v for n, v in verdicts.items() if not v.passed and v.outcome != "not_attempted"}
    with using(submission.language):
        return {name: _noted(verdict, texts.get(name, "")) for name, verdict in wrong.items()}


def _noted(verdict: Verdict, source: str) -> dict[str, str]:
    quantity = verdict.first_wrong.name if verdict.first_wrong else ""
    failed = verdict.failure.line if verdict.failure else ""
    failed = "" if failed in _lines_in_strings(source) else failed.partition("#")[0]
    said = plain(detail_of(verdict) or verdict.remark)[:MAX_SAID]
    line = _cut(failed or _lines_of(source, quantity.partition(" ")[0], verdict.mistake))
    return {"quantity": quantity, "said": said, "line": line}


def _lines_in_strings(source: str) -> set[str]:
    """Return the lines that string literals of several lines are on: each line alone is prose that looks like code."""
    tree = tree_of(source[:MAX_SOURCE])
    nodes = [n for n in (walk(tree) if tree else ()) if isinstance(n, ast.Constant | ast.JoinedStr)]
    spans = [range(n.lineno - 1, n.end_lineno or n.lineno) for n in nodes]
    lines = source.split("\n")
    return {lines[i].strip()[:200] for span in spans if len(span) > 1 for i in span}


def _lines_of(source: str, name: str, mistake: str | None = None) -> str:
    """Return an answer's first loop, else the statements that assign a name, else the last `return`; without comments.

    If the mistake is made where the name is used, its first use is added to its assignments; if it is made in the
    `return`, only that is returned.
    """
    tree = tree_of(source[:MAX_SOURCE])
    if tree is None:
        return ""
    nodes = list(walk(tree))
    loops = [node for node in nodes if isinstance(node, ast.For | ast.While)]
    returns = [node for node in nodes if isinstance(node, ast.Return)]
    given = [node for node in nodes if name in _given(node)]
    if mistake in IN_ITS_USE and given:
        after = [node for node in nodes[nodes.index(given[0]) + 1 :] if isinstance(node, ast.stmt)]
        uses = (s for s in after if any(isinstance(part, ast.Name) and part.id == name for part in walk(s)))
        given = list(dict.fromkeys([*given, *itertools.islice(uses, 1)]))
    chosen: list[ast.AST] = [*loops[:1]] or given
    if mistake in IN_THE_RETURN or not chosen:
        chosen = [*returns[-1:]]
    try:
        return "\n".join(ast.unparse(node) for node in chosen)
    except RecursionError:
        return ""


def _given(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement assigns, or changes in place by a method whose name ends in an underscore."""
    for target in targets(node):
        yield last_name(target.value if isinstance(target, ast.Subscript) else target)
    called = node.value if isinstance(node, ast.Expr) else None
    while isinstance(called, ast.Call | ast.Attribute):
        if isinstance(called, ast.Attribute) and called.attr.endswith("_"):
            yield last_name(called.value)
        called = called.func if isinstance(called, ast.Call) else called.value


def _cut(text: str) -> str:
    lines = [plain(line.rstrip())[:MAX_WIDTH] for line in text.splitlines()]
    return "\n".join([*lines[:MAX_LINES], *(["…"] if len(lines) > MAX_LINES else [])])
