"""The exercises of way 6: a module, a function with its own backward pass, the plain optimizer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import torch

from course.exercise import Case, Exercise, Property, Quantity
from course.language import later
from course.lessons import custom_module, optimizers, way5_optimizer
from course.lessons.inputs import (
    HUGE,
    HUGE_VALUES,
    KINK,
    LARGE,
    PLAIN,
    SMALL_VALUES,
    STRIDED,
    TINY,
    Arrays,
    Sizes,
    drawn,
)
from course.lessons.oracle import given
from course.mistakes import shown
from course.runner import Answer, Facts, Options, Question

LESSON = "way6_module"
# Names of the notebook's own globals: a function or class that uses one of them ignores an argument.
TRAPS = [*way5_optimizer.TRAPS, "net", "y_pred", "h", "h_relu"]
HEADINGS = {
    "picture": later("The picture and the shapes"),
    "classes": later("Classes in two minutes"),
    "parameters": later("How a module finds its parameters"),
    "function": later("A function with its own backward pass"),
    "mask": later("A function with its own backward pass"),
}
OPTIONS: Options = {"tensors": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)

TWO_LAYER_NET = _exercise(
    name="TwoLayerNet",
    points=7,
    title=later("the network as a class of your own"),
    section=later("Write the class"),
    ask="make_model",
    options={**OPTIONS, "is_class": True, "args": ["d_in", "d_h", "d_out"]},
    truth=custom_module.truth,
    reference=custom_module.reference,
    properties=custom_module.properties,
    rows=custom_module.ROWS,
    cases=custom_module.CASES,
    mistakes=shown.NETWORK_CLASS,
)

# ---------------------------------------------------------------- ReLU

THREE_AXES = "float32, values larger than in the notebook, and three axes"
CUBE: Sizes = {"n": 4, "d_h": 1, "d_more": 5}


def _relu_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    axes = [size for name, size in sizes.items() if name in ("n", "d_h", "d_more")]
    while True:
        h = scale * rng.standard_normal(axes)
        grad_out = scale * (1.0 + 1.5 * rng.standard_normal(h.shape))
        # all combinations of signs occur, so that all masks differ
        corners = {(a > 0, b > 0) for a, b in zip(h.ravel(), grad_out.ravel(), strict=True)}
        if len(corners) == 4 and np.all(np.abs(h) > KINK * min(1.0, scale)):
            return {"h": h, "grad_out": grad_out}


def _relu_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    changed = answer.facts.get("changed", [])
    return {"h_unchanged": "h" not in changed, "grad_h_relu_unchanged": "grad_out" not in changed}


def _relu_truth(question: Question) -> dict[str, Any]:
    t = given(question)
    leaf = t["h"].clone().requires_grad_()
    output = torch.relu(leaf)
    (slope,) = torch.autograd.grad(output, leaf, t["grad_out"])
    h_relu = output.detach().numpy()
    return {"output": h_relu, "gradient": slope.numpy(), "h": t["h"].numpy(), "grad_h_relu": t["grad_out"].numpy()}


RELU = _exercise(
    name="ReLU",
    points=6,
    title=later("a ReLU with a backward pass of its own"),
    section=later("Your own ReLU"),
    ask="autograd_function",
    options={**OPTIONS, "is_class": True, "by_hand": True},
    truth=_relu_truth,
    properties=_relu_properties,
    rows=(
        Property("is_function", problem=later("The class is no `torch.autograd.Function`.")),
        Property("h_unchanged", problem=later("Your function changed `h`, which it was only to read.")),
        Quantity("output", "tensor"),
        Property(
            "grad_h_relu_unchanged",
            problem=later("Your `backward` changed the gradient it was handed, which it was only to read."),
        ),
        Quantity("gradient", "tensor"),
    ),
    cases=(
        Case(PLAIN, drawn(_relu_inputs)),
        Case(THREE_AXES, drawn(_relu_inputs, CUBE, dtype="float32", scale=LARGE)),
        Case(SMALL_VALUES, drawn(_relu_inputs, scale=TINY, extreme=True)),
        Case(HUGE_VALUES, drawn(_relu_inputs, scale=HUGE, extreme=True)),
        Case(STRIDED, drawn(_relu_inputs, strided=True)),
    ),
    mistakes=shown.RELU_FUNCTION,
)

# ---------------------------------------------------------------- exercises shared with way 5

MAKE_OPTIMIZER = replace(
    way5_optimizer.MAKE_OPTIMIZER.worth(2),
    lesson=LESSON,
    title=later("the plain optimizer for a whole model"),
    section=later("The plain optimizer"),
    options=OPTIONS,
    truth=optimizers.truth_for("SGD"),
    headings=HEADINGS,
)

TRAINING = replace(
    way5_optimizer.TRAINING.worth(5),
    lesson=LESSON,
    section=later("Train from memory"),
    options={**way5_optimizer.TRAINING.options, **OPTIONS},
    headings=HEADINGS,
)

EXERCISES = (TWO_LAYER_NET, RELU, MAKE_OPTIMIZER, TRAINING)
