"""Search a process in which gradients must be written by hand for objects that can still compute them.

`python -m tests.search_by_hand` prints as JSON the reference paths that lead to something forbidden, for the process
as student code finds it and for one in which some removals were left out.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, ModuleType
from typing import Any

from course.sandbox.disable_autograd import AutogradRemoval, definition_of, is_emptied
from course.sandbox.preparation import prepare

# Wider than what is removed, so that names nobody thought of are found.
IN_C = re.compile(
    r"backward|dual|jvp|vjp|grad|engine|boxed|_fused_(sgd|ada)|get_operation|find_schema|dispatch_(call|lib)"
    r"|_jit_|script|mobile|flatbuffer|ir_module|lite_interpreter"
)
IN_PYTHON = re.compile(r"backward|jvp|vjp|hessian|adam|sgd|adagrad|adadelta|rprop")
IN_SYMPY = re.compile(r"diff(?!eren(ce|tiate_finite)|icult)|deriv|gradient|jacobian|hessian|wronskian", re.I)
# Matching names that compute no gradient: switches and queries for recording, finite differences of given numbers,
# quantisation's engine, quasi-random numbers, versions of operators, hooks, tables of sizes, fonts.
HARMLESS_IN_C = re.compile(
    r"requires_?grad|retain_grad|grad_(enabled|layout|buckets)|(fwd|Fwd|prev)_?[gG]rad|accumulate_grad|autograd_?(fallback"
    r"|keyset|hook|init|meta|multiple|subgraph)|_autograd(_node|_function|$)|hidden_from_autograd|under_no_grad"
    r"|gradtracking|grad_manager|grad_executor|^gradients?$|qengine|sobol|upgrade|will_engine|postscript|df_(in|out)put_vjps"
)
HARMLESS_IN_PYTHON = re.compile(
    r"hook|saved_for_backward|not_supported|rmse|(collapse|reduce)_|Sizes|^_compute_numerical|^_get_analytical"
    r"|^meta__fused|add_backward_state"
)
HARMLESS_IN_SYMPY = re.compile(r"\._print_")
# Functions in C without a name that are called when an object goes.
HARMLESS_NAMELESS = re.compile(r"\((arg0: object)?\) -> None$")
OWN_FUNCTIONS = "torch.autograd.function"
TP_CALL = 16 * ctypes.sizeof(ctypes.c_void_p)


def names_of_nameless() -> dict[int, str]:
    """Return names for functions in C that have none, by their ids: of an operator's overload, or of an attribute."""
    overloads = [thing for thing in gc.get_objects() if issubclass(type(thing), sys.modules["torch"]._ops.OpOverload)]
    attributes = [(name, member) for kind in _classes() for name, member in vars(kind).items()]
    functions = [(name, getattr(member, of, None)) for name, member in attributes for of in ("fget", "fset")]
    return {id(getattr(function, "__func__", function)): name for name, function in functions} | {
        id(function): str(overload) for overload in overloads for function in (overload._op, overload._op_dk)
    }


def is_forbidden(thing: Any, nodes: set[int], names: dict[int, str]) -> bool:
    """Return whether calling an object differentiates something or takes an optimizer step.

    nodes: the ids of the types of recorded operations. names: those of functions in C that have none, by their ids.
    """
    kind = type(thing)
    if kind in (BuiltinFunctionType, MethodDescriptorType):
        owner = thing.__objclass__ if kind is MethodDescriptorType else thing
        if not str(owner.__module__).startswith(("torch", "None")) or is_emptied(thing):
            return False
        name = thing.__name__ or names.get(id(thing), "")
        if not name:
            return not HARMLESS_NAMELESS.match(thing.__doc__ or "")
        return bool(IN_C.search(name) and not HARMLESS_IN_C.search(name))
    if kind is FunctionType:
        name, module = thing.__name__, str(thing.__module__)
        if module.startswith("sympy"):
            full = f"{module}.{thing.__qualname__}"
            return bool(IN_SYMPY.search(full) and not HARMLESS_IN_SYMPY.search(full)) and not is_emptied(thing)
        of_torch = module.startswith("torch.") and module != OWN_FUNCTIONS
        return (
            of_torch and bool(IN_PYTHON.search(name) and not HARMLESS_IN_PYTHON.search(name)) and not is_emptied(thing)
        )
    return id(thing) in nodes and bool(ctypes.c_void_p.from_address(id(thing) + TP_CALL).value)


