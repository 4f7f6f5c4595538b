"""A notebook of a submission that has been run and judged, and waits to be recorded."""

from __future__ import annotations

from dataclasses import dataclass

from course.grading.examiner import Examined
from course.grading.submission import Submission
from course.sandbox import RunResult


@dataclass(frozen=True)
class Ready:
    """One notebook of a submission that has been run and judged, and waits to be recorded."""

    notebook: str
    submission: Submission
    run_result: RunResult
    examined: Examined

    @property
    def status(self) -> str:
        if self.submission.unreadable:
            return "unreadable"
        if self.run_result.status != "done":
            return self.run_result.status
        return "repaired" if self.submission.repairs else "graded"

    def notes(self, *, alone: bool) -> list[str]:
        """Return what there is to tell about the notebook; its name with it if the submission has others."""
        notes = [
            *([self.submission.unreadable] if self.submission.unreadable else []),
            *self.submission.repairs,
            *self.examined.notes.values(),
        ]
        return notes if alone else [f"{self.notebook}: {note}" for note in notes]
