"""Make an ordinary exercise of a question that a lesson's text defines itself.

The truth is torch's autograd through the text's own forward pass, or the text's own solution. Students do not get that
solution: their check compares with a few stored cases, whose numbers are in the check cell.
"""

from __future__ import annotations

import ast
import base64
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from course.errors import CourseError, course_error
from course.exercise import Case, Exercise, Quantity
from course.language import later
from course.lessons.definitions import definitions, function_of
from course.lessons.stated_inputs import stated_cases
from course.lessons.stated_truth import gradients, results
from course.lessons.statement import Item, Statement, read
from course.runner import Question

CHECK = "check_"
RIGHT = "right "


@dataclass(frozen=True)
class Stated:
    """A question as stored in the built notebooks: plain data, so that an examiner in another process can rebuild it.

    code: source of the forward pass or of the solution, with everything it uses; "" where students check a reference.
    stored: the packed public cases of a reference.
    """

    lesson: str
    name: str
    statement: str
    code: str = ""
    stored: str = ""

    def exercise(self) -> Exercise:
        """Return the exercise.

        Raises CourseError if its truth cannot be computed.
        """
        statement = read(self.statement)
        if not self.code:
            return exercise_of(self, None)
        try:
            return exercise_of(self, function_of(self.code, statement.forward or self.name))
        except Exception as error:
            raise self.fault(error) from None

    def fault(self, error: Exception) -> CourseError:
        """Return the error for a question whose truth cannot be computed."""
        return course_error(
            "What is right for {lesson}.{name} cannot be computed ({kind}: {why}): put lessons/{lesson}.py "
            "right and run `course build {lesson}`.",
            lesson=self.lesson,
            name=self.name,
            kind=type(error).__name__,
            why=error,
        )


@dataclass(frozen=True)
class Known:
    """An exercise of the course. points: those that the text gives it, or None for the exercise's own."""

    name: str
    points: float | None = None


Part = Known | Stated


def parts_of(
    lesson: str, known: Iterable[str], released: Sequence[tuple[str, str]], solved: Sequence[tuple[str, str]] = ()
) -> tuple[Part, ...]:
    """Return the exercises of a lesson in the order of its check cells.

    known: names of the exercises that the course defines. released, solved: name and source of each code cell, as
    students get it and, if available, with solutions.
    """
    names, found = set(known), list[Part]()
    for i, (cell, source) in enumerate(released):
        name = cell.removeprefix(CHECK)
        if not cell.startswith(CHECK):
            continue
        said = called(source)
        if said is None or name != said.name:  # a test cell that the instructor added
            continue
        if not said.statement:
            found += [Known(name, said.points)] if name in names else []
            continue
        try:
            forward = read(said.statement).forward
        except ValueError as error:
            raise course_error(
                "The check cell {cell} of {lesson} is not as `course build` made it: {why}",
                cell=cell,
                lesson=lesson,
                why=error,
            ) from None
        # only the cells before the check, because a later cell may redefine the forward pass
        before = [text for _, text in released[:i]] if forward else [text for _, text in solved]
        found.append(Stated(lesson, name, said.statement, definitions(before, forward or name), said.stored))
    return tuple(found)


class _Call(NamedTuple):
    """The arguments that a check cell passes to `check`."""

    name: str
    statement: str = ""
    stored: str = ""
    points: float | None = None


def called(source: str) -> _Call | None:
    """Return the arguments that a check cell passes to `check`, or None if the cell does not end with such a call."""
    try:
        call = ast.parse(source).body[-1].value  # type: ignore[attr-defined]
        is_check = call.func.id == "check"
        named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
        return _Call(*map(ast.literal_eval, call.args), **named) if is_check else None
    except (SyntaxError, ValueError, TypeError, AttributeError, IndexError):
        return None


def exercise_of(stated: Stated, function: Callable[..., Any] | None, *, plainly: bool = False) -> Exercise:
    """Return the exercise for a stated question.

    function: the forward pass or the solution; None to use the stored cases. plainly: let exceptions of the function
    propagate, for the build, which reports the cell; otherwise they become a CourseError.
    """
    said = read(stated.statement)
    share = said.points / len(said.results)
    rows = tuple(Quantity(r.name, _wanted(r, said), share if len(said.results) > 1 else 0.0) for r in said.results)
    if function is None:
        stored = unpack(stated.stored)
        cases = tuple(Case(f"stored case {i}", _drawn_from(question)) for i, question in enumerate(stored))

        def truth(question: Question) -> dict[str, Any]:
            case = stored[question.options["case"]]
            return {r.name: case.inputs[RIGHT + r.name] for r in said.results}
    else:
        cases = stated_cases(said)
        right = gradients if said.kind == "gradient" else results

        def truth(question: Question) -> dict[str, Any]:
            try:
                return right(said, function, question)
            except Exception as error:
                if plainly:
                    raise
                raise stated.fault(error) from None

    traps = [item.name for item in said.inputs]
    return Exercise(
        lesson=stated.lesson,
        name=stated.name,
        points=said.points,
        title=later("the gradient of {about}") if said.forward else "{about}",
        about=said.forward or ", ".join(r.name for r in said.results),
        section="",
        truth=truth,
        rows=rows,
        cases=cases,
        options={
            "args": [item.name for item in said.inputs],
            "results": [item.name for item in said.results],
            "tensors": said.tensors,
            "by_hand": said.kind == "gradient",
            "traps": traps,
        },
    )


def _wanted(result: Item, said: Statement) -> Any:
    if result.shape is None:
        return "number"
    return "tensor" if said.tensors else "array"


def pack(exercise: Exercise, seed: int) -> str:
    """Return the cases of an exercise and their truth as text, except the notebooks' own sizes, too long for a cell."""
    cases = list[tuple[dict[str, Any], dict[str, Any]]]()
    for question in exercise.questions(seed):
        if question.options.get("original"):
            continue
        right = {RIGHT + name: np.asarray(value) for name, value in exercise.truth(question).items()}
        own = {k: v for k, v in question.options.items() if k not in exercise.options and k not in ("seed", "device")}
        arrays = {name: (array.dtype.name, array.tolist()) for name, array in {**question.inputs, **right}.items()}
        cases.append((arrays, {**own, "case": len(cases)}))
    return base64.b64encode(zlib.compress(json.dumps(cases).encode(), 9)).decode()


@cache
def unpack(stored: str) -> list[Question]:
    """Return the questions from the text that `pack` wrote.

    Raises CourseError if the text is damaged.
    """
    try:
        cases = json.loads(zlib.decompress(base64.b64decode(stored)))
        return [Question("", "", {n: np.array(a, dtype) for n, (dtype, a) in arrays.items()}, o) for arrays, o in cases]
    except Exception:  # an edited text can fail in any way
        raise course_error("The stored cases of this check are damaged: get the notebook anew.") from None


def _drawn_from(case: Question) -> Callable[..., Any]:
    inputs = {name: array for name, array in case.inputs.items() if not name.startswith(RIGHT)}
    return lambda *_: (inputs, dict(case.options))
