"""An exercise whose quantities build on each other earns points up to the first wrong one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from course.building.built_notebooks import reference_cells
from course.exercise import Verdict
from course.exercise.exercise import Quantity
from course.judging import judge
from course.lessons import find
from course.runner import ask
from tests import bank

# Answers from the banks, with the quantities they get right and the points they earn.
EARNED = {
    "way1_numpy.backward::gradient_times_own_sign": (["grad_y_pred", "grad_w2", "grad_h_relu"], 5),
    "way1_numpy.train::copies_at_the_top": (["losses"], 2),
    "way3_autograd.gradients::divided_only_second": (["grad_w1"], 2),
    "way5_optimizer.adam_step::eps_inside_the_root": (["m after step 1", "v after step 1"], 4),
}


def judged(answer: str, seed: int = bank.SEED) -> Verdict:
    """Judge an answer of the banks, given as EXERCISE::NAME, beside the lesson's reference answers."""
    name, _, chosen = answer.partition("::")
    exercise, cells = find(name), dict[str, Any](np=np, torch=torch)
    for source in (*reference_cells(name.partition(".")[0]).values(), bank.entry(name, chosen).source):
        exec(source, cells)
    questions = exercise.questions(seed)
    return judge(exercise, questions, [ask(cells, question) for question in questions])


@pytest.mark.parametrize("answer", EARNED)
def test_an_exercise_earns_what_is_right_before_its_first_slip(answer: str) -> None:
    verdict = judged(answer)
    right, points = EARNED[answer]
    quantities = {row.name for row in find(answer.partition("::")[0]).rows if isinstance(row, Quantity)}
    assert [row.name for row in verdict.rows if row.ok and row.name in quantities] == right
    assert verdict.points == points


def test_the_question_shown_is_the_first_in_which_the_error_is_easy_to_see() -> None:
    for seed in (20, 21):
        verdict = judged("way5_optimizer.train::never_zeroed", seed)
        # the first uses Adam, which hides it; with losses next to nothing it is largest, and hard to read
        assert verdict.mistake == "never-zeroed" and verdict.question == 1
