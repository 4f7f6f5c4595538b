"""Mistakes of a backward pass by hand: factors, factors turned round, and what arrives from behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.idea import Idea, idea
from course.mistakes.evidence import (
    line_has,
    message,
    met_entry_by_entry,
    met_its_transpose,
    multiplied,
    product_failed,
    raises,
)
from course.mistakes.loss import BATCH_MEAN, FORGOT_TARGET, HALF_MEAN, MEAN_NOT_SUM, OUTPUT_MEAN, SIGN_FLIPPED
from course.mistakes.mask import OUTPUT_MASKED, UPSTREAM_IGNORED, in_line_of_mask
from course.mistakes.mutant import Mutant, mutant
from course.network.network import GRADIENTS
from course.network.tape import Array

MISSING_FACTOR_2 = idea("missing-factor-2")
EXTRA_FACTOR_2 = idea("extra-factor-2")
KEPT_THE_SQUARE = idea("kept-the-square")
LOSS_NOT_GRADIENT = idea("loss-not-gradient")
W2_FROM_H = idea("w2-from-h")
AVERAGED = idea("weight-gradients-averaged")
TRANSPOSED = idea("gradient-transposed")
RESHAPED = idea("reshape-not-transpose")
SKIPS_MASK = idea("w1-skips-gate")
CLIPPED = idea("gradient-clipped")
FINITE_DIFFERENCES = idea("finite-differences")
WEIGHT_DECAY = idea("weight-decay")
X_NOT_TRANSPOSED = idea("x-not-transposed")
H_NOT_TRANSPOSED = idea("h-not-transposed")
W2_NOT_TRANSPOSED = idea("w2-not-transposed")
FACTORS_SWAPPED = idea("factors-swapped")
WEIGHTS_TRANSPOSED = idea("weights-transposed")
ELEMENTWISE = idea("elementwise-product")
PRODUCT_ORDER = idea("product-order")
WEIGHT_LAYOUT = idea("weight-layout")
BIAS_NOT_SUMMED = idea("bias-gradient-not-summed")
BIAS_MEAN = idea("bias-gradient-mean")
BIAS_WRONG_AXIS = idea("bias-gradient-wrong-axis")
BIAS_ONE_NUMBER = idea("bias-gradient-one-number")
BIAS_KEEPDIM = idea("bias-gradient-keepdim")
BIAS_ONES = idea("bias-gradient-ones")


def _after(of: Idea, name: str, change: Callable[[Array, int], Array], topic: str | None = None) -> Mutant:
    return mutant(of, topic=topic, after={name: change})


def _d(y_pred: Array, y: Array) -> Array:
    return y_pred - y


# What the loss hands back to the prediction: the same where it is one of five results, and inside a loop.
FIRST: tuple[Mutant, ...] = (
    mutant(MISSING_FACTOR_2, error=_d),
    mutant(SIGN_FLIPPED, error=lambda p, y: -2 * _d(p, y)),
    mutant(SIGN_FLIPPED, error=lambda p, y: -_d(p, y)),
    mutant(MEAN_NOT_SUM, error=lambda p, y: 2 * _d(p, y) / p.size),
    mutant(BATCH_MEAN, error=lambda p, y: 2 * _d(p, y) / len(p)),
    mutant(OUTPUT_MEAN, error=lambda p, y: 2 * _d(p, y) / p.shape[1]),
    mutant(HALF_MEAN, error=lambda p, y: _d(p, y) / len(p)),
    mutant(HALF_MEAN, error=lambda p, y: _d(p, y) / p.size),
    mutant(EXTRA_FACTOR_2, error=lambda p, y: 4 * _d(p, y)),
    *(mutant(KEPT_THE_SQUARE, error=lambda p, y, f=f: f * _d(p, y) ** 2) for f in (2.0, 1.0, -2.0)),
    mutant(FORGOT_TARGET, error=lambda p, y: 2 * p),
    mutant(FORGOT_TARGET, error=lambda p, y: p),
)
PRODUCTS: tuple[Mutant, ...] = (
    mutant(W2_FROM_H, feeds_w2=lambda h, h_relu: h),
    mutant(SKIPS_MASK, feeds_w1=lambda grad_h_relu, grad_h: grad_h_relu),
    *(_after(EXTRA_FACTOR_2, name, lambda g, n: 2 * g) for name in ("grad_w2", "grad_h_relu", "grad_w1")),
    *(_after(AVERAGED, name, lambda g, n: g / n) for name in ("grad_w2", "grad_w1")),
)
RESULTS_ONLY: tuple[Mutant, ...] = (mutant(OUTPUT_MASKED, error=lambda p, y: 2 * _d(p, y) * (p > 0)),)


def _turned(array: Array) -> Array:
    """Return the same numbers, read row by row into the transposed shape."""
    return array.reshape(array.shape[::-1])


def _bounded(name: str) -> Callable[[Observation], Any]:
    """Return a gradient cut off at the largest entry that came back, if that is a plain bound."""

    def form(obs: Observation) -> Any:
        truth, got = np.asarray(obs.truth[name]), np.abs(obs.got(name))
        bound = float(np.max(got))
        if np.sum(got == bound) < 2 and truth.size > 2:
            raise KeyError(name)
        return np.clip(truth, -bound, bound)

    return form


def _decayed(name: str, weight: str) -> Callable[[Observation], Any]:
    """Return a gradient with as much of the weight added as what is too much shows, if that is a share of it."""

    def form(obs: Observation) -> Any:
        truth, w = np.asarray(obs.truth[name]), obs[weight]
        share = float(np.vdot(obs.got(name) - truth, w) / np.vdot(w, w))
        if not 0 < abs(share) < 10:
            raise KeyError(name)
        return truth + share * w

    return form


def _nearly(*names: str) -> Callable[[Observation], bool]:
    """Tell whether the results are right but for as little as a difference quotient is off.

    In float32 rounding alone may be more than that.
    """
    return lambda s: (
        s.question.dtype == "float32"
        or all(np.linalg.norm(s.got(n) - s.truth[n]) <= 0.05 * np.linalg.norm(np.asarray(s.truth[n])) for n in names)
    )


def _nudges(obs: Observation) -> bool:
    """Tell whether the text has a small number in it that something is divided by, and a loop or a sum to and fro."""
    small = [n for n in obs.code.numbers if 0 < n <= 0.01]
    return bool(small) and obs.code.mentions("eps", "delta", "nudge", "step", "plus", "minus", "up", "down", "hi", "lo")


def _line_of_w2(obs: Observation) -> bool:
    return line_has(obs, r"\bw2\b")


def _met_the_mask(obs: Observation) -> bool:
    """Tell whether torch found the sizes of batch and hidden layer at one place, in the line that applies the mask."""
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", message(obs))
    sizes = obs.option("sizes")
    return found is not None and {int(found[1]), int(found[2])} == {sizes["n"], sizes["d_h"]} and in_line_of_mask(obs)


OF_FORWARD: tuple[Mistake, ...] = (
    ELEMENTWISE.shows(error=met_entry_by_entry),
    WEIGHTS_TRANSPOSED.shows(
        error=lambda s: (
            (multiplied(s, "n d_in", "d_h d_in") or multiplied(s, "n d_h", "d_out d_h"))
            and line_has(s, r"\.m?T\b|\.t\(|transpose|permute|linear|inner")
        )
    ),
    FACTORS_SWAPPED.shows(
        error=lambda s: any(
            multiplied(s, *shapes)
            for shapes in (
                ("d_in d_h", "n d_in"),
                ("d_h d_in", "n d_in"),
                ("d_h d_out", "n d_h"),
                ("d_out d_h", "n d_h"),
            )
        )
    ),
)


def _transposed(name: str) -> Mistake:
    return TRANSPOSED.shows(name, value=lambda s: np.asarray(s.truth[name]).T)


OF_BACKWARD: tuple[Mistake, ...] = (
    LOSS_NOT_GRADIENT.shows(
        "grad_y_pred",
        values=(lambda s: np.sum((s["y_pred"] - s["y"]) ** 2), lambda s: 2 * np.sum(s["y_pred"] - s["y"])),
    ),
    *map(_transposed, GRADIENTS),
    RESHAPED.shows(
        "grad_w2",
        values=(
            lambda s: _turned(s["h_relu"]) @ s.truth["grad_y_pred"],
            lambda s: _turned(np.asarray(s.truth["grad_w2"]).T),
        ),
    ),
    RESHAPED.shows(
        "grad_h_relu",
        values=(
            lambda s: s.truth["grad_y_pred"] @ _turned(s["w2"]),
            lambda s: _turned(np.asarray(s.truth["grad_h_relu"]).T),
        ),
    ),
    RESHAPED.shows(
        "grad_w1",
        values=(lambda s: _turned(s["x"]) @ s.truth["grad_h"], lambda s: _turned(np.asarray(s.truth["grad_w1"]).T)),
    ),
    *(CLIPPED.shows(name, value=_bounded(name)) for name in GRADIENTS),
    WEIGHT_DECAY.shows("grad_w2", value=_decayed("grad_w2", "w2")),
    FINITE_DIFFERENCES.shows(*GRADIENTS, condition=lambda s: _nearly(*GRADIENTS)(s) and _nudges(s)),
    X_NOT_TRANSPOSED.shows(error=lambda s: multiplied(s, "n d_in", "n d_h")),
    H_NOT_TRANSPOSED.shows(error=lambda s: multiplied(s, "n d_h", "n d_out") and not _line_of_w2(s)),
    W2_NOT_TRANSPOSED.shows(error=lambda s: multiplied(s, "n d_out", "d_h d_out") and _line_of_w2(s)),
    FACTORS_SWAPPED.shows(
        error=lambda s: (
            (multiplied(s, "n d_out", "d_h n") and not _line_of_w2(s))
            or multiplied(s, "n d_h", "d_in n")
            or multiplied(s, "d_h d_out", "n d_out")
            or (multiplied(s, "d_out d_h", "n d_out") and _line_of_w2(s))
        )
    ),
    TRANSPOSED.shows(error=lambda s: met_its_transpose(s) or _met_the_mask(s), topic="shapes"),
    ELEMENTWISE.shows(error=lambda s: met_entry_by_entry(s) and not in_line_of_mask(s)),
)
# Of a product anywhere in code on autograd, where it is not known what was to be multiplied.
OF_PRODUCTS: tuple[Mistake, ...] = (
    ELEMENTWISE.shows(
        error=lambda s: raises(s, r"must match the size of tensor|broadcast") and not line_has(s, r"-=|\blr\b")
    ),
    PRODUCT_ORDER.shows(error=lambda s: product_failed(s) and not line_has(s, r"\b(64|1000|100|10)\b")),
)

_LAYER = ("grad_x", "grad_weight", "grad_bias")
_TURNED = r"weight\s?\.\s?(t\(|T\b|mT\b|transpose|permute)"


def _scaled(of: Idea, factor: Callable[[Observation], float], *names: str) -> tuple[Mistake, ...]:
    return tuple(of.shows(n, value=lambda s, n=n: factor(s) * s.truth[n], topic="") for n in names)  # type: ignore[misc]


def _n_out(obs: Observation) -> int:
    return len(obs["weight"])


def _upstream_ignored(obs: Observation) -> bool:
    ones, weight, x = np.ones_like(obs["grad_out"]), obs["weight"], obs["x"]
    of_x = any(obs.agrees("grad_x", form) for form in (ones @ weight, weight))
    of_weight = any(obs.agrees("grad_weight", form) for form in (ones.T @ x, x))
    return (of_x or obs.is_right("grad_x")) and (of_weight or obs.is_right("grad_weight"))


OF_LAYER: tuple[Mistake, ...] = (
    *_scaled(SIGN_FLIPPED, lambda s: -1.0, *_LAYER),
    *_scaled(EXTRA_FACTOR_2, lambda s: 2.0, *_LAYER),
    *_scaled(BATCH_MEAN, lambda s: 1 / len(s["x"]), *_LAYER[:2]),
    UPSTREAM_IGNORED.shows("grad_x", "grad_weight", condition=_upstream_ignored, topic=""),
    WEIGHT_LAYOUT.shows(
        "grad_weight",
        value=lambda s: s.truth["grad_weight"].T,
        error=lambda s: product_failed(s) and line_has(s, _TURNED),
    ),
    X_NOT_TRANSPOSED.shows(
        error=lambda s: product_failed(s) and line_has(s, r"\bx\b") and not line_has(s, _TURNED), topic=""
    ),
    PRODUCT_ORDER.shows(
        error=lambda s: product_failed(s) and not line_has(s, r"\bx\b") and not line_has(s, _TURNED), topic=""
    ),
    ELEMENTWISE.shows(error=lambda s: raises(s, "must match the size of tensor|broadcast"), topic=""),
    TRANSPOSED.shows("grad_x", value=lambda s: s.truth["grad_x"].T, topic=""),
    RESHAPED.shows(
        "grad_weight",
        values=(
            lambda s: np.ascontiguousarray(s.truth["grad_weight"].T).reshape(s["weight"].shape),
            lambda s: _turned(s["grad_out"]) @ s["x"],
            lambda s: (_turned(s["x"]) @ s["grad_out"]).T,
            lambda s: (_turned(s["x"]) @ s["grad_out"]).reshape(s["weight"].shape),
        ),
        topic="",
    ),
    RESHAPED.shows(
        "grad_x",
        values=(
            lambda s: np.ascontiguousarray(s.truth["grad_x"].T).reshape(s["x"].shape),
            lambda s: s["grad_out"] @ s["weight"].T.reshape(s["weight"].shape),
        ),
        topic="",
    ),
    FINITE_DIFFERENCES.shows(*_LAYER, condition=lambda s: _nearly(*_LAYER)(s) and _nudges(s)),
    BIAS_NOT_SUMMED.shows("grad_bias", value=lambda s: s["grad_out"]),
    BIAS_MEAN.shows("grad_bias", value=lambda s: s.truth["grad_bias"] / len(s["x"])),
    BIAS_WRONG_AXIS.shows(
        "grad_bias", values=(lambda s: s["grad_out"].sum(1), lambda s: s["grad_out"].sum(1, keepdims=True))
    ),
    BIAS_ONE_NUMBER.shows(
        "grad_bias", values=(lambda s: s["grad_out"].sum(), lambda s: s["grad_out"].sum().reshape(1))
    ),
    BIAS_KEEPDIM.shows(
        "grad_bias", values=(lambda s: s["grad_out"].sum(0, keepdims=True), lambda s: s["grad_out"].sum(0)[:, None])
    ),
    BIAS_ONES.shows("grad_bias", values=(lambda s: np.ones(_n_out(s)), lambda s: len(s["x"]) * np.ones(_n_out(s)))),
)
