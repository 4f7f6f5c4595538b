"""Named mistakes of the forward pass."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional

from course.asking.syntax import is_zero, last_name
from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import (
    MAXIMUM,
    SHAPES,
    Form,
    line_has,
    message,
    met_entry_by_entry,
    multiplied,
    one_of,
)
from course.exercises.inputs import relu


def slope_below_zero(got: np.ndarray, taken: np.ndarray, off: np.ndarray) -> float:
    """Return the factor between what came out and what went in where units are off; KeyError if none is off."""
    if not off.any():
        raise KeyError("every unit is on")
    return float(np.median(got[off] / taken[off]))


def _leaky(seen: Seen) -> np.ndarray:
    h = np.asarray(seen.truth["h"])
    if not (h < 0).any():
        return h
    slope = slope_below_zero(seen.got("h_relu"), h, h < 0)
    if not 0 < slope < 1:
        raise KeyError("h_relu")
    return np.where(h > 0, h, slope * h)


def _reduced(seen: Seen) -> np.ndarray:
    h, shape = np.asarray(seen.truth["h"]), seen.got("h_relu").shape
    for axis in (0, 1, None):
        for keep in (False, True):
            reduced = np.max(h, axis=axis, keepdims=keep)
            if shape in (np.shape(reduced), np.shape(np.maximum(reduced, 0))):
                return np.asarray(np.maximum(reduced, 0) if np.min(seen.got("h_relu")) >= 0 else reduced)
    raise KeyError("h_relu")


def _max_raised(seen: Seen) -> bool:
    text = f"{seen.failure.type_name}: {message(seen)}" if seen.failure else ""
    if "return_types.max" in text or line_has(seen, r"\b(np|torch)\.max\( ?0 ?,"):
        return True
    flat = "must be a matrix" in text or "enough dimensions" in text or "at least 1D" in text
    maximum = [call for call in seen.code.calls if last_name(call.func) in ("max", "amax", "nanmax")]
    reduces = any(not (call.args and is_zero(call.args[0])) for call in maximum)
    return reduces and (flat or multiplied(seen, "n n", "d_h d_out"))


def _activation(function: Callable[[torch.Tensor], torch.Tensor]) -> Form:
    return lambda s: function(torch.from_numpy(np.asarray(s.truth["h"]))).numpy()


OTHER_ACTIVATIONS = (
    torch.sigmoid,
    torch.tanh,
    functional.softplus,
    functional.gelu,
    lambda h: functional.gelu(h, approximate="tanh"),
    functional.silu,
    functional.elu,
    functional.selu,
    functional.mish,
    functional.softsign,
    lambda h: torch.softmax(h, dim=1),
    lambda h: torch.softmax(h, dim=0),
    torch.square,
    lambda h: torch.relu(h).square(),
)

FORWARD_MISTAKES = (
    Mistake(
        "relu-on-input",
        "The activation sits between the two products, not before the first.",
        ("h",),
        lambda s: relu(s["x"]) @ s["w1"],
        when=lambda s: not s.fact("changed"),
    ),
    Mistake(
        "h-overwritten",
        "h has no negative entries any more. On the way back, will you still know which of them were negative?",
        ("h",),
        lambda s: relu(s["x"] @ s["w1"]),
        when=lambda s: s.is_right("h_relu"),
    ),
    Mistake(
        "batch-axis-last",
        "Your results are turned round: does a row or a column hold one sample?",
        ("h",),
        lambda s: np.asarray(s.truth["h"]).T,
        section=SHAPES,
    ),
    *one_of(
        "relu-wrong-side",
        "Which side of zero does your activation keep?",
        "h_relu",
        lambda s: np.minimum(s.truth["h"], 0),
        lambda s: relu(-np.asarray(s.truth["h"])),
    ),
    Mistake(
        "no-relu",
        "What should a hidden unit say when its input is negative?",
        ("h_relu",),
        lambda s: s.truth["h"],
    ),
    Mistake(
        "max-reduces",
        "One of these functions reduces an axis, the other compares element by element.",
        ("h_relu",),
        lambda s: _reduced(s),
        raised=_max_raised,
        section=MAXIMUM,
    ),
    Mistake(
        "absolute-value",
        "Negative inputs are silenced, not flipped.",
        ("h_relu",),
        lambda s: np.abs(s.truth["h"]),
    ),
    Mistake("leaky-relu", "Is your unit really off when it is off?", ("h_relu",), _leaky),
    Mistake(
        "relu-is-mask",
        "You kept who is on, and lost how strongly.",
        ("h_relu",),
        lambda s: (s.truth["h"] > 0).astype(float),
        raised=r"got: bool !=|not implemented for 'Bool'",
    ),
    *one_of(
        "other-activation",
        "A fine activation, but not the one that is asked for: this one has a corner at zero and no upper end.",
        "h_relu",
        *(_activation(function) for function in OTHER_ACTIVATIONS),
    ),
    *one_of(
        "relu-capped",
        "A ReLU has a floor; does it have a ceiling too?",
        "h_relu",
        lambda s: np.clip(s.truth["h"], 0, 1),
        lambda s: np.clip(s.truth["h"], 0, 6),
    ),
    Mistake(
        "relu-on-output",
        "Can your network ever predict a negative target?",
        ("y_pred",),
        lambda s: relu(s.truth["y_pred"]),
    ),
    Mistake(
        "softmax-on-output",
        "Each row of your predictions adds up to 1: these targets can be of any size.",
        ("y_pred",),
        lambda s: torch.softmax(torch.from_numpy(np.asarray(s.truth["y_pred"])), dim=1).numpy(),
    ),
    Mistake(
        "y-pred-from-h",
        "Which of the two arrays goes on to the second layer, the one before the activation or the one after it?",
        ("y_pred",),
        lambda s: s.truth["h"] @ s["w2"],
    ),
    Mistake(
        "elementwise-product",
        "Weights mix features; that is no operation entry by entry.",
        raised=met_entry_by_entry,
        section=SHAPES,
    ),
    Mistake(
        "weights-transposed",
        "Write the shapes of x and of the weight under each other: do they need a transpose to fit?",
        raised=lambda s: (
            (multiplied(s, "n d_in", "d_h d_in") or multiplied(s, "n d_h", "d_out d_h"))
            and line_has(s, r"\.m?T\b|\.t\(|transpose|permute|linear|inner")
        ),
        section=SHAPES,
    ),
    Mistake(
        "factors-swapped",
        "Write the two shapes side by side: which sizes must meet in the middle?",
        raised=lambda s: any(
            multiplied(s, *shapes)
            for shapes in (
                ("d_in d_h", "n d_in"),
                ("d_h d_in", "n d_in"),
                ("d_h d_out", "n d_h"),
                ("d_out d_h", "n d_h"),
            )
        ),
        section=SHAPES,
    ),
)
