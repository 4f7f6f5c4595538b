"""A check writes nothing to stderr, whatever it is asked about: nbgrader would score its cell 0."""

from __future__ import annotations

from tests import bank


@bank.of_each_exercise()
def test_no_check_of_an_answer_warns(exercise_id: str) -> None:
    assert bank.bank_of(exercise_id).stderr == ""
