"""Mistakes in a training loop on autograd: what is recorded, when gradients are cleared, what is backpropagated."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from course.exercise import Mistake, Observation
from course.exercise.mistake import Condition, mistake
from course.mistakes.choice import all_of, nth_subset, proper_subsets, single
from course.mistakes.descent import NOW_AND_THEN
from course.mistakes.evidence import (
    NO_RECORD,
    calls,
    constant,
    first_loss_right,
    line_has,
    mentions,
    order_of,
    passes,
    raises,
    same_loss,
    unmoved,
)
from course.mistakes.gradient import OF_PRODUCTS
from course.mistakes.loop import ONE_REBOUND, TOTAL_BACKWARD
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.source import adds_up_losses, clears_before_update, rebinds, rewraps, uses_up

# ---------------------------------------------------------------- what an observation shows


def nothing_reached(obs: Observation) -> bool:
    """Return whether backward passes reach no parameter, since `requires_grad` was set on the loss afterwards."""
    if obs.fact("passes") is None:  # for a model: the given loss function records backward passes
        reached = "backward" in order_of(obs) or calls(obs, "backward") == 0
    else:
        reached = passes(obs) > 0
    return not reached and rewraps(obs.code) and obs.code.calls_any("backward")


def _unrecorded(obs: Observation) -> bool:
    """Return whether the forward pass ran without recording: counted for a model, read off the source for weights."""
    if obs.fact("passes") is None:
        return calls(obs, "unrecorded") > 0
    return mentions(obs, *NO_RECORD) and not obs.code.mentions("detach")


def cut_off(obs: Observation) -> bool:
    """Return whether every backward pass through the loss of a model ended before it reached a parameter."""
    order = order_of(obs)
    return order[-1:] == ["backward"] and not obs.fact("filled") and rewraps(obs.code) and unmoved(obs)


def missing_gradient(obs: Observation) -> bool:
    return raises(obs, "NoneType")


def before_first(obs: Observation) -> bool:
    """Return whether the code failed to clear a gradient that was never computed."""
    return _nobody_filled(obs) and line_has(obs, _CLEARING)


def never_asked(obs: Observation) -> bool:
    """Return whether the code failed to use a gradient that was never computed."""
    return _nobody_filled(obs) and not line_has(obs, _CLEARING)


def _nobody_filled(obs: Observation) -> bool:
    return missing_gradient(obs) and passes(obs) == 0 and not nothing_reached(obs)


def without_a_past(obs: Observation) -> bool:
    """Return whether a gradient is missing because the backpropagated loss has no history."""
    return missing_gradient(obs) and nothing_reached(obs)


def over_old_steps(obs: Observation) -> bool:
    """Return whether a later step failed to backpropagate through the graph of an earlier one."""
    return raises(obs, r"backward through the graph a second time|modified by an inplace operation") and not unmoved(
        obs
    )


_CLEARING = r"zero|\*=\s*0|fill_"
A_NUMBER = r"AttributeError: '(\w+\.)?(float|float64|float32|ndarray)' object has no attribute 'backward'"

# Accumulated gradients, in any loop on autograd.
ADDING_UP: tuple[Mutant, ...] = (
    mutant("never-zeroed", kept=all_of),
    mutant("never-zeroed", cleared_every=sys.maxsize),  # cleared once, before the first step
    Mutant(
        "one-not-zeroed",
        lambda i: {"kept": nth_subset(proper_subsets, i)},
        numbers=tuple(map(float, range(14))),
        condition=lambda s: "zero_grad" not in order_of(s),  # which clears all of them
    ),
    *NOW_AND_THEN,
)


def _clears(obs: Observation) -> bool:
    return clears_before_update(obs.code)


def _rebinds(obs: Observation) -> bool:
    return rebinds(obs.code)


def _uses_up(obs: Observation) -> bool:
    return uses_up(obs.code)


def _stuck(
    of: str, why: Sequence[Condition], not_why: Sequence[Condition] = (), error: Condition | None = None
) -> Mistake:
    """Return the mistake of a loop in which nothing moves, if all of `why` and none of `not_why` hold."""

    def condition(obs: Observation) -> bool:
        return constant(obs) and all(test(obs) for test in why) and not any(test(obs) for test in not_why)

    return mistake(of, "losses", condition=condition, error=error, always=True)


def of_loop(made_anew: tuple[str, ...], one_step: Callable[[Observation], bool]) -> tuple[Mistake, ...]:
    """Return the mistakes of a student's own loop on autograd.

    made_anew: parts of names that create new parameters. one_step: whether the parameters are where one step leads.
    """
    return (
        mistake("backward-twice", error=lambda s: raises(s, "backward through the graph a second time") and unmoved(s)),
        mistake(
            "forward-outside-loop",
            "losses",
            condition=lambda s: not unmoved(s) and passes(s) != 0 and not one_step(s) and same_loss(s),
            error=lambda s: over_old_steps(s) and not adds_up_losses(s.code),
            always=True,
        ),
        mistake("total-loss-backward", error=lambda s: over_old_steps(s) and adds_up_losses(s.code)),
        TOTAL_BACKWARD,
        mistake("update-after-loop", "losses", condition=lambda s: one_step(s) and same_loss(s), always=True),
        _stuck(
            "zeroed-too-early",
            [_clears],
            [nothing_reached, cut_off],
            error=lambda s: (
                missing_gradient(s) and passes(s) > 0 and unmoved(s) and not s.fact("filled") and not nothing_reached(s)
            ),
        ),
        mistake("zeroed-before-first", error=before_first),
        mistake("backward-not-called", error=never_asked),
        _stuck("loss-rewrapped", [nothing_reached], error=without_a_past),
        mistake("loss-is-a-number", error=A_NUMBER),
        mistake("update-recorded", error=r"leaf Variable that requires grad|don't support automatic differentiation"),
        mistake(
            "forward-in-no-grad",
            error=lambda s: raises(s, "does not require grad") and passes(s) == 0 and _unrecorded(s),
        ),
        mistake("grad-set-to-zero-number", error=r"assigned grad expected to be a Tensor"),
        _stuck("no-update", [], [_clears, _rebinds, _uses_up, nothing_reached, cut_off]),
        mistake(
            "weights-reinitialised",
            "losses",
            condition=lambda s: unmoved(s) and not s.fact("filled") and not constant(s) and mentions(s, *made_anew),
        ),
    )


def _switched_off(obs: Observation) -> bool:
    """Return whether a weight is a leaf without a record, or both would have one and recording is off altogether."""
    weights = [v for v in map(obs.value, ("w1", "w2")) if v and v.is_leaf]
    off = not obs.fact("still_leaf") and len(weights) == 2
    return off or any(not v.requires_grad for v in weights)


# A loop on two named weights.
OF_WEIGHTS: tuple[Mistake, ...] = (
    _stuck(
        "weights-rebound",
        [_rebinds],
        [_uses_up, nothing_reached],
        error=lambda s: (
            passes(s) > 0
            and unmoved(s)
            and ((missing_gradient(s) and bool(s.fact("filled"))) or raises(s, "does not require grad"))
        ),
    ),
    ONE_REBOUND,
    mistake("recording-switched-off", "still_leaf", condition=_switched_off),
    *OF_PRODUCTS,
)
FROZEN_AFTERWARDS = mistake("recording-switched-off", "still_leaf")
# A loop over the parameters of a model.
OF_MODEL: tuple[Mistake, ...] = (
    FROZEN_AFTERWARDS,
    mistake(
        "weights-reinitialised",
        "losses",
        condition=lambda s: s.code.calls_any("reset_parameters") and not first_loss_right(s),
    ),
    mistake(
        "trained-a-copy",
        "parameters",
        # unless the model was trained and then restored
        condition=lambda s: (
            unmoved(s)
            and bool(s.fact("same_parameters", True))
            and (calls(s, "forward") == 0 or not s.code.calls_any("load_state_dict"))
        ),
    ),
    mistake("parameters-replaced", "parameters", condition=lambda s: not s.fact("same_parameters", True)),
    _stuck("loop-variable-rebound", [_rebinds], [_clears, _uses_up, nothing_reached, cut_off]),
    _stuck(
        "graph-cut",
        [cut_off],
        error=lambda s: raises(s, "does not require grad") and calls(s, "unrecorded") == 0 < calls(s, "forward"),
    ),
    _stuck("generator-used-up", [_uses_up]),
    mistake(
        "names-not-unpacked", error=r"'tuple' object has no attribute|unsupported operand type\(s\) for -=: 'tuple'"
    ),
    mistake("parameters-not-called", error=r"'method' object is not iterable"),
)
# One parameter of a model is never updated, or all but one.
SOME_PARAMETERS = Mutant(
    "one-weight-only",
    lambda i: {"still": nth_subset(single, i)},
    numbers=tuple(map(float, range(12))),
    condition=lambda s: not unmoved(s),
)
TWICE = (mutant("backward-twice", lambda s: passes(s) > int(s.option("steps")), pace=2.0),)
STALE = (mutant("forward-outside-loop", stale=True),)
USED_UP_AFTER_ONE: tuple[Mutant, ...] = (
    mutant("generator-used-up", _uses_up, moves=1),
    mutant("generator-used-up", _uses_up, moves=1, kept=all_of),
)
