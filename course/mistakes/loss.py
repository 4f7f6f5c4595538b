"""Mistakes in the loss: another measure, a constant factor, a result that is not a number or has no history."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import first_wrong, multiplied, tensor_kind
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.source import scales_gradients, scales_rate
from course.network.activations import log_softmax, sigmoid_of
from course.network.losses import Loss
from course.network.tape import Array, Variable, variable
from course.runner import Code

Change = Callable[[Loss], Loss]


def times(factor: Callable[[Array], float]) -> Change:
    """Return the change that multiplies the loss by a factor, which may depend on the shape of y_pred."""
    return lambda right: lambda p, y: right(p, y) * factor(p.value)


def own(measure: Callable[[Variable], Variable]) -> Change:
    """Return the change to another measure of the difference d = y_pred − y."""
    return lambda right: lambda p, y: measure(p - y)


def of_both(measure: Loss) -> Change:
    return lambda right: measure


def _squares(v: Variable) -> Variable:
    return (v * v).sum()


def _root(v: Variable) -> Variable:
    return v.apply(np.sqrt, lambda a: 0.5 / np.sqrt(a))


def _size(v: Variable) -> Variable:
    return v.apply(np.abs, np.sign)


def _per_entry(d: Variable) -> float:
    return 1.0 / d.value.size


def _known(value: Callable[[Array, Array], Array], gradient: Callable[[Array, Array], Array], mean: int) -> Change:
    """Return the change to a loss with this elementwise value and gradient; mean: 0 sums, 1 divides by size, 2 by n."""

    def measure(p: Variable, y: Variable) -> Variable:
        share = (1.0, 1 / p.value.size, 1 / len(p.value))[mean]
        entries = Variable(value(p.value, y.value), [(p, lambda g: g * gradient(p.value, y.value))])
        return entries.sum() * share

    return of_both(measure)


def _huber(p: Array, y: Array) -> Array:
    d = np.abs(p - y)
    return np.where(d <= 1, d * d / 2, d - 0.5)


def _log_shares(p: Array) -> Array:
    return log_softmax(variable(p)).value


_OTHER_LOSSES: tuple[tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]], ...] = (
    (_huber, lambda p, y: np.clip(p - y, -1, 1)),
    (lambda p, y: 2 * _huber(p, y), lambda p, y: 2 * np.clip(p - y, -1, 1)),
    (lambda p, y: np.logaddexp(p - y, y - p) - np.log(2), lambda p, y: np.tanh(p - y)),
    (lambda p, y: np.clip(p - y, -1, 1) ** 2, lambda p, y: 2 * (p - y) * (np.abs(p - y) < 1)),
    (lambda p, y: -y * _log_shares(p), lambda p, y: np.exp(_log_shares(p)) * y.sum(axis=1, keepdims=True) - y),
    (lambda p, y: np.logaddexp(0, p) - y * p, lambda p, y: sigmoid_of(p) - y),
    (lambda p, y: np.exp(p) - y * p, lambda p, y: np.exp(p) - y),
)

FACTORS: tuple[tuple[str, Change], ...] = (
    ("mean-not-sum", times(lambda p: 1 / p.size)),
    ("batch-mean", times(lambda p: 1 / len(p))),
    ("output-mean", times(lambda p: 1 / p.shape[1])),
    ("half-loss", times(lambda p: 0.5)),
    ("half-batch-mean", times(lambda p: 0.5 / len(p))),
    ("half-batch-mean", times(lambda p: 0.5 / p.size)),
    ("sign-flipped", times(lambda p: -1.0)),
)
MEASURES: tuple[tuple[str, Change], ...] = (
    ("root-of-mean", lambda right: lambda p, y: _root(right(p, y))),
    ("root-of-mean", lambda right: lambda p, y: _root(right(p, y) * _per_entry(p))),
    ("not-squared", own(lambda d: d.sum())),
    ("not-squared", own(lambda d: -d.sum())),
    ("not-squared", own(lambda d: d.sum() * _per_entry(d))),
    ("not-squared", own(lambda d: d.sum() * -_per_entry(d))),
    ("doubled-not-squared", own(lambda d: d.sum() * 2.0)),
    ("doubled-not-squared", own(lambda d: d.sum() * -2.0)),
    ("absolute-not-squared", own(lambda d: _size(d).sum())),
    ("absolute-not-squared", own(lambda d: _size(d).sum() * _per_entry(d))),
    ("square-of-sum", own(lambda d: d.sum() * d.sum())),
    ("other-loss", own(lambda d: _root((d * d).sum(axis=1)).sum())),
    ("difference-of-squares", of_both(lambda p, y: _squares(p) - _squares(y))),
    ("difference-of-squares", of_both(lambda p, y: _squares(y) - _squares(p))),
    ("plus-target", of_both(lambda p, y: _squares(p + y))),
    ("forgot-target", of_both(lambda p, y: _squares(p))),
    ("product-not-square", own(lambda d: (d @ d.T).sum())),
    ("product-not-square", own(lambda d: (d.T @ d).sum())),
    *(("other-loss", _known(*loss, mean)) for loss in _OTHER_LOSSES for mean in (0, 1, 2)),
)
# A column of predictions that lost its axis, so that broadcasting pairs each one with each target.
SQUEEZED: Change = lambda right: lambda p, y: right(p.T if p.shape[1] == 1 else p, y)  # noqa: E731
NOT_SCALAR: tuple[Change, ...] = (
    own(lambda d: d * d),
    own(_size),
    *(own(lambda d, a=a, k=k: (d * d).sum(axis=a, keepdims=k)) for a in (0, 1) for k in (False, True)),  # type: ignore[misc]
    own(lambda d: (d * d).sum(axis=1) / d.shape[1]),
    own(lambda d: (d * d).sum(axis=0) / d.shape[0]),
    own(lambda d: d.T @ d),
    own(lambda d: d @ d.T),
)


def wrong(of: str, change: Change) -> Mutant:
    """Return the mutant with another loss, both reported and minimised."""
    return mutant(of, reported=change, minimised=change)


def _huber_of(a: float) -> Change:
    """Return the change to twice the usual Huber loss: the square up to a, linear beyond."""
    return _known(
        lambda p, y: np.where(np.abs(p - y) <= a, (p - y) ** 2, a * (2 * np.abs(p - y) - a)),
        lambda p, y: 2 * np.clip(p - y, -a, a),
        0,
    )


def _times(code: Code) -> bool:
    """Return whether the code multiplies matrices."""
    return any(isinstance(n, ast.MatMult) for n in code.nodes) or code.calls_any(
        "dot", "matmul", "mm", "einsum", "inner"
    )


ONE_NUMBER: tuple[Mutant, ...] = (
    *(wrong(of, change) for of, change in (*FACTORS, *MEASURES) if of != "product-not-square"),
    # squaring the sums over an axis gives the same number as a product: the source shows which it is
    *(
        replace(wrong(name, change), condition=lambda s, product=product: _times(s.code) == product)  # type: ignore[misc]
        for of, change in MEASURES
        if of == "product-not-square"
        for name, product in ((of, True), ("square-of-sum", False))
    ),
    Mutant(
        "other-loss",
        lambda a: {"reported": _huber_of(a), "minimised": _huber_of(a)},
        numbers=(),
        fits=lambda a: a > 0,
    ),
    wrong("axis-squeezed", SQUEEZED),
)
# A wrong loss as it is returned; in training it is reported, minimised or both.
HANDED_BACK: tuple[Mutant, ...] = (*ONE_NUMBER, *(wrong("loss-not-scalar", change) for change in NOT_SCALAR))
_IN_A_LOOP = tuple((of, change) for of, change in FACTORS if of != "sign-flipped")
# In a loop by hand, the minimised loss shows in the gradient of y_pred, which has mistakes of its own.
NOTED: tuple[Mutant, ...] = (
    *(wrong(of, change) for of, change in (*_IN_A_LOOP, *MEASURES)),
    *(mutant(of, reported=change) for of, change in (*FACTORS, *MEASURES[:2])),
    wrong("axis-squeezed", SQUEEZED),
)
IN_TRAINING: tuple[Mutant, ...] = (
    *NOTED,
    # half a learning rate is not half a loss
    *(
        mutant(
            of,
            lambda s, half=of == "half-loss": not scales_rate(s.code) and not (half and scales_gradients(s.code)),  # type: ignore[misc]
            minimised=change,
        )
        for of, change in _IN_A_LOOP
    ),
)


def _numbers_only(function: Callable[[np.ndarray], Any]) -> Callable[[Observation], Any]:
    return lambda obs: function(np.asarray(obs["y_pred"] - obs["y"]))


_ROUNDING = ("round", "floor", "ceil", "trunc", "rint", "around", "fix", "int", "Decimal")


def rounds(obs: Observation) -> bool:
    """Return whether the code contains something that rounds numbers."""
    names = {*obs.code.names, *obs.fact("mentions", [])}
    return obs.code.formats or any(name.strip("_") in _ROUNDING for name in names)


def _rounded(obs: Observation) -> bool:
    got, loss = float(obs.got("loss")), float(obs.truth["loss"])
    nearest = [round(loss, digits) for digits in range(-3, 9)] + [float(f"{loss:.{digits}g}") for digits in range(1, 9)]
    rounded = any(abs(got - value) <= 1e-12 * loss for value in (*nearest, np.floor(loss), np.ceil(loss)))
    # a number with few digits, such as one in bfloat16, may be round by chance
    return rounded and rounds(obs)


def _a_function(obs: Observation) -> bool:
    row = first_wrong(obs)
    return row.problem == "type" and row.got.endswith(("method", "method_descriptor", "function"))


def _wrong_shape(obs: Observation, *, array: bool) -> bool:
    is_array = bool(obs.option("tensors")) and tensor_kind(obs, "loss") == "array"
    return is_array == array and first_wrong(obs).problem == "shape"


REDUCTION_UNKNOWN = mistake("reduction-unknown", error="is not a valid value for reduction")
POWER_AS_CARET = mistake("caret-not-power", error=r"bitwise_xor|unsupported operand type\(s\) for \^")
# A loss as a plain number: measures that have no gradient here, and results that are not a number.
OF_A_NUMBER: tuple[Mistake, ...] = (
    mistake(
        "spectral-norm",
        "loss",
        values=(_numbers_only(lambda d: np.linalg.norm(d, 2)), _numbers_only(lambda d: np.linalg.norm(d, 2) ** 2)),
    ),
    mistake("product-not-square", error=lambda s: multiplied(s, "n d_out @ n d_out")),
    mistake("first-sample-only", "loss", value=_numbers_only(lambda d: np.sum(d[0] ** 2))),
    mistake("rounded", "loss", condition=_rounded),
    mistake("call-missing", "loss", condition=_a_function),
    POWER_AS_CARET,
    mistake(
        "loss-not-scalar",
        "loss",
        condition=lambda s: _wrong_shape(s, array=False),
        error=r"converted to Scalar|converted to (a )?Python scalar|to a Python scalar",
    ),
)
AN_ARRAY = mistake("array-not-tensor", "loss", condition=lambda s: _wrong_shape(s, array=True))
# A loss that is to be differentiated.
OF_A_TENSOR: tuple[Mistake, ...] = (
    mistake("loss-is-a-number", "loss", condition=lambda s: tensor_kind(s, "loss") == "number"),
    mistake(
        "loss-not-scalar",
        "loss",
        values=(lambda s: np.reshape(s["loss"], (1,)), lambda s: np.reshape(s["loss"], (1, 1))),
    ),
    POWER_AS_CARET,
    REDUCTION_UNKNOWN,
)
