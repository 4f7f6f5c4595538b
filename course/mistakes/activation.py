"""Mistakes in the activation function, and in where it is applied."""

from __future__ import annotations

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import first_wrong, line_has, multiplied
from course.mistakes.loss import rounds
from course.mistakes.mutant import Mutant, mutant
from course.network.activations import (
    OTHERS,
    celu,
    clipped,
    each,
    elu,
    identity,
    leaky,
    log_softmax,
    relu,
    sigmoid,
    smoothed,
    softmax,
    softplus,
    threshold,
)
from course.runner.syntax import is_zero, last_name

# Slopes of LeakyReLU in torch, in papers and in other texts; a ceiling of 6 is torch's ReLU6.
SLOPES = (0.01, 0.1, 0.2, 0.25, 0.3, 0.001, 0.05, 0.5)
CEILINGS = (6.0, 1.0)


def _h_is_kept(obs: Observation) -> bool:
    return not obs.fact("changed")


BETWEEN = (
    mutant("no-relu", activation=identity),
    mutant("relu-wrong-side", activation=clipped(-np.inf, 0.0)),
    mutant("relu-wrong-side", activation=each(lambda h: np.maximum(-h, 0), lambda h: -1.0 * (h < 0))),
    mutant("absolute-value", activation=each(np.abs, np.sign)),
    Mutant("leaky-relu", lambda a: {"activation": leaky(a)}, numbers=SLOPES, fits=lambda a: 0 < a < 1),
    mutant("relu-is-mask", activation=each(lambda h: h > 0, lambda h: 0.0 * h)),
    Mutant("relu-capped", lambda a: {"activation": clipped(0.0, a)}, numbers=CEILINGS, fits=lambda a: a > 0),
    *(mutant("other-activation", activation=f) for f in OTHERS.values()),
    Mutant("other-activation", lambda a: {"activation": clipped(-a, a)}, numbers=(), fits=lambda a: a > 0),
    *(
        Mutant("other-activation", lambda a, of=of: {"activation": of(a)}, numbers=(), fits=lambda a: a > 0)  # type: ignore[misc]
        for of in (softplus, smoothed, elu, celu, lambda a: clipped(a, np.inf), threshold)
    ),
)
_SHARES = (softmax(1), softmax(0), sigmoid, log_softmax, OTHERS["tanh"])
AROUND = (
    mutant("relu-on-output", on_output=relu),
    *(mutant("softmax-on-output", on_output=f) for f in _SHARES),
    mutant("relu-on-input", on_input=relu, condition=_h_is_kept),
)
# If h_relu is not returned, the activation may also be missing between the layers.
ELSEWHERE = (
    *AROUND,
    mutant("relu-on-output", on_output=relu, activation=identity),
    *(mutant("softmax-on-output", on_output=f, activation=identity) for f in _SHARES),
    mutant("relu-on-input", on_input=relu, activation=identity, condition=_h_is_kept),
)
FROM_H = mutant("y-pred-from-h", carried=lambda h, h_relu: h)


def leaked(obs: Observation, name: str, through: np.ndarray) -> np.ndarray:
    """Return `through`, (n, d_h), multiplied where units are off by the factor observed in the answer.

    Raises KeyError if the factor is not the slope of a LeakyReLU.
    """
    off = obs["h"] < 0
    slope = float(np.median(obs.got(name)[off] / through[off])) if off.any() else 0.5
    if not 0 < slope < 1:
        raise KeyError(name)
    return np.where(off, slope * through, through)


def _capped(obs: Observation) -> np.ndarray:
    """Return h_relu clipped at the largest entry of the answer; raise KeyError unless that is positive."""
    got = obs.got("h_relu")
    ceiling = float(np.max(got))
    if ceiling <= 0:
        raise KeyError("h_relu")
    return np.clip(obs["h"], 0, ceiling)


