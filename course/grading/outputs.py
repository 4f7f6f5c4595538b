"""The outputs of a graded notebook's cells, in the form nbgrader scores."""

from __future__ import annotations

import json
import math
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from course.exercise import Verdict
from course.grading.assignment import GradedCell
from course.grading.cell import Raw
from course.judging import as_summary, bundles
from course.language import later, say
from course.sandbox import CellResult

# Where a cell failed: the last line of its traceback.
WHERE = later("line {n}: {line}")
# The remaining fields of an `execute_result` output.
NO_MORE: dict[str, Any] = {"metadata": {}, "execution_count": None}


def outputs_of(verdict: Verdict) -> list[NotebookNode]:
    """Return a check cell's outputs in the form nbgrader scores: those that the notebook's own check would show.

    A pass is only displayed; partial credit is the cell's first result, a bare number; zero points are an error.
    """
    shown, result = bundles(verdict)
    outputs = [_output("display_data", data=shown, metadata={})]
    if verdict.passed:
        return outputs
    if result:
        return [*outputs, _output("execute_result", data=result, **NO_MORE)]
    traceback = as_summary(verdict).splitlines()
    return [*outputs, _output("error", ename="CheckFailed", evalue=shown["text/plain"], traceback=traceback)]


def _output(kind: str, **fields: object) -> NotebookNode:
    """Make an output without nbformat's slow validation, as `new_cell` does for cells."""
    return nbformat.from_dict({"output_type": kind, **fields})


def own_outputs(result: CellResult, source: str = "") -> list[NotebookNode]:
    """Return a cell's outputs; source: the text to take the failing line from, by default the result's own line."""
    outputs = []
    if result.text:
        outputs.append(_output("stream", name="stdout", text=result.text))
    if result.status != "done":
        words = words_of(result)
        name, _, value = words.partition(": ")
        line = "".join(source.splitlines()[result.line_number - 1 :][:1]).strip() if source else result.line
        where = [say(WHERE, n=result.line_number, line=line)] if line and result.line_number else []
        outputs.append(_output("error", ename=name[:80], evalue=value, traceback=[words, *where]))
    return outputs


def text_of(notebook: NotebookNode) -> str:
    """Serialize a graded notebook byte for byte as nbformat does, but without nbformat's field-by-field copy."""
    whole = {**notebook, "cells": [_in_lines(cell) for cell in notebook.cells]}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)


def _in_lines(part: NotebookNode) -> Raw:
    """Return a cell or an output with its texts split into lists of lines, as in notebook files."""
    made: Raw = {name: part[name].splitlines(True) for name in ("source", "text") if name in part}
    if "data" in part:
        made["data"] = {kind: text.splitlines(True) for kind, text in part.data.items()}
    if "outputs" in part:
        made["outputs"] = [_in_lines(output) for output in part.outputs]
    return {**part, **made}


def words_of(result: CellResult) -> str:
    """Return a sentence on why a cell failed."""
    told = {
        "timed_out": later("This cell ran out of time."),
        "out_of_memory": later("This cell took too much memory."),
        "too_many_processes": later("This cell started too many processes."),
        "crashed": later("This cell ended its Python process."),
        "not_run": later("This cell was not run."),
    }
    failed = later("This cell failed.")
    return result.error or say(told.get(result.status, failed))


def score_of(cell: GradedCell, result: CellResult | None) -> tuple[list[NotebookNode], str]:
    """Return the outputs of an instructor's graded cell, in the form nbgrader scores, and a note, or "".

    nbgrader gives full points to a cell without outputs, so a cell that did not run to its end gets an error here. If
    the last value is a number, it is the score; it may come from student code, and is clipped to the cell's points.
    """
    outputs = own_outputs(result or CellResult("not_run"), cell.source)
    if result is None or result.status != "done" or not result.value:
        return outputs, ""
    try:
        number = float(result.value)
    except ValueError:  # as in nbgrader: not a number is not a score, and the cell ran to its end
        return [*outputs, _output("execute_result", data={"text/plain": result.value}, **NO_MORE)], ""
    score = 0.0 if math.isnan(number) else min(max(number, 0.0), cell.points)
    outputs.append(_output("execute_result", data={"text/plain": repr(score)}, **NO_MORE))
    if score == number:
        return outputs, ""
    given = {"name": cell.name, "number": number, "points": cell.points, "score": score}
    return outputs, say("`{name}` gave {number:g} of its {points:g} points: it counts as {score:g}", **given)
