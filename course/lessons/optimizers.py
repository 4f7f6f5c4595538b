"""Making an optimizer: the question and the truth that the last two ways share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from course.exercise import Case, Property
from course.language import later
from course.lessons.chain import Layers, layers_of
from course.lessons.inputs import Draw, some_sizes
from course.lessons.optimizer_loop import Tensors, model_data, same_parameters, trained
from course.lessons.oracle import given
from course.runner import Answer, Facts, Options, Question

# Settings that change how steps are computed, not what comes out.
_HOW = ("lr", "foreach", "fused", "capturable", "differentiable")

ROWS = (
    Property("is_optimizer", problem=later("What came back is no optimizer made by `torch.optim`.")),
    Property("class", problem=later("It is an optimizer, but not of the class that is asked for.")),
    Property(
        "all_parameters", problem=later("The optimizer does not hold all parameters of the model it was made for.")
    ),
    Property("learning_rate", problem=later("The optimizer's learning rate is not the `lr` that was handed in.")),
    Property("usual_options", problem=later("An option of the optimizer does not have its default value.")),
    Property("steps", problem=later("The model's parameters are not where three steps of this optimizer lead.")),
)


def deeper(sizes: dict[str, int]) -> Layers:
    """Return a stack with one hidden layer more than the lesson's model has."""
    d_in, d_h, d_out = (sizes[k] for k in ("d_in", "d_h", "d_out"))
    return [["Linear", d_in, d_h], ["ReLU"], ["Linear", d_h, d_h + 1], ["ReLU"], ["Linear", d_h + 1, d_out]]


def _draw(stack: Callable[[dict[str, int]], Layers]) -> Draw:
    def draw(rng: np.random.Generator, _: np.random.Generator) -> tuple[dict[str, np.ndarray], Options]:
        sizes = some_sizes(rng)
        layers = stack(sizes)
        # three digits: no number anybody writes by heart
        lr = float(10 * rng.integers(20, 60) + rng.integers(1, 10)) / 100_000
        return model_data(rng, layers, sizes["n"]), {"sizes": sizes, "layers": layers, "lr": lr, "steps": 3}

    return draw


CASES = (
    Case("a model like the lesson's", _draw(layers_of)),
    Case("a model with more layers: all parameters means whatever the model has", _draw(deeper)),
)


def truth_for(kind: str) -> Callable[[Question], dict[str, Any]]:
    """Return the truth for an optimizer of torch.optim, given by the name of its class."""

    def truth(question: Question) -> dict[str, Any]:
        made = getattr(torch.optim, kind)
        options = question.options

        def make(parameters: Tensors) -> torch.optim.Optimizer:
            mover: torch.optim.Optimizer = made(list(parameters.values()), lr=options["lr"])
            return mover

        right = trained(given(question), options["layers"], "squares", make, options["steps"])
        standard = made([torch.zeros(1, requires_grad=True)]).param_groups[0]
        settings = {k: v for k, v in standard.items() if k not in ("params", *_HOW)}
        return {**right, "class": f"{made.__module__}.{made.__qualname__}", "settings": settings}

    return truth


def properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    groups = answer.facts.get("settings", [])
    unusual = {k for g in groups for k, v in truth["settings"].items() if k in g and not _equal(g[k], v)}
    return {
        "all_parameters": sorted(answer.facts.get("covered", [])) == sorted(set(question.inputs) - {"x", "y"}),
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
