"""The banks are the proof that checks are fair: every right answer passes, every wrong one fails and is named."""

from __future__ import annotations

import pytest

from course.bank import NO_NAME, BankAnswer
from course.checks import Verdict, as_text
from course.exercises import LESSONS, exercises_of, find
from course.trying import Tried, try_sources
from tests import bank
from tests.test_wording import SHOWS_THE_MACHINE

# Drawn once, so that a run can be repeated; grading draws others each time.
SEED = 20
# Of the named wrong answers of one exercise this share has to be told by name.
NAMED_SHARE = 0.95

_CACHE: dict[str, list[tuple[BankAnswer, Verdict]]] = {}


def said_of(exercise_id: str) -> list[tuple[BankAnswer, Verdict]]:
    """Try all answers of an exercise once, through the code of `course try`."""
    if exercise_id not in _CACHE:
        lesson, name = exercise_id.split(".")
        exercise = next(e for e in exercises_of(lesson) if e.name == name)
        answers = bank.entries(exercise_id)
        texts = {entry.id: entry.source for entry in answers}
        tried: list[Tried] = try_sources(exercise, texts, seed=SEED, n_rounds=1)
        _CACHE[exercise_id] = [(e, t.verdict) for e, t in zip(answers, tried, strict=True)]
        bank.note(exercise_id, [(e, v.outcome, v.mistake or "none") for e, v in _CACHE[exercise_id]])
    return _CACHE[exercise_id]


class _OfLesson:
    lesson: str

    def _all(self) -> list[tuple[BankAnswer, Verdict]]:
        return [pair for e in exercises_of(self.lesson) for pair in said_of(e.id)]

    def test_every_right_answer_passes(self) -> None:
        refused = [
            (e.exercise, e.id, v.outcome, v.mistake) for e, v in self._all() if e.kind == "right" and not v.passed
        ]
        assert refused == []

    def test_every_wrong_answer_fails(self) -> None:
        accepted = [(e.exercise, e.id) for e, v in self._all() if e.kind == "wrong" and v.passed]
        assert accepted == []

    def test_no_wrong_answer_is_given_a_false_name(self) -> None:
        false = [
            (e.exercise, e.id, e.mistakes, v.mistake)
            for e, v in self._all()
            if e.kind == "wrong" and v.mistake and v.mistake not in e.mistakes
        ]
        assert false == []

    def test_nearly_all_mistakes_are_told_by_name(self) -> None:
        named = [(e, v) for e, v in self._all() if e.kind == "wrong" and NO_NAME not in e.mistakes]
        missed = [(e.exercise, e.id, e.mistake, v.outcome) for e, v in named if v.mistake is None]
        assert len(missed) <= (1 - NAMED_SHARE) * len(named), missed

    def test_outcomes_are_those_the_bank_expects(self) -> None:
        other = [
            (e.exercise, e.id, e.outcome, v.outcome)
            for e, v in self._all()
            if e.kind == "wrong" and v.outcome != e.outcome
        ]
        assert other == []

    def test_no_message_shows_the_machine(self) -> None:
        shown = [(e.exercise, e.id, m[0]) for e, v in self._all() if (m := SHOWS_THE_MACHINE.search(as_text(v)))]
        assert shown == []

    def test_every_exercise_has_answers_of_both_kinds(self) -> None:
        for exercise in exercises_of(self.lesson):
            kinds = [e.kind for e in bank.entries(exercise.id)]
            assert kinds.count("right") >= 5, exercise.id
            assert kinds.count("wrong") >= 5, exercise.id

    def test_every_mistake_of_an_exercise_is_told_of_some_answer(self) -> None:
        untold = []
        for exercise in exercises_of(self.lesson):
            told = {v.mistake for _, v in said_of(exercise.id)}
            untold += [(exercise.id, m.id) for m in exercise.mistakes if m.id not in told]
        assert untold == []


class TestWay1(_OfLesson):
    lesson = "way1_numpy"


class TestWay2(_OfLesson):
    lesson = "way2_tensors"


class TestWay3(_OfLesson):
    lesson = "way3_autograd"


class TestWay4(_OfLesson):
    lesson = "way4_sequential"


class TestWay5(_OfLesson):
    lesson = "way5_optimizer"


class TestWay6(_OfLesson):
    lesson = "way6_module"


# Seeds whose draws once hid a name, or gave a false one.
DRAWS = [
    ("way1_numpy.loss_fn", "computed_in_single", 777011),
    ("way1_numpy.train", "weights_drawn_again", 4242000),
    ("way2_tensors.train", "fresh_weights", 4242003),
    *(("way2_tensors.loss_fn", "mixed_precision", seed) for seed in range(4)),
]


@pytest.mark.parametrize(("exercise_id", "answer", "seed"), DRAWS)
def test_a_name_does_not_depend_on_the_draw(exercise_id: str, answer: str, seed: int) -> None:
    entry = bank.entry(exercise_id, answer)
    (tried,) = try_sources(find(exercise_id), {answer: entry.source}, seed=seed, n_rounds=1)
    assert tried.verdict.outcome == "fail"
    assert (tried.verdict.mistake or "none") == entry.mistake


def test_every_lesson_is_tried() -> None:
    assert {c.lesson for c in _OfLesson.__subclasses__()} == set(LESSONS)
