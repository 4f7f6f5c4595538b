"""What a mistake is called and what a student is told of it: once, for every exercise that shows it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.exercise.mistake import NOT_THIS, Condition, Mistake, Observation, Predict, Prediction


@dataclass(frozen=True)
class Idea:
    """A wrong idea: its id, one line that says where to look, one that says more, and what to read again about."""

    id: str
    hint: str
    more: str
    topic: str = ""

    def shows(
        self,
        *rows: str,
        value: Callable[[Observation], Any] | None = None,
        values: Iterable[Callable[[Observation], Any]] = (),
        predicts: Predict | None = None,
        condition: Condition | None = None,
        error: str | Condition | None = None,
        topic: str | None = None,
        **more: Any,
    ) -> Mistake:
        """Return the mistake as an exercise shows it in one of `rows`.

        value, values: what it makes of the first wrong row, where that is all there is to predict.
        """
        forms = (value,) if value is not None else tuple(values)
        if forms:
            predicts = lambda obs: _each_row(obs, forms, rows)  # noqa: E731 - what stands in its place is short
        about = self.topic if topic is None else topic
        return Mistake(self.id, self.hint, rows, predicts, condition, error, self.more, about, **more)


def _each_row(
    obs: Observation, forms: Iterable[Callable[[Observation], Any]], rows: tuple[str, ...]
) -> Iterable[Prediction]:
    for form in forms:
        try:
            made = form(obs)
        except NOT_THIS:
            continue  # this way of making it needs what the answer does not have
        yield from ({row: made} for row in rows)


WORDS = Path(__file__).with_name("catalogue.toml")
CATALOGUE = {id: Idea(id, **words) for id, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items()}
_TAKEN: set[str] = set()


def idea(id: str) -> Idea:
    """Return an idea of the catalogue, for the one place that says how it shows.

    Raises ValueError for an id without words, and for one that has its place already.
    """
    if id not in CATALOGUE:
        raise ValueError(f"the mistake {id} has no words: add them to {WORDS.name}")
    if id in _TAKEN:
        raise ValueError(f"the mistake {id} has its place already")
    _TAKEN.add(id)
    return CATALOGUE[id]


def unused() -> set[str]:
    """Return the ids of the catalogue that no code has asked for."""
    return set(CATALOGUE) - _TAKEN
