"""The `check` of the notebooks: call the student's function, judge the answers and show the verdict."""

from __future__ import annotations

import bdb
import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import course.language
from course.errors import CourseError
from course.exercise import Exercise, Verdict
from course.judging import judge
from course.language import later, listed, of_notebook, paragraph, say
from course.lessons import LESSONS, exercises_of
from course.lessons.stated import Stated, exercise_of
from course.lessons.statement import read
from course.notebook.case import Case, case_of
from course.notebook.checked import Checked, never_checked, second_hint, ways_on
from course.notebook.debugging import debugger, only_students
from course.notebook.example import compare_with_text
from course.notebook.output import CheckFailed, displays_as_prints, shell_here, show, show_parts
from course.notebook.progress import progress_of, read_notebook
from course.notebook.session import Session, session_of
from course.notebook.watch import Watch
from course.runner import Answer, Failure, Question, ask
from course.runner.devices import CPU, not_used
from course.runner.source import failure_of, file_of, loop_of

# The same seed for every check cell, so that a message stays the same until the code changes. Grading uses others.
NOTEBOOK_SEED = 1
NOT_STARTED = later(
    "The first code cell of this notebook, which makes `check`, has not been run since the kernel started.\n"
    "Choose Run > Run All Above Selected Cell, then run this cell again.\n"
    "(If that cell is gone, copy it from a fresh copy of the notebook.)"
)
OWN_QUESTION = later("A question of the text's own is known once its check has run.")


