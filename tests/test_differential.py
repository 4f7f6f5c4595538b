"""Honest answers earn the same with `course grade` as with stock `nbgrader autograde`, check by check.

Here a sample; `python -m benchmarks.differential` compares all answers of the banks.
"""

from __future__ import annotations

import itertools

import pytest

from benchmarks import differential
from benchmarks.differential import compare, packed, spread
from course.lessons import LESSONS, exercises_of
from tests.bank import entries

pytestmark = pytest.mark.slow


def test_packing_leaves_no_right_answer_out() -> None:
    for lesson in LESSONS:
        found = [entry.name for one in packed(lesson, "right") for entry in one.answers.values()]
        right = [x.name for e in exercises_of(lesson) for x in entries(e.id) if x.kind == "right"]
        assert sorted(found) == sorted(right)


def test_a_sample_of_the_banks_earns_the_same_in_both_ways() -> None:
    kinds = itertools.cycle(("right", "wrong"))  # a notebook of each lesson: stock nbgrader takes seconds for one
    sample = [one for lesson, kind in zip(LESSONS, kinds, strict=False) for one in spread(packed(lesson, kind), 1)]
    compared, differences = compare(sample)
    assert compared == sum(len(exercises_of(lesson)) for lesson in LESSONS)
    assert [str(d) for d in differences] == []


def test_a_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = spread(packed(LESSONS[0], "right"), 1)
    points = {(one.student, one.lesson, f"check_{e.name}"): float(e.points) for e in exercises_of(one.lesson)}
    monkeypatch.setattr(differential, "grade_ours", lambda *_: points)
    monkeypatch.setattr(differential, "grade_stock", lambda *_: {**points, next(iter(points)): 0.0})
    compared, differences = compare([one])
    assert compared == len(points) and [d.stock for d in differences] == [0.0]
