"""A fake device for machines without an accelerator: its tensors wrap CPU tensors and cannot be mixed with others.

torch loads it through an entry point that names `plug_in` (`as_package`), as it loads the package of a real device.
That API of torch is experimental; torch's version is pinned. A process cannot unload it, so tests use processes of
their own.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from torch.utils._pytree import tree_map_only
from torch.utils.backend_registration import _DummyBackendModule, _setup_privateuseone_for_python_backend

REPOSITORY = Path(__file__).resolve().parents[1]
NAME = "standin"
MIXED = "Expected all tensors to be on the same device, but found at least two devices, {} and {}!"
_ATEN = torch.ops.aten
_MOVES = (_ATEN._to_copy.default, _ATEN.copy_.default)


class OnDevice(torch.Tensor):
    """A tensor on the device, without memory of its own."""

    inner: torch.Tensor

    @staticmethod
    def __new__(cls, inner: torch.Tensor) -> OnDevice:
        made: OnDevice = torch.Tensor._make_wrapper_subclass(
            cls, inner.shape, inner.stride(), inner.storage_offset(), dtype=inner.dtype, device=torch.device(NAME, 0)
        )
        made.inner = inner
        return made

    @property
    def data(self) -> torch.Tensor:
        return self.detach()

    @data.setter
    def data(self, other: OnDevice) -> None:
        torch.Tensor.data.__set__(self, other)
        self.inner = other.inner

    # torch's versions test for the exact class `Tensor`

    def __format__(self, spec: str) -> str:
        return format(self.item() if self.dim() == 0 else str(self), spec)

    def tolist(self) -> Any:
        return self.detach().cpu().tolist()

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return run(func, args, kwargs or {})


def run(func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """Run one operation on the inner tensors; of other devices only 0-d tensors are accepted, except when copying."""
    seen: list[OnDevice] = []
    other: list[torch.Tensor] = []

    def unwrapped(tensor: torch.Tensor) -> torch.Tensor:
        if isinstance(tensor, OnDevice):
            seen.append(tensor)
            return tensor.inner
        other.append(tensor)
        return tensor

    inside, named = tree_map_only(torch.Tensor, unwrapped, (args, kwargs))
    if seen and func not in _MOVES and any(t.dim() for t in other):
        raise RuntimeError(MIXED.format(seen[0].device, other[0].device))
    here = bool(seen)
    if named.get("device") is not None:
        here = named["device"].type == NAME
        named["device"] = torch.device("cpu")
    result = func(*inside, **named)
    if func._schema.is_mutable:
        return _changed(func, args, kwargs, result)
    return tree_map_only(torch.Tensor, OnDevice, result) if here else result


def _changed(func: Any, args: Any, kwargs: dict[str, Any], result: Any) -> Any:
    """Return the arguments that an in-place operation wrote to, in the order in which it returns them."""
    if torch.Tag.inplace_view in func.tags:  # keep the wrapper's shape in step with the inner one
        with torch._C._DisableTorchDispatch():
            func(*args, **kwargs)
    names = [argument.name for argument in func._schema.arguments]
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    written = [given[a.name] for a in func._schema.arguments if a.alias_info is not None and a.alias_info.is_write]
    return None if result is None else written[0] if len(written) == 1 else tuple(written)


class _Module(_DummyBackendModule):
    """The device module that torch requires; its random number generator is the CPU's."""

    def get_rng_state(self, device: Any = 0) -> torch.Tensor:
        return torch.get_rng_state()

    def set_rng_state(self, state: torch.Tensor, device: Any = 0) -> None:
        torch.set_rng_state(state)


# Operators that create tensors without taking one on the device; most of torch's others are built on `empty`.
_MADE = ("_to_copy", "arange.start_step", "eye", "linspace", "logspace", "randperm")
_everything, _made = torch.library.Library("_", "IMPL", "PrivateUse1"), torch.library.Library("aten", "IMPL")


def plug_in() -> None:
    """Register the device with torch in this process."""
    _setup_privateuseone_for_python_backend(NAME, backend_module=_Module())
    _everything.fallback(lambda func, *args, **kwargs: run(func, args, kwargs))
    for name in _MADE:
        packet, _, overload = name.partition(".")
        func = getattr(getattr(_ATEN, packet), overload or "default")
        _made.impl(name, lambda *args, func=func, **kwargs: run(func, args, kwargs), "PrivateUse1")


def as_package(folder: Path) -> dict[str, str]:
    """Write a package that registers the device into a folder; return the environment in which torch finds it."""
    home = folder / f"{NAME}-1.dist-info"
    home.mkdir(parents=True)
    (home / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1\n")
    (home / "entry_points.txt").write_text(f"[torch.backends]\n{NAME} = tests.standin:plug_in\n")
    paths = [str(folder), str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(paths)}
