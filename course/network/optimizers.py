"""Update rules for parameters: gradient descent with its variants, and Adam."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from course.network.tape import Array


class Optimizer(Protocol):
    """An update rule with its settings; its state for each parameter is passed in and returned."""

    def step(self, parameter: Array, gradient: Array, memory: tuple[Array, ...], t: int) -> tuple[Array, ...]:
        """Return the updated parameter, then its memory; t counts the steps from 1, the memory is empty at first."""
        ...


@dataclass(frozen=True)
class Sgd:
    """Gradient descent: parameter − lr · velocity, velocity = momentum · velocity + gradient.

    Source: Sutskever et al., On the importance of initialization and momentum in deep learning, 2013, with the rate
    outside the velocity, as in `torch.optim.SGD`. reshaped: a transformation applied to the gradient first.
    """

    lr: float
    momentum: float = 0.0
    reshaped: Callable[[Array], Array] = lambda gradient: gradient

    def step(self, parameter: Array, gradient: Array, memory: tuple[Array, ...], t: int) -> tuple[Array, ...]:
        gradient = self.reshaped(gradient)
        velocity = self.momentum * memory[0] + gradient if memory else gradient
        return parameter - self.lr * velocity, velocity


@dataclass(frozen=True)
class AdamNumbers:
    """The settings of one step of Adam; t counts from 1."""

    t: int
    lr: float
    beta1: float
    beta2: float
    eps: float


def bias_correction(beta: float, t: float) -> float:
    """Return the bias correction 1 − betaᵗ: the total weight of the first t gradients in an average."""
    return float(1 - beta**t)


def average_of_gradients(m: Array, g: Array, o: AdamNumbers) -> Array:
    return o.beta1 * m + (1 - o.beta1) * g


def average_of_squares(v: Array, g: Array, o: AdamNumbers) -> Array:
    return o.beta2 * v + (1 - o.beta2) * g * g


def length(m: Array, v: Array, g: Array, o: AdamNumbers) -> Array:
    """Return what is subtracted from a parameter, in units of lr."""
    return (m / bias_correction(o.beta1, o.t)) / (np.sqrt(v / bias_correction(o.beta2, o.t)) + o.eps)


@dataclass(frozen=True)
class Adam:
    """Adam in replaceable parts. Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1.

    average_m, average_v, length: the two averages, and the parameter's step in units of lr. numbers: settings that
    replace the requested ones. left: m and v at the end of a step. v_from_m: v averages the squares of m. kept: which
    of m, v and param the caller sees updated. moves_first: the parameter is updated before the averages.
    decay, shrinking: fraction of the parameter added to its gradient, or to its step.
    """

    average_m: Callable[[Array, Array, AdamNumbers], Array] = average_of_gradients
    average_v: Callable[[Array, Array, AdamNumbers], Array] = average_of_squares
    length: Callable[[Array, Array, Array, AdamNumbers], Array] = length
    numbers: tuple[tuple[str, Any], ...] = ()
    left: Callable[[Array, Array, AdamNumbers], tuple[Array, Array]] = lambda m, v, o: (m, v)
    v_from_m: bool = False
    kept: tuple[str, ...] = ("m", "v", "param")
    moves_first: bool = False
    decay: float = 0.0
    shrinking: float = 0.0

    def run(self, param: Array, grads: Iterable[Array], m: Array, v: Array, first: AdamNumbers) -> dict[str, Array]:
        """Take one step for each gradient and return "m after step <i>", and the same for v and param."""
        held = {"m": m, "v": v, "param": param}
        rows: dict[str, Array] = {}
        for i, g in enumerate(grads):
            o = replace(first, t=first.t + i, **dict(self.numbers))
            g = g + self.decay * held["param"]
            new_m = self.average_m(held["m"], g, o)
            new_v = self.average_v(held["v"], new_m if self.v_from_m else g, o)
            way = self.length(held["m"], held["v"], g, o) if self.moves_first else self.length(new_m, new_v, g, o)
            left_m, left_v = self.left(new_m, new_v, o)
            new = {"m": left_m, "v": left_v, "param": held["param"] - o.lr * (way + self.shrinking * held["param"])}
            held = {name: new[name] if name in self.kept else held[name] for name in held}
            rows |= {f"{name} after step {i + 1}": array for name, array in held.items()}
        return rows


@dataclass(frozen=True)
class AdamOptimizer:
    """Adam as an `Optimizer`, with torch's default settings."""

    lr: float
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def step(self, parameter: Array, gradient: Array, memory: tuple[Array, ...], t: int) -> tuple[Array, ...]:
        m, v = memory or (np.zeros_like(parameter), np.zeros_like(parameter))
        o = AdamNumbers(t, self.lr, self.beta1, self.beta2, self.eps)
        m, v = average_of_gradients(m, gradient, o), average_of_squares(v, gradient, o)
        return parameter - self.lr * length(m, v, gradient, o), m, v
