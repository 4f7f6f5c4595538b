"""Isolate student code while it is called: traps for globals, no autograd, captured output, fixed seeds."""

from __future__ import annotations

import bdb
import builtins
import contextlib
import inspect
import io
import pdb
import random
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any, NoReturn

import numpy as np

from course.runner.devices import CPU, own_defaults, own_draws, seed_torch
from course.runner.values import torch_or_none
from course.runner.wording import NO_KEYBOARD

MAX_PRINTED = 2000
# Marks the end of a truncated text.
CUT = "…"


class Forbidden(RuntimeError):
    """Student code did something that its exercise does not allow.

    kind, about: kind and message of the resulting `Failure`. Student code may catch and print the exception, so it
    looks like a RuntimeError with a readable message.
    """

    kind = ""
    sentence = ""

    def __init__(self, about: str = "") -> None:
        super().__init__(self.sentence.format(about))
        self.about = about


class GlobalUsed(Forbidden):
    """A notebook variable was used instead of an argument."""

    kind = "global"
    sentence = "the notebook's `{}` is used in place of an argument"


class AutogradUsed(Forbidden):
    """Autograd, or a torch optimizer (`about` is "optimizer"), was used where code is to be written by hand."""

    kind = "autograd"
    sentence = "autograd and torch's optimizers are switched off where gradients and steps are to be written by hand"


class TorchUsed(Forbidden):
    """Torch was used in a lesson that allows only NumPy."""

    kind = "autograd"
    sentence = "torch is not used in this lesson"


for _kind in (GlobalUsed, AutogradUsed, TorchUsed):
    _kind.__module__, _kind.__name__, _kind.__qualname__ = "builtins", *[RuntimeError.__name__] * 2


class Trap:
    """A stand-in for a notebook variable; any use of it raises an error, by default GlobalUsed."""

    def __init__(self, name: str, used: list[str], error: type[Forbidden] = GlobalUsed) -> None:
        object.__setattr__(self, "_trap", (name, used, error))

    def __getattr__(self, attribute: str) -> Any:
        _spring(self)

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        _spring(next(_found([*args, *(kwargs or {}).values()]), None))


def _found(things: Iterable[Any]) -> Iterator[Trap]:
    """Yield the traps among arguments, also within lists and tuples, such as those of sizes."""
    for thing in things:
        if isinstance(thing, Trap):
            yield thing
        elif isinstance(thing, list | tuple):
            yield from _found(thing)


def _spring(trap: Any, *_: Any, **__: Any) -> Any:
    if trap is None:
        raise GlobalUsed("")
    name, used, error = object.__getattribute__(trap, "_trap")
    used.append(name)
    raise error(name)


_OPERATIONS = (
    "add sub mul matmul truediv floordiv mod pow and or xor lshift rshift "
    "radd rsub rmul rmatmul rtruediv rfloordiv rmod rpow rand ror rxor "
    "iadd isub imul imatmul itruediv ipow neg pos abs invert lt le gt ge eq ne "
    "getitem setitem delitem iter len contains bool int float index complex round call array array_ufunc "
    "array_function str repr format hash setattr enter exit next copy deepcopy"
)
for _name in _OPERATIONS.split():
    setattr(Trap, f"__{_name}__", _spring)


@contextlib.contextmanager
def traps(namespace: dict[str, Any], names: list[str]) -> Iterator[list[str]]:
    """Replace each of the names by a trap within the context; yield the list of names used."""
    used: list[str] = []
    missing = object()
    before = {name: namespace.get(name, missing) for name in names}
    for name in names:
        namespace[name] = Trap(name, used)
    try:
        yield used
    finally:
        for name, value in before.items():
            if value is missing:
                namespace.pop(name, None)
            else:
                namespace[name] = value


# The lists that active `no_autograd` contexts have yielded; each records uses.
_uses: list[list[str]] = []


def refuse_autograd(*_: Any, **__: Any) -> NoReturn:
    """Replacement for an entry point of autograd: record the use, so that it counts even if caught, and raise."""
    _note_and_refuse()


def refuse_optimizer(*_: Any, **__: Any) -> NoReturn:
    """Replacement for the constructor of torch's optimizers: record the use and raise."""
    _note_and_refuse("optimizer")


def _note_and_refuse(about: str = "") -> NoReturn:
    for used in _uses:
        used.append(about)
    raise AutogradUsed(about)


