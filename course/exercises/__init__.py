"""The exercises of all lessons, by id."""

from __future__ import annotations

import difflib
import importlib
from functools import cache

from course.checks import Exercise
from course.errors import CourseError

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
    """Return a lesson's exercises in the order they are met.

    Raises CourseError for a lesson that does not exist.
    """
    if lesson not in LESSONS:
        raise CourseError(f"There is no lesson “{lesson}”. The lessons are: {', '.join(LESSONS)}.")
    exercises: tuple[Exercise, ...] = importlib.import_module(f"course.exercises.{lesson}").EXERCISES
    return exercises


def find(exercise_id: str) -> Exercise:
    """Return one exercise by its full id, such as "way1_numpy.forward".

    Raises CourseError with the ids that exist.
    """
    lesson, _, name = exercise_id.partition(".")
    if lesson not in LESSONS or not name:
        raise CourseError(
            f"There is no exercise “{exercise_id}”. An exercise is named LESSON.NAME, such as way1_numpy.forward; "
            f"the lessons are: {', '.join(LESSONS)}."
        )
    for exercise in exercises_of(lesson):
        if exercise.name == name:
            return exercise
    names = [e.name for e in exercises_of(lesson)]
    near = difflib.get_close_matches(name, names, n=1)
    meant = f" Is it {lesson}.{near[0]}?" if near else ""
    raise CourseError(f"There is no exercise “{name}” in {lesson}.{meant} Its exercises are: {', '.join(names)}.")


def all_exercises() -> tuple[Exercise, ...]:
    return tuple(e for lesson in LESSONS for e in exercises_of(lesson))
