"""Activation functions: the ReLU, and others that are mistaken for it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from course.network.tape import Array, Variable, variable

Function = Callable[[Variable], Variable]

# Large enough to keep rounding errors, and small enough to keep the error of the rule below, under 1e-12.
STEP = 1e-3


def numerical_derivative(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Return the derivative of an elementwise function by the five-point rule (error of order STEP⁴)."""

    def derivative(h: Array) -> Array:
        near = function(h + STEP) - function(h - STEP)
        far = function(h + 2 * STEP) - function(h - 2 * STEP)
        return (8 * near - far) / (12 * STEP)

    return derivative


def each(function: Callable[[Array], Any], derivative: Callable[[Array], Any] | None = None) -> Function:
    """Return an elementwise function as one of variables; without a derivative, its numerical one is used."""
    return lambda v: variable(v).apply(function, derivative or numerical_derivative(function))


identity: Function = variable
relu = each(lambda h: np.where(h > 0, h, 0.0), lambda h: h > 0)


def leaky(slope: float) -> Function:
    return each(lambda h: np.where(h > 0, h, slope * h), lambda h: np.where(h > 0, 1.0, slope))


def clipped(lowest: float, highest: float) -> Function:
    return each(lambda h: np.clip(h, lowest, highest), lambda h: (h > lowest) & (h < highest))


def softplus(beta: float) -> Function:
    return each(lambda h: np.logaddexp(0.0, beta * h) / beta)


def elu(alpha: float) -> Function:
    return each(lambda h: _elu(h, alpha), lambda h: np.where(h > 0, 1.0, alpha * np.exp(np.minimum(h, 0))))


def celu(alpha: float) -> Function:
    return each(lambda h: _elu(h, alpha, alpha), lambda h: np.exp(np.minimum(h, 0) / alpha))


def smoothed(width: float) -> Function:
    """Return a smooth ReLU, (h + √(h² + width)) / 2: a branch of a hyperbola, with the ReLU as its limit."""
    return each(lambda h: (h + np.sqrt(h * h + width)) / 2, lambda h: (1 + h / np.sqrt(h * h + width)) / 2)


def threshold(lowest: float) -> Function:
    """Return the function that keeps entries above a number and sets the others to 0."""
    return each(lambda h: np.where(h > lowest, h, 0.0), lambda h: h > lowest)


def softmax(axis: int) -> Function:
    def function(v: Variable) -> Variable:
        v = variable(v)
        shifted = np.exp(v.value - v.value.max(axis=axis, keepdims=True))
        out = shifted / shifted.sum(axis=axis, keepdims=True)
        return Variable(out, [(v, lambda g: out * (g - (g * out).sum(axis=axis, keepdims=True)))])

    return function


def log_softmax(v: Variable) -> Variable:
    """Return the logarithm of the softmax of each row."""
    v = variable(v)
    shifted = v.value - v.value.max(axis=1, keepdims=True)
    out = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return Variable(out, [(v, lambda g: g - np.exp(out) * g.sum(axis=1, keepdims=True))])


_erf = np.vectorize(math.erf, otypes=[float])


def sigmoid_of(h: Array) -> Array:
    return np.exp(-np.logaddexp(0.0, -h))


def _elu(h: Array, alpha: float = 1.0, width: float = 1.0) -> Array:
    return np.where(h > 0, h, alpha * np.expm1(np.minimum(h, 0) / width))


# Constants from Klambauer et al., Self-normalizing neural networks, 2017, section 2.
_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772

sigmoid = each(sigmoid_of)
# Smooth and other functions that are mistaken for a ReLU, by their names in torch where they have one.
OTHERS: dict[str, Function] = {
    "sigmoid": sigmoid,
    "tanh": each(np.tanh),
    "softplus": softplus(1.0),
    "softplus(beta=10)": softplus(10.0),
    "gelu": each(lambda h: 0.5 * h * (1 + _erf(h / math.sqrt(2)))),
    "gelu(tanh)": each(lambda h: 0.5 * h * (1 + np.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h**3)))),
    "silu": each(lambda h: h * sigmoid_of(h)),
    "elu": elu(1.0),
    "selu": each(lambda h: _SELU_SCALE * _elu(h, _SELU_ALPHA)),
    "mish": each(lambda h: h * np.tanh(np.logaddexp(0.0, h))),
    "softsign": each(lambda h: h / (1 + np.abs(h))),
    "hardtanh": clipped(-1.0, 1.0),
    "hardswish": each(lambda h: h * np.clip(h + 3, 0, 6) / 6),
    "hardsigmoid": each(lambda h: np.clip(h + 3, 0, 6) / 6),
    "softmax over units": softmax(1),
    "softmax over samples": softmax(0),
    "square": each(np.square),
    "squared relu": each(lambda h: np.square(np.maximum(h, 0)), lambda h: 2 * np.maximum(h, 0)),
}
