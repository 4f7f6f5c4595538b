"""The exercises of all lessons, by id."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache

from course.errors import CourseError, course_error, nearest
from course.exercise import Exercise
from course.language import listed, paragraph, say
from course.lessons.stated import Known, Part

LESSONS = (
    "way1_numpy",
    "way2_tensors",
    "way3_autograd",
    "way4_sequential",
    "way5_optimizer",
    "way6_module",
)


@cache
def exercises_of(lesson: str) -> tuple[Exercise, ...]:
    """Return a lesson's exercises in the order of its notebook.

    Raises CourseError for a lesson that does not exist.
    """
    if lesson not in LESSONS:
        raise course_error(
            "There is no lesson “{lesson}”. The lessons are: {names}.", lesson=lesson, names=listed(LESSONS)
        )
    exercises: tuple[Exercise, ...] = importlib.import_module(f"course.lessons.{lesson}").EXERCISES
    return exercises


@cache
def exercises_from(lesson: str, parts: tuple[Part, ...]) -> tuple[Exercise, ...]:
    """Return the exercises of a lesson as built: those of the course that it includes and those its text defines.

    Raises CourseError if the truth of an exercise that the text defines cannot be computed.
    """
    known = {e.name: e for e in exercises_of(lesson)} if lesson in LESSONS else {}
    return tuple(known[part.name].worth(part.points) if isinstance(part, Known) else part.exercise() for part in parts)


def find(exercise_id: str, built: Callable[[str], tuple[Part, ...] | None] = lambda _: None) -> Exercise:
    """Return one exercise by its full id, such as "way1_numpy.forward".

    built: returns the parts of a lesson as built here, or None if it was not built.

    Raises CourseError, listing the names that exist, if there is no such exercise.
    """
    lesson, _, name = exercise_id.partition(".")
    parts = built(lesson) if name else None
    if (lesson not in LESSONS and parts is None) or not name:
        raise CourseError(
            paragraph(
                say(
                    "There is no exercise “{exercise_id}”. An exercise is named LESSON.NAME, such as "
                    "way1_numpy.forward; the lessons are: {names}.",
                    exercise_id=exercise_id,
                    names=listed(LESSONS),
                ),
                nearest(exercise_id, (e.id for e in all_exercises())) if name else "",
            )
        )
    exercises = exercises_of(lesson) if parts is None else exercises_from(lesson, parts)
    for exercise in exercises:
        if exercise.name == name:
            return exercise
    names = [e.name for e in exercises]
    raise CourseError(
        paragraph(
            say("There is no exercise “{name}” in {lesson}.", name=name, lesson=lesson),
            nearest(exercise_id, (f"{lesson}.{name}" for name in names)),
            say("Its exercises are: {names}.", names=listed(names)),
        )
    )


def all_exercises() -> tuple[Exercise, ...]:
    return tuple(e for lesson in LESSONS for e in exercises_of(lesson))
