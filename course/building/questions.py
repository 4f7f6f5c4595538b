"""Turn the questions that a lesson defines in lines `# question: …` into check cells that grading can read."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.building.lesson import Cell, Lesson
from course.exercise import Exercise
from course.language import later, listed, say
from course.lessons.definitions import definitions, function_of
from course.lessons.stated import CHECK, Stated, exercise_of, pack
from course.lessons.stated_truth import parameters_of
from course.lessons.statement import Statement, read
from course.regions import CODE_STUB, SOLUTION, without_regions

# The draws with these seeds have to work before a question is released; those of the first are a reference's public
# cases.
TRIED_SEEDS = (1, 2, 3)
LONGEST_NAME = 64 - len(CHECK)


@dataclass(frozen=True)
class OwnQuestion:
    """A question as the build needs it: the source of its check cell, and its points."""

    check: str
    points: float


def own_questions(lesson: Lesson, taken: Mapping[str, Any]) -> dict[str, OwnQuestion]:
    """Return the questions that a lesson's text defines itself, by name.

    taken: the course's own exercises of this lesson, by name.

    Raises CourseError, with line, cell and what to write, for a question that cannot be checked.
    """
    return {cell.name: _own_question(lesson, cell, taken) for cell in lesson.cells if cell.question is not None}


def _own_question(lesson: Lesson, cell: Cell, taken: Mapping[str, Any]) -> OwnQuestion:
    if cell.name in taken:
        raise lesson.fault("it is an exercise of the course: give the question a name of its own.", cell)
    if len(cell.name) > LONGEST_NAME:
        raise lesson.fault("its name is too long: {n} letters at most.", cell, n=LONGEST_NAME)
    text = " ".join((cell.question or "").split())
    try:
        said = read(text)
    except ValueError as error:
        raise lesson.fault("the line `# question: {text}`: {why}", cell, text=text, why=error) from None
    setup = next(c.source for c in lesson.cells if c.role == "setup")
    if f'start("{lesson.id}")' not in setup.replace("'", '"'):
        raise lesson.fault(
            'nothing can check it: write `check = start("{lesson}")` into the setup cell.', cell, lesson=lesson.id
        )
    code = _code(lesson, cell, said)
    _check_signature(lesson, cell, said)
    stated = Stated(lesson.id, cell.name, text, code)
    exercise = _tried(lesson, cell, stated, said)
    given = [cell.name, text] if said.forward else [cell.name, text, pack(exercise, TRIED_SEEDS[0])]
    return OwnQuestion(f"check({', '.join(map(_quoted, given))})", said.points)


def _quoted(text: str) -> str:
    return f'"{text}"' if not set(text) & {'"', "\\"} else repr(text)


def _code(lesson: Lesson, cell: Cell, said: Statement) -> str:
    """Return the source that computes the truth: the solution, or the forward pass as students get it."""
    code = [c for c in lesson.cells if c.role in ("setup", "exercise", "demonstration")]
    if not said.forward:
        return definitions([c.source for c in code], cell.name)
    shown = [without_regions(c.source, SOLUTION, CODE_STUB) for c in code[: code.index(cell) + 1]]
    found = definitions(shown, said.forward)
    if not found:
        raise lesson.fault(
            "no `def {name}` stands before it: write the forward pass into the setup or a demonstration.",
            cell,
            name=said.forward,
        )
    if CODE_STUB.removesuffix("()") in found:
        raise lesson.fault(
            "`{name}` is, or uses, a blank that students fill: the forward pass has to stand in the text.",
            cell,
            name=said.forward,
        )
    return found


def _check_signature(lesson: Lesson, cell: Cell, said: Statement) -> None:
    stated = [item.name for item in said.inputs]
    for node in ast.parse(cell.source).body:
        if isinstance(node, ast.FunctionDef) and node.name == cell.name:
            takes = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
            if takes != stated:
                raise lesson.fault(
                    "`{name}` takes ({takes}), and its question states {stated}.",
                    cell,
                    name=cell.name,
                    takes=", ".join(takes),
                    stated=listed(stated),
                )
            return
    raise lesson.fault("a question is asked of a function: there is no `def {name}` here.", cell, name=cell.name)


def _tried(lesson: Lesson, cell: Cell, stated: Stated, said: Statement) -> Exercise:
    """Return the exercise after a trial: its truth is computed for a few draws, and has to be finite and repeatable."""
    what = f"`{said.forward}`" if said.forward else say("the solution")
    try:
        function = function_of(stated.code, said.forward or cell.name)
    except Exception as error:
        raise lesson.fault(
            "{what} does not run by itself ({kind}: {why}).", cell, what=what, kind=type(error).__name__, why=error
        ) from None
    if said.forward:
        _check_forward(lesson, cell, said, parameters_of(function))
    exercise = exercise_of(stated, function, plainly=True)
    for question in (q for seed in TRIED_SEEDS for q in exercise.questions(seed)):
        sizes = ", ".join(f"{k}={v}" for k, v in question.options["sizes"].items())
        try:
            right, again = exercise.truth(question), exercise.truth(question)
        except Exception as error:
            template = (
                later("{what} cannot be asked with {sizes}: {kind}: {why}.")
                if sizes
                else later("{what} cannot be asked: {kind}: {why}.")
            )
            told = say(template, what=what, sizes=sizes, kind=type(error).__name__, why=error)
            raise lesson.fault(told, cell) from None
        for name, value in right.items():
            if not np.all(np.isfinite(value)):
                raise lesson.fault(_not_finite(said, what, name, sizes), cell)
            if not np.array_equal(value, again[name]):
                raise lesson.fault(
                    "{what} gives other numbers for `{name}` each time: nobody could be right.",
                    cell,
                    what=what,
                    name=name,
                )
    return exercise_of(stated, function)


def _not_finite(said: Statement, what: str, name: str, sizes: str) -> str:
    if not sizes:
        template = later("{what} gives nan or inf for `{name}`: let inputs avoid that (`s (n) > 0`).")
    elif said.least > 1:
        template = later("{what} gives nan or inf for `{name}` with {sizes}: let inputs avoid that (`s (n) > 0`).")
    else:
        template = later(
            "{what} gives nan or inf for `{name}` with {sizes}: let inputs avoid that (`s (n) > 0`), or end the line "
            "with `; sizes from 2`."
        )
    return say(template, what=what, name=name, sizes=sizes)


def _check_forward(lesson: Lesson, cell: Cell, said: Statement, takes: tuple[str, ...]) -> None:
    stated = [item.name for item in said.inputs]
    if absent := [name for name in takes if name not in stated]:
        raise lesson.fault(
            "`{name}` takes `{input}`, and the question does not state it.", cell, name=said.forward, input=absent[0]
        )
    above = [name for name in stated if name not in takes]
    if len(above) > 1:
        raise lesson.fault(
            "`{name}` takes neither `{one}` nor `{other}`: one input besides its own can be stated, the gradient "
            "that arrives from above.",
            cell,
            name=said.forward,
            one=above[0],
            other=above[1],
        )
    for item in said.results:
        if item.name.removeprefix("grad_") in above:
            raise lesson.fault(
                "`{name}` does not take `{input}`: there is no `{result}`.",
                cell,
                name=said.forward,
                input=above[0],
                result=item.name,
            )
