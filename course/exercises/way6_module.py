"""The exercises of the sixth way: a module, a function with its own backward pass, the plain optimizer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from course.asking import Answer, Question
from course.checks import TOLERANCE, Exercise, Probe, Row, error_of
from course.exercises import optimizers, way5_optimizer
from course.exercises.draws import KINK, ORIGINAL, Arrays, Sizes, drawn
from course.exercises.two_layer import given

LESSON = "way6_module"
# What the notebook calls its own data: a function or class that reaches for these ignores an argument.
TRAPS = [
    "x",
    "y",
    "net",
    "model",
    "loss_fn",
    "optimizer",
    "losses",
    "lr",
    "steps",
    "N",
    "D_IN",
    "D_H",
    "D_OUT",
    "n",
    "d_in",
    "d_h",
    "d_out",
    "w1",
    "w2",
    "y_pred",
    "loss",
    "h",
    "h_relu",
    "a",
]
OPTIONS: dict[str, Any] = {"tensors": True, "traps": TRAPS}

# ---------------------------------------------------------------- TwoLayerNet

# One example and one hidden unit, where a squeeze or a lost axis shows; the other sizes tell the parameters apart.
LONELY: Sizes = {"n": 1, "d_in": 4, "d_h": 1, "d_out": 3}


def _x_only(rng: np.random.Generator, sizes: Sizes, dtype: str) -> Arrays:
    return {
        "x": rng.standard_normal((sizes["n"], sizes["d_in"])),
        "d_in": sizes["d_in"],
        "d_h": sizes["d_h"],
        "d_out": sizes["d_out"],
    }  # type: ignore[dict-item]


def roles(question: Question, answer: Answer) -> dict[str, tuple[str, bool]] | None:
    """Match the student's parameters by shape: what each is used as, and whether it is stored as (in, out).

    Biases are optional. None if something is missing, or left over.
    """
    d_in, d_h, d_out = (question.options["sizes"][k] for k in ("d_in", "d_h", "d_out"))
    wanted = {"w1": (d_in, d_h), "w2": (d_h, d_out), "b1": (d_h,), "b2": (d_out,)}
    found: dict[str, tuple[str, bool]] = {}
    for name, shape in answer.facts.get("shapes", {}).items():
        for role, (first, *rest) in wanted.items():
            straight, turned = (first, *rest), (*rest, first) if rest else (1, first)
            if role not in found and tuple(shape) in (straight, turned):
                found[role] = (name, tuple(shape) == straight)
                break
        else:
            return None
    return found if {"w1", "w2"} <= found.keys() else None


def net_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    """Predict and differentiate in float64, with the student's own parameters."""
    truth: dict[str, Any] = {}
    found = roles(question, answer)
    answer.facts["parameters"] = found is not None
    answer.facts["gradients"] = False
    if found is None:
        return truth
    leaves: dict[str, torch.Tensor] = {}
    for role, (name, straight) in found.items():
        array = answer.values["parameter " + name].array
        leaf = torch.tensor(np.asarray(array, dtype=np.float64))
        if role in ("b1", "b2"):
            leaf = leaf.reshape(-1)
        elif not straight:
            leaf = leaf.T
        leaves[role] = leaf.clone().requires_grad_()
    x = given(question)["x"]
    h = x @ leaves["w1"] + leaves.get("b1", 0.0)
    y_pred = torch.relu(h) @ leaves["w2"] + leaves.get("b2", 0.0)
    slopes = dict(zip(leaves, torch.autograd.grad(y_pred.square().sum(), list(leaves.values())), strict=True))
    truth["y_pred"] = truth["y_pred again"] = y_pred.detach().numpy()
    truth |= {"x": x.numpy(), "h": h.detach().numpy()}
    truth |= {role: leaf.detach().numpy() for role, leaf in leaves.items()}
    answer.facts["gradients"] = all(
        _same_slope(answer, name, slopes[role].numpy(), TOLERANCE[question.dtype]) for role, (name, _) in found.items()
    )
    return truth


