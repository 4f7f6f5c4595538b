"""What this operating system provides: the one place that decides what runs where."""

from __future__ import annotations

import contextlib
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
# What confinement and forking need from Python, besides the kernel's own mechanisms.
NEEDED_MODULES = ("fcntl", "resource")
NEEDED_CALLS = ("fork", "setsid", "readv", "closerange")


def lacking() -> str:
    """Return a clause that says why student code can be neither sandboxed nor forked here; "" if it can."""
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

    The kernel kills a child that is to die with its parent as soon as the thread that started it ends.
    """
    return _lasting_thread(os.getpid()).submit(start).result()


@cache
def _lasting_thread(pid: int) -> ThreadPoolExecutor:
    """Return that thread's executor; pid: part of the cache key, because a fork has none of its parent's threads."""
    return ThreadPoolExecutor(1)


@cache
def libc() -> ctypes.CDLL:
    """Return the C library, for calls that Python does not expose; after a failure, `ctypes.get_errno` says why."""
    loaded = ctypes.CDLL(None, use_errno=True)
    loaded.syscall.restype = ctypes.c_long
    return loaded


def call(name: str, *args: object, shown: str = "") -> None:
    """Call a function of the C library that returns 0 on success.

    shown: its name in the error, if it makes another system call. Raises OSError if it fails.
    """
    if getattr(libc(), name)(*args) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{shown or name}: {os.strerror(code)}")


def has_module(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # its entry in sys.modules has no `__spec__`
        return False


def n_processors() -> int:
    """Return how many processors this process may use, or on some systems how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def allow_open_files(most: int) -> None:
    """Let this process have so many files open, or as many as the system allows."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
