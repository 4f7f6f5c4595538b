"""Hand out the inputs that a check called a function with, so that students can try them in a cell."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from course.exercise import Observation
from course.exercise.compare import shape_text
from course.judging.pattern import first_difference
from course.judging.text import detail_of, student_line
from course.language import paragraph, say
from course.notebook.checked import Checked, never_checked
from course.notebook.output import aligned
from course.runner import Question, Value
from course.runner.handed import CallArguments, call_arguments
from course.runner.source import signature_of

# A longer list of losses is only counted.
LONGEST = 8


class Case(CallArguments):
    """The inputs of a checked call; the repr says what they are and how to try them. yours: the check's results."""

    def __init__(
        self, handed: Mapping[str, Any], also: Mapping[str, Any], yours: Mapping[str, Any], about: str, trial: str
    ) -> None:
        super().__init__(handed, also, yours)
        self._about, self._trial = about, trial

    def __repr__(self) -> str:
        lines = [self._about]
        titles = (say("Its arguments:"), say("For later:"), say("What came back:"))
        for title, things in zip(titles, (self, self.also, self.yours), strict=True):
            if things:
                lines += [title, aligned([(name, _shown(thing)) for name, thing in things.items()])]
        return "\n".join(
            [*lines, say("To try it, in a new cell:"), *(f"    {line}" for line in self._trial.splitlines())]
        )


def case_of(name: str, question: Question, checked: Checked | None, function: Any) -> Case:
    """Return the case of a check: the question it failed on, or the first one if it passed or has not been run.

    function: the object that has this name in the notebook now.
    """
    handed, also = call_arguments(question)
    yours = {} if checked is None else {n: _as_it_was(v) for n, v in _results(checked).items()}
    return Case(handed, also, yours, _about(name, checked), _trial(question, handed, function))


def _about(name: str, checked: Checked | None) -> str:
    first = say("This is what its check asks first.")
    if checked is None:
        return paragraph(never_checked(name), first)
    verdict = checked.verdict
    if verdict.passed:
        return paragraph(say("`{name}` passed.", name=name), first)
    if not checked.has_hint:
        return paragraph(say("`{name}`: {detail}", name=name, detail=detail_of(verdict)), first)
    if verdict.where and verdict.outcome != "timed_out":
        failed = say("`{name}` failed on this case ({where}).", name=name, where=verdict.where)
    else:
        failed = say("`{name}` failed on this case.", name=name)
    said = paragraph(failed, detail_of(verdict), _difference(checked))
    return "\n".join([said, *(f"    {line}" for line in student_line(verdict).splitlines())])


def _difference(checked: Checked) -> str:
    first = checked.verdict.first_wrong
    if first is None or first.problem != "value":
        return ""
    exercise, question = checked.exercise, checked.question
    truth = exercise.right(question, checked.answer)
    observation = Observation(question, exercise.observed(question, checked.answer, truth), truth, checked.verdict.rows)
    place = first_difference(observation, first.name)
    entry = f"{first.name}[{', '.join(map(str, place))}]"
    return say("The first entry that differs is `{entry}`.", entry=entry) if place else ""


def _results(checked: Checked) -> dict[str, Value]:
    """Return the results in order, without the values that the runner derived for the check's own use."""
    rows = {row.name for row in checked.exercise.rows}
    return {name: value for name, value in checked.answer.values.items() if name in rows or " " not in name}


def _as_it_was(value: Value) -> Any:
    """Return a result as the kind of object it was in student code: a tensor, an array, a list or a number."""
    if value.array is None:
        return None if value.kind == "none" else say("a {kind}", kind=value.type_name)
    if value.kind == "tensor":
        return importlib.import_module("torch").from_numpy(value.array.copy()).to(value.device)
    return value.array.copy() if value.kind == "array" else value.array.tolist()


def _trial(question: Question, handed: Mapping[str, Any], function: Any) -> str:
    """Return the lines of code to try a case with."""
    name = question.name
    try:
        signature_of(function).bind(**handed)
        call = f"{name}(**case)"
    except (TypeError, ValueError):  # the student's parameters have other names
        call = f"{name}(*case.values())"
    then = {
        "make_model": f"{call}(case.x)",
        "make_loss": f"{name}()(case.y_pred, case.y)",
        "autograd_function": f"{name}.apply(case.h).backward(case.grad_out)\ncase.h.grad",
    }
    return f'case = check.case("{name}")\n{then.get(question.ask, call)}'


def _shown(thing: Any) -> str:
    """Return a short description: type, shape and dtype of an array, plain data as it is, otherwise the type."""
    if hasattr(thing, "shape") and hasattr(thing, "dtype"):
        return f"{type(thing).__name__} {shape_text(tuple(thing.shape))} {str(thing.dtype).removeprefix('torch.')}"
    if isinstance(thing, list) and len(thing) > LONGEST:
        return say("list of {n}", n=len(thing))
    plain = thing is None or isinstance(thing, int | float | str | list)
    return str(thing) if plain else type(thing).__name__
