"""Fork servers that outlive their pool: starting one takes seconds of torch, and what runs in one leaves nothing there.

Whoever asks for one with the same environment gets one that is idle. Tests of starting and ending take
`ForkServer` itself.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from course import try_answer
from course.sandbox import ForkServer, Job, RunResult, pool
from course.sandbox.fork_server import environment


def _environment() -> str:
    """Return what a fork server would see; nbgrader puts the same folder in front of PATH again and again."""
    seen = environment("")
    return repr({**seen, "PATH": list(dict.fromkeys(seen["PATH"].split(os.pathsep)))})


class Shelf:
    """Idle fork servers, and a thread that lives as long: what a thread starts ends with it."""

    def __init__(self) -> None:
        self.idle: defaultdict[tuple[bool, str], list[Reusable]] = defaultdict(list)
        self.starter = ThreadPoolExecutor(1)

    def take(self, *, torch: bool = True) -> Reusable:
        key = torch, _environment()
        try:
            return self.idle[key].pop()
        except IndexError:
            return self.starter.submit(Reusable, self.idle[key], torch=torch).result()

    def clear(self) -> None:
        for servers in self.idle.values():
            for server in servers:
                ForkServer.close(server)
        self.starter.shutdown()


class Reusable(ForkServer):
    """A fork server that goes back to the shelf when it is closed between two jobs."""

    def __init__(self, shelf: list[Reusable], *, torch: bool) -> None:
        super().__init__(torch=torch)
        self._shelf = shelf
        self._is_idle = True

    def run(self, job: Job) -> RunResult:
        self._is_idle = False
        result = super().run(job)
        self._is_idle = True  # not if it raised: then it ends
        return result

    def close(self) -> None:
        if self._is_idle and self._process.poll() is None:
            self._shelf.append(self)
        else:
            super().close()


@contextmanager
def reused() -> Iterator[None]:
    """Let pools and `course try` take fork servers from a shelf, and put them back."""
    shelf = Shelf()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ForkServer", shelf.take)
        patch.setattr(try_answer, "ForkServer", shelf.take)
        yield
    shelf.clear()
