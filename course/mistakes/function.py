"""Mistakes in a function with its own backward pass: what it saves, and what the autograd engine expects."""

from __future__ import annotations

import ast

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.evidence import elementwise_transpose_error, raises
from course.mistakes.mask import from_output
from course.runner.syntax import contain, targets


def _nothing_there(obs: Observation) -> bool:
    """Return whether backward, or forward, looks for something that the context does not hold."""
    empty = r"not enough values to unpack \(expected \d+, got 0\)|tuple index out of range"
    return raises(obs, rf"{empty}|'ReLUBackward' object has no attribute")


def _saves(obs: Observation) -> bool:
    """Return whether something is saved: by a method with "save" in its name, or as an attribute of the context."""
    given = [target for node in obs.code.nodes for target in targets(node) if isinstance(target, ast.Attribute)]
    return contain(obs.code.called, ("save",)) or any(target.attr != "save_for_backward" for target in given)


OF_FUNCTION: tuple[Mistake, ...] = (
    mistake("module-not-function", "is_function", condition=lambda s: s.code.mentions("Module")),
    mistake(
        "h-overwritten",
        "h_unchanged",
        condition=lambda s: not s.fact("h_unchanged"),
        error=r"leaf Variable that requires grad (is being|has been) used in an in-place operation",
    ),
    mistake("alias-not-copy", "grad_h_relu_unchanged", condition=lambda s: not s.fact("grad_h_relu_unchanged")),
    mistake(
        "mask-from-relu-output", "gradient", value=lambda s: s.truth["grad_h_relu"], condition=from_output, topic=""
    ),
    mistake("kept-outside-context", "gradient", value=lambda s: s["grad_h_relu"] * (np.flip(s["h"]) > 0)),
    # `t()` of three axes fails with a message of its own
    mistake(
        "gradient-transposed", error=lambda s: elementwise_transpose_error(s) or raises(s, r"t\(\) expects a tensor")
    ),
    mistake("nothing-saved", error=lambda s: _nothing_there(s) and not _saves(s)),
    mistake("saved-name-misspelt", error=lambda s: _nothing_there(s) and _saves(s)),
    mistake(
        "saved-tensors-tuple",
        error=r"not supported between instances of 'tuple' and|unsupported operand type.*'tuple'|"
        r"must be Tensor, not tuple|'tuple' object has no attribute|got \(.*\btuple\b.*\)",
    ),
    mistake("wrong-number-of-gradients", error=r"returned an incorrect number of gradients"),
    mistake(
        "missing-ctx",
        error=r"(forward|backward)\(\) (takes 1 positional argument but 2 were given|missing 1 required positional)",
    ),
    mistake("no-backward", error=r"NotImplementedError: .*(backward|vjp)"),
)
