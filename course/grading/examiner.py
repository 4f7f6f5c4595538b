"""The trusted half of grading: asks with fresh seeds, judges answers, writes what each check cell shows."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import nbformat
from nbformat.notebooknode import NotebookNode

from course.asking import Answer, Failure, Question
from course.asking.syntax import names_in, tree_of
from course.checks import Exercise, Verdict, as_html, as_summary, as_text, judge, right_ones_told
from course.errors import plain
from course.exercises import exercises_of
from course.grading.cell import names_bound, new_cell
from course.grading.questions import Asked
from course.grading.submission import Submission
from course.worker import DEFAULT, Cell, CellResult, Limits, Program, Transcript, told_by_cell

# An exercise to be asked -> right ones, by name, that stand in for earlier ones while it is.
Provided = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Examined:
    """A submission with its verdicts by exercise name, and the notebook that shows them."""

    verdicts: dict[str, Verdict]
    notebook: NotebookNode
    seed: int


def needs_torch(lesson: str) -> bool:
    """Tell whether a lesson's code runs where torch is: the first way's does not."""
    return not all(e.options.get("numpy_only") for e in exercises_of(lesson))


def program_of(
    submission: Submission,
    asked: Asked,
    *,
    limits: Limits = DEFAULT,
    demonstrations: bool = False,
    confined: bool = True,
    provided: Provided | None = None,
) -> Program:
    """Make the program a worker runs: the student's code cells in order, questions where check cells stand.

    A check that stands before its answer waits for it; a copy of the answer further down changes nothing.

    Cells that only demonstrate are left out, unless the student added code of their own, which may build on them.
    provided: the exercises to ask, each with what stands in for earlier ones; by default all, with nothing.
    """
    exercises: Collection[str] = asked.questions if provided is None else provided
    own = any(_is_own(c) for c in submission.cells)
    cells: list[Cell] = []
    defined: set[str] = set()
    due: list[str] = []
    for i, cell in enumerate(submission.cells):
        name = _grade_id(cell)
        if name.removeprefix("check_") in exercises and name.startswith("check_"):
            due.append(name.removeprefix("check_"))
        elif cell.cell_type == "code":
            if "demonstration" in cell.metadata.get("tags", []) and not (own or demonstrations):
                continue
            cells.append(Cell(cell_key(cell, i), cell.source))
            if any(exercise in cell.source for exercise in exercises):
                defined |= names_bound(cell.source)
        for ready in [d for d in due if d in defined]:
            cells += _asking(ready, provided)
            due.remove(ready)
    for name in due:
        cells += _asking(name, provided)
    return Program(tuple(cells), asked.questions, limits, confined)


def _asking(exercise: str, provided: Provided | None) -> list[Cell]:
    """Return the cells that ask an exercise, with those before it that stand in for others."""
    before = (provided or {}).get(exercise, {})
    right = [Cell(f"right {name} for {exercise}", source) for name, source in before.items()]
    return [*right, Cell(f"check_{exercise}", ask=exercise)]


def _is_own(cell: NotebookNode) -> bool:
    plain = "nbgrader" not in cell.metadata and "demonstration" not in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and plain and bool(cell.source.strip())


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.nbgrader.grade_id) if "nbgrader" in cell.metadata else ""


def cell_key(cell: NotebookNode, i: int) -> str:
    return _grade_id(cell) or f"cell {i}"


def wants_demonstrations(transcript: Transcript) -> bool:
    """Tell whether an answer missed a name that a cell left out may have defined."""
    failures = [a.failure for answers in transcript.answers.values() for a in answers if a.failure is not None]
    return any(f.type_name == "NameError" for f in failures)


def examine(submission: Submission, asked: Asked, transcript: Transcript, again: Transcript | None = None) -> Examined:
    """Judge a transcript and write the graded notebook.

    again: what was seen where right exercises stood in for those that did not pass.
    """
    verdicts: dict[str, Verdict] = {}
    for exercise in asked.exercises:
        failed = [name for name, verdict in verdicts.items() if not verdict.passed]
        verdict = _judged(submission, exercise, asked.questions[exercise.name], transcript, failed)
        if verdict.blocked_by and again is not None:
            right = _judged(submission, exercise, asked.questions[exercise.name], again, ())
            verdict = _with_right_ones(verdict, right)
        verdicts[exercise.name] = verdict
    return Examined(verdicts, _notebook(submission, verdicts, transcript), asked.seed)


def _judged(
    submission: Submission,
    exercise: Exercise,
    questions: tuple[Question, ...],
    transcript: Transcript,
    failed: Collection[str],
) -> Verdict:
    answers = transcript.answers.get(exercise.name) or tuple(Answer(failure=Failure("died")) for _ in questions)
    answers = told_by_cell(transcript.cells.get(exercise.name), answers)
    answers = tuple(_told_by_cell_above(a, submission, transcript) for a in answers)
    if submission.unreadable:
        answers = tuple(Answer(failure=Failure("unreadable", message=submission.unreadable)) for _ in questions)
    if any("uses" not in a.facts for a in answers):  # what hung or died could not tell: its text does
        answers = tuple(
            a if "uses" in a.facts else replace(a, facts={**a.facts, "uses": _names_in(submission, exercise.name)})
            for a in answers
        )
    try:
        return judge(exercise, questions, answers, failed)
    except Exception:  # only a forged answer can make the oracle raise: score it 0
        forged = tuple(Answer(failure=Failure("unjudged", message="it makes no sense")) for _ in questions)
        return judge(exercise, questions, forged, failed)


def _told_by_cell_above(answer: Answer, submission: Submission, transcript: Transcript) -> Answer:
    """Let a name that is missing tell of the cell that was to define it, where that failed."""
    failure = answer.failure
    missing = re.match(r"name '(\w{1,100})' is not defined", failure.message) if failure else None
    if failure is None or failure.type_name != "NameError" or missing is None:
        return answer
    for i, cell in enumerate(submission.cells):
        result = transcript.cells.get(cell_key(cell, i))
        names_it = re.search(rf"\b{missing[1]}\b|import \*", cell.source)
        if result is not None and result.status not in ("done", "not_run") and names_it:
            said = f"{failure.message}. A cell that was to bring it failed: {_words_of(result)}"
            return replace(answer, failure=replace(failure, message=said))
    return answer


def _names_in(submission: Submission, exercise: str) -> list[str]:
    """Return the names that the text of an exercise's cell refers to."""
    trees = [tree_of(c.source) for c in submission.cells if _grade_id(c) == exercise and c.cell_type == "code"]
    return sorted({name for tree in trees if tree is not None for name in names_in(tree)})


