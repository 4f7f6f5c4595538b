"""Checks write nothing to stderr, whatever the answer: nbgrader would score the cell 0."""

from __future__ import annotations

from tests import bank


@bank.of_each_exercise()
def test_no_check_of_an_answer_warns(exercise_id: str) -> None:
    assert bank.bank_of(exercise_id).stderr == ""
