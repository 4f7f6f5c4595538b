"""Defer the import of torch's compiler, which an optimizer's first step and `torch.func.grad` import, until it is used.

The import takes a second and 70 MiB, whose page tables every fork of the process copies.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

NAME = "torch._dynamo"


class _Compiler(ModuleType):
    """A stand-in for the compiler: does what uncompiled code needs, and imports the real one for anything else."""

    compiled_autograd = SimpleNamespace(_disable=contextlib.nullcontext)

    @staticmethod
    def graph_break(*_: Any, **__: Any) -> None:
        """Do nothing: there is no compiled graph to break."""

    @staticmethod
    def disable(function: Any = None, *_: Any, **__: Any) -> Any:
        """Return a function unchanged, since nothing is compiled. Without a function, return a decorator."""
        return (lambda decorated: decorated) if function is None else function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":  # code that inspects all modules must not trigger the import
            raise AttributeError(name)
        if sys.modules.get(NAME) is self:
            del sys.modules[NAME]
        return getattr(importlib.import_module(NAME), name)


def leave_compiler_out() -> None:
    sys.modules.setdefault(NAME, _Compiler(NAME))
