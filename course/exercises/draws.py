"""Draw the data of questions: pairwise different sizes, no value near a kink, targets at the scale of predictions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.draw import SIZES

Sizes = dict[str, int]
Arrays = dict[str, np.ndarray]

# The notebooks' own sizes: a function that only does the first rows, or overflows, shows here.
ORIGINAL: Sizes = SIZES
# One of everything: the sizes at which a squeeze or a lost axis shows.
SINGLE: Sizes = {"n": 1, "d_in": 1, "d_h": 1, "d_out": 1}
# Values this near to a kink of the ReLU could fall on either side in float32, and at exactly 0 torch's own spellings
# of the ReLU disagree about the slope. In units of the standard deviation of h.
KINK = 1e-2


def some_sizes(rng: np.random.Generator) -> Sizes:
    """Draw four small sizes, pairwise different: with equal ones a forgotten transpose runs silently."""
    n, d_in, d_h, d_out = rng.choice(np.arange(3, 10), size=4, replace=False)
    return {"n": int(n), "d_in": int(d_in), "d_h": int(d_h), "d_out": int(d_out)}


def relu(h: np.ndarray) -> np.ndarray:
    return np.where(h > 0, h, 0.0)


def network(rng: np.random.Generator, sizes: Sizes, scale: float = 1.0) -> Arrays:
    """Draw x, y, w1, w2 of a two-layer network.

    Every hidden unit is on for some rows and off for others where there are rows enough, and no |h| is near 0. Targets
    have the scale of the predictions, so that forgetting them shows.
    """
    n, d_in, d_h, d_out = (sizes[k] for k in ("n", "d_in", "d_h", "d_out"))
    for _ in range(1000):
        x = rng.standard_normal(size=(n, d_in))
        w1 = scale * rng.standard_normal((d_in, d_h)) / np.sqrt(d_in)
        w2 = scale * rng.standard_normal((d_h, d_out)) / np.sqrt(d_h)
        h = x @ w1
        y_pred = relu(h) @ w2
        y = 1.5 * np.std(y_pred) * rng.standard_normal((n, d_out)) if n > 1 else rng.uniform(2, 3, (n, d_out))
        on = (h > 0).mean(axis=0)
        lively = bool(np.all(h > KINK)) if n == 1 else bool(np.all((on > 0) & (on < 1)))
        # At the original's 6400 hidden values some always come near 0; such questions are asked in float64 only.
        clear = h.size > 500 or bool(np.all(np.abs(h) > KINK * np.std(h) if n > 1 else True))
        apart = h.size > 500 or float(np.min(np.abs(y_pred - y))) > (0.1 if n == 1 else 1e-3)
        if lively and clear and apart:
            return {"x": x, "y": y, "w1": w1, "w2": w2}
    raise RuntimeError(f"no suitable draw for {sizes}")


def forward_state(arrays: Arrays, dtype: str) -> Arrays:
    """Compute h, h_relu, y_pred as student code of that dtype would be handed them (consistent after rounding)."""
    rounded = {k: v.astype(dtype).astype(np.float64) for k, v in arrays.items()}
    h = (rounded["x"] @ rounded["w1"]).astype(dtype).astype(np.float64)
    h_relu = relu(h)
    return {"h": h, "h_relu": h_relu, "y_pred": h_relu @ rounded["w2"]}


Draw = Callable[[np.random.Generator], tuple[Arrays, dict[str, Any]]]


def drawn(
    make: Callable[[np.random.Generator, Sizes, str], Arrays],
    sizes: Sizes | None = None,
    dtype: str = "float64",
    **options: Any,
) -> Draw:
    """Return a probe's draw: `make` called with fresh sizes (or the given ones), and the options that say so."""

    def draw(rng: np.random.Generator) -> tuple[Arrays, dict[str, Any]]:
        chosen = some_sizes(rng) if sizes is None else sizes
        extra = {"original": True} if sizes is ORIGINAL else {}
        arrays = make(rng, chosen, dtype)
        # what is not an array is a number the function is called with
        numbers = {k: v for k, v in arrays.items() if not isinstance(v, np.ndarray)}
        inputs = {k: v for k, v in arrays.items() if isinstance(v, np.ndarray)}
        return inputs, {"sizes": chosen, "dtype": dtype, **extra, **numbers, **options}

    return draw
