"""Mistakes in the backward pass through the ReLU: which units pass the gradient on, and which array is overwritten."""

from __future__ import annotations

import ast
import functools
from typing import Any

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.activation import CEILINGS, SLOPES, leaked
from course.mistakes.evidence import line_has, raises, vector_length
from course.mistakes.mutant import Mutant, mutant
from course.mistakes.source import writes_in_place
from course.network.activations import sigmoid_of
from course.runner import Code
from course.runner.syntax import contain, is_zero, names_in, targets


def is_name(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _writes_into_h(statement: Code) -> bool:
    """Return whether a statement overwrites h with the activation, so that no entry of h is negative afterwards."""
    node = statement.node
    given = targets(node)
    if any(isinstance(target, ast.Subscript) and is_name(target.value, "h") for target in given):
        return True
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult) and is_name(node.target, "h"):
        return True
    if isinstance(node, ast.Assign) and len(given) == 1:
        if is_name(given[0], "h") and contain(names_in(node.value), ("relu", "maximum", "clamp", "clip", "where")):
            return True
        if is_name(given[0], "h_relu") and is_name(node.value, "h"):  # two names for one array
            return True
    return any(
        (isinstance(call.func, ast.Attribute) and is_name(call.func.value, "h") and call.func.attr.endswith("_"))
        or any(k.arg == "inplace" or (k.arg == "out" and is_name(k.value, "h")) for k in call.keywords)
        for call in statement.calls
    )


@functools.lru_cache(maxsize=4)
def writes_into_h(code: Code) -> bool:
    return any(map(_writes_into_h, code.statements))


@functools.lru_cache(maxsize=4)
def _asks_relu_output(code: Code) -> bool:
    asked = [(left, op) for left, op, right in code.comparisons if op in (ast.Lt, ast.GtE) and is_zero(right)]
    return any(is_name(left, "h_relu") or (is_name(left, "a") and op is ast.Lt) for left, op in asked)


def from_output(obs: Observation) -> bool:
    """Return whether the mask tests which entries of the ReLU's output are negative; none are."""
    if obs.fact("saved") is not None:  # recorded for an autograd function
        compared = any(op in (ast.Lt, ast.GtE) and is_zero(right) for _, op, right in obs.code.comparisons)
        return obs.fact("saved") == ["output"] and (compared or obs.code.calls_any("lt", "ge", "lt_", "ge_"))
    return _asks_relu_output(obs.code) and not writes_into_h(obs.code)


def asks_some(obs: Observation) -> bool:
    """Return whether the code calls `any` or `all`."""
    return obs.code.calls_any("any", "all")


# A gate that is always open: no mask, or one made from h_relu. If h and h_relu are given, values of h_relu slightly
# below zero distinguish the two; otherwise the source does.
_ALL_OPEN: dict[str, Any] = {"gate": lambda h, g: g}
BY_NUMBERS = (
    mutant("no-mask", lambda s: not asks_some(s), **_ALL_OPEN),
    # if each unit is on for some row, this is the same as no mask
    mutant("mask-not-per-entry", asks_some, gate=lambda h, g: g * (h > 0).any(axis=0)),
    mutant("mask-not-per-entry", asks_some, gate=lambda h, g: g * (h > 0).any(axis=-1, keepdims=True)),
    mutant("mask-from-gradient-sign", gate=lambda h, g: np.maximum(g, 0)),
    mutant("both-masks", gate=lambda h, g: np.maximum(g, 0) * (h > 0)),
    mutant("mask-inverted", gate=lambda h, g: g * (h < 0)),
    mutant("times-activation", gate=lambda h, g: g * h),
    mutant("times-activation", gate=lambda h, g: g * np.maximum(h, 0)),
    mutant("gate-without-gradient", gate=lambda h, g: 1.0 * (h > 0)),
    mutant("sign-as-mask", gate=lambda h, g: g * np.sign(h)),
    mutant("sign-flipped", gate=lambda h, g: -g * (h > 0), topic="mask"),
    *(
        mutant("other-derivative", gate=gate)
        for gate in (
            lambda h, g: g * sigmoid_of(h) * (1 - sigmoid_of(h)),
            lambda h, g: g * h * (1 - h),
            lambda h, g: g * np.maximum(h, 0) * (1 - np.maximum(h, 0)),
            lambda h, g: g * (1 - np.tanh(h) ** 2),
            lambda h, g: g * (1 - h**2),
            lambda h, g: g * (1 - np.maximum(h, 0) ** 2),
            lambda h, g: g * sigmoid_of(h),
            lambda h, g: g * np.clip(h, 0, 1),
        )
    ),
    *(
        mutant("mask-not-per-entry", gate=lambda h, g, asked=asked: g * (asked(h) > 0))
        for asked in (
            lambda h: h - h.mean(),
            lambda h: h.mean(axis=0),
            lambda h: h.mean(axis=-1, keepdims=True),
            lambda h: h[:1],
        )
    ),
    Mutant(
        "relu-capped",
        lambda a: {"gate": lambda h, g: g * ((h > 0) & (h < a))},
        numbers=CEILINGS,
        fits=lambda a: a > 0,
        topic="mask",
    ),
    Mutant(
        "leaky-relu",
        lambda a: {"gate": lambda h, g: np.where(h > 0, g, a * g)},
        numbers=SLOPES,
        fits=lambda a: 0 < a < 1,
        topic="mask",
    ),
)
# For a training loop, where h and h_relu are not observed.
IN_A_LOOP = (
    mutant("no-mask", lambda s: not writes_into_h(s.code) and not from_output(s), **_ALL_OPEN),
    mutant("h-overwritten", lambda s: writes_into_h(s.code), **_ALL_OPEN),
    mutant("mask-from-relu-output", from_output, **_ALL_OPEN),
    *(m for m in BY_NUMBERS if m.id != "no-mask"),
)


