"""Every question, row and tolerance is needed: without it, some answer in the banks is misjudged."""

from __future__ import annotations

from tests import bank
from tests.mutants import SURVIVORS, found_by_mutants


@bank.of_each_exercise()
def test_every_question_row_and_tolerance_is_needed(exercise_id: str) -> None:
    found = found_by_mutants(exercise_id)
    unneeded = [mutant for mutant, how in found.items() if not how and mutant not in SURVIVORS]
    assert unneeded == [], "no answer in the banks needs these: add one that does, or take them away"
    needed = [mutant for mutant, how in found.items() if how and mutant in SURVIVORS]
    assert needed == [], "these have an answer that needs them now: take them off the list"
