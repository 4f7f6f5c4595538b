"""The pattern of a wrong answer across all questions: from which step on, by what factor, or where it is wrong.

A pattern is reported only if it holds in every question answered wrongly; none gives away the right numbers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

import numpy as np

from course.exercise.compare import digits_of
from course.exercise.mistake import NOT_THIS, Observation
from course.judging.returned import close
from course.language import later, say, say_n

Array = np.ndarray
# The fewest wrong entries of an array, or wrong answers of a single number, that show a pattern. If all entries are
# wrong there is no place to report.
FEWEST = 2
EVERYTHING = later("Everything is {factor} times what it should be.")
# Factors made of sizes, in the order in which they are tried, so that the plainest one is reported.
_OF_SIZES: dict[str, Callable[[dict[str, int]], float]] = {
    "1/n": lambda s: 1 / s["n"],
    "1/(n·d_out)": lambda s: 1 / (s["n"] * s["d_out"]),
    "1/d_out": lambda s: 1 / s["d_out"],
    "1/d_h": lambda s: 1 / s["d_h"],
    "1/d_in": lambda s: 1 / s["d_in"],
    "1/(2n)": lambda s: 1 / (2 * s["n"]),
    "2/n": lambda s: 2 / s["n"],
    "1/√n": lambda s: s["n"] ** -0.5,
    "1/√d_in": lambda s: s["d_in"] ** -0.5,
    "1/√d_h": lambda s: s["d_h"] ** -0.5,
    "n": lambda s: s["n"],
    "d_out": lambda s: s["d_out"],
    "n·d_out": lambda s: s["n"] * s["d_out"],
}


def pattern_of(observations: Iterable[Observation], row: str, *, named: bool = False) -> str:
    """Return a sentence about how a quantity is wrong, or "" if no pattern holds throughout.

    row: the first wrong quantity; only questions in which its values are wrong are looked at.
    named: whether the mistake is named and so has a hint of its own; if so, only the place is reported.
    """
    wrong = [s for s in observations if any(r.name == row and r.problem == "value" for r in s.rows)]
    if not wrong:
        return ""
    for pattern in (_where,) if named else (_from_which_step, _by_what_factor, _where):
        try:
            with np.errstate(all="ignore"):
                said = pattern(wrong, row)
        except NOT_THIS:
            continue
        if said:
            return said
    return ""


def first_difference(obs: Observation, row: str) -> tuple[int, ...]:
    """Return the index of the first wrong entry of a quantity, or () if there is none or the quantity is a scalar."""
    with np.errstate(all="ignore"):
        off = ~close(obs, *_pair(obs, row))
    return tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape)) if off.any() else ()


def _pair(obs: Observation, row: str) -> tuple[Array, Array]:
    return obs.got(row), np.asarray(obs.truth[row], dtype=np.float64)


def _from_which_step(wrong: list[Observation], row: str) -> str:
    if row != "losses":
        return ""
    firsts = set()
    for obs in wrong:
        right = close(obs, *_pair(obs, row))
        first = int(np.argmin(right))
        if not first or right[first:].any():
            return ""
        firsts.add(first)
    if len(firsts) > 1:
        return ""
    (n,) = firsts
    return say_n(
        "The first loss is right, from the second on they are not.",
        "The first {n} losses are right, from number {following} on they are not.",
        n,
        following=n + 1,
    )


def _by_what_factor(wrong: list[Observation], row: str) -> str:
    factors = []
    for obs in wrong:
        got, right = _pair(obs, row)
        factor = float(np.vdot(got, right) / np.vdot(right, right))
        if not np.isfinite(factor) or not factor or not close(obs, got, factor * right).all():
            return ""
        factors.append(factor)
    if len(wrong) < FEWEST and all(np.size(s.truth[row]) == 1 for s in wrong):
        return ""  # one number is always a multiple of another
    if np.ptp(factors) <= 1e-4 * abs(factors[0]):
        number = _number(factors[0])
        return say(EVERYTHING, factor=number) if number != "1" else ""
    for name, factor_of in _OF_SIZES.items():
        with contextlib.suppress(KeyError):  # a stated question may lack this size
            if np.allclose(factors, [factor_of(s.option("sizes")) for s in wrong], rtol=1e-4):
                return say(EVERYTHING, factor=name)
    return ""


def _number(value: float) -> str:
    return digits_of(value, 4).replace("-", "−")


# Arrays whose sign may explain where an array of the same shape is wrong.
_SIGNS = ("h", "grad_h_relu", "y_pred", "x", "grad_out")


def _where(wrong: list[Observation], row: str) -> str:
    told: set[tuple[str, str]] | None = None
    mixed = False
    for obs in wrong:
        got, right = _pair(obs, row)
        off = ~close(obs, got, right)
        mixed = mixed or FEWEST <= np.sum(off) < off.size
        here = set(_conditions(obs, off))
        told = here if told is None else told & here
    if not told or not mixed:
        return ""
    sentence, name = min(told)
    return say(sentence, name=name)


def _conditions(obs: Observation, off: Array) -> Iterable[tuple[str, str]]:
    """Yield each condition that separates wrong entries from right ones, as a template and the name in it."""
    for name in _SIGNS:
        if name in obs.question.inputs or name in obs.truth:
            values = obs[name]
            if values.shape == off.shape:
                if np.array_equal(off, values < 0):
                    yield later("Right where `{name}` is positive, wrong where it is negative."), name
                if np.array_equal(off, values > 0):
                    yield later("Right where `{name}` is negative, wrong where it is positive."), name
    if off.ndim == 2:
        rows, columns = np.asarray(off.any(axis=1)), np.asarray(off.any(axis=0))
        for lines, wide, told in ((rows, rows[:, None], _ROWS), (columns, columns, _COLUMNS)):
            if np.array_equal(off, np.broadcast_to(wide, off.shape)):
                yield from ((said, "") for said in _lines(lines, told))


_ROWS = (
    later("Only the first row is wrong."),
    later("Only the last row is wrong."),
    later("Only the first row is right."),
)
_COLUMNS = (
    later("Only the first column is wrong."),
    later("Only the last column is wrong."),
    later("Only the first column is right."),
)


def _lines(lines: Array, told: tuple[str, str, str]) -> Iterable[str]:
    first_wrong, last_wrong, first_right = told
    if lines[0] and not lines[1:].any():
        yield first_wrong
    if lines[-1] and not lines[:-1].any():
        yield last_wrong
    if not lines[0] and lines[1:].all():
        yield first_right
