"""The questions of a grading run, drawn once, with what is right computed once."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from course.asking import Answer, Question, pack_questions
from course.checks import Exercise, RowResult
from course.checks.mistake import Form, Seen
from course.exercises import exercises_of

# A form of more numbers than this is computed each time: kept for every mistake, they would fill the memory.
MAX_KEPT_BYTES = 2**16


class _Untouchable(Answer):
    """Stands in for an answer to see whether anybody looks at it."""

    def __getattribute__(self, name: str) -> Any:
        raise _Touched(name)


class _Unknown(dict[str, Any]):
    """Stands in for what is right, where that depends on the answer."""

    def __getitem__(self, name: str) -> Any:
        raise _Touched(name)


class _NoRows(tuple[RowResult, ...]):
    """Stands in for what came of an answer."""

    def __iter__(self) -> Iterator[RowResult]:
        raise _Touched("rows")


class _Touched(Exception):
    pass


class Asked:
    """A lesson's exercises with the questions that a seed draws; none for "", a notebook that is no lesson's.

    What is right depends on the question alone for most exercises, and so does what a mistake would give: that is
    computed once and not once for each submission. Where it depends on the answer (a random start of the student's
    own, say) it is computed each time.
    """

    def __init__(self, lesson: str, seed: int, device: str) -> None:
        self.lesson = lesson
        self.seed = seed
        self.device = device
        self.questions = {e.name: tuple(e.questions(seed, device=device)) for e in self._exercises()}
        packed = b"".join(pack_questions(list(asked)) for asked in self.questions.values())
        self.digest = hashlib.sha256(packed).hexdigest()

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises, with what is right; only who judges asks for it."""
        return tuple(computed_once(e, self.questions[e.name]) for e in self._exercises())

    def _exercises(self) -> tuple[Exercise, ...]:
        return exercises_of(self.lesson) if self.lesson else ()


def computed_once(exercise: Exercise, questions: Iterable[Question]) -> Exercise:
    """Return the exercise with what no answer changes remembered for these questions."""
    nobody = object.__new__(_Untouchable)
    truths: dict[Question, Any] = {}
    with contextlib.suppress(_Touched):
        truths.update({question: exercise.oracle(question, nobody) for question in questions})

    def oracle(question: Question, answer: Answer) -> Any:
        return dict(truths[question]) if question in truths else exercise.oracle(question, answer)

    def remembered(form: Form) -> Form:
        known: dict[Question, Any] = {}

        def give(seen: Seen) -> Any:
            question = seen.question
            if question not in known:
                known[question] = None
                # whatever it stumbles over may be what an answer would have given it
                with contextlib.suppress(Exception):
                    value = np.asarray(form(Seen(question, nobody, truths.get(question, _Unknown()), _NoRows())))
                    known[question] = value if value.nbytes <= MAX_KEPT_BYTES else None
            return form(seen) if known[question] is None else known[question]

        return give

    mistakes = tuple(m if m.form is None else replace(m, form=remembered(m.form)) for m in exercise.mistakes)
    return exercise.without(oracle=oracle, mistakes=mistakes)
