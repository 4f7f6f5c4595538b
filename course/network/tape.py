"""Reverse-mode differentiation of the few operations that the network is made of, in NumPy.

A variable remembers what it was computed from, and how a gradient goes back through that operation. Everything is
float64. Source: Baydin et al., Automatic differentiation in machine learning: a survey, 2018, section 3.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

Array = np.ndarray
Pull = Callable[[Array], Array]


class Variable:
    """An array of float64 with its history: pairs of a variable and how a gradient goes back to it."""

    __slots__ = ("history", "value")
    __array_ufunc__ = None  # an array on the left leaves the operation to the variable on the right

    def __init__(self, value: Any, history: Iterable[tuple[Variable, Pull]] = ()) -> None:
        self.value: Array = np.asarray(value, dtype=np.float64)
        self.history = tuple(history)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def T(self) -> Variable:  # noqa: N802 - as NumPy spells it
        return Variable(self.value.T, [(self, lambda g: g.T)])

    def __matmul__(self, other: Any) -> Variable:
        a, b = self.value, variable(other).value
        return Variable(a @ b, [(self, lambda g: g @ b.T), (variable(other), lambda g: a.T @ g)])

    def __add__(self, other: Any) -> Variable:
        right = variable(other)
        pulls = [(v, lambda g, shape=v.shape: _summed_to(g, shape)) for v in (self, right)]
        return Variable(self.value + right.value, pulls)

    def __mul__(self, other: Any) -> Variable:
        right = variable(other)
        a, b = self.value, right.value
        pulls = [(self, lambda g: _summed_to(g * b, a.shape)), (right, lambda g: _summed_to(g * a, b.shape))]
        return Variable(a * b, pulls)

    def __neg__(self) -> Variable:
        return self * -1.0

    def __sub__(self, other: Any) -> Variable:
        return self + -variable(other)

    def __rsub__(self, other: Any) -> Variable:
        return -self + other

    def __truediv__(self, number: float) -> Variable:
        return self * (1.0 / number)

    __radd__ = __add__
    __rmul__ = __mul__

    def sum(self, axis: int | None = None, keepdims: bool = False) -> Variable:
        def pull(g: Array) -> Array:
            kept = g if keepdims or axis is None else np.expand_dims(g, axis)
            return np.broadcast_to(kept, self.shape)

        return Variable(self.value.sum(axis=axis, keepdims=keepdims), [(self, pull)])

    def apply(self, function: Callable[[Array], Array], derivative: Callable[[Array], Any]) -> Variable:
        """Apply a function to each entry by itself; `derivative` is that of the function, at each entry."""
        return Variable(function(self.value), [(self, lambda g: g * derivative(self.value))])


def variable(thing: Any) -> Variable:
    return thing if isinstance(thing, Variable) else Variable(thing)


def _summed_to(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which an array of that shape was repeated."""
    if gradient.shape == shape:
        return gradient
    extra = gradient.ndim - len(shape)
    summed = gradient.sum(axis=tuple(range(extra))) if extra else gradient
    repeated = tuple(i for i, size in enumerate(shape) if size == 1 and summed.shape[i] != 1)
    return summed.sum(axis=repeated, keepdims=True) if repeated else summed


def gradients(of: Variable, wrt: Sequence[Variable], upstream: Array | None = None) -> list[Array]:
    """Return the gradient of `of` with respect to each variable, each of that variable's shape.

    upstream: the gradient that arrives at `of`, of its shape; 1 where there is none, as for a loss. Where no path leads
    to a variable its gradient is zero.
    """
    arrived: dict[int, Array] = {id(of): np.ones(of.shape) if upstream is None else upstream}
    for node in reversed(_in_order(of)):
        if id(node) in arrived:
            for parent, pull in node.history:
                back = pull(arrived[id(node)])
                arrived[id(parent)] = arrived[id(parent)] + back if id(parent) in arrived else back
    return [np.array(arrived.get(id(v), np.zeros(v.shape)), dtype=np.float64) for v in wrt]


def _in_order(last: Variable) -> list[Variable]:
    """Return what a variable was computed from, each before whatever was computed from it."""
    order: list[Variable] = []
    seen: set[int] = set()
    waiting: list[tuple[Variable, bool]] = [(last, False)]
    while waiting:
        node, done = waiting.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting += [(parent, False) for parent, _ in node.history]
    return order
