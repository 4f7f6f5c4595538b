"""Questions to student code and its answers: plain data, so that both can cross a process boundary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict, cast

import numpy as np

from course.runner.devices import CPU
from course.runner.values import Value

# The facts about an answer beside its values: noted by the runner, or properties that an exercise computes.
FactName = Literal[
    "all_parameters", "backward_error", "buffers", "built_anew", "calls", "changed", "class", "continues", "covered",
    "device_honoured", "drew", "dtypes", "filled", "first_kept", "frozen", "gave_prediction", "grad_h_relu_unchanged",
    "grad_unchanged", "gradients", "h_unchanged", "has_forward", "has_history", "hidden_layers", "hidden_tensors",
    "is_callable", "is_class", "is_function", "is_module", "is_optimizer", "kept_globals", "leaf", "learning_rate",
    "learns", "made", "made_again", "mentions", "model_type", "moved", "n_held", "n_results", "n_wanted",
    "nothing_filled", "order", "parameters", "passed_over", "passes", "ran", "raw_tensors", "reached", "records",
    "result_type", "same_again", "same_memory", "same_parameters", "saved", "separate_draws", "settings", "shapes",
    "stale", "starts", "steps", "still_leaf", "unusual", "uses", "usual_options", "varied_start", "w1_dtype",
    "w2_dtype", "x_dtype", "y_dtype",
]  # fmt: skip
Facts = dict[FactName, Any]


class Options(TypedDict, total=False):
    """What a way of asking needs beside arrays; JSON values only.

    A question that a lesson's text states itself may have more keys: its numbers, under the names the text gives them.
    """

    # Arguments of student code: their names in order, and the values of those that are numbers.
    args: list[str]
    n: int
    d_in: int
    d_h: int
    d_out: int
    lr: float
    steps: int
    beta1: float
    beta2: float
    eps: float
    rng: int  # seed of the generator passed as the argument `rng`
    # Whether array arguments are tensors, and not contiguous; their device and float dtype; torch's default dtype.
    tensors: bool
    strided: bool
    device: str
    dtype: str
    default_dtype: str
    # Names of results in order; of inputs that are leaves of the autograd graph; of inputs that a training loop, or a
    # step function, updates in place; the first step's number.
    results: list[str]
    leaves: list[str]
    updates: list[str]
    state: list[str]
    first_t: int
    # Inputs that replace others in a second call, by name; whether the same arrays held other numbers in an earlier
    # call; whether the results of a further call must share no memory with the first's; whether the function is also
    # called with another device; and whether its results are weights, into which autograd writes gradients.
    again: dict[str, str]
    refilled: bool
    anew: bool
    elsewhere: bool
    to_learn: bool
    # Layers of the model that is trained, each a kind and its sizes; the names of the last layer's parameters if they
    # belong to the model itself; its loss; its optimizer, a kind and its settings; whether that has two parameter
    # groups; whether the function is called once more, to continue.
    layers: list[Any]
    own_last: list[str]
    loss: str
    optimizer: list[Any]
    groups: bool
    continued: bool
    # What the answer must be and may use: a class; no autograd; no torch; no notebook variables of those names.
    is_class: bool
    by_hand: bool
    numpy_only: bool
    traps: list[str]
    # About the case: its sizes, and whether they are the notebook's own; whether it is asked only to tell mistakes
    # apart, for what shows only after many steps, or with values so small that they hide what other cases show; the
    # seed for student code; the index of a stored case, if the text states the question itself.
    sizes: dict[str, int]
    original: bool
    diagnostic: bool
    late: bool
    extreme: bool
    seed: int
    case: int


@dataclass(frozen=True, eq=False)
class Question:
    """One question to a student's function or class. Compared by identity, so that results can be cached.

    exercise: full id, e.g. "way1_numpy.forward".
    ask: the way of asking, a key of `course.runner.runner.WAYS`.
    inputs: named arrays, drawn fresh. options: everything else.
    """

    exercise: str
    ask: str
    inputs: dict[str, np.ndarray] = field(default_factory=dict)
    options: Options = field(default_factory=lambda: Options())

    @property
    def name(self) -> str:
        return self.exercise.partition(".")[2]

    @property
    def dtype(self) -> str:
        """The float dtype in which student code computes: "float64" or "float32"."""
        return str(self.options.get("dtype", "float64"))

    @property
    def device(self) -> str:
        """The device on which student code computes."""
        return str(self.options.get("device", CPU))

    def number(self, name: str) -> Any:
        """Return the value of an argument that is a number.

        Raises KeyError if the question has none of that name.
        """
        return cast(Mapping[str, Any], self.options)[name]

    def given(self, name: str) -> np.ndarray:
        """Return an input as student code receives it, rounded to the question's dtype, in float64."""
        return np.array(self.inputs[name].astype(self.dtype), dtype=np.float64)


