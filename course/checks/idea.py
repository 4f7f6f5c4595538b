"""What a mistake is called and what a student is told of it: once, for every exercise that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from course.checks.mistake import NOT_THIS, Condition, Mistake, Predict, Prediction, Seen


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
        value: Callable[[Seen], Any] | None = None,
        values: Iterable[Callable[[Seen], Any]] = (),
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
            predicts = lambda seen: _each_row(seen, forms, rows)  # noqa: E731 - what stands in its place is short
        about = self.topic if topic is None else topic
        return Mistake(self.id, self.hint, rows, predicts, condition, error, self.more, about, **more)


def _each_row(seen: Seen, forms: Iterable[Callable[[Seen], Any]], rows: tuple[str, ...]) -> Iterable[Prediction]:
    for form in forms:
        try:
            made = form(seen)
        except NOT_THIS:
            continue  # this way of making it needs what the answer does not have
        yield from ({row: made} for row in rows)


CATALOGUE: dict[str, Idea] = {}


def idea(id: str, hint: str, more: str, topic: str = "") -> Idea:
    """Enter an idea into the catalogue.

    Raises ValueError if the id is taken: one idea, one place.
    """
    if id in CATALOGUE:
        raise ValueError(f"the mistake {id} is in the catalogue already")
    CATALOGUE[id] = Idea(id, hint, more, topic)
    return CATALOGUE[id]
