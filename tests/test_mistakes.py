"""The catalogue is complete: each mistake shows in some case of its exercises and is distinct from all others."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from benchmarks.mistakes import PAGE, page
from course.exercise import TOLERANCE, Exercise, Observation, Verdict, error_of
from course.exercise.idea import CATALOGUE, unused
from course.exercise.verdict import RENAMED
from course.judging.judge import rows_of
from course.lessons import all_exercises
from course.mistakes.mutant import Mutant, Simulation, mutant
from tests import bank

# In some case, a mistake differs from the expected values by this many tolerances.
FAR = 1000.0
EXERCISES = {e.id: e for e in all_exercises()}
WITH_MUTANTS = [e.id for e in all_exercises() if any(m.made_from for m in e.mistakes)]

# Mistakes that predict the same numbers in an exercise; the message of one is true of the others.
ONE_GROUP = (
    {"no-mask", "h-overwritten", "mask-from-relu-output"},  # distinguished by the source text
    # a factor (also of the rate), a repeated line or call of backward: by source text and number of backward passes
    {"extra-factor-2", "updated-twice", "backward-twice", "step-scaled"},
    {"missing-factor-2", "half-loss", "step-scaled"},
    {"product-not-square", "square-of-sum"},  # by whether the source multiplies matrices
    {"no-mask", "mask-not-per-entry"},  # by whether the source tests if any entry is on: in every column one is
)


@functools.cache
def observations_of(exercise_id: str, *, late: bool = False) -> tuple[Observation, ...]:
    """Return the observation of a right answer in each small case of an exercise; late: in those with many steps."""
    exercise, right = EXERCISES[exercise_id], bank.bank_of(exercise_id).of("right")[0]
    found = []
    for question, answer in zip(right.questions, right.answers, strict=True):
        told = {name for name in ("original", "strided", "late") if question.options.get(name)}
        if told == ({"late"} if late else set()):
            truth = exercise.right(question, answer)
            seen = exercise.observed(question, answer, truth)
            found.append(Observation(question, seen, truth, rows_of(exercise, question, seen, truth)))
    return tuple(found)


def mutants_of(exercise: Exercise) -> list[tuple[Simulation, Mutant]]:
    return list(dict.fromkeys(m.made_from for m in exercise.mistakes if m.made_from))


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda e: e.id)
def test_every_part_that_a_mutant_replaces_is_there(exercise: Exercise) -> None:
    """While judging, a misnamed part would look like an answer that the mutant does not explain."""
    for _, m in mutants_of(exercise):
        for number in m.numbers or (0.5, 2.0):
            m.made_with(number)


# A simulation, a mutant, and the number that the mutant is made with.
Way = tuple[Simulation, Mutant, float]


def prediction(exercise: Exercise, way: Way, *, late: bool = False) -> list[dict[str, np.ndarray]]:
    """Return the arrays that a mutant made in one way predicts, for each case."""
    setting, m, number = way
    with np.errstate(all="ignore"):
        made = [setting.simulate(obs, *m.made_with(number)) for obs in observations_of(exercise.id, late=late)]
    return [{name: np.asarray(array, dtype=np.float64) for name, array in one.items()} for one in made]


def shows(obs: Observation, made: dict[str, np.ndarray]) -> bool:
    """Return whether some predicted quantity is far from the truth or has another shape."""
    tolerance = TOLERANCE[obs.question.dtype]
    for name, array in made.items():
        if name in obs.truth:
            right = np.asarray(obs.truth[name], dtype=np.float64)
            if array.shape != right.shape or not error_of(array, right) < FAR * tolerance:
                return True
    return False


def shows_somewhere(exercise: Exercise, way: Way) -> bool:
    """Return whether the mistake shows in some case; cases with many steps are slow, so they come last."""
    return any(
        shows(obs, one)
        for late in (False, True)
        for obs, one in zip(observations_of(exercise.id, late=late), prediction(exercise, way, late=late), strict=True)
    )


@bank.of_each_exercise(WITH_MUTANTS)
def test_the_right_network_predicts_what_is_right_in_every_case(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    for setting in {setting for setting, _ in mutants_of(exercise)}:
        for late in (False, True):
            made = prediction(exercise, (setting, mutant("no-relu"), 0.0), late=late)
            for obs, one in zip(observations_of(exercise_id, late=late), made, strict=True):
                for name in one.keys() & obs.truth.keys():
                    assert error_of(one[name], np.asarray(obs.truth[name])) < 0.1 * TOLERANCE[obs.question.dtype]


@bank.of_each_exercise(WITH_MUTANTS)
def test_some_case_tells_each_mistake_from_the_truth(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    hidden = set()
    for setting, m in mutants_of(exercise):
        # one number of several may make no mistake here: a network with two sets of parameters has no third
        if m.numbers and not any(shows_somewhere(exercise, (setting, m, number)) for number in m.numbers):
            hidden.add(m.id)
    assert hidden == set()


def signature(made: list[dict[str, np.ndarray]]) -> Any:
    """Return all numbers rounded to seven digits, as a key under which equal predictions can be found."""
    flat = np.concatenate([np.empty(0), *(array.ravel() for one in made for array in one.values())])
    with np.errstate(all="ignore"):
        return tuple(float(f"{value:.6e}") for value in flat)


@bank.of_each_exercise(WITH_MUTANTS)
def test_no_two_mistakes_agree_on_all_cases_unless_they_are_one_group(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    ways = [(setting, m, number) for setting, m in mutants_of(exercise) for number in m.numbers]
    agreeing = [[way for way in ways if shows_somewhere(exercise, way)]]
    for late in (False, True):
        agreeing = [same for group in agreeing for same in that_agree(exercise, group, late=late)]
    assert [{m.id for _, m, _ in group} for group in agreeing] == []


def that_agree(exercise: Exercise, ways: list[Way], *, late: bool) -> list[list[Way]]:
    """Return the groups of ways that agree in all of these cases, except those of one idea or of one `ONE_GROUP`."""
    by_numbers: dict[Any, list[Way]] = defaultdict(list)
    for way in ways:
        by_numbers[way[0], signature(prediction(exercise, way, late=late))].append(way)
    groups = [(group, {m.id for _, m, _ in group}) for group in by_numbers.values()]
    return [group for group, ids in groups if len(ids) > 1 and not any(ids <= one for one in ONE_GROUP)]


def test_every_mistake_of_an_exercise_is_an_idea_of_the_catalogue_with_its_words() -> None:
    for exercise in EXERCISES.values():
        for m in exercise.mistakes:
            idea = CATALOGUE[m.id]
            assert (m.idea.hint, m.idea.more) == (idea.hint, idea.more)


def test_every_idea_of_the_catalogue_has_a_place_that_says_how_it_shows() -> None:
    assert unused() == set()


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_an_idea_says_where_to_look_and_then_says_more(name: str) -> None:
    idea = CATALOGUE[name]
    assert idea.hint != idea.more
    for text in (idea.hint, idea.more):
        assert 10 <= len(text) <= 240 and text[-1] in ".?!)" and "\n" not in text


def test_the_page_of_the_catalogue_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m benchmarks.mistakes"


def test_a_stored_result_is_shown_under_the_id_that_its_idea_has_now() -> None:
    stored = Verdict("way3_autograd.loss_fn", "", "fail", 0, 4, mistake="squares-subtracted").as_dict()
    assert Verdict.from_dict(stored).mistake == "difference-of-squares"
    assert {old for old in RENAMED if old in CATALOGUE} == set() and set(RENAMED.values()) <= set(CATALOGUE)
