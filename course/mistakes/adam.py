"""Mistakes of one step of Adam: the whole sequence of steps is taken with another part."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import Condition, Prediction, mistake
from course.network.optimizers import Adam, Numbers, faded, length
from course.runner.syntax import is_minus

# name, hint, more: of what goes into the memory
# of how far the parameter moves

ROWS = ("m after step 1", "v after step 1", "param after step 1", "param after step 2")


def numbers_of(obs: Observation) -> Numbers:
    o = obs.question.options
    return Numbers(int(o["first_t"]), o["lr"], o["beta1"], o["beta2"], o["eps"])


def simulate(obs: Observation, adam: Adam) -> Prediction:
    """Return m, v and param after each step."""
    return adam.run(obs["param"], obs["grads"], obs["m"], obs["v"], numbers_of(obs))


def _shown(of: str, *ways: dict[str, Any], condition: Condition | None = None, error: str | None = None) -> Mistake:
    def predicts(obs: Observation) -> Iterable[Prediction]:
        return [simulate(obs, Adam(**way)) for way in ways]

    return mistake(of, *ROWS, predicts=predicts, condition=condition, error=error, pure=True)


def _moves(*lengths: Callable[[Any, Any, Any, Numbers], Any]) -> list[dict[str, Any]]:
    return [{"length": form} for form in lengths]


def _numbers(**settings: float) -> dict[str, Any]:
    return {"numbers": tuple(settings.items())}


def _corrected(m: Any, v: Any, o: Numbers) -> tuple[Any, Any]:
    return m / faded(o.beta1, o.t), v / faded(o.beta2, o.t)


def _eps_in_source(obs: Observation) -> bool:
    powers = [n.right for n in obs.code.nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)]
    return any(map(is_minus, powers)) or any(0 < number < 1e-4 for number in obs.code.numbers)


_PARAM = ("param",)
OF_STEP: tuple[Mistake, ...] = (
    mistake("grad-changed", "grad_unchanged", condition=lambda s: not s.fact("grad_unchanged", True)),
    mistake(
        "optimizer-not-by-hand",
        error=lambda s: bool(s.failure and s.failure.kind == "autograd" and s.failure.message == "optimizer"),
    ),
    _shown(
        "state-reset",
        {"kept": _PARAM},
        {"kept": ("m", "param")},
        {"kept": ("v", "param")},
        condition=lambda s: s.is_right("param after step 1"),
    ),
    _shown(
        "state-reset",
        {"average_m": lambda m, g, o: (1 - o.beta1) * g, "average_v": lambda v, g, o: (1 - o.beta2) * g * g},
        {"average_m": lambda m, g, o: (1 - o.beta1) * g},
        {"average_v": lambda v, g, o: (1 - o.beta2) * g * g},
    ),
    _shown(
        "decay-not-complemented",
        {"average_m": lambda m, g, o: o.beta1 * m + g},
        {"average_v": lambda v, g, o: o.beta2 * v + g * g},
    ),
    _shown(
        "decay-swapped",
        {"average_m": lambda m, g, o: (1 - o.beta1) * m + o.beta1 * g},
        {"average_v": lambda v, g, o: (1 - o.beta2) * v + o.beta2 * g * g},
    ),
    _shown("betas-swapped", {"average_m": lambda m, g, o: o.beta2 * m + (1 - o.beta2) * g}),
    _shown("same-beta-twice", {"average_v": lambda v, g, o: o.beta1 * v + (1 - o.beta1) * g * g}),
    _shown("constants-fixed", _numbers(beta1=0.9, beta2=0.999), _numbers(beta2=0.999)),
    _shown("constants-fixed", _numbers(eps=1e-8), condition=_eps_in_source),
    _shown("v-from-m", {"v_from_m": True}),
    _shown(
        "v-not-squared",
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * g},
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.abs(g)},
    ),
    _shown("decay-squared", {"average_v": lambda v, g, o: o.beta2 * v + ((1 - o.beta2) * g) ** 2}),
    _shown(
        "v-one-number",
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.sum(g * g)},
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.mean(g * g)},
    ),
    _shown("corrected-in-place", {"left": _corrected}, {"left": lambda m, v, o: (m, _corrected(m, v, o)[1])}),
    _shown(
        "root-in-place",
        {"left": lambda m, v, o: (m, np.sqrt(v))},
        {"left": lambda m, v, o: (m, np.sqrt(v) + o.eps)},
        {"left": lambda m, v, o: (m, np.sqrt(v / faded(o.beta2, o.t)))},
        {"left": lambda m, v, o: (m, np.sqrt(v / faded(o.beta2, o.t)) + o.eps)},
    ),
    _shown("no-bias-correction", *_moves(lambda m, v, g, o: m / (np.sqrt(v) + o.eps))),
    _shown(
        "one-bias-uncorrected",
        *_moves(
            lambda m, v, g, o: m / faded(o.beta1, o.t) / (np.sqrt(v) + o.eps),
            lambda m, v, g, o: m / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps),
        ),
    ),
    _shown(
        "t-off-by-one",
        *_moves(
            lambda m, v, g, o: length(m, v, g, replace(o, t=o.t + 1)),
            lambda m, v, g, o: length(m, v, g, replace(o, t=o.t - 1)),
        ),
        error="^ZeroDivisionError",
    ),
    _shown(
        "correction-without-power", *_moves(lambda m, v, g, o: m / (1 - o.beta1) / (np.sqrt(v / (1 - o.beta2)) + o.eps))
    ),
    _shown(
        "power-outside-parentheses",
        *_moves(lambda m, v, g, o: m / (1 - o.beta1) ** o.t / (np.sqrt(v / (1 - o.beta2) ** o.t) + o.eps)),
    ),
    _shown(
        "power-as-product",
        *_moves(lambda m, v, g, o: m / (1 - o.beta1 * o.t) / (np.sqrt(v / (1 - o.beta2 * o.t)) + o.eps)),
    ),
    _shown(
        "corrections-swapped",
        *_moves(lambda m, v, g, o: m / faded(o.beta2, o.t) / (np.sqrt(v / faded(o.beta1, o.t)) + o.eps)),
    ),
    _shown(
        "correction-upside-down",
        *_moves(lambda m, v, g, o: m * faded(o.beta1, o.t) / (np.sqrt(v * faded(o.beta2, o.t)) + o.eps)),
    ),
    _shown(
        "correction-outside-root",
        *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / (np.sqrt(v) / faded(o.beta2, o.t) + o.eps)),
    ),
    _shown("no-square-root", *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / (v / faded(o.beta2, o.t) + o.eps))),
    _shown("momentum-not-used", *_moves(lambda m, v, g, o: g / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps))),
    _shown(
        "nesterov-term",
        *_moves(
            lambda m, v, g, o: (
                (o.beta1 * m / faded(o.beta1, o.t) + (1 - o.beta1) * g / faded(o.beta1, o.t))
                / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps)
            ),
            lambda m, v, g, o: (o.beta1 * m + (1 - o.beta1) * g) / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps),
        ),
    ),
    _shown(
        "eps-inside-root",
        *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / np.sqrt(v / faded(o.beta2, o.t) + o.eps)),
    ),
    _shown(
        "eps-before-correction",
        *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / (np.sqrt(v) + o.eps) * np.sqrt(faded(o.beta2, o.t))),
    ),
    _shown("eps-forgotten", _numbers(eps=0.0), condition=lambda s: not _eps_in_source(s)),
    _shown(
        "eps-outside-fraction",
        *_moves(
            lambda m, v, g, o: m / faded(o.beta1, o.t) / np.sqrt(v / faded(o.beta2, o.t)) + o.eps / o.lr,
            lambda m, v, g, o: m / faded(o.beta1, o.t) / np.sqrt(v / faded(o.beta2, o.t)) + o.eps,
        ),
    ),
    _shown("uphill", *_moves(lambda m, v, g, o: -length(m, v, g, o))),
    _shown("no-learning-rate", _numbers(lr=1.0)),
    _shown("lr-ignored", *(_numbers(lr=lr) for lr in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6))),
    _shown("update-before-averages", {"moves_first": True}),
    _shown("weights-rebound", {"kept": ("m", "v")}),
    _shown(
        "weights-rebound",
        {"kept": ()},
        condition=lambda s: bool(np.array_equal(s.got("param after step 1"), s["param"])),
    ),
    mistake("caret-not-power", error=r"unsupported operand type\(s\) for \^"),
    mistake("math-on-tensor", error=r"can be converted to (a )?(Scalar|Python scalar)"),
)
