"""A summary of the first wrong quantity as returned, small enough to store and show: where it differs and its range.

Nothing in it gives away the right numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course.exercise.compare import RowResult, shape_text, tolerance_of
from course.exercise.mistake import MARGIN, NOT_THIS, Observation
from course.exercise.verdict import Returned

Array = np.ndarray
# The largest grid that fits on a card, even at 800 pixels and in a terminal.
ROWS, COLUMNS = 12, 24
BARS = "▁▂▃▄▅▆▇█"


def close(obs: Observation, got: Array, right: Array) -> Array:
    """Return, entry by entry, whether a value is right to the precision of the question's dtype."""
    scale = np.abs(right) + np.sqrt(np.mean(np.square(right)))
    return np.asarray(np.abs(got - right) <= MARGIN * tolerance_of(obs.question) * scale)


def returned(obs: Observation, row: RowResult) -> Returned | None:
    """Return the summary of a wrong quantity, or None if there are no numbers to show."""
    if row.problem not in ("value", "finite", "shape"):
        return None
    try:
        got = obs.got(row.name)
        right = np.asarray(obs.truth[row.name], dtype=np.float64)
        with np.errstate(all="ignore"):
            off = ~close(obs, got, right) if got.shape == right.shape else np.zeros((), bool)
            return Returned(
                shape=shape_text(got.shape) if got.ndim else "",
                size=int(got.size),
                n_off=int(np.sum(off)),
                grid=_bits(off) if got.ndim and off.any() and not off.all() else (),
                block=(_step(off, 0), _step(off, 1)),
                n_nan=int(np.sum(np.isnan(got))),
                n_infinite=int(np.sum(np.isinf(got))),
                **_range(got, in_order=row.name == "losses"),
            )
    except NOT_THIS:  # the right values may depend on the answer, which may make no sense
        return None


def _table(off: Array) -> Array:
    return off.reshape(-1, off.shape[-1]) if off.ndim else off.reshape(1, 1)


def _step(off: Array, axis: int) -> int:
    """Return how many rows (axis 0) or columns (axis 1) of entries one mark stands for."""
    return max(1, -(-_table(off).shape[axis] // (COLUMNS if axis else ROWS)))


def _bits(off: Array) -> tuple[str, ...]:
    """Return rows of 0 and 1, one digit per entry, or per block of a large array; 1 where any entry is wrong."""
    table = _table(off)
    for axis in (0, 1):
        starts = np.arange(0, table.shape[axis], _step(off, axis))
        table = np.logical_or.reduceat(table, starts, axis=axis)
    return tuple("".join("1" if bit else "0" for bit in line) for line in table)


def _rounded(number: float) -> float:
    """Round to two significant digits, so that a right entry cannot be read off."""
    return float(f"{number:.2g}") + 0.0  # turns -0.0 into 0.0


def _range(got: Array, *, in_order: bool) -> dict[str, Any]:
    """Return the lowest and highest number and a histogram of eight bars.

    in_order: return the first and last number instead, and up to eight bars that follow the sequence.
    """
    finite = got[np.isfinite(got)]
    if not finite.size:
        return {}
    low, high = float(finite.min()), float(finite.max())
    if low == high:
        return {"low": _rounded(low), "high": _rounded(high)}
    scale = max(abs(low), abs(high))  # keeps differences of the largest floats from overflowing
    spread = (finite / scale - low / scale) / (high / scale - low / scale)
    if in_order:
        parts = np.array_split(spread, min(len(BARS), spread.size))
        levels = [round(7 * float(part.mean())) for part in parts]
        low, high = float(finite[0]), float(finite[-1])
    else:
        counts = np.bincount(np.minimum((8 * spread).astype(int), 7).ravel(), minlength=8)
        levels = [int(-(-7 * n // counts.max())) for n in counts]
    return {
        "low": _rounded(low),
        "high": _rounded(high),
        "bars": "".join(BARS[level] for level in levels),
        "in_order": in_order,
    }
