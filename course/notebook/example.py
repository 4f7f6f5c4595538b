"""The text's tiny worked example, shown below a failed check: the student's numbers beside those in the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course.exercise import Exercise, Verdict
from course.exercise.compare import digits_of
from course.language import later, say
from course.lessons.examples import EXAMPLES
from course.notebook.output import aligned
from course.runner import Answer, Value, ask

# Relative to the numbers in the text, which are rounded.
TOLERANCE = 1e-3
# More numbers than this cannot be compared at a glance.
MOST = 12
RIGHT = later("Right on the tiny example of the text: what is wrong shows only with other numbers or sizes.")
SHAPES_RIGHT = later("The shapes are those of the tiny example of the text; its numbers are random.")


def compare_with_text(exercise: Exercise, verdict: Verdict, namespace: dict[str, Any], device: str) -> list[str]:
    """Return the student's results for the text's example beside the text's own, or [] if they show nothing.

    Only the first result that differs is shown: what follows from it differs too.
    """
    if verdict.outcome not in ("fail", "crashed"):
        return []
    examples = EXAMPLES.get(exercise.id, ())
    for example in examples:
        answer = ask(namespace, example.question(exercise, device))
        if answer.failure is not None or any(name not in answer.values for name in example.results):
            return []
        told = _first_difference(answer, example.results)
        if told is not None:
            return told
    first = verdict.first_wrong
    in_numbers = verdict.failure is not None or (first is not None and first.problem in ("value", "shape", "finite"))
    if not examples or not in_numbers:
        return []
    shapes_alone = all(isinstance(paper, tuple) for example in examples for paper in example.results.values())
    return [say(SHAPES_RIGHT if shapes_alone else RIGHT)]


def _first_difference(answer: Answer, results: Mapping[str, Any]) -> list[str] | None:
    """Return the two side by side, [] if the student's result is None, or None if nothing differs."""
    for name, paper in results.items():
        value = answer.values[name]
        if value.kind == "none":
            return []
        if not _agrees(value, paper):
            return _side_by_side(name, value, paper)
    return None


def _agrees(value: Value, paper: Any) -> bool:
    if value.array is None:
        return False
    if isinstance(paper, tuple):
        return value.array.shape == paper
    wanted = np.asarray(paper, dtype=np.float64)
    return value.array.shape == wanted.shape and bool(np.allclose(value.array, wanted, rtol=TOLERANCE, atol=1e-9))


def _side_by_side(name: str, value: Value, paper: Any) -> list[str]:
    label = name.removeprefix("0.")
    if isinstance(paper, tuple) or value.array is None or value.array.size > MOST:
        shape, kind = value.shape, value.type_name
        yours = say("shape {shape}", shape=shape) if value.array is not None else say("a {kind}", kind=kind)
    else:
        yours = in_digits(value.array.tolist())
    theirs = say("shape {shape}", shape=paper) if isinstance(paper, tuple) else in_digits(paper)
    table = aligned([(say("yours"), yours), (say("paper"), theirs)])
    return [say("`{name}` in the tiny example of the text:", name=label), table]


def in_digits(numbers: Any) -> str:
    """Format a number, or nested lists of numbers, with at most four digits each."""
    if isinstance(numbers, list):
        return f"[{', '.join(map(in_digits, numbers))}]"
    return digits_of(float(numbers), 4)
