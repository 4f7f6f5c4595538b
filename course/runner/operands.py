"""Under a line that failed on shapes or devices: the product or sum that failed, with that of each operand.

Nothing of the student's is called or printed: names are looked up, and read are arrays and tensors only.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import linecache
import re
from typing import Any

import numpy as np

from course.language import say
from course.runner.source import students_traces
from course.runner.values import torch_or_none
from course.runner.wording import ABOUT_DEVICES

ABOUT_SHAPES = re.compile(r"shape|size|dimension|broadcast|aligned|inconsistent tensor|must match", re.IGNORECASE)
MAX_TEXT = 100
# Methods and attributes that turn a matrix over, and those that leave its shape as it is.
_TURNED = ("T", "mT", "t", "transpose")
_SAME = ("copy", "clone", "detach", "float", "double", "relu", "clip", "clamp", "astype", "to", "data")

Shape = tuple[int, ...]


def operands(error: BaseException, own: str) -> str:
    """Return two lines, the failing operation and below each operand its shape or device; "" where unknown.

    own: the file the function is defined in.
    """
    with contextlib.suppress(Exception):  # a line may be anything; without this it is told as it is
        trace = students_traces(error, own)[-1]
        said = str(error)[: MAX_TEXT * 10]
        told = _device if ABOUT_DEVICES.search(said) else _shape_told if ABOUT_SHAPES.search(said) else None
        text = _failing_text(trace) if told else ""
        if told and text:
            return _lines(text, [(node.col_offset, told(node, trace.tb_frame)) for node in _parts(text)])
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


def _lines(text: str, operands: list[tuple[int, str]]) -> str:
    found = [(column, told) for column, told in operands if told]
    if len(found) < 2 or not text.isascii() or len(text) > MAX_TEXT:
        return ""
    under = ""
    for column, told in found:
        under = under.ljust(max(column, len(under) + 2 if under else 0)) + told
    return f"{text}\n{under}"


def _shape_told(node: ast.AST, frame: Any) -> str:
    shape = _shape(node, frame)
    return "" if shape is None else str(shape) if shape else say("one number")


def _device(node: ast.AST, frame: Any) -> str:
    """Return where the tensors that an expression names lie, "" where they lie in several places or are not known."""
    torch = torch_or_none()
    values = [_value(inner, frame) for inner in ast.walk(node) if isinstance(inner, ast.Name | ast.Attribute)]
    places = {str(value.device) for value in values if torch is not None and isinstance(value, torch.Tensor)}
    return places.pop() if len(places) == 1 else ""


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
