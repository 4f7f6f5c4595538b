"""Self-test of every sandbox layer, in a forked child that is sandboxed like a submission."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from course.language import later, listed, say, use
from course.sandbox import cgroups, confinement, system
from course.sandbox.disable_autograd import ways_left
from course.sandbox.job import DEFAULT
from course.sandbox.mechanisms import Mechanisms
from course.sandbox.namespaces import FLAGS
from course.sandbox.preparation import Prepared, prepare
from course.sandbox.readable import CLONE

# Time limit in seconds, after which a self-test has failed.
TEST_S = 20
PROTECTIONS = {
    later("own world"): later("nothing is left running when a submission ends"),
    later("files"): later("the course, the home folder and other submissions are hidden"),
    later("writing"): later("nothing outside the private folder can be changed"),
    later("private folder"): later("the private folder has a limited size"),
    later("network"): later("there is no network, and no way to other programs"),
    later("processes"): later("no other process can be reached"),
    later("system calls"): later("system calls that could undo the rest are refused"),
    later("privileges"): later("there are no privileges, and none can be gained"),
    later("limits"): later("memory, files, processor time and processes are limited"),
    later("watch"): later("the supervisor sees all processes and their memory"),
    later("autograd"): later("autograd can be removed from a process"),
}

ENDED = later("the trial ended early.")


def try_out(prepared: Prepared) -> dict[str, str]:
    """Return, for each protection, "" if it holds, or what was found otherwise."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    seen = children.exists() and "RssShmem" in Path("/proc/self/status").read_text()
    watched = "" if seen else say("the kernel does not list a process's children.")
    if why := prepared.mechanisms.lacking():
        return dict.fromkeys(PROTECTIONS, _closed(why))
    folder = Path(tempfile.mkdtemp(prefix="course-"))
    file = folder.with_name(f"{folder.name}.outside")
    file.write_bytes(b"not for student code")
    read, write = os.pipe()
    try:
        outside = _Outside(os.getpid(), os.getuid(), os.getgid(), file)
        child = confinement.fork_into_namespaces() if prepared.mechanisms.namespaces else os.fork()
        if child == 0:
            found = {**dict.fromkeys(PROTECTIONS, ENDED), "watch": watched}
            with contextlib.suppress(BaseException):
                os.setsid()
                confinement.die_with_parent()
                signal.alarm(TEST_S)
                _sandbox_and_test(folder, prepared, write, found, outside)
            os._exit(1)
        os.close(write)
        with os.fdopen(read, "rb", closefd=False) as pipe:
            lines = pipe.read().splitlines()
        os.waitpid(child, 0)
    except confinement.CannotConfine as error:
        os.close(write)
        return dict.fromkeys(PROTECTIONS, _closed(error))
    finally:
        os.close(read)
        file.unlink()
        shutil.rmtree(folder, ignore_errors=True)
    return json.loads(lines[-1]) if lines else dict.fromkeys(PROTECTIONS, ENDED)


def _closed(why: object) -> str:
    return say("{why}.", why=why)


def missing(prepared: Prepared) -> dict[str, str]:
    """Return the promises that do not hold, as templates for `say`, each with what was found."""
    found = {name: why for name, why in try_out(prepared).items() if why}
    if set(found.values()) == {ENDED}:  # perhaps killed from outside; any other cause will recur
        found = {name: why for name, why in try_out(prepared).items() if why}
    found = {name: why for i, (name, why) in enumerate(found.items()) if why not in list(found.values())[:i]}
    return {PROTECTIONS[name]: why for name, why in found.items()}


class _Outside(NamedTuple):
    """The parent's process id, its user and a file of its own, as seen from outside the sandbox."""

    pid: int
    uid: int
    gid: int
    file: Path


def _sandbox_and_test(folder: Path, prepared: Prepared, write: int, found: dict[str, str], outside: _Outside) -> None:
    """Sandbox this process like a submission, try each protection, and write what was found."""
    try:
        if prepared.mechanisms.namespaces:
            confinement.enter_namespaces(folder, DEFAULT, outside.uid, outside.gid)
        os.chdir(folder)
        if prepared.removal is not None:
            prepared.removal.apply()
        confinement.restrict(folder, DEFAULT, prepared.readable, prepared.mechanisms)
    except (confinement.CannotConfine, OSError) as error:
        found = {**dict.fromkeys(PROTECTIONS, _closed(error)), "watch": found["watch"]}
        os.write(write, json.dumps(found).encode() + b"\n")
        os._exit(0)
    for name, test in _tests(folder, outside, prepared.mechanisms.namespaces).items():
        try:
            found[name] = test()
        except Exception as error:  # of any type: the protection was not seen to hold
            found[name] = _closed(f"{type(error).__name__}: {error}")
    found["autograd"] = _autograd() if prepared.removal is not None else ""
    os.write(write, json.dumps(found).encode() + b"\n")
    os._exit(0)


