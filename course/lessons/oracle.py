"""The correct results, from torch's autograd in float64, for exactly the numbers that student code received.

`course.network` computes the same without torch; a test compares the two for every quantity.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Any

import numpy as np
import torch

from course.lessons.training import parameters_of
from course.runner import Question
from course.runner.compiler import leave_compiler_out

leave_compiler_out()  # judging makes optimizers, and so do students in the notebook


def given(question: Question) -> dict[str, torch.Tensor]:
    """Return the inputs in float64, after rounding to the question's dtype."""
    return {name: torch.from_numpy(question.given(name)) for name in question.inputs}


def forward(question: Question) -> dict[str, Any]:
    t = given(question)
    h = t["x"] @ t["w1"]
    h_relu = torch.relu(h)
    return {"h": h.numpy(), "h_relu": h_relu.numpy(), "y_pred": (h_relu @ t["w2"]).numpy()}


def loss(question: Question) -> dict[str, Any]:
    """Return the loss and its gradient with respect to y_pred."""
    t = given(question)
    y_pred = t["y_pred"].requires_grad_()
    value = torch.nn.functional.mse_loss(y_pred, t["y"], reduction="sum")
    return {"loss": value.detach().numpy(), "grad_y_pred": torch.autograd.grad(value, y_pred)[0].numpy()}


def backward(question: Question) -> dict[str, Any]:
    """Return the five gradients, each from autograd through one step of the network at the given values."""
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
    w1 = torch.zeros(t["x"].shape[1], t["h"].shape[1], dtype=torch.float64)  # its value does not affect its gradient
    grad_w1 = through(w1, lambda w: t["x"] @ w, grad_h)
    names = ("grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1")
    return {n: g.numpy() for n, g in zip(names, (grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1), strict=True)}


def predict(t: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return y_pred (n, d_out) from w1 and w2, or from linear layers under torch's names with ReLUs in between."""
    if "w1" in t:
        return torch.relu(t["x"] @ t["w1"]) @ t["w2"]
    flow = t["x"]
    for i in takewhile(lambda i: f"{i}.weight" in t, count(0, 2)):
        flow = torch.nn.functional.linear(flow.relu() if i else flow, t[f"{i}.weight"], t[f"{i}.bias"])
    return flow


def train(
    question: Question, optimizer: tuple[str, dict[str, Any]] | None = None, dtype: torch.dtype = torch.float64
) -> dict[str, np.ndarray]:
    """Train with the question's optimizer, or else with plain gradient descent at its learning rate.

    Returns the losses and the final parameters, and "losses again" if training is to be continued. optimizer: class in
    torch.optim and settings to use instead.
    """
    options = question.options
    t = {name: tensor.to(dtype) for name, tensor in given(question).items()}
    leaves = {name: t[name].requires_grad_() for name in parameters_of(question)}
    kind, settings = optimizer or options.get("optimizer") or ("SGD", {"lr": options["lr"]})
    mover = getattr(torch.optim, kind)(list(leaves.values()), **settings)

    def take_steps() -> np.ndarray:
        losses = []
        for _step in range(options["steps"]):
            difference = predict(t) - t["y"]
            value = (difference**2 if options.get("loss", "squares") == "squares" else difference**4).sum()
            losses.append(value.item())
            for leaf, gradient in zip(leaves.values(), torch.autograd.grad(value, list(leaves.values())), strict=True):
                leaf.grad = gradient
            mover.step()
        return np.array(losses)

    right = {"losses": take_steps(), **{name: leaf.detach().numpy().copy() for name, leaf in leaves.items()}}
    return {**right, "losses again": take_steps()} if options.get("continued") else right
