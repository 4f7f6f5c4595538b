"""Mistakes as mutants of the network and of its training loop, and how an exercise shows them."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from course.exercise import Mistake, Observation
from course.exercise.mistake import NOT_THIS, Condition, Prediction, mistake
from course.network.network import RIGHT, Network
from course.network.training import Loop
from course.runner import Code

Simulate = Callable[[Observation, Network, Loop], Prediction]
# Student code may contain many numbers, and each costs a simulation.
MAX_NUMBERS = 20


@dataclass(frozen=True, eq=False)
class Mutant:
    """The network or its training loop with parts replaced: one variant of a mistake.

    parts: the replaced fields of Network and Loop, from a number if there is one to choose. numbers: numbers that are
    always tried; numbers in the student's code for which `fits` holds are tried too.
    """

    id: str
    parts: Callable[[float], Mapping[str, Any]]
    numbers: tuple[float, ...] = (0.0,)
    fits: Callable[[float], bool] | None = None
    condition: Condition | None = None
    topic: str | None = None

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - mutants live as long as the program
    def made_with(self, number: float) -> tuple[Network, Loop]:
        parts = self.parts(number)
        of_network = {name: part for name, part in parts.items() if name in _NETWORK}
        return replace(RIGHT, **of_network), Loop(**{name: parts[name] for name in parts.keys() - of_network.keys()})

    def written_in(self, code: Code) -> list[float]:
        """Return the numbers in a student's code that fit, besides those that are always tried; the first few."""
        fits = self.fits or (lambda number: False)
        return [n for n in sorted(code.numbers) if n not in self.numbers and fits(n)][:MAX_NUMBERS]


_NETWORK = {field.name for field in fields(Network)}


def mutant(of: str, condition: Condition | None = None, topic: str | None = None, **parts: Any) -> Mutant:
    """Return the mutant with these parts in place of the right ones."""
    return Mutant(of, lambda number: parts, condition=condition, topic=topic)


@dataclass(frozen=True)
class Simulation:
    """How an exercise shows the network: which quantities, and their values if parts are replaced.

    rows: the quantities in which a mutant can show. whole: whether all of them must agree. pure: whether the result is
    independent of the answer. rules_out: a test, cheaper than `simulate`, that an answer is not what it would predict.
    """

    simulate: Simulate
    rows: tuple[str, ...]
    whole: bool = False
    pure: bool = True
    rules_out: Callable[[Observation, Network, Loop], bool] | None = None

    def mistakes_from(self, mutants: Iterable[Mutant]) -> tuple[Mistake, ...]:
        """Return these mutants as mistakes that an exercise of this kind can show."""
        return tuple(made for m in mutants for made in self._of(m))

    def _each(self, obs: Observation, m: Mutant, numbers: Iterable[float]) -> Iterable[Prediction]:
        for number in numbers:
            parts = m.made_with(number)
            with contextlib.suppress(*NOT_THIS):
                if self.rules_out is None or not self.rules_out(obs, *parts):
                    yield self.simulate(obs, *parts)

    def _of(self, m: Mutant) -> Iterable[Mistake]:
        make = partial(
            mistake,
            m.id,
            *self.rows,
            whole=self.whole,
            condition=m.condition,
            topic=m.topic,
            made_from=(self, m),
        )
        if m.numbers:
            yield make(predicts=lambda obs: self._each(obs, m, m.numbers), pure=self.pure)
        if m.fits is not None:
            yield make(predicts=lambda obs: self._each(obs, m, m.written_in(obs.code)))
