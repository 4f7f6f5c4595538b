"""The question that an answer failed, in readable form: its inputs, and where the answer is farthest from right."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.exercise import Exercise, Verdict
from course.language import later, say
from course.runner import Answer, Question

# Arrays of up to this many entries, as in every case with small sizes (at most 9×8), are shown in full: they can be
# taken in and typed into a notebook. Larger ones are summarised.
MAX_SHOWN = 72
DIGITS = 4


@dataclass(frozen=True)
class Worst:
    """The entry of a result that is farthest from the right value."""

    name: str
    place: tuple[int, ...]
    got: float
    right: float


@dataclass(frozen=True)
class FailingCase:
    """A question: the arrays that were passed to student code, and the other arguments, both by name."""

    where: str
    arrays: dict[str, np.ndarray]
    others: dict[str, Any]
    worst: Worst | None = None

    def as_dict(self) -> dict[str, Any]:
        arrays = {
            name: {
                "shape": list(array.shape),
                "dtype": str(array.dtype),
                "values": array.tolist() if array.size <= MAX_SHOWN else None,
            }
            for name, array in self.arrays.items()
        }
        worst = None
        if self.worst is not None:
            got = self.worst.got if math.isfinite(self.worst.got) else str(self.worst.got)  # JSON has no NaN
            worst = {**vars(self.worst), "place": list(self.worst.place), "got": got}
        return {"where": self.where, "inputs": arrays, "arguments": self.others, "worst": worst}

    def as_text(self) -> str:
        lines = [say("It was called with {where}:", where=self.where)]
        width = max((len(name) for name in [*self.arrays, *self.others]), default=0)
        for name, array in self.arrays.items():
            shape = "×".join(map(str, array.shape)) or say("one number")
            told = _with_range(f"{shape} {array.dtype}", array)
            lines.append(f"  {name:<{width}}  {told}")
            if array.size <= MAX_SHOWN:
                lines += [f"      {row}" for row in _numbers(array).splitlines()]
        lines += [f"  {name:<{width}}  {value}" for name, value in self.others.items()]
        if self.worst is not None:
            w = self.worst
            place = f"[{', '.join(map(str, w.place))}]" if w.place else ""
            told = later("`{entry}` came back as {got:.6g}; right is {right:.6g}.")
            lines.append(say(told, entry=f"{w.name}{place}", got=w.got, right=w.right))
        return "\n".join(lines)


def _with_range(about: str, array: np.ndarray) -> str:
    if array.size <= MAX_SHOWN or array.dtype.kind not in "fiu":
        return about
    low, high, mean = (f"{number:.{DIGITS}g}" for number in (array.min(), array.max(), array.mean()))
    return say("{array}, from {low} to {high}, mean {mean}", array=about, low=low, high=high, mean=mean)


def _numbers(array: np.ndarray) -> str:
    return np.array2string(array, precision=DIGITS, suppress_small=True, max_line_width=100, threshold=MAX_SHOWN + 1)


def case_of(
    exercise: Exercise, verdict: Verdict, questions: Sequence[Question], answers: Sequence[Answer]
) -> FailingCase:
    """Return the question that a verdict is about."""
    question = questions[verdict.question]
    arrays = {n: a.astype(question.dtype) if a.dtype.kind == "f" else a for n, a in question.inputs.items()}
    wanted = question.options.get("args", [])
    others = {n: question.number(n) for n in wanted if n not in arrays and n in question.options}
    worst = _worst(exercise, verdict, question, answers[verdict.question]) if answers else None
    return FailingCase(verdict.where or question.dtype, arrays, others, worst)


def _worst(exercise: Exercise, verdict: Verdict, question: Question, answer: Answer) -> Worst | None:
    """Return where the first wrong result is farthest off; None if its shape is wrong or there are no numbers."""
    row = verdict.first_wrong
    value = answer.values.get(row.name) if row is not None else None
    if verdict.failure is not None or row is None or row.problem not in ("value", "finite") or value is None:
        return None
    with contextlib.suppress(Exception):  # the right value may depend on the answer, which may make no sense
        right, got = np.asarray(exercise.right(question, answer)[row.name], np.float64), value.array
        if got is not None and got.shape == right.shape:
            off = np.nan_to_num(np.abs(got - right), nan=np.inf)
            place = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
            return Worst(row.name, place, float(got[place]), float(right[place]))
    return None
