"""Named mistakes inside a training loop that goes forward and backward by itself."""

from __future__ import annotations

import ast
import functools
from typing import Any

import numpy as np

from course.asking import Code
from course.asking.syntax import contain, is_zero, names_in, targets
from course.checks import Mistake
from course.exercises.by_hand.evidence import (
    BACKWARD,
    FORWARD,
    GATE,
    LOSS,
    Form,
    n_entries,
    n_samples,
    one_of,
)
from course.exercises.by_hand.rehearsal import Loop, squares
from course.exercises.inputs import relu


def losses_of(mistake_id: str, hint: str, *loops: Loop, section: str = "", when: Any = None) -> tuple[Mistake, ...]:
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


def _is(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _writes_into_h(statement: Code) -> bool:
    """Tell whether a statement writes the activation into h, so that a mask made from h afterwards finds nothing."""
    node = statement.node
    given = targets(node)
    if any(isinstance(target, ast.Subscript) and _is(target.value, "h") for target in given):
        return True
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult) and _is(node.target, "h"):
        return True
    if isinstance(node, ast.Assign) and len(given) == 1:
        if _is(given[0], "h") and contain(names_in(node.value), ("relu", "maximum", "clamp", "clip", "where")):
            return True
        if _is(given[0], "h_relu") and _is(node.value, "h"):  # one array, two names
            return True
    return any(
        (isinstance(call.func, ast.Attribute) and _is(call.func.value, "h") and call.func.attr.endswith("_"))
        or any(k.arg == "inplace" or (k.arg == "out" and _is(k.value, "h")) for k in call.keywords)
        for call in statement.calls
    )


@functools.lru_cache(maxsize=4)
def _into_h(code: Code) -> bool:
    return any(map(_writes_into_h, code.statements))


def _mask_from_output(code: Code) -> bool:
    asked = [(left, op) for left, op, right in code.comparisons if op in (ast.Lt, ast.GtE) and is_zero(right)]
    return any(_is(left, "h_relu") or (_is(left, "a") and op is ast.Lt) for left, op in asked) and not _into_h(code)


_OPEN = Loop(gate=lambda h, back: 1.0)

INSIDE = (
    *losses_of(
        "missing-factor-2",
        "Differentiate u² once more, slowly.",
        Loop(slope=lambda y_pred, y: y_pred - y),
        section=BACKWARD,
    ),
    *_averaged("mean-not-sum", "Sum or average? Loss and gradient must agree on it.", n_entries),
    *_averaged("batch-mean", "Your gradient or your loss is averaged over the batch.", n_samples),
    *losses_of(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        Loop(loss=lambda d: squares(d) / 2),
        Loop(loss=lambda d: squares(d) / 2, slope=lambda y_pred, y: y_pred - y),
        section=LOSS,
    ),
    *losses_of(
        "root-of-loss",
        "You are one root away.",
        Loop(loss=lambda d: float(np.linalg.norm(d))),
        section=LOSS,
    ),
    *losses_of(
        "extra-factor-2",
        "The factor from the loss has already travelled along.",
        Loop(feeds_w2=lambda h: 2 * relu(h)),
        section=BACKWARD,
    ),
    *losses_of(
        "kept-the-square",
        "The derivative of a square is not a square.",
        Loop(slope=lambda y_pred, y: 2 * (y_pred - y) ** 2),
        Loop(slope=lambda y_pred, y: (y_pred - y) ** 2),
        section=BACKWARD,
    ),
    *losses_of(
        "no-relu",
        "What should a hidden unit say when its input is negative?",
        Loop(active=lambda h: h, feeds_w2=lambda h: h),
        Loop(active=lambda h: h, feeds_w2=lambda h: h, gate=lambda h, back: 1.0),
        section=FORWARD,
    ),
    *losses_of(
        "no-mask",
        "Units that were off in the forward pass learn nothing from this example.",
        _OPEN,
        when=lambda s: not _into_h(s.code) and not _mask_from_output(s.code),
        section=GATE,
    ),
    *losses_of(
        "h-overwritten",
        "When your mask looks at h, are its negative entries still there?",
        _OPEN,
        when=lambda s: _into_h(s.code),
        section=FORWARD,
    ),
    *losses_of(
        "mask-from-relu-output",
        "Your mask asks where h_relu is negative. How often is that true after a ReLU?",
        _OPEN,
        when=lambda s: _mask_from_output(s.code),
        section=GATE,
    ),
    *losses_of(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what your mask compares with zero.",
        Loop(gate=lambda h, back: back > 0),
        section=GATE,
    ),
    *losses_of(
        "mask-inverted",
        "You let through exactly the units that were off.",
        Loop(gate=lambda h, back: h < 0),
        section=GATE,
    ),
    *losses_of(
        "times-activation",
        "The slope of a ReLU is 0 or 1.",
        Loop(gate=lambda h, back: h),
        Loop(gate=lambda h, back: np.maximum(h, 0)),
        section=GATE,
    ),
    *losses_of(
        "w2-from-h",
        "Which array was actually multiplied by w2 on the way forward?",
        Loop(feeds_w2=lambda h: h),
        section=BACKWARD,
    ),
    *losses_of(
        "forgot-target",
        "Does your gradient vanish when the prediction is perfect?",
        Loop(slope=lambda y_pred, y: 2 * y_pred),
        section=BACKWARD,
    ),
)