class Check:
    """The checks of one lesson, as returned by `start`: `check("forward")` checks the notebook's `forward`."""

    def __init__(self, lesson: str, namespace: dict[str, Any], device: str) -> None:
        self.lesson = lesson
        self._namespace = namespace
        self._device = device
        self._exercises = {e.name: e for e in exercises_of(lesson)} if lesson in LESSONS else {}
        self._seeds = [NOTEBOOK_SEED]
        # Drawn here because it would slow the first check down: torch.optim takes a second to initialise.
        self._questions = {e.id: e.questions(NOTEBOOK_SEED, device=device) for e in self._exercises.values()}
        shell = shell_here()
        self._checked: dict[str, Checked] = {}
        self._asking: Question | None = None
        self._session: Session | None = session_of(shell) if hasattr(shell, "events") else None

    def also(self, *, seed: int) -> None:
        """Make the next check ask its questions a second time, drawn from another seed."""
        self._seeds = [NOTEBOOK_SEED, seed]

    def __call__(self, name: str, statement: str = "", stored: str = "", *, points: float | None = None) -> None:
        """Check one exercise and show the verdict; raise CheckFailed if it earns no points.

        statement, stored: the definition and the stored cases of a question that the lesson's text states itself.
        points: what the exercise is worth in this text; None for its own points.

        If an answer earns part of the points, the message is the cell's result, in the form that nbgrader reads.
        """
        seeds, self._seeds = self._seeds, [NOTEBOOK_SEED]
        if statement:
            self._take(Stated(self.lesson, name, statement, stored=stored))
        exercise = self._exercises[name] = self._exercise(name).worth(points)
        watch = Watch()
        checked, example = None, list[str]()
        try:
            with watch:
                checked = self._judged(exercise, seeds, watch)
                example = compare_with_text(exercise, checked.verdict, self._namespace, self._device)
        except KeyboardInterrupt as stop:
            checked = checked or self._stopped(exercise, stop, at_limit=watch.at_limit)
        self._checked[name] = replace(checked, error=None)
        show(checked.verdict, checked.error, beside=example + ways_on(checked))

    def case(self, name: str) -> Case:
        """Return the inputs that an exercise's last check failed on, to try them in a cell."""
        exercise, checked = self._exercise(name, OWN_QUESTION), self._checked.get(name)
        question = self._first_question(exercise) if checked is None else checked.question
        return case_of(name, question, checked, self._namespace.get(name))

    def hint(self, name: str) -> None:
        """Show a hint that says more than the message of the exercise's last check."""
        self._exercise(name, OWN_QUESTION)
        show_parts(second_hint(self._checked[name]) if name in self._checked else never_checked(name))

    def progress(self) -> None:
        """Show the points so far and what to do next."""
        show_parts(*progress_of(list(self._exercises.values()), self._checked))

    def _exercise(self, name: str, more: str = "") -> Exercise:
        if name not in self._exercises:
            known = listed(self._exercises) or say("none is known")
            told = later("There is no exercise “{name}” in {lesson}: {known}.")
            raise CheckFailed(paragraph(say(told, name=name, lesson=self.lesson, known=known), say(more)))
        return self._exercises[name]

    def _first_question(self, exercise: Exercise) -> Question:
        return (self._questions.get(exercise.id) or exercise.questions(NOTEBOOK_SEED, device=self._device))[0]

    def _take(self, stated: Stated) -> None:
        """Add a question that the text states itself; the right results come from its forward pass or stored cases."""
        try:
            forward = read(stated.statement).forward
            function = self._namespace.get(forward) if forward else None
            if forward and not callable(function):
                told = later("There is no `{name}` here: run the cell that defines it, then this one again.")
                raise CheckFailed(say(told, name=forward))
            exercise = exercise_of(stated, function)
        except (ValueError, CourseError) as error:
            raise CheckFailed(say("This check cell is not as it was handed out: {why}", why=error)) from None
        self._exercises[stated.name] = exercise
        self._questions.pop(exercise.id, None)

    def _judged(self, exercise: Exercise, seeds: list[int], watch: Watch) -> Checked:
        """Ask with each seed and return the worst result."""
        made = [self._asked(exercise, seed, watch) for seed in seeds]
        return min(made, key=lambda c: (c.verdict.passed, c.verdict.points))

    def _asked(self, exercise: Exercise, seed: int, watch: Watch) -> Checked:
        drawn = self._questions.get(exercise.id) if seed == NOTEBOOK_SEED else None
        questions = drawn or exercise.questions(seed, device=self._device)
        answers, errors = list[Answer](), list[BaseException | None]()
        debug = debugger(watch.end)
        for question in questions:
            self._asking, raised = question, list[BaseException]()
            with displays_as_prints():
                answers.append(ask(self._namespace, question, raised=raised, debugger=debug))
            if debug is not None:
                debug.end()
            if raised and isinstance(raised[0], bdb.BdbQuit):
                raise KeyboardInterrupt().with_traceback(raised[0].__traceback__)
            errors.append(raised[0] if raised else None)
        fault = next((a.failure for a in answers if a.failure is not None and a.failure.kind == "device"), None)
        if fault is not None and self._device != CPU:
            show_parts(not_used(self._device, fault.message))
            self._device = CPU
            self._questions = {e.id: e.questions(NOTEBOOK_SEED) for e in self._exercises.values()}
            return self._asked(exercise, seed, watch)
        verdict = judge(exercise, questions, answers)
        uses = {name for answer in answers for name in answer.facts.get("uses", [])} - {exercise.name}
        hindered = self._hindered(exercise, verdict, uses)
        if hindered is not None:
            return self._without_answer(exercise, hindered)
        if not verdict.passed:
            before = list(self._exercises.values())
            earlier = [e for e in before[: before.index(exercise)] if e.name in uses]
            failed = [e.name for e in earlier if not self._asked(e, seed, watch).verdict.passed]
            verdict = judge(exercise, questions, answers, failed)
        error = only_students(errors[verdict.question], file_of(self._namespace.get(exercise.name)))
        return Checked(exercise, verdict, questions[verdict.question], answers[verdict.question], error)

    def _hindered(self, exercise: Exercise, verdict: Verdict, uses: set[str]) -> Failure | None:
        """Return why the objects in the kernel do not match the cells, such as a cell that failed or was not run.

        Return None if nothing shows that they differ, or if the verdict says more.
        """
        if self._session is not None:
            own = self._session.stale(exercise.name)
            if own is not None:
                return own
            used = next(filter(None, map(self._session.stale, sorted(uses))), None)
            if used is not None:
                return replace(used, kind="stale_use")
        if verdict.passed:
            return None
        needed = [e.name for e in self._exercises.values() if e.name in uses | {exercise.name}]
        missing = [name for name in needed if self._namespace.get(name) is None]
        failure = verdict.failure
        raised = self._session.undefined(exercise.name) if self._session and exercise.name in missing else None
        if raised is not None:  # its cell was run, but failed before defining it
            return raised
        if exercise.name in missing and (failure is None or failure.kind != "undefined" or failure.type_name):
            return None  # the verdict says more: a magic above it, or a misspelled name
        return Failure("not_yet", message=", ".join(missing)) if missing else None

    def _without_answer(self, exercise: Exercise, failure: Failure) -> Checked:
        first, answer = self._first_question(exercise), Answer(failure=failure)
        return Checked(exercise, judge(exercise, [first], [answer]), first, answer)

    def _stopped(self, exercise: Exercise, stop: BaseException, *, at_limit: bool) -> Checked:
        failure = failure_of(stop, "timed_out" if at_limit else "stopped", self._namespace.get(exercise.name))
        line, number = loop_of(stop, file_of(self._namespace.get(exercise.name))) or (failure.line, failure.line_number)
        checked = self._without_answer(exercise, replace(failure, line=line, line_number=number))
        asked = self._asking
        return replace(checked, question=asked) if asked is not None and asked.exercise == exercise.id else checked


def start(lesson: str, *, device: object = "cpu", language: str = "en") -> Check:
    """Return the `check` object for a lesson's notebook.

    device: the device of the questions' tensors, such as "cpu" or "cuda". language: the language of checks and figures
    from now on. Raises ValueError if it is unknown.
    """
    course.language.use(language)
    namespace = sys._getframe(1).f_globals
    if not all(e.options.get("numpy_only") for e in (exercises_of(lesson) if lesson in LESSONS else ())):
        _wake_autograd()
    _started[:] = [Check(lesson, namespace, str(device))]
    return _started[0]


_started: list[Check] = []


def started() -> Check:
    """Return what `start` returned last. Check cells call this, so that a missing setup cell gets a message.

    Raises CheckFailed if the setup cell has not been run. The language is then read from the notebook's file, whose
    path newer kernels provide.
    """
    if _started:
        return _started[0]
    with course.language.using(of_notebook(read_notebook(Path(os.environ.get("JPY_SESSION_NAME", ""))))):
        raise CheckFailed(say(NOT_STARTED))


def _wake_autograd() -> None:
    """Differentiate something once: the first time takes torch two seconds, which no check should seem to take."""
    torch = importlib.import_module("torch")
    leaf = torch.ones(2, dtype=torch.float64, requires_grad=True)
    # grad_outputs are passed because this loads the slow part
    torch.autograd.grad(leaf.square(), leaf, torch.ones_like(leaf))
