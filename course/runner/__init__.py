"""The student's side of a check: call student code and return its results as plain data.

Of the code that asks and judges, only this package runs beside student code when grading. It knows neither the right
answers nor the mistakes, and imports nothing else of the course but `course.language`.
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
