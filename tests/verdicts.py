"""Verdicts on right answers that were modified, and the text of an HTML page."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np

from course.exercise import Verdict
from course.judging import judge
from course.lessons import find
from course.runner import Answer, Failure, describe

BACKWARD = find("way1_numpy.backward")


def verdict_of(change: Any = None, *, facts: dict[str, Any] | None = None, failure: Failure | None = None) -> Verdict:
    """Judge right answers to `backward` after applying `change` to each dictionary of results."""
    questions = BACKWARD.questions(5)
    answers = []
    for question in questions:
        right = BACKWARD.right(question)
        results: dict[str, Any] = {row.name: np.asarray(right[row.name], question.dtype) for row in BACKWARD.rows}
        if change is not None:
            change(results)
        answers.append(Answer({n: describe(r) for n, r in results.items()}, dict(facts or {}), failure))
    return judge(BACKWARD, questions, answers)


def setting(name: str, make: Any) -> Any:
    def change(results: dict[str, Any]) -> None:
        results[name] = make(results[name])

    return change


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def squeezed(words: str) -> str:
    return re.sub(r"[\s`“”]+", "", words)
