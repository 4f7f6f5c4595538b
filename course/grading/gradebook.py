"""Write grades into nbgrader's gradebook: one open database, one transaction per submission."""

from __future__ import annotations

import copy
import datetime
import logging
import math
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader import api, utils  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.api import app_log  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]  # as above
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]  # as above
from sqlalchemy import Connection

from course.errors import CourseError, course_error
from course.grading.assignment import GradedCells, notebooks_of
from course.grading.database import address_of, exclusive, open_gradebook, readable_db_errors, retrying, writing
from course.grading.database_errors import lost, place_of, read_only_part
from course.grading.marks import ManualScoreBasis, graded_cells_of, result_of
from course.grading.penalties import Penalties
from course.grading.release import read_built
from course.grading.rows import row_of, rows, write
from course.grading.settings import course_folder, load_settings
from course.grading.standings import Deadlines, Mark, Marks, deadlines_in, graded_cells_in, marks_in
from course.sandbox.scratch import Scratch

_STUDENT, _SUBMITTED, _PART, _GRADE, _COMMENT = (
    kind.__table__ for kind in (api.Student, api.SubmittedAssignment, api.SubmittedNotebook, api.Grade, api.Comment)
)
# row locks: whoever is giving points by hand waits for this transaction, or this transaction for them
_GRADES_OF = rows(_GRADE, "notebook_id").with_for_update()
# Graded cells, by notebook name and cell name.
Cells = dict[str, dict[str, NotebookNode]]


@dataclass(frozen=True)
class _Part:
    """A notebook of an assignment in the gradebook. grades, comments: its graded and its answer cells, by row id."""

    id: str
    name: str
    grades: dict[str, str]
    comments: dict[str, str]


