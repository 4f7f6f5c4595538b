"""The student's side of a check: call student code, hand its results back as plain data.

This room is all of the course that runs beside student code. It knows neither what is right nor which mistakes
there are, and imports nothing else of the course.
"""

from course.runner.answer import (
    Answer,
    FactName,
    Facts,
    Failure,
    Options,
    Question,
    arrays_in,
    head_end,
    pack_answers,
    pack_questions,
    packed_parts,
    unpack_answers,
    unpack_questions,
)
from course.runner.runner import ask
from course.runner.syntax import Code
from course.runner.values import Value, describe

__all__ = [
    "Answer",
    "Code",
    "FactName",
    "Facts",
    "Failure",
    "Options",
    "Question",
    "Value",
    "arrays_in",
    "ask",
    "describe",
    "head_end",
    "pack_answers",
    "pack_questions",
    "packed_parts",
    "unpack_answers",
    "unpack_questions",
]
