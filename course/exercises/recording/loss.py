"""Named mistakes of a loss that is to be differentiated."""

from __future__ import annotations

from course.checks import Mistake, Seen
from course.exercises.descent import (
    NO_RECORD,
    in_line,
    mentions,
    raises,
)
from course.exercises.recording.headings import (
    SHAPES,
)
from course.exercises.recording.losses import NETWORKS, NOT_SCALAR, loss_is

CUT = "Somewhere between a weight and the loss the record is cut: go along the path and look for the place."
IN_NO_GRAD = "Autograd was told not to record while the loss was computed. Where does that belong?"


def _product_error(seen: Seen) -> bool:
    return raises(seen, r"shapes cannot be multiplied|size mismatch")


SHAPE_ERRORS = (
    Mistake(
        "elementwise-product",
        "Weights mix features; that is no element-by-element operation.",
        raised=lambda s: raises(s, r"must match the size of tensor|broadcast") and not in_line(s, r"-=|\blr\b"),
        section=SHAPES,
    ),
    Mistake(
        "product-order",
        "Read the two shapes aloud: which inner sizes have to agree?",
        raised=lambda s: _product_error(s) and not in_line(s, r"\b(64|1000|100|10)\b"),
        section=SHAPES,
    ),
    Mistake(
        "max-reduces",
        "One of these functions reduces an axis, the other compares element by element.",
        raised=r"return_types|max\(\): |'tuple' object has no attribute|unsupported operand .*tuple",
    ),
)

LOSS_MISTAKES = (
    *(Mistake(mistake_id, hint, ("loss",), form=loss_is(forms)) for mistake_id, hint, forms in NETWORKS),
    Mistake("loss-not-scalar", "A loss is one number, without an axis.", ("loss",), form=loss_is(NOT_SCALAR)),
    Mistake(
        "loss-is-a-number",
        "A Python number has forgotten how it came about: from it nobody can go backward.",
        ("loss",),
        when=lambda s: (value := s.value("loss")) is not None and value.kind == "number",
    ),
    Mistake(
        "forward-in-no-grad",
        IN_NO_GRAD,
        ("has_history",),
        when=lambda s: mentions(s, *NO_RECORD),
    ),
    Mistake("graph-cut", CUT, ("has_history",), when=lambda s: not mentions(s, *NO_RECORD)),
    Mistake(
        "graph-cut",
        CUT,
        ("reached", "grad_w1", "grad_w2"),
        when=lambda s: not s.fact("backward_error") and not _is_leaf(s),
    ),
    Mistake(
        "loss-rewrapped",
        "That loss is a new tensor that knows its value and not its past. Why did the old one not require grad?",
        ("reached",),
        when=lambda s: _is_leaf(s),
    ),
    Mistake(
        "backward-in-loss",
        "Your function goes backward itself. Who wants to differentiate the loss afterwards finds nothing left.",
        ("reached",),
        when=lambda s: max(s.fact("passes", {}).values(), default=0) > 0,
    ),
    *SHAPE_ERRORS,
    Mistake(
        "graph-cut",
        CUT,
        raised=r"Can't call numpy\(\) on Tensor that requires grad",
    ),
)


def _is_leaf(seen: Seen) -> bool:
    value = seen.value("loss")
    return value is not None and value.is_leaf
