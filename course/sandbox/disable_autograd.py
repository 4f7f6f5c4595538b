"""Disable autograd and torch's optimizers in a process irreversibly, where gradients are written by hand.

Code can get around a guard written in Python if it shares its process: through an entry point to autograd saved in an
earlier cell, another name for it, a table that holds it, or a module loaded again. So a submission's exercises by hand
are asked in a process that never had these entry points while student code was in it: they are found in advance
(`AutogradRemoval`, in the first zygote) and removed (`apply`, in the second, its fork) before the first cell runs.
Functions are not deleted from where they are stored but emptied in place, so that anything which still refers to one
has something that only raises. tests/test_by_hand.py searches the process for what is left.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, ModuleType
from typing import Any

from course.runner.isolation import AutogradUsed, refuse_autograd, refuse_optimizer
from course.sandbox.readable import NOT_BY_HAND

# Functions that compute a derivative (the engine, kernels, forward mode, functorch's levels) or take an optimizer step.
_COMPUTES = re.compile(
    r"backward|^_?grad$|(?<!retain)_grad$|jvp|vjp|dual|grad_(in|de)crement|wrap_for_grad|dist_autograd|_fused_(sgd|ada)"
)
# Functions that look up such a function by name, or compile or load a program that could call it: TorchScript has its
# own autograd, and torch.ops finds every operator.
_FINDS = re.compile(
    r"jit|script|ir_module|parse_ir|create_(function|method|module|object)|get_operation|get_method|lite_interpreter"
    r"|mobile|flatbuffer|boxed|dispatch_(call|find|library|get_reg)|compiled_autograd|autograd_compiler|invoke|freeze"
    r"|load_obj|(from|by)_(graph|tracing|trace)|precompile|deserialize_exported",
    re.I,
)
_TYPES = re.compile(
    r"Script|CompilationUnit|Executor|_Engine|OperatorHandle|KernelFunction|DispatchModule|AOTI|ModelRunner"
    r"|ExportedProgram|(Grad|Jvp)Interpreter"
)
_MODULES = re.compile(r"torch\._C\._(aoti|distributed_autograd|export|jit|lazy|lazy_ts_backend|nativert)$")
# Functions in Python: derivatives written out (torch._decomp), and the steps of the optimizers.
_DERIVES = re.compile(r"(^|_)(backward|jvp|vjp|hessian)(_(?!.*hook).*)?$")
_OWN_FUNCTIONS = "torch.autograd.function"  # a custom function with its own backward pass needs it
# The same in sympy, which torch imports for the sizes of tensors: by module and name, because some are just called `_`.
_SYMBOLIC = re.compile(r"diff(?!er|ic)|deriv|jacobian|hessian|wronskian", re.I)
_STEPS = re.compile(r"adam|sgd|rmsprop|adagrad|adadelta|rprop|^step$")
_OPTIMIZERS = "torch.optim."

_WORD = ctypes.sizeof(ctypes.c_void_p)
# Offsets in CPython's structures: of a C function's or method's definition (PyMethodDef), and in it of the name and the
# function pointer (<methodobject.h>, <descrobject.h>); of what a type does when called (<object.h>).
_DEFINITION = {BuiltinFunctionType: 2 * _WORD, MethodDescriptorType: 5 * _WORD}
_NAME, _CALLED = 0, _WORD
_TP_CALL = 16 * _WORD
# A C function of Python's own that raises TypeError for any arguments.
_RAISES = ctypes.cast(ctypes.pythonapi.PyErr_BadArgument, ctypes.c_void_p).value


def _refusing(*_: Any, _refuse: Any = refuse_autograd, **__: Any) -> Any:
    """Refuse; the body of an emptied function, which takes its helper as a default, because its globals are torch's."""
    return _refuse()


