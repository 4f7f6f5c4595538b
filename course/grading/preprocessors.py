"""nbgrader's own `autograde` goes the same way: these stand in its lists of preprocessors (see nbgrader_config.py)."""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]  # nbgrader ships no types

# One grader a process: nbgrader makes its preprocessors anew for every notebook, and warm processes take a second.
_GRADERS: dict[Path, Any] = {}


def _grader() -> Any:
    """Return the grader of the course nbgrader works in: it has made the course folder the working directory."""
    from course.grading.grader import Grader

    root = Path.cwd().resolve()
    if root not in _GRADERS:
        _GRADERS[root] = Grader(root, confined=os.environ.get("COURSE_GRADE_UNCONFINED") != "1")
        atexit.register(_GRADERS[root].close)
    return _GRADERS[root]


class Mend(NbGraderPreprocessor):
    """Mend a damaged notebook from the release, so that nothing after it trips over it."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        from course.grading.submission import mend

        release = _grader().release(resources["nbgrader"]["assignment"])
        submission = mend(nbformat.writes(nb, version=nbformat.NO_CONVERT), release)
        for repair in submission.repairs:
            self.log.warning("Repaired: %s", repair)
        made = nbformat.v4.new_notebook(cells=list(submission.cells), metadata=release.notebook.metadata)
        return nbformat.from_dict(made), resources


class Examine(NbGraderPreprocessor):
    """Run a submission confined, judge its answers, and write what each check cell shows; nbgrader scores it."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        from course.grading.submission import mend

        grader, lesson = _grader(), resources["nbgrader"]["assignment"]
        submission = mend(nbformat.writes(nb, version=4), grader.release(lesson))
        shown = grader.examine_submission(submission, lesson).examined.notebook
        outputs = {c.metadata.nbgrader.grade_id: c for c in shown.cells if "nbgrader" in c.metadata}
        for cell, judged in zip(nb.cells, shown.cells, strict=True):
            if cell.cell_type == "code":
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                source = outputs.get(name, judged)
                cell.outputs, cell.execution_count = source.outputs, None
        return nb, resources
