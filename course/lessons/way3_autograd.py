"""The exercises of way 3: the gradients come from autograd."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import torch

from course.exercise import Case, Exercise, Property, Quantity, same, tolerance_of
from course.language import later
from course.lessons import oracle, way1_numpy
from course.lessons.inputs import SINGLE, Arrays, Sizes, cases_of, drawn, network
from course.lessons.oracle import given
from course.lessons.training import train_inputs, trainings
from course.lessons.way1_numpy import shapes_of
from course.lessons.way2_tensors import own_draw
from course.mistakes import shown
from course.mistakes.data import alike
from course.runner import Answer, Facts, Options, Question

LESSON = "way3_autograd"
# Names of the notebook's own globals: a function that uses one of them ignores an argument.
TRAPS = [*way1_numpy.TRAPS, "DEVICE", "DTYPE", "loss", "losses"]
WEIGHTS = ["w1", "w2"]
HEADINGS = {
    "shapes": later("First the shapes"),
    "leaf": later("A tensor that records"),
    "forward": later("The loss as a tensor"),
    "loss": later("The loss as a tensor"),
    "adding up": later("Gradients add up"),
    "recording": later("Update without recording"),
    "rebinding": later("Update without recording"),
}
OPTIONS: Options = {"tensors": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)

# ---------------------------------------------------------------- make_weights

# Large enough for the mean of a centred draw to lie within a tenth of its standard deviation.
LONG: Sizes = {"n": 4, "d_in": 80, "d_h": 70, "d_out": 60}


def _sizes_only(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
    return {k: v for k, v in sizes.items() if k != "n"}


def is_a_start(array: np.ndarray) -> bool:
    """Return whether an array can initialise a network: it is finite and, if large enough to tell, centred, without
    all rows or all columns alike, and not evenly spaced.

    The mean of a centred draw of this length lies within 6 standard errors, except for one in a billion.
    """
    if not np.all(np.isfinite(array)):
        return False
    if array.size < 1000:
        return True
    spread = float(array.std())
    in_steps = float(np.ptp(np.diff(array.ravel()))) < 1e-3 * spread
    return spread > 0 and not (alike(array) or in_steps) and abs(float(array.mean())) < 6 * spread / np.sqrt(array.size)


def _weights_reference(question: Question, answer: Answer) -> dict[str, Any]:
    """Return the student's own values if they can initialise a network, else others; any centred draw is right."""
    shapes = shapes_of(question.options["sizes"])
    return {name: own_draw(answer, name, shapes[name], is_a_start, other=1e9) for name in WEIGHTS}


def _weights_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    """Return the facts to check for both weights.

    `requires_grad` is only reported by the student's process, so for a leaf it counts only if autograd wrote the right
    gradient into it.
    """
    values = {name: answer.values[name] for name in WEIGHTS if name in answer.values}

    def learned(name: str) -> bool:
        array = values[name].array
        slope = None if array is None else 3 * array.astype(np.float64) ** 2
        return slope is not None and same(answer.values.get(f"gradient {name}"), slope, tolerance_of(question))

    return {
        "dtypes": [value.dtype for value in values.values()],
        "records": [v.requires_grad and (learned(name) or not v.is_leaf) for name, v in values.items()],
        "leaf": [value.is_leaf for value in values.values()],
    }


MAKE_WEIGHTS = _exercise(
    name="make_weights",
    points=3,
    title=later("weights that record what is done with them"),
    section=later("Make the weights"),
    options={
        **OPTIONS,
        "elsewhere": True,
        "to_learn": True,
        "anew": True,
        "results": WEIGHTS,
        "args": ["d_in", "d_h", "d_out", "dtype", "device"],
    },
    truth=lambda question: {"dtypes": [question.dtype] * 2, "records": [True, True], "leaf": [True, True]},
    reference=_weights_reference,
    properties=_weights_properties,
    rows=(
        *(
            Quantity(n, "tensor", problem=later("The numbers in `{name}` are no random start for a network."))
            for n in WEIGHTS
        ),
        Property("dtypes", problem=later("At least one of the weights does not have the dtype that was asked for.")),
        Property(
            "device_honoured",
            problem=later("Asked for another device, the function still puts at least one of the weights on the CPU."),
        ),
        Property(
            "records", problem=later("At least one of the weights does not record: its `requires_grad` is False.")
        ),
        Property(
            "leaf",
            problem=later(
                "At least one of the weights is no leaf: autograd takes it for the result of a computation, "
                "and its `.grad` will stay empty."
            ),
        ),
    ),
    cases=(
        Case(
            "float64 where the default is float32, with numbers enough to see where they are centred",
            drawn(_sizes_only, LONG, default_dtype="float32"),
        ),
        Case("float32 where the default is float64", drawn(_sizes_only, dtype="float32", default_dtype="float64")),
        Case("one of everything", drawn(_sizes_only, SINGLE)),
    ),
    mistakes=shown.MAKE_WEIGHTS,
)

# ---------------------------------------------------------------- loss_fn and gradients


