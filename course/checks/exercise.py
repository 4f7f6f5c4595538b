"""An exercise: one object that knows how to ask and how to judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course.asking import Answer, Question
from course.checks.compare import Wanted
from course.checks.mistake import Mistake

Truth = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One quantity of an answer, in the order of computation.

    wanted: what it should be; "fact" rows are facts about the answer, compared by equality.
    points: what a correct result earns by itself where an exercise gives part of its points; 0 elsewhere.
    problem: for a fact row, what is wrong when it does not hold, as a sentence.
    """

    name: str
    wanted: Wanted | str = "array"
    points: float = 0.0
    problem: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Probe:
    """One question worth asking, and why.

    draw: from two random generators to inputs and options: the case's own, and one that is the same for all cases of
        an exercise, for what they have in common.
    diagnostic: asked only to tell mistakes apart; it decides nothing.
    """

    why: str
    draw: Callable[[np.random.Generator, np.random.Generator], tuple[dict[str, np.ndarray], dict[str, Any]]]
    diagnostic: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    ask: a way of asking of `course.asking`, with options that hold for all of its questions.
    oracle: what is right, from torch's autograd in float64, for the question (and, where the answer depends on a
        random start of the student's own, for that start).
    rows: the quantities compared, in the order of computation; or a function of the truth where their number varies.
    section: heading of the lesson to read again.
    """

    lesson: str
    name: str
    points: float
    title: str
    section: str
    ask: str
    oracle: Callable[[Question, Answer], Truth]
    rows: tuple[Row, ...]
    probes: tuple[Probe, ...]
    mistakes: tuple[Mistake, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.lesson}.{self.name}"

    def questions(self, seed: int, *, device: str = "cpu") -> list[Question]:
        """Draw this exercise's questions; the same seed gives the same ones."""
        return [self._question(probe, seed, i, device) for i, probe in enumerate(self.probes)]

    def _question(self, probe: Probe, seed: int, index: int, device: str) -> Question:
        inputs, options = probe.draw(np.random.default_rng([seed, index]), np.random.default_rng(seed))
        # The seed that random student code gets is not the one the inputs came from.
        settled = int(np.random.default_rng([seed, index, 1]).integers(2**31))
        extra = {"diagnostic": True} if probe.diagnostic else {}
        return Question(
            self.id, self.ask, inputs, {**self.options, "seed": settled, "device": device, **options, **extra}
        )

    def worth(self, points: float) -> Exercise:
        """Return the exercise as it is where it is worth so many points, each part its share."""
        share = points / self.points
        return replace(self, points=points, rows=tuple(replace(row, points=row.points * share) for row in self.rows))

    def without(self, **changes: Any) -> Exercise:
        """Return a copy with some parts replaced; for tests that show each part is needed."""
        return replace(self, **changes)
