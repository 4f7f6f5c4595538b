"""The exercises of way 1: the network by hand, in NumPy."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from course.exercise import Case, Exercise, Property, Quantity
from course.language import later
from course.lessons.inputs import ORIGINAL, PLAIN, SINGLE, Sizes, drawn
from course.lessons.two_layer import (
    BACKWARD_CASES,
    FORWARD_CASES,
    LOSS_CASES,
    TRAIN_CASES,
    backward_truth,
    by_torch,
    forward_truth,
    loss_truth,
    train_truth,
)
from course.mistakes import shown
from course.mistakes.data import NAMES as DATA
from course.mistakes.data import draw
from course.runner import Answer, Options, Question

LESSON = "way1_numpy"
# Names of the notebook's own globals: a function that uses one of them ignores an argument.
TRAPS = [
    *("x", "y", "w1", "w2", "h", "h_relu", "y_pred", "grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1"),
    *("N", "D_IN", "D_H", "D_OUT", "lr", "steps", "rng", "n", "d_in", "d_h", "d_out"),
]
HEADINGS = {
    "shapes": later("First the shapes"),
    "data": later("Draw the data"),
    "maximum": later("Maximum and max"),
    "forward": later("The forward pass"),
    "loss": later("The loss"),
    "gradient of y_pred": later("Start at the loss"),
    "gradient of w2": later("The gradient of w2"),
    "gradient of the hidden layer": later("The gradient of the hidden layer"),
    "mask": later("The gate"),
    "copies": later("Masks and copies"),
    "gradient of w1": later("The gradient of w1"),
    "backward": later("Write the backward pass"),
    "train": later("The training loop"),
}
OPTIONS: Options = {"by_hand": True, "numpy_only": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)


# ---------------------------------------------------------------- make_data


def _no_arrays(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
    return {"rng": int(rng.integers(2**31)), **sizes}


def shapes_of(sizes: Sizes) -> dict[str, tuple[int, int]]:
    n, d_in, d_h, d_out = (sizes[k] for k in ("n", "d_in", "d_h", "d_out"))
    return {"x": (n, d_in), "y": (n, d_out), "w1": (d_in, d_h), "w2": (d_h, d_out)}


def _draws(question: Question, **kind: Any) -> dict[str, np.ndarray]:
    return draw(question.options["rng"], shapes_of(question.options["sizes"]), DATA, **kind)


def _data_reference(question: Question, answer: Answer) -> dict[str, Any]:
    """Return the generator's float32 draws if `x` in the answer is that, else {}."""
    value = answer.values.get("x")
    if value is not None and value.dtype == "float32" and value.array is not None:
        single = _draws(question, dtype=np.float32)
        if np.array_equal(value.array, single["x"]):
            return single
    return {}


MAKE_DATA = _exercise(
    name="make_data",
    points=2,
    title=later("data and weights, standard normal"),
    section=later("Draw the data"),
    options={**OPTIONS, "results": list(DATA), "args": ["rng", "n", "d_in", "d_h", "d_out"]},
    truth=_draws,
    reference=_data_reference,
    rows=(
        *(
            Quantity(name, problem=later("The numbers in `{name}` are not those that `rng` has for it."))
            for name in DATA
        ),
        Property("drew", problem=later("`rng` itself was not drawn from: who draws next gets the same numbers.")),
    ),
    cases=(
        Case(PLAIN, drawn(_no_arrays)),
        Case("the same sizes again, from another generator", drawn(_no_arrays)),
        Case("one of everything", drawn(_no_arrays, SINGLE)),
        Case("the notebook's own sizes tell sizes written in", drawn(_no_arrays, ORIGINAL), diagnostic=True),
    ),
    mistakes=shown.MAKE_DATA,
)

FORWARD_PASS = _exercise(
    name="forward",
    points=4,
    title=later("the forward pass"),
    section=later("The forward pass"),
    options={**OPTIONS, "results": ["h", "h_relu", "y_pred"], "anew": True},
    truth=forward_truth,
    oracle=by_torch("forward"),
    rows=(Quantity("h", points=1), Quantity("h_relu", points=1), Quantity("y_pred", points=2)),
    builds_up=True,
    cases=FORWARD_CASES,
    mistakes=shown.FORWARD,
)

LOSS_FN = _exercise(
    name="loss_fn",
    points=2,
    title=later("the sum of squared differences"),
    section=later("The loss"),
    options={**OPTIONS, "results": ["loss"]},
    truth=loss_truth,
    oracle=by_torch("loss"),
    rows=(Quantity("loss", "number"),),
    cases=LOSS_CASES,
    mistakes=shown.LOSS_NUMBER,
)

BACKWARD_PASS = _exercise(
    name="backward",
    points=8,
    title=later("the gradients, one array at a time"),
    section=later("Write the backward pass"),
    options={**OPTIONS, "results": ["grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1"], "anew": True},
    truth=backward_truth,
    oracle=by_torch("backward"),
    rows=(
        Quantity("grad_y_pred", points=2, topic="gradient of y_pred"),
        Quantity("grad_w2", points=2, topic="gradient of w2"),
        Quantity("grad_h_relu", points=1, topic="gradient of the hidden layer"),
        Quantity("grad_h", points=2, topic="mask"),
        Quantity("grad_w1", points=1, topic="gradient of w1"),
    ),
    cases=BACKWARD_CASES,
    mistakes=shown.BACKWARD,
)

TRAINING = _exercise(
    name="train",
    points=4,
    title=later("the training loop"),
    section=later("The training loop"),
    ask="train",
    options={**OPTIONS, "args": ["x", "y", "w1", "w2", "lr", "steps"], "updates": ["w1", "w2"]},
    truth=train_truth,
    oracle=by_torch("train"),
    rows=(Quantity("losses", "losses", points=2), Quantity("w1"), Quantity("w2", points=2)),
    builds_up=True,
    cases=TRAIN_CASES,
    mistakes=shown.TRAIN_BY_HAND,
)

EXERCISES = (MAKE_DATA, FORWARD_PASS, LOSS_FN, BACKWARD_PASS, TRAINING)
