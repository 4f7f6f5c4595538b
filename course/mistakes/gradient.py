"""Mistakes in a backward pass by hand: constant factors, transposed factors, and the upstream gradient."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import (
    elementwise_shape_error,
    elementwise_transpose_error,
    line_has,
    multiplied,
    product_failed,
    raises,
)
from course.mistakes.loss import rounds
from course.mistakes.mask import in_line_of_mask
from course.mistakes.mutant import Mutant, mutant
from course.network.network import GRADIENTS
from course.network.tape import Array
from course.runner import Code


def _after(of: str, name: str, change: Callable[[Array, int], Array], topic: str | None = None) -> Mutant:
    return mutant(of, topic=topic, after={name: change})


def _d(y_pred: Array, y: Array) -> Array:
    return y_pred - y


# The gradient of y_pred: the same mistakes if it is one of five results and inside a loop.
FIRST: tuple[Mutant, ...] = (
    mutant("missing-factor-2", error=_d),
    mutant("sign-flipped", error=lambda p, y: -2 * _d(p, y)),
    mutant("sign-flipped", error=lambda p, y: -_d(p, y)),
    mutant("mean-not-sum", error=lambda p, y: 2 * _d(p, y) / p.size),
    mutant("batch-mean", error=lambda p, y: 2 * _d(p, y) / len(p)),
    mutant("output-mean", error=lambda p, y: 2 * _d(p, y) / p.shape[1]),
    mutant("half-batch-mean", error=lambda p, y: _d(p, y) / len(p)),
    mutant("half-batch-mean", error=lambda p, y: _d(p, y) / p.size),
    mutant("extra-factor-2", error=lambda p, y: 4 * _d(p, y)),
    *(mutant("kept-the-square", error=lambda p, y, f=f: f * _d(p, y) ** 2) for f in (2.0, 1.0, -2.0)),
    mutant("forgot-target", error=lambda p, y: 2 * p),
    mutant("forgot-target", error=lambda p, y: p),
)
PRODUCTS: tuple[Mutant, ...] = (
    mutant("w2-from-h", feeds_w2=lambda h, h_relu: h),
    mutant("w1-skips-gate", feeds_w1=lambda grad_h_relu, grad_h: grad_h_relu),
    *(_after("extra-factor-2", name, lambda g, n: 2 * g) for name in ("grad_w2", "grad_h_relu", "grad_w1")),
    *(_after("weight-gradients-averaged", name, lambda g, n: g / n) for name in ("grad_w2", "grad_w1")),
)
RESULTS_ONLY: tuple[Mutant, ...] = (
    mutant("output-masked", error=lambda p, y: 2 * _d(p, y) * (p > 0)),
    mutant("output-masked", error=lambda p, y: 2 * _d(p, y) * (p >= 0)),  # exactly 0 in rows where all units are off
)


def _turned(array: Array) -> Array:
    """Return an array reshaped, row by row, to its transposed shape."""
    return array.reshape(array.shape[::-1])


def if_square(matrix: Array) -> Array:
    """Return the transpose of a square matrix, and any other matrix unchanged."""
    return matrix.T if matrix.shape[0] == matrix.shape[1] > 1 else matrix


def _bounded(obs: Observation, name: str) -> Any:
    """Return a gradient clipped at the largest entry of the answer; raise KeyError unless that looks like a bound."""
    truth, got = np.asarray(obs.truth[name]), np.abs(obs.got(name))
    bound = float(np.max(got))
    plain = bound in obs.code.numbers or np.sum(got == bound) > 1
    if not obs.is_right(name) and not (bound and plain):
        raise KeyError(name)
    return np.clip(truth, -bound, bound)


def _normalised(obs: Observation, name: str, names: tuple[str, ...]) -> Any:
    """Return a gradient normalised to length 1 or to a number in the code, whichever is closest to the answer.

    names: of all gradients, which may be normalised together.
    """
    truth, length = np.asarray(obs.truth[name]), float(np.linalg.norm(obs.got(name)))
    if obs.is_right(name):
        return truth
    norm = float(np.linalg.norm(truth))
    together = float(np.linalg.norm([np.linalg.norm(obs.truth[other]) for other in names]))
    # a small number may be added to the norm, to avoid a division by 0, as `clip_grad_norm_` does
    small = {0.0, 1e-6, *(number for number in obs.code.numbers if number < 1e-3)}
    factors = [a / (n + eps) for n in (norm, together) for a in {1.0, *obs.code.numbers} - {0.0} for eps in small]
    return truth * min(factors, key=lambda factor: abs(factor * norm - length))


def _rounded(obs: Observation, name: str) -> bool:
    return rounds(obs) and any(obs.agrees(name, np.round(obs.truth[name], digits)) for digits in range(-3, 9))


def _decayed(obs: Observation) -> Any:
    """Return grad_w2 plus the multiple of w2 that fits the answer best; raise KeyError unless that is plausible."""
    truth, w2 = np.asarray(obs.truth["grad_w2"]), obs["w2"]
    share = float(np.vdot(obs.got("grad_w2") - truth, w2) / np.vdot(w2, w2))
    if not 0 < abs(share) < 10:
        raise KeyError("grad_w2")
    return truth + share * w2


def changed_after(*names: str) -> tuple[Mistake, ...]:
    """Return the mistakes of gradients that are right except for what is done to them at the end."""
    return (
        *(mistake("gradient-clipped", n, value=lambda s, n=n: _bounded(s, n)) for n in names),  # type: ignore[misc]
        *(mistake("gradient-normalised", n, value=lambda s, n=n: _normalised(s, n, names)) for n in names),  # type: ignore[misc]
        *(mistake("rounded", n, condition=lambda s, n=n: _rounded(s, n), topic="") for n in names),  # type: ignore[misc]
    )


_TO_AND_FRO = ("eps", "delta", "nudge", "step", "plus", "minus")
_SHORT = ("up", "down", "hi", "lo")


def _goes_to_and_fro(code: Code) -> bool:
    words = {word for name in code.names for word in name.lower().split("_")}
    return any(word.startswith(_TO_AND_FRO) or word in _SHORT for word in words)


def _by_differences(*names: str) -> Mistake:
    """Return the mistake of results that are off by no more than the error of finite differences.

    In float32, rounding alone may exceed that. The code must contain a small number and names such as "eps" or "plus".
    """

    def condition(obs: Observation) -> bool:
        nearly = obs.question.dtype == "float32" or all(
            np.linalg.norm(obs.got(n) - obs.truth[n]) <= 0.05 * np.linalg.norm(np.asarray(obs.truth[n])) for n in names
        )
        return nearly and any(0 < n <= 0.01 for n in obs.code.numbers) and _goes_to_and_fro(obs.code)

    return mistake("finite-differences", *names, condition=condition)


def _line_of_w2(obs: Observation) -> bool:
    return line_has(obs, r"\bw2\b")


def _met_the_mask(obs: Observation) -> bool:
    """Return whether torch found batch and hidden size on the same axis, in the line that applies the mask."""
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", obs.message)
    sizes = obs.option("sizes")
    return found is not None and {int(found[1]), int(found[2])} == {sizes["n"], sizes["d_h"]} and in_line_of_mask(obs)


OF_FORWARD: tuple[Mistake, ...] = (
    mistake("weights-transposed", "h", value=lambda s: s["x"] @ if_square(s["w1"])),
    mistake("elementwise-product", error=elementwise_shape_error),
    mistake(
        "weights-transposed",
        error=lambda s: (
            multiplied(s, "n d_in @ d_h d_in", "n d_h @ d_out d_h")
            and line_has(s, r"\.m?T\b|\.t\(|transpose|permute|linear|inner")
        ),
    ),
    mistake(
        "factors-swapped",
        error=lambda s: multiplied(
            s, "d_in d_h @ n d_in", "d_h d_in @ n d_in", "d_h d_out @ n d_h", "d_out d_h @ n d_h"
        ),
    ),
)


def _reshaped(name: str, *products: Callable[[Observation], Any]) -> Mistake:
    """Return the mistake of a gradient that is reshaped, or computed in one of these ways from a reshaped factor."""
    return mistake("reshape-not-transpose", name, values=(*products, lambda s: _turned(np.asarray(s.truth[name]).T)))


OF_BACKWARD: tuple[Mistake, ...] = (
    mistake(
        "loss-not-gradient",
        "grad_y_pred",
        values=(lambda s: np.sum((s["y_pred"] - s["y"]) ** 2), lambda s: 2 * np.sum(s["y_pred"] - s["y"])),
    ),
    *(mistake("gradient-transposed", n, value=lambda s, n=n: np.asarray(s.truth[n]).T) for n in GRADIENTS),  # type: ignore[misc]
    _reshaped("grad_w2", lambda s: _turned(s["h_relu"]) @ s.truth["grad_y_pred"]),
    _reshaped("grad_h_relu", lambda s: s.truth["grad_y_pred"] @ _turned(s["w2"])),
    _reshaped("grad_w1", lambda s: _turned(s["x"]) @ s.truth["grad_h"]),
    *changed_after(*GRADIENTS),
    mistake("weight-decay", "grad_w2", value=_decayed),
    _by_differences(*GRADIENTS),
    mistake("w2-not-transposed", "grad_h_relu", value=lambda s: s.truth["grad_y_pred"] @ if_square(s["w2"].T)),
    mistake("x-not-transposed", error=lambda s: multiplied(s, "n d_in @ n d_h")),
    mistake("h-not-transposed", error=lambda s: multiplied(s, "n d_h @ n d_out") and not _line_of_w2(s)),
    mistake("w2-not-transposed", error=lambda s: multiplied(s, "n d_out @ d_h d_out") and _line_of_w2(s)),
    mistake(
        "factors-swapped",
        error=lambda s: (
            (multiplied(s, "n d_out @ d_h n") and not _line_of_w2(s))
            or multiplied(s, "n d_h @ d_in n", "d_h d_out @ n d_out")
            or (multiplied(s, "d_out d_h @ n d_out") and _line_of_w2(s))
        ),
    ),
    mistake("gradient-transposed", error=lambda s: elementwise_transpose_error(s) or _met_the_mask(s), topic="shapes"),
    mistake("elementwise-product", error=lambda s: elementwise_shape_error(s) and not in_line_of_mask(s)),
)
# A product anywhere in code on autograd, where it is unknown what was to be multiplied.
OF_PRODUCTS: tuple[Mistake, ...] = (
    mistake(
        "elementwise-product",
        error=lambda s: raises(s, r"must match the size of tensor|broadcast") and not line_has(s, r"-=|\blr\b"),
    ),
    mistake("product-order", error=lambda s: product_failed(s) and not line_has(s, r"\b(64|1000|100|10)\b")),
)

_LAYER = ("grad_x", "grad_weight", "grad_bias")
_TURNED = r"weight\s?\.\s?(t\(|T\b|mT\b|transpose|permute)"


def _scaled(of: str, factor: Callable[[Observation], float], *names: str) -> tuple[Mistake, ...]:
    return tuple(mistake(of, n, value=lambda s, n=n: factor(s) * s.truth[n], topic="") for n in names)  # type: ignore[misc]


def _bias(of: str, *forms: Callable[[Array], Any]) -> Mistake:
    """Return the mistake of computing the gradient of the bias in one of these ways from that of the output."""
    return mistake(of, "grad_bias", values=[lambda s, form=form: form(s["grad_out"]) for form in forms])  # type: ignore[misc]


def _upstream_ignored(obs: Observation) -> bool:
    ones, weight, x = np.ones_like(obs["grad_out"]), obs["weight"], obs["x"]
    of_x = any(obs.agrees("grad_x", form) for form in (ones @ weight, weight))
    of_weight = any(obs.agrees("grad_weight", form) for form in (ones.T @ x, x))
    return (of_x or obs.is_right("grad_x")) and (of_weight or obs.is_right("grad_weight"))


OF_LAYER: tuple[Mistake, ...] = (
    *_scaled("sign-flipped", lambda s: -1.0, *_LAYER),
    *_scaled("extra-factor-2", lambda s: 2.0, *_LAYER),
    *_scaled("batch-mean", lambda s: 1 / len(s["x"]), *_LAYER[:2]),
    mistake("upstream-gradient-ignored", "grad_x", "grad_weight", condition=_upstream_ignored),
    mistake("weight-layout", "grad_x", value=lambda s: s["grad_out"] @ if_square(s["weight"])),
    mistake(
        "weight-layout",
        "grad_weight",
        value=lambda s: s.truth["grad_weight"].T,
        error=lambda s: product_failed(s) and line_has(s, _TURNED),
    ),
    mistake(
        "x-not-transposed", error=lambda s: product_failed(s) and line_has(s, r"\bx\b") and not line_has(s, _TURNED)
    ),
    mistake(
        "product-order", error=lambda s: product_failed(s) and not line_has(s, r"\bx\b") and not line_has(s, _TURNED)
    ),
    mistake("elementwise-product", error=lambda s: raises(s, "must match the size of tensor|broadcast")),
    mistake("gradient-transposed", "grad_x", value=lambda s: s.truth["grad_x"].T),
    _reshaped(
        "grad_weight",
        lambda s: _turned(s["grad_out"]) @ s["x"],
        lambda s: (_turned(s["x"]) @ s["grad_out"]).T,
        lambda s: _turned(_turned(s["x"]) @ s["grad_out"]),
    ),
    _reshaped("grad_x", lambda s: s["grad_out"] @ _turned(s["weight"].T)),
    mistake(
        "output-masked",
        "grad_x",
        values=(
            lambda s: s.truth["grad_x"] * (s["x"] > 0),
            lambda s: np.maximum(s.truth["grad_x"], 0),
            lambda s: np.maximum(s["grad_out"], 0) @ s["weight"],
            lambda s: (s["grad_out"] * (s["x"] @ s["weight"].T > 0)) @ s["weight"],
        ),
    ),
    _by_differences(*_LAYER),
    _bias("bias-gradient-not-summed", lambda g: g),
    _bias("bias-gradient-mean", lambda g: g.mean(0)),
    _bias("bias-gradient-wrong-axis", lambda g: g.sum(1), lambda g: g.sum(1, keepdims=True)),
    _bias("bias-gradient-one-number", lambda g: g.sum(), lambda g: g.sum().reshape(1)),
    _bias("bias-gradient-keepdim", lambda g: g.sum(0, keepdims=True), lambda g: g.sum(0)[:, None]),
    _bias("bias-gradient-ones", lambda g: np.ones(g.shape[1]), lambda g: len(g) * np.ones(g.shape[1])),
)
