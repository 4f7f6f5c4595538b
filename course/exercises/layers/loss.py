"""Named mistakes of building a loss object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from course.checks import Mistake, Seen
from course.exercises.descent import (
    matches,
    proved,
    raises,
)
from course.exercises.layers.headings import (
    OBJECTS,
)


def _loss(*forms: Callable[[np.ndarray, np.ndarray], Any]) -> Callable[[Seen], np.ndarray]:
    def sign(seen: Seen) -> bool:
        value = seen.value("loss")
        if value is None or value.kind != "tensor":
            return False
        return matches(seen, "loss", [form(seen["y_pred"], seen["y"]) for form in forms])

    return proved("loss", sign)


def _torch_loss(function: Any, **options: Any) -> Callable[[np.ndarray, np.ndarray], Any]:
    return lambda p, y: function(torch.from_numpy(p), torch.from_numpy(y), **options).numpy()


_OTHER_LOSSES = tuple(
    _torch_loss(function, reduction=reduction)
    for function in (functional.huber_loss, functional.smooth_l1_loss, functional.cross_entropy,
                     functional.binary_cross_entropy_with_logits, functional.poisson_nll_loss)
    for reduction in ("sum", "mean")
)  # fmt: skip

LOSS_MISTAKES = (
    Mistake(
        "returns-none",
        "Did the function hand anything back? A loss is built, and then forgotten.",
        ("is_callable",),
        when=lambda s: s.fact("made") == "NoneType",
    ),
    Mistake(
        "loss-not-built",
        "A loss is used in two steps: first it is built, and nothing but its options go in; then it is called.",
        ("is_callable",),
        when=lambda s: s.fact("made") != "NoneType",
        raised=lambda s: (
            raises(s, "Boolean value of Tensor|missing [12] required positional")
            or bool(s.failure and s.failure.kind == "global")
            or (bool(s.fact("is_class")) and raises(s, "TypeError|RuntimeError"))
            or raises(s, r"NameError: name '(y_pred|y|x|model)'")
        ),
        section=OBJECTS,
    ),
    Mistake(
        "mean-not-sum",
        "Sum or average? The M in the name of that loss is a hint.",
        ("loss",),
        form=_loss(lambda p, y: np.mean((p - y) ** 2)),
        section=OBJECTS,
    ),
    Mistake(
        "batch-mean",
        "Your loss is averaged over the examples; here it is summed over them.",
        ("loss",),
        form=_loss(lambda p, y: np.sum((p - y) ** 2) / len(p)),
    ),
    Mistake(
        "output-mean",
        "Your loss is averaged over the outputs; here it is summed over them.",
        ("loss",),
        form=_loss(lambda p, y: np.sum((p - y) ** 2) / p.shape[1]),
    ),
    Mistake(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        ("loss",),
        form=_loss(lambda p, y: 0.5 * np.sum((p - y) ** 2)),
    ),
    Mistake(
        "root-of-loss",
        "You are one root away.",
        ("loss",),
        form=_loss(lambda p, y: np.linalg.norm(p - y), lambda p, y: np.sqrt(np.mean((p - y) ** 2))),
    ),
    Mistake(
        "not-squared",
        "Errors of opposite sign must not cancel.",
        ("loss",),
        form=_loss(lambda p, y: np.sum(p - y), lambda p, y: np.sum(y - p), lambda p, y: np.mean(p - y)),
    ),
    Mistake(
        "absolute-not-squared",
        "An error twice as large should count four times as much here.",
        ("loss",),
        form=_loss(lambda p, y: np.sum(np.abs(p - y)), lambda p, y: np.mean(np.abs(p - y))),
    ),
    Mistake(
        "square-of-sum",
        "Which comes first, the square or the sum? Opposite errors must not cancel.",
        ("loss",),
        form=_loss(lambda p, y: np.sum(p - y) ** 2),
    ),
    Mistake(
        "sign-flipped", "A sum of squares is never negative.", ("loss",), form=_loss(lambda p, y: -np.sum((p - y) ** 2))
    ),
    Mistake(
        "squares-subtracted",
        "The square of a difference is not the difference of the squares.",
        ("loss",),
        form=_loss(lambda p, y: np.sum(p**2) - np.sum(y**2), lambda p, y: np.sum(y**2) - np.sum(p**2)),
    ),
    Mistake(
        "forgot-target",
        "Is your loss zero when the prediction is perfect?",
        ("loss",),
        form=_loss(lambda p, y: np.sum(p**2)),
    ),
    Mistake(
        "other-loss",
        "There are many losses in that list. Which one squares every difference?",
        ("loss",),
        form=_loss(*_OTHER_LOSSES),
    ),
    Mistake(
        "loss-not-scalar",
        "A loss is one number, without an axis.",
        ("loss",),
        form=_loss(
            lambda p, y: (p - y) ** 2,
            lambda p, y: np.sum((p - y) ** 2, axis=0),
            lambda p, y: np.sum((p - y) ** 2, axis=1),
            lambda p, y: np.mean((p - y) ** 2, axis=0),
            lambda p, y: np.mean((p - y) ** 2, axis=1),
            lambda p, y: np.abs(p - y),
            lambda p, y: np.sum((p - y) ** 2, keepdims=True),
            lambda p, y: np.sum((p - y) ** 2).reshape(1),
        ),
        section=OBJECTS,
    ),
    Mistake(
        "loss-is-a-number",
        "A Python number has forgotten how it came about: from it nobody can go backward.",
        ("loss",),
        when=lambda s: (value := s.value("loss")) is not None and value.kind == "number",
    ),
    Mistake(
        "graph-cut",
        "The value is right, but its history is lost on the way: nobody can go backward from it to the prediction.",
        ("has_history", "grad_y_pred"),
        when=lambda s: True,
        raised=r"Can't call numpy\(\) on Tensor that requires grad",
    ),
    Mistake(
        "inputs-changed",
        "A function that only computes leaves its inputs as they were.",
        raised=r"leaf Variable that requires grad",
    ),
)
