"""Mistakes in drawing the data and the weights, where the numbers are known or only their distribution is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import first_wrong

NAMES = ("x", "y", "w1", "w2")
WEIGHTS = ("w1", "w2")
# An array of at least this many numbers shows their distribution.
ENOUGH = 2000


def wrong_array(obs: Observation) -> np.ndarray:
    """Return the first wrong array if only its values are wrong; raise KeyError otherwise."""
    row = first_wrong(obs)
    if row.problem != "value":
        raise KeyError(row.name)
    return obs.got(row.name)


def _shape(obs: Observation, name: str) -> tuple[int, ...]:
    return np.shape(obs.truth[name])


def _turned(*names: str) -> Callable[[Observation], bool]:
    def condition(obs: Observation) -> bool:
        return any(obs.got(n).shape == _shape(obs, n)[::-1] != _shape(obs, n) for n in names)

    return condition


def _exchanged(*names: str) -> Callable[[Observation], bool]:
    """Return the condition that the arrays have each other's shapes: the right ones under other names."""

    def condition(obs: Observation) -> bool:
        got = [obs.got(name).shape for name in names]
        wanted = [_shape(obs, name) for name in names]
        return got != wanted and sorted(got) == sorted(wanted)

    return condition


def _never_negative(obs: Observation) -> bool:
    array = wrong_array(obs)
    return bool(array.min() >= 0 and (array.size == 1 or array.std() > 0))


def _around_zero(obs: Observation) -> bool:
    """Return whether numbers lie in an interval around zero and, if they are enough to tell, uniformly."""
    array = wrong_array(obs)
    bound = float(np.max(np.abs(array)))
    if array.size < ENOUGH:
        # as wide as a standard deviation of 1 asks for
        return bound <= 3**0.5 and (array.size == 1 or bool(array.min() < 0))
    # 3 ** -0.5 is the standard deviation of the uniform distribution from −1 to 1
    return abs(float(array.mean())) < 0.05 * bound and abs(float(array.std()) / bound - 3**-0.5) < 0.03


def _scaled(obs: Observation) -> bool:
    """Return whether an array is the right draw times a factor, or, if any draw is right, a normal one of any width."""
    name, array = first_wrong(obs).name, wrong_array(obs)
    if not array.any():
        return False
    if "rng" in obs.question.options:
        truth = np.asarray(obs.truth[name])
        factor = float(np.vdot(array, truth) / np.vdot(truth, truth))
        return abs(factor - 1) > 1e-3 and bool(np.allclose(array, factor * truth, rtol=1e-5, atol=0))
    deviation = float(array.std())
    outside = float((np.abs(array) > deviation).mean())
    return abs(float(array.mean())) < 6 * deviation / np.sqrt(array.size) and (
        array.size < ENOUGH or abs(outside - 0.31731) < 6 * np.sqrt(0.2166 / array.size)
    )


def _other_targets(obs: Observation) -> bool:
    """Return whether y has one number for each sample, was cut from an array like x, or lost its axes of length 1."""
    (n, d_in), (_, d_out), shape = _shape(obs, "x"), _shape(obs, "y"), obs.got("y").shape
    squeezed = tuple(size for size in (n, d_out) if size > 1)
    return shape in (squeezed, (n,), (n, 1), (n, min(d_in, d_out))) and shape != (n, d_out)


def _numbers_for_arrays(obs: Observation) -> bool:
    value = obs.value("x")
    return value is not None and value.kind == "number"


def _sizes_in_a_row(obs: Observation) -> bool:
    words = ("Cannot interpret", "positional argument", "data type")
    return bool(obs.failure and obs.failure.type_name == "TypeError" and any(w in obs.message for w in words))


# Mistakes in drawing data and weights, with NumPy or torch.
OF_DATA: tuple[Mistake, ...] = (
    mistake("uniform-data", *NAMES, condition=_never_negative),
    mistake("uniform-around-zero", *NAMES, condition=_around_zero),
    mistake("weights-transposed", *WEIGHTS, condition=_turned(*WEIGHTS)),
    mistake("batch-axis-last", "x", "y", condition=_turned("x", "y")),
    mistake("target-shape", "y", condition=_other_targets),
    mistake("order-of-results", *NAMES, condition=_exchanged(*NAMES)),
    mistake("weights-zero", *WEIGHTS, condition=lambda s: not wrong_array(s).any()),
    mistake("weights-scaled", *WEIGHTS, condition=_scaled),
    mistake("data-scaled", "x", "y", condition=_scaled),
)


def draw(
    seed: int, shapes: Mapping[str, tuple[int, ...]], order: tuple[str, ...], **kind: Any
) -> dict[str, np.ndarray]:
    """Return standard normal arrays, which a generator draws in the given order, by name as in `shapes`."""
    rng = np.random.default_rng(seed)
    made = {name: rng.standard_normal(size=shapes[name], **kind) for name in order}
    return {name: made[name] for name in shapes}


