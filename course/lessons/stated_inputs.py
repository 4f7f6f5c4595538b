"""Draw the cases of a question that a lesson's text defines, with the names, shapes and dtypes it states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import numpy as np

from course.exercise import Case
from course.lessons.inputs import ORIGINAL, some_sizes
from course.lessons.statement import SIZES, Item, Statement
from course.runner import Options

# Used in two cases with different numbers: code that caches its first answer by shape fails.
SAME_SIZES = {"n": 4, "d_in": 6, "d_h": 3, "d_out": 5}
# The most elements of an input at the notebooks' own sizes; if any has more, that case is left out.
MAX_NUMBERS = 10**6


def stated_cases(said: Statement) -> tuple[Case, ...]:
    """Return the cases; the one with non-contiguous inputs comes last, as in all exercises."""
    first, last = said.dtypes[0], said.dtypes[-1]
    least = dict.fromkeys(SIZES, said.least)
    cases = [
        Case("sizes that differ", _drawn(said, None, first)),
        Case("the other dtype", _drawn(said, SAME_SIZES, last)),
        Case("the same sizes with other numbers", _drawn(said, SAME_SIZES, first)),
        Case("the smallest sizes", _drawn(said, least, last)),
    ]
    if said.letters and all(np.prod(shape_of(i, ORIGINAL), dtype=float) <= MAX_NUMBERS for i in said.inputs):
        cases.append(Case("the notebooks' own sizes", _drawn(said, ORIGINAL, first, original=True)))
    cases.append(Case("inputs that are not contiguous", _drawn(said, None, first, strided=True)))
    return tuple(cases)


def shape_of(item: Item, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sizes[d] if isinstance(d, str) else d for d in item.shape or ())


def _drawn(said: Statement, sizes: dict[str, int] | None, dtype: str, **options: Any) -> Callable[..., Any]:
    def draw(rng: np.random.Generator, *_: Any) -> tuple[dict[str, np.ndarray], Options]:
        chosen = some_sizes(rng) if sizes is None else sizes
        made = {item.name: _numbers(item, chosen, rng) for item in said.inputs}
        arrays = {name: value for name, value in made.items() if isinstance(value, np.ndarray)}
        others = {name: value for name, value in made.items() if name not in arrays}
        used = {size: chosen[size] for size in said.letters}
        return arrays, cast(Options, {"sizes": used, "dtype": dtype, **options, **others})

    return draw


def _numbers(item: Item, sizes: Mapping[str, int], rng: np.random.Generator) -> Any:
    """Draw one input: a size, integers from 0 to below their bound (10), a float from 0.1 to 0.9, or normal values."""
    if item.shape is None and item.name in SIZES:
        return sizes[item.name]
    shape = shape_of(item, sizes)
    if item.integer:
        below = sizes[item.below] if isinstance(item.below, str) else item.below or 10
        integers = np.asarray(rng.integers(below, size=shape), dtype=np.int64)
        return int(integers) if item.shape is None else integers
    if item.shape is None:
        return float(rng.uniform(0.1, 0.9))
    drawn = rng.standard_normal(shape)
    return np.abs(drawn) + 0.1 if item.positive else np.asarray(drawn)