@contextlib.contextmanager
def no_autograd() -> Iterator[list[str]]:
    """Make every entry point of autograd's backward and forward mode raise AutogradUsed; yield the list of uses.

    Torch's optimizers raise it too, with "optimizer" as `about`.
    """
    used: list[str] = []
    torch = torch_or_none()
    _uses.append(used)
    with contextlib.ExitStack() as stack:
        stack.callback(_uses.pop)
        if torch is not None:
            # Every backward pass of torch goes through this function, whichever public function was called.
            for owner in (torch.autograd.graph, torch.autograd):
                stack.enter_context(replaced(owner, "_engine_run_backward", refuse_autograd))
            stack.enter_context(replaced(torch.autograd.forward_ad, "make_dual", refuse_autograd))
            stack.enter_context(replaced(torch.autograd.forward_ad, "enter_dual_level", refuse_autograd))
            stack.enter_context(replaced(torch.optim.Optimizer, "__init__", refuse_optimizer))
            transforms = sys.modules.get("torch._functorch.eager_transforms")  # used by torch.func.grad and the like
            if hasattr(transforms, "_grad_increment_nesting"):
                stack.enter_context(replaced(transforms, "_grad_increment_nesting", refuse_autograd))
        yield used


class _Withheld(ModuleType):
    """A stand-in for torch when a function imports it; taking anything from it raises TorchUsed."""

    def __init__(self, used: list[str]) -> None:
        super().__init__("torch")
        self.__used = used

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # accessed by Python itself
            raise AttributeError(name)
        _spring(Trap("torch", self.__used, TorchUsed))


@contextlib.contextmanager
def without_torch(namespace: dict[str, Any]) -> Iterator[list[str]]:
    """Replace torch, and everything from it in the namespace, by traps within the context; yield the list of uses.

    For the NumPy-only first lesson. An unused import is allowed.
    """
    hidden = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "torch"}
    imported = {name: thing for name, thing in namespace.items() if _is_of_torch(thing)}
    used: list[str] = []
    namespace.update({name: Trap("torch", used, TorchUsed) for name in imported})
    sys.modules.update(dict.fromkeys(("torch", *hidden), _Withheld(used)))
    try:
        yield used
    finally:
        namespace.update(imported)
        del sys.modules["torch"]
        sys.modules.update(hidden)


def _is_of_torch(thing: Any) -> bool:
    if isinstance(thing, ModuleType):
        home = vars(thing).get("__name__")
    else:
        home = (thing if inspect.isroutine(thing) or inspect.isclass(thing) else type(thing)).__module__
    return str(home).partition(".")[0] == "torch"


@contextlib.contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Replace an attribute's value within the context."""
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


class _Capped(io.StringIO):
    """Keeps only the first MAX_PRINTED characters, so that a print in a training loop cannot fill the memory."""

    def write(self, text: str) -> int:
        room = MAX_PRINTED - len(CUT) - 1 - self.tell()
        if room >= 0:
            super().write(str(text) if len(text) <= room else f"{str(text)[:room]}\n{CUT}")
        return len(text)


@contextlib.contextmanager
def unattended(debugger: Callable[..., None] | None = None) -> Iterator[list[str]]:
    """Keep student code from waiting for input: skip debuggers and make `input` raise EOFError.

    Yield the list of what was skipped. debugger: called at `breakpoint()` instead, if a person is there.
    """
    passed: list[str] = []

    def pass_over(*_: Any, **__: Any) -> None:
        passed[:] = ["breakpoint()"]

    stop = debugger or pass_over

    def no_keyboard(*_: Any) -> str:
        raise EOFError(NO_KEYBOARD)

    with (
        replaced(sys, "breakpointhook", stop),
        replaced(pdb, "set_trace", stop),
        contextlib.nullcontext() if debugger else replaced(bdb.Bdb, "set_trace", pass_over),
        replaced(builtins, "input", no_keyboard),
    ):
        yield passed


@contextlib.contextmanager
def captured_output() -> Iterator[io.StringIO]:
    """Capture stdout and discard stderr and warnings of student code: a warning is not a verdict."""
    printed = _Capped()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield printed


@contextlib.contextmanager
def deterministic(seed: int, dtype: str, device: str = CPU) -> Iterator[None]:
    """Fix global state that an answer could depend on, and restore it on exit.

    Seed the random generators, on the CPU and on the given device: no other is touched, because a process that has
    used a GPU can no longer be forked. Set torch's default dtype, and enable gradients. Disable TF32: with it a correct
    float32 product on a GPU is wrong by 2e-2, too much for a check.
    """
    torch = torch_or_none()
    with contextlib.ExitStack() as stack:
        stack.callback(np.random.set_state, np.random.get_state())
        stack.callback(random.setstate, random.getstate())
        np.random.seed(seed)
        random.seed(seed)
        if torch is not None:
            stack.enter_context(own_draws(torch, device))
            seed_torch(torch, seed, device)
            stack.enter_context(own_defaults(torch, dtype))
            with contextlib.suppress(RuntimeError):  # torch refuses to return it if it was set by another API
                stack.callback(torch.set_float32_matmul_precision, torch.get_float32_matmul_precision())
            torch.set_float32_matmul_precision("highest")
            stack.callback(torch.set_grad_enabled, torch.is_grad_enabled())
            torch.set_grad_enabled(True)
        yield
