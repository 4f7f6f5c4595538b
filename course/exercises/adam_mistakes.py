"""Named mistakes of one step of Adam: the whole sequence of steps is taken in NumPy with one thing done wrong."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course.asking.syntax import is_minus
from course.checks import Mistake, Seen
from course.exercises.adam import ROWS, STATE


@dataclass(frozen=True)
class Numbers:
    """What one step is made with: t counts from 1, a and b are the two decays."""

    t: int
    lr: float
    a: float
    b: float
    eps: float


Array = np.ndarray
Average = Callable[[Array, Array, Numbers], Array]
Move = Callable[[Array, Array, Array, Numbers], Array]


def _average_m(m: Array, g: Array, o: Numbers) -> Array:
    return m + (1 - o.a) * (g - m)


def _average_v(v: Array, g: Array, o: Numbers) -> Array:
    return v + (1 - o.b) * (g * g - v)


def _fade(decay: float, t: float) -> float:
    return float(1 - decay**t)


def _length(m: Array, v: Array, g: Array, o: Numbers) -> Array:
    """Return how far a parameter moves, in units of lr."""
    return (m / _fade(o.a, o.t)) / (np.sqrt(v / _fade(o.b, o.t)) + o.eps)


def rehearse(
    seen: Seen,
    *,
    average_m: Average = _average_m,
    average_v: Average = _average_v,
    length: Move = _length,
    after: Callable[[Array, Array, Numbers], tuple[Array, Array]] = lambda m, v, o: (m, v),
    v_from_m: bool = False,
    kept: tuple[str, ...] = ("m", "v"),
    moves: bool = True,
    move_first: bool = False,
    **numbers: float,
) -> dict[str, Array]:
    """Take the steps in NumPy with something done wrong; return what the rows would show.

    after: what is left in m and v at the end of a step; kept: which of m and v are changed in
    place; moves: whether param is.
    """
    p, m, v = (seen[n].copy() for n in ("param", "m", "v"))
    rows: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for i, g in enumerate(seen["grads"]):
            o = Numbers(
                t=int(seen.option("first_t")) + i,
                lr=numbers.get("lr", seen.option("lr")),
                a=numbers.get("beta1", seen.option("beta1")),
                b=numbers.get("beta2", seen.option("beta2")),
                eps=numbers.get("eps", seen.option("eps")),
            )
            new_m = average_m(m, g, o)
            new_v = average_v(v, new_m if v_from_m else g, o)
            moved = p - o.lr * (length(m, v, g, o) if move_first else length(new_m, new_v, g, o))
            p = moved if moves else p
            left_m, left_v = after(new_m, new_v, o)
            m, v = left_m if "m" in kept else m, left_v if "v" in kept else v
            for name, array in zip(STATE, (m, v, p), strict=True):
                rows[f"{name} after step {i + 1}"] = array.copy()
    return rows


def _shown(
    mistake_id: str,
    hint: str,
    *ways: dict[str, Any],
    when: Any = None,
    raised: str | None = None,
    section: str = "",
) -> tuple[Mistake, ...]:
    """Return the mistake for every row it can show in first, and for each of its ways of being made."""

    def form(row: str, wrong: dict[str, Any]) -> Callable[[Seen], Array]:
        return lambda seen: rehearse(seen, **wrong)[row]

    return tuple(
        Mistake(mistake_id, hint, (row.name,), form(row.name, wrong), when, raised, section)
        for wrong in ways
        for row in ROWS[1:]
    )


def _step_one_right(seen: Seen) -> bool:
    return seen.is_right("param after step 1")


def _unmoved(seen: Seen) -> bool:
    return bool(np.array_equal(seen.got("param after step 1"), seen["param"]))


def _eps_in_source(seen: Seen) -> bool:
    powers = [n.right for n in seen.code.nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)]
    return any(map(is_minus, powers)) or any(0 < number < 1e-4 for number in seen.code.numbers)


_RESET = "What m and v have seen has to be there at the next call. What do they hold when your function is done?"
_REBOUND = "Did the tensor the caller holds change, or only your name for it?"
_FIXED = "Your function knows numbers that it should take from its arguments."
_MEMORY = "What Adam remembers"

MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        "grad-changed",
        "The gradient belongs to the caller. Which line writes into it?",
        ("grad_unchanged",),
        when=lambda s: not s.fact("grad_unchanged", True),
    ),
    Mistake(
        "optimizer-not-by-hand",
        "This step is meant to be worked out by hand: the library's optimizer knows nothing of your m and v.",
        raised=lambda s: bool(s.failure and s.failure.kind == "autograd" and s.failure.message == "optimizer"),
    ),
    # what goes into the memory
    *_shown(
        "state-reset", _RESET, {"kept": ()}, {"kept": ("m",)}, {"kept": ("v",)}, when=_step_one_right, section=_MEMORY
    ),
    *_shown(
        "state-reset",
        _RESET,
        {"average_m": lambda m, g, o: (1 - o.a) * g, "average_v": lambda v, g, o: (1 - o.b) * g * g},
        {"average_m": lambda m, g, o: (1 - o.a) * g},
        {"average_v": lambda v, g, o: (1 - o.b) * g * g},
        section=_MEMORY,
    ),
    *_shown(
        "decay-not-complemented",
        "An average of the old and the new: the two weights add up to 1. Do yours?",
        {"average_m": lambda m, g, o: o.a * m + g},
        {"average_v": lambda v, g, o: o.b * v + g * g},
    ),
    *_shown(
        "decay-swapped",
        "Which of the two gets the large weight, the long memory or the gradient of this one step?",
        {"average_m": lambda m, g, o: (1 - o.a) * m + o.a * g},
        {"average_v": lambda v, g, o: (1 - o.b) * v + o.b * g * g},
    ),
    *_shown(
        "betas-swapped",
        "Which of the two averages has the longer memory?",
        {"average_m": lambda m, g, o: o.b * m + (1 - o.b) * g},
    ),
    *_shown(
        "same-beta-twice",
        "You copied a line. Did you change everything in it?",
        {"average_v": lambda v, g, o: o.a * v + (1 - o.a) * g * g},
    ),
    *_shown("constants-fixed", _FIXED, {"beta1": 0.9, "beta2": 0.999}, {"beta2": 0.999}),
    *_shown("constants-fixed", _FIXED, {"eps": 1e-8}, when=_eps_in_source),
    *_shown(
        "v-from-m",
        "The second average is made from the same thing as the first, squared. What is that?",
        {"v_from_m": True},
    ),
    *_shown(
        "v-not-squared",
        "Can an average of squares be negative? Look at what you average in v.",
        {"average_v": lambda v, g, o: o.b * v + (1 - o.b) * g},
        {"average_v": lambda v, g, o: o.b * v + (1 - o.b) * np.abs(g)},
    ),
    *_shown(
        "decay-squared",
        "What is squared, the gradient alone or its share as well?",
        {"average_v": lambda v, g, o: o.b * v + ((1 - o.b) * g) ** 2},
    ),
    *_shown(
        "v-one-number",
        "Every entry has its own step size. Has it in your v?",
        {"average_v": lambda v, g, o: o.b * v + (1 - o.b) * np.sum(g * g)},
        {"average_v": lambda v, g, o: o.b * v + (1 - o.b) * np.mean(g * g)},
    ),
    *_shown(
        "corrected-in-place",
        "The corrected values are for this one step. What will the next step start from?",
        {"after": lambda m, v, o: (m / _fade(o.a, o.t), v / _fade(o.b, o.t))},
        {"after": lambda m, v, o: (m, v / _fade(o.b, o.t))},
        section=_MEMORY,
    ),
    *_shown(
        "root-in-place",
        "Look at v after the step: is it still the average of the squares?",
        {"after": lambda m, v, o: (m, np.sqrt(v))},
        {"after": lambda m, v, o: (m, np.sqrt(v) + o.eps)},
        {"after": lambda m, v, o: (m, np.sqrt(v / _fade(o.b, o.t)))},
        {"after": lambda m, v, o: (m, np.sqrt(v / _fade(o.b, o.t)) + o.eps)},
    ),
    # how far the parameter moves
    *_shown(
        "no-bias-correction",
        "At first both averages are too small: what makes up for that?",
        {"length": lambda m, v, g, o: m / (np.sqrt(v) + o.eps)},
        section=_MEMORY,
    ),
    *_shown(
        "one-bias-uncorrected",
        "Both averages start at zero and are too small at first. Which one do you correct?",
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / (np.sqrt(v) + o.eps)},
        {"length": lambda m, v, g, o: m / (np.sqrt(v / _fade(o.b, o.t)) + o.eps)},
        section=_MEMORY,
    ),
    *_shown(
        "t-off-by-one",
        "Put t = 1 into your correction: what does it divide by, and what should it?",
        *({"length": lambda m, v, g, o, by=by: _length(m, v, g, replace(o, t=o.t + by))} for by in (1, -1)),
        raised="^ZeroDivisionError",
        section=_MEMORY,
    ),
    *_shown(
        "correction-without-power",
        "Does your correction fade as t grows?",
        {"length": lambda m, v, g, o: m / (1 - o.a) / (np.sqrt(v / (1 - o.b)) + o.eps)},
        section=_MEMORY,
    ),
    *_shown(
        "power-outside-parentheses",
        "Is it the beta that is raised to the power t, or one minus the beta?",
        {"length": lambda m, v, g, o: m / (1 - o.a) ** o.t / (np.sqrt(v / (1 - o.b) ** o.t) + o.eps)},
    ),
    *_shown(
        "power-as-product",
        "One star multiplies. How is a power written?",
        {"length": lambda m, v, g, o: m / (1 - o.a * o.t) / (np.sqrt(v / (1 - o.b * o.t)) + o.eps)},
    ),
    *_shown(
        "corrections-swapped",
        "Each average has a correction of its own, made with its own beta.",
        {"length": lambda m, v, g, o: m / _fade(o.b, o.t) / (np.sqrt(v / _fade(o.a, o.t)) + o.eps)},
    ),
    *_shown(
        "correction-upside-down",
        "The averages are too small at first. Does your correction make them larger?",
        {"length": lambda m, v, g, o: m * _fade(o.a, o.t) / (np.sqrt(v * _fade(o.b, o.t)) + o.eps)},
    ),
    *_shown(
        "correction-outside-root",
        "First the correction of v, then the root: does yours stand inside?",
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / (np.sqrt(v) / _fade(o.b, o.t) + o.eps)},
    ),
    *_shown(
        "no-square-root",
        "v holds squares. What brings them back to the size of a gradient?",
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / (v / _fade(o.b, o.t) + o.eps)},
    ),
    *_shown(
        "momentum-not-used",
        "You keep an average m. Who reads it?",
        {"length": lambda m, v, g, o: g / (np.sqrt(v / _fade(o.b, o.t)) + o.eps)},
    ),
    *_shown(
        "eps-inside-root",
        "Inside the root or beside it? Read the rule once more.",
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / np.sqrt(v / _fade(o.b, o.t) + o.eps)},
    ),
    *_shown(
        "eps-before-correction",
        "The eps is added last. What comes after it in your code?",
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / (np.sqrt(v) + o.eps) * np.sqrt(_fade(o.b, o.t))},
    ),
    *_shown(
        "eps-forgotten",
        "What would happen where a gradient has always been exactly zero? Something in the rule guards against that.",
        {"eps": 0.0},
        when=lambda s: not _eps_in_source(s),
    ),
    *_shown(
        "eps-outside-fraction",
        "Which parentheses hold the denominator together?",
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / np.sqrt(v / _fade(o.b, o.t)) + o.eps / o.lr},
        {"length": lambda m, v, g, o: m / _fade(o.a, o.t) / np.sqrt(v / _fade(o.b, o.t)) + o.eps},
    ),
    *_shown("uphill", "Uphill or downhill?", {"length": lambda m, v, g, o: -_length(m, v, g, o)}),
    *_shown("no-learning-rate", "Something decides how long the step is. Where is it in yours?", {"lr": 1.0}),
    *_shown("lr-ignored", _FIXED, *({"lr": lr} for lr in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6))),
    *_shown(
        "update-before-averages",
        "Which gradient did this step use? First the memory, then the move.",
        {"move_first": True},
    ),
    *_shown("weights-rebound", _REBOUND, {"moves": False}),
    *_shown("weights-rebound", _REBOUND, {"moves": False, "kept": ()}, when=_unmoved),
    Mistake("caret-not-power", "In Python the caret is not a power.", raised=r"unsupported operand type\(s\) for \^"),
    Mistake(
        "math-on-tensor",
        "The functions of `math` take one number. Which ones take a whole tensor?",
        raised=r"can be converted to (a )?(Scalar|Python scalar)",
    ),
)
