"""Cases and truth for the two-layer network by hand, shared by ways 1 and 2.

The truth is computed by `course.network`, in NumPy and float64, for exactly the numbers that student code received.
Where torch is loaded, as in grading, torch's autograd is used instead.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import numpy as np

from course.exercise import Case
from course.exercise.exercise import Truth
from course.lessons.inputs import Arrays, Sizes, cases_of, drawn, forward_state, network
from course.lessons.training import train_inputs, trainings
from course.network.network import RIGHT, leaves_of, stack
from course.network.training import Problem, descend
from course.runner import Question

# ---------------------------------------------------------------- questions


def _forward_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    arrays = network(rng, sizes, scale)
    return {k: arrays[k] for k in ("x", "w1", "w2")}


def loss_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    shape = (sizes["n"], sizes["d_out"])
    y = 3.0 + rng.standard_normal(shape)
    # the differences have a nonzero mean, so that their plain sum is far from 0 and from the sum of squares
    errors = 0.7 + 1.3 * rng.standard_normal(shape)
    # none near 0, where cancellation costs float32 extra digits
    errors = np.copysign(np.maximum(np.abs(errors), 0.1), errors)
    size = scale**1.5  # the magnitude of predictions from hidden values of that scale
    return {"y_pred": size * (y + errors), "y": size * y}


def _backward_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    arrays = network(rng, sizes, scale)
    state = forward_state(arrays, dtype)
    return {k: {**arrays, **state}[k] for k in ("x", "y", "w2", "h", "h_relu", "y_pred")}


def _backward_below_zero(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    """Draw `_backward_inputs` with h_relu slightly negative where a unit is off: only a mask of h_relu < 0 notices."""
    arrays = _backward_inputs(rng, sizes, dtype, scale)
    arrays["h_relu"] = np.where(arrays["h"] > 0, arrays["h_relu"], -1e-300)
    return arrays


FORWARD_CASES = cases_of(_forward_inputs, huge=True)
LOSS_CASES = cases_of(loss_inputs)
BACKWARD_CASES = (
    *cases_of(_backward_inputs),
    Case("tells a mask made from h_relu from no mask at all", drawn(_backward_below_zero), diagnostic=True),
)
TRAIN_CASES = cases_of(train_inputs, training=trainings)

# ---------------------------------------------------------------- truth


def inputs_of(question: Question) -> Arrays:
    """Return the inputs in float64, after rounding to the question's dtype."""
    return {name: question.given(name) for name in question.inputs}


def forward_truth(question: Question) -> Truth:
    a = inputs_of(question)
    return dict(RIGHT.forward(a["x"], stack(leaves_of({n: a[n] for n in ("w1", "w2")}))))


def loss_truth(question: Question) -> Truth:
    a = inputs_of(question)
    return {"loss": RIGHT.loss(a["y_pred"], a["y"])}


def backward_truth(question: Question) -> Truth:
    return dict(RIGHT.backward(**inputs_of(question)))


def train_truth(question: Question) -> Truth:
    a = inputs_of(question)
    weights = {n: a[n] for n in ("w1", "w2")}
    options = question.options
    return dict(descend(Problem(RIGHT, a["x"], a["y"], by_hand=True), weights, options["lr"], options["steps"]))


def by_torch(name: str) -> Callable[[Question], Truth]:
    """Return a function of `course.lessons.oracle`, which is imported, with torch, on the first call."""

    def oracle(question: Question) -> Truth:
        truth: Truth = getattr(importlib.import_module("course.lessons.oracle"), name)(question)
        return truth

    return oracle
