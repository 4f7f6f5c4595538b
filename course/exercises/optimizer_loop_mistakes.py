"""Named mistakes of the training loop with an optimizer: what each one computes, or which calls it makes.

Many of them leave the loss constant; the order of the calls tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from course.checks import Mistake, Seen
from course.exercises.optimizer_loop import LOSSES, rehearse
from course.exercises.optimizer_loop_evidence import (
    PARAMETERS,
    calls,
    cleared_between,
    constant,
    first_loss_right,
    moved,
    n_steps,
    nothing_to_read,
    order_of,
    says,
    step_first,
    update_after_loop,
)

LATE_ROWS = ("losses", "parameters")


# ---------------------------------------------------------------- closed forms


def _form(**wrong: Any) -> Callable[[Seen], np.ndarray]:
    return lambda s: rehearse(s.question, **wrong)["losses"]


def _scaled(factor: Callable[[Seen], float]) -> Callable[[Seen], np.ndarray]:
    """Return the losses of a loop that notes and differentiates the right loss times a factor."""

    def form(seen: Seen) -> np.ndarray:
        right = LOSSES[seen.question.options["loss"]]
        times = factor(seen)
        return rehearse(seen.question, loss_of=lambda d: times * right(d), gradient_of=lambda d: times * right(d))[
            "losses"
        ]

    return form


def _own(loss: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Seen], np.ndarray]:
    return _form(loss_of=loss, gradient_of=loss)


def _size(seen: Seen) -> float:
    return float(seen.option("sizes")["n"] * seen.option("sizes")["d_out"])


_PARTS = (
    ("0.bias", "2.bias"),
    ("0.weight", "2.weight"),
    ("0.weight", "0.bias"),
    ("2.weight", "2.bias"),
    *((name,) for name in PARAMETERS),
)
_ORDER = "Each step needs the gradients of this very step: say aloud which call fills them and which call reads them."
_TWICE = "Who moves the parameters in your loop? Only one of the two should."
_ADD_UP = "Gradients add up until somebody clears them. What does step number 2 see?"

_FORGETS = "An optimizer made anew in each step has no memory: every step is its first one."
_TOO_EARLY = "You clear the gradients after backward and before the step: what is left for the optimizer to read?"
_NEVER = "The optimizer was never asked for a step. A method that is only named, without parentheses, is not called."
_NOT_RECORDED = "Nothing was recorded during the forward pass, so there is nothing to go back through."
_IGNORED = "The optimizer you were given had nothing to do: another one, or your own lines, moved the parameters."


def loop_mistakes(section: str, clearing: str) -> tuple[Mistake, ...]:
    """Return the mistakes; section, clearing: headings about the loop, and about gradients that add up."""

    def losses(mistake_id: str, hint: str, form: Any = None, when: Any = None, **more: Any) -> Mistake:
        return Mistake(mistake_id, hint, ("losses",), form, when, **{"section": section, **more})

    return (
        losses("never-zeroed", _ADD_UP, _form(never_cleared=PARAMETERS), section=clearing),
        *(
            losses(
                "one-not-zeroed",
                "Some gradients are cleared and some add up: which ones does your loop forget?",
                _form(never_cleared=names),
                section=clearing,
            )
            for names in _PARTS
        ),
        losses(
            "zeroed-too-early",
            _TOO_EARLY,
            constant,
            lambda s: cleared_between(s) and not step_first(s) and not moved(s),
        ),
        losses(
            "zeroed-too-early",
            _TOO_EARLY,
            constant,
            lambda s: nothing_to_read(s) and "grad" in s.code.names and "grad" not in s.code.called,
        ),
        losses(
            "gradients-not-stored",
            "You have the gradients; where does the optimizer look for them?",
            constant,
            lambda s: nothing_to_read(s) and "grad" in s.code.called,
        ),
        losses(
            "step-before-backward",
            _ORDER,
            constant,
            lambda s: step_first(s) and not moved(s),
            raised=lambda s: step_first(s) and says("inplace operation")(s),
        ),
        Mistake(
            "step-before-backward",
            _ORDER,
            ("parameters",),
            None,
            step_first,
            section=section,
        ),
        Mistake(
            "update-after-loop",
            "Look at the indentation: which lines belong to the loop, and which run once at the end?",
            ("losses",),
            constant,
            update_after_loop,
            section=section,
        ),
        losses(
            "step-not-called",
            _NEVER,
            constant,
            lambda s: (
                "step" not in order_of(s)
                and "backward" in order_of(s)
                and calls(s, "forward") > 0
                and calls(s, "optimizer") == 0
                and not moved(s)
            ),
        ),
        losses(
            "backward-not-called",
            "Who fills the gradients? A method that is only named, without parentheses, is not called.",
            constant,
            lambda s: calls(s, "backward") == 0 and not moved(s),
        ),
        losses(
            "loss-rewrapped",
            "The loss you call backward on does not remember where it came from, so no parameter is reached.",
            constant,
            lambda s: (
                calls(s, "backward") > 0 and "backward" not in order_of(s) and calls(s, "forward") > 0 and not moved(s)
            ),
        ),
        Mistake(
            "trained-a-copy",
            "You train a twin. The model you were given does not move.",
            LATE_ROWS,
            None,
            lambda s: calls(s, "forward") == 0 and first_loss_right(s) and not moved(s) and calls(s, "loss") > 0,
            section=section,
        ),
        losses(
            "weights-reinitialised",
            "The first loss is not the one of the model you were given: it was put aside at once.",
            None,
            lambda s: (
                calls(s, "forward") == 0 and not first_loss_right(s) and not moved(s) and calls(s, "loss") >= n_steps(s)
            ),
        ),
        Mistake(
            "new-optimizer-each-step",
            _FORGETS,
            LATE_ROWS,
            None,
            lambda s: calls(s, "optimizer") == n_steps(s) and "step" not in order_of(s) and moved(s),
            section=section,
        ),
        losses(
            "new-optimizer-each-step",
            _FORGETS,
            _form(fresh=True),
            lambda s: calls(s, "optimizer") == 0 and order_of(s).count("step") == n_steps(s),
        ),
        Mistake(
            "optimizer-ignored",
            _IGNORED,
            LATE_ROWS,
            None,
            lambda s: (
                calls(s, "optimizer") < 2
                and "step" not in order_of(s)
                and first_loss_right(s)
                and calls(s, "loss") >= n_steps(s)
                and moved(s)
            ),
            section=section,
        ),
        *(losses("updated-twice", _TWICE, form) for form in (_form(updates=2), _form(also_by_hand=True))),
        *(
            losses(
                "mean-not-sum",
                "Your losses are averages. The loop is handed a loss function: does it use that one, as it is?",
                form,
            )
            for form in (_own(lambda d: d.square().mean()), _scaled(lambda s: 1 / _size(s)))
        ),
        losses(
            "batch-mean",
            "Your losses are divided by the number of examples; the loss function that is handed in is not.",
            _scaled(lambda s: 1 / float(s.option("sizes")["n"])),
        ),
        losses(
            "batch-mean",
            "The losses you note are divided by the number of examples; note them as they are.",
            lambda s: s.truth["losses"] / float(s.option("sizes")["n"]),
        ),
        losses(
            "loss-fn-ignored",
            "Your loop computes a loss of its own; it is handed one in `loss_fn`.",
            _own(LOSSES["squares"]),
            lambda s: calls(s, "loss") == 0,
        ),
        losses(
            "uphill",
            "Uphill or downhill? Look at the sign of what you call backward on.",
            lambda s: rehearse(s.question, gradient_of=lambda d: -LOSSES[s.question.options["loss"]](d))["losses"],
        ),
        losses("uphill", "A loss that is turned round is climbed.", _scaled(lambda s: -1.0)),
        losses(
            "loss-after-update",
            "Each loss belongs to the parameters before that step's update.",
            _form(late_loss=True),
        ),
        *(
            losses(
                "last-loss-only",
                "One loss for every step is asked for. Where is the list made, and how often is it filled?",
                form,
            )
            for form in (lambda s: s.truth["losses"][-1:], lambda s: s.truth["losses"][-1])
        ),
        losses(
            "return-in-loop",
            "How many times does your loop go round? Look at the indentation of the last line.",
            lambda s: s.truth["losses"][:1],
        ),
        *(
            losses(
                "steps-off-by-one",
                "Count the rounds of your loop for steps = 1.",
                lambda s, more=n: rehearse(s.question, steps=n_steps(s) + more)["losses"],
            )
            for n in (-1, 1)
        ),
        losses(
            "steps-ignored",
            "Your loop knows how often it goes round without asking. Who should decide that?",
            None,
            lambda s: (
                s.got("losses").size > n_steps(s) + 1
                and np.allclose(s.got("losses")[: n_steps(s)], s.truth["losses"], rtol=1e-4)
            ),
        ),
        losses(
            "losses-not-kept",
            "The list of losses came back empty: who puts the loss of each step into it?",
            lambda s: np.zeros(0),
        ),
        Mistake(
            "forward-outside-loop",
            "After the parameters have moved, is the prediction still the same? What has to be computed anew?",
            raised=lambda s: (
                calls(s, "forward") == 1
                and not step_first(s)
                and (says("a second time")(s) or says("inplace operation")(s))
            ),
            section=section,
        ),
        Mistake(
            "forward-in-no-grad",
            _NOT_RECORDED,
            raised=lambda s: says("does not require grad")(s) and calls(s, "unrecorded") > 0,
            section=section,
        ),
        Mistake(
            "graph-cut",
            "Between the prediction and the loss the graph was cut: backward does not find the way to the parameters.",
            raised=lambda s: says("does not require grad")(s) and calls(s, "unrecorded") == 0,
            section=section,
        ),
        Mistake(
            "loss-is-a-number",
            "A plain number does not remember how it was computed. Which loss has the history, and which the number?",
            raised=r"AttributeError: '(float|numpy\.float\d+|numpy\.ndarray)' object has no attribute 'backward'",
            section=section,
        ),
        Mistake(
            "backward-not-on-loss",
            "What you call backward on is the prediction or the model, not the loss.",
            raised=r"grad can be implicitly created only for scalar|Sequential' object has no attribute 'backward'",
            section=section,
        ),
    )
