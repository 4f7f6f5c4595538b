"""Fork servers: processes that supervise submissions one at a time, with everything imported for them in advance.

`python -m course.sandbox FD DEVICE LANGUAGE [--torch]` runs one; `ForkServer` starts it and talks to it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from course.language import language, later, paragraph, say, use
from course.runner.devices import CPU
from course.sandbox import cgroups, confinement, device_access, landlock, messages, supervisor, trial, zygote
from course.sandbox.job import Job, Questions, RunResult, pack_questions_by_name, unpack_questions_by_name
from course.sandbox.leftovers import Sentinel
from course.sandbox.readable import CLONE
from course.sandbox.scratch import Scratch
from course.sandbox.zygote import Zygote, ZygoteContext

# Environment variables a fork server inherits from the instructor: where programs, libraries and caches are, language.
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
# Time limit for starting, in seconds: importing torch takes several, on a slow disk many.
START_S = 300.0
# An idle fork server ends within this time, in seconds, or is killed.
END_S = 2.0
# How long to wait, in seconds, for processes that a fork server left running to be killed.
LEFT_S = 10.0


def environment(scratch: str, device: str = CPU) -> dict[str, str]:
    """Return the environment variables of a process that runs submissions on a device.

    Other variables of the instructor (tokens, say) would stay in the memory of every fork.
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
        # matplotlib's font list and IPython's profile: nothing is written to the home directory
        "MPLCONFIGDIR": str(CACHE / "matplotlib"),
        "IPYTHONDIR": str(CACHE / "ipython"),
    }


class WorkerLost(Exception):
    """The fork server ended; the job it was working on has to be run again."""


class ForkServer:
    """A fork server on this machine.

    torch: whether it imports torch; the first lesson's code runs without. device: the device submissions may use.
    """

    def __init__(self, *, torch: bool = True, device: str = CPU) -> None:
        with contextlib.ExitStack() as unless_started:
            self._scratch = unless_started.enter_context(contextlib.closing(Scratch()))
            self._socket, theirs = socket.socketpair()
            unless_started.enter_context(self._socket)
            with theirs:
                words = [str(theirs.fileno()), device, language(), *["--torch"] * torch]
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "course.sandbox", *words],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    process_group=0,  # Ctrl-C is for the grader, which ends this process itself
                    env=environment(self._scratch.path, device),
                )
            unless_started.pop_all()
        self._missing: dict[str, str] | None = None  # missing protections, with the reasons; None until it is ready
        self._asked: Questions | None = None  # the questions sent last
        self._at_work = True  # it is starting up

    def run(self, job: Job) -> RunResult:
        """Run one job and return its result.

        Raises WorkerLost if the fork server is gone or unusable, OSError if the machine is short of something,
        CannotConfine if it cannot sandbox student code.
        """
        self._at_work = True
        if self._missing is None:
            self._missing = json.loads(self._receive(messages.READY, START_S))
        if self._missing and job.confined:
            told = later(
                "This machine cannot sandbox student code: {reasons} Nothing was run. `course doctor` says what is "
                "missing; `{option}` grades all the same, without any protection."
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
                if cell.sealed:
                    messages.send(self._socket.fileno(), messages.SOURCE, cell.source.encode())
        except OSError as error:
            raise WorkerLost(str(error)) from error
        result = self._receive(messages.RESULT, job.limits.total_s * 2 + 60)
        self._at_work = False
        return RunResult.unpack(result)

    def _receive(self, kind: int, seconds: float) -> bytes:
        reader = messages.Reader(self._socket.fileno(), most=4 * messages.MAX_MESSAGE)
        try:
            message = reader.poll(seconds)
        except (OSError, messages.MessageError) as error:
            raise WorkerLost(str(error)) from error
        if message is not None and message[0] == messages.ERROR:
            trouble = messages.unpack_error(message[1])
            raise WorkerLost(trouble) if isinstance(trouble, str) else trouble
        if message is None or message[0] != kind:
            raise WorkerLost(
                say(messages.ENDED) if reader.ended else say("it has not answered for {seconds:.0f} s", seconds=seconds)
            )
        return message[1]

    def close(self) -> None:
        """End the process; if it is at work, kill it at once."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            if not self._at_work:  # a normal exit, so that its resource usage is counted
                self._socket.shutdown(socket.SHUT_WR)
                self._process.wait(END_S)
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):  # until its sentinel, if it has one, has ended leftover processes
            self._socket.settimeout(LEFT_S)
            while self._socket.recv(2**16):
                pass
        self._socket.close()  # last: another thread may still read from it, and its descriptor may be reused
        self._scratch.close()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(fd: int, device: str, language: str, with_torch: bool) -> None:
    """Start zygotes, which import everything and try out the sandbox; then supervise jobs one at a time as they arrive.

    language: the language of messages about what this machine lacks.
    """
    use(language)
    confinement.die_with_parent(fd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader ends this process itself
    try:
        mechanisms = trial.find()
        sentinel = Sentinel() if mechanisms.landlock and not mechanisms.namespaces else None
        folder = Path(tempfile.mkdtemp(prefix="course-"), "own")
        folder.mkdir()
        world = ZygoteContext(device, mechanisms, sentinel, folder, cgroups.Group())
        zygotes = zygote.start(with_torch, world)
        supervisor.limit_own_memory()
        messages.send(fd, messages.READY, json.dumps(zygotes[False].missing).encode())
    except Exception as error:  # of any type: no submission has run yet
        messages.send_error(fd, error)
        return
    connection = socket.socket(fileno=fd)
    questions: Questions = {}
    while kind := connection.recv(1, socket.MSG_PEEK):
        message = messages.Reader(fd, most=2**62).poll(3600)
        if message is None:
            break
        if kind[0] == messages.QUESTIONS:
            questions = unpack_questions_by_name(message[1])
            for by_hand, each in zygotes.items():
                each.set_questions(supervisor.asked_by(questions, by_hand, len(zygotes) > 1))
        elif not _supervise(fd, zygotes, Job.unpack(message[1], questions)):
            break
    for each in zygotes.values():
        each.close()
    world.group.remove()


def _supervise(fd: int, zygotes: dict[bool, Zygote], job: Job) -> bool:
    """Run a submission and send its result; return False if that failed."""
    sealed = {i: messages.read_to_memfd(fd) for i, cell in enumerate(job.cells) if cell.sealed}
    try:
        messages.send(fd, messages.RESULT, *supervisor.supervise(job, zygotes, sealed))
    except (OSError, confinement.CannotConfine) as error:
        messages.send_error(fd, error)
        return False
    finally:
        for file in sealed.values():
            os.close(file)
    return True
