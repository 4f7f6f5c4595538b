"""Stand-in for the check in grading, where the cells that a student added are run and may call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import course
from course.runner import Question
from course.runner.handed import CallArguments, call_arguments
from course.sandbox.job import with_other_numbers


def start_of(questions: Mapping[str, Sequence[Question]]) -> Callable[..., object]:
    """Return a stand-in for `course.start`, for a submission that is asked these questions.

    Its check does nothing, since submitted check cells are never executed. A case holds the arguments of a call, so
    that `f(**check.case("f"))` runs: those of the exercise's first question, with random floating-point values.
    """
    firsts = {asked[0].name: asked[0] for asked in questions.values() if asked}

    def case(name: str = "", *_: object, **__: object) -> CallArguments:
        handed, also = call_arguments(with_other_numbers(firsts[name])) if name in firsts else ({}, {})
        return CallArguments(handed, also, {})

    def check(*_: object, **__: object) -> None:
        return None

    def start(*_: object, **__: object) -> object:
        return check

    vars(check).update(also=check, hint=check, progress=check, case=case)
    return start


def install(questions: Mapping[str, Sequence[Question]]) -> None:
    """Replace `course.start` and `course.check`, which would draw questions, with the stand-ins."""
    start = start_of(questions)
    vars(course).update(start=start, check=start())
