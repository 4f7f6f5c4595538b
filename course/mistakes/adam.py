"""Mistakes in a step of Adam: the whole sequence of steps is simulated with a part replaced."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import Condition, Prediction, mistake
from course.mistakes.loss import POWER_AS_CARET
from course.network.optimizers import Adam, AdamNumbers, bias_correction, length
from course.runner.syntax import is_minus

ROWS = ("m after step 1", "v after step 1", "param after step 1", "param after step 2")


def _shown(of: str, *ways: dict[str, Any], condition: Condition | None = None, error: str | None = None) -> Mistake:
    def predicts(obs: Observation) -> Iterable[Prediction]:
        o = obs.question.options
        first = AdamNumbers(int(o["first_t"]), o["lr"], o["beta1"], o["beta2"], o["eps"])
        return [Adam(**way).run(obs["param"], obs["grads"], obs["m"], obs["v"], first) for way in ways]

    return mistake(of, *ROWS, predicts=predicts, condition=condition, error=error, pure=True)


def _corrected_by(m_by: Callable[[AdamNumbers], float], v_by: Callable[[AdamNumbers], float]) -> dict[str, Any]:
    """Return the parts of a step in which m and v are divided by these bias corrections."""
    return {"length": lambda m, v, g, o: m / m_by(o) / (np.sqrt(v / v_by(o)) + o.eps)}


def _numbers(**settings: float) -> dict[str, Any]:
    return {"numbers": tuple(settings.items())}


def _of_m(o: AdamNumbers) -> float:
    return bias_correction(o.beta1, o.t)


def _of_v(o: AdamNumbers) -> float:
    return bias_correction(o.beta2, o.t)


def _none(o: AdamNumbers) -> float:
    return 1.0


def _root(v: Any, o: AdamNumbers) -> Any:
    return np.sqrt(v / _of_v(o))


def _eps_in_source(obs: Observation) -> bool:
    powers = [n.right for n in obs.code.nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)]
    return any(map(is_minus, powers)) or any(0 < number < 1e-4 for number in obs.code.numbers)


_NO_PAST_M, _NO_PAST_V = (
    {"average_m": lambda m, g, o: (1 - o.beta1) * g},
    {"average_v": lambda v, g, o: (1 - o.beta2) * g * g},
)
# The parts that each mistake replaces, once for each of its variants.
_WAYS: tuple[tuple[Any, ...], ...] = (
    # what goes into m and v
    ("state-reset", _NO_PAST_M | _NO_PAST_V, _NO_PAST_M, _NO_PAST_V),
    (
        "decay-not-complemented",
        {"average_m": lambda m, g, o: o.beta1 * m + g},
        {"average_v": lambda v, g, o: o.beta2 * v + g * g},
    ),
    (
        "decay-swapped",
        {"average_m": lambda m, g, o: (1 - o.beta1) * m + o.beta1 * g},
        {"average_v": lambda v, g, o: (1 - o.beta2) * v + o.beta2 * g * g},
    ),
    ("betas-swapped", {"average_m": lambda m, g, o: o.beta2 * m + (1 - o.beta2) * g}),
    ("same-beta-twice", {"average_v": lambda v, g, o: o.beta1 * v + (1 - o.beta1) * g * g}),
    ("constants-fixed", _numbers(beta1=0.9, beta2=0.999), _numbers(beta2=0.999)),
    ("v-from-m", {"v_from_m": True}),
    (
        "v-not-squared",
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * g},
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.abs(g)},
    ),
    ("decay-squared", {"average_v": lambda v, g, o: o.beta2 * v + ((1 - o.beta2) * g) ** 2}),
    (
        "v-one-number",
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.sum(g * g)},
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.mean(g * g)},
    ),
    (
        "corrected-in-place",
        {"left": lambda m, v, o: (m / _of_m(o), v / _of_v(o))},
        {"left": lambda m, v, o: (m, v / _of_v(o))},
    ),
    (
        "root-in-place",
        {"left": lambda m, v, o: (m, np.sqrt(v))},
        {"left": lambda m, v, o: (m, np.sqrt(v) + o.eps)},
        {"left": lambda m, v, o: (m, _root(v, o))},
        {"left": lambda m, v, o: (m, _root(v, o) + o.eps)},
    ),
    # how far the parameter moves
    ("no-bias-correction", _corrected_by(_none, _none)),
    ("one-bias-uncorrected", _corrected_by(_of_m, _none), _corrected_by(_none, _of_v)),
    ("correction-without-power", _corrected_by(lambda o: 1 - o.beta1, lambda o: 1 - o.beta2)),
    ("power-outside-parentheses", _corrected_by(lambda o: (1 - o.beta1) ** o.t, lambda o: (1 - o.beta2) ** o.t)),
    ("power-as-product", _corrected_by(lambda o: 1 - o.beta1 * o.t, lambda o: 1 - o.beta2 * o.t)),
    ("corrections-swapped", *(_corrected_by(*by) for by in ((_of_v, _of_m), (_of_m, _of_m), (_of_v, _of_v)))),
    ("correction-upside-down", _corrected_by(lambda o: 1 / _of_m(o), lambda o: 1 / _of_v(o))),
    ("correction-outside-root", {"length": lambda m, v, g, o: m / _of_m(o) / (np.sqrt(v) / _of_v(o) + o.eps)}),
    # `v ** 1 / 2` is half of v
    (
        "no-square-root",
        *({"length": lambda m, v, g, o, by=by: m / _of_m(o) / (v / _of_v(o) / by + o.eps)} for by in (1, 2)),
    ),
    ("momentum-not-used", {"length": lambda m, v, g, o: g / (_root(v, o) + o.eps)}),
    (
        "nesterov-term",
        {"length": lambda m, v, g, o: (o.beta1 * m + (1 - o.beta1) * g) / _of_m(o) / (_root(v, o) + o.eps)},
        {"length": lambda m, v, g, o: (o.beta1 * m + (1 - o.beta1) * g) / (_root(v, o) + o.eps)},
    ),
    (
        "eps-inside-root",
        *({"length": lambda m, v, g, o, by=by: m / _of_m(o) / np.sqrt(v / _of_v(o) + o.eps**by)} for by in (1, 2)),
    ),
    ("eps-before-correction", {"length": lambda m, v, g, o: m / _of_m(o) / (np.sqrt(v) + o.eps) * np.sqrt(_of_v(o))}),
    (
        "eps-outside-fraction",
        {"length": lambda m, v, g, o: m / _of_m(o) / _root(v, o) + o.eps / o.lr},
        {"length": lambda m, v, g, o: m / _of_m(o) / _root(v, o) + o.eps},
    ),
    ("uphill", {"length": lambda m, v, g, o: -length(m, v, g, o)}),
    ("no-learning-rate", _numbers(lr=1.0)),
    ("lr-ignored", *(_numbers(lr=lr) for lr in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6))),
    ("update-before-averages", {"moves_first": True}),
    ("weights-rebound", {"kept": ("m", "v")}),
    ("weight-decay", *({part: share} for part in ("decay", "shrinking") for share in (0.1, 0.01, 0.001, 1e-4))),
)
OF_STEP: tuple[Mistake, ...] = (
    *(_shown(*ways) for ways in _WAYS),
    mistake("grad-changed", "grad_unchanged", condition=lambda s: not s.fact("grad_unchanged", True)),
    mistake(
        "optimizer-not-by-hand",
        error=lambda s: bool(s.failure and s.failure.kind == "autograd" and s.failure.message == "optimizer"),
    ),
    _shown(
        "state-reset",
        *({"kept": kept} for kept in (("param",), ("m", "param"), ("v", "param"))),
        condition=lambda s: s.is_right("param after step 1"),
    ),
    _shown("constants-fixed", _numbers(eps=1e-8), condition=_eps_in_source),
    _shown("eps-forgotten", _numbers(eps=0.0), condition=lambda s: not _eps_in_source(s) and "eps" not in s.code.read),
    _shown(
        "t-off-by-one",
        *(
            {"length": lambda m, v, g, o, other=other: length(m, v, g, replace(o, t=other(o.t)))}
            for other in (lambda t: t + 1, lambda t: t - 1, lambda t: max(t - 1, 1))
        ),
        error="^ZeroDivisionError",
    ),
    _shown(
        "weights-rebound",
        {"kept": ()},
        condition=lambda s: bool(np.array_equal(s.got("param after step 1"), s["param"])),
    ),
    POWER_AS_CARET,
    mistake("math-on-tensor", error=r"can be converted to (a )?(Scalar|Python scalar)"),
)
