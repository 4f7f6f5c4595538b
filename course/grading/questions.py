"""The questions of a grading run, drawn once, with what is right computed once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from course.asking import Answer, Question, pack_questions
from course.checks import Exercise
from course.exercises import exercises_of


class _Untouchable(Answer):
    """Stands in for an answer to see whether an oracle looks at it."""

    def __getattribute__(self, name: str) -> Any:
        raise _Touched(name)


class _Touched(Exception):
    pass


class Asked:
    """A lesson's exercises with the questions that a seed draws.

    What is right depends on the question alone for most exercises: there it is computed once and not once for each
    submission. Where it depends on a random start of the student's own it is computed each time.
    """

    def __init__(self, lesson: str, seed: int, device: str) -> None:
        self.lesson = lesson
        self.seed = seed
        exercises = exercises_of(lesson)
        self.questions = {e.name: tuple(e.questions(seed, device=device)) for e in exercises}
        self.exercises = tuple(e.without(oracle=computed_once(e, self.questions[e.name])) for e in exercises)
        packed = b"".join(pack_questions(list(asked)) for asked in self.questions.values())
        self.digest = hashlib.sha256(packed).hexdigest()


def computed_once(exercise: Exercise, questions: Iterable[Question]) -> Callable[[Question, Answer], Any]:
    """Return the exercise's oracle with what is right for these questions remembered, where no answer changes it."""
    truths = {}
    for question in questions:
        try:
            truths[id(question)] = exercise.oracle(question, object.__new__(_Untouchable))
        except _Touched:
            return exercise.oracle

    def oracle(question: Question, answer: Answer) -> Any:
        known = truths.get(id(question))
        return exercise.oracle(question, answer) if known is None else dict(known)

    return oracle
