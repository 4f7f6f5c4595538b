"""Write grades into nbgrader's gradebook: one open database, one transaction for each submission."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader import api, utils  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]  # as above
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]  # as above

from course.grading.settings import course_folder, load_settings, quiet_log


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
        db = self._db
        try:
            submitted = self._submission(lesson, student, timestamp)
            cells = {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}
            for part in submitted.notebooks:
                if part.name == lesson:
                    self._save_notebook(part, cells)
                else:
                    for grade in part.grades:
                        grade.auto_score, grade.needs_manual_grade = 0, False
                db.flush()
                db.refresh(part)
                self._late(submitted, part, student)
            db.commit()
        except BaseException:
            db.rollback()
            raise
        return float(sum(g.auto_score or 0 for part in submitted.notebooks for g in part.grades))

    def _submission(self, lesson: str, student: str, timestamp: datetime.datetime | None) -> Any:
        """Return a submission's rows, made if they are not there: nbgrader's own schema, without its commits."""
        db = self._db
        if db.get(api.Student, student) is None:
            db.add(api.Student(id=student))
            db.flush()
        assignment = db.query(api.Assignment).filter_by(name=lesson).one()
        submitted = (
            db.query(api.SubmittedAssignment).filter_by(assignment_id=assignment.id, student_id=student).one_or_none()
        )
        if submitted is None:
            submitted = api.SubmittedAssignment(assignment_id=assignment.id, student_id=student)
            db.add(submitted)
            db.flush()
        submitted.timestamp = timestamp
        parts = {part.notebook_id: part for part in submitted.notebooks}
        for notebook in assignment.notebooks:
            part = parts.get(notebook.id)
            if part is None:
                part = api.SubmittedNotebook(assignment_id=submitted.id, notebook_id=notebook.id)
                db.add(part)
                db.flush()
            graded = {g.cell_id for g in part.grades}
            db.add_all(api.Grade(cell_id=c.id, notebook_id=part.id) for c in notebook.grade_cells if c.id not in graded)
            told = {c.cell_id for c in part.comments}
            solutions = [*notebook.solution_cells, *notebook.task_cells]
            db.add_all(api.Comment(cell_id=c.id, notebook_id=part.id) for c in solutions if c.id not in told)
        db.flush()
        db.refresh(submitted)
        for part in submitted.notebooks:
            db.refresh(part)
        return submitted

    def _save_notebook(self, part: Any, cells: dict[str, NotebookNode]) -> None:
        for grade in part.grades:
            cell = cells.get(grade.name)
            score = 0.0 if cell is None else utils.determine_grade(cell, quiet_log())[0]
            changed = grade.auto_score != score
            grade.auto_score = score
            # as nbgrader has it: what has no score of its own, or one given by hand before, is to be looked at
            grade.needs_manual_grade = score is None or (grade.manual_score is not None and changed)
        for comment in part.comments:
            cell = cells.get(comment.name)
            untouched = cell is None or cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            comment.auto_comment = "No response." if untouched else None

    def _late(self, submitted: Any, part: Any, student: str) -> None:
        """Take off what the course's plugin says for a late submission; by default nothing."""
        part.late_submission_penalty = None
        seconds = submitted.total_seconds_late
        if seconds > 0:
            penalty = self._penalties.plugin_inst.late_submission_penalty(student, part.score, seconds)
            if penalty is not None:
                part.late_submission_penalty = self._penalties._check_late_penalty(part, penalty)


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
