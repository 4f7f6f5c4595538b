"""The one draw of data and weights that all six lessons share."""

from __future__ import annotations

import numpy as np

# The sizes in the notebooks, as in the original: examples, inputs, hidden units, outputs.
SIZES = {"n": 64, "d_in": 1000, "d_h": 100, "d_out": 10}


def same_draw() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return x (64, 1000), y (64, 10), w1 (1000, 100), w2 (100, 10): standard normal, float64.

    The first lesson's `make_data` returns the same arrays for a generator with seed 0.
    """
    rng = np.random.default_rng(0)
    n, d_in, d_h, d_out = SIZES.values()
    x, y, w1, w2 = map(rng.standard_normal, [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)])
    return x, y, w1, w2
