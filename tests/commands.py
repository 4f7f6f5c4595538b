"""Run `course …`, `nbgrader …` and `python -c …` in separate processes, without the seconds that their imports take.

A process with all the imports done forks for each command. The fork runs the command's `main`, as its program in
`.venv/bin` does, with the given folder, environment and output; its files, output and exit status are the command's
own. The first examiner of a command that grades is forked as well. Tests of starting up, and of what comes before
`main`, start Python itself.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from course.building.built_notebooks import REPOSITORY
from course.grading import examiners
from course.grading.examiners import Examiner

MAINS = {"course": "course.cli", "nbgrader": "nbgrader.apps.nbgraderapp"}
IMPORTED = [*MAINS.values(), "nbgrader.apps", "course.grading.batch", "course.grading.preprocessors"]
GRADES = {"grade", "autograde"}
# What an examiner imports for any lesson.
IMPORTED += ["course.grading.examiner", "course.lessons.oracle"]

_FORK = multiprocessing.get_context("fork")
_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload([__name__, *IMPORTED])


class Running:
    """A running command, with part of the interface of `subprocess.Popen`."""

    def __init__(self, process: BaseProcess, folder: tempfile.TemporaryDirectory[str]) -> None:
        assert process.pid is not None
        self.pid = process.pid
        self._process = process
        self._folder = folder

    def poll(self) -> int | None:
        return self._process.exitcode

    returncode = property(poll)

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return self._process.exitcode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for the command to end; return its stdout and stderr."""
        self.wait(timeout)
        return Path(self._folder.name, "out").read_text(), Path(self._folder.name, "err").read_text()

    def kill(self) -> None:
        self._process.kill()


def start(command: str, *words: str, cwd: Path, env: Mapping[str, str] | None = None) -> Running:
    """Start a command in its own session."""
    folder = tempfile.TemporaryDirectory(prefix="course-command-")
    given = (command, words, str(cwd), dict(os.environ if env is None else env), folder.name)
    process = _forking.Process(target=_become, args=given, name=f"{command} {words}")
    process.start()
    return Running(process, folder)


def run(
    command: str, *words: str, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 600
) -> subprocess.CompletedProcess[str]:
    """Run a command and wait for it, like `subprocess.run` with captured text."""
    running = start(command, *words, cwd=cwd, env=env)
    try:
        out, err = running.communicate(timeout)
    except subprocess.TimeoutExpired:
        running.kill()
        raise
    return subprocess.CompletedProcess([command, *words], running.returncode, out, err)


def nbgrader(folder: Path, *words: str, **environment: str) -> str:
    """Run an nbgrader command in a course folder and return its output. Its exit status must be 0."""
    done = run("nbgrader", *words, cwd=folder, env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment})
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout + done.stderr


def _have_examiner() -> None:
    """Fork this process's first examiner while there is only one thread; a spawned one would have to import torch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multiprocessing, "get_context", lambda _: _FORK)
        ready = [Examiner()]
    vars(examiners)["Examiner"] = lambda: ready.pop() if ready else Examiner()


def _become(command: str, words: tuple[str, ...], cwd: str, env: dict[str, str], folder: str) -> None:
    os.setsid()
    for fd, path in enumerate((os.devnull, f"{folder}/out", f"{folder}/err")):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(file, fd)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    tempfile.tempdir = None  # it was cached from the previous environment
    time.tzset()
    if not GRADES.isdisjoint(words):
        _have_examiner()
    if command == "python":
        option, code, *rest = words
        sys.argv = [option, *rest]
        exec(code, {"__name__": "__main__"})
        return
    sys.argv = [command, *words]
    sys.exit(importlib.import_module(MAINS[command]).main())
