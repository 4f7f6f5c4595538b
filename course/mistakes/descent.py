"""Mistakes in plain gradient descent: the update rule, its learning rate, and how often it is applied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.mistakes.choice import biases, biases_or_layers, layers, nth_subset
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.source import updates_twice
from course.network.optimizers import AdamOptimizer, Optimizer, Sgd
from course.network.tape import Array


def is_count(number: float) -> bool:
    """Return whether a number in student code may be a number of steps, or of rows."""
    return 1 < number < 1000 and number == int(number)


def _is_share(number: float) -> bool:
    return 0 < number < 1


# Factors by which a learning rate is cut, once or repeatedly.
_CUT_TO = (0.5, 0.1, 0.9)


def _rate(right: Optimizer) -> float:
    return float(getattr(right, "lr"))  # noqa: B009 - every optimizer here has one


def _reshaping(of: str, reshaped: Callable[[float, Array], Array]) -> Mutant:
    """Return the mutant that transforms each gradient, depending on a number, before the update."""

    def loop(a: float) -> dict[str, Any]:
        return {"optimizer": lambda right: Sgd(_rate(right), reshaped=lambda gradient: reshaped(a, gradient))}

    return Mutant(of, loop, numbers=(1.0,), fits=lambda a: a > 0)


def _scheduled(
    share: Callable[[float, int, int], float], numbers: tuple[float, ...], fits: Callable[[float], bool] | None = None
) -> Mutant:
    """Return the mutant that scales each step by `share`, of a number, the step's index and the number of steps."""
    return Mutant(
        "learning-rate-fades",
        lambda a: {"schedule": lambda n, steps: share(a, n, steps)},
        numbers=numbers,
        fits=fits,
    )


