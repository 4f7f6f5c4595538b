"""Inputs for the exercises of all six lessons: one family of cases, each detecting what no other does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from course.dataset import SIZES
from course.exercise import Case
from course.runner import Options

Sizes = dict[str, int]
Arrays = dict[str, np.ndarray]
Rng = np.random.Generator

# The notebooks' own sizes: reveals a function that processes only the first rows, or overflows.
ORIGINAL: Sizes = SIZES
# All sizes 1: catches squeeze() and dropped axes.
SINGLE: Sizes = {"n": 1, "d_in": 1, "d_h": 1, "d_out": 1}
# All sizes equal, so that every product runs: reveals code that tries which orientation of a matrix fits.
SQUARE: Sizes = {"n": 4, "d_in": 4, "d_h": 4, "d_out": 4}
# One observation and one output, but all parameters still differ in shape.
NARROW: Sizes = {"n": 1, "d_in": 5, "d_h": 2, "d_out": 1}
# More rows than fit a batch of 128, and one output, where a squeeze broadcasts every prediction against every target.
COLUMN: Sizes = {"n": 130, "d_in": 5, "d_h": 4, "d_out": 1}
# As many outputs as inputs, but distinguishable layers: reveals anything that is added wherever shapes agree.
THERE_AND_BACK: Sizes = {"n": 4, "d_in": 3, "d_h": 5, "d_out": 3}
# At this scale, hidden values have about the standard deviation that they have in the notebook, √1000: a ceiling at 6
# or 20 clips most positive ones. At larger scales, nothing but rounding would be left of a tanh in float32.
LARGE = 31.0
# Above this, exp overflows in float32.
EXPONENT = 88.0
# For cases with many hidden values, in float64: here a ceiling of 200 on values, or of 1000 on a gradient, takes effect
# too, but the exponential of a value is still finite.
LARGEST = 150.0
# At this scale, any ceiling that somebody takes for infinite takes effect.
HUGE = 1e9
# At this scale, a threshold of 0.01 in place of 0 cuts off everything.
TINY = 1e-3
# Values this close to the kink of the ReLU could fall on either side of it in float32, and at exactly 0 torch's own
# variants of the ReLU disagree about the derivative. In units of the standard deviation of h.
KINK = 1e-2
# A few training steps have as many chances to come near a kink; over so few, float32 stays within 1e-6 of float64.
KINK_WHILE_TRAINING = KINK / 5
# More hidden values than this, as at the notebook's sizes, never all stay clear of 0; such cases use float64 only.
MANY = 500


def some_sizes(rng: Rng) -> Sizes:
    """Draw four small, pairwise different sizes: with equal ones, a forgotten transpose would go unnoticed."""
    n, d_in, d_h, d_out = rng.choice(np.arange(3, 10), size=4, replace=False)
    return {"n": int(n), "d_in": int(d_in), "d_h": int(d_h), "d_out": int(d_out)}


def relu(h: np.ndarray) -> np.ndarray:
    return np.where(h > 0, h, 0.0)


def network(rng: Rng, sizes: Sizes, scale: float = 1.0) -> Arrays:
    """Draw x (n, d_in), y (n, d_out), w1 (d_in, d_h), w2 (d_h, d_out) of a two-layer network, float64.

    scale: approximate standard deviation of h. x and both weights are scaled by its square root, so that code which
    clips large weights is detected. With more than one row, every hidden unit is on for some rows and off for others;
    unless there are MANY values, no |h| is near 0. Targets have the scale of the predictions, so that omitting them
    shows.
    """
    n, d_in, d_h, d_out = (sizes[k] for k in ("n", "d_in", "d_h", "d_out"))
    share = np.sqrt(scale)
    for _ in range(1000):
        x = share * rng.standard_normal(size=(n, d_in))
        w1, w2 = (share * rng.standard_normal(shape) / np.sqrt(shape[0]) for shape in ((d_in, d_h), (d_h, d_out)))
        h = x @ w1
        y_pred = relu(h) @ w2
        y = 1.5 * np.std(y_pred) * rng.standard_normal((n, d_out)) if n > 1 else rng.uniform(2, 3, (n, d_out))
        on = (h > 0).mean(axis=0)
        lively = bool(np.all(h > KINK)) if n == 1 else bool(np.all((on > 0) & (on < 1)))
        # exp(h) is finite in float32, and some tanh(h) is not saturated: mistakes that involve them can be recognised
        tame = scale != LARGE or bool(np.all(np.abs(h) < EXPONENT) and np.any(np.abs(h) < 2))
        clear = n == 1 or h.size > MANY or bool(np.all(np.abs(h) > KINK * np.std(h)))
        apart = h.size > MANY or float(np.min(np.abs(y_pred - y))) > scale * share * (0.1 if n == 1 else 1e-3)
        if lively and tame and clear and apart:
            return {"x": x, "y": y, "w1": w1, "w2": w2}
    raise RuntimeError(f"no suitable draw for {sizes}")


def forward_state(arrays: Arrays, dtype: str) -> Arrays:
    """Return h, h_relu and y_pred as student code in that dtype would receive them, consistent after rounding."""
    rounded = {k: v.astype(dtype).astype(np.float64) for k, v in arrays.items()}
    h = (rounded["x"] @ rounded["w1"]).astype(dtype).astype(np.float64)
    h_relu = relu(h)
    return {"h": h, "h_relu": h_relu, "y_pred": h_relu @ rounded["w2"]}


def rows_of_data(rng: Rng, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
    """Draw two inputs (n, d_in) for a model; return them with the sizes to build it with."""
    x, other_x = scale * rng.standard_normal((2, sizes["n"], sizes["d_in"]))
    return {"x": x, "other_x": other_x, **{name: sizes[name] for name in ("d_in", "d_h", "d_out")}}


# ---------------------------------------------------------------- cases

# Takes a generator of the question's own and one that is the same for all questions of an exercise.
Draw = Callable[[Rng, Rng], tuple[Arrays, Options]]
# Takes a generator, sizes, a dtype and the scale of hidden values. Returned values that are not arrays become options.
Make = Callable[[Rng, Sizes, str, float], dict[str, Any]]
# Takes the `Make` of a training loop; returns the cases that only training loops have.
Training = Callable[[Make], tuple[Case, ...]]


def drawn(
    make: Make, sizes: Sizes | None = None, dtype: str = "float64", *, scale: float = 1.0, **options: Any
) -> Draw:
    """Return the draw of a case: `make` called with the given sizes, or with sizes shared by an exercise's cases.

    Shared sizes with different numbers reveal results that are cached from one call to the next.
    """

    def draw(rng: Rng, shared: Rng) -> tuple[Arrays, Options]:
        chosen = some_sizes(shared) if sizes is None else sizes
        extra: Options = {"original": True} if sizes is ORIGINAL else {}
        made = make(rng, chosen, dtype, scale)
        numbers = {k: v for k, v in made.items() if not isinstance(v, np.ndarray)}
        inputs = {k: v for k, v in made.items() if isinstance(v, np.ndarray)}
        return inputs, cast(Options, {"sizes": chosen, "dtype": dtype, **extra, **numbers, **options})

    return draw


PLAIN = "sizes pairwise different, in float64"
LARGE_VALUES = "float32, and hidden values larger than in the notebook are not cut"
OWN_SIZES = "the notebook's own sizes"
MANY_ROWS = "more rows than in the notebook, and one output"
SMALL_LOSS = "a loss that is next to nothing and goes up: all steps are taken all the same"
SMALL_VALUES = "values far smaller, in the first ones' sizes: no threshold but zero, and nothing is remembered"
HUGE_VALUES = "values far larger: there is no ceiling at all"
STRIDED = "inputs that are not contiguous, in the first ones' sizes, asked after all others"
MANY_STEPS = "so many steps that a schedule has begun, and patience has ended"
STILL = "a rate so small that nothing moves: every step is taken, and its loss noted"
N_MANY = 210
# With all sizes 1, the loss of a training rises in each step; after this many, patience has run out.
N_RISING = 13


def cases_of(
    make: Make,
    *,
    single: Sizes = SINGLE,
    square: Sizes = SQUARE,
    small: bool = True,
    huge: bool = False,
    training: Training | None = None,
) -> tuple[Case, ...]:
    """Return the cases for inputs that `make` draws.

    single, square: the sizes of one case each; override them if parameters are identified by shape. small: whether to
    include far smaller values; not if biases would dwarf them. huge: whether to include far
    larger values. training: for training loops, a function that returns their additional cases; the others then take a
    few steps, and the case of small values is left out.
    """
    numbers: tuple[dict[str, Any], ...] = tuple({"steps": n} if training else {} for n in (4, 3, N_RISING))
    more, few, rising = numbers
    return (
        Case(PLAIN, drawn(make, **more)),
        Case(LARGE_VALUES, drawn(make, square, dtype="float32", scale=LARGE, **few)),
        Case("an axis of length 1 must not get lost", drawn(make, single, **rising)),
        Case(MANY_ROWS, drawn(make, COLUMN, **few)),
        Case(OWN_SIZES, drawn(make, ORIGINAL, scale=LARGEST, **few)),
        *([Case(SMALL_VALUES, drawn(make, scale=TINY, extreme=True, refilled=True))] if small and not training else []),
        *([Case(HUGE_VALUES, drawn(make, scale=HUGE, extreme=True))] if huge else []),
        *(training(make) if training else []),
        Case(STRIDED, drawn(make, strided=True, **few)),
    )
