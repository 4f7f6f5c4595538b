"""Incomplete sums: examples or outputs that a loop never reaches, or does not add to the others."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import parameter_names
from course.network.losses import LOSSES
from course.network.network import RIGHT, leaves_of, stack
from course.network.tape import Array, variable

# Up to this many summands, every subset is tried; beyond it, prefixes, suffixes, all but one, every second to tenth.
MAX_TRIED = 10
# Relative tolerance of a sum in float64: one of a thousand subsets can come as close as 1e-5 by chance.
NEAR = 1e-8
# A corner of this many rows and columns is enough to see which examples are in a large gradient.
CORNER = 20


def _sums_of_some(summands: Array) -> Array:
    """Return the sums of proper subsets of the summands (n, …)."""
    n = len(summands)
    if n <= MAX_TRIED:
        return np.array(list(itertools.product((0.0, 1.0), repeat=n)))[:-1] @ summands
    up_to = np.cumsum(summands, axis=0)
    strides = [summands[first::step].sum(0) for step in range(2, MAX_TRIED + 1) for first in range(step)]
    return np.concatenate([up_to[:-1], up_to[-1] - up_to[:-1], up_to[-1] - summands, strides])


def _near(obs: Observation) -> float:
    return NEAR if obs.question.dtype == "float64" else 1e-4


def _of_some(obs: Observation, squares: Array, got: float) -> bool:
    """Return whether a number is the sum over only some rows or only some columns."""
    return _is_among(obs, got, np.concatenate([_sums_of_some(squares.sum(axis)) for axis in (0, 1)]))


def _is_among(obs: Observation, got: float, sums: Array) -> bool:
    return bool(np.any(np.abs(sums - got) <= _near(obs) * np.abs(sums)))


def _of_loss(obs: Observation) -> bool:
    squares = (obs["y_pred"] - obs["y"]) ** 2
    # the sum over the first example alone is another named mistake
    some = _of_some(obs, squares, float(obs.got("loss"))) and not obs.agrees("loss", squares[0].sum())
    return some or obs.agrees("loss", squares[-1, -1])


def _loss_of_each(obs: Observation) -> Array:
    """Return the right loss of each example, at the given parameters."""
    layers = stack(leaves_of({name: obs[name] for name in parameter_names(obs)}))
    loss, y_pred = LOSSES[obs.option("loss") or "squares"], RIGHT.predict(variable(obs["x"]), layers).value
    return np.array([loss(variable(p), variable(t)).value for p, t in zip(y_pred, obs["y"], strict=True)])


def _of_whole_loss(obs: Observation) -> bool:
    return _is_among(obs, float(obs.got("loss")), _sums_of_some(_loss_of_each(obs)))


def _of_weights_gradient(obs: Observation, name: str) -> bool:
    rows = [slice(i, i + 1) for i in range(len(obs["x"]))]
    weights = {weight: obs[weight] for weight in ("w1", "w2")}
    each = np.array([RIGHT.differentiate(obs["x"][r], obs["y"][r], weights)[name][:CORNER, :CORNER] for r in rows])
    return _is_sum_of_some(obs, name, each)


def _of_first_loss(obs: Observation) -> bool:
    rows = _loss_of_each(obs)
    got = float(obs.got("losses").ravel()[0])
    drawn = len(rows) > MAX_TRIED and obs.code.mentions("rand", "perm", "shuffle", "choice", "sample", "DataLoader")
    return drawn or bool(np.any(np.abs(_sums_of_some(rows) - got) <= _near(obs) * abs(got)))


def _is_sum_of_some(obs: Observation, name: str, each: Array) -> bool:
    """Return whether a gradient is the sum over only some examples, given each one's, cut to the CORNER."""
    each = each.reshape(len(each), -1)
    off = np.linalg.norm(_sums_of_some(each) - obs.got(name)[:CORNER, :CORNER].ravel(), axis=1)
    return bool(np.any(off <= _near(obs) * np.linalg.norm(each)))


def _of_gradient(obs: Observation, name: str, left: str, right: str) -> bool:
    """Return whether a gradient is the sum over only some examples."""
    a, g = obs[left][:, :CORNER], np.asarray(obs.truth[right])[:, :CORNER]
    return _is_sum_of_some(obs, name, np.einsum("ni,nj->nij", a, g))


def _unless_extreme(test: Callable[[Observation], bool]) -> Callable[[Observation], bool]:
    """Restrict a test to usual questions: with tiny values a threshold, not a missing summand, may leave nothing."""
    return lambda obs: not obs.unusual and test(obs)


OF_LOSS: Mistake = mistake("sum-incomplete", "loss", condition=_unless_extreme(_of_loss), topic="loss")
OF_GRADIENTS: tuple[Mistake, ...] = (
    mistake(
        "sum-incomplete",
        "grad_w2",
        condition=_unless_extreme(lambda s: _of_gradient(s, "grad_w2", "h_relu", "grad_y_pred")),
        topic="gradient of w2",
    ),
    mistake(
        "sum-incomplete",
        "grad_w1",
        condition=_unless_extreme(lambda s: _of_gradient(s, "grad_w1", "x", "grad_h")),
        topic="gradient of w1",
    ),
)
OF_WHOLE_LOSS: Mistake = mistake("sum-incomplete", "loss", condition=_unless_extreme(_of_whole_loss), topic="loss")
OF_WEIGHTS: tuple[Mistake, ...] = tuple(
    mistake("sum-incomplete", name, condition=_unless_extreme(partial(_of_weights_gradient, name=name)))
    for name in ("grad_w1", "grad_w2")
)
OF_LOOP: Mistake = mistake("mini-batch", "losses", condition=_of_first_loss)