@dataclass(frozen=True)
class Failure:
    """Why student code gave no answer.

    kind: "raised" (an exception of its own), "blank" (the untouched blank), "unfinished" (the blank's last line is
    still there), "undefined" (no such name), "magic" (defined under the cell magic `type_name`, which keeps nothing),
    "wrong_kind" (defined, but not a function or class), "global" (uses a notebook variable instead of an argument),
    "autograd" (a gradient not computed by hand), "signature" (cannot be called as the text asks; `line` is the
    original first line), "died", "timed_out", "too_large", "unjudged" (the answer could not be judged),
    "unreadable" (nothing was run) or "device" (the device failed, not the code); the message says why. In a notebook
    also "stopped" (by the student), "not_yet" (no cell has defined the names in `message`), "stale" (the last run of
    its cell failed with `type_name`), "renamed" (its cell no longer defines it) and "stale_use" (a function it uses is
    stale or renamed).
    operands: if it failed on shapes or devices, the operation and, below it, those of its operands.
    """

    kind: str
    type_name: str = ""
    message: str = ""
    line: str = ""
    line_number: int = 0
    operands: str = ""


@dataclass(frozen=True)
class Answer:
    """What student code returned: values in the order of computation and facts about the call, or a failure.

    Only the runner changes values and facts in place, while it asks.
    """

    values: dict[str, Value] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    failure: Failure | None = None
    printed: str = ""
    source: str = ""


# The safetensors names of dtypes, in the reverse of the order in which it writes arrays.
_DTYPES = ("BOOL", "U8", "I8", "I16", "U16", "F16", "I32", "U32", "F32", "F64", "I64", "U64")


def _parts(arrays: dict[str, np.ndarray], rest: Any) -> list[bytes | memoryview]:
    """Lay out JSON and arrays in the safetensors format: the header's length, the header, and views of the arrays.

    Joined, they equal the output of safetensors' own `save`, which copies the numbers twice.
    """
    head: dict[str, Any] = {"__metadata__": {"json": json.dumps(rest)}}
    numbers, at = [], 0
    for name, array in sorted(arrays.items(), key=lambda item: (-_DTYPES.index(_dtype_of(item[1])), item[0])):
        head[name] = {"dtype": _dtype_of(array), "shape": array.shape, "data_offsets": [at, at + array.nbytes]}
        numbers.append(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(-1).view(np.uint8).data)
        at += array.nbytes
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return [len(text).to_bytes(8, "little"), text, *numbers]


def _dtype_of(array: np.ndarray) -> str:
    return "BOOL" if array.dtype.kind == "b" else f"{array.dtype.kind.upper()}{8 * array.dtype.itemsize}"


def _unpack(blob: bytes) -> tuple[dict[str, np.ndarray], Any]:
    import safetensors.numpy  # imported here because a check in a notebook does not need it

    return safetensors.numpy.load(blob), json.loads(_head(blob)["__metadata__"]["json"])


def head_end(blob: bytes) -> int:
    """Return the offset in packed answers at which the header ends; its length is in the first eight bytes."""
    return 8 + int.from_bytes(blob[:8], "little")


def _head(blob: bytes) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(blob[8 : head_end(blob)])
    return head


def pack_questions(questions: list[Question]) -> bytes:
    """Serialise questions: arrays as bytes, the rest as JSON."""
    arrays = {f"{i}/{n}": a for i, q in enumerate(questions) for n, a in q.inputs.items()}
    return b"".join(_parts(arrays, [[q.exercise, q.ask, list(q.inputs), q.options] for q in questions]))


def unpack_questions(blob: bytes) -> list[Question]:
    arrays, rest = _unpack(blob)
    return [
        Question(exercise, ask, {n: arrays[f"{i}/{n}"] for n in names}, options)
        for i, (exercise, ask, names, options) in enumerate(rest)
    ]


def pack_answers(answers: list[Answer]) -> bytes:
    """Serialise answers: arrays as bytes, the rest as JSON, without pickle."""
    return b"".join(packed_parts(answers))


def packed_parts(answers: list[Answer]) -> list[bytes | memoryview]:
    """Serialise answers into parts to be joined: the header's length, the header, and one part per array."""
    arrays: dict[str, np.ndarray] = {}
    rest = []
    for i, answer in enumerate(answers):
        values = []
        for name, value in answer.values.items():
            fields = {key: part for key, part in vars(value).items() if key != "array"}
            if value.array is not None:
                fields["has_array"] = True
                arrays[f"{i}/{name}"] = value.array
            values.append([name, fields])
        failure = None if answer.failure is None else vars(answer.failure)
        rest.append([values, answer.facts, failure, answer.printed, answer.source])
    return _parts(arrays, rest)


def arrays_in(blob: bytes, least: int) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the arrays in packed answers that have more than `least` bytes, in order."""
    start = head_end(blob)
    if len(blob) - start <= least:
        return []
    entries = [entry for name, entry in _head(blob).items() if name != "__metadata__"]
    spans = sorted((start + a, start + b) for a, b in (entry["data_offsets"] for entry in entries))
    return [(a, b) for a, b in spans if b - a > least]


def unpack_answers(blob: bytes) -> list[Answer]:
    """Deserialise answers.

    Raises ValueError, KeyError or TypeError for bytes that are not answers: they come from student code.
    """
    try:
        arrays, rest = _unpack(blob)
    except Exception as error:  # safetensors has an exception type of its own
        raise ValueError(f"not an answer: {error}") from error
    answers = []
    for i, (values, facts, failure, printed, source) in enumerate(rest):
        read = {}
        for name, fields in values:
            array = arrays[f"{i}/{name}"] if fields.pop("has_array", False) else None
            read[str(name)] = Value(array=array, **fields)
        failed = None if failure is None else Failure(**failure)
        answers.append(Answer(read, dict(facts), failed, str(printed), str(source)))
    return answers
