"""Write grades into nbgrader's gradebook: one open database, one transaction for each submission."""

from __future__ import annotations

import datetime
import random
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader import api, utils  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]  # as above
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]  # as above
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from course.grading.settings import course_folder, load_settings, quiet_log

# Formgrader or a second `course grade` may hold the database for a moment: SQLite waits so long for its turn, and where
# it cannot wait (two that read and then want to write) the whole transaction is tried again.
LOCKED_WAIT_S = 30
LOCKED_TRIES = 20


@dataclass(frozen=True)
class _Part:
    """One notebook of a lesson: names of its graded cells and of those with an answer, by their rows' ids."""

    id: str
    name: str
    grades: dict[str, str]
    comments: dict[str, str]


@dataclass(frozen=True)
class _Layout:
    """What the gradebook knows of a lesson."""

    assignment_id: str
    notebooks: tuple[_Part, ...]


class Record:
    """nbgrader's gradebook of a course, held open.

    Which cells are graded and what they are worth comes from what `generate_assignment` recorded.
    """

    def __init__(self, root: Path, config: Any) -> None:
        self.root = root
        self._config = config
        self._course = course_folder(root, config)
        self._gradebook = api.Gradebook(self._course.db_url, self._course.course_id)
        self._db = self._gradebook.db
        if self._db.get_bind().dialect.name == "sqlite":
            self._db.execute(text(f"PRAGMA busy_timeout = {1000 * LOCKED_WAIT_S}"))
        self._layouts: dict[str, _Layout] = {}
        self._penalties = AssignLatePenalties(config=config, log=quiet_log())
        self._penalties.init_plugin()

    def close(self) -> None:
        self._gradebook.close()

    def ensure_lesson(self, lesson: str) -> None:
        """Record a lesson's cells in the gradebook if that has not been done, as `generate_assignment` does.

        It works on a copy: release/ stays as it is.
        """
        assignment = self._db.query(api.Assignment).filter_by(name=lesson).one_or_none()
        if assignment is not None and any(n.grade_cells for n in assignment.notebooks):
            return
        with tempfile.TemporaryDirectory(prefix="course-record-") as name:
            folder = Path(name).resolve()
            shutil.copytree(self.root / "source" / lesson, folder / "source" / lesson)
            config = self._config.copy()
            config.CourseDirectory.root = str(folder)
            config.CourseDirectory.db_url = self._course.db_url
            course = course_folder(folder, config)
            course.assignment_id = lesson
            GenerateAssignment(coursedir=course, config=config, log=quiet_log()).start()
        self._db.expire_all()

    def students(self) -> set[str]:
        return {s.id for s in self._db.query(api.Student)}

    def save(self, lesson: str, student: str, notebook: NotebookNode, timestamp: datetime.datetime | None) -> float:
        """Write every row of a submission and return its score from checks.

        All rows change together: an old score of a cell never survives, and a kill leaves the old rows or the new.
        Written answers keep the points given by hand, and are marked to be looked at again if they changed.
        """
        for attempt in range(LOCKED_TRIES):
            try:
                return self._save(lesson, student, notebook, timestamp)
            except (OperationalError, IntegrityError) as error:
                # Another process writes, or has just made the same row: nothing of ours was written, so we try again.
                busy = isinstance(error, IntegrityError) or "locked" in str(error)
                if not busy or attempt == LOCKED_TRIES - 1:
                    raise
                time.sleep(random.uniform(0.05, 0.5))
        raise AssertionError("unreachable")

    def _save(self, lesson: str, student: str, notebook: NotebookNode, timestamp: datetime.datetime | None) -> float:
        db, layout = self._db, self._layout(lesson)
        cells = {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}
        total = 0.0
        try:
            submission = self._submission(layout, student, timestamp)
            for part in layout.notebooks:
                part_id = self._part(submission, part)
                total += self._save_grades(part, part_id, cells if part.name == lesson else {})
                self._save_comments(part, part_id, cells)
            db.flush()
            self._late(submission, student)
            db.commit()
        except BaseException:
            db.rollback()
            raise
        return total

    def _layout(self, lesson: str) -> _Layout:
        """Return what the gradebook holds of a lesson, read once: it does not change while a class is graded."""
        if lesson not in self._layouts:
            assignment = self._db.query(api.Assignment).filter_by(name=lesson).one()
            parts = tuple(
                _Part(
                    n.id,
                    n.name,
                    {c.id: c.name for c in n.grade_cells},
                    {c.id: c.name for c in [*n.solution_cells, *n.task_cells]},
                )
                for n in assignment.notebooks
            )
            self._layouts[lesson] = _Layout(assignment.id, parts)
        return self._layouts[lesson]

    def _submission(self, layout: _Layout, student: str, timestamp: datetime.datetime | None) -> str:
        """Return the id of a submission's row, made if it is not there: nbgrader's own schema, without its commits."""
        db = self._db
        if not db.execute(select(api.Student.id).filter_by(id=student)).first():
            db.execute(insert(api.Student), [{"id": student}])
        row = db.execute(
            select(api.SubmittedAssignment.id).filter_by(assignment_id=layout.assignment_id, student_id=student)
        ).first()
        fields = {"assignment_id": layout.assignment_id, "student_id": student, "timestamp": timestamp}
        if row is None:
            made = api.new_uuid()
            db.execute(insert(api.SubmittedAssignment), [{"id": made, **fields}])
            return str(made)
        db.execute(update(api.SubmittedAssignment).filter_by(id=row[0]).values(timestamp=timestamp))
        return str(row[0])

    def _part(self, submission: str, part: _Part) -> str:
        db = self._db
        row = db.execute(
            select(api.SubmittedNotebook.id).filter_by(assignment_id=submission, notebook_id=part.id)
        ).first()
        if row is not None:
            return str(row[0])
        made = api.new_uuid()
        db.execute(insert(api.SubmittedNotebook), [{"id": made, "assignment_id": submission, "notebook_id": part.id}])
        return str(made)

    def _save_grades(self, part: _Part, part_id: str, cells: dict[str, NotebookNode]) -> float:
        db = self._db
        known = {
            row.cell_id: row
            for row in db.execute(
                select(api.Grade.id, api.Grade.cell_id, api.Grade.auto_score, api.Grade.manual_score).filter_by(
                    notebook_id=part_id
                )
            )
        }
        new, old, total = [], [], 0.0
        for cell_id, name in part.grades.items():
            cell = cells.get(name)
            score = 0.0 if cell is None else utils.determine_grade(cell, quiet_log())[0]
            total += score or 0.0
            row = known.get(cell_id)
            if row is None:
                fields = {"id": api.new_uuid(), "notebook_id": part_id, "cell_id": cell_id}
                new.append({**fields, "auto_score": score, "needs_manual_grade": score is None})
            else:
                # as nbgrader has it: what has no score of its own is to be looked at, or one that was given by hand
                look = score is None or (row.manual_score is not None and row.auto_score != score)
                old.append({"id": row.id, "auto_score": score, "needs_manual_grade": look})
        if new:
            db.execute(insert(api.Grade), new)
        if old:
            db.execute(update(api.Grade), old)
        return total

    def _save_comments(self, part: _Part, part_id: str, cells: dict[str, NotebookNode]) -> None:
        db = self._db
        known = dict(db.execute(select(api.Comment.cell_id, api.Comment.id).filter_by(notebook_id=part_id)).all())
        new, old = [], []
        for cell_id, name in part.comments.items():
            cell = cells.get(name)
            untouched = cell is None or cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            said = {"auto_comment": "No response." if untouched else None}
            if cell_id in known:
                old.append({"id": known[cell_id], **said})
            else:
                new.append({"id": api.new_uuid(), "notebook_id": part_id, "cell_id": cell_id, **said})
        if new:
            db.execute(insert(api.Comment), new)
        if old:
            db.execute(update(api.Comment), old)

    def _late(self, submission: str, student: str) -> None:
        """Take off what the course's plugin says for a late submission; by default nothing."""
        submitted = self._db.get(api.SubmittedAssignment, submission, populate_existing=True)
        seconds = submitted.total_seconds_late
        for part in submitted.notebooks:
            penalty = None
            if seconds > 0:
                self._db.refresh(part)
                penalty = self._penalties.plugin_inst.late_submission_penalty(student, part.score, seconds)
            if penalty is not None:
                part.late_submission_penalty = self._penalties._check_late_penalty(part, penalty)
            elif part.late_submission_penalty is not None:
                part.late_submission_penalty = None


def existing_students(root: Path) -> set[str]:
    """Return the students in a course's gradebook; none if there is no gradebook yet."""
    config = load_settings(root)
    course = course_folder(root, config)
    path = str(course.db_url).removeprefix("sqlite:///")
    if str(course.db_url).startswith("sqlite:") and not Path(path).exists():
        return set()
    with api.Gradebook(course.db_url, course.course_id) as gradebook:
        return {s.id for s in gradebook.students}


def scores(root: Path) -> dict[tuple[str, str], float]:
    """Return the points from checks of each student in each lesson (written answers are not in it)."""
    config = load_settings(root)
    course = course_folder(root, config)
    with api.Gradebook(course.db_url, course.course_id) as gradebook:
        return {
            (submitted.student_id, submitted.assignment.name): float(submitted.code_score)
            for submitted in gradebook.db.query(api.SubmittedAssignment)
        }
