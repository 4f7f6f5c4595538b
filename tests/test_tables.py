"""The generated pages on the banks match what a run finds, and their figures add up."""

from __future__ import annotations

from course.lessons import all_exercises
from tests import bank, tables


@bank.of_each_exercise()
def test_the_pages_say_what_a_run_finds(exercise_id: str) -> None:
    assert tables.written(exercise_id) == tables.rows_of(exercise_id), (
        f"run `{tables.COMMAND} {exercise_id}` and commit"
    )


def test_the_pages_figures_are_those_of_their_rows() -> None:
    found = [tables.written(e.id) for e in all_exercises()]
    assert tables.DIAGNOSIS.read_text(encoding="utf-8") == tables.diagnosis(found)
    assert tables.MUTATIONS.read_text(encoding="utf-8") == tables.mutations(found)
