"""Answers of the banks, asked once in this process and kept, so that changed exercises can judge them again."""

from __future__ import annotations

import contextlib
import linecache
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course.asking import Answer, Failure, Question, ask
from course.bank import BankAnswer
from course.building import reference_cells
from course.checks import Exercise
from course.draw import same_draw
from course.exercises import exercises_of
from tests import bank

SEED = 20
# The slowest answer that ends takes a second or two on a busy machine.
ANSWER_S = 10


@dataclass(frozen=True)
class Kept:
    """One answer of a bank to every question of its exercise."""

    entry: BankAnswer
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]


class TooLong(BaseException):
    """An answer did not come to an end."""


@contextlib.contextmanager
def at_most(time_s: float) -> Iterator[None]:
    """Raise TooLong in what takes longer; once more every second, should student code catch it."""

    def stop(*_: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, time_s, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(text: str, file: str, namespace: dict[str, Any]) -> None:
    """Run a cell's text; its lines can be read back, as in a notebook."""
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), namespace)


def notebook_before(exercise: Exercise) -> dict[str, Any]:
    """Return a notebook's variables before the cell of an exercise: setup, data and the reference's earlier answers."""
    cells = reference_cells(exercise.lesson)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    run(cells["setup"], "<setup>", namespace)
    x, y, w1, w2 = same_draw()
    namespace.update(x=x, y=y, w1=w1, w2=w2)
    for earlier in exercises_of(exercise.lesson):
        if earlier.name == exercise.name:
            break
        run(cells[earlier.name], f"<{earlier.name}>", namespace)
    return namespace


def answers_of(exercise: Exercise, entry: BankAnswer, before: dict[str, Any], seed: int = SEED) -> Kept:
    """Ask an answer of the bank every question; what raises while it is defined counts as a failure everywhere."""
    questions = tuple(exercise.questions(seed))
    namespace = dict(before)
    try:
        with at_most(ANSWER_S):
            run(entry.source, f"<{entry.id}>", namespace)
    except (Exception, SystemExit, TooLong) as error:
        failure = Failure("raised", type(error).__name__, str(error))
        return Kept(entry, questions, tuple(Answer(failure=failure) for _ in questions))
    answers = []
    for question in questions:
        with at_most(ANSWER_S):
            answers.append(ask(namespace, question))
    return Kept(entry, questions, tuple(answers))


def kept_answers(exercise: Exercise, kind: str, seed: int = SEED) -> list[Kept]:
    """Ask all answers of one kind, "right" or "wrong", but for those that never end."""
    before = notebook_before(exercise)
    return [
        answers_of(exercise, entry, before, seed)
        for entry in bank.entries(exercise.id)
        if entry.kind == kind and entry.outcome != "timed_out"
    ]
