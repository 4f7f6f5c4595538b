"""Questions and truth for making an optimizer and training with it, shared by ways 5 and 6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import torch

from course.exercise import TOLERANCE, Case, Property, Quantity, same, tolerance_of
from course.language import later
from course.lessons import oracle
from course.lessons.inputs import N_MANY, Arrays, Draw, Rng, Sizes, some_sizes
from course.lessons.training import (
    NO_STEP,
    RISING,
    SLOWLY_RISING,
    STILL_RECORDS,
    Layers,
    layers_of,
    parameters_of,
    rate,
    shrunk,
    stack_inputs,
)
from course.network.losses import LOSSES
from course.network.network import RIGHT
from course.network.training import Problem
from course.runner import Answer, Facts, Options, Question


def same_parameters(question: Question, answer: Answer, truth: dict[str, Any]) -> bool:
    """Return whether all parameters have the right values."""
    return all(same(answer.values.get(n), truth[n], tolerance_of(question)) for n in parameters_of(question))


def lively_inputs(rng: Rng, layers: Layers, n: int, scale: float = 1.0) -> Arrays:
    """Draw x with the given scale, y and the parameters of a stack of layers; no hidden unit is off for every row."""
    while True:
        arrays = stack_inputs(rng, layers, n, scale)
        flow, lively = arrays["x"], True
        for i in range(0, len(layers) - 1, 2):
            flow = np.maximum(flow @ arrays[f"{i}.weight"].T + arrays[f"{i}.bias"], 0)
            lively = lively and bool(np.all(np.any(flow > 0, axis=0)))
        if lively:
            return arrays


# ---------------------------------------------------------------- making an optimizer

# Settings that are not compared with the defaults: `lr`, which has a row of its own, and those that change only how a
# step is computed, not its result.
_HOW = ("lr", "foreach", "fused", "capturable", "differentiable")

ROWS = (
    Property("is_optimizer", problem=later("What came back is no optimizer made by `torch.optim`.")),
    Property("class", problem=later("It is an optimizer, but not of the class that is asked for.")),
    Property(
        "all_parameters", problem=later("The optimizer does not hold all parameters of the model it was made for.")
    ),
    Property("learning_rate", problem=later("The optimizer's learning rate is not the `lr` that was handed in.")),
    Property("usual_options", problem=later("An option of the optimizer does not have its default value.")),
    Property(
        "made_again",
        problem=later("Called a second time, the function returned the optimizer of the first call, with its memory."),
    ),
    Property("steps", problem=later("The model's parameters are not where three steps of this optimizer lead.")),
)


def _draw(hidden: Callable[[int], list[int]], unit: float, **options: Any) -> Draw:
    """Return a draw of a model with one output, so that one of its parameters is a single number.

    hidden: returns the widths of the hidden layers, given d_h. unit: unit of the learning rate, a three-digit number.
    """

    def draw(rng: Rng, _: Rng) -> tuple[Arrays, Options]:
        sizes: Sizes = {**some_sizes(rng), "d_out": 1}
        layers = layers_of(sizes["d_in"], *hidden(sizes["d_h"]), sizes["d_out"])
        # three digits, so that nobody has the number hard-coded
        lr = float(f"{unit * (10 * rng.integers(20, 60) + rng.integers(1, 10)):.3g}")
        asked = {"sizes": sizes, "layers": layers, "lr": lr, "steps": 3, **options}
        return lively_inputs(rng, layers, sizes["n"]), cast(Options, asked)

    return draw


CASES = (
    Case(
        "a model with parameters that are in none of its layers; a large rate",
        _draw(lambda d_h: [d_h, d_h + 1], 1e-4, own_last=["to_output", "offset"]),
    ),
    Case(
        "a model with more layers: all parameters means whatever the model has; a small rate",
        _draw(lambda d_h: [d_h, d_h, d_h + 1], 1e-8),
    ),
)


def truth_for(kind: str) -> Callable[[Question], dict[str, Any]]:
    """Return the truth function for an optimizer of torch.optim, given its class name."""

    def truth(question: Question) -> dict[str, Any]:
        made = getattr(torch.optim, kind)
        right = oracle.train(question, (kind, {"lr": question.options["lr"]}))
        standard = made([torch.zeros(1, requires_grad=True)]).param_groups[0]
        settings = {k: v for k, v in standard.items() if k not in ("params", *_HOW)}
        return {**right, "class": f"{made.__module__}.{made.__qualname__}", "settings": settings}

    return truth


def properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    groups = answer.facts.get("settings", [])
    unusual = {k for g in groups for k, v in truth["settings"].items() if k in g and not _equal(g[k], v)}
    return {
        "all_parameters": sorted(answer.facts.get("covered", [])) == sorted(parameters_of(question)),
        "learning_rate": all(_equal(g.get("lr"), question.options["lr"]) for g in groups),
        "unusual": sorted(unusual),
        "usual_options": not unusual,
        "steps": same_parameters(question, answer, truth),
    }


def _equal(got: Any, wanted: Any) -> bool:
    if isinstance(got, list | tuple) and isinstance(wanted, list | tuple):
        return len(got) == len(wanted) and all(map(_equal, got, wanted))
    if isinstance(got, int | float) and isinstance(wanted, int | float):
        return bool(np.isclose(got, wanted, rtol=1e-12, atol=0))
    return bool(got == wanted)


# ---------------------------------------------------------------- training with one

# Adam divides a gradient by its own magnitude, so where one happens to be nearly zero, its rounding decides which way
# the parameter moves; and a unit near its kink may be on in float32 and off in float64. Neither is the student's fault:
# data on which the two dtypes do not agree this closely are redrawn. A tenth of the tolerance for answers.
AGREEMENT = 1e-6

TRAINING_ROWS = (
    Quantity("losses", "losses", points=4),
    Property(
        "parameters",
        points=4,
        problem=later("The losses are right, but at the end the model's parameters are not where these steps lead."),
    ),
    STILL_RECORDS,
    Property(
        "continues",
        problem=later(
            "Called once more with the same model and the same optimizer, the function does not go on where the first "
            "call ended."
        ),
    ),
)


def training_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    again = truth.get("losses again")
    return {
        "parameters": same_parameters(question, answer, truth),
        # losses may be recorded in float32
        "continues": again is None
        or same(answer.values.get("losses again"), again, max(TOLERANCE["float32"], tolerance_of(question))),
    }


def _agrees(question: Question) -> bool:
    """Return whether training in the question's dtype gives the same parameters as in float64."""
    if question.dtype == "float64":
        return True
    found, truth = oracle.train(question, dtype=torch.float32), oracle.train(question)
    return all(
        np.linalg.norm(found[n] - truth[n]) <= AGREEMENT * np.linalg.norm(truth[n]) for n in parameters_of(question)
    )


