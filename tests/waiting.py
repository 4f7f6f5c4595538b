"""Wait for a condition that another process or a page will bring about, never for a fixed time."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def until(condition: Callable[[], Any], what: str = "what was waited for", within_s: float = 90) -> Any:
    """Wait until a condition is true, and return its value."""
    end = time.monotonic() + within_s
    while not (found := condition()):
        assert time.monotonic() < end, f"{what}: not within {within_s} s"
        time.sleep(0.02)
    return found


def started(mark: str) -> list[str]:
    """Return the ids of the processes that were started as `sleep MARK`."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if file.read_bytes() == f"sleep\0{mark}\0".encode():
                found.append(file.parent.name)
    return found
