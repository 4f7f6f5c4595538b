"""Fork servers and examiners reused across graders: starting one takes seconds, and jobs leave no state in it.

A request with the same environment gets an idle one. Tests of starting and ending use `ForkServer` itself, or a grader
in its own process.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from course import try_answer
from course.grading import examiners
from course.grading.examiners import Examiner
from course.sandbox import ForkServer, Job, RunResult, pool
from course.sandbox.fork_server import environment


def _environment() -> str:
    """Return the environment of a fork server, without the duplicates that nbgrader keeps prepending to PATH."""
    seen = environment("")
    return repr({**seen, "PATH": list(dict.fromkeys(seen["PATH"].split(os.pathsep)))})


class ReusableForkServer(ForkServer):
    """A fork server that returns to its shelf when closed between two jobs."""

    def __init__(self, shelf: list[Any], *, torch: bool, device: str) -> None:
        super().__init__(torch=torch, device=device)
        self._shelf = shelf
        self._is_idle = True

    def run(self, job: Job) -> RunResult:
        self._is_idle = False
        result = super().run(job)
        self._is_idle = True  # not reached if `run` raised: `close` then ends the server
        return result

    def close(self) -> None:
        if self._is_idle and self._process.poll() is None:
            self._shelf.append(self)
        else:
            super().close()

    def end(self) -> None:
        super().close()


class ReusableExaminer(Examiner):
    """An examiner that returns to its shelf when closed between two tasks."""

    def __init__(self, shelf: list[Any]) -> None:
        super().__init__()
        self._shelf = shelf
        self._is_idle = True

    def call(self, task: Callable[..., Any], *given: Any) -> Any:
        self._is_idle = False
        result = super().call(task, *given)
        self._is_idle = True  # see `ReusableForkServer.run`
        return result

    def close(self) -> None:
        if self._is_idle and self._process.is_alive():
            self._shelf.append(self)
        else:
            super().close()

    def end(self) -> None:
        super().close()


class Shelf:
    """Idle processes."""

    def __init__(self) -> None:
        self.idle: defaultdict[object, list[Any]] = defaultdict(list)

    def fork_server(self, *, torch: bool = True, device: str = "cpu") -> ReusableForkServer:
        start = partial(ReusableForkServer, torch=torch, device=device)
        return self._take(("fork server", torch, device), start)

    def examiner(self) -> ReusableExaminer:
        return self._take("examiner", ReusableExaminer)

    def _take(self, kind: object, start: Callable[[list[Any]], Any]) -> Any:
        idle = self.idle[kind, _environment()]
        try:
            return idle.pop()
        except IndexError:
            return start(idle)

    def clear(self) -> None:
        for processes in self.idle.values():
            for process in processes:
                process.end()


@contextmanager
def reused() -> Iterator[None]:
    """Make pools and `course try` take fork servers and examiners from a shelf, and return them to it."""
    shelf = Shelf()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ForkServer", shelf.fork_server)
        patch.setattr(try_answer, "ForkServer", shelf.fork_server)
        patch.setattr(examiners, "Examiner", shelf.examiner)
        yield
    shelf.clear()
