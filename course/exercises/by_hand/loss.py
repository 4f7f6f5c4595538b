"""Named mistakes of the loss."""

from __future__ import annotations

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import first_wrong, multiplied, n_samples, one_of


def _d(seen: Seen) -> np.ndarray:
    return np.asarray(seen["y_pred"] - seen["y"])


def _method(seen: Seen) -> bool:
    row = first_wrong(seen)
    return row.problem == "type" and row.got.endswith(("method", "method_descriptor", "function"))


def _is_array(seen: Seen) -> bool:
    value = seen.value("loss")
    return bool(seen.option("tensors")) and value is not None and value.kind == "array"


_ROUNDING = ("round", "floor", "ceil", "trunc", "rint", "around", "fix", "int", "Decimal")


def _rounded(seen: Seen) -> bool:
    got, loss = float(seen.got("loss")), float(seen.truth["loss"])
    nearest = [round(loss, digits) for digits in range(-3, 9)]
    rounded = any(abs(got - value) <= 1e-12 * loss for value in (*nearest, np.floor(loss), np.ceil(loss)))
    names = {*seen.code.names, *seen.fact("uses", [])}
    # a number of few digits may be a round one by chance, as those of bfloat16 are
    return rounded and (seen.code.formats or any(name.strip("_") in _ROUNDING for name in names))


_ENTRY = "Which operation squares each entry by itself?"

LOSS_MISTAKES = (
    Mistake(
        "mean-not-sum",
        "Sum or average? Loss and gradient must agree on it.",
        ("loss",),
        lambda s: np.mean(_d(s) ** 2),
    ),
    Mistake(
        "batch-mean",
        "Your loss is averaged over the samples; here it is summed over them.",
        ("loss",),
        lambda s: np.sum(_d(s) ** 2) / n_samples(s),
    ),
    Mistake(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        ("loss",),
        lambda s: 0.5 * np.sum(_d(s) ** 2),
    ),
    Mistake("root-of-loss", "You are one root away.", ("loss",), lambda s: np.linalg.norm(_d(s))),
    Mistake(
        "root-of-mean",
        "Root and mean are both more than the text asks for.",
        ("loss",),
        lambda s: np.sqrt(np.mean(_d(s) ** 2)),
    ),
    *one_of(
        "not-squared",
        "Errors of opposite sign must not cancel.",
        "loss",
        lambda s: np.sum(_d(s)),
        lambda s: -np.sum(_d(s)),
        lambda s: np.mean(_d(s)),
        lambda s: -np.mean(_d(s)),
    ),
    *one_of(
        "doubled-not-squared",
        "Twice a difference is not its square: errors of opposite sign cancel here.",
        "loss",
        lambda s: 2 * np.sum(_d(s)),
        lambda s: -2 * np.sum(_d(s)),
    ),
    *one_of(
        "absolute-not-squared",
        "An error twice as large should count four times as much here.",
        "loss",
        lambda s: np.sum(np.abs(_d(s))),
        lambda s: np.mean(np.abs(_d(s))),
    ),
    Mistake(
        "square-of-sum",
        "Which comes first, the square or the sum? The other way round opposite errors cancel.",
        ("loss",),
        lambda s: np.sum(_d(s)) ** 2,
    ),
    *one_of(
        "difference-of-squares",
        "The square of a difference is not the difference of the squares.",
        "loss",
        lambda s: np.sum(s["y_pred"] ** 2) - np.sum(s["y"] ** 2),
        lambda s: np.sum(s["y"] ** 2) - np.sum(s["y_pred"] ** 2),
    ),
    Mistake(
        "plus-target",
        "Is your loss zero when prediction and target are the same?",
        ("loss",),
        lambda s: np.sum((s["y_pred"] + s["y"]) ** 2),
    ),
    Mistake("sign-flipped", "A sum of squares is never negative.", ("loss",), lambda s: -np.sum(_d(s) ** 2)),
    Mistake(
        "forgot-target",
        "Is your loss zero when the prediction is perfect?",
        ("loss",),
        lambda s: np.sum(s["y_pred"] ** 2),
    ),
    *one_of(
        "spectral-norm",
        "For a table, the 2-norm is something else than the root of all squares.",
        "loss",
        lambda s: np.linalg.norm(_d(s), 2),
        lambda s: np.linalg.norm(_d(s), 2) ** 2,
    ),
    *one_of(
        "product-not-square",
        _ENTRY,
        "loss",
        lambda s: np.sum(_d(s) @ _d(s).T),
        lambda s: np.sum(_d(s).T @ _d(s)),
    ),
    Mistake("product-not-square", _ENTRY, raised=lambda s: multiplied(s, "n d_out", "n d_out")),
    Mistake(
        "first-sample-only",
        "Does your loss change when the last sample does?",
        ("loss",),
        lambda s: np.sum(_d(s)[0] ** 2),
    ),
    Mistake("rounded", "Round when you print, not when you compute.", ("loss",), when=_rounded),
    Mistake("call-missing", "You handed back the tool, not its result.", ("loss",), when=_method),
    Mistake(
        "caret-not-power",
        "In Python the caret is not a power.",
        raised=r"bitwise_xor|unsupported operand type\(s\) for \^",
    ),
    Mistake(
        "loss-not-scalar",
        "A loss is one number.",
        ("loss",),
        when=lambda s: not _is_array(s) and first_wrong(s).problem == "shape",
        raised=r"converted to Scalar|converted to (a )?Python scalar|to a Python scalar",
    ),
)

# An array with both axes kept: only where tensors are asked for is it another mistake than too many numbers.
TENSOR_LOSS_MISTAKES = (
    Mistake(
        "array-not-tensor",
        "A number is asked for; an array of NumPy came back.",
        ("loss",),
        when=lambda s: _is_array(s) and first_wrong(s).problem == "shape",
    ),
)
