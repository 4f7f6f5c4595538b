"""The check verb of the notebooks: ask a student's function at once, in the notebook, and say what is wrong."""

from __future__ import annotations

import importlib
import itertools
import sys
from typing import Any

from course.errors import CourseError
from course.exercise import Exercise, Verdict
from course.judging import as_html, as_summary, as_text, judge
from course.lessons import LESSONS, exercises_of
from course.lessons.stated import Stated, exercise_of
from course.lessons.statement import read
from course.runner import Answer, Failure, ask
from course.runner.source import failure_of

# One seed for every check cell, so that a message stays the same until the code changes. Grading asks with others.
NOTEBOOK_SEED = 1


class CheckFailed(Exception):
    """A check that did not pass; its text is the whole message.

    shown: what a notebook shows in place of a traceback, where the whole message stands above it already.
    """

    def __init__(self, message: str, shown: str = "") -> None:
        super().__init__(message)
        self._shown = shown or message

    def _render_traceback_(self) -> list[str]:
        return self._shown.splitlines()


class _Score:
    """A cell's result that is a bare number to nbgrader, which takes it for the score, and nothing to the eye."""

    def __init__(self, points: float) -> None:
        self._points = float(points)

    def __repr__(self) -> str:
        return repr(self._points)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": ""}


def show(verdict: Verdict) -> bool:
    """Show a verdict in the notebook, as HTML where there is a page to show it on; False outside of notebooks.

    What is displayed is no result of the cell: nbgrader does not take it for a score.
    """
    interactive = sys.modules.get("IPython")
    if interactive is None or interactive.get_ipython() is None:
        return False
    display = importlib.import_module("IPython.display").display
    display({"text/plain": as_text(verdict), "text/html": as_html(verdict)}, raw=True)
    return True


class Check:
    """What `start` returns: `check("forward")` asks the notebook's `forward` and says what came of it."""

    def __init__(self, lesson: str, namespace: dict[str, Any], device: str) -> None:
        self.lesson = lesson
        self._namespace = namespace
        self._device = device
        self._exercises = {e.name: e for e in exercises_of(lesson)} if lesson in LESSONS else {}
        self._seeds = [NOTEBOOK_SEED]
        # Drawn here and not in the first check: that one would be slow, and torch.optim takes a second to wake up.
        self._questions = {e.id: e.questions(NOTEBOOK_SEED, device=device) for e in self._exercises.values()}

    def also(self, *, seed: int) -> None:
        """Ask the next check's questions a second time, drawn from another seed."""
        self._seeds = [NOTEBOOK_SEED, seed]

    def __call__(self, name: str, statement: str = "", stored: str = "", *, points: float | None = None) -> None:
        """Check one exercise: show what is right, raise CheckFailed with what is not.

        statement, stored: of a question that the lesson's text states itself. points: what the text makes it worth.

        Where an exercise gives part of its points the part is shown as the cell's result, in the form nbgrader reads.
        """
        seeds, self._seeds = self._seeds, [NOTEBOOK_SEED]
        if statement:
            self._take(Stated(self.lesson, name, statement, stored=stored))
        if name not in self._exercises:
            raise CheckFailed(f"There is no exercise “{name}” in {self.lesson}: {', '.join(self._exercises)}.")
        exercise = self._exercises[name]
        if points is not None and points != exercise.points:
            exercise = self._exercises[name] = exercise.worth(points)
        try:
            verdict = min((self._verdict(exercise, seed) for seed in seeds), key=lambda v: (v.passed, v.points))
        except KeyboardInterrupt as stop:  # the stop button
            failure = failure_of(stop, "stopped", self._namespace.get(name))
            verdict = self._without_answer(exercise, failure)
        shown = show(verdict)
        if verdict.points > 0:
            if not shown:
                print(as_text(verdict))
            if not verdict.passed:
                sys.displayhook(_Score(verdict.points))
        else:
            raise CheckFailed(as_text(verdict), as_summary(verdict) if shown else "")

    def _take(self, stated: Stated) -> None:
        """Take up a question of the text's own: what is right comes from its forward pass, or from the stored cases."""
        try:
            forward = read(stated.statement).forward
            function = self._namespace.get(forward) if forward else None
            if forward and not callable(function):
                raise CheckFailed(f"There is no `{forward}` here: run the cell that defines it, then this one again.")
            exercise = exercise_of(stated, function)
        except (ValueError, CourseError) as error:
            raise CheckFailed(f"This check cell is not as it was handed out: {error}") from None
        self._exercises[stated.name] = exercise
        self._questions.pop(exercise.id, None)

    def _verdict(self, exercise: Exercise, seed: int) -> Verdict:
        drawn = self._questions.get(exercise.id) if seed == NOTEBOOK_SEED else None
        questions = drawn or exercise.questions(seed, device=self._device)
        answers = [ask(self._namespace, question) for question in questions]
        verdict = judge(exercise, questions, answers)
        if verdict.passed:
            return verdict
        uses = {name for answer in answers for name in answer.facts.get("uses", [])}
        earlier = list(itertools.takewhile(lambda e: e is not exercise, self._exercises.values()))
        not_yet = [e.name for e in earlier if e.name in uses and e.name not in self._namespace]
        if not_yet:
            return self._without_answer(exercise, Failure("not_yet", message=", ".join(f"`{n}`" for n in not_yet)))
        failed = [e.name for e in earlier if e.name in uses and not self._verdict(e, seed).passed]
        return judge(exercise, questions, answers, failed)

    def _without_answer(self, exercise: Exercise, failure: Failure) -> Verdict:
        questions = exercise.questions(NOTEBOOK_SEED, device=self._device)
        return judge(exercise, questions, [Answer(failure=failure) for _ in questions])


def start(lesson: str, *, device: object = "cpu") -> Check:
    """Make the check verb for the notebook of a lesson.

    device: where tensors of the questions lie, "cpu" or "cuda".
    """
    namespace = sys._getframe(1).f_globals
    if not all(e.options.get("numpy_only") for e in (exercises_of(lesson) if lesson in LESSONS else ())):
        _wake_autograd()
    return Check(lesson, namespace, str(device).partition(":")[0])


def _wake_autograd() -> None:
    """Differentiate something once: the first time takes torch two seconds, and no check should seem that slow."""
    torch = importlib.import_module("torch")
    leaf = torch.ones(2, dtype=torch.float64, requires_grad=True)
    # with a gradient that arrives: that is what brings in the slow part
    torch.autograd.grad(leaf.square(), leaf, torch.ones_like(leaf))
