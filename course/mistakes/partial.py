"""Sums that leave something out: examples or outputs that a loop never meets, or does not add to the others."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import parameter_names
from course.network.losses import LOSSES
from course.network.network import RIGHT, leaves_of, stack
from course.network.tape import Array, variable

# Of so many summands every choice is tried; of more only those from the first on, to the last, and all but one.
MAX_TRIED = 10
# As near has a sum to be, in the digits of float64: a choice among a thousand can be as near as 1e-5 by chance.
NEAR = 1e-8
# Of large gradients a corner says which examples are in it.
CORNER = 20


def _sums_of_some(summands: Array) -> Array:
    """Return the sums of some of the summands (n, …), but not of all of them."""
    n = len(summands)
    if n <= MAX_TRIED:
        return np.array(list(itertools.product((0.0, 1.0), repeat=n)))[:-1] @ summands
    up_to = np.cumsum(summands, axis=0)
    return np.concatenate([up_to[:-1], up_to[-1] - up_to[:-1], up_to[-1] - summands])


def _near(obs: Observation) -> float:
    return NEAR if obs.question.dtype == "float64" else 1e-4


def _of_some(obs: Observation, squares: Array, got: float) -> bool:
    """Tell whether a number is the sum over some rows or columns only."""
    sums = np.concatenate([_sums_of_some(squares.sum(axis)) for axis in (0, 1)])
    return bool(np.any(np.abs(sums - got) <= _near(obs) * np.abs(sums)))


def _of_loss(obs: Observation) -> bool:
    squares = (obs["y_pred"] - obs["y"]) ** 2
    # that of the first example alone has a name of its own
    return _of_some(obs, squares, float(obs.got("loss"))) and not obs.agrees("loss", squares[0].sum())


def _of_first_loss(obs: Observation) -> bool:
    layers = stack(leaves_of({name: obs[name] for name in parameter_names(obs)}))
    loss, y_pred = LOSSES[obs.option("loss") or "squares"], RIGHT.predict(variable(obs["x"]), layers).value
    rows = np.array([loss(variable(p), variable(t)).value for p, t in zip(y_pred, obs["y"], strict=True)])
    got = float(obs.got("losses").ravel()[0])
    drawn = len(rows) > MAX_TRIED and obs.code.mentions("rand", "perm", "shuffle", "choice", "sample", "DataLoader")
    return drawn or bool(np.any(np.abs(_sums_of_some(rows) - got) <= _near(obs) * abs(got)))


def _of_gradient(obs: Observation, name: str, left: str, right: str) -> bool:
    """Tell whether a gradient is the sum over some examples only."""
    a, g = obs[left][:, :CORNER], np.asarray(obs.truth[right])[:, :CORNER]
    each = np.einsum("ni,nj->nij", a, g).reshape(len(a), -1)
    off = np.linalg.norm(_sums_of_some(each) - obs.got(name)[:CORNER, :CORNER].ravel(), axis=1)
    return bool(np.any(off <= _near(obs) * np.linalg.norm(each)))


def _unless_extreme(test: Callable[[Observation], bool]) -> Callable[[Observation], bool]:
    """Return the test where values are not so small that a threshold, and no missing summand, may leave nothing."""
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
OF_LOOP: Mistake = mistake("mini-batch", "losses", condition=_of_first_loss)
