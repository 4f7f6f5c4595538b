"""Mistakes of one step of Adam: the whole sequence of steps is taken with another part."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.idea import Idea, idea
from course.exercise.mistake import Condition, Prediction
from course.mistakes.loop import LR_IGNORED, NO_RATE, UPHILL, WEIGHTS_REBOUND
from course.mistakes.loss import CARET
from course.network.optimizers import Adam, Numbers, faded, length
from course.runner.syntax import is_minus

# name, hint, more: of what goes into the memory
STATE_RESET = idea("state-reset")
NOT_COMPLEMENTED = idea("decay-not-complemented")
DECAY_SWAPPED = idea("decay-swapped")
BETAS_SWAPPED = idea("betas-swapped")
SAME_BETA = idea("same-beta-twice")
CONSTANTS = idea("constants-fixed")
V_FROM_M = idea("v-from-m")
V_NOT_SQUARED = idea("v-not-squared")
DECAY_SQUARED = idea("decay-squared")
V_ONE_NUMBER = idea("v-one-number")
IN_PLACE = idea("corrected-in-place")
ROOT_IN_PLACE = idea("root-in-place")
# of how far the parameter moves
NO_CORRECTION = idea("no-bias-correction")
ONE_UNCORRECTED = idea("one-bias-uncorrected")
T_OFF = idea("t-off-by-one")
NO_POWER = idea("correction-without-power")
POWER_OUTSIDE = idea("power-outside-parentheses")
POWER_PRODUCT = idea("power-as-product")
CORRECTIONS_SWAPPED = idea("corrections-swapped")
UPSIDE_DOWN = idea("correction-upside-down")
OUTSIDE_ROOT = idea("correction-outside-root")
NO_ROOT = idea("no-square-root")
M_NOT_USED = idea("momentum-not-used")
EPS_INSIDE = idea("eps-inside-root")
EPS_EARLY = idea("eps-before-correction")
EPS_FORGOTTEN = idea("eps-forgotten")
EPS_OUTSIDE = idea("eps-outside-fraction")
NESTEROV = idea("nesterov-term")
MOVES_FIRST = idea("update-before-averages")
GRAD_CHANGED = idea("grad-changed")
NOT_BY_HAND = idea("optimizer-not-by-hand")
MATH = idea("math-on-tensor")

ROWS = ("m after step 1", "v after step 1", "param after step 1", "param after step 2")


def numbers_of(obs: Observation) -> Numbers:
    o = obs.question.options
    return Numbers(int(o["first_t"]), o["lr"], o["beta1"], o["beta2"], o["eps"])


def simulate(obs: Observation, adam: Adam) -> Prediction:
    """Return m, v and param after each step."""
    return adam.run(obs["param"], obs["grads"], obs["m"], obs["v"], numbers_of(obs))


def _shown(of: Idea, *ways: dict[str, Any], condition: Condition | None = None, error: str | None = None) -> Mistake:
    def predicts(obs: Observation) -> Iterable[Prediction]:
        return [simulate(obs, Adam(**way)) for way in ways]

    return of.shows(*ROWS, predicts=predicts, condition=condition, error=error, pure=True)


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
    GRAD_CHANGED.shows("grad_unchanged", condition=lambda s: not s.fact("grad_unchanged", True)),
    NOT_BY_HAND.shows(
        error=lambda s: bool(s.failure and s.failure.kind == "autograd" and s.failure.message == "optimizer")
    ),
    _shown(
        STATE_RESET,
        {"kept": _PARAM},
        {"kept": ("m", "param")},
        {"kept": ("v", "param")},
        condition=lambda s: s.is_right("param after step 1"),
    ),
    _shown(
        STATE_RESET,
        {"average_m": lambda m, g, o: (1 - o.beta1) * g, "average_v": lambda v, g, o: (1 - o.beta2) * g * g},
        {"average_m": lambda m, g, o: (1 - o.beta1) * g},
        {"average_v": lambda v, g, o: (1 - o.beta2) * g * g},
    ),
    _shown(
        NOT_COMPLEMENTED,
        {"average_m": lambda m, g, o: o.beta1 * m + g},
        {"average_v": lambda v, g, o: o.beta2 * v + g * g},
    ),
    _shown(
        DECAY_SWAPPED,
        {"average_m": lambda m, g, o: (1 - o.beta1) * m + o.beta1 * g},
        {"average_v": lambda v, g, o: (1 - o.beta2) * v + o.beta2 * g * g},
    ),
    _shown(BETAS_SWAPPED, {"average_m": lambda m, g, o: o.beta2 * m + (1 - o.beta2) * g}),
    _shown(SAME_BETA, {"average_v": lambda v, g, o: o.beta1 * v + (1 - o.beta1) * g * g}),
    _shown(CONSTANTS, _numbers(beta1=0.9, beta2=0.999), _numbers(beta2=0.999)),
    _shown(CONSTANTS, _numbers(eps=1e-8), condition=_eps_in_source),
    _shown(V_FROM_M, {"v_from_m": True}),
    _shown(
        V_NOT_SQUARED,
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * g},
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.abs(g)},
    ),
    _shown(DECAY_SQUARED, {"average_v": lambda v, g, o: o.beta2 * v + ((1 - o.beta2) * g) ** 2}),
    _shown(
        V_ONE_NUMBER,
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.sum(g * g)},
        {"average_v": lambda v, g, o: o.beta2 * v + (1 - o.beta2) * np.mean(g * g)},
    ),
    _shown(
        IN_PLACE,
        {"left": _corrected},
        {"left": lambda m, v, o: (m, _corrected(m, v, o)[1])},
    ),
    _shown(
        ROOT_IN_PLACE,
        {"left": lambda m, v, o: (m, np.sqrt(v))},
        {"left": lambda m, v, o: (m, np.sqrt(v) + o.eps)},
        {"left": lambda m, v, o: (m, np.sqrt(v / faded(o.beta2, o.t)))},
        {"left": lambda m, v, o: (m, np.sqrt(v / faded(o.beta2, o.t)) + o.eps)},
    ),
    _shown(NO_CORRECTION, *_moves(lambda m, v, g, o: m / (np.sqrt(v) + o.eps))),
    _shown(
        ONE_UNCORRECTED,
        *_moves(
            lambda m, v, g, o: m / faded(o.beta1, o.t) / (np.sqrt(v) + o.eps),
            lambda m, v, g, o: m / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps),
        ),
    ),
    _shown(
        T_OFF,
        *_moves(
            lambda m, v, g, o: length(m, v, g, replace(o, t=o.t + 1)),
            lambda m, v, g, o: length(m, v, g, replace(o, t=o.t - 1)),
        ),
        error="^ZeroDivisionError",
    ),
    _shown(NO_POWER, *_moves(lambda m, v, g, o: m / (1 - o.beta1) / (np.sqrt(v / (1 - o.beta2)) + o.eps))),
    _shown(
        POWER_OUTSIDE,
        *_moves(lambda m, v, g, o: m / (1 - o.beta1) ** o.t / (np.sqrt(v / (1 - o.beta2) ** o.t) + o.eps)),
    ),
    _shown(
        POWER_PRODUCT, *_moves(lambda m, v, g, o: m / (1 - o.beta1 * o.t) / (np.sqrt(v / (1 - o.beta2 * o.t)) + o.eps))
    ),
    _shown(
        CORRECTIONS_SWAPPED,
        *_moves(lambda m, v, g, o: m / faded(o.beta2, o.t) / (np.sqrt(v / faded(o.beta1, o.t)) + o.eps)),
    ),
    _shown(
        UPSIDE_DOWN, *_moves(lambda m, v, g, o: m * faded(o.beta1, o.t) / (np.sqrt(v * faded(o.beta2, o.t)) + o.eps))
    ),
    _shown(
        OUTSIDE_ROOT, *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / (np.sqrt(v) / faded(o.beta2, o.t) + o.eps))
    ),
    _shown(NO_ROOT, *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / (v / faded(o.beta2, o.t) + o.eps))),
    _shown(M_NOT_USED, *_moves(lambda m, v, g, o: g / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps))),
    _shown(
        NESTEROV,
        *_moves(
            lambda m, v, g, o: (
                (o.beta1 * m / faded(o.beta1, o.t) + (1 - o.beta1) * g / faded(o.beta1, o.t))
                / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps)
            ),
            lambda m, v, g, o: (o.beta1 * m + (1 - o.beta1) * g) / (np.sqrt(v / faded(o.beta2, o.t)) + o.eps),
        ),
    ),
    _shown(EPS_INSIDE, *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / np.sqrt(v / faded(o.beta2, o.t) + o.eps))),
    _shown(
        EPS_EARLY,
        *_moves(lambda m, v, g, o: m / faded(o.beta1, o.t) / (np.sqrt(v) + o.eps) * np.sqrt(faded(o.beta2, o.t))),
    ),
    _shown(EPS_FORGOTTEN, _numbers(eps=0.0), condition=lambda s: not _eps_in_source(s)),
    _shown(
        EPS_OUTSIDE,
        *_moves(
            lambda m, v, g, o: m / faded(o.beta1, o.t) / np.sqrt(v / faded(o.beta2, o.t)) + o.eps / o.lr,
            lambda m, v, g, o: m / faded(o.beta1, o.t) / np.sqrt(v / faded(o.beta2, o.t)) + o.eps,
        ),
    ),
    _shown(UPHILL, *_moves(lambda m, v, g, o: -length(m, v, g, o))),
    _shown(NO_RATE, _numbers(lr=1.0)),
    _shown(LR_IGNORED, *(_numbers(lr=lr) for lr in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6))),
    _shown(MOVES_FIRST, {"moves_first": True}),
    _shown(WEIGHTS_REBOUND, {"kept": ("m", "v")}),
    _shown(
        WEIGHTS_REBOUND,
        {"kept": ()},
        condition=lambda s: bool(np.array_equal(s.got("param after step 1"), s["param"])),
    ),
    CARET.shows(error=r"unsupported operand type\(s\) for \^"),
    MATH.shows(error=r"can be converted to (a )?(Scalar|Python scalar)"),
)
