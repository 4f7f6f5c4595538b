"""Named mistakes, and the choice of the one that an answer shows."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course.exercise.compare import RowResult, same, tolerance_of
from course.exercise.idea import Idea, idea
from course.runner import Answer, Code, FactName, Failure, Question, Value
from course.runner.syntax import code_of

# Factor on the tolerance of a right answer. A prediction is computed in float64, the student's wrong answer in the
# question's dtype, and some predictions amplify rounding errors (powers, quotients).
MARGIN = 10.0
# A run whose loss exceeds this many times its first loss and the right loss diverges: later losses show only rounding.
DIVERGED = 100.0
# A loss below this fraction of the first one has practically vanished.
VANISHED = 1e-6
# Larger predictions are recomputed each time: cached for every mistake, they would fill the memory.
MAX_KEPT_BYTES = 2**16


@dataclass(frozen=True, eq=False)
class Observation:
    """A question with its outcome, as a mistake sees it; aside: it does not count, as others show what is wrong."""

    question: Question
    answer: Answer
    truth: dict[str, Any]
    rows: tuple[RowResult, ...]
    aside: bool = False

    def __getitem__(self, name: str) -> np.ndarray:
        """Return an input in float64 as student code received it, or else the right value of that name."""
        if name in self.question.inputs:
            return self.question.given(name)
        return np.asarray(self.truth[name], dtype=np.float64)

    def got(self, name: str) -> np.ndarray:
        """Return the student's value of that name in float64; raise KeyError if there is none."""
        value = self.answer.values[name]
        if value.array is None:
            raise KeyError(name)
        return np.asarray(value.array, dtype=np.float64)

    def value(self, name: str) -> Value | None:
        return self.answer.values.get(name)

    def fact(self, name: FactName, default: Any = None) -> Any:
        return self.answer.facts.get(name, default)

    def option(self, name: str) -> Any:
        return self.question.options.get(name)

    @property
    def failure(self) -> Failure | None:
        return self.answer.failure

    @property
    def message(self) -> str:
        """The message of the exception that was raised; "" if there is none."""
        return self.failure.message if self.failure else ""

    @property
    def error(self) -> str:
        """The exception that was raised, as "TypeName: message"; "" if there is none."""
        return f"{self.failure.type_name}: {self.failure.message}" if self.failure else ""

    @property
    def first_wrong(self) -> RowResult | None:
        """The first wrong row, in the order of computation."""
        return next((row for row in self.rows if not row.ok), None)

    @property
    def code(self) -> Code:
        """The parsed source of the student's function or class; empty if unknown."""
        return code_of(self.answer.source)

    def is_right(self, name: str) -> bool:
        return any(row.name == name and row.ok for row in self.rows)

    @property
    def all_right(self) -> bool:
        return self.failure is None and all(row.ok for row in self.rows)

    @property
    def decides(self) -> bool:
        """Whether the question counts; otherwise it only helps to tell mistakes apart."""
        return not (self.option("diagnostic") or self.aside)

    @property
    def strided(self) -> bool:
        """Whether the inputs were not contiguous in memory."""
        return bool(self.option("strided"))

    @property
    def unusual(self) -> bool:
        """Whether its inputs may hide what other questions show; it is evidence only if those are right."""
        return self.strided or bool(self.option("extreme"))

    @property
    def late(self) -> bool:
        """Whether it was asked for mistakes that show only after many steps."""
        return bool(self.option("late"))

    def agrees(self, name: str, predicted: Any) -> bool:
        """Return whether the student's value agrees with a prediction; losses are compared one by one."""
        margin = MARGIN * tolerance_of(self.question)
        predicted = np.asarray(predicted, dtype=np.float64)
        if name != "losses" or predicted.ndim != 1:
            return same(self.value(name), predicted, margin)
        got = self.got(name)
        if got.shape != predicted.shape:
            return False
        n = n_comparable(self, predicted)
        # a loss that has practically vanished consists of rounding errors
        close = np.abs(got[:n] - predicted[:n]) <= margin * np.maximum(np.abs(predicted[:n]), VANISHED * got[0])
        return bool(np.all(np.isfinite(got[:n])) and np.all(close))


def n_comparable(obs: Observation, losses: np.ndarray) -> int:
    """Return how many losses of a mistaken run can be compared: all, or those before it diverges, but at least two."""
    usual = np.abs(np.resize(np.asarray(obs.truth.get("losses", 0.0), dtype=np.float64), losses.shape))
    far = ~(np.abs(losses) <= DIVERGED * np.maximum(usual, np.abs(losses[:1])))
    return max(2, int(np.argmax(far))) if far.any() else len(losses)


# Values by quantity, as one variant of the mistake would produce them.
Prediction = Mapping[str, Any]
Predict = Callable[[Observation], Iterable[Prediction]]
Condition = Callable[[Observation], bool]
NOT_THIS = (
    KeyError,
    ValueError,
    IndexError,
    TypeError,
    ZeroDivisionError,
    AttributeError,
    OverflowError,
)


def _up_to(row: str, prediction: Prediction) -> tuple[str, ...]:
    """Return the quantities up to a row in the order of computation; a mistake that shows earlier is another one."""
    names = tuple(prediction)
    return names[: names.index(row) + 1]


def _compared(obs: Observation, prediction: Prediction) -> tuple[str, ...]:
    """Return the quantities that can be compared: only the losses if these are wrong and diverge."""
    losses = np.asarray(prediction.get("losses", ()), dtype=np.float64)
    known = not losses.size or n_comparable(obs, losses) == losses.size or obs.is_right("losses")
    return tuple(prediction) if known else ("losses",)


