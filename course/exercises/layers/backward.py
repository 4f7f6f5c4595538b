"""Named mistakes of one linear layer backward by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.descent import (
    in_line,
    matches,
    proved,
    raises,
)
from course.exercises.layers.headings import (
    ONE_LAYER,
)

_RESULTS = ("grad_x", "grad_weight", "grad_bias")


def _all_scaled(mistake_id: str, hint: str, factor: Callable[[Seen], float]) -> tuple[Mistake, ...]:
    """Return the mistake that scales a result, in whichever it shows first."""
    return tuple(Mistake(mistake_id, hint, (n,), lambda s, n=n: factor(s) * s.truth[n]) for n in _RESULTS)  # type: ignore[misc]


def _n(seen: Seen) -> int:
    return int(seen["x"].shape[0])


def _one_of(name: str, *forms: Callable[[Seen], Any]) -> Callable[[Seen], np.ndarray]:
    return proved(name, lambda s: matches(s, name, [form(s) for form in forms]))


def _ones(seen: Seen) -> np.ndarray:
    return np.ones_like(seen["grad_out"])


def _wrong_shapes(seen: Seen) -> bool:
    return raises(seen, "shapes cannot be multiplied|size mismatch|inconsistent tensor size")


_LAYOUT = "A layer keeps its weight with the outputs first, and its gradient has the same shape."
_TURNED = r"weight\s?\.\s?(t\(|T\b|mT\b|transpose|permute)"
_RESHAPED = "Another shape is not the same as swapped axes."
_BIAS_MEAN = "Sum or average? The bias was added to every row, and every row has its say."

BACKWARD_MISTAKES = (
    *_all_scaled(
        "sign-flipped",
        "A gradient says which way the loss grows. The minus sign comes in with the update, not here.",
        lambda s: -1.0,
    ),
    *_all_scaled(
        "extra-factor-2", "The factor from the loss has already travelled along in what arrives.", lambda s: 2.0
    ),
    Mistake(
        "batch-mean",
        "Sums over the examples are asked for; yours are averages.",
        ("grad_x", "grad_weight"),
        when=lambda s: any(matches(s, n, [s.truth[n] / _n(s)]) for n in _RESULTS[:2] if not s.is_right(n)),
    ),
    Mistake(
        "upstream-gradient-ignored",
        "A layer's slope is half of the chain rule. Where is the other half, the gradient that arrives?",
        ("grad_x", "grad_weight"),
        when=lambda s: (
            (s.is_right("grad_x") or matches(s, "grad_x", [_ones(s) @ s["weight"], s["weight"]]))
            and matches(s, "grad_weight", [_ones(s).T @ s["x"], s["x"]])
        ),
    ),
    Mistake(
        "upstream-gradient-ignored",
        "A layer's slope is half of the chain rule. Where is the other half, the gradient that arrives?",
        ("grad_x",),
        when=lambda s: s.is_right("grad_weight") and matches(s, "grad_x", [s["weight"], _ones(s) @ s["weight"]]),
    ),
    Mistake(
        "weight-layout",
        _LAYOUT,
        ("grad_weight",),
        lambda s: s.truth["grad_weight"].T,
        raised=lambda s: _wrong_shapes(s) and in_line(s, _TURNED),
        section=ONE_LAYER,
    ),
    Mistake(
        "x-not-transposed",
        "The batch axis is the one that is summed away: it has to stand inside the product.",
        raised=lambda s: _wrong_shapes(s) and in_line(s, r"\bx\b") and not in_line(s, _TURNED),
    ),
    Mistake(
        "product-order",
        "Write the two shapes side by side: which inner sizes have to agree?",
        raised=lambda s: _wrong_shapes(s) and not in_line(s, r"\bx\b") and not in_line(s, _TURNED),
    ),
    Mistake(
        "elementwise-product",
        "Going back through a product of matrices is a product of matrices again.",
        raised=lambda s: raises(s, "must match the size of tensor|broadcast"),
    ),
    Mistake(
        "gradient-transposed",
        "A gradient has the shape of what it is the gradient of.",
        ("grad_x",),
        lambda s: s.truth["grad_x"].T,
    ),
    Mistake(
        "reshape-not-transpose",
        _RESHAPED,
        ("grad_weight",),
        form=_one_of(
            "grad_weight",
            lambda s: np.ascontiguousarray(s.truth["grad_weight"].T).reshape(s["weight"].shape),
            lambda s: s["grad_out"].reshape(s["grad_out"].shape[::-1]) @ s["x"],
            lambda s: (s["x"].reshape(s["x"].shape[::-1]) @ s["grad_out"]).T,
            lambda s: (s["x"].reshape(s["x"].shape[::-1]) @ s["grad_out"]).reshape(s["weight"].shape),
        ),
    ),
    Mistake(
        "reshape-not-transpose",
        _RESHAPED,
        ("grad_x",),
        form=_one_of(
            "grad_x",
            lambda s: np.ascontiguousarray(s.truth["grad_x"].T).reshape(s["x"].shape),
            lambda s: s["grad_out"] @ s["weight"].T.reshape(s["weight"].shape),
        ),
    ),
    Mistake(
        "bias-gradient-not-summed",
        "The bias is one row for all examples. What becomes of the axis of the rows?",
        ("grad_bias",),
        lambda s: s["grad_out"],
    ),
    Mistake("bias-gradient-mean", _BIAS_MEAN, ("grad_bias",), lambda s: s.truth["grad_bias"] / _n(s)),
    Mistake(
        "bias-gradient-wrong-axis",
        "The bias has one entry for each output: which axis must vanish?",
        ("grad_bias",),
        form=_one_of("grad_bias", lambda s: s["grad_out"].sum(1), lambda s: s["grad_out"].sum(1, keepdims=True)),
    ),
    Mistake(
        "bias-gradient-one-number",
        "Summed away one axis too many.",
        ("grad_bias",),
        form=_one_of("grad_bias", lambda s: s["grad_out"].sum(), lambda s: s["grad_out"].sum().reshape(1)),
    ),
    Mistake(
        "bias-gradient-keepdim",
        "A gradient has the shape of what it belongs to. What is the shape of the bias?",
        ("grad_bias",),
        form=_one_of(
            "grad_bias", lambda s: s["grad_out"].sum(0, keepdims=True), lambda s: s["grad_out"].sum(0)[:, None]
        ),
    ),
    Mistake(
        "bias-gradient-ones",
        "The slope of the layer is 1; what arrives from behind has to be multiplied in.",
        ("grad_bias",),
        form=_one_of(
            "grad_bias", lambda s: np.ones(s["weight"].shape[0]), lambda s: _n(s) * np.ones(s["weight"].shape[0])
        ),
    ),
)
