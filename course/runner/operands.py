"""Explain a line that failed on shapes or devices: the failing operation, with the shape or device of each operand.

An operand is evaluated again if it only reads variables and computes from them.
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
# The nodes an operand may consist of to be evaluated again, and the methods that have no side effects.
_PLAIN = (ast.Name, ast.Attribute, ast.Constant, ast.UnaryOp, ast.BinOp, ast.Compare, ast.Call)
_HARMLESS = (
    "t", "transpose", "copy", "clone", "detach", "float", "double", "relu", "clip", "clamp", "astype", "to", "dot",
    "maximum", "sum", "mean",
)  # fmt: skip


def operands(error: BaseException, own: str) -> str:
    """Return two lines, the failing operation and each operand's shape or device below it, or "" if unknown.

    own: the file in which the function is defined.
    """
    with contextlib.suppress(Exception):  # a line may contain anything; at worst the message lacks this
        trace = students_traces(error, own)[-1]
        said = str(error)[: MAX_TEXT * 10]
        told = _device if ABOUT_DEVICES.search(said) else _shape_told if ABOUT_SHAPES.search(said) else None
        text = _failing_text(trace) if told else ""
        if told and text:
            return _lines(text, [(node.col_offset, told(node, trace.tb_frame)) for node in _parts(text)])
    return ""


def _failing_text(trace: Any) -> str:
    """Return the text of the expression or statement that raised, from the position in the bytecode's debug info."""
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


def _shape_told(node: ast.expr, frame: Any) -> str:
    thing, torch = _value(node, frame), torch_or_none()
    if isinstance(thing, np.ndarray if torch is None else np.ndarray | torch.Tensor):
        return str(tuple(int(length) for length in thing.shape)) if thing.ndim else say("one number")
    return say("one number") if type(thing) in (int, float) else ""


def _device(node: ast.expr, frame: Any) -> str:
    """Return the device of the tensors that an expression names, or "" if there are several or it is unknown."""
    torch = torch_or_none()
    values = [_value(inner, frame) for inner in ast.walk(node) if isinstance(inner, ast.Name | ast.Attribute)]
    places = {str(value.device) for value in values if torch is not None and isinstance(value, torch.Tensor)}
    return places.pop() if len(places) == 1 else ""


def _parts(text: str) -> list[ast.expr]:
    """Return the operands of an operation, or the receiver and arguments of a call, given its text."""
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


def _value(node: ast.expr, frame: Any) -> Any:
    """Evaluate an operand again; return None if it does more than read variables and compute from them."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.expr) and not isinstance(inner, _PLAIN):
            return None
        if isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") not in _HARMLESS:
            return None
    return eval(ast.unparse(node), frame.f_globals, dict(frame.f_locals))
