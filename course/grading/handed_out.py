"""What was handed out: released notebooks, what the gradebook scores in them, files beside them; read once a run."""

from __future__ import annotations

from pathlib import Path

from course.exercises import LESSONS
from course.grading.assignment import GradedCells, exercises_in, own_cells, require_same
from course.grading.files import files_beside
from course.grading.gradebook import Record
from course.grading.submission import Release, load_release, read_built


class HandedOut:
    """The assignments of a course, the lessons among them."""

    def __init__(self, root: Path, record: Record) -> None:
        self._root = root
        self._record = record
        self._releases: dict[tuple[str, str], Release] = {}
        self._graded: dict[str, dict[str, GradedCells]] = {}
        self._references: dict[str, dict[str, str]] = {}

    def release(self, lesson: str, notebook: str) -> Release:
        if (lesson, notebook) not in self._releases:
            self._releases[lesson, notebook] = load_release(lesson, self._root, notebook)
        return self._releases[lesson, notebook]

    def graded(self, lesson: str) -> dict[str, GradedCells]:
        """Return the cells that are scored automatically in each notebook of a lesson, or of another assignment."""
        if lesson not in self._graded:
            graded = self._record.graded_cells(lesson)
            for notebook, cells in graded.items():
                require_same(lesson, notebook, self.release(lesson, notebook).notebook, cells)
            self._graded[lesson] = graded
        return self._graded[lesson]

    def own_cells(self, lesson: str) -> list[str]:
        """Return the names of the graded cells of a lesson that are no checks of the course."""
        return [n for nb, cells in self.graded(lesson).items() for n in own_cells(cells, exercises_in(lesson, nb))]

    def look_anew(self, lesson: str) -> None:
        """Forget what was handed out: where one process grades again and again it may have changed."""
        self._graded.pop(lesson, None)
        self._references.pop(lesson, None)
        self._releases = {key: release for key, release in self._releases.items() if key[0] != lesson}

    def reference(self, lesson: str) -> dict[str, str]:
        """Return a lesson's right answers by exercise; none for an assignment that is no lesson."""
        if lesson not in self._references:
            solved = read_built("source", lesson, self._root).named if lesson in LESSONS else {}
            self._references[lesson] = {e.name: solved[e.name].source for e in exercises_in(lesson, lesson)}
        return self._references[lesson]

    def files(self, lesson: str, submitted: Path) -> tuple[dict[str, bytes], list[str]]:
        """Return what graded cells may read there, and what is to be told; the course's own checks read nothing."""
        if lesson in LESSONS and not self.own_cells(lesson):
            return {}, []
        return files_beside(submitted, self._root / "source" / lesson)
