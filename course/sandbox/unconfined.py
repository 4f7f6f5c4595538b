"""Run submissions where there is neither confinement nor fork, as on macOS and Windows: each attempt is a new process.

Nothing is protected from code that runs this way; it is for trusted code only. `python -m course.sandbox --plain
SKIPPED` is such a process: it reads a packed job and its questions from stdin and writes messages to stdout.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from course.runner import Answer, Failure
from course.runner.devices import CPU
from course.sandbox import messages, sandboxed
from course.sandbox.confinement import cannot_confine
from course.sandbox.decode import received
from course.sandbox.fork_server import environment
from course.sandbox.job import CellResult, Job, RunResult, pack_questions_by_name, unpack_questions_by_name
from course.sandbox.scratch import Scratch, remove

# After this many cells or answers that hung or killed their process, the rest is not run.
MAX_LOST = 8
# Environment variables that tell a process on Windows where programs and settings are.
WINDOWS_NEEDS = ("SYSTEMROOT", "APPDATA", "LOCALAPPDATA", "USERPROFILE", "PATHEXT", "COMSPEC")


class _Seen:
    """What one attempt sent before it ended."""

    def __init__(self, told: bytes) -> None:
        self.cells: list[tuple[int, CellResult]] = []
        self.answers: dict[int, list[Answer]] = {}
        self.at: int | None = None
        for kind, blob in whole_messages(told):
            if kind == messages.STARTED:
                self.at = json.loads(blob)
            elif kind == messages.FINISHED:
                i, fields = json.loads(blob)
                self.cells.append((i, CellResult(**fields)))
                self.at = None
            elif kind == messages.ANSWERED and self.at is not None:
                self.answers.setdefault(self.at, []).extend(received(blob))


class Unconfined:
    """Runs jobs of trusted people; it has the methods of `ForkServer`.

    torch: ignored, because each job imports what it needs. device: the device submissions may use.
    """

    def __init__(self, *, torch: bool = True, device: str = CPU) -> None:
        self._device = device
        self._scratch = Scratch()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: Job) -> RunResult:
        """Run one job and return its result; it is run again without any cell or exercise in which it hangs or dies.

        Raises CannotConfine if the job is to be confined.
        """
        if job.confined:
            raise cannot_confine()
        until = time.monotonic() + job.limits.total_s
        lost: dict[int, str] = {}
        answers: dict[int, list[Answer]] = {}
        while True:
            told, is_over, died = self._try(job, lost, until)
            seen = _Seen(told)
            answers |= {i: given for i, given in seen.answers.items() if i not in lost}
            at = seen.at
            if at is not None and len(answers.get(at, [])) == len(job.questions.get(job.cells[at].ask, ())) > 0:
                at = None
            if at is not None:
                lost[at] = "timed_out" if is_over else "crashed"
            if at is None or is_over or len(lost) >= MAX_LOST:
                break
        status = "timed_out" if is_over else "crashed" if died and at is None else "done"
        status = next((why for i, why in lost.items() if not job.cells[i].ask), status)
        results = {job.cells[i].name: result for i, result in seen.cells}
        complete: dict[str, tuple[Answer, ...]] = {}
        for i, cell in enumerate(job.cells):
            if not cell.ask:
                results.setdefault(cell.name, CellResult(lost.get(i, "not_run")))
                continue
            given, asked = answers.get(i, []), job.questions[cell.ask]
            kind = "timed_out" if lost.get(i, status) == "timed_out" else "died"
            complete[cell.ask] = (*given, *(Answer(failure=Failure(kind)) for _ in asked[len(given) :]))
        return RunResult(status, results, complete, {"tries": float(len(lost) + 1)})

    def _try(self, job: Job, lost: dict[int, str], until: float) -> tuple[bytes, bool, bool]:
        """Run a job without what is in `lost`; return what it sent, whether its time ran out, and whether it died."""
        command = [sys.executable, "-m", "course.sandbox", "--plain", json.dumps(sorted(lost))]
        needed = {name: os.environ[name] for name in WINDOWS_NEEDS if name in os.environ}
        packed = job.pack()
        given = struct.pack("<I", len(packed)) + packed + pack_questions_by_name(job.questions)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**needed, **environment(self._scratch.path, self._device)},
        )
        try:
            told, _ = self._process.communicate(given, timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            told, _ = self._process.communicate()
            return told, True, True
        return told, False, self._process.returncode != 0

    def close(self) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()
        self._scratch.close()

    def __enter__(self) -> Unconfined:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def whole_messages(told: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the messages that `messages.send` wrote; an incomplete message at the end is left out."""
    at = 0
    while at + messages.HEADER.size <= len(told):
        kind, length = messages.HEADER.unpack_from(told, at)
        at += messages.HEADER.size
        if at + length > len(told):
            return
        yield kind, told[at : at + length]
        at += length


def main(skipped: str) -> None:
    """Run a job read from stdin; skipped: JSON list of the indices of cells not to run."""
    given = sys.stdin.buffer.read()
    (length,) = struct.unpack_from("<I", given)
    job = Job.unpack(given[4 : 4 + length], unpack_questions_by_name(given[4 + length :]))
    out = os.dup(1)  # output that bypasses `sys.stdout` must not get between the messages
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if hasattr(os, "O_BINARY"):  # on Windows
        import msvcrt

        msvcrt.setmode(out, os.O_BINARY)  # type: ignore[attr-defined,unused-ignore]
    from course.sandbox.shell import make_shell

    shell = make_shell()
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    try:
        sandboxed.put_files(job.files)
        sandboxed.run(job, shell, out, frozenset(json.loads(skipped)))
    finally:
        os.chdir(Path(folder).anchor)
        remove(folder)
