"""The exercises of way 2: the same network by hand, with torch tensors on a device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np

from course.exercise import Case, Exercise, Property, Quantity
from course.language import later
from course.lessons import way1_numpy
from course.lessons.inputs import ORIGINAL, SINGLE, Arrays, Rng, Sizes, drawn
from course.mistakes import shown
from course.mistakes.data import ENOUGH
from course.mistakes.data import NAMES as DATA
from course.runner import Answer, Facts, Options, Question

LESSON = "way2_tensors"
HEADINGS = {**way1_numpy.HEADINGS, "dtype and device": later("Number format and device")}
OPTIONS: Options = {"by_hand": True, "tensors": True, "traps": [*way1_numpy.TRAPS, "DEVICE", "DTYPE"]}

# Draws of these sizes have a mean within 0.06 and a mean square within 0.1 of those of the distribution, except for one
# in a billion; a scale of 0.1, or numbers from 0 to 1, are far outside.
LONG: Sizes = {"n": 160, "d_in": 120, "d_h": 90, "d_out": 130}


def _sizes_only(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
    return dict(sizes)


def _looks_normal(array: np.ndarray) -> bool:
    """Return whether an array looks standard normal, from its mean, mean square and the share beyond one deviation.

    Each may be off by 6 standard errors. The share distinguishes a normal draw from a uniform or two-valued one of the
    same variance. A short array need only be finite.
    """
    if array.size < ENOUGH or not np.all(np.isfinite(array)):
        return bool(np.all(np.isfinite(array)))
    error = 6 / np.sqrt(array.size)
    with np.errstate(over="ignore"):  # values that were not drawn can be of any magnitude
        mean, square, share = array.mean(), (array**2).mean(), (np.abs(array) > 1).mean()
    return bool(abs(mean) < error and abs(square - 1) < error * 2**0.5 and abs(share - 0.31731) < error * 0.2166**0.5)


def _repeats(answer: Answer) -> bool:
    """Return whether numbers of one array reappear in another; each array has to be drawn separately."""
    firsts = []
    for name in DATA:
        value = answer.values.get(name)
        if value is None or value.array is None or value.array.size < 4:
            return False
        firsts.append(set(np.asarray(value.array, dtype=np.float64).ravel()[:64].tolist()))
    return any(len(a & b) > 2 for i, a in enumerate(firsts) for b in firsts[i + 1 :])


def _data_truth(question: Question) -> dict[str, Any]:
    return {f"{name}_dtype": question.dtype for name in DATA}


def _data_reference(question: Question, answer: Answer) -> dict[str, Any]:
    """Return, for each array, the student's own values if they could be the requested draw, and other values otherwise.

    Any standard normal draw is right, so only the shape and the look of the distribution are compared.
    """
    return {
        name: own_draw(answer, name, shape, _looks_normal)
        for name, shape in way1_numpy.shapes_of(question.options["sizes"]).items()
    }


def own_draw(
    answer: Answer, name: str, shape: tuple[int, ...], good: Callable[[np.ndarray], bool], other: float = 1.0
) -> np.ndarray:
    """Return the student's own values if they have the shape and pass `good`, else an array filled with `other`."""
    value = answer.values.get(name)
    if value is not None and value.array is not None and value.array.shape == shape:
        array = value.array.astype(np.float64)
        if good(array):
            return array
    return np.full(shape, other)


def _data_properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    dtypes = {f"{name}_dtype": answer.values[name].dtype if name in answer.values else "" for name in DATA}
    return {**cast(Facts, dtypes), "separate_draws": not _repeats(answer)}


MAKE_DATA = Exercise(
    lesson=LESSON,
    name="make_data",
    points=2,
    title=later("data and weights as tensors"),
    section=later("Draw the data"),
    options={
        **OPTIONS,
        "results": list(DATA),
        "args": ["n", "d_in", "d_h", "d_out", "dtype", "device"],
        "elsewhere": True,
        "anew": True,
    },
    truth=_data_truth,
    reference=_data_reference,
    properties=_data_properties,
    rows=(
        *(Quantity(n, "tensor", problem=later("The numbers in `{name}` do not look standard normal.")) for n in DATA),
        *(Property(f"{n}_dtype", problem=later("`{name}` does not have the dtype that was asked for.")) for n in DATA),
        Property(
            "separate_draws", problem=later("The arrays repeat each other's numbers; each is to be drawn for itself.")
        ),
        Property(
            "device_honoured", problem=later("Asked for another device, the function still puts tensors on the CPU.")
        ),
    ),
    cases=(
        Case(
            "float64 where the default is float32, with numbers enough to see how they are distributed",
            drawn(_sizes_only, LONG, default_dtype="float32"),
        ),
        Case("float32 where the default is float64", drawn(_sizes_only, dtype="float32", default_dtype="float64")),
        Case("one of everything", drawn(_sizes_only, SINGLE)),
        Case("the notebook's own sizes tell sizes written in", drawn(_sizes_only, ORIGINAL), diagnostic=True),
    ),
    mistakes=shown.MAKE_TENSORS,
    headings=HEADINGS,
)


def _in_tensors(exercise: Exercise) -> Exercise:
    """Return an exercise of way 1 adapted to way 2: tensors in and out, with the same truth and mistakes."""
    kept = cast(Options, {k: v for k, v in exercise.options.items() if k not in way1_numpy.OPTIONS})
    rows = tuple(
        replace(row, wanted="tensor") if isinstance(row, Quantity) and row.wanted == "array" else row
        for row in exercise.rows
    )
    # As in a notebook: a tensor made without a dtype has fewer digits than float64; harmless for a single number.
    if exercise.ask == "call" and len(rows) > 1:
        kept["default_dtype"] = "float32"
    return replace(exercise, lesson=LESSON, headings=HEADINGS, options={**kept, **OPTIONS}, rows=rows)


def _beside_float64(case: Case) -> Case:
    """Return a case of the forward pass as in the notebook: a float32 case has float64 as the default dtype."""

    def draw(rng: Rng, shared: Rng) -> tuple[Arrays, Options]:
        inputs, options = case.draw(rng, shared)
        return inputs, {**options, "default_dtype": "float64"} if options["dtype"] == "float32" else options

    return replace(case, draw=draw)


FORWARD_PASS = replace(
    _in_tensors(way1_numpy.FORWARD_PASS),
    cases=tuple(_beside_float64(case) for case in way1_numpy.FORWARD_PASS.cases),
    mistakes=shown.FORWARD_OF_TENSORS,
)
EXERCISES = (
    MAKE_DATA,
    FORWARD_PASS,
    replace(_in_tensors(way1_numpy.LOSS_FN), mistakes=shown.LOSS_OF_TENSORS),
    _in_tensors(way1_numpy.BACKWARD_PASS),
    _in_tensors(way1_numpy.TRAINING),
)