def _flat(obs: Observation) -> bool:
    """Return whether a product failed because a mask selected just the entries of units that are on (or off)."""
    if "must be a matrix" in obs.message:
        return _picks(obs.code)
    return vector_length(obs) in {int(np.sum(obs["h"] > 0)), int(np.sum(obs["h"] < 0))}


def _picks_by_sign(code: Code) -> bool:
    """Return whether entries are selected by a comparison, as in `h[h > 0]`, and read."""
    picked = [n.slice for n in code.nodes if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Load)]
    return any(isinstance(index, ast.Compare) for index in picked) or code.mentions("masked_select", "compress")


def _picks(code: Code) -> bool:
    """Return whether entries are selected by a mask, as in `g[h > 0]` or `g[mask]`."""
    indices = [node.slice for node in code.nodes if isinstance(node, ast.Subscript)]
    return any(isinstance(i, ast.Name | ast.Compare) for i in indices) or code.mentions("masked_select", "compress")


def in_line_of_mask(obs: Observation) -> bool:
    return line_has(obs, r"\bgrad_h_relu\b.*\b(h|mask|gate)\b")


# For an exercise that returns all five gradients, in addition to the mutants.
OF_BACKWARD: tuple[Mistake, ...] = (
    mistake("mask-from-relu-output", "grad_h", value=lambda s: s.truth["grad_h_relu"] * (s["h_relu"] >= 0)),
    mistake("leaky-relu", "grad_h", value=lambda s: leaked(s, "grad_h", s.truth["grad_h_relu"]), topic="mask"),
    mistake(
        "alias-not-copy",
        "grad_h_relu",
        value=lambda s: s.truth["grad_h"],
        condition=lambda s: s.is_right("grad_h") and writes_in_place(s.code),
    ),
    mistake(
        "gate-too-early",
        "grad_h_relu",
        value=lambda s: s.truth["grad_h"],
        condition=lambda s: s.is_right("grad_h") and not writes_in_place(s.code),
    ),
    mistake(
        "alias-not-copy",
        "grad_h_relu",
        value=lambda s: s.truth["grad_h_relu"] * (s.truth["grad_h_relu"] > 0),
        condition=lambda s: ["grad_h_relu", "grad_h"] in s.fact("same_memory", []),
    ),
    mistake("mask-selects", error=_flat),
)
# Selecting entries of h by a mask gives a vector, which does not fit the next product.
OF_FORWARD: tuple[Mistake, ...] = (
    mistake(
        "mask-selects",
        error=lambda s: (
            _picks_by_sign(s.code)
            and raises(s, "matrix|mismatch|aligned|multiplied|invalid for input of size|cannot reshape")
        ),
    ),
)
