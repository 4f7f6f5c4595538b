"""An exercise: one object that draws the questions and knows the right answers."""

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

# Expected values by quantity, and by property where the expected value is not True.
Truth = dict[str, Any]
# Cached for the lifetime of the question, which is shared by a whole class.
_TRUTHS: weakref.WeakKeyDictionary[Question, dict[Callable[[Question], Truth], Truth]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Quantity:
    """One quantity of an answer, compared numerically.

    wanted: the type it should have.
    points: what a correct result earns if the exercise gives partial credit; 0 otherwise.
    problem: a sentence about wrong values, if one sentence can say what is wrong; `{name}` stands for the name.
    of: names of the values that are concatenated into this quantity; by default the value with its own name.
    topic: topic to read again if this is the first wrong quantity and no named mistake gives a topic.
    """

    name: str
    wanted: Wanted = "array"
    points: float = 0.0
    problem: str = ""
    of: Callable[[Question], list[str]] | None = None
    topic: str = ""


@dataclass(frozen=True)
class Property:
    """A fact about an answer that must hold, compared by equality.

    problem: a sentence that says what is wrong if it does not hold.
    points: as for a quantity.
    """

    name: str
    problem: str
    points: float = 0.0


@dataclass(frozen=True)
class Case:
    """One kind of question that an exercise asks.

    purpose: what the case is for, in words.
    draw: returns inputs and options from two random generators: the case's own, and one seeded identically for all
        cases of an exercise, for what they share.
    diagnostic: whether it is asked only to tell mistakes apart, without affecting the outcome.
    """

    purpose: str
    draw: Callable[[np.random.Generator, np.random.Generator], tuple[dict[str, np.ndarray], Options]]
    diagnostic: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    ask: key of one of the `WAYS` in `course.runner.runner`; options: options common to all questions.
    truth: expected values in float64. Independent of the answer, and computed once for a class.
    oracle: the same from torch's autograd, used whenever torch is loaded; None if `truth` already is that.
    reference: further expected values, which depend on the student's own parameters or draws.
    properties: facts about the answer beyond those the runner recorded. Pure, like `truth` and `reference`.
    rows: the quantities and properties compared, in the order of computation.
    builds_up: whether a row earns its points only if the quantities before it are right.
    title: the task, a template into which `about` is filled for stated questions; the headings are templates too.
    section: heading of the lesson to read again; headings: the same by topic, for mistakes about that topic.
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
        """Draw this exercise's questions; the same seed gives the same questions."""
        return [self._question(case, seed, i, device) for i, case in enumerate(self.cases)]

    def _question(self, case: Case, seed: int, index: int, device: str) -> Question:
        inputs, options = case.draw(np.random.default_rng([seed, index]), np.random.default_rng(seed))
        # Student code that draws numbers gets another seed than the inputs.
        own_seed = int(np.random.default_rng([seed, index, 1]).integers(2**31))
        extra: Options = {"diagnostic": True} if case.diagnostic else {}
        here: Options = {"seed": own_seed, "device": device}
        return Question(self.id, self.ask, inputs, {**self.options, **here, **options, **extra})

    def worth(self, points: float | None) -> Exercise:
        """Return the exercise with its points, and those of its rows, scaled to a total; unchanged for None."""
        if points in (None, self.points):
            return self
        share = points / self.points
        return replace(self, points=points, rows=tuple(replace(row, points=row.points * share) for row in self.rows))

    def right(self, question: Question, answer: Answer | None = None) -> Truth:
        """Return the expected values; given an answer, also those that depend on its own parameters or draws."""
        known = _TRUTHS.setdefault(question, {})
        truth = self.truth if self.oracle is None or torch_or_none() is None else self.oracle
        if truth not in known:
            known[truth] = truth(question)
        own = {} if answer is None or self.reference is None else self.reference(question, answer)
        return {**known[truth], **own}

    def observed(self, question: Question, answer: Answer, truth: Truth) -> Answer:
        """Return the answer with its properties added to its facts and concatenated values to its values."""
        facts = {} if self.properties is None else self.properties(question, answer, truth)
        made = {
            row.name: gathered(answer, row.of(question))
            for row in self.rows
            if isinstance(row, Quantity) and row.of is not None
        }
        values = {name: value for name, value in made.items() if value is not None}
        return replace(answer, facts={**answer.facts, **facts}, values={**answer.values, **values})


def gathered(answer: Answer, names: list[str]) -> Value | None:
    """Return the named values flattened and concatenated, in float64; None if one is missing."""
    values = [answer.values[name] for name in names if name in answer.values]
    arrays = [value.array.astype(np.float64).ravel() for value in values if value.array is not None]
    return replace(values[0], array=np.concatenate(arrays)) if len(arrays) == len(names) else None
