"""Inspection of student code without running it: its source, the names it uses, where an exception arose."""

from __future__ import annotations

import ast
import contextlib
import dis
import functools
import inspect
import linecache
import re
import sys
import textwrap
import types
from typing import Any

import numpy as np

from course.runner.answer import Failure
from course.runner.isolation import Trap
from course.runner.syntax import MAX_SOURCE, code_of, is_statement, last_name, tree_of, walk
from course.runner.values import is_tensor
from course.runner.wording import describe_exception

# How many cells of a long session are searched, from the last one back.
MAX_CELLS = 500

# Since Python 3.14 annotations are student code that runs only when inspected. If one fails, that is no fault here, so
# annotations are kept as strings.
signature_of = inspect.signature
if sys.version_info >= (3, 14):
    from annotationlib import Format

    signature_of = functools.partial(inspect.signature, annotation_format=Format.STRING)


def _unwrapped(thing: Any) -> Any:
    """Return the object that decorators wrap, which need not be a function: IPython wraps `open`."""
    try:
        return inspect.unwrap(thing)
    except Exception:  # a cycle, or an object that raises on attribute access
        return thing


def _code_of(target: Any) -> types.CodeType | None:
    """Return the code object of a function, without its decorators, or of the first method of a class."""
    if callable(target) and not inspect.isclass(target):
        target = _unwrapped(target)
    if inspect.isfunction(target):
        return target.__code__
    if inspect.isclass(target):
        for member in vars(target).values():
            function = getattr(member, "__func__", member)
            if inspect.isfunction(function):
                return function.__code__
    return None


def first_line(node: ast.FunctionDef | ast.ClassDef) -> int:
    """Return the number of a definition's first line, including decorators."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def source_of(target: Any, name: str) -> str:
    """Return the source of the function or class `name`, or "" if it cannot be found.

    `inspect.getsource` does not find classes defined in a notebook, so the source of their cell is searched.
    """
    code = _code_of(target)
    if code is None:
        return ""
    text = "".join(linecache.getlines(code.co_filename))
    return "" if len(text) > MAX_SOURCE * 10 else _definition(text, name)


@functools.lru_cache(maxsize=32)  # every question needs it again
def _definition(text: str, name: str) -> str:
    """Return the source of the last definition of a function or class in a cell, or "" if there is none."""
    tree, last = tree_of(text), None
    # statements only: walking all expressions is slow
    for node in walk(tree, is_statement) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            last = node
    if last is None:
        return ""
    # not `splitlines`, which splits at more characters than Python does
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return textwrap.dedent("\n".join(lines[first_line(last) - 1 : last.end_lineno]))[:MAX_SOURCE]


def _is_blank(body: list[ast.stmt]) -> bool:
    rest = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return len(rest) == 1 and _raises_not_implemented(rest[0])


def _raises_not_implemented(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) and any(last_name(n) == "NotImplementedError" for n in walk(node))


def is_untouched(source: str) -> bool:
    """Return whether all functions (or classes, if there are none) are untouched blanks, or the source is unknown."""
    if not source:
        return True
    nodes = code_of(source).nodes
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef)]
    if not functions:  # a class whose body is the blank
        classes = [n for n in nodes if isinstance(n, ast.ClassDef)]
        return bool(classes) and all(_is_blank(c.body) for c in classes)
    return all(_is_blank(f.body) for f in functions)


def raises_not_implemented(source: str) -> bool:
    """Return whether the source still contains the last line of the blank, which raises NotImplementedError."""
    return any(map(_raises_not_implemented, code_of(source).nodes))


def branches_on(source: str, name: str) -> bool:
    """Return whether the condition of an `if` statement or expression in the source reads a variable."""
    tests = [n.test for n in code_of(source).nodes if isinstance(n, ast.If | ast.IfExp)]
    return any(isinstance(n, ast.Name) and n.id == name for test in tests for n in walk(test))


def names_used(target: Any, namespace: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the global variables a function or class refers to, directly or through the notebook's own functions.

    The second list has all names, including attributes: in `torch.nn.ReLU` only `torch` is a variable, whatever
    `ReLU` is in the notebook.
    """
    variables, mentioned = set[str](), set[str]()
    queue: list[Any] = [target]
    done: set[int] = set()
    while queue and len(mentioned) < 1000:
        thing = queue.pop()
        if id(thing) in done:
            continue
        done.add(id(thing))
        if isinstance(thing, types.CodeType):
            mentioned.update(thing.co_names)
            names = _variables_of(thing)
            variables |= names
            queue += [c for c in thing.co_consts if isinstance(c, types.CodeType)]
            queue += [namespace[n] for n in names if n in namespace]
        elif inspect.isfunction(inner := _unwrapped(thing)) and inner.__globals__ is namespace:
            queue.append(inner.__code__)
        elif inspect.isclass(thing) and thing.__module__ == namespace.get("__name__"):
            queue += [getattr(m, "__func__", m) for m in vars(thing).values()]
    return sorted(variables), sorted(mentioned)


