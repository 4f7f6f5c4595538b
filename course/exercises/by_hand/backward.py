"""Named mistakes of the backward pass."""

from __future__ import annotations

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.by_hand.backward_errors import RAISED
from course.exercises.by_hand.evidence import (
    COPIES,
    GATE,
    GRADIENT_W1,
    GRADIENT_W2,
    SHAPES,
    Form,
    n_entries,
    n_samples,
    one_of,
)
from course.exercises.by_hand.forward import slope_below_zero
from course.exercises.inputs import relu

GRADIENTS = ("grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1")


def _d(seen: Seen) -> np.ndarray:
    return np.asarray(seen["y_pred"] - seen["y"])


def _scaled(mistake_id: str, hint: str, factor: Form, row: str = "grad_y_pred") -> Mistake:
    """Return the mistake that scales a gradient; those that follow from it are scaled with it."""
    return Mistake(mistake_id, hint, (row,), lambda s: factor(s) * s.truth[row])


def _masked(seen: Seen, mask: np.ndarray) -> np.ndarray:
    return np.asarray(seen.truth["grad_h_relu"] * mask)


def _turned(array: np.ndarray) -> np.ndarray:
    """Return the same numbers, read row by row into the transposed shape."""
    return array.reshape(array.shape[::-1])


def _leaky(seen: Seen) -> np.ndarray:
    off, taken = seen["h"] < 0, np.asarray(seen.truth["grad_h_relu"])
    if not off.any():
        return taken
    slope = slope_below_zero(seen.got("grad_h"), taken, off)
    if not 0 < slope < 1:
        raise KeyError("grad_h")
    return _masked(seen, np.where(off, slope, 1.0))


def _transposed(name: str) -> Form:
    return lambda s: np.asarray(s.truth[name]).T


def _clipped(name: str) -> Form:
    """Return the form of a gradient cut off at the largest entry that came back, if that is a plain bound."""

    def form(seen: Seen) -> np.ndarray:
        truth, bound = np.asarray(seen.truth[name]), float(np.max(np.abs(seen.got(name))))
        if np.sum(np.abs(seen.got(name)) == bound) < 2 and truth.size > 2:
            raise KeyError(name)
        return np.clip(truth, -bound, bound)

    return form


FIRST = (
    _scaled("missing-factor-2", "Differentiate u² once more, slowly.", lambda s: 0.5),
    *one_of(
        "sign-flipped",
        "Nudge y_pred up where it is too big already: does the loss grow or shrink?",
        "grad_y_pred",
        lambda s: -s.truth["grad_y_pred"],
        lambda s: -0.5 * s.truth["grad_y_pred"],
    ),
    _scaled("mean-not-sum", "Sum or average? Loss and gradient must agree on it.", lambda s: 1 / n_entries(s)),
    _scaled("batch-mean", "Your gradient belongs to a loss averaged over the batch.", lambda s: 1 / n_samples(s)),
    _scaled("extra-factor-2", "The factor from the square comes in once.", lambda s: 2.0),
    *one_of(
        "kept-the-square",
        "The derivative of a square is not a square.",
        "grad_y_pred",
        lambda s: 2 * _d(s) ** 2,
        lambda s: _d(s) ** 2,
        lambda s: -2 * _d(s) ** 2,
    ),
    *one_of(
        "forgot-target",
        "Does your gradient vanish when the prediction is perfect?",
        "grad_y_pred",
        lambda s: 2 * s["y_pred"],
        lambda s: s["y_pred"],
    ),
    *one_of(
        "loss-not-gradient",
        "This is the loss itself. How does it change when one entry of y_pred moves?",
        "grad_y_pred",
        lambda s: np.sum(_d(s) ** 2),
        lambda s: 2 * np.sum(_d(s)),
    ),
    *one_of(
        "output-masked",
        "Which layers have an activation? The gate belongs to those only.",
        "grad_y_pred",
        lambda s: s.truth["grad_y_pred"] * (s["y_pred"] > 0),
        lambda s: s.truth["grad_y_pred"] * (s["y_pred"] >= 0),
    ),
)

_RESHAPE = "Another shape is not the same as swapped axes."

