"""Devices other than the CPU: which one there is, whether it works, and which errors are the device's own."""

from __future__ import annotations

import contextlib
import importlib
import json
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from course.language import later, say, use

CPU = "cpu"
# The name of a device that torch does not name.
GRAPHICS_CARD = later("graphics card")
# Exit status of this file as a program if torch knows no device of that name.
UNKNOWN = 3
# Error messages of devices of NVIDIA, AMD and others that cannot be used, or no longer, with what each means.
_FAULTS = (
    (r"out of memory|memory allocation fail|alloc_failed", later("its memory is full: end what else uses it")),
    (
        r"no kernel image|invalid device function|not compatible with the current PyTorch",
        later("the installed PyTorch has no programs for it: the card is too old for this PyTorch, or too new"),
    ),
    (
        r"driver.{0,60}(too old|insufficient|not found)|insufficient.{0,60}driver",
        later("its driver is missing, or too old"),
    ),
    (
        r"(support|convert).{0,40}(float64|fp64|double)|(float64|fp64).{0,40}support",
        later("it cannot compute in float64"),
    ),
    (r"(cuda|hip|xpu|mps|cublas|cudnn|driver|accelerator|device)\w*:? (\w+ )?(error|fail)|device-side assert", ""),
    (r"(cuda|hip|cublas|cudnn|cusolver|nvml)[_ ](error|status)|cannot re-initialize|no cuda-capable|no \w+ GPUs", ""),
)
DEVICE_MESSAGES = tuple(words for _, words in _FAULTS if words)


def torch_with(device: str) -> Any:
    """Return torch's module for a device, such as `torch.cuda`, or None for the CPU or if torch has none."""
    torch = importlib.import_module("torch")
    return None if device.partition(":")[0] == CPU else getattr(torch, device.partition(":")[0], None)


def seed_torch(torch: Any, seed: int, device: str = CPU) -> None:
    """Seed torch's random generators on the CPU and on one device; no other device is touched."""
    torch.default_generator.manual_seed(seed)
    if seed_all := getattr(torch_with(device), "manual_seed_all", None):
        seed_all(seed)


@contextlib.contextmanager
def own_defaults(torch: Any, dtype: str) -> Iterator[None]:
    """Set torch's default dtype; restore it and torch's default device on exit."""
    before = torch.get_default_dtype()
    device = getattr(getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None), "device", None)
    torch.set_default_dtype(getattr(torch, dtype))
    try:
        yield
    finally:
        torch.set_default_dtype(before)
        torch.set_default_device(device)


@contextlib.contextmanager
def own_draws(torch: Any, device: str) -> Iterator[None]:
    """Restore the state of torch's random generators on exit, on the CPU and on one device, if that has one."""
    on_device, state = torch_with(device), torch.get_rng_state()
    known = hasattr(on_device, "get_rng_state") and hasattr(on_device, "set_rng_state")
    its_state = on_device.get_rng_state(device) if known else None
    try:
        yield
    finally:
        torch.set_rng_state(state)
        if known:
            on_device.set_rng_state(its_state, device)


def is_on_device(got: str, wanted: str) -> bool:
    """Return whether a device such as "cuda:0" is the one wanted; without a number, any of its kind is."""
    kind, _, number = wanted.partition(":")
    return got == wanted or (not number and got.partition(":")[0] == kind)


def recommended() -> str:
    """Return the name of the device that torch recommends, "cpu" if there is no other."""
    torch = importlib.import_module("torch")
    if not hasattr(torch, "accelerator"):  # before PyTorch 2.6
        return "cuda" if torch.cuda.is_available() else CPU
    return str(torch.accelerator.current_accelerator()) if torch.accelerator.is_available() else CPU


def fault_of(error: BaseException) -> str:
    """Return what is wrong with the device if an error is the device's fault, otherwise ""."""
    torch = importlib.import_module("torch")
    said = f"{type(error).__name__}: {error}"[:2000].replace("\n", " ")
    for pattern, words in _FAULTS:
        if re.search(pattern, said, re.IGNORECASE):
            return say(words) or _failed(error)
    kinds = tuple(k for n in ("OutOfMemoryError", "AcceleratorError") if isinstance(k := getattr(torch, n, None), type))
    return _failed(error) if isinstance(error, kinds) else ""


def _failed(error: BaseException) -> str:
    return say("it failed ({error})", error=first_line(error))


def first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def device_fault(device: str) -> str:
    """Test a device by a product and its gradient in float64. Return why it cannot be used, or "" if it can."""
    torch = importlib.import_module("torch")
    try:
        made = torch.full((64, 64), 0.5, dtype=torch.float64, device=device, requires_grad=True)
        total = (made @ made).sum()
        total.backward()
        right = total.item() == 64 * 64 * 16.0 and bool((made.grad == 64.0).all())
    except Exception as error:  # devices raise exceptions of many types
        return fault_of(error) or _failed(error)
    return "" if right else say("it computes wrong numbers")


def find_device(language: str = "") -> Any:
    """Return the `torch.device` to compute on: the one torch recommends, or the CPU if that cannot be used.

    In the latter case, print one sentence that says why. language: the language of messages from now on, or "" for the
    current one.
    """
    if language:
        use(language)
    torch = importlib.import_module("torch")
    with warnings.catch_warnings(record=True) as said:  # torch warns of a graphics card that it cannot use
        warnings.simplefilter("always")
        try:
            device = recommended()
            reason = "" if device == CPU else device_fault(device)
        except Exception as error:
            device, reason = GRAPHICS_CARD, fault_of(error) or _failed(error)
    if device == CPU and said:
        device = GRAPHICS_CARD
        reason = next(filter(None, (fault_of(w.message) for w in said if isinstance(w.message, Warning))), "")
    if reason:
        print(not_used(say(device), reason))
    return torch.device(CPU if reason or device == GRAPHICS_CARD else device)


def name_of(device: str) -> str:
    """Return the product name of a device, or its name in torch if that is unknown."""
    ask = getattr(torch_with(device), "get_device_name", None)
    return str(ask()) if ask else device


def not_used(device: str, reason: str) -> str:
    """Return a sentence saying that the CPU is used, and why the device is not."""
    told = later("The device `{device}` is not used: {reason}. Everything runs on the CPU, with the same results.")
    return say(told, device=device, reason=reason)


def main(words: list[str]) -> int:
    """Test the given device and print why it cannot be used, as JSON; without one, find a device and print its name.

    words: the language of messages and, optionally, the device.
    """
    language, *devices = words
    use(language)
    if not devices:
        print(name_of(str(find_device())))
        return 0
    try:
        importlib.import_module("torch").device(devices[0])
    except RuntimeError:
        return UNKNOWN
    print(json.dumps(device_fault(devices[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
