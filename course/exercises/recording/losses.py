"""Wrong networks and wrong losses: each shows in a loss, in gradients and in training."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from course.checks import Seen
from course.exercises.descent import (
    matches,
    proved,
)
from course.exercises.two_layer import given

WEIGHTS = ["w1", "w2"]


Tensors = dict[str, torch.Tensor]
Form = Callable[[Tensors], torch.Tensor]
relu = torch.nn.functional.relu


def true_loss(t: Tensors) -> torch.Tensor:
    """Return the loss of the network as it should be."""
    return torch.dist(relu(t["x"] @ t["w1"]) @ t["w2"], t["y"]) ** 2


def _through(activation: Callable[[torch.Tensor], torch.Tensor]) -> Form:
    """Return the loss of a network with another activation."""
    return lambda t: torch.dist(activation(t["x"] @ t["w1"]) @ t["w2"], t["y"]) ** 2


def _residual(t: Tensors) -> torch.Tensor:
    return relu(t["x"] @ t["w1"]) @ t["w2"] - t["y"]


def _of(measure: Callable[[torch.Tensor], torch.Tensor]) -> Form:
    """Return another measure of the same residual."""
    return lambda t: measure(_residual(t))


def _leaky(slope: float) -> Form:
    return _through(lambda h: torch.where(h > 0, h, slope * h))


# Wrong networks and wrong losses: id, hint, closed forms. Each shows in a loss, in gradients and in training.
NETWORKS: tuple[tuple[str, str, tuple[Form, ...]], ...] = (
    (
        "no-relu",
        "Two products with nothing between them: what should a hidden unit say when its input is negative?",
        (_through(lambda h: h),),
    ),
    ("relu-wrong-side", "Which side of zero does your activation keep?", (_through(lambda h: h.clamp(max=0)),)),
    ("absolute-value", "Negative inputs are silenced, not flipped.", (_through(torch.abs),)),
    (
        "leaky-relu",
        "Is your unit really off when it is off?",
        tuple(_leaky(slope) for slope in (0.01, 0.1, 0.2, 0.001, 0.05, 0.3)),
    ),
    (
        "relu-is-mask",
        "You kept who is on, and lost how strongly.",
        (_through(lambda h: (h > 0).to(h)), _through(lambda h: (h >= 0).to(h))),
    ),
    (
        "other-activation",
        "A smooth curve is no ReLU: that one has a corner at zero and no ceiling.",
        tuple(
            _through(f)
            for f in (
                torch.sigmoid,
                torch.tanh,
                torch.nn.functional.softplus,
                torch.nn.functional.gelu,
                torch.nn.functional.elu,
                torch.nn.functional.silu,
            )
        ),
    ),
    ("h-clipped-above", "A ReLU has a floor; does it have a ceiling too?", (_through(lambda h: h.clamp(0, 1)),)),
    (
        "relu-on-output",
        "Can your network ever predict a negative target?",
        (
            lambda t: torch.dist(relu(relu(t["x"] @ t["w1"]) @ t["w2"]), t["y"]) ** 2,
            lambda t: torch.dist(relu(t["x"] @ t["w1"] @ t["w2"]), t["y"]) ** 2,
        ),
    ),
    (
        "relu-on-input",
        "The activation sits between the two products, not before the first.",
        (lambda t: torch.dist(relu(t["x"]) @ t["w1"] @ t["w2"], t["y"]) ** 2,),
    ),
    (
        "forgot-target",
        "Is your loss zero when the prediction is perfect?",
        (lambda t: (relu(t["x"] @ t["w1"]) @ t["w2"]).square().sum(),),
    ),
    (
        "mean-not-sum",
        "Sum or average? The text asks for one of them.",
        (_of(lambda d: (d * d).mean()),),
    ),
    (
        "batch-mean",
        "Your loss is averaged over the examples; here it is summed over them.",
        (_of(lambda d: (d * d).sum() / d.shape[0]),),
    ),
    (
        "output-mean",
        "Your loss is averaged over the outputs; here it is summed over them.",
        (_of(lambda d: (d * d).sum() / d.shape[1]),),
    ),
    (
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        (_of(lambda d: 0.5 * (d * d).sum()),),
    ),
    (
        "root-of-loss",
        "You are one root away.",
        (_of(lambda d: (d * d).sum().sqrt()), _of(lambda d: (d * d).mean().sqrt())),
    ),
    (
        "not-squared",
        "Errors of opposite sign must not cancel.",
        (_of(lambda d: d.sum()), _of(lambda d: -d.sum()), _of(lambda d: d.mean())),
    ),
    (
        "absolute-not-squared",
        "An error twice as large should count four times as much here.",
        (_of(lambda d: d.abs().sum()), _of(lambda d: d.abs().mean())),
    ),
    (
        "square-of-sum",
        "First square each difference, then add them up: the other way round opposite errors cancel.",
        (_of(lambda d: d.sum() ** 2),),
    ),
    (
        "squares-subtracted",
        "The square of a difference is not the difference of the squares.",
        (lambda t: (relu(t["x"] @ t["w1"]) @ t["w2"]).square().sum() - t["y"].square().sum(),),
    ),
    (
        "sign-flipped",
        "A sum of squares is never negative.",
        (_of(lambda d: -(d * d).sum()),),
    ),
)

NOT_SCALAR: tuple[Form, ...] = (
    _of(lambda d: d * d),
    *(
        _of(lambda d, axis=axis, keep=keep: (d * d).sum(axis, keepdim=keep))  # type: ignore[misc]
        for axis in (0, 1, (0, 1))
        for keep in (False, True)
        if keep or axis != (0, 1)
    ),
    _of(lambda d: (d * d).sum().reshape(1)),
    _of(lambda d: (d * d).mean(1)),
    _of(lambda d: (d * d).mean(0)),
    _of(lambda d: d.T @ d),
    _of(lambda d: d @ d.T),
)


def _is_tensor(seen: Seen) -> bool:
    value = seen.value("loss")
    return value is not None and value.kind == "tensor"


def loss_is(forms: tuple[Form, ...]) -> Callable[[Seen], np.ndarray]:
    """Return the closed form of a loss that is one of several wrong ones."""

    def sign(seen: Seen) -> bool:
        return _is_tensor(seen) and matches(seen, "loss", [f(given(seen.question)).numpy() for f in forms])

    return proved("loss", sign)


def follows_from(forms: tuple[Form, ...], row: str) -> Callable[[Seen], np.ndarray]:
    """Return the closed form of gradients of one of several wrong losses."""
    return proved(row, lambda s: any(gradients_are(form, s) for form in forms))


def gradients_are(form: Form, seen: Seen) -> bool:
    t = given(seen.question)
    leaves = [t[name].requires_grad_() for name in WEIGHTS]
    value = form(t)
    if not value.requires_grad:
        return False
    found = torch.autograd.grad(value, leaves, allow_unused=True)
    wrong = [torch.zeros_like(leaf) if g is None else g for leaf, g in zip(leaves, found, strict=True)]
    return all(matches(seen, f"grad_{n}", [g.numpy()]) for n, g in zip(WEIGHTS, wrong, strict=True))


# Those that are made by writing the network or the loss anew, where gradients or training are asked for.
ANEW = tuple(
    entry
    for entry in NETWORKS
    if entry[0]
    in (
        "no-relu",
        "leaky-relu",
        "other-activation",
        "relu-on-output",
        "forgot-target",
        "mean-not-sum",
        "batch-mean",
        "half-loss",
        "absolute-not-squared",
        "sign-flipped",
    )
)
