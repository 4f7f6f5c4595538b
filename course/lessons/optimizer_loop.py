"""Training a model with an optimizer: the questions and the truth that the last two ways share.

The truth comes from torch.optim and autograd in float64.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import torch

from course.exercise import Property, Quantity, same, tolerance_of
from course.language import later
from course.lessons.chain import Layers, chain, descend, layers_of, parameter_names, powers
from course.lessons.inputs import Arrays, Draw, relu, some_sizes
from course.lessons.oracle import given
from course.runner import Answer, Facts, Options, Question

Tensors = dict[str, torch.Tensor]
MakeOptimizer = Callable[[Tensors], torch.optim.Optimizer]


def handed_in(question: Question) -> MakeOptimizer:
    """Return how the optimizer is made that the question hands to the training function."""
    kind, settings = question.options["optimizer"]
    return lambda parameters: getattr(torch.optim, kind)(list(parameters.values()), **settings)


def trained(t: Tensors, layers: Layers, kind: str, make: MakeOptimizer, steps: int) -> dict[str, np.ndarray]:
    """Train a chain with an optimizer, in the dtype of its tensors; return losses and parameters."""
    leaves = {name: t[name].clone().requires_grad_() for name in parameter_names(t)}
    mover = make(leaves)
    losses: list[float] = []
    for _ in range(steps):
        loss = powers(chain({**t, **leaves}, layers)[0] - t["y"], kind)
        losses.append(float(loss.detach()))
        for leaf, gradient in zip(leaves.values(), torch.autograd.grad(loss, list(leaves.values())), strict=True):
            leaf.grad = gradient
        mover.step()
    return {"losses": np.array(losses), **{name: leaf.detach().numpy() for name, leaf in leaves.items()}}


def loop_truth(question: Question) -> dict[str, Any]:
    options = question.options
    return trained(given(question), options["layers"], options["loss"], handed_in(question), options["steps"])


def loop_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    return {"parameters": same_parameters(question, answer, truth)}


def same_parameters(question: Question, answer: Answer, truth: dict[str, Any]) -> bool:
    """Tell whether all parameters are where they should be."""
    names = parameter_names(question.inputs)
    return all(same(answer.values.get(n), truth[n], tolerance_of(question)) for n in names)


ROWS = (
    Quantity("losses", "losses", points=4),
    Property(
        "parameters",
        points=4,
        problem=later("The losses are right, but at the end the model's parameters are not where these steps lead."),
    ),
)


# ---------------------------------------------------------------- questions

# Adam divides a gradient by its own size, so one that is nearly zero by chance decides with its rounding which way its
# parameter goes; and a unit near its kink may be on in float32 and off in float64. Neither is the student's affair:
# data on which the two dtypes do not agree this well are drawn anew. A tenth of what a right answer is allowed.
AGREEMENT = 1e-6


def model_data(rng: np.random.Generator, layers: Layers, n: int) -> Arrays:
    """Draw x, y and the parameters of a stack of layers; no unit is off for every row."""
    while True:
        arrays: Arrays = {}
        a: np.ndarray = rng.standard_normal((n, layers[0][1]))
        arrays["x"] = a
        lively = True
        for i, (kind, *sizes) in enumerate(layers):
            if kind == "ReLU":
                on = (a > 0).mean(axis=0)
                lively = lively and bool(np.all(on > 0))
                a = relu(a)
                continue
            arrays[f"{i}.weight"] = rng.standard_normal(sizes[::-1]) / np.sqrt(sizes[0])
            arrays[f"{i}.bias"] = 0.5 * rng.standard_normal((sizes[1],))
            a = a @ arrays[f"{i}.weight"].T + arrays[f"{i}.bias"]
        arrays["y"] = float(1.5 * np.std(a)) * rng.standard_normal((n, layers[-1][2]))
        if lively:
            return arrays


def _agrees(question: Question) -> bool:
    """Tell whether training in the question's dtype and in float64 come to the same."""
    if question.dtype == "float64":
        return True
    single = {n: torch.from_numpy(a.astype(np.float32)) for n, a in question.inputs.items()}
    options = question.options
    found = trained(single, options["layers"], options["loss"], handed_in(question), options["steps"])
    truth = loop_truth(question)
    names = parameter_names(question.inputs)
    return all(np.linalg.norm(found[n] - truth[n]) <= AGREEMENT * np.linalg.norm(truth[n]) for n in names)


def training_draw(kind: str, loss: str, dtype: str, steps: int, *, one_output: bool = False, **options: Any) -> Draw:
    """Return a draw: a two-layer model, data, and an optimizer whose steps show but do not run away.

    one_output: y is a single column, where a squeeze makes every prediction meet every target.
    """

    def draw(rng: np.random.Generator, _: np.random.Generator) -> tuple[dict[str, np.ndarray], Options]:
        while True:
            sizes = {**some_sizes(rng), **({"d_out": 1} if one_output else {})}
            layers = layers_of(sizes)
            inputs = model_data(rng, layers, sizes["n"])
            said = {"sizes": sizes, "dtype": dtype, "layers": layers, "loss": loss, "steps": steps, **options}
            asked = cast(Options, said)
            if kind == "Adam":
                settings = {"lr": round(float(rng.uniform(0.02, 0.06)), 4)}
            else:
                begin = descend(given(Question("", "", inputs, asked)), layers, loss, 0.0, 1)
                steepness = sum(float(np.sum(g**2)) for g in begin["gradients"].values())
                # the first step takes about a tenth of the loss: it shows, and the loss goes on falling
                settings = {
                    "lr": float(f"{0.1 * begin['losses'][0] / steepness:.2e}"),
                    "momentum": round(float(rng.uniform(0.5, 0.8)), 2),
                }
            asked["optimizer"] = [kind, settings]
            if _agrees(Question("", "", inputs, asked)):
                return inputs, asked

    return draw