class _BlockedImports(MetaPathFinder):
    """Import hook that reports hidden packages as not found: their files are visible here, but cannot be read."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in NOT_BY_HAND:
            raise ModuleNotFoundError(f"`{name}` is not there where gradients are written by hand", name=name)


class AutogradRemoval:
    """Everything that gives a derivative or an optimizer step, found once in a process without student code."""

    def __init__(self) -> None:
        import torch
        import torch.optim.adam

        kinds = [kind for kind in _below(object) if str(kind.__module__).startswith("torch")]
        operators = list(_operators())
        wanted = [*_functions_in_c(), *_methods_of(kinds), *(held[n] for held, n in operators)]
        self._definitions = sorted({definition_of(function) for function in wanted})
        ids = {id(function) for function in wanted}
        modules = [vars(module) for module in list(sys.modules.values()) if isinstance(module, ModuleType)]
        self._places = [(held, n) for held in modules for n, thing in list(held.items()) if id(thing) in ids]
        self._places += operators
        self._types = []
        for kind in kinds:
            names = [n for n, member in vars(kind).items() if not ids.isdisjoint(map(id, _inside(member)))]
            if names:
                self._types.append(kind)
                self._places += [(_dictionary(kind), name) for name in names]
        self._nodes = [t for t in vars(torch._C._functions).values() if isinstance(t, type)]
        self._functions = list(_functions_in_python())
        closures = {len(function.__closure__ or ()) for function, _ in self._functions}
        self._codes = {n: _refusing.__code__.replace(co_freevars=tuple(f"_{i}" for i in range(n))) for n in closures}
        for function, _ in self._functions:
            # once a function is emptied nothing refers to its code, but it stays in memory: freeing it would copy
            # thousands of pages in each fork
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(function.__code__))

    def apply(self) -> None:
        """Empty everything found, in this process. It cannot be undone."""
        for definition in self._definitions:
            ctypes.c_void_p.from_address(definition + _CALLED).value = _RAISES
        for holder, name in self._places:  # so that use by name is refused with a message
            holder[name] = refuse_autograd
        for node in self._nodes:  # a recorded operation can be called directly: node(gradient)
            ctypes.c_void_p.from_address(id(node) + _TP_CALL).value = None
            _dictionary(node).pop("__call__", None)
        for function, refuse in self._functions:
            function.__code__ = self._codes[len(function.__closure__ or ())]
            function.__kwdefaults__ = {"_refuse": refuse}
        sys.meta_path.insert(0, _BlockedImports())
        for changed in self._types:  # otherwise the interpreter's method cache keeps the old entries
            ctypes.pythonapi.PyType_Modified(ctypes.py_object(changed))


def disable_ctypes() -> None:
    """Stop ctypes from calling anything, irreversibly: it could call an emptied function's original by address."""
    import _ctypes

    for function in (_ctypes.dlopen, _ctypes.dlsym, _ctypes.call_function, _ctypes.PyObj_FromPtr):  # type: ignore[attr-defined,unused-ignore]
        ctypes.c_void_p.from_address(definition_of(function) + _CALLED).value = _RAISES
    _dictionary(_ctypes.CFuncPtr).pop("__call__", None)
    for kind in (_ctypes.CFuncPtr, *_below(_ctypes.CFuncPtr)):
        ctypes.c_void_p.from_address(id(kind) + _TP_CALL).value = None


def _below(kind: type) -> Iterator[type]:
    """Yield every subclass of a class; the garbage collector does not list those written in C."""
    left, known = [kind], set[int]()
    while left:
        inside: list[type] = type.__subclasses__(left.pop())
        for below in inside:
            if id(below) not in known:
                known.add(id(below))
                left.append(below)
                yield below


def _functions_in_c() -> Iterator[Any]:
    """Yield torch's functions and methods in C that compute a derivative, or find or create what does."""
    for thing in gc.get_objects():
        if type(thing) in _DEFINITION:
            owner = thing.__objclass__ if isinstance(thing, MethodDescriptorType) else thing
            module, name = str(owner.__module__), thing.__name__
            if module.startswith(("torch", "None")) and (
                _MODULES.match(module) or _COMPUTES.search(name) or _FINDS.search(name)
            ):
                yield thing


def _operators() -> Iterator[tuple[dict[str, Any], str]]:
    """Yield where torch's operators that compute a derivative, and their overloads, hold functions in C.

    Those of overloads have no name of their own. No overload is created later: that takes a lookup by name.
    """
    from torch._ops import OpOverload, OpOverloadPacket

    for thing in gc.get_objects():
        if issubclass(type(thing), OpOverload | OpOverloadPacket) and _COMPUTES.search(
            thing.__name__.partition(".")[0]
        ):
            yield from ((vars(thing), name) for name, held in vars(thing).items() if type(held) in _DEFINITION)


