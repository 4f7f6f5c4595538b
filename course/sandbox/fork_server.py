"""Fork servers: processes with everything imported, one thread, forked once for each submission.

`python -m course.sandbox FD LANGUAGE [--torch]` is such a process; `ForkServer` starts one and talks to it by a socket.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from types import TracebackType

from course.language import language, later, paragraph, say, use
from course.runner.devices import CPU
from course.sandbox import confinement, device_access, landlock, messages, selftest, supervisor
from course.sandbox.forking import make_forks_cheap
from course.sandbox.job import Job, Questions, RunResult, pack_questions_by_name, unpack_questions_by_name
from course.sandbox.preparation import Prepared, prepare
from course.sandbox.readable import CLONE
from course.sandbox.scratch import Scratch

# What a fork server is given of the instructor's environment: where programs, libraries and caches lie, the language.
ENVIRONMENT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "HOME",
    "TZ",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    *device_access.KEPT,
    landlock.AT_MOST,
)
CACHE = CLONE / ".course" / "cache"
# Importing torch takes seconds, on a slow disk many.
START_S = 300.0
# What a fork server left running is ended in this time, or never.
LEFT_S = 10.0
ENDED = later("its process was ended from outside, perhaps by the system for lack of memory")


def environment(scratch: str, device: str = CPU) -> dict[str, str]:
    """Return the environment of a process that runs submissions; no device is in sight but the one they may use.

    What else stands in the instructor's (tokens, say) would stay in the memory of every fork.
    """
    # thread pools started before a fork are broken after it: one thread until student code asks for more
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        **{k: v for k, v in os.environ.items() if k in ENVIRONMENT},
        **threads,
        **device_access.environment(device),
        "TMPDIR": scratch,
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        # matplotlib's list of fonts and IPython's profile: nothing is written into home
        "MPLCONFIGDIR": str(CACHE / "matplotlib"),
        "IPYTHONDIR": str(CACHE / "ipython"),
    }


class WorkerLost(Exception):
    """The fork server ended; what it was working on has to be done again."""


class ForkServer:
    """A fork server of this machine.

    torch: whether it has torch; the first lesson's code runs where there is none. device: the one it may use.
    """

    def __init__(self, *, torch: bool = True, device: str = CPU) -> None:
        self.torch = torch
        self.device = device
        with contextlib.ExitStack() as unless_started:
            self._scratch = unless_started.enter_context(contextlib.closing(Scratch()))
            self._socket, theirs = socket.socketpair()
            unless_started.enter_context(self._socket)
            with theirs:
                words = [str(theirs.fileno()), language(), *(["--torch"] if torch else [])]
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "course.sandbox", *words],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    process_group=0,  # Ctrl-C is for the grader, who ends this one in its own time
                    env=environment(self._scratch.path, device),
                )
            unless_started.pop_all()
        self._missing: dict[str, str] | None = None  # what of the sandbox, and why
        self._asked: Questions | None = None  # what the process was told last

    def run(self, job: Job) -> RunResult:
        """Run one job and return what was seen.

        Raises WorkerLost if the fork server is gone or of no use, OSError if the machine is short of something,
        CannotConfine if it cannot sandbox student code.
        """
        if self._missing is None:
            self._missing = json.loads(self._receive(messages.READY, START_S))
        if self._missing and job.confined:
            told = later(
                "This machine cannot sandbox student code: {reasons} Nothing was run. `course doctor` tells what is "
                "missing, `{option}` grades all the same, without any protection."
            )
            found = self._missing.items()
            reasons = [say("{promise}: {why}", promise=say(promise), why=say(why)) for promise, why in found]
            raise confinement.CannotConfine(say(told, reasons=paragraph(*reasons), option=confinement.OVERRIDE))
        try:
            if job.questions is not self._asked:
                messages.send(self._socket.fileno(), messages.QUESTIONS, pack_questions_by_name(job.questions))
                self._asked = job.questions
            messages.send(self._socket.fileno(), messages.JOB, job.pack(sealed=True))
            for cell in job.cells:
                if cell.graded:
                    messages.send(self._socket.fileno(), messages.SOURCE, cell.source.encode())
        except OSError as error:
            raise WorkerLost(str(error)) from error
        return RunResult.unpack(self._receive(messages.RESULT, job.limits.total_s * 2 + 60))

    def _receive(self, kind: int, seconds: float) -> bytes:
        reader = messages.Reader(self._socket.fileno(), most=4 * messages.MAX_MESSAGE)
        try:
            message = reader.poll(seconds)
        except (OSError, messages.MessageError) as error:
            raise WorkerLost(str(error)) from error
        if message is not None and message[0] == messages.TROUBLE:
            trouble = messages.trouble(message[1])
            raise WorkerLost(trouble) if isinstance(trouble, str) else trouble
        if message is None or message[0] != kind:
            raise WorkerLost(
                say(ENDED) if reader.ended else say("it has not answered for {seconds:.0f} s", seconds=seconds)
            )
        return message[1]

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):  # until what ends its leftovers has done so, where there is such a process
            self._socket.settimeout(LEFT_S)
            while self._socket.recv(2**16):
                pass
        self._socket.close()  # last: another thread may read from it, and its number may be given to another file
        self._scratch.close()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def serve(fd: int, language: str, with_torch: bool) -> None:
    """Test the sandbox, then fork for each job that arrives, one at a time.

    language: in which to say what this machine lacks.
    """
    use(language)
    confinement.die_with_parent(fd)
    try:
        around = prepare(with_torch)
        make_forks_cheap()
        messages.send(fd, messages.READY, json.dumps(selftest.missing(around)).encode())
    except Exception as error:  # whatever it is, no submission has been here yet
        messages.send_trouble(fd, _no_process_left() or error)
        return
    connection = socket.socket(fileno=fd)
    questions: Questions = {}
    while kind := connection.recv(1, socket.MSG_PEEK):
        if kind[0] == messages.QUESTIONS:
            message = messages.Reader(fd).poll(3600)
            questions = unpack_questions_by_name(message[1]) if message else {}
        # only a fork reads a submission: nothing of one is left in the memory from which the next is forked
        elif not _in_fork(fd, around, questions):
            return


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


def _in_fork(fd: int, around: Prepared, questions: Questions) -> bool:
    """Run the next submission and send its run_result, all in a fork of its own; False if that went wrong."""
    try:
        child = os.fork()
    except OSError as error:
        messages.send_trouble(fd, error)
        return False
    if child:
        return os.waitpid(child, 0)[1] == 0
    status = 1
    with contextlib.suppress(BaseException):
        confinement.die_with_parent(fd)
        message = messages.Reader(fd, most=2**62).poll(3600)
        if message is not None:
            job = Job.unpack(message[1], questions)
            sealed = {i: messages.stash(fd) for i, cell in enumerate(job.cells) if cell.graded}
            try:
                seen = supervisor.supervise(job, around, sealed)
            except (OSError, confinement.CannotConfine) as error:
                messages.send_trouble(fd, error)
            else:
                messages.send(fd, messages.RESULT, *seen)
                status = 0
    os._exit(status)
