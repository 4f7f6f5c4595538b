"""What a submission needs to use a device other than the CPU, and how much of the device it may use."""

from __future__ import annotations

import glob
import importlib
import json
import os
import subprocess
import sys
from typing import Any

from course.errors import CourseError
from course.language import language, say
from course.runner.devices import CPU, UNKNOWN, not_used, torch_with

# Environment variables that torch and the drivers read when a device is first used, which is after the fork.
KEPT = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "ZE_AFFINITY_MASK")
# Device nodes, to which any computation on a device writes; and what the drivers read.
NODES = ("/dev/nvidia*", "/dev/kfd", "/dev/dri", "/dev/accel*", "/dev/davinci*")
READ = ("/proc/driver/nvidia", "/proc/devices", "/proc/modules", "/sys/bus/pci", "/sys/devices", "/sys/module/nvidia*")
# Main memory in MiB that a driver takes for its programs; it maps far more address space than there is memory.
DRIVER_MIB = 4096


def environment(device: str) -> dict[str, str]:
    """Return the environment variables for a device; those for the CPU hide all others.

    A process that has touched a GPU cannot be forked, so torch is told to count the GPUs without touching them.
    """
    if device == CPU:
        return {"CUDA_VISIBLE_DEVICES": "", "TORCH_DEVICE_BACKEND_AUTOLOAD": "0"}
    return {"PYTORCH_NVML_BASED_CUDA_CHECK": "1"}


def paths(device: str) -> tuple[list[str], list[str]]:
    """Return which files a submission may read and which it may write, in order to use a device."""
    if device == CPU:
        return [], []
    return tuple([path for pattern in patterns for path in glob.glob(pattern)] for patterns in (READ, NODES))  # type: ignore[return-value]


def bound(device: str, share: float) -> None:
    """Bound the share of a device's memory that this process may take, if torch supports that for the device."""
    its_module: Any = torch_with(device)
    if limit := getattr(its_module, "set_per_process_memory_fraction", None):
        limit(share, importlib.import_module("torch").device(device).index or 0)


def usable(device: str) -> str:
    """Return the device to ask on: the one given, or the CPU if it cannot be used, after printing the reason.

    The device is tried in a separate process, because a process that has touched a GPU cannot be forked.
    Raises CourseError for a name that torch does not know.
    """
    if device == CPU:
        return CPU
    words = [sys.executable, "-m", "course.runner.devices", language(), device]
    try:
        run = subprocess.run(
            words, env={**os.environ, **environment(device)}, text=True, capture_output=True, timeout=120
        )
        if run.returncode == UNKNOWN:
            raise CourseError(
                say(
                    "PyTorch knows no device `{device}`. Name another, such as cuda, or leave --device out.",
                    device=device,
                )
            )
        reason = (
            json.loads(run.stdout.splitlines()[-1]) if run.returncode == 0 else say("trying it out crashed a process")
        )
    except subprocess.TimeoutExpired:
        reason = say("it did not answer within two minutes")
    if not reason:
        return device
    print(f"course: {not_used(device, reason)}", file=sys.stderr)
    return CPU
