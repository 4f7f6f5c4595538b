"""Stand-in for torch in NumPy-only lessons, where importing it does no harm, and for sympy, which comes with it.

In a student's notebook `import torch` succeeds, and an answer that does not use it can be right. An answer that uses
torch is refused both there and here (`course.runner.isolation.without_torch`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_ABSENT = ("torch", "sympy")


class _Absent(ModuleType):
    """A dummy module, function or class, so that the usual statements at the top of a cell run."""

    def __getattr__(self, name: str) -> _Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent(f"{self.__name__}.{name}")

    def __call__(self, *_: object, **__: object) -> _Absent:
        return self

    def __bool__(self) -> bool:
        return False

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        return ()


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in _ABSENT else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Absent(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def stand_in() -> None:
    """Make later imports of torch and sympy find the stand-in."""
    sys.meta_path.insert(0, _Finder())
