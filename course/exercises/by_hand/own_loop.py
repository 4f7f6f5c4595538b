"""Named mistakes inside a training loop that goes forward and backward by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import (
    BACKWARD,
    FORWARD,
    GATE,
    LOSS,
    Form,
    n_entries,
    n_samples,
    one_of,
    source_has,
)
from course.exercises.by_hand.rehearsal import Loop, squares
from course.exercises.draws import relu


def losses_of(mistake_id: str, hint: str, *loops: Loop, section: str = "", when: Any = None) -> tuple[Mistake, ...]:
    """Return the mistake whose losses are those of a loop with another part."""
    return tuple(Mistake(mistake_id, hint, ("losses",), loop.losses, when=when, section=section) for loop in loops)


def _averaged(mistake_id: str, hint: str, count: Any) -> tuple[Mistake, ...]:
    """Return the mistake of dividing by a count: in the loss, in the gradient or in both."""

    def form(in_loss: bool, in_gradient: bool) -> Form:
        return lambda s: Loop(
            slope=lambda y_pred, y: 2 * (y_pred - y) / (count(s) if in_gradient else 1),
            loss=lambda d: squares(d) / (count(s) if in_loss else 1),
        ).losses(s)

    return one_of(mistake_id, hint, "losses", form(True, False), form(False, True), form(True, True), section=LOSS)


# Ways of writing the activation into h, so that a mask made from h afterwards finds nothing.
_INTO_H = "|".join(
    (
        r"^\s*h = .*(\bh_relu\b|maximum|clamp|clip|relu|where)",
        r"out=h\b",
        r"\bh\[[^\]]*\] *\*?=(?!=)",
        r"\bh\.(clamp|clamp_min|relu|mul|clip)_\(",
        r"inplace=True",
        r"\bh \*=",
        r"^\s*h_relu = h\s*$",
    )
)
_MASK_FROM_OUTPUT = r"\bh_relu *(<|>=) *0|\ba *< *0"


def _into_h(seen: Seen) -> bool:
    return source_has(seen, _INTO_H)


def _mask_from_output(seen: Seen) -> bool:
    return source_has(seen, _MASK_FROM_OUTPUT) and not _into_h(seen)


_OPEN = Loop(gate=lambda h, back: 1.0)

INSIDE = (
    *losses_of(
        "missing-factor-2",
        "Differentiate u² once more, slowly.",
        Loop(slope=lambda y_pred, y: y_pred - y),
        section=BACKWARD,
    ),
    *_averaged("mean-not-sum", "Sum or average? Loss and gradient must agree on it.", n_entries),
    *_averaged("batch-mean", "Your gradient or your loss is averaged over the batch.", n_samples),
    *losses_of(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        Loop(loss=lambda d: squares(d) / 2),
        Loop(loss=lambda d: squares(d) / 2, slope=lambda y_pred, y: y_pred - y),
        section=LOSS,
    ),
    *losses_of(
        "root-of-loss",
        "You are one root away.",
        Loop(loss=lambda d: float(np.linalg.norm(d))),
        section=LOSS,
    ),
    *losses_of(
        "extra-factor-2",
        "The factor from the loss has already travelled along.",
        Loop(feeds_w2=lambda h: 2 * relu(h)),
        section=BACKWARD,
    ),
    *losses_of(
        "kept-the-square",
        "The derivative of a square is not a square.",
        Loop(slope=lambda y_pred, y: 2 * (y_pred - y) ** 2),
        Loop(slope=lambda y_pred, y: (y_pred - y) ** 2),
        section=BACKWARD,
    ),
    *losses_of(
        "no-relu",
        "What should a hidden unit say when its input is negative?",
        Loop(active=lambda h: h, feeds_w2=lambda h: h),
        Loop(active=lambda h: h, feeds_w2=lambda h: h, gate=lambda h, back: 1.0),
        section=FORWARD,
    ),
    *losses_of(
        "no-mask",
        "Units that were off in the forward pass learn nothing from this example.",
        _OPEN,
        when=lambda s: not _into_h(s) and not _mask_from_output(s),
        section=GATE,
    ),
    *losses_of(
        "h-overwritten",
        "When your mask looks at h, are its negative entries still there?",
        _OPEN,
        when=_into_h,
        section=FORWARD,
    ),
    *losses_of(
        "mask-from-relu-output",
        "Your mask asks where h_relu is negative. How often is that true after a ReLU?",
        _OPEN,
        when=_mask_from_output,
        section=GATE,
    ),
    *losses_of(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what your mask compares with zero.",
        Loop(gate=lambda h, back: back > 0),
        section=GATE,
    ),
    *losses_of(
        "mask-inverted",
        "You let through exactly the units that were off.",
        Loop(gate=lambda h, back: h < 0),
        section=GATE,
    ),
    *losses_of(
        "times-activation",
        "The slope of a ReLU is 0 or 1.",
        Loop(gate=lambda h, back: h),
        Loop(gate=lambda h, back: np.maximum(h, 0)),
        section=GATE,
    ),
    *losses_of(
        "w2-from-h",
        "Which array was actually multiplied by w2 on the way forward?",
        Loop(feeds_w2=lambda h: h),
        section=BACKWARD,
    ),
    *losses_of(
        "forgot-target",
        "Does your gradient vanish when the prediction is perfect?",
        Loop(slope=lambda y_pred, y: 2 * y_pred),
        section=BACKWARD,
    ),
)
