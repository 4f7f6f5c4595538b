"""Name the one mistake that explains a wrong answer, if the evidence proves one."""

from __future__ import annotations

import itertools
import re

import numpy as np

from course.checks.compare import TOLERANCE, same
from course.checks.exercise import Exercise
from course.checks.mistake import Mistake, Seen, suspect

# Mistakes that can be made in any lesson: they need no closed form.
RETURNS_NONE = Mistake(
    "returns-none", "Did the function hand anything back? Something is computed, and then forgotten."
)
GLOBAL = Mistake(
    "global-not-argument",
    "Your function reaches for a variable of the notebook and ignores one of its arguments.",
)
AUTOGRAD = Mistake(
    "autograd-used",
    "This one is meant to be worked out by hand; autograd has its turn from the third way on.",
)
INPUTS_CHANGED = Mistake("inputs-changed", "A function that only computes leaves its inputs as they were.")
ORDER = Mistake("order-of-results", "All the pieces are there; look at the order the text asks for.")
SIZES_FIXED = Mistake("sizes-fixed", "Your code knows sizes that it should ask its arguments for.")
ARRAY = Mistake("array-not-tensor", "The numbers may be right, but a tensor is asked for, on the device of the inputs.")
# The notebooks' names for the sizes: who reads them has sizes written in.
SIZES = ("N", "D_IN", "D_H", "D_OUT")
GENERIC = (RETURNS_NONE, GLOBAL, AUTOGRAD, INPUTS_CHANGED, ORDER, SIZES_FIXED, ARRAY)


def diagnose(exercise: Exercise, seen: list[Seen], row: str | None) -> Mistake | None:
    """Return the named mistake.

    row: name of the first wrong row in the order of computation; None if student code failed.
    """
    decisive = [s for s in seen if not s.question.options.get("diagnostic")]
    failed = next((s for s in decisive if s.failure is not None), None)
    if failed is not None and failed.failure is not None:
        if failed.failure.kind == "autograd":
            return suspect(exercise.mistakes, seen, row) or AUTOGRAD
        if failed.failure.kind == "global":
            return SIZES_FIXED if failed.failure.message in SIZES else GLOBAL
    else:
        general = _structural(decisive, row)
        if general is not None:
            return general
    own = suspect(exercise.mistakes, seen, row)
    if own is not None:
        return own
    if _sizes_fixed(decisive):
        return SIZES_FIXED
    if failed is None and _other_order(exercise, decisive):
        return ORDER
    return None


def _structural(seen: list[Seen], row: str | None) -> Mistake | None:
    """Recognise what the form of an answer proves: nothing returned, inputs changed, arrays for tensors."""
    results = [r for s in seen for r in s.rows if r.name == row and not r.ok]
    if results and all(r.problem == "none" for r in results):
        return RETURNS_NONE
    if row == "inputs":
        return INPUTS_CHANGED
    if results and all(r.problem == "type" and r.got == "numpy.ndarray" for r in results):
        return ARRAY
    return None


def _sizes_fixed(seen: list[Seen]) -> bool:
    """Right at the notebook's own sizes; at others the shapes, or an exception about shapes, are wrong."""
    original = [s for s in seen if s.question.options.get("original")]
    others = [s for s in seen if not s.question.options.get("original")]
    if not original or not all(_is_right(s) for s in original):
        return False
    return bool(others) and all(_about_sizes(s) for s in others)


def _is_right(seen: Seen) -> bool:
    return seen.failure is None and all(r.ok for r in seen.rows)


def _about_sizes(seen: Seen) -> bool:
    if seen.failure is not None:
        return re.search(r"shape|size|dimension|broadcast|bounds|match", seen.failure.message) is not None
    wrong = [r for r in seen.rows if not r.ok]
    return bool(wrong) and (wrong[0].problem == "shape" or _scaled_by_sizes(seen))


def _scaled_by_sizes(seen: Seen) -> bool:
    """Tell whether a value is off by a ratio of a size written in and the size given, such as 64·10 to n·d_out."""
    first = next(r.name for r in seen.rows if not r.ok)
    sizes = seen.question.options.get("sizes", {})
    if not {"n", "d_out"} <= set(sizes):
        return False
    factor = 64 * 10 / (sizes["n"] * sizes["d_out"])
    value, truth = seen.value(first), np.asarray(seen.truth[first])
    tolerance = 10 * TOLERANCE[seen.question.dtype]
    return any(same(value, truth * f, tolerance) for f in (factor, 1 / factor))


def _other_order(exercise: Exercise, seen: list[Seen]) -> bool:
    """Tell whether the results are the right ones under a permutation of their names."""
    names = [row.name for row in exercise.rows if row.wanted in ("array", "tensor") and not row.optional]
    if not 2 <= len(names) <= 5:
        return False
    for order in itertools.permutations(names):
        if list(order) != names and all(_matches(s, names, order) for s in seen):
            return True
    return False


def _matches(seen: Seen, names: list[str], order: tuple[str, ...]) -> bool:
    tolerance = TOLERANCE[seen.question.dtype]
    return all(
        name in seen.truth and same(seen.value(name), np.asarray(seen.truth[other]), tolerance)
        for name, other in zip(names, order, strict=True)
    )
