"""Leave torch's compiler out until somebody compiles: an optimizer's first step imports it, and `torch.func.grad`.

That takes a second and 70 MiB, of which every fork of the process copies the tables.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

NAME = "torch._dynamo"


class _Compiler(ModuleType):
    """Stands in for the compiler: does what is asked of it where nothing is compiled, for anything else makes room."""

    compiled_autograd = SimpleNamespace(_disable=contextlib.nullcontext)

    @staticmethod
    def graph_break(*_: Any, **__: Any) -> None:
        """Say where compiled code would end: here nothing is compiled."""

    @staticmethod
    def disable(function: Any = None, *_: Any, **__: Any) -> Any:
        """Return a function that is not to be compiled as it is; called without one, it is a decorator."""
        return (lambda decorated: decorated) if function is None else function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":  # whoever looks through all modules wants none imported
            raise AttributeError(name)
        if sys.modules.get(NAME) is self:
            del sys.modules[NAME]
        return getattr(importlib.import_module(NAME), name)


def leave_compiler_out() -> None:
    sys.modules.setdefault(NAME, _Compiler(NAME))