PRODUCTS = (
    *one_of(
        "w2-from-h",
        "Which array was actually multiplied by w2 on the way forward?",
        "grad_w2",
        lambda s: s["h"].T @ s.truth["grad_y_pred"],
        section=GRADIENT_W2,
    ),
    _scaled("extra-factor-2", "The factor from the loss has already travelled along.", lambda s: 2.0, "grad_w2"),
    _scaled("extra-factor-2", "The factor from the loss has already travelled along.", lambda s: 2.0, "grad_h_relu"),
    _scaled("extra-factor-2", "The factor from the loss has already travelled along.", lambda s: 2.0, "grad_w1"),
    *(
        _scaled(
            "weight-gradients-averaged",
            "That division belongs to a loss that is a mean over the batch; ours is a sum.",
            lambda s: 1 / n_samples(s),
            name,
        )
        for name in ("grad_w2", "grad_w1")
    ),
    *(
        Mistake(
            "gradient-transposed",
            "A gradient has the shape of what it is the gradient of.",
            (name,),
            _transposed(name),
            section=SHAPES,
        )
        for name in GRADIENTS
    ),
    *one_of(
        "reshape-not-transpose",
        _RESHAPE,
        "grad_w2",
        lambda s: _turned(s["h_relu"]) @ s.truth["grad_y_pred"],
        lambda s: _turned(np.asarray(s.truth["grad_w2"]).T),
        section=SHAPES,
    ),
    *one_of(
        "reshape-not-transpose",
        _RESHAPE,
        "grad_h_relu",
        lambda s: s.truth["grad_y_pred"] @ _turned(s["w2"]),
        lambda s: _turned(np.asarray(s.truth["grad_h_relu"]).T),
        section=SHAPES,
    ),
    *one_of(
        "reshape-not-transpose",
        _RESHAPE,
        "grad_w1",
        lambda s: _turned(s["x"]) @ s.truth["grad_h"],
        lambda s: _turned(np.asarray(s.truth["grad_w1"]).T),
        section=SHAPES,
    ),
    *one_of(
        "w1-skips-gate",
        "You computed the gate and walked around it.",
        "grad_w1",
        lambda s: s["x"].T @ s.truth["grad_h_relu"],
        section=GRADIENT_W1,
    ),
    *(
        Mistake(
            "gradient-clipped",
            "No entry goes beyond a bound. Clipping tames a training run; it is no derivative.",
            (name,),
            _clipped(name),
        )
        for name in GRADIENTS
    ),
)

_ALIAS = "The gate went into grad_h_relu too. Are these two arrays, or two names for one?"

MASKS = (
    Mistake(
        "alias-not-copy",
        _ALIAS,
        ("grad_h_relu",),
        lambda s: s.truth["grad_h"],
        when=lambda s: s.is_right("grad_h"),
        section=COPIES,
    ),
    Mistake(
        "alias-not-copy",
        _ALIAS,
        ("grad_h_relu",),
        lambda s: _masked(s, s.truth["grad_h_relu"] > 0),
        when=lambda s: ["grad_h_relu", "grad_h"] in s.fact("same_memory", []),
        section=COPIES,
    ),
    *one_of(
        "no-mask",
        "Units that were off in the forward pass learn nothing from this example.",
        "grad_h",
        lambda s: s.truth["grad_h_relu"],
        section=GATE,
    ),
    *one_of(
        "mask-from-relu-output",
        "Your mask asks where h_relu is negative. How often is that true after a ReLU?",
        "grad_h",
        lambda s: _masked(s, s["h_relu"] >= 0),
        section=GATE,
    ),
    *one_of(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what your mask compares with zero.",
        "grad_h",
        lambda s: relu(s.truth["grad_h_relu"]),
        section=GATE,
    ),
    *one_of(
        "mask-inverted",
        "You let through exactly the units that were off.",
        "grad_h",
        lambda s: _masked(s, s["h"] < 0),
        section=GATE,
    ),
    *one_of(
        "times-activation",
        "The slope of a ReLU is 0 or 1.",
        "grad_h",
        lambda s: _masked(s, s["h"]),
        lambda s: _masked(s, s["h_relu"]),
        section=GATE,
    ),
    *one_of(
        "gate-without-gradient",
        "You have the gate; what passes through it?",
        "grad_h",
        lambda s: (s["h"] > 0).astype(float),
        section=GATE,
    ),
    *one_of("leaky-relu", "A unit that is off passes nothing back.", "grad_h", _leaky, section=GATE),
    *one_of(
        "sign-as-mask",
        "What is the slope of a ReLU left of zero?",
        "grad_h",
        lambda s: _masked(s, np.sign(s["h"])),
        section=GATE,
    ),
)

BACKWARD_MISTAKES = (*FIRST, *PRODUCTS, *MASKS, *RAISED)
