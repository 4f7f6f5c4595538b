"""Convert whatever student code returns to plain data."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Collection, ValuesView
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Kind = Literal["array", "tensor", "number", "sequence", "none", "other"]

# The types that may hold several results, or losses, in order.
SEQUENCES = (list, tuple, deque, ValuesView)

# A student's answer to one question is a few kilobytes; 64 MiB is many times what the notebook's own sizes need, and
# keeps a runaway result from filling the grader's memory.
MAX_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Value:
    """One result of student code as data, without a reference to the student's object.

    kind: the kind of object; "number" is a Python or NumPy scalar, "sequence" one of SEQUENCES that holds numbers.
    type_name: the name of its type, for messages.
    array: the numbers, as a C-contiguous plain ndarray of bool, integer or float; None if there are none.
    dtype: its original dtype, e.g. "float32", "complex128", "object"; "" if it has none.
    """

    kind: Kind
    type_name: str
    array: np.ndarray | None = None
    dtype: str = ""
    device: str = ""
    requires_grad: bool = False
    is_leaf: bool = False

    @property
    def shape(self) -> tuple[int, ...] | None:
        return None if self.array is None else self.array.shape


def torch_or_none() -> Any:
    """Return torch if it has been imported already, otherwise None: the first lesson must work without it."""
    torch = sys.modules.get("torch")
    return torch if hasattr(torch, "__version__") else None  # the stand-ins for an absent torch have none


def is_tensor(thing: object) -> bool:
    torch = torch_or_none()
    return torch is not None and isinstance(thing, torch.Tensor)


def _type_name(thing: object) -> str:
    kind = type(thing)
    module = kind.__module__
    if is_tensor(thing) and module.partition(".")[0] not in (
        "torch",
        "__main__",
    ):  # a device may have a class of its own
        return "torch.Tensor"
    name = kind.__qualname__ if module in ("builtins", "__main__") else f"{module}.{kind.__qualname__}"
    return str(name)[:80]


def numbers_of(thing: object) -> np.ndarray | None:
    """Return the numbers of an array or tensor, without a copy if possible, or None if not real or too many."""
    if is_tensor(thing):
        return _tensor_numbers(thing)
    return _array_numbers(thing) if isinstance(thing, np.ndarray) else None


def copy_of(thing: object) -> np.ndarray | None:
    """Return a copy of `numbers_of` in C order, or None."""
    numbers = numbers_of(thing)
    return None if numbers is None else np.array(numbers, order="C")


def _array_numbers(array: np.ndarray) -> np.ndarray | None:
    shown = np.ndarray.view(array, np.ndarray)  # a plain ndarray, also for a subclass
    # checked before it is copied: a broadcast array takes up its full size only then
    if shown.dtype.kind not in "biuf" or shown.nbytes > MAX_BYTES:
        return None
    return shown.astype(np.float64) if shown.dtype.kind == "f" and shown.dtype.itemsize not in (4, 8) else shown


def _tensor_numbers(tensor: Any) -> np.ndarray | None:
    torch = torch_or_none()
    if tensor.is_meta or tensor.layout != torch.strided or tensor.is_complex() or tensor.numel() * 8 > MAX_BYTES:
        return None
    # resolve_neg and resolve_conj: lazy views would otherwise refuse to become NumPy arrays
    plain = tensor.detach().resolve_conj().resolve_neg().to("cpu")
    if plain.dtype in (torch.float16, torch.bfloat16):
        plain = plain.to(torch.float64)
    try:
        numbers: np.ndarray = plain.numpy()
    except RuntimeError:  # a subclass without CPU memory of its own; its numbers can be copied there
        numbers = torch.zeros(plain.shape, dtype=plain.dtype).copy_(plain).numpy()
    return numbers


def _sequence(items: Collection[Any], name: str) -> Value:
    """Describe a list of numbers, such as the losses of a training run."""
    numbers = []
    for item in items:
        value = describe(item)
        if value.array is None or value.array.ndim != 0:
            return Value("other", f"{name} of {value.type_name}")
        numbers.append(float(value.array))
    return Value("sequence", name, np.array(numbers, dtype=np.float64), "float64")


def describe(thing: object) -> Value:
    """Convert one result to plain data.

    Never raises for a well-behaved object. Arrays of float32 and float64 keep their bits.
    """
    name = _type_name(thing)
    if thing is None:
        return Value("none", name)
    if is_tensor(thing):
        tensor: Any = thing
        return Value(
            "tensor",
            name,
            copy_of(tensor),
            str(tensor.dtype).removeprefix("torch."),
            device=str(tensor.device),
            requires_grad=bool(tensor.requires_grad),
            is_leaf=bool(tensor.is_leaf),
        )
    if isinstance(thing, np.ndarray):
        return Value("array", name, copy_of(thing), str(thing.dtype))
    if isinstance(thing, np.generic):
        return Value("number", name, copy_of(np.asarray(thing)), str(thing.dtype))
    if isinstance(thing, bool | int | float):
        try:
            return Value("number", name, np.array(float(thing)), "float64")
        except OverflowError:
            return Value("number", name, np.array(np.inf), "float64")
    if isinstance(thing, complex):
        return Value("number", name, None, "complex128")
    if isinstance(thing, SEQUENCES) and len(thing) <= 100_000:
        return _sequence(thing, name)
    return Value("other", name)
