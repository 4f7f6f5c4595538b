"""Comparing, telling mistakes apart, outcomes and messages: knows arrays, knows no lesson."""

from course.checks.compare import TOLERANCE, RowResult, error_of, same
from course.checks.exercise import Exercise, Probe, Row
from course.checks.html import as_html
from course.checks.judge import judge
from course.checks.mistake import Mistake, Seen
from course.checks.text import as_line, as_summary, as_text, right_ones_told
from course.checks.verdict import Outcome, Verdict

__all__ = [
    "TOLERANCE",
    "Exercise",
    "Mistake",
    "Outcome",
    "Probe",
    "Row",
    "RowResult",
    "Seen",
    "Verdict",
    "as_html",
    "as_line",
    "as_summary",
    "as_text",
    "error_of",
    "judge",
    "right_ones_told",
    "same",
]
