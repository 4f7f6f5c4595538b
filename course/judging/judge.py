"""Judge the answers to an exercise's questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course.exercise.compare import Problem, RowResult, compare, tolerance_of
from course.exercise.exercise import Exercise, Property, Quantity
from course.exercise.general import NEEDS_CONTIGUOUS
from course.exercise.mistake import Observation
from course.exercise.verdict import Outcome, Verdict
from course.judging.diagnose import diagnose
from course.judging.pattern import pattern_of
from course.judging.returned import returned
from course.language import later, say
from course.runner import Answer, Question

_OUTCOMES: dict[str, Outcome] = {
    "blank": "not_attempted",
    "undefined": "not_run",
    "magic": "not_run",
    "unreadable": "not_run",
    "not_yet": "not_run",
    "stale": "not_run",
    "stale_use": "not_run",
    "renamed": "not_run",
    "autograd": "refused",
    "timed_out": "timed_out",
    "stopped": "timed_out",
    "global": "fail",
    "wrong_kind": "fail",
}

# An error FAR_MORE times as large as the first is shown instead, unless the first exceeds PLAIN and so is easy to see.
FAR_MORE, PLAIN = 10.0, 0.01

SHARED_MEMORY = later(
    "Results share memory with each other, or with those of another call: what is written into one changes both."
)


def _property_row(row: Property, facts: dict[Any, Any], truth: dict) -> RowResult:
    ok = row.name in facts and facts[row.name] == truth.get(row.name, True)
    wanted = "" if ok else say(row.problem, name=row.name.removesuffix("_dtype"))
    return RowResult(row.name, ok, None if ok else "fact", wanted=wanted)


def rows_of(exercise: Exercise, question: Question, answer: Answer, truth: dict) -> tuple[RowResult, ...]:
    """Compare every quantity and property of one answer with what is right, in the order of computation."""
    n_wanted, n_results = answer.facts.get("n_wanted"), answer.facts.get("n_results", 1)
    if n_wanted is not None and n_results != n_wanted:
        problem: Problem = "none" if n_results == 0 else "missing"
        return tuple(
            RowResult(r.name, False, problem, str(n_results), str(n_wanted))
            for r in exercise.rows
            if isinstance(r, Quantity)
        )
    results = []
    tolerance = tolerance_of(question)
    for row in exercise.rows:
        if isinstance(row, Property):
            results.append(_property_row(row, answer.facts, truth))
        elif row.name in truth:
            expected = np.asarray(truth[row.name], dtype=np.float64)
            results.append(
                compare(
                    row.name,
                    answer.values.get(row.name),
                    expected,
                    wanted=row.wanted,
                    tolerance=tolerance,
                    # if the device is an argument it is judged as a property of its own
                    device="" if question.options.get("elsewhere") else question.device,
                )
            )
    changed = answer.facts.get("changed")
    if changed:
        results.append(RowResult("inputs", False, "fact", got=", ".join(changed), wanted="unchanged"))
    if question.options.get("anew") and not answer.facts.get("built_anew", True):
        results.append(RowResult("built_anew", False, "fact", wanted=say(SHARED_MEMORY)))
    return tuple(results)


def _where(question: Question) -> str:
    sizes = question.options.get("sizes", {})
    parts = [f"{name}={size}" for name, size in sizes.items()]
    if "steps" in question.options:
        parts.append(f"steps={question.options['steps']}")
    parts.append(question.dtype)
    said = ", ".join(parts)
    strided = question.options.get("strided")
    return say("{sizes}, with inputs that are not contiguous in memory", sizes=said) if strided else said


def _points(exercise: Exercise, outcome: Outcome, observations: list[Observation]) -> float:
    """Return full points for a pass, otherwise the points of the results that are right in every question.

    Questions on inputs that are not contiguous cost at most one point, and a failure only in unusual ones is set aside.
    """
    if outcome == "pass":
        return exercise.points
    if outcome != "fail":
        return 0.0
    earned = 0.0
    counted = [s for s in observations if s.decides and not s.strided]
    counted = [s for s in counted if s.failure is None or not (s.unusual or s.late)]
    for row in exercise.rows:
        if all(s.is_right(row.name) for s in counted):
            earned += row.points
        elif exercise.builds_up and (row.points or isinstance(row, Quantity)):
            break
    # anything else that is wrong, such as a changed input, costs at least one point
    return max(0.0, min(earned, exercise.points - 1.0))


def judge(
    exercise: Exercise, questions: Sequence[Question], answers: Sequence[Answer], failed: Collection[str] = ()
) -> Verdict:
    """Turn answers into a verdict with messages in the current language.

    failed: names of the lesson's earlier exercises that did not pass. If this exercise's code uses one of them, the
        outcome is `not_run` rather than a mistake in this exercise.
    """
    observations = []
    for question, answer in zip(questions, answers, strict=True):
        if answer.failure is not None:
            observations.append(Observation(question, answer, exercise.right(question), ()))
        else:
            truth = exercise.right(question, answer)
            told = exercise.observed(question, answer, truth)
            observations.append(Observation(question, told, truth, rows_of(exercise, question, told, truth)))
    looked_at = observations
    if not all(s.all_right or s.unusual or s.late for s in observations if s.decides):
        # mistakes show best in ordinary questions; a late one that is answered right still rules mistakes out
        looked_at = [replace(s, aside=s.late and not s.all_right) for s in observations if not s.unusual]
    decisive = [s for s in looked_at if s.decides]
    first = decisive[0].first_wrong
    if first is not None and first.problem == "fact":  # a wrong property says more than a failure in another question
        looked_at = [s for s in looked_at if s.failure is None]
        decisive = [s for s in looked_at if s.decides]
    worst = next((s for s in decisive if s.failure is not None), None) or _furthest_off(decisive)
    failure = worst.failure
    row, seen = None, None
    if failure is not None:
        outcome = _OUTCOMES.get(failure.kind, "crashed")
        if worst.strided and outcome == "crashed":
            outcome = "fail"
    else:
        first = worst.first_wrong
        outcome = "fail" if first else "pass"
        row, seen = (first.name, returned(worst, first)) if first else (None, None)
    blocked = _blocked_by(outcome, decisive, failed)
    if blocked:
        outcome = "not_run"
    mistake = None
    if outcome in ("fail", "crashed", "refused", "timed_out"):
        mistake = diagnose(exercise, looked_at, row)
    needs_contiguous = mistake is not None and mistake.id == NEEDS_CONTIGUOUS.id
    return Verdict(
        exercise=exercise.id,
        title=exercise.said_title(),
        outcome=outcome,
        points=float(max(0.0, exercise.points - 1.0) if needs_contiguous else _points(exercise, outcome, observations)),
        max_points=float(exercise.points),
        rows=worst.rows,
        where=_where(worst.question),
        mistake=mistake.id if mistake else None,
        hint=say(mistake.hint) if mistake else "",
        section=say(exercise.headings.get((mistake and mistake.topic) or _topic_of(exercise, row), exercise.section)),
        failure=failure,
        problem=_problem_of(exercise, worst),
        blocked_by=blocked,
        printed=worst.answer.printed,
        question=next(i for i, s in enumerate(observations) if s.question is worst.question),
        pattern=pattern_of(decisive, row, named=mistake is not None) if row else "",
        returned=seen,
        remark=_remark(exercise, observations, outcome),
    )


def _furthest_off(observations: list[Observation]) -> Observation:
    """Return the observation to show: one in which the earliest wrong row is wrong, or the first if nothing is wrong.

    Prefer small questions to those of the notebook's own sizes, because their numbers can be read, and among these the
    first. If its values are hardly off, return one in which they are off by far more: an error that an optimizer almost
    hides in one question shows in another. Then, too, the first in which it is easy to see comes before the furthest.
    """
    wrong = [(i, s) for s in observations for i, r in enumerate(s.rows) if not r.ok]
    if not wrong:
        return observations[0]
    number = min(i for i, _ in wrong)
    shown = [s for i, s in wrong if i == number]
    shown = [s for s in shown if not s.question.options.get("original")] or shown
    first = shown[0].rows[number].error
    if first is None or first > PLAIN:
        return shown[0]
    off = [(s.rows[number].error or 0.0, s) for s in shown]
    far = [(error, s) for error, s in off if error > FAR_MORE * first]
    easy = [s for error, s in far if error > PLAIN]
    return easy[0] if easy else max(far, key=lambda pair: pair[0], default=off[0])[1]


def _blocked_by(outcome: Outcome, observations: list[Observation], failed: Collection[str]) -> tuple[str, ...]:
    """Return the exercises that this one's code uses and that did not pass, if they can be why it is wrong."""
    if outcome not in ("fail", "crashed", "timed_out"):
        return ()
    uses = {name for s in observations for name in s.fact("uses", [])}
    return tuple(name for name in failed if name in uses)


def _remark(exercise: Exercise, observations: list[Observation], outcome: Outcome) -> str:
    if any(s.fact("passed_over") for s in observations):
        return say("`breakpoint()` was passed over: there is no debugger when code is checked or graded. Take it out.")
    for row in exercise.rows:
        value = observations[0].value(row.name)
        kept = isinstance(row, Quantity) and row.wanted == "number" and value is not None and value.kind == "tensor"
        if outcome == "pass" and kept:
            told = later("`{name}` is right; it is still a tensor, though, and no plain Python number.")
            return say(told, name=row.name)
    return ""


def _topic_of(exercise: Exercise, row: str | None) -> str:
    return next((r.topic for r in exercise.rows if isinstance(r, Quantity) and r.name == row), "")


def _problem_of(exercise: Exercise, obs: Observation) -> str:
    first = obs.first_wrong
    if first is None:
        return ""
    return say(next((row.problem for row in exercise.rows if row.name == first.name), ""), name=first.name)
