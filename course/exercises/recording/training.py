"""Named mistakes of the training loop on two weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.descent import (
    Descent,
    Slip,
    constant,
    follows,
    passes,
    proved,
    raises,
    rebinds,
    training_mistakes,
    unmoved,
)
from course.exercises.recording.headings import (
    ADD_UP,
    LOSS_SECTION,
    RECORDING,
    TRAIN_SECTION,
)
from course.exercises.recording.loss import SHAPE_ERRORS
from course.exercises.recording.losses import ANEW, WEIGHTS, Form, true_loss
from course.exercises.two_layer import given


def _descent(seen: Seen) -> Descent:
    return Descent(given(seen.question), WEIGHTS, true_loss, float(seen.option("lr")), int(seen.option("steps")))


# A wrong loss of these kinds is named by its factor; the others change the way down.
_BY_FACTOR = ("mean-not-sum", "batch-mean", "half-loss")


def _start(seen: Seen, name: str) -> Any:
    return np.asarray(seen.question.inputs[name].astype(seen.question.dtype), dtype=np.float64)


def _trained_on(forms: tuple[Form, ...]) -> Callable[[Seen], np.ndarray]:
    """Return the closed form of the first losses of training on one of several wrong ones."""
    return proved("losses", lambda s: follows(s, _descent(s), [Slip(objective=form) for form in forms], 2))


TRAIN_MISTAKES = (
    *training_mistakes(
        _descent,
        kept=lambda names: [(name,) for name in names],
        still={"one-weight-only": ("Which parameter never moved?", lambda names: [(name,) for name in names])},
        section=TRAIN_SECTION,
        adding_up=ADD_UP,
        made_anew=("make_weights", "rand"),
    ),
    *(
        Mistake(mistake_id, hint, ("losses",), _trained_on(forms), section=LOSS_SECTION)
        for mistake_id, hint, forms in ANEW
        if mistake_id not in (*_BY_FACTOR, "sign-flipped")
    ),
    Mistake(
        "weights-rebound",
        "Did the tensor the caller holds change, or only your name for it?",
        ("losses",),
        when=lambda s: constant(s) and rebinds(s.code),
        raised=lambda s: (
            passes(s) > 0
            and unmoved(s)
            and ((raises(s, "NoneType") and bool(s.fact("filled"))) or raises(s, "does not require grad"))
        ),
        section=RECORDING,
    ),
    Mistake(
        "weights-rebound",
        "Did the tensor the caller holds change, or only your name for it?",
        ("w1", "w2"),
        when=lambda s: all(s.is_right(n) or np.array_equal(s.got(n), _start(s, n)) for n in WEIGHTS),
        section=RECORDING,
    ),
    *SHAPE_ERRORS[:2],
)
