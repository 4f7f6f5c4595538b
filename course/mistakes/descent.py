"""Mistakes of plain gradient descent: the rule of a step, its learning rate, and how often one is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.mistakes.choice import biases, layers, nth
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.source import updates_twice
from course.network.optimizers import AdamOptimizer, Optimizer, Sgd
from course.network.tape import Array


def is_count(number: float) -> bool:
    """Tell whether a number may be one of steps, or of rows, that somebody wrote down."""
    return 1 < number < 1000 and number == int(number)


def _is_share(number: float) -> bool:
    return 0 < number < 1


def _rate(right: Optimizer) -> float:
    return float(getattr(right, "lr"))  # noqa: B009 - every optimizer here has one


def _descent(of: str, setting: str, numbers: tuple[float, ...], below: float = 1) -> Mutant:
    """Return the mutant whose gradient descent has another setting, which may be any number below some other."""

    def loop(a: float) -> dict[str, Any]:
        return {"optimizer": lambda right: Sgd(_rate(right), **{setting: a})}  # type: ignore[arg-type]

    return Mutant(of, loop, numbers=numbers, fits=lambda a: 0 < a < below)


def _reshaping(of: str, reshaped: Callable[[float, Array], Array]) -> Mutant:
    """Return the mutant that changes each gradient, by a number, before it takes the step."""

    def loop(a: float) -> dict[str, Any]:
        return {"optimizer": lambda right: Sgd(_rate(right), reshaped=lambda gradient: reshaped(a, gradient))}

    return Mutant(of, loop, numbers=(1.0,), fits=lambda a: a > 0)


def _scheduled(
    share: Callable[[float, int], float], numbers: tuple[float, ...], fits: Callable[[float], bool]
) -> Mutant:
    """Return the mutant whose learning rate is a share of the right one: of some number and of the steps before."""

    def loop(a: float) -> dict[str, Any]:
        return {"optimizer": lambda right: Sgd(_rate(right), schedule=lambda t: share(a, t - 1))}

    return Mutant("learning-rate-fades", loop, numbers=numbers, fits=fits)


RATES = (1e-6, 5e-7, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 0.05, 0.1, 0.5)
# Of plain gradient descent: the learning rate is an argument, the update is written out.
OF_DESCENT: tuple[Mutant, ...] = (
    mutant("uphill", pace=-1.0),
    mutant("uphill", up=lambda names: names[:1]),
    mutant("uphill", up=lambda names: names[1:]),
    mutant("no-learning-rate", optimizer=lambda right: Sgd(1.0)),
    Mutant("lr-ignored", lambda a: {"optimizer": lambda right: Sgd(a)}, numbers=RATES, fits=lambda a: 0 < a < 1),
    _descent("momentum-added", "momentum", (0.9,)),
    _descent("weight-decay", "decay", (), below=10),
    _reshaping("step-clipped", lambda a, g: np.clip(g, -a, a)),
    _reshaping("step-clipped", lambda a, g: g * min(1.0, a / np.linalg.norm(g))),
    mutant("gradient-normalised", optimizer=lambda right: Sgd(_rate(right), reshaped=lambda g: g / np.linalg.norm(g))),
    mutant("gradient-normalised", optimizer=lambda right: Sgd(_rate(right), reshaped=np.sign)),
    _scheduled(lambda a, n: 1 / (1 + a * n), (1.0,), _is_share),
    _scheduled(lambda a, n: (1 + a * n) ** -0.5, (1.0,), _is_share),
    _scheduled(lambda a, n: a**n, (0.9, 0.5), _is_share),
    *(_scheduled(lambda a, n, by=by: by ** (n // a), (100.0, 50.0), is_count) for by in (0.5, 0.1)),  # type: ignore[misc]
    *(_scheduled(lambda a, n, by=by: by ** (n >= a), (100.0, 50.0), is_count) for by in (0.5, 0.1)),  # type: ignore[misc]
    mutant("other-rule", optimizer=lambda right: AdamOptimizer(_rate(right))),
    mutant("weights-zeroed", wiped=True),
    mutant("sample-by-sample", order="sample by sample"),
)
# Of gradients that add up over some steps, with an update in each of these, or in the last.
NOW_AND_THEN: tuple[Mutant, ...] = tuple(
    Mutant(
        of,
        lambda a, then=then, after=after: {"cleared_after": after, **dict.fromkeys(then, int(a))},  # type: ignore[misc]
        numbers=(2.0,),
        fits=is_count,
    )
    for of, then in (
        ("cleared-now-and-then", ["cleared_every"]),
        ("update-now-and-then", ["cleared_every", "moves_every"]),
    )
    for after in (False, True)
)
# Of a learning rate of their own for some parameters; a line that stands twice is no rate.
OTHER_RATES = tuple(
    Mutant(
        "rates-differ",
        lambda a, some=some, by=by: {"rates": (some, a**by)},  # type: ignore[misc]
        numbers=(),
        fits=lambda a: 0 < a != 1,
        condition=lambda s: not updates_twice(s.code),
    )
    for some in (biases, *(nth(layers, i) for i in (0, 1, -1)))
    for by in (1, -1)
)