def _methods_of(kinds: list[type]) -> Iterator[Any]:
    """Yield all methods in C of the types that find or create what computes a derivative."""
    for kind in kinds:
        if _TYPES.search(kind.__name__):
            for member in vars(kind).values():
                yield from (thing for thing in _inside(member) if type(thing) in _DEFINITION)


def _inside(member: Any) -> list[Any]:
    """Return a member of a type and the functions it wraps, without `__new__`, which all types share."""
    inside = [member, *(getattr(member, name, None) for name in ("__func__", "fget", "fset"))]
    return [thing for thing in inside if getattr(thing, "__name__", "") != "__new__"]


def _functions_in_python() -> Iterator[tuple[FunctionType, Any]]:
    """Yield functions in Python that compute a derivative or take a step, each with what to call instead."""
    for thing in gc.get_objects():
        if type(thing) is not FunctionType:
            continue
        if str(thing.__module__).startswith("sympy"):
            if _SYMBOLIC.search(f"{thing.__module__}.{thing.__qualname__}"):
                yield thing, refuse_autograd
        elif str(thing.__module__).startswith("torch"):
            if thing.__module__.startswith(_OPTIMIZERS) and _STEPS.search(thing.__name__):
                yield thing, refuse_optimizer
            elif _DERIVES.search(thing.__name__) and thing.__module__ != _OWN_FUNCTIONS:
                yield thing, refuse_autograd
    import torch

    yield vars(torch.optim.Optimizer)["__init__"], refuse_optimizer


def definition_of(function: Any) -> int:
    """Return the address of the definition of a function or method in C.

    Raises RuntimeError if this Python stores it elsewhere.
    """
    place = ctypes.c_void_p.from_address(id(function) + _DEFINITION[type(function)]).value or 0
    if place and ctypes.c_char_p.from_address(place + _NAME).value == function.__name__.encode():
        return place
    raise RuntimeError(f"this Python keeps functions in C in another way: {function!r}")


def is_emptied(function: Any) -> bool:
    """Return whether a function or method, in C or in Python, was emptied."""
    if type(function) is FunctionType:
        return function.__code__.co_code == _refusing.__code__.co_code
    return bool(ctypes.c_void_p.from_address(definition_of(function) + _CALLED).value == _RAISES)


def _dictionary(kind: type) -> dict[str, Any]:
    """Return the writable dictionary of a type, which Python exposes read-only."""
    found: dict[str, Any]
    (found,) = (thing for thing in gc.get_referents(vars(kind)) if isinstance(thing, dict))
    return found


def ways_left() -> list[str]:
    """Try the known ways to a derivative or an optimizer; return the names of those that still work."""
    import torch
    from torch.autograd import forward_ad

    leaf = torch.ones(2, requires_grad=True)

    def recorded() -> Any:
        return (leaf * 3).sum()

    def run_engine() -> Any:
        engine = torch.autograd.Variable._execution_engine
        return engine.run_backward((recorded(),), (torch.ones(()),), False, False, (leaf,), True, True)

    def dual() -> Any:
        with forward_ad.dual_level():
            return forward_ad.make_dual(torch.ones(2), torch.ones(2))

    ways = {
        "backward": lambda: recorded().backward(),
        "engine": run_engine,
        "node": lambda: recorded().grad_fn(torch.ones(())),
        "operator": lambda: torch.ops.aten._backward(recorded(), [leaf]),
        "kernel": lambda: torch.ops.aten.threshold_backward(leaf.detach(), leaf.detach(), 0),
        "overload": lambda: torch.ops.aten.threshold_backward.default(leaf.detach(), leaf.detach(), 0),
        "symbolic": lambda: sys.modules["sympy"].diff("x**2", "x"),
        "dispatcher": lambda: torch._C._dispatch_find_schema_or_throw("aten::_backward", ""),
        "script": lambda: torch.jit.CompilationUnit("def f(x):\n    return x\n"),
        "forward mode": dual,
        "optimizer": lambda: torch.optim.SGD([leaf], lr=0.1),
    }
    left = []
    for name, way in ways.items():
        try:
            way()
        except (AutogradUsed, TypeError, AttributeError):
            continue
        left.append(name)
    return left
