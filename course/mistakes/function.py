"""Mistakes of a function with its own backward pass: what is put aside, and what the engine of autograd expects."""

from __future__ import annotations

import ast

from course.exercise import Mistake, Observation
from course.exercise.idea import idea
from course.mistakes.activation import H_OVERWRITTEN
from course.mistakes.evidence import met_its_transpose, raises
from course.mistakes.gradient import TRANSPOSED
from course.mistakes.mask import ALIAS_NOT_COPY, MASK_FROM_RELU_OUTPUT, from_output
from course.runner.syntax import contain, targets

MODULE = idea("module-not-function")
NOTHING_SAVED = idea("nothing-saved")
OUTSIDE_CONTEXT = idea("kept-outside-context")
MISSPELT = idea("saved-name-misspelt")
SAVED_TUPLE = idea("saved-tensors-tuple")
WRONG_NUMBER = idea("wrong-number-of-gradients")
MISSING_CTX = idea("missing-ctx")
NO_BACKWARD = idea("no-backward")


def _nothing_there(obs: Observation) -> bool:
    """Tell whether the context does not hold what backward, or forward, looks for on it."""
    empty = r"not enough values to unpack \(expected \d+, got 0\)|tuple index out of range"
    return raises(obs, rf"{empty}|'ReLUBackward' object has no attribute")


def _saves(obs: Observation) -> bool:
    """Tell whether something is put aside: by the context's method, spelt as it may be, or as an attribute of it."""
    given = [target for node in obs.code.nodes for target in targets(node) if isinstance(target, ast.Attribute)]
    return contain(obs.code.called, ("save",)) or any(target.attr != "save_for_backward" for target in given)


OF_FUNCTION: tuple[Mistake, ...] = (
    MODULE.shows("is_function", condition=lambda s: s.code.mentions("Module")),
    H_OVERWRITTEN.shows("h_unchanged", condition=lambda s: not s.fact("h_unchanged"), topic=""),
    ALIAS_NOT_COPY.shows("grad_h_relu_unchanged", condition=lambda s: not s.fact("grad_h_relu_unchanged"), topic=""),
    MASK_FROM_RELU_OUTPUT.shows("gradient", value=lambda s: s.truth["grad_h_relu"], condition=from_output, topic=""),
    OUTSIDE_CONTEXT.shows("gradient", value=lambda s: s["grad_h_relu"] * (s["h"][::-1, ::-1] > 0)),
    TRANSPOSED.shows(error=met_its_transpose, topic=""),
    NOTHING_SAVED.shows(error=lambda s: _nothing_there(s) and not _saves(s)),
    MISSPELT.shows(error=lambda s: _nothing_there(s) and _saves(s)),
    SAVED_TUPLE.shows(
        error=r"not supported between instances of 'tuple' and|unsupported operand type.*'tuple'|"
        r"must be Tensor, not tuple|'tuple' object has no attribute"
    ),
    WRONG_NUMBER.shows(error=r"returned an incorrect number of gradients"),
    MISSING_CTX.shows(
        error=r"(forward|backward)\(\) (takes 1 positional argument but 2 were given|missing 1 required positional)"
    ),
    NO_BACKWARD.shows(error=r"NotImplementedError: .*(backward|vjp)"),
)