@functools.lru_cache(maxsize=256)
def _variables_of(code: types.CodeType) -> frozenset[str]:
    steps = dis.get_instructions(code)
    return frozenset(s.argval for s in steps if "GLOBAL" in s.opname or s.opname == "LOAD_NAME")


def magic_above(namespace: dict[str, Any], name: str) -> str:
    """Return the cell magic, such as "timeit", under which a missing name was last defined, or "" if under none."""
    cells = namespace.get("In", [])  # the code that IPython ran, with magics as calls
    for cell in reversed(cells[-MAX_CELLS:] if isinstance(cells, list) else []):
        if isinstance(cell, str) and cell.startswith("get_ipython().run_cell_magic(") and len(cell) < MAX_SOURCE:
            tree = tree_of(cell)
            words = [str(n.value) for n in walk(tree) if isinstance(n, ast.Constant)] if tree else []
            if words and _definition(words[-1], name):
                return words[0]
    return ""


MAX_HELD = 500


def array_ids_in_globals(namespace: dict[str, Any], names: list[str]) -> dict[str, list[int]]:
    """Return the ids of the arrays and tensors that notebook variables hold, also in containers and attributes."""
    held = {name: _arrays_in(namespace[name]) for name in names if name in namespace}
    return {name: ids for name, ids in held.items() if ids}


def _arrays_in(thing: Any) -> list[int]:
    ids: list[int] = []
    left, known = [thing], set[int]()
    while left and len(known) < MAX_HELD:
        item = left.pop()
        if id(item) in known or isinstance(item, types.ModuleType | Trap):
            continue
        known.add(id(item))
        if isinstance(item, np.ndarray) or is_tensor(item):
            ids.append(id(item))
        elif type(item) in (list, tuple, set):
            left += list(item)[:MAX_HELD]
        else:
            with contextlib.suppress(Exception):  # a student's own class may do anything here
                inside = item if type(item) is dict else vars(item)
                left += list(inside.values())[:MAX_HELD]
    return ids


def file_of(target: Any) -> str:
    """Return the (possibly virtual) file in which a function or class is defined, or "" if unknown."""
    code = _code_of(target)
    return code.co_filename if code is not None else ""


def _is_students(filename: str, own: str) -> bool:
    return filename == own or filename.startswith("<") or "ipykernel" in filename


def students_traces(error: BaseException, own: str) -> list[types.TracebackType]:
    """Return the entries of an exception's traceback that are in student code, outermost first.

    own: the file in which the called function is defined.
    """
    found, trace = list[types.TracebackType](), error.__traceback__
    while trace is not None:
        if _is_students(trace.tb_frame.f_code.co_filename, own):
            found.append(trace)
        trace = trace.tb_next
    return found


def failure_of(error: BaseException, kind: str, target: Any = None) -> Failure:
    """Describe an exception, with the line of student code that it came from, never a line of the course.

    target: the function or class that was called, if any.
    """
    return Failure(kind, *describe_exception(error), *_place_of(error, file_of(target)))


def loop_of(error: BaseException, own: str) -> tuple[str, int] | None:
    """Return the line of the innermost `while` in which an exception arose, and its number, or None if in none."""
    for trace in reversed(students_traces(error, own)):
        lines = linecache.getlines(trace.tb_frame.f_code.co_filename)
        tree = tree_of("".join(lines))
        loops = [node for node in walk(tree, is_statement) if isinstance(node, ast.While)] if tree else []
        around = [node for node in loops if node.lineno <= trace.tb_lineno <= (node.end_lineno or 0)]
        if around:
            return lines[around[-1].lineno - 1].strip()[:200], around[-1].lineno
    return None


def _place_of(error: BaseException, own: str) -> tuple[str, int]:
    """Return the innermost line of student code in an exception's traceback, and its number."""
    line, number = "", 0
    if isinstance(error, SyntaxError) and _is_students(error.filename or "", own):
        line, number = (error.text or "").strip(), error.lineno or 0
    for trace in students_traces(error, own):
        text = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip()
        if text:
            line, number = text, trace.tb_lineno
    return line[:200], number


def global_on_line(error: BaseException, namespace: dict[str, Any], names: list[str]) -> str:
    """Return which of the given notebook variables the line that raised an exception reads, or "" if none."""
    line, used = "", set[str]()
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals is namespace:
            line = linecache.getline(frame.f_code.co_filename, trace.tb_lineno)
            # an attribute often has the name of a local variable: `h = ctx.h`
            used = set(frame.f_code.co_names) & set(names) - set(frame.f_code.co_varnames)
        trace = trace.tb_next
    return next((name for name in names if name in used and re.search(rf"(?<![\w.]){name}\b", line)), "")
