"""What was handed out: released notebooks, what the gradebook scores in them, files beside them; read once a run."""

from __future__ import annotations

from pathlib import Path

from course.exercise import Exercise
from course.grading.assignment import GradedCells, own_cells, require_same
from course.grading.files import files_beside
from course.grading.gradebook import Gradebook
from course.grading.release import Release, built_parts, read_built, right_ones
from course.lessons import exercises_from
from course.lessons.stated import Part


class HandedOut:
    """The assignments of a course, the lessons among them."""

    def __init__(self, root: Path, record: Gradebook) -> None:
        self._root = root
        self._record = record
        self._releases: dict[tuple[str, str], Release] = {}
        self._graded: dict[str, dict[str, GradedCells]] = {}
        self._references: dict[str, dict[str, str]] = {}
        self._parts: dict[str, tuple[Part, ...]] = {}

    def release(self, lesson: str, notebook: str) -> Release:
        if (lesson, notebook) not in self._releases:
            self._releases[lesson, notebook] = read_built("release", lesson, self._root, notebook)
        return self._releases[lesson, notebook]

    def graded(self, lesson: str) -> dict[str, GradedCells]:
        """Return the cells that are scored automatically in each notebook of a lesson, or of another assignment."""
        if lesson not in self._graded:
            graded = self._record.graded_cells(lesson)
            for notebook, cells in graded.items():
                require_same(lesson, notebook, self.release(lesson, notebook).notebook, cells)
            self._graded[lesson] = graded
        return self._graded[lesson]

    def parts(self, lesson: str) -> tuple[Part, ...]:
        """Return the exercises of a lesson as it was handed out, by what tells them; none where it has none."""
        if lesson not in self._parts:
            self._parts[lesson] = built_parts(lesson, self._root) or ()
        return self._parts[lesson]

    def exercises(self, lesson: str, notebook: str) -> tuple[Exercise, ...]:
        """Return the exercises of a notebook: a lesson's own has some, any other has none."""
        return exercises_from(lesson, self.parts(lesson)) if lesson == notebook else ()

    def own_cells(self, lesson: str) -> list[str]:
        """Return the names of the graded cells of a lesson that are no checks of the course."""
        graded = self.graded(lesson).items()
        return [n for notebook, cells in graded for n in own_cells(cells, self.exercises(lesson, notebook))]

    def look_anew(self, lesson: str) -> None:
        """Forget what was handed out: where one process grades again and again it may have changed."""
        self._graded.pop(lesson, None)
        self._references.pop(lesson, None)
        self._parts.pop(lesson, None)
        self._releases = {key: release for key, release in self._releases.items() if key[0] != lesson}

    def reference(self, lesson: str) -> dict[str, str]:
        """Return a lesson's right answers by exercise, but for those that must not run beside student code."""
        if lesson not in self._references:
            self._references[lesson] = right_ones(lesson, self._root, self.parts(lesson))
        return self._references[lesson]

    def files(self, lesson: str, submitted: Path) -> tuple[dict[str, bytes], list[str]]:
        """Return what graded cells may read there, and what is to be told; the course's own checks read nothing."""
        if self.parts(lesson) and not self.own_cells(lesson):
            return {}, []
        return files_beside(submitted, self._root / "source" / lesson)