def _tests(folder: Path, outside: _Outside, namespaces: bool) -> dict[str, Callable[[], str]]:
    group = os.getpgid(0)

    def own_world() -> str:
        if namespaces:
            return "" if os.getpid() == 1 else say("it is not process 1 of namespaces of its own.")
        if (child := os.fork()) == 0:
            os.setsid()
            os._exit(os.getpgid(0) != group)
        return say("a process can leave its group.") if os.waitpid(child, 0)[1] else ""

    def files() -> str:
        for path in (__file__, "/etc/passwd", str(Path.home() / ".bashrc"), "/proc/1/environ"):
            with contextlib.suppress(OSError), open(path, "rb"):
                return say("{path} can be read.", path=path)
        return ""

    def writing() -> str:
        for place in ("/tmp", "/var/tmp", "/dev/shm", str(folder.parent), str(CLONE)):
            with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=place):
                return say("{path} can be written.", path=place)
        file = outside.file
        for way in (
            lambda: os.truncate(file, 0),
            lambda: os.open(file, os.O_RDONLY | os.O_TRUNC),
            lambda: os.open(file, os.O_ACCMODE | os.O_TRUNC),
            lambda: os.open(file, os.O_WRONLY),
            lambda: os.utime(file),
            lambda: os.chmod(file, 0o777),
            lambda: os.chown(file, outside.uid, outside.gid),
            lambda: os.setxattr(file, "user.course", b"1"),
        ):
            with contextlib.suppress(OSError):
                way()
                return say("a file outside can be changed.")
        return ""

    def private_folder() -> str:
        (folder / "note").write_text("mine")
        if not namespaces:  # the supervisor measures it
            return ""
        size = shutil.disk_usage(folder).total
        return "" if size <= 2 * DEFAULT.disk_mib * 2**20 else say("its size has no limit.")

    def network() -> str:
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
            with contextlib.suppress(OSError), socket.socket(family):
                return say("a socket can be opened.")
        return ""

    def processes() -> str:
        import resource  # not on Windows

        for way in (
            lambda: os.kill(outside.pid, 0),
            lambda: os.kill(-1, 0),
            lambda: resource.prlimit(outside.pid, resource.RLIMIT_CORE),
            lambda: os.sched_setaffinity(outside.pid, os.sched_getaffinity(0)),
        ):
            with contextlib.suppress(OSError):
                way()
                if not namespaces or outside.pid != 1:
                    return say("a process outside can be reached.")
        return ""

    def system_calls() -> str:
        for name, args in {"unshare": (FLAGS["user"],), "mount": (None, b"/", None, 0, None)}.items():
            if getattr(system.libc(), name)(*args) == 0 or ctypes.get_errno() != errno.EPERM:
                return say("{call} is not refused.", call=name)
        return ""

    def privileges() -> str:
        header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        system.libc().capget(ctypes.byref(header), ctypes.byref(data))
        return say("it has capabilities.") if any(data) else ""

    def limits() -> str:
        import resource  # not on Windows

        for kind in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CPU):
            if resource.getrlimit(kind)[1] == resource.RLIM_INFINITY:
                return say("a limit is not set.")
        return ""

    return {
        "own world": own_world,
        "files": files,
        "writing": writing,
        "private folder": private_folder,
        "network": network,
        "processes": processes,
        "system calls": system_calls,
        "privileges": privileges,
        "limits": limits,
    }


def _autograd() -> str:
    left = ways_left()
    return say("these ways are left: {names}.", names=listed(left)) if left else ""


def kept_by(mechanisms: Mechanisms) -> dict[str, tuple[str, ...]]:
    """Return, for each protection, which of a machine's mechanisms keep it."""
    landlock = (f"Landlock {mechanisms.landlock}",) if mechanisms.landlock else ()
    filtered, watched = (later("a filter of system calls"),), (later("the supervisor"),)
    either = {
        "own world": (later("a process namespace"),),
        "files": landlock or (later("a root file system of its own"),),
        "writing": (*landlock, later("read-only mounts")),
        "private folder": (later("a small file system in memory"),),
        "network": (*filtered, later("a network namespace")),
        "processes": (later("a process namespace"), *(landlock if mechanisms.landlock >= 6 else ())),
    }
    if not mechanisms.namespaces:
        either = {
            "own world": (later("a process group that nothing leaves"),),
            "files": landlock,
            "writing": (*landlock, *filtered),
            "private folder": watched,
            "network": filtered,
            "processes": (*(landlock if mechanisms.landlock >= 6 else ()), *filtered),
        }
    limits = (later("limits of the system"), *watched)
    always = {
        "system calls": filtered,
        "privileges": (later("capabilities given up"),),
        "limits": limits,
        "watch": ("/proc",),
    }
    return {**either, **always, "autograd": (later("emptied functions"),)}


def by_promise() -> dict[str, list[str]]:
    """Return, for each protection, its promise, "" or why it does not hold, and every mechanism seen to keep it.

    If the machine has both namespaces and Landlock, each is also tried without the other.
    """
    if lacking := system.lacking():  # on other systems there is nothing to try
        return {name: [promise, _closed(lacking)] for name, promise in PROTECTIONS.items()}
    prepared = prepare(with_torch=True)
    whole = try_out(prepared)
    trials = [(prepared.mechanisms, whole)]
    if prepared.mechanisms.namespaces and prepared.mechanisms.landlock:
        alone = (
            replace(prepared.mechanisms, landlock=0),
            replace(prepared.mechanisms, no_namespaces="left out", n_tasks=1024),
        )
        trials += [(mechanisms, try_out(replace(prepared, mechanisms=mechanisms))) for mechanisms in alone]
    found = {name: [promise, whole[name]] for name, promise in PROTECTIONS.items()}
    for mechanisms, why in trials:
        for name, keeping in kept_by(mechanisms).items():
            found[name] += [each for each in keeping if not why[name] and each not in found[name]]
    if not whole["limits"] and cgroups.can_be_made():  # no promise depends on it
        found["limits"].append(later("a control group"))
    return found


if __name__ == "__main__":  # run by `course doctor`, as a new process with a single thread
    use(sys.argv[1])
    print(json.dumps(by_promise()))
