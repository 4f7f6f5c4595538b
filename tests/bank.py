"""The answers of the banks, run and judged once for all tests that use them.

Tests of one exercise run in one process (`of_each_exercise`), so results need not be sent to another.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import warnings
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pytest

from course.bank import BankAnswer, answers
from course.exercise import Verdict
from course.judging import as_html, as_text, judge
from course.lessons import all_exercises, find
from course.runner import Answer, Question
from course.try_answer import LIMITS, run_jobs

REPOSITORY = Path(__file__).resolve().parents[1]
# Fixed, so that a run is reproducible; grading draws a new seed each time.
SEED = 20
SHORT = replace(LIMITS, answer_s=1.0)
# What no message may show: folders, addresses, files and names of the machinery that ran an answer.
SHOWS_THE_MACHINE = re.compile(
    r"(?<![\w./])/(?:[\w.-]+/)+[\w.-]*|[A-Z]:\\|0x[0-9a-f]{6}|ipython-input|ipykernel_|AutogradUsed|GlobalUsed|"
    r"CellTimeout|site-packages|_inductor"
)


@dataclass(frozen=True)
class Judged:
    """One answer of a bank, with what it returned for every question, and the verdict on it."""

    entry: BankAnswer
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Bank:
    """All answers to one exercise, judged.

    stderr: what the process wrote to stderr while judging, and the warnings it raised.
    """

    judged: tuple[Judged, ...]
    stderr: str

    def of(self, kind: str) -> list[Judged]:
        return [j for j in self.judged if j.entry.kind == kind]


def entries(exercise: str) -> tuple[BankAnswer, ...]:
    """Return the bank's answers to one exercise."""
    return answers(REPOSITORY, exercise)


def entry(exercise: str, name: str) -> BankAnswer:
    (found,) = (e for e in entries(exercise) if e.name == name)
    return found


def of_each_exercise(ids: Collection[str] = ()) -> pytest.MarkDecorator:
    """Parametrize a test over exercises; tests/conftest.py groups the tests of one exercise by "@bank" in their ids."""
    chosen = ids or [e.id for e in all_exercises()]
    return pytest.mark.parametrize(
        "exercise_id", [pytest.param(i, id=f"{i}@bank", marks=pytest.mark.slow) for i in chosen]
    )


@lru_cache(maxsize=2)  # an exercise's arrays take some 100 MB
def bank_of(exercise_id: str) -> Bank:
    """Run all answers to an exercise with the code of `course try`, and judge them."""
    exercise = find(exercise_id)
    questions = tuple(exercise.questions(SEED))
    of_id = {e.id: e for e in entries(exercise_id)}
    sources = {i: e.source for i, e in of_id.items() if e.outcome != "timed_out"}
    ran = [(i, answers) for i, _, answers in run_jobs(exercise, sources, {"once": questions})]
    endless = {i: e.source for i, e in of_id.items() if i not in sources}  # they use up any time limit
    ran += [(i, answers) for i, _, answers in run_jobs(exercise, endless, {"once": questions}, limits=SHORT)]
    judged = []
    kept = os.dup(2)
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as written,
        contextlib.redirect_stderr(written),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        os.dup2(written.fileno(), 2)
        try:
            for name, answered in ran:
                verdict = judge(exercise, questions, answered["once"])
                as_text(verdict), as_html(verdict)
                judged.append(Judged(of_id[name], questions, answered["once"], verdict))
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        written.seek(0)
        said = written.read()
    return Bank(tuple(judged), said + "".join(f"{w.category.__name__}: {w.message}\n" for w in warned))
