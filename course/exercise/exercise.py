"""An exercise: one object that knows how to ask and how to judge."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course.exercise.compare import Wanted
from course.exercise.mistake import Mistake
from course.language import say
from course.runner import Answer, Facts, Options, Question, Value
from course.runner.values import torch_or_none

# What is right, by quantity; and for a property what it should be, where that is not True.
Truth = dict[str, Any]
# Remembered as long as the question is asked: the same for a whole class.
_TRUTHS: weakref.WeakKeyDictionary[Question, dict[Callable[[Question], Truth], Truth]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Quantity:
    """One quantity of an answer, compared as numbers.

    wanted: the type it should have.
    points: what a correct result earns where an exercise gives part of its points; 0 elsewhere.
    problem: what is wrong when its values are, where that can be said in a sentence; `{name}` in it is its name.
    of: names of the values that are put end to end for this quantity; by default the one of its own name.
    topic: what to read again about where it is the first that is wrong, and no mistake says more.
    """

    name: str
    wanted: Wanted = "array"
    points: float = 0.0
    problem: str = ""
    of: Callable[[Question], list[str]] | None = None
    topic: str = ""


@dataclass(frozen=True)
class Property:
    """A fact about an answer that has to hold, compared by equality.

    problem: what is wrong when it does not hold, as a sentence.
    points: as of a quantity.
    """

    name: str
    problem: str
    points: float = 0.0


@dataclass(frozen=True)
class Case:
    """One question worth asking.

    purpose: what the case is for, in words.
    draw: from two random generators to inputs and options: the case's own, and one that is the same for all cases of
        an exercise, for what they have in common.
    diagnostic: asked only to tell mistakes apart; it decides nothing.
    """

    purpose: str
    draw: Callable[[np.random.Generator, np.random.Generator], tuple[dict[str, np.ndarray], Options]]
    diagnostic: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    ask: a way of asking of `course.runner`, with options that hold for all of its questions.
    truth: what is right, in float64. It sees no answer, and is worked out once for a class.
    oracle: the same from torch's autograd, which decides wherever torch is loaded; None if `truth` is that already.
    reference: what is right beside it where the student's own parameters or draws decide.
    properties: what holds of the answer beyond what the runner noted. Pure, as the other two are.
    rows: the quantities and properties compared, in the order of computation.
    builds_up: whether a row earns its points only if the quantities before it are right.
    title: what is asked for, with `about` in it where it is a text's own; a template, as are the headings.
    section: heading of the lesson to read again; headings: the same by topic, for what mistakes are about.
    """

    lesson: str
    name: str
    points: float
    title: str
    section: str
    truth: Callable[[Question], Truth]
    rows: tuple[Quantity | Property, ...]
    cases: tuple[Case, ...]
    ask: str = "call"
    oracle: Callable[[Question], Truth] | None = None
    reference: Callable[[Question, Answer], Truth] | None = None
    properties: Callable[[Question, Answer, Truth], Facts] | None = None
    builds_up: bool = False
    mistakes: tuple[Mistake, ...] = ()
    options: Options = field(default_factory=lambda: Options())
    headings: dict[str, str] = field(default_factory=dict)
    about: str = ""

    @property
    def id(self) -> str:
        return f"{self.lesson}.{self.name}"

    def said_title(self) -> str:
        """Return the title in the current language."""
        return say(self.title, about=self.about)

    def questions(self, seed: int, *, device: str = "cpu") -> list[Question]:
        """Draw this exercise's questions; the same seed gives the same ones."""
        return [self._question(case, seed, i, device) for i, case in enumerate(self.cases)]

    def _question(self, case: Case, seed: int, index: int, device: str) -> Question:
        inputs, options = case.draw(np.random.default_rng([seed, index]), np.random.default_rng(seed))
        # The seed that random student code gets is not the one the inputs came from.
        own_seed = int(np.random.default_rng([seed, index, 1]).integers(2**31))
        extra: Options = {"diagnostic": True} if case.diagnostic else {}
        here: Options = {"seed": own_seed, "device": device}
        return Question(self.id, self.ask, inputs, {**self.options, **here, **options, **extra})

    def worth(self, points: float | None) -> Exercise:
        """Return the exercise as it is where it is worth so many points, each part its share; None: as many as here."""
        if points in (None, self.points):
            return self
        share = points / self.points
        return replace(self, points=points, rows=tuple(replace(row, points=row.points * share) for row in self.rows))

    def right(self, question: Question, answer: Answer | None = None) -> Truth:
        """Return what is right: the truth, and for an answer what its own parameters or draws make right."""
        known = _TRUTHS.setdefault(question, {})
        truth = self.truth if self.oracle is None or torch_or_none() is None else self.oracle
        if truth not in known:
            known[truth] = truth(question)
        own = {} if answer is None or self.reference is None else self.reference(question, answer)
        return {**known[truth], **own}

    def observed(self, question: Question, answer: Answer, truth: Truth) -> Answer:
        """Return the answer with its properties among its facts and gathered values among its values."""
        facts = {} if self.properties is None else self.properties(question, answer, truth)
        made = {
            row.name: gathered(answer, row.of(question))
            for row in self.rows
            if isinstance(row, Quantity) and row.of is not None
        }
        values = {name: value for name, value in made.items() if value is not None}
        return replace(answer, facts={**answer.facts, **facts}, values={**answer.values, **values})


def gathered(answer: Answer, names: list[str]) -> Value | None:
    """Put values end to end; None if one is missing."""
    values = [answer.values[name] for name in names if name in answer.values]
    arrays = [value.array.astype(np.float64).ravel() for value in values if value.array is not None]
    return replace(values[0], array=np.concatenate(arrays)) if len(arrays) == len(names) else None
