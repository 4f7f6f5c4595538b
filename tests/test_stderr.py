"""A check writes nothing to stderr, whatever it is asked about: nbgrader would score its cell 0."""

from __future__ import annotations

import warnings

import pytest

from course.checks import as_html, as_text, judge
from course.exercises import all_exercises, find
from tests.kept import kept_answers


@pytest.mark.parametrize("exercise_id", [e.id for e in all_exercises()])
def test_no_check_of_a_wrong_answer_warns(exercise_id: str, capfd: pytest.CaptureFixture[str]) -> None:
    exercise = find(exercise_id)
    with warnings.catch_warnings(record=True) as warned:
        # what is warned of in Python is recorded, the rest lands on the descriptor
        warnings.simplefilter("always")
        for kept in kept_answers(exercise, "wrong"):
            verdict = judge(exercise, kept.questions, kept.answers)
            as_text(verdict), as_html(verdict)
            assert [(kept.entry.id, str(w.message)[:200]) for w in warned] == []
    assert capfd.readouterr().err == ""
