"""Under a line that failed on shapes: the product or sum that failed, with the shape of each operand.

Nothing of the student's is called or printed: names are looked up, and shapes are read of arrays and tensors only.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import linecache
import re
from typing import Any

import numpy as np

from course.runner.source import students_traces
from course.runner.values import torch_or_none

ABOUT_SHAPES = re.compile(r"shape|size|dimension|broadcast|aligned|inconsistent tensor|must match", re.IGNORECASE)
MAX_TEXT = 100
# Methods and attributes that turn a matrix over, and those that leave its shape as it is.
_TURNED = ("T", "mT", "t", "transpose")
_SAME = ("copy", "clone", "detach", "float", "double", "relu", "clip", "clamp", "astype", "to", "data")

Shape = tuple[int, ...]


def operands(error: BaseException, own: str) -> str:
    """Return two lines, the failing operation and its operands' shapes each below its operand; "" where unknown.

    own: the file the function is defined in.
    """
    with contextlib.suppress(Exception):  # a line may be anything; without this it is told as it is
        trace = students_traces(error, own)[-1]
        if ABOUT_SHAPES.search(str(error)[: MAX_TEXT * 10]):
            text = _failing_text(trace)
            return _lines(text, trace.tb_frame) if text else ""
    return ""


def _failing_text(trace: Any) -> str:
    """Return the text of the expression or statement that raised, from where the compiler says it stands."""
    code = trace.tb_frame.f_code
    place = next(itertools.islice(code.co_positions(), trace.tb_lasti // 2, None), (None,) * 4)
    first, last, start, end = place
    if first is None or last is None or start is None or end is None:
        return ""
    lines = [linecache.getline(code.co_filename, number).encode() for number in range(first, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    return " ".join(b"".join(lines).decode().split())


def _lines(text: str, frame: Any) -> str:
    found = [(node.col_offset, shape) for node in _parts(text) if (shape := _shape(node, frame)) is not None]
    if len(found) < 2 or not text.isascii() or len(text) > MAX_TEXT:
        return ""
    under = ""
    for column, shape in found:
        under = under.ljust(max(column, len(under) + 2 if under else 0)) + _text(shape)
    return f"{text}\n{under}"


def _text(shape: Shape) -> str:
    return "one number" if not shape else str(shape)


def _parts(text: str) -> list[ast.expr]:
    """Return the operands of the operation, or the arguments of the call, that a text is."""
    node: Any = ast.parse(text).body[0]
    node = node.value if isinstance(node, ast.Expr) else node
    match node:
        case ast.BinOp():
            return [node.left, node.right]
        case ast.AugAssign():
            return [node.target, node.value]
        case ast.Call():
            receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            return [*receiver, *node.args, *(keyword.value for keyword in node.keywords)]
        case ast.Subscript():
            return [node.value, node.slice]
    return []


def _shape(node: ast.AST, frame: Any) -> Shape | None:
    """Return the shape that an expression has, None where it takes more than names and products to know."""
    match node:
        case ast.Name() | ast.Attribute(attr=str()) if (shape := _held(_value(node, frame))) is not None:
            return shape
        case ast.Constant(value=int() | float()):
            return ()
        case ast.UnaryOp():
            return _shape(node.operand, frame)
        case ast.Attribute() | ast.Call(func=ast.Attribute()):
            return _of_method(node, frame)
        case ast.BinOp():
            left, right = _shape(node.left, frame), _shape(node.right, frame)
            if left is None or right is None:
                return None
            if isinstance(node.op, ast.MatMult):
                return (*left[:-1], *right[1:]) if len(left) == len(right) == 2 else None
            return tuple(np.broadcast_shapes(left, right))
        case ast.Compare(comparators=[other]):
            left, right = _shape(node.left, frame), _shape(other, frame)
            return None if left is None or right is None else tuple(np.broadcast_shapes(left, right))
    return None


def _of_method(node: ast.Attribute | ast.Call, frame: Any) -> Shape | None:
    method = node.func if isinstance(node, ast.Call) else node
    assert isinstance(method, ast.Attribute)
    arguments = node.args if isinstance(node, ast.Call) else []
    shape = _shape(method.value, frame)
    if shape is None:
        return None
    if method.attr == "dot" and len(arguments) == 1:
        other = _shape(arguments[0], frame)
        return (*shape[:-1], *other[1:]) if other is not None and len(shape) == len(other) == 2 else None
    if method.attr in _SAME:
        return shape
    whole = not arguments or len(shape) == 2
    return shape[::-1] if method.attr in _TURNED and whole and len(shape) <= 2 else None


def _value(node: ast.AST, frame: Any) -> Any:
    """Look up a name, or an attribute that an object holds itself: no property is asked."""
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    assert isinstance(node, ast.Attribute)
    if not isinstance(node.value, ast.Name):
        return None
    try:
        held = object.__getattribute__(_value(node.value, frame), "__dict__")
    except AttributeError:
        return None
    parameters = held.get("_parameters")
    return held.get(node.attr, parameters.get(node.attr) if type(parameters) is dict else None)


def _held(thing: Any) -> Shape | None:
    torch = torch_or_none()
    if isinstance(thing, np.ndarray if torch is None else np.ndarray | torch.Tensor):
        return tuple(int(length) for length in thing.shape)
    return () if type(thing) in (int, float) else None
