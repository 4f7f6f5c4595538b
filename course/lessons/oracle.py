"""What is right in ways 1 and 2, from torch's autograd in float64, on exactly the numbers student code was given.

`course.network` computes the same without torch; a test compares the two for every quantity.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course.runner import Question


def given(question: Question) -> dict[str, torch.Tensor]:
    """Return the inputs in float64, as they were after rounding to the question's dtype."""
    return {name: torch.from_numpy(question.given(name)) for name in question.inputs}


def forward(question: Question) -> dict[str, Any]:
    t = given(question)
    h = t["x"] @ t["w1"]
    h_relu = torch.relu(h)
    return {"h": h.numpy(), "h_relu": h_relu.numpy(), "y_pred": (h_relu @ t["w2"]).numpy()}


def loss(question: Question) -> dict[str, Any]:
    t = given(question)
    return {"loss": torch.nn.functional.mse_loss(t["y_pred"], t["y"], reduction="sum").numpy()}


def backward(question: Question) -> dict[str, Any]:
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


def train(question: Question) -> dict[str, Any]:
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
