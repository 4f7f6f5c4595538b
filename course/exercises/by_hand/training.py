"""Named mistakes of the training loop."""

from __future__ import annotations

import re

import numpy as np

from course.asking import Code
from course.asking.syntax import is_zero
from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import (
    BACKWARD,
    LOSS,
    first_wrong,
    line_has,
    message,
    n_entries,
    start_of,
)
from course.exercises.by_hand.own_loop import INSIDE, losses_of
from course.exercises.by_hand.rehearsal import Loop, only, sample_by_sample, w2_before_everything, w2_first

# More numbers than any honest loop has; each costs some training.
MAX_RATES = 30


def _begins_like(seen: Seen, loop: Loop, rate: float | None = None) -> bool:
    """Tell whether the first two losses are those of a mistaken loop: what diverges cannot be compared to its end."""
    form, got = loop.losses(seen, rate)[:2], seen.got("losses")[:2]
    return bool(got.shape == form.shape and np.allclose(got, form, rtol=1e-4))


def unmoved(seen: Seen, name: str) -> bool:
    return bool(np.array_equal(seen.got(name), start_of(seen, name)))


def _moved_by(seen: Seen, name: str, n_steps: int) -> bool:
    """Tell whether a weight moved by that many steps along its first gradient."""
    way = n_steps * float(seen.option("lr")) * np.asarray(seen.truth["grad_" + name])
    moved = seen.got(name) - start_of(seen, name)
    return bool(np.linalg.norm(moved + way) <= 1e-3 * np.linalg.norm(way))


def _constant(seen: Seen) -> np.ndarray:
    return np.full(int(seen.option("steps")), seen.truth["losses"][0])


def _rates_written_in(seen: Seen) -> list[float]:
    """Return the numbers in the student's code that can be learning rates; a run of the loop is tried for each."""
    given = float(seen.option("lr"))
    return [n for n in sorted(seen.code.numbers) if 0 < n < 1 and abs(n - given) > 1e-3 * given][:MAX_RATES]


def _rate_ignored(seen: Seen) -> bool:
    return any(_begins_like(seen, Loop(), rate) and not _begins_like(seen, Loop()) for rate in _rates_written_in(seen))


def _no_rate(seen: Seen) -> bool:
    return _begins_like(seen, Loop(), 1.0) and abs(float(seen.option("lr")) - 1.0) > 1e-6


def _right_so_far(seen: Seen, n_losses: int) -> bool:
    """Tell whether that many losses came back, and all that can be compared are right."""
    got, truth = seen.got("losses").ravel(), np.asarray(seen.truth["losses"])
    n = min(len(got), len(truth))
    return len(got) == n_losses and n > 0 and bool(np.allclose(got[:n], truth[:n], rtol=1e-4))


def _n_losses(seen: Seen) -> int:
    return int(seen.got("losses").size)


def _reads_steps(seen: Seen) -> bool:
    """Tell whether the function uses its argument `steps`."""
    return "steps" in seen.code.read


def _last_only(seen: Seen) -> bool:
    got = seen.got("losses").ravel()
    return got.size == 1 and bool(np.allclose(got, seen.truth["losses"][-1], rtol=1e-4))


def _losses_are_vectors(seen: Seen) -> bool:
    row, value = first_wrong(seen), seen.value("losses")
    if row.problem == "type" and value is not None:
        return value.type_name.startswith(("list of numpy.ndarray", "list of torch.Tensor"))
    return row.problem == "shape" and seen.got("losses").ndim > 1


def _first_loss_right(seen: Seen) -> bool:
    return bool(np.allclose(seen.got("losses")[0], seen.truth["losses"][0], rtol=1e-2))


def _draws_weights(seen: Seen) -> bool:
    """Tell whether the function gives `w1` values of its own, drawn ones or zeros."""
    return "w1" in seen.code.assigned and (
        seen.code.mentions("rand", "normal", "make_data")
        or any("w1" in statement.names and _makes_zeros(statement) for statement in seen.code.statements)
    )