@dataclass(frozen=True, eq=False)
class Mistake:
    """A named mistake, described by its symptoms in one exercise.

    idea: its id and hints; its topic is the one to read again in this exercise.
    rows: the quantities in which it may show first; () for any.
    predicts: yields one prediction for each variant of the mistake, with quantities in the order of computation. In
    every question, the first wrong quantity and those before it must agree with a variant; with `whole`, all must.
    condition: what else must hold if the answer is wrong (facts, source); with `always`, also if it is right. Without
    `predicts` it must be conclusive by itself; with neither, a wrong row of `rows` is, or without rows an exception.
    error: pattern of the exception it raises ("TypeName: text"), or a condition on the observation of a failure.
    pure: predictions depend on the question alone, and are cached. made_from: the origin of the predictions, for tests.
    """

    idea: Idea
    rows: tuple[str, ...] = ()
    predicts: Predict | None = None
    condition: Condition | None = None
    error: str | Condition | None = None
    whole: bool = False
    always: bool = False
    pure: bool = False
    made_from: Any = None

    @property
    def id(self) -> str:
        return self.idea.id

    def shows(self, obs: Observation, row: str | None) -> bool:
        """Return whether this question's answer is what the mistake would produce.

        row: the first row that is wrong in any question; None if student code failed.
        """
        with np.errstate(all="ignore"):  # wrong training diverges
            return _holds(self._shows, obs, row)

    def _shows(self, obs: Observation, row: str | None) -> bool:
        if obs.failure is not None:
            if self.error is None:
                return False
            if callable(self.error):
                return self.error(obs)
            return re.search(self.error, obs.error) is not None
        if row is None:  # the code fails on another question, and nothing here contradicts the mistake
            return self.error is not None
        right_here = obs.is_right(row)
        if self.predicts is None and self.condition is None:
            return right_here or bool(self.rows)
        if self.predicts is not None and not self._predicted(obs, row):
            return False
        if right_here and not self.always:
            return True
        return self.condition is None or self.condition(obs)

    def _predicted(self, obs: Observation, row: str) -> bool:
        def agrees(prediction: Prediction) -> bool:
            names = _compared(obs, prediction) if self.whole else _up_to(row, prediction)
            return all(obs.agrees(n, prediction[n]) for n in names)

        return any(_holds(agrees, prediction) for prediction in self._predictions(obs))

    def _predictions(self, obs: Observation) -> Iterable[Prediction]:
        assert self.predicts is not None
        predicts = self.predicts

        def make() -> list[Prediction]:
            return [{n: np.asarray(a, dtype=np.float64) for n, a in p.items()} for p in predicts(obs)]

        return kept(obs.question, self, make) if self.pure else predicts(obs)


# Predictions that depend on the question alone, by question: shared by a whole class.
_KEPT: weakref.WeakKeyDictionary[Question, dict[Any, list[Prediction]]] = weakref.WeakKeyDictionary()


def kept(question: Question, key: Any, make: Callable[[], list[Prediction]]) -> list[Prediction]:
    """Return the result of `make`, cached by question and key unless it is large."""
    known = _KEPT.setdefault(question, {})
    if key in known:
        return known[key]
    made = make()
    if sum(a.nbytes for p in made for a in p.values()) <= MAX_KEPT_BYTES:
        known[key] = made
    return made


def _holds(test: Callable[..., bool], *given: Any) -> bool:
    """Return whether a test holds; False if it needs something that this answer lacks."""
    try:
        return test(*given)
    except NOT_THIS:
        return False


def mistake(
    id: str,
    *rows: str,
    value: Callable[[Observation], Any] | None = None,
    values: Iterable[Callable[[Observation], Any]] = (),
    predicts: Predict | None = None,
    condition: Condition | None = None,
    error: str | Condition | None = None,
    topic: str | None = None,
    **more: Any,
) -> Mistake:
    """Return a mistake of the catalogue as an exercise shows it in one of `rows`.

    value, values: predicted values of the first wrong row, one for each variant, if nothing else is to be predicted.
    topic: overrides the topic in the catalogue.
    """
    forms = (value,) if value is not None else tuple(values)
    if forms:
        predicts = lambda obs: _each_row(obs, forms, rows)  # noqa: E731 - shorter than a def
    about = idea(id) if topic is None else replace(idea(id), topic=topic)
    return Mistake(about, rows, predicts, condition, error, **more)


def _each_row(
    obs: Observation, forms: Iterable[Callable[[Observation], Any]], rows: tuple[str, ...]
) -> Iterable[Prediction]:
    for form in forms:
        try:
            made = form(obs)
        except NOT_THIS:
            continue  # this variant needs something that the answer lacks
        yield from ({row: made} for row in rows)


def suspect(mistakes: tuple[Mistake, ...], observations: list[Observation], row: str | None) -> Idea | None:
    """Return the one idea that explains the answers to all questions; None if there is none or more than one.

    Questions that do not count are used only to tell several candidates apart.
    """
    candidates = [m for m in mistakes if row is None or not m.rows or row in m.rows]
    decisive = [s for s in observations if s.decides]
    shown = [m for m in candidates if all(m.shows(s, row) for s in decisive)]
    if len({m.id for m in shown}) > 1:
        shown = [m for m in shown if all(m.shows(s, row) for s in observations)]
    return shown[0].idea if len({m.id for m in shown}) == 1 else None
