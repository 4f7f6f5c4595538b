"""Training loops on autograd with something done wrong: what they compute, and how they are told apart.

Ways 3 and 4 make the same mistakes, on two weights by name and on the parameters of a model.
"""

from course.exercises.descent.evidence import (
    adds_up_losses,
    clears_before_update,
    constant,
    in_line,
    matches,
    mentions,
    passes,
    proved,
    raises,
    rebinds,
    unmoved,
    uses_up,
)
from course.exercises.descent.mistakes import NO_RECORD, training_mistakes
from course.exercises.descent.rehearsal import Descent, Slip, follows

__all__ = [
    "NO_RECORD",
    "Descent",
    "Slip",
    "adds_up_losses",
    "clears_before_update",
    "constant",
    "follows",
    "in_line",
    "matches",
    "mentions",
    "passes",
    "proved",
    "raises",
    "rebinds",
    "training_mistakes",
    "unmoved",
    "uses_up",
]
