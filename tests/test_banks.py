"""The banks show that checks are fair: every right answer passes, every wrong one fails and its mistake is named."""

from __future__ import annotations

import pytest

from course.bank import NO_NAME
from course.judging import as_text
from course.lessons import find
from course.try_answer import try_sources
from tests import bank

# The minimum share, per exercise, of wrong answers with a named mistake whose verdict names a mistake.
NAMED_SHARE = 0.95


@bank.of_each_exercise()
def test_every_right_answer_passes(exercise_id: str) -> None:
    found = bank.bank_of(exercise_id).of("right")
    assert [(j.entry.id, j.verdict.outcome, j.verdict.mistake) for j in found if not j.verdict.passed] == []


@bank.of_each_exercise()
def test_every_wrong_answer_fails_in_the_way_the_bank_expects(exercise_id: str) -> None:
    found = bank.bank_of(exercise_id).of("wrong")
    other = [(j.entry.id, j.entry.outcome, j.verdict.outcome) for j in found if j.verdict.outcome != j.entry.outcome]
    assert other == []
    assert "pass" not in {j.entry.outcome for j in found}


@bank.of_each_exercise()
def test_no_wrong_answer_is_given_a_false_name(exercise_id: str) -> None:
    found = bank.bank_of(exercise_id).of("wrong")
    said = [(j.entry.id, j.entry.mistakes, j.verdict.mistake) for j in found if j.verdict.mistake]
    assert [one for one in said if one[2] not in one[1]] == []


@bank.of_each_exercise()
def test_nearly_all_mistakes_are_told_by_name(exercise_id: str) -> None:
    named = [j for j in bank.bank_of(exercise_id).of("wrong") if NO_NAME not in j.entry.mistakes]
    missed = [(j.entry.id, j.entry.mistake, j.verdict.outcome) for j in named if j.verdict.mistake is None]
    assert len(missed) <= (1 - NAMED_SHARE) * len(named), missed


@bank.of_each_exercise()
def test_no_message_shows_the_machine(exercise_id: str) -> None:
    said = [(j.entry.id, as_text(j.verdict)) for j in bank.bank_of(exercise_id).judged]
    assert [(i, m[0]) for i, text in said if (m := bank.SHOWS_THE_MACHINE.search(text))] == []


@bank.of_each_exercise()
def test_every_exercise_has_answers_of_both_kinds(exercise_id: str) -> None:
    kinds = [e.kind for e in bank.entries(exercise_id)]
    assert kinds.count("right") >= 5
    assert kinds.count("wrong") >= 5


@bank.of_each_exercise()
def test_every_mistake_that_is_no_mutant_is_told_of_some_answer(exercise_id: str) -> None:
    told = {j.verdict.mistake for j in bank.bank_of(exercise_id).judged}
    assert [m.id for m in find(exercise_id).mistakes if m.made_from is None and m.id not in told] == []


# Seeds whose draws once hid a name, gave a false one, or let a wrong answer pass.
DRAWS = [
    ("way1_numpy.loss_fn", "computed_in_single", 777011),
    ("way1_numpy.train", "weights_drawn_again", 4242000),
    ("way2_tensors.train", "fresh_weights", 4242003),
    ("way5_optimizer.adam_step", "betas_as_tensors", 1009),
    *(("way2_tensors.loss_fn", "mixed_precision", seed) for seed in range(4)),
]


@pytest.mark.parametrize(("exercise_id", "answer", "seed"), DRAWS)
def test_a_name_does_not_depend_on_the_draw(exercise_id: str, answer: str, seed: int) -> None:
    entry = bank.entry(exercise_id, answer)
    (tried,) = try_sources(find(exercise_id), {answer: entry.source}, seed=seed, n_rounds=1)
    assert tried.verdict.outcome == "fail"
    assert (tried.verdict.mistake or "none") == entry.mistake