def _reduced(obs: Observation) -> np.ndarray:
    h, shape = obs["h"], obs.got("h_relu").shape
    for axis in (0, 1, None):
        for keep in (False, True):
            reduced = np.max(h, axis=axis, keepdims=keep)
            if shape in (np.shape(reduced), np.shape(np.maximum(reduced, 0))):
                return np.asarray(np.maximum(reduced, 0) if np.min(obs.got("h_relu")) >= 0 else reduced)
    raise KeyError("h_relu")


def _max_raised(obs: Observation) -> bool:
    text = obs.error
    if "return_types.max" in text or line_has(obs, r"\b(np|torch)\.max\( ?0 ?,"):
        return True
    flat = "must be a matrix" in text or "enough dimensions" in text or "at least 1D" in text
    maximum = [call for call in obs.code.calls if last_name(call.func) in ("max", "amax", "nanmax")]
    reduces = any(not (call.args and is_zero(call.args[0])) for call in maximum)
    return reduces and (flat or multiplied(obs, "n n @ d_h d_out"))


TUPLE_OF_MAX = mistake(
    "max-reduces", error=r"return_types|max\(\): |'tuple' object has no attribute|unsupported operand .*tuple"
)
RELU_BUILT = mistake(
    "relu-module-not-called", error=r"must be Tensor, not ReLU|got ReLU|'ReLU' object|unsupported operand type.*ReLU"
)
MAXIMUM_OF_NUMBER = mistake("maximum-of-number", error=r"maximum\(\): .*must be Tensor, not (int|float)")
MASK_MULTIPLIED = mistake("relu-is-mask", error=r"got: bool !=|not implemented for 'Bool'")

_BY_CHANCE = ("dropout", "Dropout", "bernoulli", "binomial", "choice", "rand", "random", "uniform")


def by_chance(*rows: str) -> Mistake:
    """Return the mistake of a forward pass that draws random numbers."""
    return mistake("dropout", *rows, condition=lambda s: s.code.calls_any(*_BY_CHANCE))


def _rounded(obs: Observation) -> bool:
    name = first_wrong(obs).name
    got, off = obs.got(name), np.max(np.abs(obs.got(name) - obs.truth[name]))
    return rounds(obs) and any(
        np.allclose(got, np.round(got, digits), rtol=1e-6, atol=0) and off < 10.0**-digits for digits in range(7)
    )


def _same_in_each_row(obs: Observation) -> bool:
    """Return whether all rows are off by the same vector, as by a bias, but not as by shifted or centred data."""
    row = first_wrong(obs)
    got, near = obs.got(row.name), 1e-5 if obs.question.dtype == "float64" else 1e-2
    off, shift = got - obs.truth[row.name], obs["w1" if row.name == "h" else "w2"].sum(axis=0)
    centred = np.abs(got.mean(axis=0)).max() <= 1e-3 * np.abs(got).max()
    shifted = shift.size > 1 and abs(np.vdot(off[0], shift)) > 0.999 * np.linalg.norm(off[0]) * np.linalg.norm(shift)
    return not (centred or shifted) and bool(np.all(np.abs(off - off[:1]) <= near * np.abs(off).max()))


# For an exercise that returns `h` and `h_relu`, in addition to the mutants.
OF_FORWARD: tuple[Mistake, ...] = (
    mistake("h-overwritten", "h", value=lambda s: np.maximum(s["h"], 0), condition=lambda s: s.is_right("h_relu")),
    mistake("batch-axis-last", "h", value=lambda s: s["h"].T),
    mistake("leaky-relu", "h_relu", value=lambda s: leaked(s, "h_relu", s["h"])),
    mistake("relu-capped", "h_relu", value=_capped),
    mistake("max-reduces", "h_relu", value=_reduced, error=_max_raised),
    MASK_MULTIPLIED,
    by_chance("h_relu", "y_pred"),
    mistake("bias-added", "h", "y_pred", condition=_same_in_each_row),
    mistake("rounded", "h", "h_relu", "y_pred", condition=_rounded),
)
