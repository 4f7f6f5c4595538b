"""Find out which sandbox mechanisms this machine has, by trying them for real."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

from course.language import say
from course.sandbox import confinement, landlock, system
from course.sandbox.job import DEFAULT
from course.sandbox.mechanisms import Mechanisms


def find() -> Mechanisms:
    """Return the sandbox mechanisms of this machine; to be called in a process with a single thread."""
    if why := system.lacking():
        return Mechanisms(why)
    why = _no_namespaces()
    return Mechanisms(why, landlock.abi(), _n_tasks(os.getuid()) if why else 0)


def _no_namespaces() -> str:
    """Return why a process cannot have its own namespaces, or may do nothing in them; "" if it can."""
    folder = Path(tempfile.mkdtemp(prefix="course-"))
    read, write = os.pipe()
    user = os.getuid(), os.getgid()
    try:
        child = confinement.fork_into_namespaces()
        if child == 0:
            said = say("its process ended early")
            try:
                signal.alarm(20)
                confinement.enter_namespaces(folder, DEFAULT, *user)
                said = ""
            except Exception as error:  # of any type: they cannot be used
                said = str(error) or type(error).__name__
            finally:
                os.write(write, b"." + said.encode())
                os._exit(0)
    except confinement.CannotConfine as error:
        return str(error)
    finally:
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            said = pipe.read().decode()
        shutil.rmtree(folder, ignore_errors=True)
    os.waitpid(child, 0)
    return said[1:] if said else say("the trial of namespaces ended early")


def _n_tasks(uid: int) -> int:
    """Return how many threads a user has; the kernel counts them all against the limit on the user's processes."""
    n_tasks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == uid:
                n_tasks += len(os.listdir(folder / "task"))
        except OSError:  # it ended in the meantime
            continue
    return n_tasks
