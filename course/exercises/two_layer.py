"""The two-layer network by hand: cases and truth that the first two ways share.

Gradients come from torch's autograd in float64, on exactly the numbers student code was given.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course.asking import Question
from course.checks import Probe
from course.exercises.inputs import (
    KINK_WHILE_TRAINING,
    MANY,
    ORIGINAL,
    Arrays,
    Sizes,
    cases_of,
    drawn,
    forward_state,
    network,
    relu,
)

# ---------------------------------------------------------------- questions


def _forward_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    if sizes is ORIGINAL:  # at the notebook's own scale, where |h| goes far beyond what any ceiling would let through
        shapes = {"x": ("n", "d_in"), "w1": ("d_in", "d_h"), "w2": ("d_h", "d_out")}
        return {name: rng.standard_normal((sizes[a], sizes[b])) for name, (a, b) in shapes.items()}
    arrays = network(rng, sizes, scale)
    return {k: arrays[k] for k in ("x", "w1", "w2")}


def loss_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    shape = (sizes["n"], sizes["d_out"])
    y = 3.0 + rng.standard_normal(shape)
    # the differences have a mean of their own: their plain sum is far from 0, and from the sum of squares
    errors = 0.7 + 1.3 * rng.standard_normal(shape)
    # none near 0, where float32 loses more digits than its own
    errors = np.copysign(np.maximum(np.abs(errors), 0.1), errors)
    return {"y_pred": scale * (y + errors), "y": scale * y}


def _backward_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    arrays = network(rng, sizes, scale)
    state = forward_state(arrays, dtype)
    return {k: {**arrays, **state}[k] for k in ("x", "y", "w2", "h", "h_relu", "y_pred")}


def _backward_below_zero(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    """The same, with a hair below zero in h_relu where a unit is off: only a mask made from h_relu < 0 notices."""
    arrays = _backward_inputs(rng, sizes, dtype, scale)
    arrays["h_relu"] = np.where(arrays["h"] > 0, arrays["h_relu"], -1e-300)
    return arrays


def train_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    """Draw a network and a learning rate under which a few steps move the weights visibly, with no unit near its kink.

    Otherwise float32 and float64 could disagree about which units are on, and a right answer would look wrong.
    """
    for _ in range(1000):
        arrays: dict[str, Any] = network(rng, sizes, scale)
        start = {k: v.astype(dtype).astype(np.float64) for k, v in arrays.items()}
        w1, w2 = start["w1"].copy(), start["w2"].copy()
        lr, losses, clear = 0.0, [], True
        for _step in range(5):
            h = start["x"] @ w1
            d = relu(h) @ w2 - start["y"]
            losses.append(float((d**2).sum()))
            g2 = relu(h).T @ (2 * d)
            g1 = start["x"].T @ ((2 * d @ w2.T) * (h > 0))
            if not lr:
                steepness = float(np.sum(g1**2) + np.sum(g2**2))
                # the first step takes about a seventh of the loss: large enough to show, small enough to go on falling
                lr = float(f"{0.15 * losses[0] / steepness:.2e}")
            clear = clear and (h.size > MANY or bool(np.all(np.abs(h) > KINK_WHILE_TRAINING * np.std(h))))
            w1, w2 = w1 - lr * g1, w2 - lr * g2
        moved = min(np.linalg.norm(w - s) / np.linalg.norm(s) for w, s in ((w1, start["w1"]), (w2, start["w2"])))
        if clear and losses[-1] < losses[0] and moved > 0.01:
            arrays["lr"] = lr
            return arrays
    raise RuntimeError(f"no suitable draw for {sizes}")


FORWARD_PROBES = cases_of(_forward_inputs)
LOSS_PROBES = cases_of(loss_inputs)
BACKWARD_PROBES = (
    *cases_of(_backward_inputs),
    Probe("tells a mask made from h_relu from no mask at all", drawn(_backward_below_zero), diagnostic=True),
)
TRAIN_PROBES = cases_of(train_inputs, steps=True)

# ---------------------------------------------------------------- truth


def given(question: Question) -> dict[str, torch.Tensor]:
    """Return the inputs in float64, as they were after rounding to the question's dtype."""
    return {
        name: torch.from_numpy(np.array(array.astype(question.dtype), dtype=np.float64))
        for name, array in question.inputs.items()
    }


def forward_truth(question: Question) -> dict[str, Any]:
    t = given(question)
    h = t["x"] @ t["w1"]
    h_relu = torch.relu(h)
    return {"h": h.numpy(), "h_relu": h_relu.numpy(), "y_pred": (h_relu @ t["w2"]).numpy()}


def loss_truth(question: Question) -> dict[str, Any]:
    t = given(question)
    return {"loss": torch.nn.functional.mse_loss(t["y_pred"], t["y"], reduction="sum").numpy()}


def backward_truth(question: Question) -> dict[str, Any]:
    """Return the five gradients, each by autograd through one step of the network at the values given."""
    t = given(question)

    def through(value: torch.Tensor, step: Any, upstream: torch.Tensor | None) -> torch.Tensor:
        leaf = value.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(step(leaf), leaf, upstream)
        return gradient

    mse = torch.nn.functional.mse_loss
    grad_y_pred = through(t["y_pred"], lambda p: mse(p, t["y"], reduction="sum"), None)
    grad_w2 = through(t["w2"], lambda w: t["h_relu"] @ w, grad_y_pred)
    grad_h_relu = through(t["h_relu"], lambda a: a @ t["w2"], grad_y_pred)
    grad_h = through(t["h"], torch.relu, grad_h_relu)
    w1 = torch.zeros(t["x"].shape[1], t["h"].shape[1], dtype=torch.float64)  # its value does not matter to its gradient
    grad_w1 = through(w1, lambda w: t["x"] @ w, grad_h)
    names = ("grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1")
    return {n: g.numpy() for n, g in zip(names, (grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1), strict=True)}


def train_truth(question: Question) -> dict[str, Any]:
    """Train by autograd; also return the first gradients, which the closed forms of mistakes use."""
    t = given(question)
    w1, w2 = t["w1"].clone().requires_grad_(), t["w2"].clone().requires_grad_()
    losses: list[float] = []
    first: dict[str, np.ndarray] = {}
    for _step in range(question.options["steps"]):
        loss = ((t["x"] @ w1).relu() @ w2 - t["y"]).square().sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        first = first or {"grad_w1": g1.numpy(), "grad_w2": g2.numpy()}
        with torch.no_grad():
            w1 -= question.options["lr"] * g1
            w2 -= question.options["lr"] * g2
    return {"losses": np.array(losses), "w1": w1.detach().numpy(), "w2": w2.detach().numpy(), **first}
