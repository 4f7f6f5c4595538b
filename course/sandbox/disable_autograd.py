"""Disable autograd and torch's optimizers in a process irreversibly, where gradients are written by hand.

A guard in Python can be gone round by whoever shares its process: an entry to autograd that was put aside in an
earlier cell, another name of it, a module loaded anew. So a submission's exercises by hand are asked in a process that
never had these entries while student code was in it: they are found before (`AutogradRemoval`, in the fork server) and
taken out (`apply`, in the fork) before the first cell runs. What cannot be reached cannot be put aside.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
from importlib.abc import MetaPathFinder
from types import FunctionType, ModuleType
from typing import Any

from course.runner.isolation import AutogradUsed
from course.sandbox.readable import TORCH

# Functions in C that compute derivatives or take an optimizer's step, or find such a function by name, or compile
# text to code that could: TorchScript has autograd of its own, and torch.ops finds every operator.
_LOOKUPS = re.compile(
    r"jit|script|import_ir|parse_ir|create_function|create_method|get_operation|dispatch_call|lite_interpreter|mobile"
    r"|dual_level|run_backward|dist_autograd|jvp_|grad_(in|de)crement|compiled_autograd",
    re.I,
)
_OPERATORS = re.compile(r"_make_dual|_fused_(sgd|adam|adagrad)|^_?backward$|^grad$")
_STEPS = re.compile(r"adam|sgd|rmsprop|adagrad|adadelta|rprop")
# Where CPython keeps what a type does when called: the seventeenth word of the type object.
_TP_CALL = 16 * ctypes.sizeof(ctypes.c_void_p)


def _refuse(*_: Any, **__: Any) -> Any:
    raise AutogradUsed


def _refuse_optimizer(*_: Any, **__: Any) -> Any:
    raise AutogradUsed("optimizer")


class _OutOfSight(MetaPathFinder):
    """Tell plainly that a part of torch is not there: its files can be seen from here, but not read."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in TORCH:
            raise ModuleNotFoundError(f"`{name}` is not there where gradients are written by hand", name=name)


class AutogradRemoval:
    """The places from which autograd can be reached, found once in a process that has torch and no student code.

    Only places are kept, not what stands there: once taken out, nothing holds it any more.
    """

    def __init__(self) -> None:
        import torch
        import torch.optim.adam

        engine = type(torch.autograd.Variable._execution_engine)
        functions = type(torch._C._VariableFunctions)
        self._compiler = torch._C.CompilationUnit
        self._types = [engine, functions, self._compiler]
        found = [vars(engine)["run_backward"], vars(self._compiler)["define"]]
        for home in (torch._C, torch._C._functorch, getattr(torch._C, "_distributed_autograd", None)):
            found += [f for n, f in vars(home).items() if _LOOKUPS.search(n)] if home else []
        for names in (vars(functions), vars(torch), vars(torch._VF)):
            found += [f for n, f in names.items() if _OPERATORS.search(n)]
        wanted = {id(f) for f in found if callable(f) and not isinstance(f, type | ModuleType)}
        modules = [vars(m) for m in list(sys.modules.values()) if isinstance(m, ModuleType)]
        dictionaries = [*modules, *(_dictionary(t) for t in self._types)]
        self._places = [(d, n) for d in dictionaries for n, f in list(d.items()) if id(f) in wanted]
        self._operators = [
            thing
            for thing in gc.get_objects()
            if type(thing) in (torch._ops.OpOverload, torch._ops.OpOverloadPacket)
            and _OPERATORS.search(thing.__name__.partition(".")[0])
        ]
        self._nodes = [t for t in vars(torch._C._functions).values() if isinstance(t, type)]
        self._optimizers = [torch.optim.Optimizer, *torch.optim.Optimizer.__subclasses__()]
        self._steps = [
            (vars(module), name)
            for module in list(sys.modules.values())
            if module.__name__.startswith("torch.optim.")
            for name, thing in vars(module).items()
            if isinstance(thing, FunctionType) and _STEPS.search(name)
        ]

    def apply(self) -> None:
        """Take everything out of this process. It cannot be undone."""
        for holder, name in self._places:
            holder[name] = _refuse
        for operator in self._operators:
            operator._op = _refuse
        for node in self._nodes:  # a recorded operation can be called by itself: node(gradient)
            ctypes.c_void_p.from_address(id(node) + _TP_CALL).value = None
            _dictionary(node).pop("__call__", None)
        setattr(self._compiler, "__init__", _refuse)  # noqa: B010  # it compiles what it is made with
        for kind in self._optimizers:
            for method in ("__init__", "step"):
                setattr(kind, method, _refuse_optimizer)
        for holder, name in self._steps:
            holder[name] = _refuse_optimizer
        sys.meta_path.insert(0, _OutOfSight())
        for changed in [*self._types, *self._nodes]:  # else the interpreter goes on finding what it found before
            ctypes.pythonapi.PyType_Modified(ctypes.py_object(changed))


def _dictionary(kind: type) -> dict[str, Any]:
    """Return the dictionary behind a type of C, which Python shows read-only."""
    (found,) = gc.get_referents(vars(kind))
    return found


def ways_left() -> list[str]:
    """Try the ways to a derivative that are known; return those that still work."""
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
