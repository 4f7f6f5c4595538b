"""A ReLU with a backward pass of the student's own: questions, truth and mistakes."""

from __future__ import annotations

import ast
import re
from typing import Any

import numpy as np
import torch

from course.asking import Answer, Facts, Question
from course.asking.syntax import contain, is_zero, targets
from course.checks import Mistake, Probe, Row, Seen
from course.exercises.activations import ACTIVATIONS, GATES
from course.exercises.inputs import KINK, LARGE, LARGE_VALUES, PLAIN, STRIDED, Arrays, Sizes, drawn
from course.exercises.two_layer import given

ROWS = (
    Row("is_function", "fact", problem="The class is no `torch.autograd.Function`."),
    Row("h_unchanged", "fact", problem="Your function changed `h`, which it was only to read."),
    Row("output", "tensor"),
    Row(
        "grad_h_relu_unchanged",
        "fact",
        problem="Your `backward` changed the gradient it was handed, which it was only to read.",
    ),
    Row("gradient", "tensor"),
)


def _inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    while True:
        h = scale * rng.standard_normal((sizes["n"], sizes["d_h"]))
        grad_out = 1.0 + 1.5 * rng.standard_normal(h.shape)
        # both signs of the one with both signs of the other: all masks differ
        corners = {(a > 0, b > 0) for a, b in zip(h.ravel(), grad_out.ravel(), strict=True)}
        if len(corners) == 4 and np.all(np.abs(h) > KINK):
            return {"h": h, "grad_out": grad_out}


def properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    changed = answer.facts.get("changed", [])
    return {"h_unchanged": "h" not in changed, "grad_h_relu_unchanged": "grad_out" not in changed}


def truth(question: Question) -> dict[str, Any]:
    t = given(question)
    leaf = t["h"].clone().requires_grad_()
    output = torch.relu(leaf)
    (slope,) = torch.autograd.grad(output, leaf, t["grad_out"])
    h_relu = output.detach().numpy()
    return {"output": h_relu, "gradient": slope.numpy(), "h": t["h"].numpy(), "grad_h_relu": t["grad_out"].numpy()}


PROBES = (
    Probe(PLAIN, drawn(_inputs)),
    Probe(LARGE_VALUES, drawn(_inputs, dtype="float32", scale=LARGE)),
    Probe(STRIDED, drawn(_inputs, strided=True)),
)

# ---------------------------------------------------------------- mistakes


def _message(seen: Seen) -> str:
    return seen.failure.message if seen.failure else ""


def _asks_output_sign(seen: Seen) -> bool:
    """Tell whether the mask asks which entries of the output are negative; none is."""
    compared = any(op in (ast.Lt, ast.GtE) and is_zero(right) for _, op, right in seen.code.comparisons)
    return seen.fact("saved") == ["output"] and (compared or seen.code.calls_any("lt", "ge", "lt_", "ge_"))


def _turned(seen: Seen) -> bool:
    found = re.search(r"got \[(\d+), (\d+)\] but expected shape compatible with \[(\d+), (\d+)\]", _message(seen))
    return found is not None and (found[1], found[2]) == (found[4], found[3]) and found[1] != found[2]


def _nothing_there(seen: Seen) -> bool:
    """Tell whether the context does not hold what backward, or forward, looks for on it."""
    empty = r"not enough values to unpack \(expected \d+, got 0\)|tuple index out of range"
    return re.search(rf"{empty}|'ReLUBackward' object has no attribute", _message(seen)) is not None


def _saves(seen: Seen) -> bool:
    """Tell whether something is put aside: by the context's method, spelt as it may be, or as an attribute of it."""
    given = [target for node in seen.code.nodes for target in targets(node) if isinstance(target, ast.Attribute)]
    return contain(seen.code.called, ("save",)) or any(target.attr != "save_for_backward" for target in given)


def _not_output_sign(seen: Seen) -> bool:
    return not _asks_output_sign(seen)


_CTX = "Both methods are handed the same first argument before anything else. Which one?"
_WITNESS = "A function with its own backward pass"

MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        "module-not-function",
        "A layer leaves its backward pass to autograd; here you write it. From which class does yours inherit?",
        ("is_function",),
        when=lambda s: s.code.mentions("Module"),
        section=_WITNESS,
    ),
    Mistake(
        "h-overwritten",
        "You silenced the entries of h itself. Whoever called your function still needs h as it was.",
        ("h_unchanged",),
        when=lambda s: not s.fact("h_unchanged"),
    ),
    Mistake(
        "alias-not-copy",
        "Two names, one tensor: by writing into yours you changed the gradient you were handed.",
        ("grad_h_relu_unchanged",),
        when=lambda s: not s.fact("grad_h_relu_unchanged"),
    ),
    *(
        Mistake(a.id, a.hint, ("output",), lambda s, of=a.of: of(s.truth["h"]))  # type: ignore[misc]
        for a in ACTIVATIONS
    ),
    *(
        Mistake(
            g.id,
            g.hint,
            ("gradient",),
            lambda s, of=g.of: of(s.truth["h"], s.truth["grad_h_relu"]),  # type: ignore[misc]
            when=_not_output_sign if g.id == "no-mask" else None,
        )
        for g in GATES
    ),
    Mistake(
        "mask-from-relu-output",
        "Your mask asks where the output is negative. How often is that true after a ReLU?",
        ("gradient",),
        lambda s: s.truth["grad_h_relu"],
        when=_asks_output_sign,
    ),
    Mistake(
        "gradient-transposed",
        "A gradient has the shape of what it is the gradient of.",
        raised=_turned,
    ),
    Mistake(
        "nothing-saved",
        "What backward needs has to be put aside in forward. Where?",
        raised=lambda s: _nothing_there(s) and not _saves(s),
        section=_WITNESS,
    ),
    Mistake(
        "saved-name-misspelt",
        "Something is put aside, but under another name than backward asks for: compare the spelling in both methods.",
        raised=lambda s: _nothing_there(s) and _saves(s),
        section=_WITNESS,
    ),
    Mistake(
        "saved-tensors-tuple",
        "What was put aside comes back as a tuple, even when it is one tensor only.",
        raised=r"not supported between instances of 'tuple' and|unsupported operand type.*'tuple'|"
        r"must be Tensor, not tuple|'tuple' object has no attribute",
        section=_WITNESS,
    ),
    Mistake(
        "wrong-number-of-gradients",
        "backward hands back one gradient for each input of forward; the context is no input.",
        raised=r"returned an incorrect number of gradients",
        section=_WITNESS,
    ),
    Mistake(
        "missing-ctx",
        _CTX,
        raised=r"(forward|backward)\(\) (takes 1 positional argument but 2 were given|missing 1 required positional)",
        section=_WITNESS,
    ),
    Mistake(
        "no-backward",
        "You taught it the way there. And the way back?",
        raised=r"NotImplementedError: .*(backward|vjp)",
        section=_WITNESS,
    ),
)
