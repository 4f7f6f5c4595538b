"""Mutants: exercises with one part removed or loosened, to see which question, row or tolerance some answer needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pytest

from course.exercise import TOLERANCE, Exercise, Property, Verdict
from course.judging import judge
from course.lessons import find
from course.lessons.inputs import OWN_SIZES, PLAIN
from tests.bank import Judged, bank_of

LOOSER = 1e4

# Rows that precede others in the computation: an error in them shows in a later row too, so removing them makes no
# answer pass. Their purpose is to report an error where it begins: without them, a mistake loses its name.
TELLING = {
    "way3_autograd.loss_fn": ("has_history", "reached"),
    "way4_sequential.make_model": ("is_module", "y_pred"),
    "way4_sequential.make_loss": ("is_callable",),
    "way5_optimizer.make_optimizer": ("is_optimizer", "class", "all_parameters", "learning_rate", "usual_options"),
    "way6_module.make_optimizer": ("is_optimizer", "all_parameters", "learning_rate"),
    "way5_optimizer.adam_step": ("grad_unchanged", "m after step 1", "v after step 1", "param after step 1"),
    "way6_module.TwoLayerNet": ("is_module", "gave_prediction", "parameters", "y_pred"),
    "way6_module.ReLU": ("is_function", "h_unchanged", "grad_h_relu_unchanged"),
}

_DRAW = "any draw of the asked kind is right: properties are compared, not numbers"
_NUMPY = "in NumPy no answer is known that float64 shows right and float32 wrong by less than a tenth"
_ENTRIES = "entry by entry nothing rounds that far: no answer is known that only float32 shows wrong, and by little"

# Mutants that no answer can kill, and why the part is kept nevertheless.
SURVIVORS = {
    "way2_tensors.make_data: float64 tolerance": _DRAW,
    "way2_tensors.make_data: float32 tolerance": _DRAW,
    "way3_autograd.make_weights: float64 tolerance": _DRAW,
    "way3_autograd.make_weights: float32 tolerance": _DRAW,
    "way1_numpy.forward: float32 tolerance": _NUMPY,
    "way1_numpy.loss_fn: float32 tolerance": _NUMPY,
    "way1_numpy.backward: float32 tolerance": _NUMPY,
    "way1_numpy.train: float32 tolerance": _NUMPY,
    "way6_module.ReLU: float32 tolerance": _ENTRIES,
    "way4_sequential.make_loss: row “has_history”": "it says why there is no gradient; its name the mistake keeps",
}


@dataclass(frozen=True)
class Mutant:
    """An exercise with one part removed or loosened.

    keeps: whether the question with a given index is still asked.
    telling: the part serves to tell mistakes apart, so a lost name kills the mutant.
    """

    id: str
    exercise: Exercise
    keeps: Callable[[int], bool] = lambda number: True
    tolerance: tuple[str, float] | None = None
    telling: bool = False

    def verdict(self, answered: Judged) -> Verdict:
        numbers = [i for i in range(len(answered.questions)) if self.keeps(i)]
        questions = [answered.questions[i] for i in numbers]
        answers = [answered.answers[i] for i in numbers]
        # naming mistakes takes time and does not decide who passes
        exercise = self.exercise if self.telling else replace(self.exercise, mistakes=())
        with pytest.MonkeyPatch.context() as patch:
            if self.tolerance is not None:
                patch.setitem(TOLERANCE, *self.tolerance)
            return judge(exercise, questions, answers)


def mutants(exercise: Exercise) -> Iterator[Mutant]:
    for number, case in enumerate(exercise.cases):
        if case.purpose == PLAIN:
            continue  # the base case of the others, and the easiest to read
        yield Mutant(
            f"{exercise.id}: question “{case.purpose}”",
            exercise,
            keeps=lambda i, number=number: i != number,
            # code with hard-coded sizes is right only there
            telling=case.diagnostic or case.purpose == OWN_SIZES,
        )
    for row in exercise.rows:
        rows = tuple(other for other in exercise.rows if other is not row)
        telling = row.name in TELLING.get(exercise.id, ())
        yield Mutant(f"{exercise.id}: row “{row.name}”", replace(exercise, rows=rows), telling=telling)
    if all(isinstance(row, Property) for row in exercise.rows):
        return  # its rows do not compare numbers
    decisive = [q for q in exercise.questions(0) if not q.options.get("diagnostic")]
    for dtype in sorted({question.dtype for question in decisive}):
        tolerance = (dtype, LOOSER * TOLERANCE[dtype])
        yield Mutant(f"{exercise.id}: {dtype} tolerance", exercise, tolerance=tolerance)


def killer(mutant: Mutant, answers: list[Judged]) -> str:
    """Return the first answer that the mutant judges differently, and how; "" if there is none."""
    for answered in answers:
        before, now = answered.verdict, mutant.verdict(answered)
        if now.passed != before.passed:
            return f"{answered.entry.id} is {'accepted' if now.passed else 'refused'}"
        if now.points > before.points:
            return f"{answered.entry.id} earns {now.points - before.points:g} more"
        if mutant.telling and before.mistake and now.mistake != before.mistake:
            return f"{answered.entry.id} loses its name"
    return ""


@lru_cache(maxsize=2)
def found_by_mutants(exercise_id: str) -> dict[str, str]:
    """Return, for each part of an exercise, the answer that needs it; "" if none does.

    Removing a part can only accept more, so right answers are skipped, as are those that fail on every question.
    """
    answers = [j for j in bank_of(exercise_id).of("wrong") if not all(a.failure for a in j.answers)]
    return {mutant.id: killer(mutant, answers) for mutant in mutants(find(exercise_id))}
