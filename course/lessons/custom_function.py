"""A ReLU with a backward pass of the student's own: questions and truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course.exercise import Case, Property, Quantity
from course.language import later
from course.lessons.inputs import KINK, LARGE, LARGE_VALUES, PLAIN, STRIDED, Arrays, Sizes, drawn
from course.lessons.oracle import given
from course.runner import Answer, Facts, Question

ROWS = (
    Property("is_function", problem=later("The class is no `torch.autograd.Function`.")),
    Property("h_unchanged", problem=later("Your function changed `h`, which it was only to read.")),
    Quantity("output", "tensor"),
    Property(
        "grad_h_relu_unchanged",
        problem=later("Your `backward` changed the gradient it was handed, which it was only to read."),
    ),
    Quantity("gradient", "tensor"),
)


def _inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    while True:
        h = scale * rng.standard_normal((sizes["n"], sizes["d_h"]))
        grad_out = 1.0 + 1.5 * rng.standard_normal(h.shape)
        # both signs of the one with both signs of the other: all masks differ
        corners = {(a > 0, b > 0) for a, b in zip(h.ravel(), grad_out.ravel(), strict=True)}
        if len(corners) == 4 and np.all(np.abs(h) > KINK):
            return {"h": h, "grad_out": grad_out}


def properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    changed = answer.facts.get("changed", [])
    return {"h_unchanged": "h" not in changed, "grad_h_relu_unchanged": "grad_out" not in changed}


def truth(question: Question) -> dict[str, Any]:
    t = given(question)
    leaf = t["h"].clone().requires_grad_()
    output = torch.relu(leaf)
    (slope,) = torch.autograd.grad(output, leaf, t["grad_out"])
    h_relu = output.detach().numpy()
    return {"output": h_relu, "gradient": slope.numpy(), "h": t["h"].numpy(), "grad_h_relu": t["grad_out"].numpy()}


CASES = (
    Case(PLAIN, drawn(_inputs)),
    Case(LARGE_VALUES, drawn(_inputs, dtype="float32", scale=LARGE)),
    Case(STRIDED, drawn(_inputs, strided=True)),
)
