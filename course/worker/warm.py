"""Warm processes: everything imported, one thread, forked once for each submission.

`python -m course.worker FD [--torch]` is such a process; `Warm` starts one and talks to it over a socket.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

from course.worker import confinement, frames
from course.worker.forking import make_forks_cheap
from course.worker.program import Program, Questions, Transcript, pack_asked, unpack_asked
from course.worker.scratch import Scratch

if TYPE_CHECKING:
    from course.worker.guard import Surroundings


# What a warm process is given of the instructor's environment: where programs, libraries and caches lie, the language.
ENVIRONMENT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "HOME",
    "TZ",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "CUDA_VISIBLE_DEVICES",
)
CACHE = confinement.CLONE / ".course" / "cache"
# Importing torch takes seconds, on a slow disk many.
START_S = 300.0
# Parts of torch that it does not import by itself, and that cannot be imported where its files are out of sight.
LATER = ("torch.func", "torch.utils.data", "torch.nn.utils", "torch.optim.lr_scheduler", "torch.autograd.functional")
ENDED = "its process was ended from outside, perhaps by the system for lack of memory"


def environment(scratch: str) -> dict[str, str]:
    """Return the environment of a process that runs submissions.

    What else stands in the instructor's (tokens, say) would stay in the memory of every fork.
    """
    # thread pools started before a fork are broken after it: one thread until student code asks for more
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        **{k: v for k, v in os.environ.items() if k in ENVIRONMENT},
        **threads,
        "TMPDIR": scratch,
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        # matplotlib's list of fonts and IPython's profile: nothing is written into home
        "MPLCONFIGDIR": str(CACHE / "matplotlib"),
        "IPYTHONDIR": str(CACHE / "ipython"),
    }


class WorkerLost(Exception):
    """The warm process ended; what it was working on has to be done again."""


class Warm:
    """A warm process of this machine.

    torch: whether it has torch; the first lesson's code runs where there is none.
    """

    def __init__(self, *, torch: bool = True) -> None:
        self.torch = torch
        with contextlib.ExitStack() as unless_started:
            self._scratch = unless_started.enter_context(contextlib.closing(Scratch()))
            self._socket, theirs = socket.socketpair()
            unless_started.enter_context(self._socket)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "course.worker", str(theirs.fileno()), *(["--torch"] if torch else [])],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    process_group=0,  # Ctrl-C is for the grader, who ends this one in its own time
                    env=environment(self._scratch.path),
                )
            unless_started.pop_all()
        self._missing: str | None = None
        self._asked: Questions | None = None  # what the process was told last

    def run(self, program: Program) -> Transcript:
        """Run one program and return what was seen.

        Raises WorkerLost if the warm process is gone or of no use, OSError if the machine is short of something,
        CannotConfine if it cannot shut student code in.
        """
        if self._missing is None:
            self._missing = self._receive(frames.READY, START_S).decode()
        if self._missing and program.confined:
            raise confinement.CannotConfine(
                f"This machine cannot shut student code in: {self._missing} Nothing was run. "
                f"`course doctor` tells what is missing, `{confinement.OVERRIDE}` grades all the same, "
                "without any protection."
            )
        try:
            if program.questions is not self._asked:
                frames.send(self._socket.fileno(), frames.QUESTIONS, pack_asked(program.questions))
                self._asked = program.questions
            frames.send(self._socket.fileno(), frames.PROGRAM, program.pack(sealed=True))
            for cell in program.cells:
                if cell.graded:
                    frames.send(self._socket.fileno(), frames.SOURCE, cell.source.encode())
        except OSError as error:
            raise WorkerLost(str(error)) from error
        return Transcript.unpack(self._receive(frames.TRANSCRIPT, program.limits.total_s * 2 + 60))

    def _receive(self, kind: int, seconds: float) -> bytes:
        reader = frames.Reader(self._socket.fileno(), most=4 * frames.MAX_FRAME)
        try:
            message = reader.poll(seconds)
        except (OSError, frames.FrameError) as error:
            raise WorkerLost(str(error)) from error
        if message is not None and message[0] == frames.TROUBLE:
            trouble = frames.trouble(message[1])
            raise WorkerLost(trouble) if isinstance(trouble, str) else trouble
        if message is None or message[0] != kind:
            raise WorkerLost(ENDED if reader.ended else f"it has not answered for {seconds:.0f} s")
        return message[1]

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._socket.close()  # last: another thread may read from it, and its number may be given to another file
        self._scratch.close()

    def __enter__(self) -> Warm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def stand_in(*_: object, **__: object) -> object:
    """Stands in for `start` while grading, where no check cell is run and a check of the student's own does nothing."""

    def check(*_: object, **__: object) -> None:
        return None

    check.also = check  # type: ignore[attr-defined]
    return check


