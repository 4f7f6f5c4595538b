"""Mistakes of any training loop: which steps are taken, in which order, what is noted and whose weights move."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from course.asking import Code
from course.asking.syntax import is_minus, is_zero, last_name, targets
from course.checks import Mistake, Seen
from course.checks.general import ORDER
from course.checks.idea import idea
from course.mistakes.evidence import (
    constant,
    first_loss_right,
    first_wrong,
    line_has,
    losses_right_so_far,
    message,
    n_entries,
    n_steps,
    parameter_names,
    raises,
    start_of,
    unmoved,
)
from course.mistakes.gradient import WEIGHT_DECAY
from course.mistakes.loss import LOSS_NOT_SCALAR, ROUNDED
from course.mistakes.mutant import Mutant, looped
from course.network.optimizers import AdamOptimizer, Optimizer, Sgd

Names = tuple[str, ...]

W2_FIRST = idea(
    "w2-updated-first",
    "Both gradients belong to the same point: take no step before you have both.",
    "The gradient of w1 goes back through w2. If w2 has moved by then, it is the gradient of another network.",
)
UPHILL = idea(
    "uphill",
    "Uphill or downhill?",
    "A gradient points to where the loss grows. Look at the sign of the update, or of what you differentiate.",
)
NO_RATE = idea(
    "no-learning-rate",
    "A gradient is a direction, not yet a step: something decides how long the step is.",
    "The steps are as long as with a learning rate of 1. Where does `lr` come in?",
)
LR_IGNORED = idea(
    "lr-ignored",
    "Do your steps double when `lr` does?",
    "The steps have the length of another learning rate than the one that is passed in: one written in, or a variable "
    "of the notebook.",
)
LR_FADES = idea(
    "learning-rate-fades",
    "The first step is right, the next ones are too short. Who makes the learning rate smaller?",
    "A schedule, or a division by the step's number, changes the learning rate. Here it stays what it is.",
)
MOMENTUM = idea(
    "momentum-added",
    "The first step is right; from the second on yours remembers the one before.",
    "What is carried over is momentum. Here each step uses the gradient of this step alone.",
)
CLIPPED_STEPS = idea(
    "step-clipped",
    "Some entries of the step are cut off at a bound. The text's update knows none.",
    "Clipping gradients tames a run that diverges. Here the gradient is used as it is.",
)
ADAM_FOR_DESCENT = idea(
    "other-rule",
    "The weights move, but not by lr times the gradient.",
    "Your steps are those of Adam. Here the rule is plain gradient descent.",
)
ONE_WEIGHT_ONLY = idea(
    "one-weight-only",
    "Which parameter never moved?",
    "One of the two weights is updated in every step, the other never.",
)
BIASES_SKIPPED = idea(
    "biases-skipped",
    "Which of the parameters never move? Look at their names.",
    "The weights are updated and the biases are not. A loop over `parameters()` meets them all.",
)
WEIGHTS_SKIPPED = idea(
    "weights-skipped",
    "Only the biases move. What about the matrices?",
    "A loop over `parameters()` meets them all.",
)
ONE_LAYER_ONLY = idea(
    "one-layer-only",
    "Which layer never moves?",
    "Some layers are updated and others are not. A loop over `parameters()` meets them all.",
)
SAMPLE_BY_SAMPLE = idea(
    "sample-by-sample",
    "One step uses the gradient of the whole batch.",
    "You take a step for each sample. Here all of them are predicted at once, and one update follows.",
)
LOSS_AFTER_UPDATE = idea(
    "loss-after-update",
    "Each loss belongs to the parameters before that step's update. Whose is your first one?",
    "Your list begins with the second loss: it is computed, or noted, after the update.",
)
FORWARD_OUTSIDE = idea(
    "forward-outside-loop",
    "The prediction changes with the weights: what has to be computed anew in every step?",
    "The forward pass ran once. Its place is inside the loop.",
)
UPDATE_AFTER_LOOP = idea(
    "update-after-loop",
    "Which lines belong to the loop? The weights moved only once.",
    "Look at the indentation of the update: it runs after the last step.",
)
NO_UPDATE = idea(
    "no-update",
    "The parameters never change: what should happen to them at the end of each step?",
    "Losses are computed and nothing moves. The update is missing, or its result is not stored anywhere.",
)
UPDATED_TWICE = idea(
    "updated-twice",
    "Something moves twice in each step. Is there one update too many?",
    "Count the lines that change a parameter, and the calls that do.",
)
WEIGHTS_REBOUND = idea(
    "weights-rebound",
    "Did the array the caller holds change, or only your name for it?",
    "`w = w - …` makes a new array and gives it the old name. `w -= …` changes the array itself.",
    "rebinding",
)
REINITIALISED = idea(
    "weights-reinitialised",
    "The weights you were given are to be trained; your function makes some of its own.",
    "The first loss is not the one of the weights that were passed in.",
)
WEIGHTS_ZEROED = idea(
    "weights-zeroed",
    "What should become zero at the end of a step, and what did?",
    "The parameters themselves are set to zero; it is their gradients that have to be cleared.",
)
STEPS_IGNORED = idea(
    "steps-ignored",
    "Who decides how many steps are taken?",
    "A number of steps is written in. The argument is called `steps`.",
)
RETURN_IN_LOOP = idea(
    "return-in-loop",
    "Only one step was taken. Where does your loop end, and where does your function?",
    "A `return` inside the loop ends everything in the first step. Look at its indentation.",
)
STEPS_OFF_BY_ONE = idea(
    "steps-off-by-one",
    "Count the rounds of your loop for steps = 1.",
    "One step too many, or one too few. `range(steps)` has exactly `steps` numbers.",
)
LAST_LOSS_ONLY = idea(
    "last-loss-only",
    "One loss for every step is asked for. Where is the list made, and how often?",
    "Only the last loss came back. The list is made once, before the loop, and grows in every step.",
)
LOSSES_LEFT_OUT = idea(
    "losses-left-out",
    "All steps were taken, but your list has gaps: one loss for every step is asked for.",
    "Look at what decides when a loss is stored. Print as seldom as you like, but store every one.",
)
LOSSES_NOT_KEPT = idea(
    "losses-not-kept",
    "The list of losses came back empty: who puts the loss of each step into it?",
    "A list grows by `append`.",
)


# ---------------------------------------------------------------- which parameters


def _is_bias(name: str) -> bool:
    return name.startswith("b") or name.endswith("bias")


def all_of(names: Names) -> Names:
    return names


def biases(names: Names) -> Names:
    return tuple(name for name in names if _is_bias(name))


def weights(names: Names) -> Names:
    return tuple(name for name in names if not _is_bias(name))


def layers(names: Names) -> list[Names]:
    """Return the parameters of the first layers, and of the last ones, for each cut between two layers."""
    order = list(dict.fromkeys(name.partition(".")[0] for name in names))
    of = {layer: tuple(n for n in names if n.partition(".")[0] == layer) for layer in order}
    parts = [p for cut in range(1, len(order)) for p in (order[:cut], order[cut:])]
    return [tuple(name for layer in part for name in of[layer]) for part in parts]


def some_of(names: Names) -> list[Names]:
    """Return the sets of parameters that may be forgotten where others are thought of."""
    single = [(name,) for name in names]
    all_but_one = [tuple(n for n in names if n != name) for name in names]
    sets = [*single, *all_but_one, biases(names), weights(names), *layers(names)]
    return [some for some in sets if 0 < len(some) < len(names)]


def nth(sets: Callable[[Names], list[Names]], i: float) -> Callable[[Names], Names]:
    """Return the choice of one of several sets; nothing where there are not so many."""
    return lambda names: sets(names)[int(i)] if i < len(sets(names)) else ()


def _numbers(count: int) -> tuple[float, ...]:
    return tuple(map(float, range(count)))


def _later_too(names: Names) -> Names:
    """Return the biases, and all that stands neither in `model[0]` nor in `model[2]`."""
    return tuple(name for name in names if _is_bias(name) or name.partition(".")[0] not in ("0", "2"))


# ---------------------------------------------------------------- mutants


def _rate(right: Optimizer) -> float:
    return float(getattr(right, "lr"))  # noqa: B009 - every optimizer here has one


RATES = (1e-6, 5e-7, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 0.05, 0.1, 0.5)
# Of plain gradient descent: the learning rate is an argument, the update is written out.
OF_DESCENT: tuple[Mutant, ...] = (
    looped(UPHILL, pace=-1.0),
    looped(NO_RATE, optimizer=lambda right: Sgd(1.0)),
    Mutant(LR_IGNORED, loop=lambda a: {"optimizer": lambda right: Sgd(a)}, numbers=RATES, fits=lambda a: 0 < a < 1),
    Mutant(
        MOMENTUM,
        loop=lambda a: {"optimizer": lambda right: Sgd(_rate(right), momentum=a)},
        numbers=(0.9,),
        fits=lambda a: 0 < a < 1,
    ),
    Mutant(
        WEIGHT_DECAY,
        loop=lambda a: {"optimizer": lambda right: Sgd(_rate(right), decay=a)},
        numbers=(),
        fits=lambda a: 0 < a < 10,
    ),
    Mutant(
        CLIPPED_STEPS,
        loop=lambda a: {"optimizer": lambda right: Sgd(_rate(right), clip=a)},
        numbers=(1.0,),
        fits=lambda a: a > 0,
    ),
    Mutant(
        LR_FADES,
        loop=lambda a: {"optimizer": lambda right: Sgd(_rate(right), fading=a)},
        numbers=(1.0,),
        fits=lambda a: 0 < a <= 1,
    ),
    looped(ADAM_FOR_DESCENT, optimizer=lambda right: AdamOptimizer(_rate(right))),
    looped(WEIGHTS_ZEROED, wiped=True),
)
OF_LISTS: tuple[Mutant, ...] = (
    looped(LOSS_AFTER_UPDATE, late=True),
    looped(STEPS_OFF_BY_ONE, more=-1),
    looped(STEPS_OFF_BY_ONE, more=1),
    looped(UPDATE_AFTER_LOOP, at_end=True),
    *(looped(LOSSES_LEFT_OUT, every=k, after=a) for k in (2, 3, 5, 10, 100) for a in (0, k - 1) if a < 2),
    Mutant(ROUNDED, loop=lambda a: {"rounded": int(a)}, numbers=_numbers(7)),
)
ONE_WEIGHT = (
    looped(ONE_WEIGHT_ONLY, still=lambda names: names[:1]),
    looped(ONE_WEIGHT_ONLY, still=lambda names: names[1:]),
)
SOME_LAYERS = (
    looped(BIASES_SKIPPED, still=biases),
    looped(BIASES_SKIPPED, still=_later_too),
    looped(WEIGHTS_SKIPPED, still=weights),
    Mutant(ONE_LAYER_ONLY, loop=lambda i: {"still": nth(layers, i)}, numbers=_numbers(4)),
)
BY_HAND: tuple[Mutant, ...] = (
    *ONE_WEIGHT,
    *OF_DESCENT,
    *OF_LISTS,
    looped(W2_FIRST, order="w2 first"),
    looped(W2_FIRST, order="one by one"),
    looped(SAMPLE_BY_SAMPLE, order="sample by sample"),
    looped(FORWARD_OUTSIDE, once=True),
    looped(FORWARD_OUTSIDE, once=True, stale=True),
    looped(FORWARD_OUTSIDE, stale=True),
    looped(UPDATED_TWICE, lambda s: lines_of_update(s.code, "w1", "w2") > 2, updates=2),
)


def _update(statement: Code, name: str) -> bool:
    node = statement.node
    named = [t.value if isinstance(t, ast.Subscript) else t for t in targets(node)]
    in_place = isinstance(node, ast.AugAssign) and any(last_name(t) == name for t in named)
    return in_place or any(
        isinstance(call.func, ast.Attribute)
        and last_name(call.func.value) == name
        and call.func.attr in ("sub_", "add_")
        for call in statement.calls
    )


def lines_of_update(code: Code, *names: str) -> int:
    """Count the statements that change one of these in place."""
    return sum(_update(statement, name) for statement in code.statements for name in names)


# ---------------------------------------------------------------- what is seen


def reads_steps(seen: Seen) -> bool:
    return "steps" in seen.code.read


def _right_so_far(seen: Seen) -> bool:
    return losses_right_so_far(seen, int(seen.got("losses").size))


def moved_steps(seen: Seen) -> bool:
    """Tell whether the parameters are where all steps lead."""
    return all(seen.agrees(name, seen.truth[name]) for name in parameter_names(seen))


def moved_once(seen: Seen, gradients: Callable[[Seen], dict[str, Any]]) -> bool:
    """Tell whether the parameters are where one step leads."""
    lr, found = float(seen.option("lr")), gradients(seen)
    return all(seen.agrees(n, start_of(seen, n) - lr * found[n]) for n in parameter_names(seen))


def _gaps(seen: Seen) -> bool:
    """Tell whether the losses that came back are some of the right ones, in their order."""
    left = iter(np.asarray(seen.truth["losses"]).tolist())
    return all(any(np.isclose(value, right, rtol=1e-4) for right in left) for value in seen.got("losses").tolist())


def _last_only(seen: Seen) -> bool:
    got = seen.got("losses").ravel()
    return got.size == 1 and bool(np.allclose(got, seen.truth["losses"][-1], rtol=1e-4))


def _losses_are_vectors(seen: Seen) -> bool:
    row, value = first_wrong(seen), seen.value("losses")
    if row.problem == "type" and value is not None:
        return value.type_name.startswith(("list of numpy.ndarray", "list of torch.Tensor"))
    return row.problem == "shape" and seen.got("losses").ndim > 1


def _draws_weights(seen: Seen) -> bool:
    """Tell whether the function gives `w1` values of its own, drawn ones or zeros."""
    return "w1" in seen.code.assigned and (
        seen.code.mentions("rand", "normal", "make_data")
        or any("w1" in statement.names and _makes_zeros(statement) for statement in seen.code.statements)
    )


def _makes_zeros(statement: Code) -> bool:
    value = getattr(statement.node, "value", None)
    return statement.mentions("zeros", "zero_") or is_zero(value)


def takes_away(node: ast.AST) -> bool:
    """Tell whether an expression begins with a minus."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return is_minus(node)


