"""Compare one quantity of an answer with its expected value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from course.runner import Question, Value
from course.runner.devices import CPU, is_on_device

# Norm-wise relative errors. A correct hand-written gradient has an error of up to 5e-7 in float32 and 1.2e-15 in
# float64; the nearest known wrong answer has 3.4e-3 (measured at 64/1000/100/10 over 60 draws).
TOLERANCE = {"float64": 1e-9, "float32": 1e-5}

# For float32 on a device other than the CPU, which sums in another order, in parts.
ON_DEVICE = 1e-4

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

Wanted = Literal["array", "tensor", "number", "scalar tensor", "losses"]
Problem = Literal["missing", "none", "type", "numbers", "shape", "dtype", "device", "finite", "value", "fact"]

_KINDS = {
    "array": ("array",),
    "tensor": ("tensor",),
    "number": ("number", "array", "tensor"),
    "scalar tensor": ("tensor",),
    "losses": ("sequence", "array", "tensor"),
}


@dataclass(frozen=True)
class RowResult:
    """The result of comparing one row: right, or the first problem found.

    error: norm-wise relative error if values were compared, else None.
    got, wanted: shapes, types or dtypes for the message; never expected values.
    """

    name: str
    ok: bool
    problem: Problem | None = None
    got: str = ""
    wanted: str = ""
    error: float | None = None


def tolerance_of(question: Question) -> float:
    """Return the largest relative error that counts as right."""
    on_device = question.dtype == "float32" and question.device != CPU
    return ON_DEVICE if on_device else TOLERANCE[question.dtype]


def error_of(got: np.ndarray, expected: np.ndarray) -> float:
    """Return ‖got − expected‖ / ‖expected‖ in float64, or ‖got‖ if `expected` is all zeros."""
    expected = np.asarray(expected, dtype=np.float64).ravel()
    with np.errstate(all="ignore"):
        difference = np.asarray(got, dtype=np.float64).ravel() - expected
        # scale first, so that huge but finite wrong answers do not overflow when squared
        largest = float(np.abs(difference).max(initial=0.0))
        if largest == 0.0:
            return 0.0
        difference /= largest
        distance, scale = math.sqrt(difference @ difference) * largest, math.sqrt(expected @ expected)
        return distance / scale if scale > 0 else distance


def same(got: Value | None, expected: np.ndarray, tolerance: float) -> bool:
    """Return whether a value has the expected shape and, within the tolerance, the expected numbers."""
    if got is None or got.array is None or got.array.shape != np.shape(expected):
        return False
    if not np.isfinite(got.array).all():
        return not np.isfinite(expected).all() and bool(np.array_equal(got.array, expected, equal_nan=True))
    return error_of(got.array, np.asarray(expected)) <= tolerance


def _is_single(array: np.ndarray) -> bool:
    """Return whether float32 represents all of the numbers exactly."""
    with np.errstate(over="ignore"):
        return bool(np.array_equal(array.astype(np.float32), array))


def shape_text(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def digits_of(number: float, n: int) -> str:
    """Format a number with at most n digits, and a power of ten with superscripts, so that no line breaks inside it."""
    mantissa, _, exponent = f"{number + 0.0:.{n}g}".partition("e")
    return f"{mantissa}·10{str(int(exponent)).translate(RAISED)}" if exponent else mantissa


def compare(
    name: str, got: Value | None, expected: np.ndarray, *, wanted: Wanted, tolerance: float, device: str = ""
) -> RowResult:
    """Compare a value with the expected one and report the first problem, in the order a student should fix them.

    Missing, None, type, half precision, real numbers, shape, float dtype, device (if one is given), finite, values.
    """

    def wrong(problem: Problem, got: str = "", wanted: str = "", error: float | None = None) -> RowResult:
        return RowResult(name, False, problem, got, wanted, error)

    if got is None:
        return wrong("missing")
    if got.kind == "none":
        return wrong("none")
    if got.kind not in _KINDS[wanted]:
        return wrong("type", got.type_name, wanted)
    if got.dtype in ("float16", "bfloat16"):
        return wrong("dtype", got.dtype, "float64 or float32")
    if got.array is None:
        return wrong("numbers", got.dtype or got.type_name)
    if got.array.shape != expected.shape:
        return wrong("shape", shape_text(got.array.shape), shape_text(expected.shape))
    if wanted not in ("number", "losses") and got.array.dtype.kind != "f":
        return wrong("dtype", got.dtype, "float64 or float32")
    if device and wanted in ("tensor", "scalar tensor") and not is_on_device(got.device, device):
        return wrong("device", got.device, device)
    if not np.isfinite(got.array).all():
        return wrong("finite", "nan" if np.any(np.isnan(got.array)) else "inf")
    if wanted == "losses" and _is_single(got.array):  # recording losses in float32 is fine
        tolerance = max(tolerance, TOLERANCE["float32"])
    error = error_of(got.array, expected)
    if not error <= tolerance:  # also if what is right is not finite
        return wrong("value", shape_text(got.array.shape), error=error)
    return RowResult(name, True, got=shape_text(got.array.shape), error=error)
