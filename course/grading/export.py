"""`nbgrader export` for this course: nbgrader's CSV file, with names quoted where needed and without formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.plugins import ExportPlugin  # type: ignore[import-untyped]  # as above

from course.language import of_terminal, say, using
from course.spreadsheet import as_csv

OF_STUDENT = ("last_name", "first_name", "email")
COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", *OF_STUDENT),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


class CsvExport(ExportPlugin):
    """Exports the grades of the chosen students and assignments (by default all) to a file (by default grades.csv)."""

    def export(self, gradebook: Gradebook) -> None:
        file = Path(self.to or "grades.csv")
        with using(of_terminal()):
            self.log.info(say("Exporting grades to {file}", file=file))
        assignments = [a for a in gradebook.assignments if a.name in map(str, self.assignment) or not self.assignment]
        students = [s for s in gradebook.students if s.id in map(str, self.student) or not self.student]
        rows = [self._row(gradebook, assignment, student) for assignment in assignments for student in students]
        file.write_bytes(as_csv([COLUMNS, *rows]))  # private to its owner if new: nbgrader_config.py sets the umask

    def _row(self, gradebook: Gradebook, assignment: Any, student: Any) -> list[Any]:
        try:
            handed_in = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            timestamp, raw, penalty = None, 0.0, 0.0
        else:
            timestamp, raw, penalty = handed_in.timestamp, handed_in.score, handed_in.late_submission_penalty
        about = [getattr(student, name) for name in OF_STUDENT]
        points = (raw, penalty, max(0.0, raw - penalty), assignment.max_score)
        return [assignment.name, assignment.duedate, timestamp, student.id, *about, *points]