def prepare(with_torch: bool) -> Surroundings:
    """Import all that student code may want, and find out what it may read."""
    confinement.die_with_parent()  # grading ends when the grader does, however it ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("numpy", "numpy.random", "matplotlib.pyplot", "safetensors.numpy", "sandlock", "pyseccomp"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if with_torch:
        for name in ("torch", "torch.nn.functional", "torch.optim", "torch.autograd.forward_ad", *LATER):
            importlib.import_module(name)
        _warm_optimizers()
    import course
    import course.draw
    from course.worker.guard import Surroundings
    from course.worker.inside import rehearse
    from course.worker.shell import make_shell
    from course.worker.withdrawal import Withdrawal

    if with_torch:
        _compile_nothing()
    vars(course).update(start=stand_in, same_draw=course.draw.same_draw)
    shell = make_shell()
    rehearse(shell, with_torch)
    hidden = confinement.HIDDEN if with_torch else (*confinement.HIDDEN, *confinement.TORCH)
    return Surroundings(
        shell,
        confinement.readable_paths(hidden),
        confinement.readable_paths((*confinement.HIDDEN, *confinement.TORCH)),
        Withdrawal() if with_torch else None,
    )


def serve(fd: int, with_torch: bool) -> None:
    """Try the confinement out, then fork for each program that arrives, one at a time."""
    from course.worker.probe import missing

    confinement.die_with_parent(fd)
    try:
        around = prepare(with_torch)
        make_forks_cheap()
        frames.send(fd, frames.READY, missing(around).encode())
    except Exception as error:  # whatever it is, no submission has been here yet
        frames.send_trouble(fd, _no_process_left() or error)
        return
    connection = socket.socket(fileno=fd)
    questions: Questions = {}
    while kind := connection.recv(1, socket.MSG_PEEK):
        if kind[0] == frames.QUESTIONS:
            message = frames.Reader(fd).poll(3600)
            questions = unpack_asked(message[1]) if message else {}
        # only a fork reads a submission: nothing of one is left in the memory from which the next is forked
        elif not _in_fork(fd, around, questions):
            return


def _compile_nothing() -> None:
    """Let torch's compilers hand back what they are given: it gives the same numbers, and is asked as what it is.

    They need programs and files that are out of sight of student code, and TorchScript has an autograd of its own.
    """
    import torch

    def plain(thing: Any = None, *_: Any, **__: Any) -> Any:
        return (lambda given: given) if thing is None else thing

    torch.compile = torch.jit.script = torch.jit.trace = torch.jit.script_if_tracing = plain  # type: ignore[assignment]


def _no_process_left() -> OSError | None:
    """Return what the system says if no process can be started: libraries that want one give another reason or none."""
    try:
        child = os.fork()
    except OSError as error:
        return error
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return None


def _warm_optimizers() -> None:
    """Make an optimizer and take a step: the first one imports half of torch's compiler, which takes over a second.

    No backward pass here: autograd must not have run before a fork.
    """
    import torch

    for kind in (torch.optim.SGD, torch.optim.Adam):
        parameter = torch.nn.Parameter(torch.zeros(1))
        parameter.grad = torch.zeros(1)
        kind([parameter], lr=0.1).step()


def _in_fork(fd: int, around: Surroundings, questions: Questions) -> bool:
    """Run the next submission and send its transcript, all in a fork of its own; False if that went wrong."""
    try:
        child = os.fork()
    except OSError as error:
        frames.send_trouble(fd, error)
        return False
    if child:
        return os.waitpid(child, 0)[1] == 0
    status = 1
    with contextlib.suppress(BaseException):
        from course.worker.guard import run_guarded

        confinement.die_with_parent(fd)
        message = frames.Reader(fd, most=2**62).poll(3600)
        if message is not None:
            program = Program.unpack(message[1], questions)
            sealed = {i: frames.stash(fd) for i, cell in enumerate(program.cells) if cell.graded}
            try:
                seen = run_guarded(program, around, sealed)
            except (OSError, confinement.CannotConfine) as error:
                frames.send_trouble(fd, error)
            else:
                frames.send(fd, frames.TRANSCRIPT, *seen)
                status = 0
    os._exit(status)
