"""Build the arguments of student code from a question's inputs, and store its results."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from course.runner.answer import Answer, Question
from course.runner.values import SEQUENCES, copy_of, describe, numbers_of


def _torch() -> Any:
    return importlib.import_module("torch")


def to_argument(array: np.ndarray, question: Question, *, leaf: bool = False) -> Any:
    """Copy an input into an array or tensor of the question's dtype and device.

    With the option "strided" the copy of a matrix is not contiguous, which only code such as `view` depends on.
    """
    options = question.options
    strided = options.get("strided") and array.ndim == 2
    dtype = question.dtype if array.dtype.kind == "f" else array.dtype
    if not options.get("tensors"):
        return np.array(array, dtype=dtype, order="F" if strided else "K")
    tensor = _torch().tensor(np.asarray(array, dtype=dtype)).to(question.device)
    return (tensor.t().contiguous().t() if strided else tensor).requires_grad_(leaf)


def arguments(question: Question) -> dict[str, Any]:
    """Return the arguments by name, in the order of the option "args" or, by default, of the inputs.

    "rng" becomes a NumPy generator, "dtype" and "device" torch's objects; numbers stay numbers. Inputs named in the
    option "leaves" become tensors that require grad.
    """
    options = question.options
    made: dict[str, Any] = {}
    for name in options.get("args", list(question.inputs)):
        if name in question.inputs:
            made[name] = to_argument(question.inputs[name], question, leaf=name in options.get("leaves", []))
        elif name == "rng":
            made[name] = np.random.default_rng(options["rng"])
        elif name == "dtype":
            made[name] = getattr(_torch(), question.dtype)
        elif name == "device":
            made[name] = _torch().device(question.device)
        else:
            made[name] = question.number(name)
    return made


def snapshot(made: dict[str, Any]) -> dict[str, np.ndarray]:
    """Copy the numbers of every array and tensor among the arguments, to detect later which of them changed."""
    return {n: v for n, a in made.items() if (v := copy_of(a)) is not None}


def fill(argument: Any, numbers: np.ndarray) -> None:
    """Overwrite an array or tensor in place."""
    if isinstance(argument, np.ndarray):
        argument[...] = numbers
    else:
        argument.detach().copy_(_torch().from_numpy(numbers))


def changed(made: dict[str, Any], before: dict[str, np.ndarray]) -> list[str]:
    """Return the names of the arguments whose numbers or shapes differ from the snapshot."""
    different = []
    for name, old in before.items():
        new = numbers_of(made[name])
        # NaN equals NaN here; the first comparison is cheaper, and usually true
        if new is None or not (np.array_equal(new, old) or np.array_equal(new, old, equal_nan=True)):
            different.append(name)
    return different


def store_results(result: Any, names: list[str], answer: Answer, suffix: str = "") -> bool:
    """Store a call's results in the answer under the given names; return False if their number is wrong."""
    if len(names) == 1:
        answer.values[names[0] + suffix] = describe(result)
        return True
    answer.facts["n_wanted"] = len(names)
    if isinstance(result, SEQUENCES):
        answer.facts["n_results"] = len(result)
        if len(result) == len(names):
            for name, thing in zip(names, result, strict=True):
                answer.values[name + suffix] = describe(thing)
            return True
        return False
    answer.facts["n_results"] = 0 if result is None else 1
    answer.facts["result_type"] = describe(result).type_name
    return False
