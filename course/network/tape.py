"""Reverse-mode automatic differentiation (autograd) of the few operations that the network needs, in NumPy.

A variable records the variables it was computed from, and how to propagate a gradient back through that operation;
constants are not recorded, as in torch. Everything is float64. Source: Baydin et al., Automatic differentiation in
machine learning: a survey, 2018, section 3.2.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

Array = np.ndarray
Pull = Callable[[Array], Array]


_numbers = itertools.count()


class Variable:
    """A float64 array with its history: pairs of an input variable and the function that takes a gradient back to it.

    history: None for a leaf, whose gradient can be requested. A result of constants only is a constant itself.
    number: larger than the numbers of the inputs.
    """

    __slots__ = ("history", "number", "requires_grad", "value")

    def __init__(self, value: Any, history: Iterable[tuple[Variable, Pull]] | None = None) -> None:
        self.value: Array = np.asarray(value, dtype=np.float64)
        self.history: tuple[tuple[Variable, Pull], ...] = (
            tuple([pair for pair in history if pair[0].requires_grad]) if history else ()
        )
        self.requires_grad: bool = history is None or bool(self.history)
        self.number = next(_numbers)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def T(self) -> Variable:  # noqa: N802 - as NumPy spells it
        return Variable(self.value.T, [(self, lambda g: g.T)])

    def __matmul__(self, other: Any) -> Variable:
        a, b = self.value, variable(other).value
        return Variable(a @ b, [(self, lambda g: grad_of_left(g, b)), (variable(other), lambda g: grad_of_right(a, g))])

    def __add__(self, other: Any) -> Variable:
        right = variable(other)
        pulls = [(self, lambda g: _summed_to(g, self.shape)), (right, lambda g: _summed_to(g, right.shape))]
        return Variable(self.value + right.value, pulls)

    def __mul__(self, other: Any) -> Variable:
        right = variable(other)
        a, b = self.value, right.value
        pulls = [(self, lambda g: _summed_to(g * b, a.shape)), (right, lambda g: _summed_to(g * a, b.shape))]
        return Variable(a * b, pulls)

    def __neg__(self) -> Variable:
        return self * -1.0

    def __sub__(self, other: Any) -> Variable:
        right = variable(other)
        pulls = [(self, lambda g: _summed_to(g, self.shape)), (right, lambda g: _summed_to(-g, right.shape))]
        return Variable(self.value - right.value, pulls)

    def __truediv__(self, number: float) -> Variable:
        return self * (1.0 / number)

    def sum(self, axis: int | None = None, keepdims: bool = False) -> Variable:
        def pull(g: Array) -> Array:
            kept = g if keepdims or axis is None else np.expand_dims(g, axis)
            return np.broadcast_to(kept, self.shape)

        return Variable(self.value.sum(axis=axis, keepdims=keepdims), [(self, pull)])

    def apply(self, function: Callable[[Array], Array], derivative: Callable[[Array], Any]) -> Variable:
        """Apply an elementwise function; `derivative` is its elementwise derivative."""
        return Variable(function(self.value), [(self, lambda g: g * derivative(self.value))])


def variable(thing: Any) -> Variable:
    """Return a variable unchanged, and anything else as a constant."""
    return thing if isinstance(thing, Variable) else Variable(thing, ())


def grad_of_left(gradient: Array, b: Array) -> Array:
    """Return the gradient of a from that of a @ b."""
    return gradient @ b.T


def grad_of_right(a: Array, gradient: Array) -> Array:
    """Return the gradient of b from that of a @ b."""
    return a.T @ gradient


def _summed_to(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which an array of that shape was broadcast."""
    if gradient.shape == shape:
        return gradient
    extra = gradient.ndim - len(shape)
    summed = gradient.sum(axis=tuple(range(extra))) if extra else gradient
    repeated = tuple(i for i, size in enumerate(shape) if size == 1 and summed.shape[i] != 1)
    return summed.sum(axis=repeated, keepdims=True) if repeated else summed


def gradients(of: Variable, wrt: Sequence[Variable], upstream: Array | None = None) -> list[Array]:
    """Return the gradient of `of` with respect to each variable, in that variable's shape.

    upstream: the gradient with respect to `of`, in its shape; by default 1, as for a loss. A variable that `of` does
    not depend on has gradient zero. Raises ValueError if a variable is a constant.
    """
    if not all(v.requires_grad for v in wrt):
        raise ValueError("a constant has no gradient")
    waiting = {of: np.ones(of.shape) if upstream is None else upstream}
    arrived: dict[Variable, Array] = {}
    while waiting:
        node = max(waiting, key=lambda v: v.number)  # everything computed from it has been processed
        arrived[node] = waiting.pop(node)
        for parent, pull in node.history:
            back = pull(arrived[node])
            waiting[parent] = waiting[parent] + back if parent in waiting else back
    return [np.array(arrived.get(v, np.zeros(v.shape)), dtype=np.float64) for v in wrt]
