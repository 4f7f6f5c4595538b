"""Every question, row and tolerance is needed: without it some answer of the banks is not judged as it should be.

The answers are asked once and kept; each mutant of an exercise only judges them again. A run of the whole module writes
docs/mutations.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from course.checks import TOLERANCE, Exercise, Verdict, judge
from course.exercises import all_exercises, find
from course.exercises.inputs import PLAIN
from tests import bank
from tests.kept import Kept, kept_answers

LOOSER = 1e4
TABLE = bank.REPOSITORY / "docs" / "mutations.md"

# Rows that come before others in the order of computation: what is wrong in them shows in a later row too, so without
# them no answer changes sides. They are there to say what is wrong where it begins: without them a mistake loses its
# name.
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

# Mutants that no answer can show, and why the part stays all the same.
SURVIVORS = {
    "way2_tensors.make_data: float64 tolerance": _DRAW,
    "way2_tensors.make_data: float32 tolerance": _DRAW,
    "way3_autograd.make_weights: float64 tolerance": _DRAW,
    "way3_autograd.make_weights: float32 tolerance": _DRAW,
    "way1_numpy.forward: float32 tolerance": _NUMPY,
    "way1_numpy.loss_fn: float32 tolerance": _NUMPY,
    "way1_numpy.train: float32 tolerance": _NUMPY,
    "way5_optimizer.adam_step: float32 tolerance": _ENTRIES,
    "way6_module.ReLU: float32 tolerance": _ENTRIES,
    "way4_sequential.make_loss: row “has_history”": "it says why there is no gradient; its name the mistake keeps",
}


@dataclass(frozen=True)
class Mutant:
    """An exercise with one part taken away or loosened.

    keeps: tells whether the question of that number is still asked.
    telling: the part serves to tell mistakes apart, so a lost name counts.
    """

    id: str
    exercise: Exercise
    keeps: Callable[[int], bool] = lambda number: True
    tolerance: tuple[str, float] | None = None
    telling: bool = False

    def verdict(self, kept: Kept) -> Verdict:
        numbers = [i for i in range(len(kept.questions)) if self.keeps(i)]
        questions = [kept.questions[i] for i in numbers]
        answers = [kept.answers[i] for i in numbers]
        # names cost time, and decide nothing about who passes
        exercise = self.exercise if self.telling else replace(self.exercise, mistakes=())
        with pytest.MonkeyPatch.context() as patch:
            if self.tolerance is not None:
                patch.setitem(TOLERANCE, *self.tolerance)
            return judge(exercise, questions, answers)


def mutants(exercise: Exercise) -> Iterator[Mutant]:
    for number, probe in enumerate(exercise.probes):
        if probe.why == PLAIN:
            continue  # what the others vary; it is the one that is easiest to read
        yield Mutant(
            f"{exercise.id}: question “{probe.why}”",
            exercise,
            keeps=lambda i, number=number: i != number,
            telling=probe.diagnostic,
        )
    for row in exercise.rows:
        rows = tuple(other for other in exercise.rows if other is not row)
        telling = row.name in TELLING.get(exercise.id, ())
        yield Mutant(f"{exercise.id}: row “{row.name}”", replace(exercise, rows=rows), telling=telling)
    if all(row.wanted == "fact" for row in exercise.rows):
        return  # no numbers are compared row by row
    decisive = [q for q in exercise.questions(0) if not q.options.get("diagnostic")]
    for dtype in sorted({question.dtype for question in decisive}):
        tolerance = (dtype, LOOSER * TOLERANCE[dtype])
        yield Mutant(f"{exercise.id}: {dtype} tolerance", exercise, tolerance=tolerance)


def killer(mutant: Mutant, answers: list[Kept], said: dict[str, Verdict]) -> str:
    """Return the first answer that the mutant judges otherwise, and how; "" if there is none."""
    for kept in answers:
        before, now = said[kept.entry.id], mutant.verdict(kept)
        if now.passed != before.passed:
            return f"{kept.entry.id} is {'accepted' if now.passed else 'refused'}"
        if now.points > before.points:
            return f"{kept.entry.id} earns {now.points - before.points:g} more"
        if mutant.telling and before.mistake and now.mistake != before.mistake:
            return f"{kept.entry.id} loses its name"
    return ""


_FOUND: dict[str, dict[str, str]] = {}


@pytest.mark.parametrize("exercise_id", [e.id for e in all_exercises()])
def test_every_question_row_and_tolerance_is_needed(exercise_id: str) -> None:
    exercise = find(exercise_id)
    # taking a part away can only let more through: right answers are kept out
    answers = kept_answers(exercise, "wrong")
    said = {kept.entry.id: judge(exercise, kept.questions, kept.answers) for kept in answers}
    # what fails on every question fails whatever is left out
    answers = [k for k in answers if not all(a.failure for a in k.answers)]
    found = _FOUND[exercise_id] = {mutant.id: killer(mutant, answers, said) for mutant in mutants(exercise)}
    unneeded = [mutant for mutant, how in found.items() if not how and mutant not in SURVIVORS]
    assert unneeded == [], "no answer in the banks needs these: add one that does, or take them away"
    needed = [mutant for mutant, how in found.items() if how and mutant in SURVIVORS]
    assert needed == [], "these have an answer that needs them now: take them off the list"


def test_the_table_of_mutants_is_written() -> None:
    if set(_FOUND) != {e.id for e in all_exercises()}:
        return  # only some exercises were looked at
    found = {mutant: how for table in _FOUND.values() for mutant, how in table.items()}
    changed = [how for how in found.values() if how and not how.endswith("name")]
    renamed = [how for how in found.values() if how.endswith("name")]
    lines = [
        "# What each question, row and tolerance is needed for",
        "",
        "Written by `tests/test_mutations.py`. Do not edit.",
        "",
        "Each part of an exercise is taken away in turn (a tolerance is made ten thousand times as large), and the",
        "answers of the banks are judged again. A part is needed if a wrong answer is accepted without it or, where",
        "the part is there to say what is wrong, if a mistake loses its name.",
        "",
        f"- {len(found)} parts",
        f"- {len(changed)} without which a wrong answer is accepted",
        f"- {len(renamed)} without which a mistake loses its name",
        f"- {len(found) - len(changed) - len(renamed)} that no answer in the banks shows",
        "",
        "## Parts that no answer shows",
        "",
        *(f"- {mutant}: {SURVIVORS.get(mutant, 'no reason known')}" for mutant, how in found.items() if not how),
        "",
        "## Without this part …",
        "",
        "| part | answer |",
        "|---|---|",
        *(f"| {mutant} | {how} |" for mutant, how in found.items() if how),
    ]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
