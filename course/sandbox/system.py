"""What this operating system has: the one place that decides what runs where."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from typing import TypeVar

from course.language import listed, say

NAMES = {"darwin": "macOS", "win32": "Windows", "cygwin": "Cygwin"}
# What confinement, and fork servers that are forked, are made of besides the kernel's own means.
NEEDED_MODULES = ("fcntl", "resource")
NEEDED_CALLS = ("fork", "setsid", "readv", "closerange")


def lacking() -> str:
    """Say in a clause why student code can be neither sandboxed nor forked here; "" on Linux."""
    if sys.platform != "linux":
        name = NAMES.get(sys.platform, sys.platform)
        return say("this is {system}, and the sandbox for student code is Linux's", system=name)
    modules = [name for name in NEEDED_MODULES if not has_module(name)]
    calls = [f"os.{name}" for name in NEEDED_CALLS if not hasattr(os, name)]
    proc = [] if os.path.exists("/proc/self/status") else ["/proc"]
    absent = [*modules, *calls, *proc]
    return say("this system lacks {names}, which sandbox student code", names=listed(absent)) if absent else ""


Started = TypeVar("Started")


def start_to_last(start: Callable[[], Started]) -> Started:
    """Start a process from a thread that lasts as long as this process.

    What is to end with its parent, the kernel ends as soon as the thread has ended that started it.
    """
    return _lasting_thread(os.getpid()).submit(start).result()


@cache
def _lasting_thread(pid: int) -> ThreadPoolExecutor:
    """Return where it runs; a fork, which has another number, has none of its parent's threads."""
    return ThreadPoolExecutor(1)


@cache
def libc() -> ctypes.CDLL:
    """Return the C library, for calls that Python has no functions for; `ctypes.get_errno` tells why one failed."""
    loaded = ctypes.CDLL(None, use_errno=True)
    loaded.syscall.restype = ctypes.c_long
    return loaded


def has_module(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # taken out of sys.modules by setting it to None
        return False


def n_processors() -> int:
    """Return how many processors this process may use; only some systems tell it apart from how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
