"""Named mistakes of the backward pass that end in an exception: sizes in its message tell which arrays met."""

from __future__ import annotations

import ast
import re

import numpy as np

from course.asking import Code
from course.checks import Mistake, Seen
from course.exercises.by_hand.evidence import (
    GATE,
    GRADIENT_HIDDEN,
    GRADIENT_W1,
    GRADIENT_W2,
    SHAPES,
    line_has,
    message,
    met_entry_by_entry,
    met_its_transpose,
    multiplied,
    vector_length,
)


def _flat(seen: Seen) -> bool:
    """Tell whether a product failed because a factor was as long as there are units on (or off) in the whole batch."""
    if "must be a matrix" in message(seen):
        return _picks(seen.code)
    return vector_length(seen) in {int(np.sum(seen["h"] > 0)), int(np.sum(seen["h"] < 0))}


def _picks(code: Code) -> bool:
    """Tell whether entries are picked by a mask, as in `g[h > 0]` or `g[mask]`."""
    indices = [node.slice for node in code.nodes if isinstance(node, ast.Subscript)]
    return any(isinstance(i, ast.Name | ast.Compare) for i in indices) or code.mentions("masked_select", "compress")


def _met_the_gate(seen: Seen) -> bool:
    """Tell whether torch found the sizes of batch and hidden layer at one place, in the line that applies the gate."""
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", message(seen))
    sizes = seen.option("sizes")
    return (
        found is not None
        and {int(found[1]), int(found[2])} == {sizes["n"], sizes["d_h"]}
        and line_has(seen, r"\bgrad_h_relu\b.*\b(h|mask|gate)\b")
    )


def _line_of_w2(seen: Seen) -> bool:
    return line_has(seen, r"\bw2\b")


RAISED = (
    Mistake(
        "mask-selects",
        "Picking throws the other entries away; you want zeros in their places.",
        raised=_flat,
        section=GATE,
    ),
    Mistake(
        "x-not-transposed",
        "The batch axis is the one that is summed away: it has to stand inside the product.",
        raised=lambda s: multiplied(s, "n d_in", "n d_h"),
        section=GRADIENT_W1,
    ),
    Mistake(
        "h-not-transposed",
        "The gradient of w2 has the shape of w2: which axis must vanish?",
        raised=lambda s: multiplied(s, "n d_h", "n d_out") and not _line_of_w2(s),
        section=GRADIENT_W2,
    ),
    Mistake(
        "w2-not-transposed",
        "On the way back, w2 leads from outputs to hidden units.",
        raised=lambda s: multiplied(s, "n d_out", "d_h d_out") and _line_of_w2(s),
        section=GRADIENT_HIDDEN,
    ),
    Mistake(
        "factors-swapped",
        "Write the two shapes side by side: which sizes must meet in the middle?",
        raised=lambda s: (
            (multiplied(s, "n d_out", "d_h n") and not _line_of_w2(s))
            or multiplied(s, "n d_h", "d_in n")
            or multiplied(s, "d_h d_out", "n d_out")
            or (multiplied(s, "d_out d_h", "n d_out") and _line_of_w2(s))
        ),
        section=SHAPES,
    ),
    Mistake(
        "gradient-transposed",
        "Two arrays that belong together have each other's shape turned round: which one should be turned back?",
        raised=lambda s: met_its_transpose(s) or _met_the_gate(s),
        section=SHAPES,
    ),
    Mistake(
        "elementwise-product",
        "Going back through a product of matrices is a product of matrices again.",
        raised=lambda s: met_entry_by_entry(s) and not line_has(s, r"\bgrad_h_relu\b.*\b(h|mask|gate)\b"),
        section=SHAPES,
    ),
)
