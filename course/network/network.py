"""The network of all six ways, built from replaceable parts.

    h = x · w1 + b1        (n, d_h)      h_relu = max(h, 0)
    y_pred = h_relu · w2 + b2            (n, d_out)
    loss = Σ (y_pred − y)²

A mistake is this network with a part replaced; the resulting quantities are computed, not written down. Everything is
float64. Gradients come from `course.network.tape`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from course.network.activations import Function, identity, relu
from course.network.losses import Loss, sum_of_squares
from course.network.tape import Array, Variable, grad_of_left, grad_of_right, gradients, variable

Arrays = Mapping[str, Array]
# Weight (in, out) and bias (out,) of each layer, from first to last; None for a missing bias.
Layers = Sequence[tuple[Variable, Variable | None]]
GRADIENTS = ("grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1")


def _as_it_is(right: Loss) -> Loss:
    return right


@dataclass(frozen=True, eq=False)
class Network:
    """The network, its loss and its backward pass by hand.

    on_input, activation, on_output: functions before the first layer, between the layers, after the last.
    carried: the input of the second layer, from h and h_relu.
    reported, minimised: map the right loss to the loss that is noted and to the one that gradients are taken of.
    penalty: coefficient of the sum of squares of all parameters, added to the loss (and by autograd to the gradients).
    The rest is for the backward pass by hand. error: gradient of y_pred, from y_pred and y; None for that of
    `minimised`.
    gate: gradient of h, from h and the incoming gradient; None for that of `activation`.
    feeds_w2: what is multiplied with grad_y_pred to give the gradient of w2, from h and h_relu; feeds_w1: what is
    multiplied with x to give the gradient of w1, from grad_h_relu and grad_h.
    after: changes to the finished gradients, by name, from the gradient and the number of samples.
    """

    on_input: Function = identity
    activation: Function = relu
    on_output: Function = identity
    carried: Callable[[Variable, Variable], Variable] = lambda h, h_relu: h_relu
    reported: Callable[[Loss], Loss] = _as_it_is
    minimised: Callable[[Loss], Loss] = _as_it_is
    penalty: float = 0.0
    error: Callable[[Array, Array], Array] | None = None
    gate: Callable[[Array, Array], Array] | None = None
    feeds_w2: Callable[[Array, Array], Array] = lambda h, h_relu: h_relu
    feeds_w1: Callable[[Array, Array], Array] = lambda grad_h_relu, grad_h: grad_h
    after: Mapping[str, Callable[[Array, int], Array]] = field(default_factory=dict)

    def predict(self, x: Variable, layers: Layers) -> Variable:
        """Return y_pred, (n, d_out), of any number of layers, with the activation between each two of them."""
        flow = self.on_input(x)
        for layer in layers[:-1]:
            h = linear(flow, *layer)
            flow = self.carried(h, self.activation(h))
        return self.on_output(linear(flow, *layers[-1]))

    def forward(self, x: Array, layers: Layers) -> dict[str, Array]:
        """Return h and h_relu, (n, d_h), and y_pred, (n, d_out), for two layers."""
        first, second = layers
        h = linear(self.on_input(variable(x)), *first)
        h_relu = self.activation(h)
        y_pred = self.on_output(linear(self.carried(h, h_relu), *second))
        return {"h": h.value, "h_relu": h_relu.value, "y_pred": y_pred.value}

    def loss(self, y_pred: Array, y: Array, right: Loss = sum_of_squares) -> Array:
        """Return the reported loss: one number, or whatever the mistaken measure gives."""
        return self.reported(right)(variable(y_pred), variable(y)).value

    def backward(self, x: Array, y: Array, w2: Array, h: Array, h_relu: Array, y_pred: Array) -> dict[str, Array]:
        """Return the five gradients in the order of GRADIENTS, computed step by step from the given values."""
        n = len(x)
        found: dict[str, Array] = {}

        def keep(name: str, gradient: Array) -> Array:
            found[name] = self.after[name](gradient, n) if name in self.after else gradient
            return found[name]

        minimised = self.minimised(sum_of_squares)
        at = Variable(y_pred)
        error = gradients(minimised(at, variable(y)), [at])[0] if self.error is None else self.error(y_pred, y)
        error = keep("grad_y_pred", error)
        keep("grad_w2", grad_of_right(self.feeds_w2(h, h_relu), error))
        arrived = keep("grad_h_relu", grad_of_left(error, w2))
        grad_h = keep("grad_h", self.through_gate(h, arrived))
        keep("grad_w1", grad_of_right(x, self.feeds_w1(arrived, grad_h)))
        return found

    def through_gate(self, h: Array, arrived: Array) -> Array:
        """Return the gradient of h, (n, d_h), from that of h_relu."""
        leaf = Variable(h)
        return gradients(self.activation(leaf), [leaf], arrived)[0] if self.gate is None else self.gate(h, arrived)

    def differentiate(self, x: Array, y: Array, parameters: Arrays, right: Loss = sum_of_squares) -> dict[str, Array]:
        """Return the reported "loss" and, for each parameter, "grad_<name>" of the minimised loss by autograd."""
        leaves = leaves_of(parameters)
        y_pred = self.predict(variable(x), stack(leaves))
        reported = self.reported(right)(y_pred, variable(y))
        minimised = reported if self.minimised is self.reported else self.minimised(right)(y_pred, variable(y))
        found = zip(parameters.items(), gradients(minimised, list(leaves.values())), strict=True)
        return {
            "loss": reported.value + self.penalised(parameters),
            **{f"grad_{name}": gradient + 2 * self.penalty * array for (name, array), gradient in found},
        }

    def penalised(self, parameters: Arrays) -> float:
        """Return the penalty term of the loss."""
        return self.penalty and self.penalty * sum(float(np.sum(array**2)) for array in parameters.values())


RIGHT = Network()


def linear(x: Variable, weight: Variable, bias: Variable | None) -> Variable:
    product = x @ weight
    return product if bias is None else product + bias


def leaves_of(parameters: Arrays) -> dict[str, Variable]:
    return {name: Variable(array) for name, array in parameters.items()}


def stack(leaves: Mapping[str, Variable]) -> Layers:
    """Return parameters as layers.

    They are named w1, w2 and optionally b1, b2; or as in torch, "<i>.weight" (out, in) and "<i>.bias".
    """
    if "w1" in leaves:
        return [(leaves[f"w{i}"], leaves.get(f"b{i}")) for i in (1, 2)]
    prefixes = sorted({name.rpartition(".")[0] for name in leaves}, key=int)
    return [(leaves[f"{p}.weight"].T, leaves.get(f"{p}.bias")) for p in prefixes]
