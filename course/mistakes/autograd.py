"""Mistakes with autograd: what is recorded, when gradients are cleared, and what goes backward."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.idea import idea
from course.mistakes.data import NOT_A_LEAF
from course.mistakes.evidence import (
    NO_RECORD,
    calls,
    constant,
    line_has,
    mentions,
    order_of,
    passes,
    raised,
    raises,
    same_loss,
    tensor_kind,
    unmoved,
)
from course.mistakes.gradient import OF_PRODUCTS, TRANSPOSED
from course.mistakes.loop import (
    FORWARD_OUTSIDE,
    NO_UPDATE,
    REINITIALISED,
    UPDATE_AFTER_LOOP,
    WEIGHTS_REBOUND,
    all_of,
    nth,
    some_of,
)
from course.mistakes.loss import LOSS_IS_A_NUMBER, LOSS_REWRAPPED
from course.mistakes.mutant import Mutant, looped
from course.mistakes.source import adds_up_losses, clears_before_update, rebinds, rewraps, uses_up

NEVER_ZEROED = idea("never-zeroed")
ONE_NOT_ZEROED = idea("one-not-zeroed")
TOO_EARLY = idea("zeroed-too-early")
BEFORE_FIRST = idea("zeroed-before-first")
BACKWARD_TWICE = idea("backward-twice")
NO_BACKWARD_CALL = idea("backward-not-called")
UPDATE_RECORDED = idea("update-recorded")
IN_NO_GRAD = idea("forward-in-no-grad")
GRAPH_CUT = idea("graph-cut")
BACKWARD_IN_LOSS = idea("backward-in-loss")
GRAD_NUMBER = idea("grad-set-to-zero-number")
TOTAL_LOSS = idea("total-loss-backward")
WEIGHTS_NOT_GRADIENTS = idea("weights-not-gradients")
HANDED_OUT = idea("grad-handed-out")
SWITCHED_OFF = idea("recording-switched-off")
LOOP_VARIABLE = idea("loop-variable-rebound")
USED_UP = idea("generator-used-up")
TUPLES = idea("names-not-unpacked")
NOT_CALLED = idea("parameters-not-called")
TRAINED_A_COPY = idea("trained-a-copy")
REPLACED = idea("parameters-replaced")


# ---------------------------------------------------------------- what an observation shows


def _nothing_reached(obs: Observation) -> bool:
    """Tell whether code goes backward and reaches no parameter, from a loss that is told to record afterwards."""
    if obs.fact("passes") is None:  # of a model: the loss that was handed in notes what goes back through it
        reached = "backward" in order_of(obs) or calls(obs, "backward") == 0
    else:
        reached = passes(obs) > 0
    return not reached and rewraps(obs.code) and obs.code.calls_any("backward")


def _missing_gradient(obs: Observation) -> bool:
    return raises(obs, "NoneType")


def _before_first(obs: Observation) -> bool:
    """Tell whether a gradient was to be cleared that nobody had asked for yet."""
    return _nobody_filled(obs) and line_has(obs, _CLEARING)


def _never_asked(obs: Observation) -> bool:
    """Tell whether a gradient was to be used that nobody had asked for."""
    return _nobody_filled(obs) and not line_has(obs, _CLEARING)


def _nobody_filled(obs: Observation) -> bool:
    return _missing_gradient(obs) and passes(obs) == 0 and not _nothing_reached(obs)


def _made_anew(obs: Observation) -> bool:
    """Tell whether a gradient is missing since what goes backward is a loss without a past."""
    return _missing_gradient(obs) and _nothing_reached(obs)


def _over_old_steps(obs: Observation) -> bool:
    """Tell whether a later step went backward through what an earlier one had recorded."""
    return raises(obs, r"backward through the graph a second time|modified by an inplace operation") and not unmoved(
        obs
    )


_CLEARING = r"zero|\*=\s*0|fill_"
A_NUMBER = r"AttributeError: '(\w+\.)?(float|float64|float32|ndarray)' object has no attribute 'backward'"

# Of gradients that add up, for any loop on autograd.
ADDING_UP: tuple[Mutant, ...] = (
    looped(NEVER_ZEROED, kept=all_of),
    Mutant(ONE_NOT_ZEROED, loop=lambda i: {"kept": nth(some_of, i)}, numbers=tuple(map(float, range(14)))),
)


def of_loop(made_anew: tuple[str, ...], one_step: Callable[[Observation], bool]) -> tuple[Mistake, ...]:
    """Return the mistakes of a loop of one's own on autograd.

    made_anew: parts of the names that make new parameters. one_step: whether the parameters are where one step leads.
    """
    return (
        BACKWARD_TWICE.shows(error=lambda s: raises(s, "backward through the graph a second time") and unmoved(s)),
        FORWARD_OUTSIDE.shows(
            "losses",
            condition=lambda s: not unmoved(s) and passes(s) != 0 and not one_step(s) and same_loss(s),
            error=lambda s: _over_old_steps(s) and not adds_up_losses(s.code),
            always=True,
        ),
        TOTAL_LOSS.shows(error=lambda s: _over_old_steps(s) and adds_up_losses(s.code)),
        UPDATE_AFTER_LOOP.shows(
            "losses",
            condition=lambda s: one_step(s) and same_loss(s),
            always=True,
        ),
        TOO_EARLY.shows(
            "losses",
            condition=lambda s: constant(s) and clears_before_update(s.code) and not _nothing_reached(s),
            error=lambda s: (
                _missing_gradient(s)
                and passes(s) > 0
                and unmoved(s)
                and not s.fact("filled")
                and not _nothing_reached(s)
            ),
            always=True,
        ),
        BEFORE_FIRST.shows(error=_before_first),
        NO_BACKWARD_CALL.shows(error=_never_asked),
        LOSS_REWRAPPED.shows(
            "losses", condition=lambda s: constant(s) and _nothing_reached(s), error=_made_anew, always=True
        ),
        LOSS_IS_A_NUMBER.shows(error=A_NUMBER),
        UPDATE_RECORDED.shows(error=r"leaf Variable that requires grad"),
        IN_NO_GRAD.shows(error=lambda s: _not_recorded(s) and passes(s) == 0 and mentions(s, *NO_RECORD)),
        GRAD_NUMBER.shows(error=r"assigned grad expected to be a Tensor"),
        NO_UPDATE.shows(
            "losses",
            condition=lambda s: (
                constant(s)
                and not clears_before_update(s.code)
                and not rebinds(s.code)
                and not uses_up(s.code)
                and not _nothing_reached(s)
            ),
            always=True,
        ),
        REINITIALISED.shows(
            "losses",
            condition=lambda s: unmoved(s) and not s.fact("filled") and not constant(s) and mentions(s, *made_anew),
        ),
    )


def _not_recorded(obs: Observation) -> bool:
    return raises(obs, r"does not require grad")


def _both(test: Callable[[Observation, str], bool], *names: str) -> Callable[[Observation], bool]:
    return lambda obs: all(test(obs, name) for name in names)


# Of a loop on two weights by name.
OF_WEIGHTS: tuple[Mistake, ...] = (
    WEIGHTS_REBOUND.shows(
        "losses",
        condition=lambda s: constant(s) and rebinds(s.code) and not _nothing_reached(s) and not uses_up(s.code),
        error=lambda s: (
            passes(s) > 0
            and unmoved(s)
            and ((_missing_gradient(s) and bool(s.fact("filled"))) or raises(s, "does not require grad"))
        ),
        always=True,
    ),
    WEIGHTS_REBOUND.shows("w1", "w2", condition=_both(lambda s, n: s.is_right(n) or unmoved(s, n), "w1", "w2")),
    *OF_PRODUCTS,
)
# Of a loop over the parameters of a model.
OF_MODEL: tuple[Mistake, ...] = (
    TRAINED_A_COPY.shows("parameters", condition=lambda s: unmoved(s) and bool(s.fact("same_parameters", True))),
    REPLACED.shows("parameters", condition=lambda s: not s.fact("same_parameters", True)),
    LOOP_VARIABLE.shows(
        "losses",
        condition=lambda s: (
            constant(s)
            and rebinds(s.code)
            and not uses_up(s.code)
            and not clears_before_update(s.code)
            and not _nothing_reached(s)
        ),
        always=True,
    ),
    USED_UP.shows("losses", condition=lambda s: uses_up(s.code) and constant(s), always=True),
    TUPLES.shows(error=r"'tuple' object has no attribute|unsupported operand type\(s\) for -=: 'tuple'"),
    NOT_CALLED.shows(error=r"'method' object is not iterable"),
)
TWICE = (looped(BACKWARD_TWICE, lambda s: passes(s) > int(s.option("steps")), pace=2.0),)
STALE = (looped(FORWARD_OUTSIDE, stale=True),)
USED_UP_AFTER_ONE: tuple[Mutant, ...] = (
    looped(USED_UP, lambda s: uses_up(s.code), moves=1),
    looped(USED_UP, lambda s: uses_up(s.code), moves=1, kept=all_of),
)

# ---------------------------------------------------------------- a loss to be differentiated, and its gradients


def _is_leaf(obs: Observation) -> bool:
    value = obs.value("loss")
    return value is not None and value.is_leaf


OF_LOSS: tuple[Mistake, ...] = (
    IN_NO_GRAD.shows("has_history", condition=lambda s: mentions(s, *NO_RECORD)),
    GRAPH_CUT.shows("has_history", condition=lambda s: not mentions(s, *NO_RECORD)),
    GRAPH_CUT.shows(
        "reached", "grad_w1", "grad_w2", condition=lambda s: not s.fact("backward_error") and not _is_leaf(s)
    ),
    LOSS_REWRAPPED.shows("reached", condition=_is_leaf),
    BACKWARD_IN_LOSS.shows("reached", condition=lambda s: max(s.fact("passes", {}).values(), default=0) > 0),
    GRAPH_CUT.shows(error=r"Can't call numpy\(\) on Tensor that requires grad"),
    *OF_PRODUCTS,
)

_FIRST = ("grad_w1", "grad_w2")


def _added_up(obs: Observation, *names: str) -> bool:
    """Tell whether in the second call these are the sum of both gradients, and the others right."""
    return all(
        obs.agrees(
            f"{name} again",
            obs.truth.get(f"{name} again", obs.truth[name]) + (np.asarray(obs.truth[name]) if name in names else 0.0),
        )
        for name in _FIRST
    )


def _gradient_nowhere(obs: Observation) -> bool:
    """Tell whether None came back in place of a gradient, and nothing went wrong with returning."""
    return any(tensor_kind(obs, name) == "none" for name in _FIRST)


def _n_calls(obs: Observation) -> int:
    return sum(obs.value(name) is not None for name in ("grad_w1", "grad_w1 again"))


def _doubled(obs: Observation, name: str) -> bool:
    return obs.is_right(name) or obs.agrees(name, 2 * np.asarray(obs.truth[name]))


OF_GRADIENTS: tuple[Mistake, ...] = (
    HANDED_OUT.shows("first_kept", condition=lambda s: True),
    SWITCHED_OFF.shows("still_leaf", condition=lambda s: True),
    NEVER_ZEROED.shows("same_again", condition=lambda s: _added_up(s, *_FIRST)),
    ONE_NOT_ZEROED.shows("same_again", condition=lambda s: _added_up(s, "grad_w1") or _added_up(s, "grad_w2")),
    TOO_EARLY.shows(
        *_FIRST,
        condition=lambda s: (
            (_gradient_nowhere(s) and passes(s) > 0 and not s.fact("filled")) or all(not s.got(n).any() for n in _FIRST)
        ),
    ),
    BEFORE_FIRST.shows(error=_before_first),
    LOSS_REWRAPPED.shows(*_FIRST, condition=lambda s: _gradient_nowhere(s) and _nothing_reached(s), error=_made_anew),
    NO_BACKWARD_CALL.shows(
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and passes(s) == 0 and not _nothing_reached(s),
        error=_never_asked,
    ),
    NOT_A_LEAF.shows(
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and passes(s) > 0 and bool(s.fact("filled")),
        error=lambda s: _missing_gradient(s) and passes(s) > 0 and bool(s.fact("filled")),
    ),
    BACKWARD_TWICE.shows(
        *_FIRST,
        condition=lambda s: passes(s) >= 2 * _n_calls(s) and all(_doubled(s, n) for n in _FIRST),
        error=raised("backward through the graph a second time"),
    ),
    TRANSPOSED.shows(
        *_FIRST, condition=lambda s: all(s.agrees(n, np.asarray(s.truth[n]).T) for n in _FIRST), topic="shapes"
    ),
    WEIGHTS_NOT_GRADIENTS.shows(
        *_FIRST, condition=lambda s: all(s.agrees(n, s[n.removeprefix("grad_")]) for n in _FIRST)
    ),
    LOSS_IS_A_NUMBER.shows(error=A_NUMBER),
    IN_NO_GRAD.shows(error=lambda s: raises(s, "does not require grad") and mentions(s, *NO_RECORD)),
    GRAPH_CUT.shows(
        error=lambda s: (
            (raises(s, "does not require grad") and not mentions(s, *NO_RECORD))
            or raises(s, "not have been used in the graph|Can't call numpy")
        )
    ),
    *OF_PRODUCTS,
)