def _same_slope(answer: Answer, name: str, slope: np.ndarray, tolerance: float) -> bool:
    value = answer.values.get("gradient " + name)
    if value is None or value.array is None:
        return False
    got = np.asarray(value.array, dtype=np.float64)
    got = got.reshape(slope.shape) if slope.ndim == 1 else got if got.shape == slope.shape else got.T
    return error_of(got, slope) <= tolerance


TWO_LAYER_NET = Exercise(
    lesson=LESSON,
    name="TwoLayerNet",
    points=7,
    title="the network as a class of your own",
    section="Write the class",
    ask="make_model",
    options={**OPTIONS, "is_class": True, "args": ["d_in", "d_h", "d_out"]},
    oracle=net_oracle,
    rows=(
        Row("is_module", "fact", problem="What the class makes is no `torch.nn.Module`."),
        Row(
            "parameters",
            "fact",
            problem="`parameters()` of your network does not list what the two layers need, and only that.",
        ),
        Row("y_pred", "tensor"),
        Row("y_pred again", "tensor"),
        Row("gradients", "fact", problem="The gradients that reach the parameters are not those of this network."),
    ),
    probes=(
        Probe("small sizes, all different, in float64", drawn(_x_only)),
        Probe("float32, and an input that is not contiguous", drawn(_x_only, dtype="float32", strided=True)),
        Probe("one example, one hidden unit", drawn(_x_only, LONELY)),
        Probe("the notebook's own sizes", drawn(_x_only, ORIGINAL)),
    ),
)

# ---------------------------------------------------------------- ReLU


def _relu_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str) -> Arrays:
    while True:
        h = rng.standard_normal((sizes["n"], sizes["d_h"]))
        grad_out = 1.0 + 1.5 * rng.standard_normal(h.shape)
        # both signs of the one with both signs of the other: all masks differ
        corners = {(a > 0, b > 0) for a, b in zip(h.ravel(), grad_out.ravel(), strict=True)}
        if len(corners) == 4 and np.all(np.abs(h) > KINK):
            return {"h": h, "grad_out": grad_out}


def relu_oracle(question: Question, _: Answer) -> dict[str, Any]:
    t = given(question)
    leaf = t["h"].clone().requires_grad_()
    output = torch.relu(leaf)
    (slope,) = torch.autograd.grad(output, leaf, t["grad_out"])
    return {"output": output.detach().numpy(), "gradient": slope.numpy()}


RELU = Exercise(
    lesson=LESSON,
    name="ReLU",
    points=6,
    title="a ReLU with a backward pass of its own",
    section="Your own ReLU",
    ask="autograd_function",
    options={**OPTIONS, "is_class": True},
    oracle=relu_oracle,
    rows=(
        Row("is_function", "fact", problem="The class is no `torch.autograd.Function`."),
        Row("output", "tensor"),
        Row("gradient", "tensor"),
    ),
    probes=(
        Probe("float64", drawn(_relu_inputs)),
        Probe("float32, and inputs that are not contiguous", drawn(_relu_inputs, dtype="float32", strided=True)),
    ),
)

MAKE_OPTIMIZER = Exercise(
    lesson=LESSON,
    name="make_optimizer",
    points=2,
    title="the plain optimizer for a whole model",
    section="The plain optimizer",
    ask="make_optimizer",
    options=OPTIONS,
    oracle=optimizers.oracle_for("SGD"),
    rows=optimizers.ROWS,
    probes=optimizers.PROBES,
    mistakes=optimizers.MISTAKES,
)

TRAINING = replace(
    way5_optimizer.TRAINING,
    lesson=LESSON,
    points=5,
    section="Train from memory",
    options={**way5_optimizer.TRAINING.options, **OPTIONS},
)

EXERCISES = (TWO_LAYER_NET, RELU, MAKE_OPTIMIZER, TRAINING)