def _loss_truth(question: Question) -> dict[str, Any]:
    t = given(question)
    leaves = [t[name].requires_grad_() for name in WEIGHTS]
    value = torch.dist(torch.relu(t["x"] @ t["w1"]) @ t["w2"], t["y"]) ** 2
    grad_w1, grad_w2 = (g.numpy() for g in torch.autograd.grad(value, leaves))
    return {"loss": value.detach().numpy(), "reached": WEIGHTS, "grad_w1": grad_w1, "grad_w2": grad_w2}


def _twice(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    """Draw a network and other data for a second call, whose hidden values are no nearer to 0."""
    arrays = network(rng, sizes, scale)
    return {**arrays, "other_x": 1.5 * arrays["x"][::-1], "other_y": -arrays["y"]}


def _gradients_truth(question: Question) -> dict[str, Any]:
    inputs = question.inputs
    other = replace(question, inputs={**inputs, "x": inputs["other_x"], "y": inputs["other_y"]})
    again = {f"{name} again": array for name, array in _loss_truth(other).items() if name != "reached"}
    return {**_loss_truth(question), **again, "still_leaf": WEIGHTS}


def _gradients_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    """Return whether the second call returned its own gradients and left those of the first unchanged.

    If the first call's gradients are wrong, those of the second are not judged: they add no information.
    """
    tolerance = tolerance_of(question)
    names = ("grad_w1", "grad_w2")
    first_right = all(same(answer.values.get(n), truth[n], tolerance) for n in names)

    def kept(name: str) -> bool:
        first, later = (answer.values.get(n) for n in (name, f"{name} kept"))
        return first is None or first.array is None or same(later, first.array.astype(np.float64), tolerance)

    return {
        "same_again": not first_right
        or all(same(answer.values.get(f"{n} again"), truth[f"{n} again"], tolerance) for n in names),
        "first_kept": all(map(kept, names)),
    }


HAS_HISTORY = Property(
    "has_history",
    problem=later("The loss has the right value, but nothing was recorded on the way: it does not require grad."),
)

LOSS_FN = _exercise(
    name="loss_fn",
    points=4,
    title=later("a loss that knows where it comes from"),
    section=later("The loss as a tensor"),
    ask="differentiate",
    options={**OPTIONS, "leaves": WEIGHTS},
    truth=_loss_truth,
    rows=(
        Quantity("loss", "scalar tensor"),
        HAS_HISTORY,
        Property(
            "reached",
            problem=later("The loss has the right value, but going backward from it does not reach both weights."),
        ),
        Quantity("grad_w1", "tensor"),
        Quantity("grad_w2", "tensor"),
        Property(
            "nothing_filled",
            problem=later(
                "The function goes backward itself: it leaves gradients in the weights that nobody asked for."
            ),
        ),
    ),
    properties=lambda question, answer, truth: {"nothing_filled": not answer.facts.get("filled")},
    cases=cases_of(lambda rng, sizes, dtype, scale: network(rng, sizes, scale), huge=True),
    mistakes=shown.LOSS_TENSOR,
)

GRADIENTS = _exercise(
    name="gradients",
    points=5,
    title=later("both gradients, the same at every call"),
    section=later("Ask for the gradients"),
    options={
        **OPTIONS,
        "args": ["x", "y", *WEIGHTS],
        "leaves": WEIGHTS,
        "results": ["grad_w1", "grad_w2"],
        "again": {"x": "other_x", "y": "other_y"},
    },
    truth=_gradients_truth,
    properties=_gradients_properties,
    rows=(
        Quantity("grad_w1", "tensor", points=2),
        Quantity("grad_w2", "tensor", points=3),
        Property(
            "same_again",
            problem=later(
                "Called a second time, with other data, the function hands back gradients that are not those."
            ),
        ),
        Property("first_kept", problem=later("A second call changes the gradients that the first one handed back.")),
        Property("still_leaf", problem=later("After the call at least one of the weights does not record any more.")),
    ),
    builds_up=True,
    cases=cases_of(_twice),
    mistakes=shown.GRADIENTS,
)

# ---------------------------------------------------------------- train


def _train_truth(question: Question) -> dict[str, Any]:
    return {**oracle.train(question), "still_leaf": WEIGHTS}


TRAINING = _exercise(
    name="train",
    points=8,
    title=later("the training loop with autograd"),
    section=later("The training loop"),
    ask="train",
    options={**OPTIONS, "args": ["x", "y", "w1", "w2", "lr", "steps"], "leaves": WEIGHTS, "updates": WEIGHTS},
    truth=_train_truth,
    rows=(
        Quantity("losses", "losses", points=4),
        Quantity("w1", "tensor"),
        Quantity("w2", "tensor", points=4),
        Property(
            "still_leaf",
            problem=later("After training at least one of the weights is no leaf any more, or does not record."),
        ),
    ),
    builds_up=True,
    cases=cases_of(train_inputs, training=trainings),
    mistakes=shown.TRAIN_RECORDED,
)

EXERCISES = (MAKE_WEIGHTS, LOSS_FN, GRADIENTS, TRAINING)