def training_draw(
    kind: str,
    loss: str,
    dtype: str,
    steps: int,
    *,
    fixed: Sizes | None = None,
    small: bool = False,
    **options: Any,
) -> Draw:
    """Return a draw of a two-layer model, data, and an optimizer whose steps are visible but do not diverge.

    fixed: sizes that are not drawn. More than 128 rows reveal batches of any usual size; with a single column in y, a
    squeeze broadcasts every prediction against every target.
    small: make the loss tiny and rising.
    """

    def settings(rng: Rng, arrays: Arrays) -> dict[str, float]:
        if kind == "Adam":
            return {"lr": round(float(rng.uniform(0.02, 0.06)), 4)}
        begin = {name: array.astype(dtype).astype(np.float64) for name, array in arrays.items()}
        problem = Problem(RIGHT, begin.pop("x"), begin.pop("y"), LOSSES[loss])
        # the first step reduces the loss by about a tenth: it is visible, and the loss keeps falling
        return {
            "lr": NO_STEP if options.get("extreme") else rate(problem, begin, RISING if small else 0.1),
            "momentum": round(float(rng.uniform(0.5, 0.8)), 2),
        }

    def draw(rng: Rng, _: Rng) -> tuple[Arrays, Options]:
        while True:
            sizes: Sizes = {**some_sizes(rng), **(fixed or {})}
            layers = _layers_for(sizes)
            inputs = lively_inputs(rng, layers, sizes["n"])
            inputs = shrunk(inputs) if small else inputs
            said = {"sizes": sizes, "dtype": dtype, "layers": layers, "loss": loss, "steps": steps, **options}
            asked = cast(Options, {**said, "optimizer": [kind, settings(rng, inputs)]})
            if _agrees(Question("", "", inputs, asked)):
                return inputs, asked

    return draw


def _layers_for(sizes: Sizes) -> Layers:
    return layers_of(*(sizes[name] for name in ("d_in", "d_h", "d_out")))


def late_draw(rng: Rng, _: Rng) -> tuple[Arrays, Options]:
    """Draw a model and plain gradient descent whose loss rises slightly in each of many steps.

    By then, a schedule that counts steps has begun, and one that waits for the loss to fall has run out of patience.
    All rows are equal and only the last layer moves noticeably, so each step multiplies the error by the same factor.
    """
    sizes: Sizes = {"n": 3, "d_in": 4, "d_h": 2, "d_out": 3}
    layers = _layers_for(sizes)
    # an x this large keeps gradients large, which reveals gradient clipping that begins late
    inputs = shrunk(lively_inputs(rng, layers, 1, scale=1000.0), by=3e-5)
    inputs |= {name: np.repeat(inputs[name], sizes["n"], axis=0) for name in ("x", "y")}
    parameters = {name: array for name, array in inputs.items() if name not in ("x", "y")}
    lr = rate(Problem(RIGHT, inputs["x"], inputs["y"]), parameters, SLOWLY_RISING)
    asked = {"sizes": sizes, "layers": layers, "loss": "squares", "steps": N_MANY, "optimizer": ["SGD", {"lr": lr}]}
    return inputs, cast(Options, {**asked, "late": True})
