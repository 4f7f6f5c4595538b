"""The exercises of way 4: layers, a loss object and a loop over all parameters."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import torch

from course.exercise import Case, Exercise, Property, Quantity
from course.language import later
from course.lessons import custom_module, oracle, way1_numpy
from course.lessons.custom_module import BUILT_ANEW, VARIED_START
from course.lessons.inputs import (
    COLUMN,
    LARGE_VALUES,
    MANY_ROWS,
    N_RISING,
    PLAIN,
    SMALL_LOSS,
    STRIDED,
    Arrays,
    Make,
    Rng,
    Sizes,
    cases_of,
    drawn,
)
from course.lessons.oracle import given
from course.lessons.training import (
    STILL_RECORDS,
    Layers,
    layers_of,
    parameters_of,
    stack_inputs,
    still_records,
    train_inputs,
    trainings,
)
from course.lessons.two_layer import loss_inputs
from course.lessons.way3_autograd import HAS_HISTORY
from course.mistakes import shown
from course.runner import Options, Question

LESSON = "way4_sequential"
# Names of the notebook's own globals: a function that uses one of them ignores an argument.
TRAPS = [*way1_numpy.TRAPS, "model", "layer", "weight", "grad_out", "rows", "tiny", "loss", "losses"]
HEADINGS = {
    "picture": later("The picture and the shapes"),
    "layer": later("One linear layer"),
    "parameters": later("Four parameters with names"),
    "objects": later("The loss as an object"),
    "loss": later("The loss as an object"),
    "adding up": later("Gradients add up"),
    "rebinding": later("Why the update becomes a loop"),
    "recording": later("Why the update becomes a loop"),
}
OPTIONS: Options = {"tensors": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)

# ---------------------------------------------------------------- make_model


MAKE_MODEL = _exercise(
    name="make_model",
    points=4,
    title=later("linear, ReLU, linear"),
    section=later("Build the model"),
    ask="make_model",
    options={**OPTIONS, "args": ["d_in", "d_h", "d_out"]},
    truth=custom_module.truth,
    reference=custom_module.reference,
    properties=custom_module.properties,
    rows=(
        Property("is_module", problem=later("What came back is no model: a `torch.nn.Module` is asked for.")),
        Property(
            "parameters",
            problem=later(
                "The model's parameters are not those of this network: a weight and a bias for each of two linear "
                "layers, of the sizes asked for."
            ),
        ),
        Quantity("y_pred", "tensor"),
        Quantity("y_pred again", "tensor"),
        VARIED_START,
        Property(
            "learns",
            problem=later("Going backward from the prediction does not reach every parameter: some would never learn."),
        ),
        BUILT_ANEW,
    ),
    cases=custom_module.CASES,
    mistakes=shown.MAKE_MODEL,
)

# ---------------------------------------------------------------- make_loss


MAKE_LOSS = _exercise(
    name="make_loss",
    points=2,
    title=later("the summed squared error as an object"),
    section=later("Build the loss"),
    ask="make_loss",
    options={**OPTIONS, "leaves": ["y_pred"]},
    truth=oracle.loss,
    rows=(
        Property("is_callable", problem=later("What came back cannot be called as `loss_fn(y_pred, y)`.")),
        Quantity("loss", "scalar tensor"),
        HAS_HISTORY,
        Quantity("grad_y_pred", "tensor"),
    ),
    cases=cases_of(loss_inputs),
    mistakes=shown.MAKE_LOSS,
)

# ---------------------------------------------------------------- linear_backward


def _layer_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    n, d_in, d_out = sizes["n"], sizes["d_h"], sizes["d_out"]
    return {
        "x": scale * rng.standard_normal((n, d_in)),
        "weight": rng.standard_normal((d_out, d_in)),
        # a nonzero mean, so that no sum over it is near 0
        "grad_out": 0.5 + rng.standard_normal((n, d_out)),
    }


def _layer_truth(question: Question) -> dict[str, Any]:
    t = given(question)
    bias = torch.zeros(t["weight"].shape[0], dtype=torch.float64)
    leaves = [tensor.requires_grad_() for tensor in (t["x"], t["weight"], bias)]
    out = torch.nn.functional.linear(*leaves)
    found = torch.autograd.grad(out, leaves, t["grad_out"])
    return {name: g.numpy() for name, g in zip(("grad_x", "grad_weight", "grad_bias"), found, strict=True)}


LINEAR_BACKWARD = _exercise(
    name="linear_backward",
    points=6,
    title=later("backward through one linear layer, by hand"),
    section=later("Backward through one linear layer"),
    options={
        **OPTIONS,
        "by_hand": True,
        "results": ["grad_x", "grad_weight", "grad_bias"],
        "anew": True,
    },
    truth=_layer_truth,
    rows=(
        Quantity("grad_x", "tensor", points=2),
        Quantity("grad_weight", "tensor", points=2),
        Quantity("grad_bias", "tensor", points=2),
    ),
    cases=cases_of(_layer_inputs),
    mistakes=shown.LINEAR_BACKWARD,
)

# ---------------------------------------------------------------- train


def _training(*, loss: str = "squares", deep: bool = False, small: bool = False) -> Make:
    """Return the draw of a model's inputs, deep: with one more layer."""

    def layers(sizes: Sizes) -> Layers:
        return layers_of(sizes["d_in"], *[sizes["d_h"]] * (2 if deep else 1), sizes["d_out"])

    def start(rng: Rng, sizes: Sizes, scale: float) -> Arrays:
        return stack_inputs(rng, layers(sizes), sizes["n"], scale)

    def make(rng: Rng, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
        made = train_inputs(rng, sizes, dtype, scale, start=start, loss=loss, least=1e-3, small=small)
        return {**made, "layers": layers(sizes), "loss": loss}

    return make


def _train_truth(question: Question) -> dict[str, Any]:
    """Return the results of training by autograd, with all parameters concatenated into the one quantity of a row."""
    right = oracle.train(question)
    return {
        **right,
        **still_records(question),
        "parameters": np.concatenate([right[name].ravel() for name in parameters_of(question)]),
    }


TRAINING = _exercise(
    name="train",
    points=8,
    title=later("gradient descent over all parameters"),
    section=later("Train over all parameters"),
    ask="train_model",
    options={**OPTIONS, "traps": [*TRAPS, "loss_fn"], "args": ["model", "loss_fn", "x", "y", "lr", "steps"]},
    truth=_train_truth,
    rows=(
        Quantity("losses", "losses", points=4),
        Quantity("parameters", "tensor", points=4, of=parameters_of),
        STILL_RECORDS,
    ),
    builds_up=True,
    cases=(
        Case(PLAIN, drawn(_training(), steps=4)),
        # at a larger scale no bias would move
        Case(LARGE_VALUES, drawn(_training(), dtype="float32", scale=30.0, steps=3)),
        Case(
            "another loss, a longer chain than the notebook's, and parameters that are in none of its layers",
            drawn(_training(loss="fourth_powers", deep=True), own_last=["weight", "bias"], steps=3),
        ),
        Case(MANY_ROWS, drawn(_training(), COLUMN, steps=3)),
        Case(SMALL_LOSS, drawn(_training(small=True), steps=N_RISING)),
        *trainings(_training()),
        Case(STRIDED, drawn(_training(), strided=True, steps=3)),
    ),
    mistakes=shown.TRAIN_MODEL,
)

EXERCISES = (MAKE_MODEL, MAKE_LOSS, LINEAR_BACKWARD, TRAINING)
