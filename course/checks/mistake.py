"""Named wrong answers, and which one an answer shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.asking import Answer, Code, FactName, Failure, Question, Value
from course.asking.syntax import code_of
from course.checks.compare import TOLERANCE, RowResult, same

# A closed form is evaluated in float64, the student's wrong answer in the question's dtype: the same margin as for a
# right answer, times a little for the forms that amplify rounding (powers, quotients).
FORM_MARGIN = 10.0


@dataclass(frozen=True, eq=False)
class Seen:
    """One question with what came of it, as a mistake's closed form sees it."""

    question: Question
    answer: Answer
    truth: dict[str, Any]
    rows: tuple[RowResult, ...]

    def __getitem__(self, name: str) -> np.ndarray:
        """Return an input in float64 as student code was given it, else the right value of that name."""
        if name in self.question.inputs:
            given = self.question.inputs[name].astype(self.question.dtype)
            return np.asarray(given, dtype=np.float64)
        return np.asarray(self.truth[name], dtype=np.float64)

    def got(self, name: str) -> np.ndarray:
        """Return what the student gave for a name, in float64; KeyError if there is nothing."""
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
    def code(self) -> Code:
        """What the student's text says; nothing where it is not known."""
        return code_of(self.answer.source)

    def is_right(self, name: str) -> bool:
        return any(row.name == name and row.ok for row in self.rows)

    @property
    def all_right(self) -> bool:
        return self.failure is None and all(row.ok for row in self.rows)

    @property
    def decides(self) -> bool:
        """Whether the question counts; if not, it is asked only to tell mistakes apart."""
        return not self.option("diagnostic")

    @property
    def strided(self) -> bool:
        """Whether the inputs were not contiguous in memory."""
        return bool(self.option("strided"))


Form = Callable[[Seen], Any]
Sign = Callable[[Seen], bool]


@dataclass(frozen=True)
class Mistake:
    """A named wrong answer.

    id: name in the catalogue. hint: one line to the student, never the code.
    rows: the rows it may show in first; () for any.
    form: the wrong value of that first row, as a closed form of inputs and truth.
    when: what else must hold (facts, other rows); alone it must be a proof by itself.
    raised: pattern of the exception it raises ("TypeName: text"), or a function of what was seen.
    section: heading of the lesson to read again, where it differs from the exercise's.
    """

    id: str
    hint: str
    rows: tuple[str, ...] = ()
    form: Form | None = None
    when: Sign | None = None
    raised: str | Sign | None = None
    section: str = ""
    margin: float = field(default=FORM_MARGIN)

    def shows(self, seen: Seen, row: str | None) -> bool:
        """Tell whether this question's answer is what the mistake would give.

        row: the first row that is wrong in any question, None if student code failed there.
        """
        try:
            with np.errstate(all="ignore"):  # wrong training diverges
                return self._shows(seen, row)
        except (
            KeyError,
            ValueError,
            IndexError,
            TypeError,
            ZeroDivisionError,
            AttributeError,
            np.exceptions.AxisError,
        ):
            return False  # the form needs something this answer does not have: then it is not this mistake

    def _shows(self, seen: Seen, row: str | None) -> bool:
        if seen.failure is not None:
            if self.raised is None:
                return False
            if callable(self.raised):
                return self.raised(seen)
            text = f"{seen.failure.type_name}: {seen.failure.message}"
            return re.search(self.raised, text) is not None
        if row is None:  # it raises on another question; here there is nothing to hold against it
            return self.raised is not None
        right_here = seen.is_right(row)
        if self.form is None and self.when is None:
            return right_here  # shows by an exception only
        if right_here and self.form is None:
            return True
        if self.form is not None:
            expected = np.asarray(self.form(seen), dtype=np.float64)
            if not same(seen.value(row), expected, self.margin * TOLERANCE[seen.question.dtype]):
                return False
        return right_here or self.when is None or self.when(seen)


def suspect(mistakes: tuple[Mistake, ...], seen: list[Seen], row: str | None) -> Mistake | None:
    """Return the one mistake that explains every question; None if there is none or more than one.

    Diagnostic questions are looked at only to tell several apart.
    """
    candidates = [m for m in mistakes if row is None or not m.rows or row in m.rows]
    decisive = [s for s in seen if s.decides]
    shown = [m for m in candidates if all(m.shows(s, row) for s in decisive)]
    if len({m.id for m in shown}) > 1:
        shown = [m for m in shown if all(m.shows(s, row) for s in seen)]
    return shown[0] if len({m.id for m in shown}) == 1 else None