def to_provide(examined: Examined, reference: Mapping[str, str]) -> Provided:
    """Return which exercises to ask once more, because they build on some that did not pass, and right ones of these.

    reference: the right answers by exercise.
    """
    provided: Provided = {}
    failed: list[str] = []
    for name, verdict in examined.verdicts.items():
        if verdict.blocked_by and all(n in reference for n in failed):
            provided[name] = {n: reference[n] for n in failed}
        if not verdict.passed:
            failed.append(name)
    return provided


def _with_right_ones(blocked: Verdict, verdict: Verdict) -> Verdict:
    """Return what an exercise comes to that was asked with right ones in place of those it is blocked by.

    Only what is ours is told: what came from the student's code could carry the text of the right ones.
    """
    told = replace(verdict, printed="", remark=right_ones_told(blocked.blocked_by, verdict.passed))
    return told if told.passed else replace(told, rows=(), failure=None, problem="", where="")


def _notebook(submission: Submission, verdicts: dict[str, Verdict], transcript: Transcript) -> NotebookNode:
    """Write the graded notebook: what nbgrader scores and formgrader and feedback show."""
    cells = []
    for i, cell in enumerate(submission.cells):
        made = NotebookNode(cell)  # only its outputs are replaced
        name = _grade_id(made)
        if made.cell_type == "code":
            made.outputs, made.execution_count = [], None
            if name.startswith("check_") and name.removeprefix("check_") in verdicts:
                made.outputs = outputs_of(verdicts[name.removeprefix("check_")])
            elif cell_key(made, i) in transcript.cells:
                made.outputs = _own_outputs(transcript.cells[cell_key(made, i)])
        cells.append(made)
    if note := note_of(submission):
        cells.insert(0, new_cell("markdown", note, "note"))
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})


def note_of(submission: Submission) -> str:
    """Return what a reader of the graded notebook is to know first, "" if it is as it was handed in."""
    if submission.unreadable:
        why = plain(submission.unreadable)
        first = f"This submission could not be read: {why}. The cells below are those handed out."
    elif submission.repairs:
        first = "**Before it was graded**, this was seen to in the notebook; nothing that was written in it is lost:"
    else:
        return ""
    return "\n".join([first, "", *(f"- {plain(repair)}" for repair in submission.repairs)])


def outputs_of(verdict: Verdict) -> list[NotebookNode]:
    """Return a check cell's outputs in the form nbgrader scores: what the notebook's own check would show.

    A pass is displayed only; part of the points is the cell's first result, a bare number; nothing earned is an error.
    """
    message = {"text/plain": as_text(verdict), "text/html": as_html(verdict)}
    outputs = [_output("display_data", data=message, metadata={})]
    points = verdict.points
    if verdict.passed:
        return outputs
    if math.isfinite(points) and 0 < points < verdict.max_points:
        number = {"text/plain": repr(float(points))}
        return [*outputs, _output("execute_result", data=number, metadata={}, execution_count=None)]
    summary = as_summary(verdict)
    return [*outputs, _output("error", ename="CheckFailed", evalue=as_text(verdict), traceback=summary.splitlines())]


def _output(kind: str, **fields: object) -> NotebookNode:
    """Make an output without nbformat's validation of each, as `new_cell` does for cells."""
    return nbformat.from_dict({"output_type": kind, **fields})


def _own_outputs(result: CellResult) -> list[NotebookNode]:
    outputs = []
    if result.text:
        outputs.append(_output("stream", name="stdout", text=result.text))
    if result.status != "done":
        words = _words_of(result)
        name, _, value = words.partition(": ")
        where = [f"line {result.line_number}: {result.line}"] if result.line else []
        outputs.append(_output("error", ename=name[:80], evalue=value, traceback=[words, *where]))
    return outputs


def _words_of(result: CellResult) -> str:
    """Say why a cell failed."""
    told = {"timed_out": "This cell did not end in its time.", "out_of_memory": "This cell took too much memory."}
    return result.error or told.get(result.status, f"This cell was {result.status.replace('_', ' ')}.")
