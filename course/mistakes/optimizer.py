"""Mistakes with an optimizer: creating one, and a training loop in which it updates the parameters.

Many of those in a loop leave the loss constant; the order of the calls tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import Condition, mistake
from course.mistakes.autograd import SOME_PARAMETERS, over_old_steps
from course.mistakes.choice import all_of
from course.mistakes.descent import DECAYS, PENALTIES, RATES, SCHEDULES
from course.mistakes.evidence import calls, first_loss_right, n_samples, n_steps, order_of, raises, same_loss, unmoved
from course.mistakes.loop import OF_ANY_LOOP, OF_LISTS, SCHEDULED, TOTAL_BACKWARD
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.simulations import restarts
from course.mistakes.source import adds_up_losses, rewraps, scales_gradients, uses_up
from course.runner.syntax import last_name

# ---------------------------------------------------------------- the loop


def _since_backward(order: list[Any]) -> list[Any]:
    return order[len(order) - order[::-1].index("backward") :] if "backward" in order else []


def _cleared_between(obs: Observation) -> bool:
    """Return whether gradients are cleared after each backward pass, before the step that would read them."""
    order = order_of(obs)
    steps = [i for i, call in enumerate(order) if call == "step"]
    return bool(steps) and all("zero_grad" in _since_backward(order[:i]) for i in steps)


def _step_first(obs: Observation) -> bool:
    order = order_of(obs)
    return "step" in order and "backward" in order and order.index("step") < order.index("backward")


def _nothing_to_read(obs: Observation) -> bool:
    """Return whether each step follows a backward pass without `zero_grad` in between, and still nothing moved."""
    order = order_of(obs)
    return (
        calls(obs, "forward") > 0
        and calls(obs, "optimizer") == 0
        and order.count("step") == order.count("backward") == n_steps(obs)
        and not _step_first(obs)
        and not _cleared_between(obs)
        and unmoved(obs)
    )


def _ends_with_a_step(obs: Observation) -> bool:
    order = order_of(obs)
    return order.count("step") == 1 and order[-1] == "step" and calls(obs, "backward") > 1


def _stuck(of: str, why: Condition, error: Condition | None = None) -> Mistake:
    """Return the mistake that leaves all losses at the first one in every question, with `why` where they are wrong."""

    def condition(obs: Observation) -> bool:
        return same_loss(obs) and (obs.is_right("losses") or why(obs))

    return mistake(of, "losses", condition=condition, error=error, always=True)


def _with_rate(rate: Callable[[float, float], float]) -> Callable[[float], dict[str, Any]]:
    """Return the parts of a loop whose optimizer has a learning rate computed from the right one and a number."""
    return lambda a: {"optimizer": lambda right: replace(right, lr=rate(right.lr, a))}


IN_LOOP: tuple[Mutant, ...] = (
    *(m for m in OF_LISTS if m.id not in ("update-after-loop", "update-left-out")),
    # an optimizer step before the first backward pass moves nothing
    *(replace(m, condition=lambda s: not _step_first(s)) for m in OF_LISTS if m.id == "update-left-out"),
    mutant(
        "new-optimizer-each-step",
        lambda s: calls(s, "optimizer") == 0 and order_of(s).count("step") == n_steps(s),
        fresh=True,
    ),
    mutant("updated-twice", twice=all_of),
    mutant("updated-twice", also_by_hand=True),
    mutant("uphill", pace=-1.0),
    mutant("backward-twice", lambda s: calls(s, "backward") > n_steps(s), pace=2.0),
    Mutant("step-scaled", _with_rate(lambda lr, a: a * lr), numbers=(2.0, 0.5, 10.0, 0.1), fits=lambda a: 0 < a < 1e4),
    Mutant(
        "step-scaled",
        lambda a: {"pace": a},
        numbers=(),
        fits=lambda a: a > 0,
        condition=lambda s: scales_gradients(s.code),
    ),
    Mutant("lr-ignored", _with_rate(lambda lr, a: a), numbers=RATES, fits=lambda a: 0 < a < 1),
    *SCHEDULES,
    *PENALTIES,
    *DECAYS,
    SOME_PARAMETERS,
)
_ROWS = ("losses", "parameters")
# Functions that return gradients and store none.
_HAND_BACK = ("grad", "grad_and_value", "value_and_grad", "vjp", "jacobian", "jacrev")
OF_LOOP: tuple[Mistake, ...] = (
    _stuck(
        "zeroed-too-early",
        lambda s: (
            unmoved(s)
            and (
                (_cleared_between(s) and not _step_first(s))
                or (_nothing_to_read(s) and "grad" in s.code.names and "grad" not in s.code.called)
            )
        ),
    ),
    _stuck("graph-cut", lambda s: _nothing_to_read(s) and rewraps(s.code) and "grad" not in s.code.called),
    _stuck("gradients-not-stored", lambda s: _nothing_to_read(s) and s.code.calls_any(*_HAND_BACK)),
    _stuck(
        "step-before-backward",
        lambda s: _step_first(s) and unmoved(s),
        error=lambda s: _step_first(s) and raises(s, "inplace operation"),
    ),
    mistake("step-before-backward", "parameters", condition=_step_first),
    _stuck("update-after-loop", _ends_with_a_step),
    _stuck(
        "step-not-called",
        lambda s: (
            "step" not in order_of(s)
            and "backward" in order_of(s)
            and calls(s, "forward") > 0
            and calls(s, "optimizer") == 0
            and unmoved(s)
        ),
    ),
    _stuck("backward-not-called", lambda s: calls(s, "backward") == 0 and unmoved(s)),
    _stuck(
        "loss-rewrapped",
        lambda s: (
            calls(s, "backward") > 0
            and "backward" not in order_of(s)
            and calls(s, "forward") > calls(s, "unrecorded")
            and unmoved(s)
        ),
    ),
    _stuck("forward-in-no-grad", lambda s: calls(s, "unrecorded") == calls(s, "forward") > 0 and unmoved(s)),
    mistake(
        "trained-a-copy",
        *_ROWS,
        condition=lambda s: calls(s, "forward") == 0 and first_loss_right(s) and unmoved(s) and calls(s, "loss") > 0,
    ),
    mistake(
        "weights-reinitialised",
        "losses",
        condition=lambda s: (
            not first_loss_right(s)
            and calls(s, "loss") >= n_steps(s)
            and (s.code.calls_any("reset_parameters") or (calls(s, "forward") == 0 and unmoved(s)))
        ),
    ),
    mistake(
        "new-optimizer-each-step",
        *_ROWS,
        condition=lambda s: calls(s, "optimizer") == n_steps(s) and "step" not in order_of(s) and not unmoved(s),
    ),
    mistake(
        "optimizer-ignored",
        *_ROWS,
        "continues",
        condition=lambda s: (
            calls(s, "optimizer") < 2
            and "step" not in order_of(s)
            and first_loss_right(s)
            and calls(s, "loss") >= n_steps(s)
            and not unmoved(s)
        ),
    ),
    mistake("optimizer-restarted", "continues", condition=lambda s: "step" in order_of(s) and restarts(s)),
    mistake("losses-of-last-call", "continues", condition=lambda s: s.got("losses again").size == 2 * n_steps(s)),
    mistake("batch-mean", "losses", value=lambda s: s.truth["losses"] / n_samples(s)),
    *SCHEDULED,
    TOTAL_BACKWARD,
    *(m for m in OF_ANY_LOOP if m.id != "last-loss-only"),
    mistake("last-loss-only", "losses", values=(lambda s: s.truth["losses"][-1:], lambda s: s.truth["losses"][-1])),
    mistake(
        "forward-outside-loop",
        error=lambda s: (
            calls(s, "forward") == 1 and not _step_first(s) and raises(s, "a second time|inplace operation")
        ),
    ),
    mistake("forward-in-no-grad", error=lambda s: raises(s, "does not require grad") and calls(s, "unrecorded") > 0),
    mistake(
        "graph-cut",
        error=lambda s: raises(s, "does not require grad") and calls(s, "unrecorded") == 0 < calls(s, "forward"),
    ),
    mistake("total-loss-backward", error=lambda s: over_old_steps(s) and adds_up_losses(s.code)),
    mistake(
        "loss-is-a-number",
        error=r"AttributeError: '(float|numpy\.float\d+|numpy\.ndarray)' object has no attribute 'backward'",
    ),
    mistake(
        "backward-not-on-loss",
        error=r"grad can be implicitly created only for scalar|Sequential' object has no attribute 'backward'",
    ),
)
# ---------------------------------------------------------------- creating an optimizer


def _by_heart(lr: Any) -> bool:
    """Return whether a learning rate is a round number, such as a default or one copied from a text."""
    return isinstance(lr, int | float) and float(f"{lr:.1e}") == lr


def _same_factor(obs: Observation) -> Callable[[float], bool]:
    """Return the test whether all learning rates are the one passed in, multiplied or divided by a number."""
    rates = [g.get("lr") for g in obs.fact("settings", [])]
    lr = obs.option("lr")

    def is_it(number: float) -> bool:
        return number > 0 and any(np.allclose(rates, lr * f, rtol=1e-9, atol=0) for f in (number, 1 / number))

    return is_it


# What makes an optimizer, if somebody calls it.
_UNBUILT = ("builtins.type", "builtins.function", "functools.partial")
OF_MAKING: tuple[Mistake, ...] = (
    mistake("returns-none", "is_optimizer", condition=lambda s: s.fact("class") == "builtins.NoneType"),
    mistake("optimizer-not-built", "is_optimizer", condition=lambda s: s.fact("class") in _UNBUILT),
    mistake("other-optimizer", "class", condition=lambda s: bool(s.fact("is_optimizer"))),
    mistake(
        "other-optimizer",
        "usual_options",
        condition=lambda s: bool(s.fact("unusual")) and s.fact("unusual") != ["maximize"],
    ),
    mistake("uphill", "usual_options", condition=lambda s: s.fact("unusual") == ["maximize"]),
    # it may hold all parameters of a small model and only the first ones of a larger model
    mistake("not-all-parameters", "all_parameters", condition=lambda s: bool(s.fact("covered"))),
    mistake(
        "trained-a-copy",
        "all_parameters",
        condition=lambda s: s.fact("covered") == [] and s.fact("n_held", 0) > 0 and s.fact("made_again", True),
    ),
    mistake("remembers", "all_parameters", "made_again", condition=lambda s: not s.fact("made_again", True)),
    mistake(
        "rates-differ", "learning_rate", condition=lambda s: len({g.get("lr") for g in s.fact("settings", [])}) > 1
    ),
    mistake(
        "weights-reinitialised", "steps", condition=lambda s: s.code.mentions("init", "reset_parameters", "normal_")
    ),
    mistake(
        "lr-ignored", "learning_rate", condition=lambda s: all(_by_heart(g.get("lr")) for g in s.fact("settings", []))
    ),
    mistake("step-scaled", "learning_rate", condition=lambda s: any(map(_same_factor(s), s.code.numbers))),
    mistake("uphill", error=r"Invalid learning rate: -"),
    mistake("scheduler-not-optimizer", "is_optimizer", condition=lambda s: ".lr_scheduler." in s.fact("class")),
    mistake(
        "optimizer-arguments-swapped",
        error=lambda s: (
            raises(s, "between instances of 'generator'")
            or raises(s, "not supported between instances of|iterable")
            and any(call.args and last_name(call.args[0]) == "lr" for call in s.code.calls)
        ),
    ),
    mistake("generator-used-up", error=lambda s: raises(s, "empty parameter list") and uses_up(s.code)),
    mistake("not-all-parameters", error=lambda s: raises(s, "empty parameter list") and not uses_up(s.code)),
    mistake("parameters-not-called", error=r"'(method|function)' object is not iterable|must be iterable.*method"),
    mistake(
        "model-not-parameters",
        error=r"TypeError: (optimizer can only optimize Tensors, but one of the params is .*(Linear|Sequential|Net)"
        r"|'(Sequential|\w*Net|\w*Model)' object is not iterable)",
    ),
)