# Of any loop: how many losses came back, and which.
OF_ANY_LOOP: tuple[Mistake, ...] = (
    STEPS_IGNORED.shows(
        "losses", condition=lambda s: not reads_steps(s) and bool(s.code.nodes) and _right_so_far(s), always=True
    ),
    RETURN_IN_LOOP.shows(
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
    LOSSES_LEFT_OUT.shows(
        "losses",
        condition=lambda s: (
            reads_steps(s)
            and 0 < s.got("losses").size < n_steps(s)
            and moved_steps(s)
            and not _last_only(s)
            and _gaps(s)
        ),
        always=True,
    ),
    LAST_LOSS_ONLY.shows("losses", condition=lambda s: _last_only(s) and n_steps(s) > 1),
    LOSSES_NOT_KEPT.shows("losses", condition=lambda s: s.got("losses").size == 0),
    LOSS_NOT_SCALAR.shows("losses", condition=_losses_are_vectors),
)
# Of a loop by hand, beside the mutants.
OF_HAND: tuple[Mistake, ...] = (
    *OF_ANY_LOOP,
    NO_UPDATE.shows("losses", condition=lambda s: constant(s), always=True),
    WEIGHTS_REBOUND.shows("w1", "w2", condition=lambda s: all(s.is_right(n) or unmoved(s, n) for n in ("w1", "w2"))),
    REINITIALISED.shows(
        "losses",
        # in a network of one weight each, drawn ones can come as near as that by chance
        condition=lambda s: _draws_weights(s) and (n_entries(s) == 1 or not first_loss_right(s)),
    ),
    ORDER.shows(
        error=lambda s: (
            line_has(s, r"\bw[12]\b(\[[:.]{1,3}\])? ?(-=|=.*-)|\bw[12]\b.*sub")
            and raises(s, r"broadcast|must match the size|doesn't match the broadcast")
            and bool(message(s))
        ),
        topic="backward",
    ),
)