def reachable(roots: dict[str, Any]) -> Iterator[tuple[Any, Callable[[], str]]]:
    """Yield every object reachable from the roots, breadth-first per root, each with a function returning its path."""
    came: dict[int, tuple[Any, Any]] = {}
    line: deque[Any] = deque()

    def way(thing: Any) -> str:
        steps: list[str] = []
        while (before := came[id(thing)][1]) is not None:
            steps.append(_step(before, thing))
            thing = before
        return " → ".join([next(name for name, root in roots.items() if root is thing), *steps[::-1]])

    def add(thing: Any, before: Any) -> None:
        if id(thing) not in came:
            came[id(thing)] = (thing, before)  # kept alive, so that no other object gets its id
            line.append(thing)

    known = {id(came), id(line), id(roots)}
    for root in roots.values():
        add(root, None)
        while line:
            thing = line.popleft()
            yield thing, lambda thing=thing: way(thing)
            for inside in [] if id(thing) in known else gc.get_referents(thing):
                add(inside, thing)
            if issubclass(type(thing), type):  # classes defined in C do not report their referents
                add(vars(thing), thing)


def _step(holder: Any, thing: Any) -> str:
    if type(holder) is dict:
        return next((repr(key)[:60] for key, value in holder.items() if value is thing), "a key")
    if type(holder) in (list, tuple):
        return f"[{next((i for i, value in enumerate(holder) if value is thing), '?')}]"
    return "its module" if isinstance(holder, ModuleType) else f"of a {type(holder).__name__}"


def _classes() -> list[type]:
    """Return every class, including those reachable only through `__subclasses__`."""
    found: dict[int, type] = {}
    left: list[type] = [object]
    while left:
        new = {id(kind): kind for kind in type.__subclasses__(left.pop()) if id(kind) not in found}
        found |= new
        left += new.values()
    return list(found.values())


# How many forbidden objects to name.
AT_MOST = 30


def search(namespace: dict[str, Any]) -> list[str]:
    """Return the paths to the first forbidden objects, each behind the object's name."""
    roots = {"sys.modules": sys.modules, "the notebook": namespace, "object.__subclasses__()": _classes()}
    names = names_of_nameless()
    found, nodes = [], {id(t) for t in vars(sys.modules["torch"]._C._functions).values() if isinstance(t, type)}
    for thing, way in reachable(roots):
        if is_forbidden(thing, nodes, names):
            name = names.get(id(thing)) or getattr(thing, "__qualname__", "") or repr(thing)
            found.append(f"{name}: {way()}")
            if len(found) == AT_MOST:
                break
    return found


def plants(removal: AutogradRemoval) -> dict[str, Any]:
    """Return, by name, the objects to leave out of the removal."""
    import sympy
    import torch

    (handle,) = (kind for kind in _classes() if kind.__name__ == "_DispatchOperatorHandle")
    (formula,) = {f for f, _ in removal._functions if f is vars(torch._decomp.decompositions)["mse_loss_backward"]}
    return {
        "run_backward": vars(type(torch.autograd.Variable._execution_engine))["run_backward"],
        "threshold_backward": torch.ops.aten.threshold_backward._op,
        "threshold_backward.default": torch.ops.aten.threshold_backward.default._op,
        "mse_loss_backward.default": torch.ops.aten.mse_loss_backward.default._op_dk,
        "_fused_adam_": torch._fused_adam_,
        "redispatch_boxed": vars(handle)["redispatch_boxed"].__func__,
        "_make_dual": torch._make_dual,
        "mse_loss_backward": formula,
        "AddBackward0": torch._C._functions.AddBackward0,
        "Expr.diff": vars(sympy.Expr)["diff"],
    }


def leave(removal: AutogradRemoval, name: str, thing: Any) -> None:
    """Exclude one object, of the given name, from a removal."""
    removal._functions = [found for found in removal._functions if found[0] is not thing]
    removal._nodes = [node for node in removal._nodes if node is not thing]
    removal._places = [(held, n) for held, n in removal._places if n != name and held.get(n) is not thing]
    if type(thing) in (BuiltinFunctionType, MethodDescriptorType):
        removal._definitions.remove(definition_of(thing))


def in_a_fork(work: Callable[[], list[str]]) -> list[str]:
    read, write = os.pipe()
    if os.fork() == 0:
        try:
            said = work()
        except BaseException as error:
            said = [repr(error)]
        with os.fdopen(write, "w") as pipe:
            json.dump(said, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        found: list[str] = json.load(pipe)
    os.wait()
    return found


def main() -> None:
    prepared = prepare(with_torch=True)
    assert prepared.removal is not None
    removal, namespace = prepared.removal, prepared.shell.user_ns

    def searched(left: dict[str, Any]) -> list[str]:
        for name, thing in left.items():
            leave(removal, name, thing)
        removal.apply()
        return search(namespace)

    found = {"as it is": in_a_fork(lambda: searched({})), "planted": in_a_fork(lambda: searched(plants(removal)))}
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
