"""Warm processes: everything imported, one thread, forked once for each submission.

`python -m course.worker FD [--torch]` is such a process; `Warm` starts one and talks to it over a socket.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from types import TracebackType

from course.worker import frames
from course.worker.program import Program, Transcript


class WorkerLost(Exception):
    """The warm process ended; what it was working on has to be done again."""


class Warm:
    """A warm process of this machine.

    torch: whether it has torch; the first lesson's code runs where there is none.
    """

    def __init__(self, *, torch: bool = True) -> None:
        self.torch = torch
        ours, theirs = socket.socketpair()
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "course.worker", str(theirs.fileno()), *(["--torch"] if torch else [])],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            # thread pools started before a fork are broken after it: one thread until student code asks for more
            env={**os.environ, **threads, "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        theirs.close()
        self._socket = ours

    def run(self, program: Program) -> Transcript:
        """Run one program and return what was seen.

        Raises WorkerLost if the warm process is gone, CannotConfine if this machine cannot shut student code in.
        """
        try:
            frames.send(self._socket.fileno(), frames.PROGRAM, program.pack())
            reader = frames.Reader(self._socket.fileno(), most=4 * frames.MAX_FRAME)
            message = reader.poll(program.limits.total_s * 2 + 60)
        except (OSError, frames.FrameError) as error:
            raise WorkerLost(str(error)) from error
        if message is None:
            raise WorkerLost("no answer")
        return Transcript.unpack(message[1])

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()

    def __enter__(self) -> Warm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _stand_in(*_: object, **__: object) -> object:
    """Stands in for `start` while grading, where no check cell is run and a check of the student's own does nothing."""

    def check(*_: object, **__: object) -> None:
        return None

    check.also = check  # type: ignore[attr-defined]
    return check


def serve(fd: int, with_torch: bool) -> None:
    """Import all that student code may want, then fork for each program that arrives, one at a time."""
    # grading ends when the grader does, however it ends
    from course.worker import confinement

    confinement._libc().prctl(confinement.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import importlib

    for name in ("numpy", "numpy.random", "matplotlib.pyplot", "safetensors.numpy", "sandlock", "pyseccomp"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if with_torch:
        for name in ("torch", "torch.nn.functional", "torch.optim", "torch.autograd.forward_ad"):
            importlib.import_module(name)
        _warm_optimizers()
    import course
    import course.draw
    from course.worker.guard import run_guarded
    from course.worker.shell import make_shell

    vars(course).update(start=_stand_in, same_draw=course.draw.same_draw)
    shell = make_shell()
    hidden = confinement.HIDDEN if with_torch else (*confinement.HIDDEN, "torch")
    readable = confinement.readable_paths(hidden)
    reader = frames.Reader(fd, most=2**62)
    while not reader.ended:
        message = reader.poll(3600)
        if message is None:
            continue
        transcript = _in_fork(lambda: run_guarded(Program.unpack(message[1]), shell, readable).pack())  # noqa: B023
        frames.send(fd, frames.TRANSCRIPT, transcript)


def _warm_optimizers() -> None:
    """Make an optimizer once: the first one imports half of torch's compiler, which takes over a second.

    No backward pass here: autograd must not have run before a fork.
    """
    import torch

    for kind in (torch.optim.SGD, torch.optim.Adam):
        kind([torch.nn.Parameter(torch.zeros(1))], lr=0.1)


def _in_fork(work: object) -> bytes:
    """Do the guard's work in a fork of its own, so that nothing of one submission stays in the warm process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        with contextlib.suppress(KeyboardInterrupt):
            os.close(read)
            frames.send(write, frames.TRANSCRIPT, work())  # type: ignore[operator]
            status = 0
        os._exit(status)
    os.close(write)
    reader = frames.Reader(read, most=4 * frames.MAX_FRAME)
    message = None
    while message is None and not reader.ended:
        message = reader.poll(60)
    os.close(read)
    os.waitpid(child, 0)
    return message[1] if message else Transcript("crashed").pack()
