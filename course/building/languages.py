"""The language of the prose: code is the same in every language, prose is looked up by cell name."""

from __future__ import annotations

from course.building.lesson import Lesson
from course.errors import CourseError
from course.language import LANGUAGES


def prose_of(lesson: Lesson, language: str) -> dict[str, str]:
    """Return the text of each markdown cell by the cell's name, in the language asked for."""
    require_language(language)
    return {cell.name: cell.source for cell in lesson.cells if cell.role in ("prose", "written")}


def require_language(language: str) -> None:
    """Raise CourseError, which says which languages exist, for any other."""
    if language not in LANGUAGES:
        raise CourseError(f"There is no language `{language}`: the lessons exist in {', '.join(LANGUAGES)}.")
