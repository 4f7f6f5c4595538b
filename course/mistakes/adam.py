"""Mistakes of one step of Adam: the whole sequence of steps is taken with another part."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from course.asking.syntax import is_minus
from course.checks import Mistake, Seen
from course.checks.idea import Idea, idea
from course.checks.mistake import Condition, Prediction
from course.mistakes.loop import LR_IGNORED, NO_RATE, UPHILL, WEIGHTS_REBOUND
from course.mistakes.loss import CARET
from course.network.optimizers import Adam, Numbers, faded, length

# name, hint, more: of what goes into the memory
STATE_RESET = idea(
    "state-reset",
    "What m and v have seen has to be there at the next call. What do they hold when your function is done?",
    "The averages are changed in place: a new array under the old name is gone when the function ends.",
    "memory",
)
NOT_COMPLEMENTED = idea(
    "decay-not-complemented",
    "An average of the old and the new: the two weights add up to 1. Do yours?",
    "The old average has the weight beta, the new value 1 − beta.",
    "memory",
)
DECAY_SWAPPED = idea(
    "decay-swapped",
    "Which of the two gets the large weight, the long memory or the gradient of this one step?",
    "beta is near 1, and belongs to the old average.",
    "memory",
)
BETAS_SWAPPED = idea(
    "betas-swapped",
    "Which of the two averages has the longer memory?",
    "beta1 belongs to m, beta2 to v.",
    "memory",
)
SAME_BETA = idea(
    "same-beta-twice",
    "You copied a line. Did you change everything in it?",
    "v has a beta of its own, in both places of its line.",
    "memory",
)
CONSTANTS = idea(
    "constants-fixed",
    "Your function knows numbers that it should take from its arguments.",
    "0.9, 0.999 and 1e-8 are the usual values. The check passes in others.",
)
V_FROM_M = idea(
    "v-from-m",
    "The second average is made from the same thing as the first, squared. What is that?",
    "v averages the squares of the gradients, not of m.",
    "memory",
)
V_NOT_SQUARED = idea(
    "v-not-squared",
    "Can an average of squares be negative? Look at what you average in v.",
    "v averages grad², entry by entry.",
    "memory",
)
DECAY_SQUARED = idea(
    "decay-squared",
    "What is squared, the gradient alone or its share as well?",
    "First square the gradient, then multiply by 1 − beta2.",
    "memory",
)
V_ONE_NUMBER = idea(
    "v-one-number",
    "Every entry has its own step size. Has it in your v?",
    "The squares are not added up: v has the shape of the parameter.",
    "memory",
)
IN_PLACE = idea(
    "corrected-in-place",
    "The corrected values are for this one step. What will the next step start from?",
    "Give the corrected averages names of their own; m and v keep the uncorrected ones.",
    "memory",
)
ROOT_IN_PLACE = idea(
    "root-in-place",
    "Look at v after the step: is it still the average of the squares?",
    "The root belongs to this step's division, and must not be stored in v.",
    "memory",
)
# of how far the parameter moves
NO_CORRECTION = idea(
    "no-bias-correction",
    "At first both averages are too small: what makes up for that?",
    "Each average is divided by 1 − betaᵗ before it is used.",
    "memory",
)
ONE_UNCORRECTED = idea(
    "one-bias-uncorrected",
    "Both averages start at zero and are too small at first. Which one do you correct?",
    "m and v are corrected, each with its own beta.",
    "memory",
)
T_OFF = idea(
    "t-off-by-one",
    "Put t = 1 into your correction: what does it divide by, and what should it?",
    "t counts from 1, and the exponent is t itself.",
    "memory",
)
NO_POWER = idea(
    "correction-without-power",
    "Does your correction fade as t grows?",
    "It is betaᵗ that is subtracted from 1: near 0 after many steps.",
    "memory",
)
POWER_OUTSIDE = idea(
    "power-outside-parentheses",
    "Is it the beta that is raised to the power t, or one minus the beta?",
    "First the power, then the subtraction.",
    "memory",
)
POWER_PRODUCT = idea(
    "power-as-product",
    "One star multiplies. How is a power written?",
    "With two stars.",
)
CORRECTIONS_SWAPPED = idea(
    "corrections-swapped",
    "Each average has a correction of its own, made with its own beta.",
    "m is corrected with beta1, v with beta2.",
    "memory",
)
UPSIDE_DOWN = idea(
    "correction-upside-down",
    "The averages are too small at first. Does your correction make them larger?",
    "1 − betaᵗ is less than 1: dividing by it makes larger.",
    "memory",
)
OUTSIDE_ROOT = idea(
    "correction-outside-root",
    "First the correction of v, then the root: does yours stand inside?",
    "The root is taken of the corrected v.",
)
NO_ROOT = idea(
    "no-square-root",
    "v holds squares. What brings them back to the size of a gradient?",
    "The step divides by the root of v.",
)
M_NOT_USED = idea(
    "momentum-not-used",
    "You keep an average m. Who reads it?",
    "The step goes along the corrected m, not along the gradient.",
)
EPS_INSIDE = idea(
    "eps-inside-root",
    "Inside the root or beside it? Read the rule once more.",
    "eps is added to the root.",
)
EPS_EARLY = idea(
    "eps-before-correction",
    "The eps is added last. What comes after it in your code?",
    "Correct v first, take the root, and add eps to that. (The paper's own shortcut adds it earlier, with another "
    "eps.)",
)
EPS_FORGOTTEN = idea(
    "eps-forgotten",
    "What would happen where a gradient has always been exactly zero? Something in the rule guards against that.",
    "The denominator has a second term.",
)
EPS_OUTSIDE = idea(
    "eps-outside-fraction",
    "Which parentheses hold the denominator together?",
    "Without them the division ends before eps is added.",
)
NESTEROV = idea(
    "nesterov-term",
    "Part of the step looks ahead: the gradient comes in beside m.",
    "That is Nesterov's variant (NAdam). Here the step goes along the corrected m alone.",
)
MOVES_FIRST = idea(
    "update-before-averages",
    "Which gradient did this step use? First the memory, then the move.",
    "The averages are brought up to date before they are used.",
)
GRAD_CHANGED = idea(
    "grad-changed",
    "The gradient belongs to the caller. Which line writes into it?",
    "An operation in place on `grad`, or on another name for it.",
)
NOT_BY_HAND = idea(
    "optimizer-not-by-hand",
    "This step is meant to be worked out by hand: the library's optimizer knows nothing of your m and v.",
    "Write the rule with products, powers and a root.",
)
MATH = idea(
    "math-on-tensor",
    "The functions of `math` take one number. Which ones take a whole tensor?",
    "Torch has a root of its own, and so has every tensor.",
)

ROWS = ("m after step 1", "v after step 1", "param after step 1", "param after step 2")


def numbers_of(seen: Seen) -> Numbers:
    o = seen.question.options
    return Numbers(int(o["first_t"]), o["lr"], o["beta1"], o["beta2"], o["eps"])


def simulate(seen: Seen, adam: Adam) -> Prediction:
    """Return m, v and param after each step."""
    return adam.run(seen["param"], seen["grads"], seen["m"], seen["v"], numbers_of(seen))


def _shown(of: Idea, *ways: dict[str, Any], condition: Condition | None = None, error: str | None = None) -> Mistake:
    def predicts(seen: Seen) -> Iterable[Prediction]:
        return [simulate(seen, Adam(**way)) for way in ways]

    return of.shows(*ROWS, predicts=predicts, condition=condition, error=error, pure=True)


def _moves(*lengths: Callable[[Any, Any, Any, Numbers], Any]) -> list[dict[str, Any]]:
    return [{"length": form} for form in lengths]


def _numbers(**settings: float) -> dict[str, Any]:
    return {"numbers": tuple(settings.items())}


def _corrected(m: Any, v: Any, o: Numbers) -> tuple[Any, Any]:
    return m / faded(o.beta1, o.t), v / faded(o.beta2, o.t)


def _unmoved(seen: Seen) -> bool:
    return bool(np.array_equal(seen.got("param after step 1"), seen["param"]))


def _eps_in_source(seen: Seen) -> bool:
    powers = [n.right for n in seen.code.nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)]
    return any(map(is_minus, powers)) or any(0 < number < 1e-4 for number in seen.code.numbers)


def _step_one_right(seen: Seen) -> bool:
    return seen.is_right("param after step 1")


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
        condition=_step_one_right,
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
    _shown(WEIGHTS_REBOUND, {"kept": ()}, condition=_unmoved),
    CARET.shows(error=r"unsupported operand type\(s\) for \^"),
    MATH.shows(error=r"can be converted to (a )?(Scalar|Python scalar)"),
)
