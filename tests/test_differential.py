"""Honest answers get the same points and messages in a notebook, from `course try`, in grading and from nbgrader.

These tests use a sample; `python -m benchmarks.differential --seeds 10` compares all answers of the banks.
"""

from __future__ import annotations

import pytest

from benchmarks.differential import (
    FIRST_SEED,
    Said,
    alone,
    by_autograde,
    by_stock,
    by_the_seed,
    compare,
    differences,
    packed,
    spread,
)
from course.lessons import LESSONS, exercises_of
from tests.bank import bank_of, entries

pytestmark = pytest.mark.slow

# Answers that were once judged differently in two places, or whose mistake depended on the random draw.
DREW = {
    "way1_numpy.forward": ["package_not_installed"],
    "way1_numpy.loss_fn": ["computed_in_single"],
    "way1_numpy.train": ["weights_drawn_again"],
    "way2_tensors.backward": ["loss_backward", "torch_func_vjp"],
    "way2_tensors.forward": ["compared_with_another"],
    "way2_tensors.loss_fn": ["mixed_precision"],
    "way2_tensors.make_data": ["on_the_device_by_default", "on_the_device_in_a_block"],
    "way4_sequential.make_model": ["leaky", "no_biases"],
}


def test_packing_leaves_no_right_answer_out() -> None:
    for lesson in LESSONS:
        found = [entry.name for one in packed(lesson, "right") for entry in one.answers.values()]
        right = [x.name for e in exercises_of(lesson) for x in entries(e.id) if x.kind == "right"]
        assert sorted(found) == sorted(right)


@pytest.mark.parametrize("exercise_id", DREW)
def test_an_answer_is_told_the_same_by_the_notebook_and_by_course_try_whatever_is_drawn(exercise_id: str) -> None:
    names = [*DREW[exercise_id], *(e.name for e in entries(exercise_id)[:3])]
    assert {e.name for e in entries(exercise_id)} >= set(names)
    assert alone(exercise_id, [7, 8, 9], ["right", "wrong"], names) == []


# one notebook per lesson, alternately right and wrong; nbgrader takes seconds for each, so it gets only two
@pytest.mark.parametrize(
    ("lessons", "others"), [(LESSONS[0::3], (by_autograde, by_stock)), (LESSONS[1::3] + LESSONS[2::3], ())]
)
def test_a_sample_of_the_banks_earns_the_same_in_all_ways(lessons: tuple[str, ...], others: tuple) -> None:
    kinds = {lesson: ("right", "wrong")[i % 2] for i, lesson in enumerate(LESSONS)}
    sample = [one for lesson in lessons for one in spread(packed(lesson, kinds[lesson]), 1)]
    assert compare(sample, [FIRST_SEED], others) == []


def test_a_difference_is_told() -> None:
    (one,) = spread(packed(LESSONS[0], "right"), 1)
    same = {(one.student, one.lesson, f"check_{e.name}"): Said(4.0, "right") for e in exercises_of(one.lesson)}
    first = next(iter(same))

    def found(said: Said | None) -> list[str]:
        rest = {key: other for key, other in same.items() if key != first}
        return differences([one], {"a": same, "b": {**rest, **({first: said} if said else {})}}, 1)

    assert found(same[first]) == []
    assert ["points {'a': 4.0, 'b': 0.0}" in line for line in found(Said(0.0, "right"))] == [True]
    assert ["{'a': 'right', 'b': 'wrong'}" in line for line in found(Said(4.0, "wrong"))] == [True]
    assert ["points {'a': 4.0, 'b': None}" in line for line in found(None)] == [True]


def test_a_verdict_that_depends_on_the_seed_is_told() -> None:

    bank = bank_of("way1_numpy.loss_fn")
    right, wrong = bank.of("right")[0].verdict, bank.of("wrong")[0].verdict
    assert by_the_seed("x", [right, right]) == []
    assert "x depends on the seed" in by_the_seed("x", [right, wrong])[0]
