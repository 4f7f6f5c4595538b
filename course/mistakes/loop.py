"""Mistakes in any training loop: which steps are taken, in which order, what is recorded and which weights move."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import Condition, mistake
from course.mistakes.choice import all_of, biases, biases_and_outer_layers, layers, nth_subset, weights
from course.mistakes.descent import OF_DESCENT, OTHER_RATES, WITH_PENALTY
from course.mistakes.evidence import (
    constant,
    first_loss_right,
    first_wrong,
    line_has,
    losses_right_so_far,
    n_entries,
    n_steps,
    near,
    parameter_names,
    raises,
    unmoved,
)
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.source import (
    adds_up_losses,
    changes_rate,
    has_list_as_default,
    leaves_early,
    puts_back,
    scales_rate,
    updates_twice,
)
from course.network.tape import Array
from course.runner import Code
from course.runner.syntax import is_zero


def _numbers(count: int) -> tuple[float, ...]:
    return tuple(map(float, range(count)))


def _smoothed(losses: Array, a: float) -> Array:
    """Return the exponential moving average of losses, in which each new one has the weight 1 − a."""
    return np.array(list(itertools.accumulate(losses, lambda mean, loss: a * mean + (1 - a) * loss)))


def _with_digits(losses: Array, n: int) -> Array:
    """Return losses with only so many significant digits."""
    return np.array([float(f"{loss:.{n}g}") for loss in losses])


# ---------------------------------------------------------------- mutants

OF_LISTS: tuple[Mutant, ...] = (
    mutant("loss-after-update", late=True),
    mutant("steps-off-by-one", more=-1),
    mutant("steps-off-by-one", more=1),
    mutant("steps-off-by-one", more=1, listed=lambda losses: losses[:-1]),
    mutant("final-loss-added", final=True),
    mutant("best-weights-restored", best="noted"),
    mutant("best-weights-restored", best="all"),
    mutant("update-after-loop", at_end=True),
    mutant("update-left-out", skipped=0),
    mutant("update-left-out", skipped=-1),
    *(
        mutant("losses-left-out", listed=lambda losses, k=k, a=a: losses[a::k])
        for k in (2, 3, 5, 10, 100)
        for a in (0, k - 1)
        if a < 2
    ),
    mutant("losses-added-up", listed=np.cumsum),
    mutant("losses-added-up", listed=lambda losses: np.cumsum(losses) / np.arange(1, len(losses) + 1)),
    Mutant(
        "losses-added-up",
        lambda a: {"listed": lambda losses: _smoothed(losses, a)},
        numbers=(0.9,),
        fits=lambda a: 0 < a < 1,
    ),
    # with more decimals than these, losses are hardly coarser than float32
    Mutant("rounded", lambda a: {"listed": lambda losses: np.round(losses, int(a))}, numbers=_numbers(5)),
    Mutant("rounded", lambda a: {"listed": lambda losses: _with_digits(losses, int(a))}, numbers=_numbers(7)[2:]),
)
ONE_WEIGHT = (
    mutant("one-weight-only", still=lambda names: names[:1]),
    mutant("one-weight-only", still=lambda names: names[1:]),
)
SOME_LAYERS = (
    mutant("biases-skipped", still=biases),
    mutant("biases-skipped", still=biases_and_outer_layers),
    mutant("weights-skipped", still=weights),
    Mutant("one-layer-only", lambda i: {"still": nth_subset(layers, i)}, numbers=_numbers(4)),
)
ONE_BY_ONE = (
    mutant("w2-updated-first", order="one by one"),
    mutant("w1-updated-first", order="one by one, w1 first"),
)
BY_HAND: tuple[Mutant, ...] = (
    *ONE_WEIGHT,
    *OF_DESCENT,
    *WITH_PENALTY,
    *(replace(m, condition=lambda s: scales_rate(s.code) and not updates_twice(s.code)) for m in OTHER_RATES),
    *OF_LISTS,
    mutant("w2-updated-first", order="w2 first"),
    *ONE_BY_ONE,
    mutant("gradients-added-up", kept=all_of),
    mutant("forward-outside-loop", once=True),
    mutant("forward-outside-loop", once=True, stale=True),
    mutant("forward-outside-loop", stale=True),
)


def _hands_over(obs: Observation) -> bool:
    """Return whether the rate is scaled or a `backward` is called, and no update is written twice."""
    return (scales_rate(obs.code) or obs.code.calls_any("backward")) and not updates_twice(obs.code)


def by_own_rate(m: Mutant) -> Mutant:
    """Return the mutant for a loop, where a factor 2 may belong to the rate or to a called `backward` instead."""
    if m.id not in ("missing-factor-2", "extra-factor-2"):
        return m
    return replace(m, condition=lambda s: not updates_twice(s.code) and not _hands_over(s))


def _scaled(condition: Condition) -> Mutant:
    return Mutant("step-scaled", lambda a: {"pace": a}, numbers=(0.5, 2.0), fits=lambda a: a > 0, condition=condition)


# A factor may belong to the student's own derivative; with autograd, the source shows whether it belongs to the rate.
STEP_SCALED = _scaled(_hands_over)
STEP_HALVED = _scaled(lambda s: scales_rate(s.code))
LINE_TWICE = tuple(
    mutant("updated-twice", lambda s: updates_twice(s.code), twice=which)
    for which in (all_of, lambda n: n[:1], lambda n: n[1:])
)


# ---------------------------------------------------------------- what an observation shows


def reads_steps(obs: Observation) -> bool:
    return "steps" in obs.code.read


def moved_steps(obs: Observation) -> bool:
    """Return whether the parameters are where all steps together lead."""
    return all(obs.agrees(name, obs.truth[name]) for name in parameter_names(obs))


def _gaps(obs: Observation) -> bool:
    """Return whether the returned losses are a subsequence of the right ones."""
    left = iter(np.asarray(obs.truth["losses"]).tolist())
    return all(any(near(value, right) for right in left) for value in obs.got("losses").tolist())


def _last_only(obs: Observation) -> bool:
    got, right = obs.got("losses").ravel(), obs.truth["losses"]
    return got.size == 1 and near(got, right[-1]) and not near(right[0], right[-1])


def _losses_are_vectors(obs: Observation) -> bool:
    row, value = first_wrong(obs), obs.value("losses")
    if row.problem == "type" and value is not None:
        return value.type_name.startswith(("list of numpy.ndarray", "list of torch.Tensor"))
    return row.problem == "shape" and obs.got("losses").ndim > 1


def _draws_weights(obs: Observation) -> bool:
    """Return whether a statement with `w1` creates values: random ones or zeros."""
    return any("w1" in statement.names and _makes_numbers(statement) for statement in obs.code.statements)


def _makes_numbers(statement: Code) -> bool:
    value = getattr(statement.node, "value", None)
    return statement.mentions("rand", "normal", "make_data", "zeros", "zero_") or is_zero(value)


def _then(test: Callable[[Code], bool], n_right: int) -> Callable[[Observation], bool]:
    """Return the condition that the first `n_right` losses are right and the source explains the others."""
    return lambda s: test(s.code) and near(s.got("losses").ravel()[:n_right], np.asarray(s.truth["losses"])[:n_right])


_RULES = ("Adam", "AdamW", "Adamax", "NAdam", "RAdam", "RMSprop", "Adagrad", "Adadelta", "Rprop", "LBFGS")
# Loops with another update rule, such as a library's: losses are right up to the step in which it takes effect.
_ROWS = ("losses", "w1", "w2", "parameters")
SCHEDULED: tuple[Mistake, ...] = (
    mistake("learning-rate-fades", *_ROWS, condition=_then(changes_rate, 1)),
    mistake("learning-rate-fades", *_ROWS, condition=_then(lambda code: code.mentions("lr_scheduler"), 2)),
    mistake("step-clipped", *_ROWS, condition=_then(lambda code: code.mentions("clip_grad"), 1)),
)
BY_LIBRARY: tuple[Mistake, ...] = (
    *SCHEDULED,
    mistake("other-rule", "losses", condition=_then(lambda c: c.calls_any(*_RULES) and c.calls_any("step"), 1)),
)
# A loop on autograd whose backpropagated loss includes those of earlier steps.
TOTAL_BACKWARD = mistake("total-loss-backward", "losses", condition=_then(adds_up_losses, 2))
# Any loop: how many losses were returned, and which.
OF_ANY_LOOP: tuple[Mistake, ...] = (
    mistake(
        "steps-ignored",
        "losses",
        condition=lambda s: not reads_steps(s) and bool(s.code.nodes) and losses_right_so_far(s, s.got("losses").size),
        always=True,
    ),
    mistake(
        "return-in-loop",
        "losses",
        condition=lambda s: (
            s.got("losses").size == 1 < n_steps(s)
            and reads_steps(s)
            and losses_right_so_far(s, 1)
            and not moved_steps(s)
            and not unmoved(s)
        ),
        always=True,
    ),
    mistake(
        "stopped-early",
        "losses",
        # only if the right losses, being tiny, rise at first, or if the source shows a `break`
        condition=lambda s: (
            reads_steps(s)
            and (s.truth["losses"][1] > s.truth["losses"][0] or leaves_early(s.code))
            and s.got("losses").size < n_steps(s)
            and losses_right_so_far(s, s.got("losses").size)
            and (leaves_early(s.code) or not moved_steps(s))
        ),
    ),
    mistake(
        "losses-left-out",
        "losses",
        condition=lambda s: (
            reads_steps(s)
            and 0 < s.got("losses").size < n_steps(s)
            and moved_steps(s)
            and not _last_only(s)
            and not leaves_early(s.code)
            and _gaps(s)
        ),
    ),
    mistake("last-loss-only", "losses", condition=lambda s: _last_only(s) and n_steps(s) > 1),
    mistake("order-of-results", "losses", value=lambda s: np.flip(s.truth["losses"])),
    mistake(
        "losses-of-last-call",
        "losses",
        condition=lambda s: (
            s.got("losses").size > n_steps(s) + 2 and near(s.got("losses")[-n_steps(s) :], s.truth["losses"])
        ),
    ),
    mistake("losses-of-last-call", "losses", condition=lambda s: has_list_as_default(s.code)),
    mistake("losses-not-kept", "losses", condition=lambda s: s.got("losses").size == 0),
    mistake("loss-not-scalar", "losses", condition=_losses_are_vectors),
)
ONE_REBOUND = mistake(
    "weights-rebound",
    "w1",
    "w2",
    # parameters that are put back were updated before
    condition=lambda s: all(s.is_right(n) or unmoved(s, n) for n in ("w1", "w2")) and not puts_back(s.code),
)
# A loop by hand, in addition to the mutants.
OF_HAND: tuple[Mistake, ...] = (
    *OF_ANY_LOOP,
    *SCHEDULED[:1],
    mistake("no-update", "losses", condition=lambda s: constant(s), always=True),
    ONE_REBOUND,
    mistake(
        "weights-reinitialised",
        "losses",
        # with a single prediction, random weights can come that close by chance
        condition=lambda s: _draws_weights(s) and (n_entries(s) == 1 or not first_loss_right(s)),
    ),
    mistake(
        "order-of-results",
        error=lambda s: (
            line_has(s, r"\bw[12]\b(\[[:.]{1,3}\])? ?(-=|=.*-)|\bw[12]\b.*sub")
            and raises(s, r"broadcast|must match the size|doesn't match the broadcast")
            and bool(s.message)
        ),
        topic="backward",
    ),
)