class Gradebook:
    """The nbgrader gradebook of a course, kept open for a whole run.

    The graded cells and their points are those that `generate_assignment` recorded.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._config = load_settings(root)
        self.policy = Penalties(root, self._config)
        self._course = course_folder(root, self._config)
        self._address = address_of(self._course.db_url)
        if wrong := read_only_part(self._address, place_of(self._address)) or lost(self._address, root):
            raise CourseError(wrong)
        self._gradebook = open_gradebook(self._course.db_url, self._course.course_id)
        self._db = self._gradebook.db
        with readable_db_errors(self._address):
            self.given = ManualScoreBasis(self._gradebook.engine)
        self._layouts: dict[str, tuple[str, tuple[_Part, ...]]] = {}
        self._known: Marks = {}

    def close(self) -> None:
        self._gradebook.close()

    def ensure_lesson(self, lesson: str) -> None:
        """Record a lesson's cells as `generate_assignment` does, unless they are recorded, and cache its marks.

        This works on a copy: release/ is not changed.
        """
        if not self._is_recorded(lesson):
            with readable_db_errors(self._address), exclusive(self._gradebook.engine):
                if not self._is_recorded(lesson):
                    record_cells(lesson, self.root, self._config, self._course.db_url)
        with self._reading() as db:
            self._known[lesson] = marks_in(db, name=lesson).get(lesson, {})

    def _is_recorded(self, lesson: str) -> bool:
        """Return whether every cell of a lesson is recorded: nbgrader records one by one, and may have been killed."""
        with self._reading() as db:
            assignment = db.query(api.Assignment).filter_by(name=lesson).one_or_none()
            if assignment is None:
                return False
            # once there are submissions, nbgrader does not change the cells
            if db.query(api.SubmittedAssignment.id).filter_by(assignment_id=assignment.id).first():
                return True
            known = {(n.name, cell.name) for n in assignment.notebooks for cell in n.source_cells}
        wanted = {
            (notebook, cell.metadata.nbgrader.grade_id)
            for notebook in notebooks_of(lesson, self.root)
            for cell in read_built("source", lesson, self.root, notebook).notebook.cells
            if utils.is_grade(cell) or utils.is_solution(cell) or utils.is_locked(cell) or utils.is_task(cell)
        }
        return known == wanted

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """Yield the database session, and discard it with its objects afterwards."""
        with readable_db_errors(self._address):
            try:
                yield self._db
            finally:
                self._db.remove()

    def deadlines(self) -> Deadlines:
        with self._reading() as db:
            return deadlines_in(db)

    def mark(self, lesson: str, student: str) -> Mark:
        with self._reading() as db:
            return _only(marks_in(db, name=lesson, student_id=student))

    def standing(self, lesson: str, student: str) -> Mark | None:
        """Return a submission's mark as cached by `ensure_lesson`, with its late penalty brought up to date.

        The due date, an extension, the late policy or points given by hand may have changed since it was graded.
        None if the gradebook lacks it: the submission is new, or an older copy of the gradebook was restored.

        Raises CourseError, as `save` does.
        """
        known = self._known.get(lesson, {}).get(student)
        if known is None or not known.cells:
            return None
        owed = self.policy.owed(student, known)
        if all(math.isclose(known.penalties[part] or 0.0, now or 0.0, abs_tol=1e-6) for part, now in owed.items()):
            return known

        def penalised() -> Mark:
            with writing(self._db) as db:
                return self._penalised(db, lesson, student)

        return retrying(penalised, self._address)

    def graded_cells(self, lesson: str) -> dict[str, GradedCells]:
        with self._reading() as db:
            return graded_cells_in(db, lesson)

    def save(
        self,
        lesson: str,
        student: str,
        notebooks: dict[str, NotebookNode] | None,
        timestamp: datetime.datetime | None,
    ) -> Mark:
        """Write all rows of a submission and return its mark.

        notebooks: as graded, by name; None if the submission could not be graded: then every cell waits for a person.
        All rows change together: no outdated score survives, and a kill leaves either the old rows or the new ones.
        Points given by hand stay, and their cell waits for a person again if what they were given for has changed.

        Raises CourseError if the gradebook is no longer usable, ValueError if it rejects this submission.
        """
        cells = {name: graded_cells_of(notebook) for name, notebook in (notebooks or {}).items()}
        missing = None if notebooks is None else 0.0
        return retrying(lambda: self._save(lesson, student, cells, missing, timestamp), self._address)

    def _save(
        self, lesson: str, student: str, cells: Cells, missing: float | None, timestamp: datetime.datetime | None
    ) -> Mark:
        try:
            with writing(self._db) as db:
                assignment, parts = self._layout(lesson)
                if not db.execute(rows(_STUDENT, "id"), {"id": student}).first():
                    write(db, _STUDENT, [{"id": student}], [])
                submission = row_of(db, _SUBMITTED, assignment_id=assignment, student_id=student)
                write(db, _SUBMITTED, [], [{"of": submission, "timestamp": timestamp}])
                for part in parts:
                    part_id = row_of(db, _PART, assignment_id=submission, notebook_id=part.id)
                    self._save_grades(db, part, part_id, cells.get(part.name, {}), missing)
                    self._save_comments(db, part, part_id, cells.get(part.name, {}))
                return self._penalised(db, lesson, student)
        except BaseException:
            self._layouts.pop(lesson, None)  # its row ids may be outdated, and the cause
            raise

    def _penalised(self, db: Connection, lesson: str, student: str) -> Mark:
        """Write a submission's late penalties in the current transaction, and return its mark."""
        mark = _only(marks_in(db, name=lesson, student_id=student))
        owed = self.policy.owed(student, mark)
        changed = [{"of": part, "late_submission_penalty": p} for part, p in owed.items() if mark.penalties[part] != p]
        write(db, _PART, [], changed)
        return replace(mark, penalties=owed)

    def _layout(self, lesson: str) -> tuple[str, tuple[_Part, ...]]:
        """Return a lesson's id and notebooks, read only once: they do not change while a class is graded."""
        if lesson not in self._layouts:
            assignment = self._db.query(api.Assignment).filter_by(name=lesson).one()
            parts = tuple(
                _Part(
                    n.id,
                    n.name,
                    {c.id: c.name for c in [*n.grade_cells, *n.task_cells]},
                    {c.id: c.name for c in [*n.solution_cells, *n.task_cells]},
                )
                for n in assignment.notebooks
            )
            self._layouts[lesson] = (assignment.id, parts)
        return self._layouts[lesson]

    def _save_grades(
        self, db: Connection, part: _Part, part_id: str, cells: dict[str, NotebookNode], missing: float | None
    ) -> None:
        """Write a notebook's grades; missing: the score of an absent cell."""
        known = {row.cell_id: row for row in db.execute(_GRADES_OF, {"notebook_id": part_id})}
        results = {}
        for cell_id, name in part.grades.items():
            row = known.get(cell_id)
            results[cell_id] = result_of(row.id if row else api.new_uuid(), row, cells.get(name), missing)
        looks = self.given.review(db, list(results.values()))
        new, old = [], []
        for cell_id, result in results.items():
            fields = {"auto_score": result.score, "needs_manual_grade": looks[result.id]}
            if result.row is None:
                new.append({"id": result.id, **fields, "notebook_id": part_id, "cell_id": cell_id})
            else:
                old.append({"of": result.id, **fields})
        write(db, _GRADE, new, old)

    def _save_comments(self, db: Connection, part: _Part, part_id: str, cells: dict[str, NotebookNode]) -> None:
        known = {row.cell_id: row.id for row in db.execute(rows(_COMMENT, "notebook_id"), {"notebook_id": part_id})}
        new, old = [], []
        for cell_id, name in part.comments.items():
            cell = cells.get(name)
            untouched = cell is None or cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            said = {"auto_comment": "No response." if untouched else None}
            if cell_id in known:
                old.append({"of": known[cell_id], **said})
            else:
                new.append({"id": api.new_uuid(), "notebook_id": part_id, "cell_id": cell_id, **said})
        write(db, _COMMENT, new, old)


def _only(marks: Marks) -> Mark:
    return next((mark for of in marks.values() for mark in of.values()), Mark())


# nbgrader's gradebook logs tracebacks of errors that it also raises: reporting them once is enough.
app_log.addHandler(logging.NullHandler())


def record_cells(lesson: str, root: Path, config: Any, db_url: str) -> None:
    """Record a lesson's cells and their points. This works on a copy: release/ is not changed.

    Raises CourseError, whose cause is the original error.
    """
    for notebook in notebooks_of(lesson, root):
        read_built("source", lesson, root, notebook)
    with closing(Scratch()) as scratch:
        folder = Path(scratch.path).resolve()
        shutil.copytree(root / "source" / lesson, folder / "source" / lesson)
        config = copy.deepcopy(config)
        config.CourseDirectory.root = str(folder)
        config.CourseDirectory.db_url = db_url
        course = course_folder(folder, config)
        course.assignment_id = lesson
        # nbgrader logs the original error with its traceback, and raises a generic one
        log, seen = logging.Logger("generate_assignment", logging.ERROR), list[BaseException | None]()
        log.addHandler(handler := logging.Handler())
        handler.emit = lambda record: seen.append(sys.exception())  # type: ignore[method-assign]
        try:
            GenerateAssignment(coursedir=course, config=config, log=log).start()
        except NbGraderException as error:
            why = next((e for e in seen if e is not None), error)
            raise course_error(
                "The cells of {lesson} could not be recorded in the gradebook: {why}", lesson=lesson, why=why
            ) from why