def _makes_zeros(statement: Code) -> bool:
    value = getattr(statement.node, "value", None)
    return statement.mentions("zeros", "zero_") or is_zero(value)


STEPS = (
    *losses_of(
        "w2-updated-first",
        "Both gradients belong to the same point: take no step before you have both.",
        Loop(step=w2_first),
        Loop(step=w2_before_everything),
    ),
    Mistake(
        "uphill",
        "Uphill or downhill?",
        ("losses",),
        when=lambda s: _begins_like(s, Loop(slope=lambda y_pred, y: 2 * (y - y_pred))),
    ),
    Mistake(
        "no-learning-rate",
        "A gradient is a slope, not yet a step: something decides how long the step is.",
        ("losses",),
        when=_no_rate,
    ),
    Mistake("lr-ignored", "Does your step double when lr does?", ("losses",), when=_rate_ignored),
    *losses_of("one-weight-only", "Which parameter never moved?", Loop(step=only(0)), Loop(step=only(1))),
    *losses_of(
        "sample-by-sample",
        "One step uses the gradient of the whole batch.",
        Loop(step=sample_by_sample),
    ),
    *losses_of("loss-after-update", "Which weights does the first loss belong to?", Loop(late=True)),
    Mistake(
        "forward-outside-loop",
        "The prediction changes with the weights: what has to be computed anew in every step?",
        ("losses",),
        _constant,
        when=lambda s: _moved_by(s, "w2", int(s.option("steps"))) and not unmoved(s, "w1"),
    ),
    Mistake(
        "update-after-loop",
        "Which lines belong to the loop? The weights moved only once.",
        ("losses",),
        _constant,
        when=lambda s: _moved_by(s, "w1", 1) and _moved_by(s, "w2", 1),
    ),
    Mistake(
        "no-update",
        "After a step, are the weights different from before?",
        ("losses",),
        _constant,
        when=lambda s: unmoved(s, "w1") and unmoved(s, "w2"),
    ),
    Mistake(
        "weights-rebound",
        "Did the array the caller holds change, or only your name for it?",
        ("w1", "w2"),
        when=lambda s: all(s.is_right(n) or unmoved(s, n) for n in ("w1", "w2")),
    ),
    Mistake(
        "weights-reinitialised",
        "Whose weights did you train?",
        ("losses",),
        # in a network of one weight each, drawn ones can come as near as that by chance
        when=lambda s: _draws_weights(s) and (n_entries(s) == 1 or not _first_loss_right(s)),
    ),
    Mistake(
        "order-of-results",
        "All the pieces are there; in which order does your `backward` hand them back?",
        raised=lambda s: (
            line_has(s, r"\bw[12]\b(\[[:.]{1,3}\])? ?(-=|=.*-)|\bw[12]\b.*sub")
            and re.search(r"broadcast|must match the size|doesn't match the broadcast", message(s)) is not None
        ),
        section=BACKWARD,
    ),
)

LISTS = (
    Mistake(
        "steps-ignored",
        "Who decides how many steps are taken?",
        ("losses",),
        when=lambda s: not _reads_steps(s) and bool(s.code.nodes) and _right_so_far(s, _n_losses(s)),
    ),
    Mistake(
        "return-in-loop",
        "Only one step was taken. Where does your loop end?",
        ("losses",),
        when=lambda s: _reads_steps(s) and _right_so_far(s, 1) and _n_losses(s) < int(s.option("steps")),
    ),
    Mistake(
        "steps-off-by-one",
        "Count the rounds of your loop for steps = 1.",
        ("losses",),
        when=lambda s: _reads_steps(s) and any(_right_so_far(s, int(s.option("steps")) + more) for more in (-1, 1)),
    ),
    Mistake(
        "last-loss-only",
        "One loss for every step is asked for. Where is the list made, and how often?",
        ("losses",),
        when=_last_only,
    ),
    Mistake("loss-not-scalar", "One number for each step.", ("losses",), when=_losses_are_vectors, section=LOSS),
)

TRAIN_MISTAKES = (*STEPS, *LISTS, *INSIDE)
