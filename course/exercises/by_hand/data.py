"""Named mistakes of drawing the data, for a draw whose numbers are known as well as for one that is only recognised."""

from __future__ import annotations

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import DATA, SHAPES, first_wrong, message

NAMES = ("x", "y", "w1", "w2")
# An array of at least this many numbers shows how they are distributed.
ENOUGH = 2000


def _turned(seen: Seen, name: str) -> bool:
    got, wanted = seen.got(name).shape, np.shape(seen.truth[name])
    return got != wanted and got == wanted[::-1]


def _among_each_other(seen: Seen) -> bool:
    """Tell whether the arrays have each other's shapes: the right ones under other names."""
    got = [seen.got(name).shape for name in NAMES]
    wanted = [np.shape(seen.truth[name]) for name in NAMES]
    return got != wanted and sorted(got) == sorted(wanted)


def wrong_array(seen: Seen) -> np.ndarray:
    """Return the first wrong array, if its shape is right; KeyError otherwise."""
    row = first_wrong(seen)
    if row.problem != "value":
        raise KeyError(row.name)
    return seen.got(row.name)


def _from_zero_to_one(seen: Seen) -> bool:
    array = wrong_array(seen)
    if float(array.min()) < 0 or float(array.max()) > 1:
        return False
    # 12 ** -0.5 is the deviation of numbers spread evenly from 0 to 1
    return array.size < ENOUGH or abs(float(array.std()) - 12**-0.5) < 0.02


def _around_zero(seen: Seen) -> bool:
    """Tell whether numbers lie between −1 and 1, as far as is known evenly (deviation 0.577)."""
    array = wrong_array(seen)
    if float(np.max(np.abs(array))) > 1:
        return False
    return array.size < ENOUGH or (float(array.min()) < -0.9 and abs(float(array.std()) - 3**-0.5) < 0.03)


def _all_zero(seen: Seen) -> bool:
    return not wrong_array(seen).any()


def _scaled(seen: Seen) -> bool:
    """Tell whether an array is the right draw times a number, or, where any draw is right, a narrower or wider one."""
    name, array = first_wrong(seen).name, wrong_array(seen)
    if not array.any():
        return False
    if "rng" in seen.question.options:
        truth = np.asarray(seen.truth[name])
        factor = float(np.vdot(array, truth) / np.vdot(truth, truth))
        return abs(factor - 1) > 1e-3 and bool(np.allclose(array, factor * truth, rtol=1e-5, atol=0))
    deviation = float(array.std())
    outside = float((np.abs(array) > deviation).mean())
    return abs(float(array.mean())) < 6 * deviation / np.sqrt(array.size) and (
        array.size < ENOUGH or abs(outside - 0.31731) < 6 * np.sqrt(0.2166 / array.size)
    )


def _one_target(seen: Seen) -> bool:
    n, shape = np.shape(seen.truth["y"])[0], seen.got("y").shape
    return shape in ((n,), (n, 1)) and shape != np.shape(seen.truth["y"])


def _numbers_for_arrays(seen: Seen) -> bool:
    value = seen.value("x")
    return value is not None and value.kind == "number"


def _sizes_in_a_row(seen: Seen) -> bool:
    words = ("Cannot interpret", "positional argument", "data type")
    return bool(seen.failure and seen.failure.type_name == "TypeError" and any(w in message(seen) for w in words))


DATA_MISTAKES = (
    Mistake(
        "uniform-data",
        "Your numbers are never negative. Which distribution has mean zero?",
        NAMES,
        when=_from_zero_to_one,
    ),
    Mistake(
        "uniform-around-zero",
        "Mean zero alone does not make a normal distribution: do you ever see a 2?",
        NAMES,
        when=_around_zero,
    ),
    Mistake(
        "weights-transposed",
        "Read the shapes of the product of x and w1 aloud: which inner sizes must agree?",
        ("w1", "w2"),
        when=lambda s: _turned(s, "w1") or _turned(s, "w2"),
        section=SHAPES,
    ),
    Mistake(
        "batch-axis-last",
        "Does a row or a column of x hold one sample?",
        ("x", "y"),
        when=lambda s: _turned(s, "x") or _turned(s, "y"),
        section=SHAPES,
    ),
    Mistake(
        "target-shape",
        "How many numbers does the network predict for each sample?",
        ("y",),
        when=_one_target,
        section=SHAPES,
    ),
    Mistake(
        "order-of-results",
        "All the pieces are there; look at the order the text asks for.",
        NAMES,
        when=_among_each_other,
    ),
    Mistake(
        "weights-zero",
        "If all weights are equal, what makes one hidden unit differ from another?",
        ("w1", "w2"),
        when=_all_zero,
    ),
    Mistake(
        "weights-scaled",
        "A good habit elsewhere; here the weights keep deviation one.",
        ("w1", "w2"),
        when=_scaled,
    ),
    Mistake(
        "data-scaled",
        "The numbers are centred at zero; is their spread 1?",
        ("x", "y"),
        when=_scaled,
    ),
)

# Mistakes with NumPy's generator.
GENERATOR_MISTAKES = (
    Mistake(
        "shape-not-tuple",
        "A shape is one argument: a pair of sizes.",
        NAMES,
        when=_numbers_for_arrays,
        raised=_sizes_in_a_row,
        section=DATA,
    ),
    Mistake(
        "old-random-name",
        "The new generator has its own names: look up what it calls the standard normal.",
        raised=r"Generator' object has no attribute '(randn|rand|random_sample|randint)'",
        section=DATA,
    ),
)
