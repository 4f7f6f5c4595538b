"""Named mistakes of the training loop."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import (
    BACKWARD,
    FORWARD,
    GATE,
    LOSS,
    Form,
    first_wrong,
    line_has,
    message,
    n_entries,
    n_samples,
    one_of,
    source_has,
    start_of,
)
from course.exercises.by_hand.rehearsal import Loop, only, sample_by_sample, squares, w2_before_everything, w2_first
from course.exercises.draws import relu


def _losses(mistake_id: str, hint: str, *loops: Loop, section: str = "", when: Any = None) -> tuple[Mistake, ...]:
    """Return the mistake whose losses are those of a loop with another part."""
    return tuple(Mistake(mistake_id, hint, ("losses",), loop.losses, when=when, section=section) for loop in loops)


def _averaged(mistake_id: str, hint: str, count: Any) -> tuple[Mistake, ...]:
    """Return the mistake of dividing by a count: in the loss, in the gradient or in both."""

    def form(in_loss: bool, in_gradient: bool) -> Form:
        return lambda s: Loop(
            slope=lambda y_pred, y: 2 * (y_pred - y) / (count(s) if in_gradient else 1),
            loss=lambda d: squares(d) / (count(s) if in_loss else 1),
        ).losses(s)

    return one_of(mistake_id, hint, "losses", form(True, False), form(False, True), form(True, True), section=LOSS)


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
    """Return the numbers in the student's text that can be learning rates."""
    numbers = {float(n) for n in re.findall(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", seen.source)}
    given = float(seen.option("lr"))
    return [n for n in numbers if 0 < n < 1 and abs(n - given) > 1e-3 * given]


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
    """Tell whether `steps` stands in the function's text once more, besides among its arguments."""
    return len(re.findall(r"\bsteps\b", seen.source)) > 1


def _last_only(seen: Seen) -> bool:
    got = seen.got("losses").ravel()
    return got.size == 1 and bool(np.allclose(got, seen.truth["losses"][-1], rtol=1e-4))


def _losses_are_vectors(seen: Seen) -> bool:
    row, value = first_wrong(seen), seen.value("losses")
    if row.problem == "type" and value is not None:
        return value.type_name.startswith(("list of numpy.ndarray", "list of torch.Tensor"))
    return row.problem == "shape" and seen.got("losses").ndim > 1


# Ways of writing the activation into h, so that a mask made from h afterwards finds nothing.
_INTO_H = "|".join(
    (
        r"^\s*h = .*(\bh_relu\b|maximum|clamp|clip|relu|where)",
        r"out=h\b",
        r"\bh\[[^\]]*\] *\*?=(?!=)",
        r"\bh\.(clamp|clamp_min|relu|mul|clip)_\(",
        r"inplace=True",
        r"\bh \*=",
        r"^\s*h_relu = h\s*$",
    )
)
_MASK_FROM_OUTPUT = r"\bh_relu *(<|>=) *0|\ba *< *0"


def _into_h(seen: Seen) -> bool:
    return source_has(seen, _INTO_H)


def _mask_from_output(seen: Seen) -> bool:
    return source_has(seen, _MASK_FROM_OUTPUT) and not _into_h(seen)


_OPEN = Loop(gate=lambda h, back: 1.0)

STEPS = (
    *_losses(
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
    *_losses("one-weight-only", "Which parameter never moved?", Loop(step=only(0)), Loop(step=only(1))),
    *_losses(
        "sample-by-sample",
        "One step uses the gradient of the whole batch.",
        Loop(step=sample_by_sample),
    ),
    *_losses("loss-after-update", "Which weights does the first loss belong to?", Loop(late=True)),
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
        when=lambda s: (
            source_has(s, r"\brandn?\b|standard_normal|normal_?\(|random|make_data|\bw1.*(zeros|zero_|= *0)")
            and source_has(s, r"\bw1\b.*=")
            and not np.allclose(s.got("losses")[0], s.truth["losses"][0], rtol=1e-2)
        ),
    ),
    Mistake(
        "order-of-results",
        "All the pieces are there; in which order does your `backward` hand them back?",
        raised=lambda s: (
            line_has(s, r"\bw[12]\b.*(-=|sub|=.*-)")
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
        when=lambda s: not _reads_steps(s) and s.source != "" and _right_so_far(s, _n_losses(s)),
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

INSIDE = (
    *_losses(
        "missing-factor-2",
        "Differentiate u² once more, slowly.",
        Loop(slope=lambda y_pred, y: y_pred - y),
        section=BACKWARD,
    ),
    *_averaged("mean-not-sum", "Sum or average? Loss and gradient must agree on it.", n_entries),
    *_averaged("batch-mean", "Your gradient or your loss is averaged over the batch.", n_samples),
    *_losses(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        Loop(loss=lambda d: squares(d) / 2),
        Loop(loss=lambda d: squares(d) / 2, slope=lambda y_pred, y: y_pred - y),
        section=LOSS,
    ),
    *_losses(
        "root-of-loss",
        "You are one root away.",
        Loop(loss=lambda d: float(np.linalg.norm(d))),
        section=LOSS,
    ),
    *_losses(
        "extra-factor-2",
        "The factor from the loss has already travelled along.",
        Loop(feeds_w2=lambda h: 2 * relu(h)),
        section=BACKWARD,
    ),
    *_losses(
        "kept-the-square",
        "The derivative of a square is not a square.",
        Loop(slope=lambda y_pred, y: 2 * (y_pred - y) ** 2),
        Loop(slope=lambda y_pred, y: (y_pred - y) ** 2),
        section=BACKWARD,
    ),
    *_losses(
        "no-relu",
        "What should a hidden unit say when its input is negative?",
        Loop(active=lambda h: h, feeds_w2=lambda h: h),
        Loop(active=lambda h: h, feeds_w2=lambda h: h, gate=lambda h, back: 1.0),
        section=FORWARD,
    ),
    *_losses(
        "no-mask",
        "Units that were off in the forward pass learn nothing from this example.",
        _OPEN,
        when=lambda s: not _into_h(s) and not _mask_from_output(s),
        section=GATE,
    ),
    *_losses(
        "h-overwritten",
        "When your mask looks at h, are its negative entries still there?",
        _OPEN,
        when=_into_h,
        section=FORWARD,
    ),
    *_losses(
        "mask-from-relu-output",
        "Your mask asks where h_relu is negative. How often is that true after a ReLU?",
        _OPEN,
        when=_mask_from_output,
        section=GATE,
    ),
    *_losses(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what your mask compares with zero.",
        Loop(gate=lambda h, back: back > 0),
        section=GATE,
    ),
    *_losses(
        "mask-inverted",
        "You let through exactly the units that were off.",
        Loop(gate=lambda h, back: h < 0),
        section=GATE,
    ),
    *_losses(
        "times-activation",
        "The slope of a ReLU is 0 or 1.",
        Loop(gate=lambda h, back: h),
        Loop(gate=lambda h, back: np.maximum(h, 0)),
        section=GATE,
    ),
    *_losses(
        "w2-from-h",
        "Which array was actually multiplied by w2 on the way forward?",
        Loop(feeds_w2=lambda h: h),
        section=BACKWARD,
    ),
    *_losses(
        "forgot-target",
        "Does your gradient vanish when the prediction is perfect?",
        Loop(slope=lambda y_pred, y: 2 * y_pred),
        section=BACKWARD,
    ),
)

TRAIN_MISTAKES = (*STEPS, *LISTS, *INSIDE)
