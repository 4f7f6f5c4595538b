"""Inputs for training loops: a network, data, and a learning rate whose steps are visible but do not diverge."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from course.exercise import Case, Property
from course.exercise.compare import error_of
from course.language import later
from course.lessons.inputs import (
    KINK_WHILE_TRAINING,
    MANY_STEPS,
    N_MANY,
    N_RISING,
    ORIGINAL,
    SINGLE,
    STILL,
    Arrays,
    Make,
    Rng,
    Sizes,
    drawn,
    network,
)
from course.network.losses import LOSSES
from course.network.network import RIGHT
from course.network.training import Problem, descend, nearest_kink
from course.runner import Question

Layers = list[list[Any]]
# With targets and a last layer this much smaller, a loop that stops at a small loss, or at a small change in it, stops
# at once. Only that layer then moves noticeably, so the problem is linear: at a rate at which the first step would by
# its slope reduce the loss by 4 times its value or more, the loss rises.
SMALL, RISING, SLOWLY_RISING = 1e-8, 4.5, 4.01
# A learning rate so small that a step changes no number of any dtype.
NO_STEP = 1e-300
# Over the last LAST of many steps the loss still changes by more than this fraction, to reveal a schedule that begins
# late.
LAST, STILL_MOVES = 20, 1e-3
# Parameters that differ by this fraction lead to losses that differ by at most so many times as much. Some draws are
# chaotic: there the rounding errors of a right loop grow beyond the tolerance (seen: a factor of 4000; usual: below 4).
DISTURBED, STEADY = 1e-12, 100.0


def layers_of(*widths: int) -> Layers:
    """Return linear layers with these widths, with a ReLU between consecutive ones."""
    return [layer for ends in pairwise(widths) for layer in (["ReLU"], ["Linear", *ends])][1:]


def stack_inputs(rng: Rng, layers: Layers, n: int, scale: float = 1.0) -> Arrays:
    """Draw x (n, d_in) with the given scale, parameters under torch's names, and y (n, d_out).

    y has the scale of the predictions. At scale 1, biases have the magnitude of what they are added to.
    """
    arrays: Arrays = {"x": scale * rng.standard_normal((n, layers[0][1]))}
    flow = arrays["x"]
    for i, (kind, *ends) in enumerate(layers):
        if kind == "ReLU":
            flow = np.maximum(flow, 0)
            continue
        arrays[f"{i}.weight"] = rng.standard_normal(ends[::-1]) / np.sqrt(ends[0])
        arrays[f"{i}.bias"] = 0.5 * rng.standard_normal(ends[1:])
        flow = flow @ arrays[f"{i}.weight"].T + arrays[f"{i}.bias"]
    return {**arrays, "y": 1.5 * np.std(flow) * rng.standard_normal(flow.shape)}


def shrunk(arrays: Arrays, by: float = SMALL) -> Arrays:
    """Return the arrays with the targets and the last layer multiplied by `by`."""
    last = [name for name in arrays if name not in ("x", "y")][-1].partition(".")[0]
    return {n: by * a if n.partition(".")[0] in ("y", last) else a for n, a in arrays.items()}


def parameters_of(question: Question) -> list[str]:
    """Return the names of the trained parameters: all inputs but the data x and y."""
    return [name for name in question.inputs if name not in ("x", "y")]


STILL_RECORDS = Property(
    "still_leaf",
    problem=later("After training at least one of the model's parameters does not record any more."),
)


def still_records(question: Question) -> dict[str, Any]:
    """Return the facts required of a model after training: computations with its parameters are recorded."""
    return {"still_leaf": parameters_of(question)}


def rate(problem: Problem, parameters: Arrays, share: float) -> float:
    """Return the learning rate at which the first step of gradient descent reduces the loss by about this fraction."""
    loss, gradients = problem.measure(parameters)
    steepness = sum(float(np.sum(g**2)) for g in gradients.values())
    return float(f"{share * loss / steepness:.4e}") if steepness else 0.0


def train_inputs(
    rng: Rng,
    sizes: Sizes,
    dtype: str,
    scale: float,
    *,
    start: Callable[[Rng, Sizes, float], Arrays] = network,
    loss: str = "squares",
    least: float = 0.01,
    small: bool = False,
) -> dict[str, Any]:
    """Draw the arrays of `start` and a learning rate whose first steps move each parameter by over `least` of its norm.

    No unit comes near its kink, except at the notebook's own sizes: float32 and float64 could disagree about which
    units are on, and a right answer would look wrong.
    small: make the loss tiny and rising, as always with all sizes 1; parameters need not move far.
    """
    small = small or sizes is SINGLE
    for _ in range(1000):
        arrays = start(rng, sizes, scale)
        if small:
            arrays = shrunk(arrays)
        begin = {name: array.astype(dtype).astype(np.float64) for name, array in arrays.items()}
        problem = Problem(RIGHT, begin.pop("x"), begin.pop("y"), LOSSES[loss])
        # the first step reduces the loss by about a seventh: enough to be visible, and the loss keeps falling
        lr = rate(problem, begin, RISING if small else 0.15)
        now, losses, clear = begin, [], True
        for _step in range(5):
            clear = clear and (sizes is ORIGINAL or nearest_kink(problem.x, now) > KINK_WHILE_TRAINING)
            now = descend(problem, now, lr, 1)
            losses.append(now.pop("losses")[0])
        moved = min(np.linalg.norm(now[n] - begin[n]) / np.linalg.norm(begin[n]) for n in begin)
        if clear and (small or losses[-1] < losses[0] and moved > least):
            return {**arrays, "lr": lr}
    raise RuntimeError(f"no suitable draw for {sizes}")


def trainings(make: Make) -> tuple[Case, ...]:
    """Return the cases that only training loops have: many steps, and steps that change nothing."""
    return (
        Case(MANY_STEPS, drawn(lasting(make), steps=N_MANY, late=True)),
        Case(STILL, drawn(still(make), steps=N_RISING, extreme=True)),
    )


def still(make: Make) -> Make:
    """Return a draw like `make`, but with a learning rate so small that no step changes a number."""
    return lambda *asked: {**make(*asked), "lr": NO_STEP}


def _is_steady(problem: Problem, parameters: Arrays, lr: float, losses: np.ndarray) -> bool:
    """Return whether slightly different parameters lead to about the same losses, one per step."""
    factors = {name: 1 + DISTURBED * np.cos(np.arange(array.size)) for name, array in parameters.items()}
    beside = {name: array * factors[name].reshape(array.shape) for name, array in parameters.items()}
    return error_of(descend(problem, beside, lr, len(losses))["losses"], losses) <= STEADY * DISTURBED


def lasting(make: Make) -> Make:
    """Return a draw like `make`, but only of trainings that are not chaotic and still change after many steps."""

    def draw(rng: Rng, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
        for _ in range(100):
            made = make(rng, sizes, dtype, scale)
            begin = {name: array for name, array in made.items() if isinstance(array, np.ndarray)}
            problem = Problem(RIGHT, begin.pop("x"), begin.pop("y"))
            losses = descend(problem, begin, made["lr"], N_MANY)["losses"]
            then, end = losses[[-LAST, -1]]
            if abs(end - then) > STILL_MOVES * then and _is_steady(problem, begin, made["lr"], losses):
                return made
        raise RuntimeError(f"no suitable draw for {sizes}")

    return draw