def _drawn_on_its_side(name: str, obs: Observation) -> np.ndarray:
    """Return a weight that is drawn as (out, in) and then transposed."""
    shapes = {other: _shape(obs, other)[:: -1 if other in WEIGHTS else 1] for other in NAMES}
    return draw(obs.option("rng"), shapes, NAMES)[name].T


def _other_order(obs: Observation) -> bool:
    """Return whether the arrays are the generator's numbers, drawn in another order or with others in between."""
    shapes = {name: _shape(obs, name) for name in NAMES}
    for order in itertools.permutations(NAMES):
        other = draw(obs.option("rng"), shapes, order)
        if order != NAMES and all(
            obs.got(n).shape == other[n].shape and np.allclose(obs.got(n), other[n]) for n in NAMES
        ):
            return True
    return _further_on(obs)


def _further_on(obs: Observation) -> bool:
    """Return whether each array is one stretch of the generator's numbers, with others drawn before or in between."""
    sizes = [int(np.prod(_shape(obs, name))) for name in NAMES]
    stream, at = np.random.default_rng(obs.option("rng")).standard_normal(2 * sum(sizes) + 100), 0
    for name, size in zip(NAMES, sizes, strict=True):
        got = obs.got(name).ravel() if obs.got(name).shape == _shape(obs, name) else np.empty(0)
        begins = at + np.flatnonzero(stream[at:] == got[:1])
        if not got.size or not begins.size or not np.array_equal(stream[begins[0] : begins[0] + size], got):
            return False
        at = int(begins[0]) + size
    return True


def _looks_normal(obs: Observation) -> bool:
    array = wrong_array(obs)
    return bool(array.size < ENOUGH or (abs(array.mean()) < 0.2 and abs(array.std() - 1) < 0.2))


# Arrays that must be created anew in each call.
REMEMBERS = mistake("remembers", "built_anew", condition=lambda s: not s.fact("same_memory"))

# Mistakes in drawing with NumPy's generator.
OF_GENERATOR: tuple[Mistake, ...] = (
    *OF_DATA,
    mistake("shape-not-tuple", *NAMES, condition=_numbers_for_arrays, error=_sizes_in_a_row),
    mistake("old-random-name", error=r"Generator' object has no attribute '(randn|rand|random_sample|randint)'"),
    mistake("draw-order", *NAMES, condition=_other_order),
    *(mistake("draw-order", name, value=partial(_drawn_on_its_side, name)) for name in WEIGHTS),
    mistake("rng-ignored", *NAMES, condition=lambda s: s.fact("drew") is False and _looks_normal(s)),
    mistake("rng-ignored", "drew"),
)


def _device(obs: Observation) -> bool:
    return first_wrong(obs).name.startswith("device") or first_wrong(obs).problem == "device"


# Mistakes in drawing with torch.
OF_TENSORS: tuple[Mistake, ...] = (
    *OF_DATA,
    mistake("dtype-ignored", *(f"{name}_dtype" for name in NAMES)),
    mistake("device-ignored", "device_honoured", *NAMES, condition=_device),
    mistake("seed-before-each-draw", "separate_draws"),
    REMEMBERS,
)


def _every(test: Callable[[np.ndarray], bool]) -> Callable[[Observation], bool]:
    """Return the condition that shapes are right, values wrong, and a test holds for each wrong weight."""

    def condition(obs: Observation) -> bool:
        wrong = [name for name in WEIGHTS if not obs.is_right(name)]
        right_shapes = all(obs.got(name).shape == _shape(obs, name) for name in WEIGHTS)
        return right_shapes and bool(wrong) and all(test(obs.got(name)) for name in wrong)

    return condition


def alike(array: np.ndarray) -> bool:
    """Return whether all rows, or all columns, are equal."""
    return bool(np.all(array == array[:1]) or np.all(array == array[:, :1]))


# Mistakes in creating weights that require gradients.
OF_WEIGHTS: tuple[Mistake, ...] = (
    mistake("uniform-data", *WEIGHTS, condition=_every(lambda a: bool(a.min() >= 0 and a.std() > 0))),
    mistake("constant-weights", *WEIGHTS, condition=_every(lambda a: alike(a) and bool(a.any()))),
    mistake("weights-zero", *WEIGHTS, condition=_every(lambda a: not a.any())),
    mistake("device-ignored", "device_honoured"),
    mistake("weights-transposed", *WEIGHTS, condition=lambda s: _turned(*WEIGHTS)(s) and not _exchanged(*WEIGHTS)(s)),
    mistake("sizes-fixed", *WEIGHTS, condition=lambda s: [s.got(n).shape for n in WEIGHTS] == [(1000, 100), (100, 10)]),
    mistake("order-of-results", *WEIGHTS, condition=_exchanged(*WEIGHTS)),
    mistake(
        "dtype-ignored",
        "dtypes",
        *WEIGHTS,
        condition=lambda s: (
            s.fact("dtypes") != [s.question.dtype] * 2 and all(s.got(n).shape == _shape(s, n) for n in WEIGHTS)
        ),
    ),
    mistake("no-requires-grad", "records"),
    mistake("not-a-leaf", "leaf"),
    REMEMBERS,
)
