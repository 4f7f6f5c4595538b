"""Evidence the named mistakes of the first two ways share: sizes in an error's message, the failing line, sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.checks import Mistake, RowResult, Seen

# Headings of the lessons; a test compares them with both texts.
SHAPES = "First the shapes"
DATA = "Draw the data"
MAXIMUM = "Maximum and max"
FORWARD = "The forward pass"
LOSS = "The loss"
GRADIENT_W2 = "The gradient of w2"
GRADIENT_W1 = "The gradient of w1"
GRADIENT_HIDDEN = "The gradient of the hidden layer"
GATE = "The gate"
COPIES = "Masks and copies"
BACKWARD = "Write the backward pass"
TRAIN = "The training loop"

Shape = tuple[int | None, int | None]
Form = Callable[[Seen], Any]


def one_of(mistake_id: str, hint: str, row: str, *forms: Form, section: str = "") -> tuple[Mistake, ...]:
    """Return the mistake that can show in a row as any of several closed forms."""
    return tuple(Mistake(mistake_id, hint, (row,), form, section=section) for form in forms)


def n_entries(seen: Seen) -> float:
    sizes = seen.option("sizes")
    return float(sizes["n"] * sizes["d_out"])


def n_samples(seen: Seen) -> float:
    return float(seen.option("sizes")["n"])


def first_wrong(seen: Seen) -> RowResult:
    """Return the first wrong row of this question; KeyError if all are right."""
    for row in seen.rows:
        if not row.ok:
            return row
    raise KeyError("no wrong row")


def message(seen: Seen) -> str:
    return seen.failure.message if seen.failure else ""


def line_has(seen: Seen, pattern: str) -> bool:
    return bool(seen.failure and re.search(pattern, seen.failure.line))


def _factors(text: str) -> tuple[Shape, Shape] | None:
    """Read the shapes of two factors that do not fit out of the message of NumPy or torch; None where it names none."""
    found = re.search(r"core dimension 0.*\(size (\d+) is different from (\d+)\)", text)
    if found:  # NumPy's @ names the inner sizes only
        return (None, int(found[2])), (int(found[1]), None)
    found = re.search(r"shapes \((\d+),(\d+)\) and \((\d+),(\d*)\) not aligned", text)
    found = found or re.search(r"\((\d+)x(\d+) and (\d+)x(\d+)\)", text)
    if found:
        a, b, c, d = (int(size) if size else None for size in found.groups())
        return (a, b), (c, d)
    found = re.search(r"mat \((\d+)x(\d+)\), vec \((\d+)\)", text)
    return ((int(found[1]), int(found[2])), (int(found[3]), None)) if found else None


def multiplied(seen: Seen, left: str, right: str) -> bool:
    """Tell whether the error is about a product of matrices of these shapes, such as "n d_in" and "n d_h".

    Sizes are pairwise different, so the two inner ones, which every message names, say much.
    """
    factors = _factors(message(seen))
    if factors is None:
        return False
    sizes = seen.option("sizes")
    wanted = [sizes[name] for name in (*left.split(), *right.split())]
    got = [*factors[0], *factors[1]]
    return all(g is None or g == w for g, w in zip(got, wanted, strict=True))


def vector_length(seen: Seen) -> int | None:
    """Return the length of the second factor of a product that failed."""
    factors = _factors(message(seen))
    return None if factors is None else factors[1][0]


def met_entry_by_entry(seen: Seen) -> bool:
    """Tell whether two of the network's arrays that do not have the same shape met in an operation entry by entry."""
    text = message(seen)
    sizes = set(seen.option("sizes").values())
    found = re.search(r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)", text)
    if found:
        a, b, c, d = map(int, found.groups())
        return {a, b, c, d} <= sizes and (a, b) != (d, c)
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", text)
    return found is not None and {int(found[1]), int(found[2])} <= sizes


def met_its_transpose(seen: Seen) -> bool:
    """Tell whether an array met one of the transposed shape in an operation entry by entry."""
    found = re.search(r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)", message(seen))
    if found:
        return (found[1], found[2]) == (found[4], found[3]) and found[1] != found[2]
    found = re.search(
        r"shape of the mask \[(\d+), (\d+)\].* shape of the indexed tensor \[(\d+), (\d+)\]", message(seen)
    )
    return found is not None and (found[1], found[2]) == (found[4], found[3])


def start_of(seen: Seen, name: str) -> np.ndarray:
    return np.asarray(seen.question.inputs[name].astype(seen.question.dtype), dtype=np.float64)
