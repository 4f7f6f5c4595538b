"""Training a model with an optimizer: the questions, the truth and the mistakes that the last two ways share.

The truth comes from torch.optim and autograd in float64. Mistakes are the same training with something done wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import torch

from course.asking import Answer, Facts, Question
from course.checks import TOLERANCE, Row, same
from course.exercises.inputs import Arrays, Draw, Sizes, relu, some_sizes
from course.exercises.oracle import given

Layers = list[list[Any]]
Parameters = dict[str, torch.Tensor]


def two_layers(sizes: Sizes) -> Layers:
    return [["Linear", sizes["d_in"], sizes["d_h"]], ["ReLU"], ["Linear", sizes["d_h"], sizes["d_out"]]]


def parameters_of(question: Question) -> Parameters:
    """Return the parameters the model starts with, as leaves in float64, by the names torch gives them."""
    return {n: t.clone().requires_grad_() for n, t in given(question).items() if n not in ("x", "y")}


def predict(layers: Layers, parameters: Parameters, x: torch.Tensor) -> torch.Tensor:
    for i, (kind, *_) in enumerate(layers):
        x = torch.nn.functional.linear(x, *_pair(parameters, i)) if kind == "Linear" else torch.relu(x)
    return x


def _pair(parameters: Parameters, i: int) -> tuple[torch.Tensor, torch.Tensor]:
    return parameters[f"{i}.weight"], parameters[f"{i}.bias"]


LOSSES: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "squares": lambda d: d.square().sum(),
    "fourth_powers": lambda d: d.square().square().sum(),
}

MakeOptimizer = Callable[[Parameters], torch.optim.Optimizer]


def handed_in(question: Question) -> MakeOptimizer:
    """Return how the optimizer is made that the question hands to the training function."""
    kind, settings = question.options["optimizer"]
    return lambda parameters: getattr(torch.optim, kind)(list(parameters.values()), **settings)


def rehearse(
    question: Question,
    *,
    optimizer: MakeOptimizer | None = None,
    fresh: bool = False,
    never_cleared: Collection[str] = (),
    gradient_of: Callable[[torch.Tensor], torch.Tensor] | None = None,
    loss_of: Callable[[torch.Tensor], torch.Tensor] | None = None,
    updates: int = 1,
    also_by_hand: bool = False,
    late_loss: bool = False,
    steps: int | None = None,
) -> dict[str, np.ndarray]:
    """Train in float64 and return losses and parameters; the options say what is done wrong.

    optimizer: which one moves the parameters, fresh: made anew in each step; never_cleared: parameters whose gradients
    add up; gradient_of, loss_of: loss that is differentiated, and that is noted; updates: optimizer steps per step;
    also_by_hand: plain descent on top; late_loss: noted after the update.
    """
    data = given(question)
    parameters = parameters_of(question)
    layers = question.options["layers"]
    right = LOSSES[question.options["loss"]]
    make = optimizer or handed_in(question)
    mover = make(parameters)
    noted: list[float] = []

    def differences() -> torch.Tensor:
        return predict(layers, parameters, data["x"]) - data["y"]

    for _ in range(question.options["steps"] if steps is None else steps):
        if fresh:
            mover = make(parameters)
        d = differences()
        if not late_loss:
            noted.append(float((loss_of or right)(d).detach()))
        slopes = torch.autograd.grad((gradient_of or right)(d), list(parameters.values()))
        for (name, leaf), slope in zip(parameters.items(), slopes, strict=True):
            leaf.grad = slope + leaf.grad if name in never_cleared and leaf.grad is not None else slope
        for _again in range(updates):
            mover.step()
        if also_by_hand:
            with torch.no_grad():
                for leaf in parameters.values():
                    leaf -= question.options["optimizer"][1]["lr"] * leaf.grad
        if late_loss:
            noted.append(float((loss_of or right)(differences()).detach()))
    return {"losses": np.array(noted), **{n: t.detach().numpy() for n, t in parameters.items()}}


def loop_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    return {"parameters": same_parameters(question, answer, truth)}


def same_parameters(question: Question, answer: Answer, truth: dict[str, Any]) -> bool:
    """Tell whether all parameters are where they should be."""
    names = (n for n in question.inputs if n not in ("x", "y"))
    return all(same(answer.values.get(n), truth[n], TOLERANCE[question.dtype]) for n in names)


ROWS = (
    Row("losses", "losses", points=4),
    Row(
        "parameters",
        "fact",
        points=4,
        problem="The losses are right, but at the end the model's parameters are not where these steps lead.",
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
    parameters = {n: t.requires_grad_() for n, t in single.items() if n not in ("x", "y")}
    mover = handed_in(question)(parameters)
    for _ in range(question.options["steps"]):
        d = predict(question.options["layers"], parameters, single["x"]) - single["y"]
        for leaf, slope in zip(
            parameters.values(),
            torch.autograd.grad(LOSSES[question.options["loss"]](d), list(parameters.values())),
            strict=True,
        ):
            leaf.grad = slope
        mover.step()
    truth = rehearse(question)
    return all(
        np.linalg.norm(t.detach().numpy() - truth[n]) <= AGREEMENT * np.linalg.norm(truth[n])
        for n, t in parameters.items()
    )


def _steepness(question: Question) -> tuple[float, float]:
    """Return the first loss and the sum of its squared slopes."""
    data, parameters = given(question), parameters_of(question)
    d = predict(question.options["layers"], parameters, data["x"]) - data["y"]
    loss = LOSSES[question.options["loss"]](d)
    slopes = torch.autograd.grad(loss, list(parameters.values()))
    return float(loss.detach()), float(sum(s.square().sum() for s in slopes))


def training_draw(kind: str, loss: str, dtype: str, steps: int, *, one_output: bool = False, **options: Any) -> Draw:
    """Return a draw: a two-layer model, data, and an optimizer whose steps show but do not run away.

    one_output: y is a single column, where a squeeze makes every prediction meet every target.
    """

    def draw(rng: np.random.Generator, _: np.random.Generator) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        while True:
            sizes = {**some_sizes(rng), **({"d_out": 1} if one_output else {})}
            layers = two_layers(sizes)
            inputs = model_data(rng, layers, sizes["n"])
            asked: dict[str, Any] = {
                "sizes": sizes,
                "dtype": dtype,
                "layers": layers,
                "loss": loss,
                "steps": steps,
                **options,
            }
            if kind == "Adam":
                settings = {"lr": round(float(rng.uniform(0.02, 0.06)), 4)}
            else:
                first, slopes = _steepness(Question("", "", inputs, asked))
                # the first step takes about a tenth of the loss: it shows, and the loss goes on falling
                settings = {
                    "lr": float(f"{0.1 * first / slopes:.2e}"),
                    "momentum": round(float(rng.uniform(0.5, 0.8)), 2),
                }
            asked["optimizer"] = [kind, settings]
            if _agrees(Question("", "", inputs, asked)):
                return inputs, asked

    return draw
