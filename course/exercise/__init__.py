"""The model, independent of any lesson: exercises with their cases and quantities, mistakes, observations, verdicts."""

from course.exercise.compare import TOLERANCE, RowResult, error_of, same, tolerance_of
from course.exercise.exercise import Case, Exercise, Property, Quantity, Truth
from course.exercise.mistake import Mistake, Observation
from course.exercise.verdict import Outcome, Returned, Verdict

__all__ = [
    "TOLERANCE",
    "Case",
    "Exercise",
    "Mistake",
    "Observation",
    "Outcome",
    "Property",
    "Quantity",
    "Returned",
    "RowResult",
    "Truth",
    "Verdict",
    "error_of",
    "same",
    "tolerance_of",
]
