"""Wait for what another process, or a page, is about to do: for a condition, never for a time."""

import time
from collections.abc import Callable
from typing import Any


def until(condition: Callable[[], Any], what: str = "what was waited for", within_s: float = 90) -> Any:
    """Wait until something holds, and return it."""
    end = time.monotonic() + within_s
    while not (found := condition()):
        assert time.monotonic() < end, f"{what}: not within {within_s} s"
        time.sleep(0.02)
    return found
