"""Steps that make `nbgrader autograde` grade as `course grade` does; nbgrader_config.py puts them into its settings."""

from __future__ import annotations

import atexit
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import (  # type: ignore[import-untyped]  # nbgrader ships no types
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets.log import get_logger

from course.grading.exchange import SECRET, carry_secret
from course.grading.marks import result_of
from course.grading.reaches import TO_LOOK_AT
from course.language import later, say, using

# One grader per process: nbgrader makes new preprocessors for every notebook, and fork servers take a second to start.
_GRADERS: dict[Path, Any] = {}
# Assignments for which the warning `forgeable_cells_warning` has been logged.
_TOLD: set[str] = set()
# The metadata key under which a notebook carries, between nbgrader's two passes, what was mended and why nothing could
# be read. It is never taken from a submission.
READ = "read_submission"


def _grader() -> Any:
    """Return the grader of the current course; nbgrader has made the course folder the working directory."""
    from course.grading.grader import Grader

    root = Path.cwd().resolve()
    if root not in _GRADERS:
        _GRADERS[root] = Grader(root, confined=os.environ.get("COURSE_GRADE_UNCONFINED") != "1")
        atexit.register(_GRADERS[root].close)
    return _GRADERS[root]


class Reading(NotebookExporter):
    """Read a submission as `course grade` does: mended from the release, or the release and why it is unreadable.

    nbgrader lets the exporter read the file before any preprocessor, and would stop there if it is not a notebook.
    """

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        from course.grading.assignment import forgeable_cells_warning
        from course.grading.finding import find_task

        path = Path(os.path.abspath(filename))
        if path.is_relative_to(Path.cwd() / "autograded"):  # nbgrader's second pass reads what the first wrote
            return super().from_filename(filename, resources, **kw)
        grader, names = _grader(), resources["nbgrader"]
        assignment, notebook_name = names["assignment"], names["notebook"]
        grader.assignments.invalidate(assignment)
        own = grader.assignments.own_cells(assignment)
        if own and assignment not in _TOLD:
            _TOLD.add(assignment)
            self.log.warning(forgeable_cells_warning(assignment, own))
        release = grader.assignments.release(assignment, notebook_name)
        task = find_task(Path.cwd(), assignment, names["student"])
        submission = task.told(grader.read(task.path_of(notebook_name), assignment, notebook_name))
        with using(release.language):  # the language of the repairs
            for repair in submission.repairs:
                self.log.warning(say("Repaired: {repair}", repair=repair))
            if submission.unreadable:
                told = later("{file} scores 0: {reason}")
                self.log.warning(say(told, file=filename, reason=submission.unreadable))
        notebook = nbformat.v4.new_notebook(cells=list(submission.cells), metadata=release.notebook.metadata)
        notebook.metadata[READ] = {"unreadable": submission.unreadable, "repairs": list(submission.repairs)}
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(nbformat.from_dict(notebook), resources, **kw)


class Examine(NbGraderPreprocessor):
    """Run a submission confined, judge its answers, and write the outputs of each check cell, which nbgrader scores."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        from course.grading.finding import find_task
        from course.grading.submission import mended

        grader, names = _grader(), resources["nbgrader"]
        task, notebook = find_task(Path.cwd(), names["assignment"], names["student"]), names["notebook"]
        read = nb.metadata[READ]
        release = grader.assignments.release(task.lesson, notebook)
        submission = replace(mended(nb.cells, release), unreadable=read["unreadable"], repairs=tuple(read["repairs"]))
        examined = grader.examine_submission(submission, task, notebook).examined
        shown = examined.notebook
        for note in (*examined.notes.values(), *examined.to_look_at):
            with using(release.language):
                self.log.warning(say("{student}: {note}", student=task.student, note=note))
        if examined.to_look_at:
            nb.metadata[TO_LOOK_AT] = list(examined.to_look_at)
        if len(shown.cells) > len(nb.cells):  # the note on top
            nb.cells.insert(0, shown.cells[0])
        for cell, judged in zip(nb.cells, shown.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = judged.outputs, None
        return nb, resources


class SaveGrades(SaveAutoGrades):
    """Save scores as `course grade` does: a cell with points given by hand waits only if its answer has changed."""

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        result = result_of(grade.id, grade, cell)
        grade.needs_manual_grade = _grader().gradebook.given.review(self.gradebook.db, [result])[grade.id]
        grade.auto_score = result.score
        self.gradebook.db.commit()


def leave_only_the_notebook(assignment: str, student: str, notebooks: list[str]) -> None:
    """Delete what nbgrader copied from a submission beside its graded notebook: formgrader would serve it as a page.

    nbgrader calls this after each submission. Files that the instructor put beside the source notebook stay.
    """
    for notebook in notebooks:
        submitted = Path(notebook).parent
        lesson, who = submitted.name, submitted.parent.name
        given, graded = Path.cwd() / "source" / lesson, Path.cwd() / "autograded" / who / lesson
        for note in carry_secret(submitted, graded):
            get_logger().warning("%s: %s", submitted, note)
        kept = {*(Path(n).name for n in notebooks), "timestamp.txt", SECRET, *(p.name for p in given.iterdir())}
        for entry in graded.iterdir():
            if entry.name not in kept and entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name not in kept:
                entry.unlink()
