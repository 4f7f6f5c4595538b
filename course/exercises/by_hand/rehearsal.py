"""Train in NumPy with one part of the loop replaced by what a mistaken loop does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.checks import Seen
from course.exercises.by_hand.evidence import start_of
from course.exercises.inputs import relu

Weights = tuple[np.ndarray, np.ndarray]
Gradients = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], Weights]
Step = Callable[["Loop", np.ndarray, np.ndarray, Weights, float], Weights]


def squares(d: np.ndarray) -> float:
    return float((d**2).sum())


def together(loop: Loop, x: np.ndarray, y: np.ndarray, weights: Weights, rate: float) -> Weights:
    """Take the step as it should be: both gradients belong to the same point."""
    g1, g2 = loop.gradients(x, y, *weights)
    return weights[0] - rate * g1, weights[1] - rate * g2


def w2_first(loop: Loop, x: np.ndarray, y: np.ndarray, weights: Weights, rate: float) -> Weights:
    """Move w2 before the gradient goes back through it; what came forward stays."""
    w1, w2 = weights
    h = x @ w1
    up = loop.slope(relu(h) @ w2, y)
    w2 = w2 - rate * (relu(h).T @ up)
    return w1 - rate * (x.T @ ((up @ w2.T) * (h > 0))), w2


def w2_before_everything(loop: Loop, x: np.ndarray, y: np.ndarray, weights: Weights, rate: float) -> Weights:
    """Move w2 and go forward anew before the gradient of w1 is made."""
    w1, w2 = weights
    w2 = w2 - rate * loop.gradients(x, y, w1, w2)[1]
    return w1 - rate * loop.gradients(x, y, w1, w2)[0], w2


def only(which: int) -> Step:
    """Return the step that moves one weight and leaves the other where it is."""

    def step(loop: Loop, x: np.ndarray, y: np.ndarray, weights: Weights, rate: float) -> Weights:
        moved = together(loop, x, y, weights, rate)
        return (moved[0], weights[1]) if which == 0 else (weights[0], moved[1])

    return step


def sample_by_sample(loop: Loop, x: np.ndarray, y: np.ndarray, weights: Weights, rate: float) -> Weights:
    for i in range(len(x)):
        weights = together(loop, x[i : i + 1], y[i : i + 1], weights, rate)
    return weights


@dataclass(frozen=True)
class Loop:
    """A training loop made of parts; a mistake is a loop with another part.

    slope: gradient of y_pred, from y_pred and y. gate: from h and the gradient that arrives at h_relu.
    active: the activation. feeds_w2: what the gradient of w2 is taken with, from h. loss: noted for each step, from
    the differences.
    step: how the weights move. late: the loss is noted after the step.
    """

    slope: Callable[[np.ndarray, np.ndarray], Any] = lambda y_pred, y: 2 * (y_pred - y)
    gate: Callable[[np.ndarray, np.ndarray], Any] = lambda h, back: h > 0
    active: Callable[[np.ndarray], np.ndarray] = relu
    feeds_w2: Callable[[np.ndarray], np.ndarray] = relu
    loss: Callable[[np.ndarray], float] = squares
    step: Step = together
    late: bool = False

    def gradients(self, x: np.ndarray, y: np.ndarray, w1: np.ndarray, w2: np.ndarray) -> Weights:
        h = x @ w1
        up = self.slope(self.active(h) @ w2, y)
        back = up @ w2.T
        return x.T @ (back * self.gate(h, back)), self.feeds_w2(h).T @ up

    def losses(self, seen: Seen, rate: float | None = None) -> np.ndarray:
        """Return the losses this loop notes on a question's inputs, by default with the learning rate given there."""
        x, y = seen["x"], seen["y"]
        weights = start_of(seen, "w1"), start_of(seen, "w2")
        rate = float(seen.option("lr")) if rate is None else rate
        noted: list[float] = []
        with np.errstate(all="ignore"):
            for _ in range(int(seen.option("steps"))):
                before = weights
                weights = self.step(self, x, y, weights, rate)
                w1, w2 = weights if self.late else before
                noted.append(self.loss(self.active(x @ w1) @ w2 - y))
        return np.array(noted)
