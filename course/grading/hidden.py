"""Feedback without hidden tests: students learn only that one failed."""

from __future__ import annotations

import re
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode

from course.grading.outputs import WHERE
from course.language import say


class WithoutHiddenTests(Preprocessor):
    """Remove hidden tests from a student's feedback: their source, and everything that their cell printed.

    The message of a failed assertion is meant for the student, and stays.
    """

    enabled = True

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        flags = cell.metadata.get("nbgrader", {})
        if not flags.get("grade") or flags.get("solution"):  # students write these cells themselves
            return cell, resources
        kept, hidden = [], set()
        inside = False
        for number, line in enumerate(cell.source.split("\n"), start=1):
            begins, ends = "BEGIN HIDDEN TESTS" in line, "END HIDDEN TESTS" in line
            inside = (inside or begins) and not ends
            if inside or ends:
                hidden.add(number)
            else:
                kept.append(line)
        if hidden:
            cell.source = "\n".join(kept)
            if cell.cell_type == "code":
                cell.outputs = [_without_hidden(o, hidden) for o in cell.outputs if o.output_type != "stream"]
        return cell, resources


def _without_hidden(output: NotebookNode, hidden: set[int]) -> NotebookNode:
    if output.output_type != "error":
        return output
    line = re.escape(say(WHERE, n=0, line="")).replace("0", r"(\d+)")
    where = re.match(line, str(output.traceback[-1]) if output.traceback else "")
    if where and int(where[1]) in hidden:
        said = f": {output.evalue}" if output.ename == "AssertionError" and output.evalue else ""
        failed = say("A hidden test failed: {what}", what=f"{output.ename}{said}")
        output.evalue, output.traceback = "", [failed]
    return output