SCHEDULES: tuple[Mutant, ...] = (
    _scheduled(lambda a, n, steps: 1 / (1 + a * n), (1.0,), _is_share),
    _scheduled(lambda a, n, steps: (1 + a * n) ** -0.5, (1.0,), _is_share),
    _scheduled(lambda a, n, steps: a**n, (0.9, 0.5), _is_share),
    _scheduled(lambda a, n, steps: 1 - a * n / steps, (1.0,), _is_share),
    _scheduled(lambda a, n, steps: (1 + np.cos(np.pi * n / steps)) / 2, (0.0,)),
    *(_scheduled(lambda a, n, steps, by=by: by ** (n // a), (100.0, 50.0), is_count) for by in _CUT_TO),  # type: ignore[misc]
    *(_scheduled(lambda a, n, steps, by=by: by ** (n >= a), (100.0, 50.0), is_count) for by in _CUT_TO),  # type: ignore[misc]
    *(_scheduled(lambda a, n, steps, by=by: by ** (n >= a * steps), (0.5,), _is_share) for by in _CUT_TO),  # type: ignore[misc]
    # warm-up to the full rate, from zero or from one step's share
    *(_scheduled(lambda a, n, steps, by=by: min(1.0, (n + by) / a), (10.0,), is_count) for by in (0, 1)),  # type: ignore[misc]
)


def _is_penalty(number: float) -> bool:
    return 0 < number < 10


# A multiple of the squared parameters added to the loss. Autograd adds it to the gradients; by hand that takes a line.
PENALTIES = tuple(
    Mutant("weight-decay", lambda a, by=by: {"penalty": by * a}, numbers=(), fits=_is_penalty)  # type: ignore[misc]
    for by in (1, 0.5)
)
# A multiple of the parameter added to its gradient, or to its step.
DECAYS = tuple(
    Mutant("weight-decay", lambda a, share=share: {"decay": lambda lr: share(a, lr)}, numbers=(), fits=_is_penalty)  # type: ignore[misc]
    for share in (lambda a, lr: a, lambda a, lr: 2 * a, lambda a, lr: a / lr)
)
RATES = (1e-6, 5e-7, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 0.05, 0.1, 0.5)
# Plain gradient descent: the learning rate is an argument, the update is written out.
OF_DESCENT: tuple[Mutant, ...] = (
    mutant("uphill", pace=-1.0),
    mutant("uphill", up=lambda names: names[:1]),
    mutant("uphill", up=lambda names: names[1:]),
    mutant("no-learning-rate", optimizer=lambda right: Sgd(1.0)),
    Mutant(
        "no-learning-rate",
        lambda i: {"rates": (nth_subset(biases_or_layers, i), lambda lr: 1 / lr)},
        numbers=(0.0, 1.0, 2.0),
    ),
    # another rate, or a bound on the right one
    *(
        Mutant(
            "lr-ignored",
            lambda a, rate=rate: {"optimizer": lambda right: Sgd(rate(a, _rate(right)))},  # type: ignore[misc]
            numbers=RATES,
            fits=lambda a: 0 < a < 1,
        )
        for rate in (lambda a, lr: a, min, max)
    ),
    # a velocity that sums the gradients, or averages them
    *(
        Mutant(
            "momentum-added",
            lambda a, share=share: {"optimizer": lambda right: Sgd(share(a) * _rate(right), momentum=a)},  # type: ignore[misc]
            numbers=(0.9,),
            fits=_is_share,
        )
        for share in (lambda a: 1.0, lambda a: 1 - a)
    ),
    *DECAYS,
    *PENALTIES,
    mutant("step-scaled", schedule=lambda n, steps: 1 / steps),
    _reshaping("step-clipped", lambda a, g: np.clip(g, -a, a)),
    _reshaping("step-clipped", lambda a, g: g * min(1.0, a / np.linalg.norm(g))),
    mutant("gradient-normalised", optimizer=lambda right: Sgd(_rate(right), reshaped=lambda g: g / np.linalg.norm(g))),
    mutant("gradient-normalised", optimizer=lambda right: Sgd(_rate(right), reshaped=np.sign)),
    *SCHEDULES,
    mutant("other-rule", optimizer=lambda right: AdamOptimizer(_rate(right))),
    mutant("weights-zeroed", wiped=True),
    *(
        Mutant(
            "sample-by-sample",
            lambda a, summed=summed: {"batch": int(a), "summed": summed},  # type: ignore[misc]
            numbers=(1.0,),
            fits=is_count,
        )
        for summed in (False, True)
    ),
)
WITH_PENALTY = tuple(
    Mutant(
        "weight-decay",
        lambda a, by=by: {"penalty": by * a, "decay": lambda lr: 2 * by * a},  # type: ignore[misc]
        numbers=(),
        fits=_is_penalty,
    )
    for by in (1, 0.5)
)
# Gradients accumulated over several steps, with an update in each of them, or only in the last.
NOW_AND_THEN: tuple[Mutant, ...] = (
    Mutant("cleared-now-and-then", lambda a: {"cleared_from": int(a)}, numbers=(2.0, 3.0), fits=is_count),
    *(
        Mutant(
            of,
            lambda a, then=then, start=start: {"cleared_from": start, **dict.fromkeys(then, int(a))},  # type: ignore[misc]
            numbers=(2.0,),
            fits=is_count,
        )
        for of, then in (
            ("cleared-now-and-then", ["cleared_every"]),
            ("update-now-and-then", ["cleared_every", "moves_every"]),
        )
        for start in (0, 1)
    ),
)
# A separate learning rate for some parameters; a duplicated update line is another mistake.
OTHER_RATES = tuple(
    Mutant(
        "rates-differ",
        lambda a, some=some, by=by: {"rates": (some, lambda lr: a**by)},  # type: ignore[misc]
        numbers=(),
        fits=lambda a: 0 < a != 1,
        condition=lambda s: not updates_twice(s.code),
    )
    for some in (biases, *(nth_subset(layers, i) for i in (0, 1, -1)))
    for by in (1, -1)
)
