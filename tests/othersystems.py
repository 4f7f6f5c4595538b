"""Emulate macOS and Windows for the course's modules only, by hiding from them what these systems lack."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]

# Only the course sees the other system: libraries that did would load what is not installed here.
PRELUDE = """
import builtins, importlib.util, os, select, signal, sys, types

SYSTEM = {system!r}
WINDOWS = SYSTEM == "win32"
MODULES = {{"fcntl", "resource", "pwd", "grp", "pty", "termios"}} if WINDOWS else set()
HIDDEN = {{
    "os": {{"sched_getaffinity", "pidfd_open", "memfd_create", "setns", "unshare"}} | ({{
        "fork", "setsid", "getuid", "geteuid", "getgid", "readv", "mkfifo", "killpg", "sysconf", "WIFSIGNALED",
        "WTERMSIG", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC", "register_at_fork", "statvfs",
    }} if WINDOWS else set()),
    "signal": {{"SIGALRM", "SIGKILL", "SIGPROF", "setitimer", "pthread_sigmask", "alarm"}} if WINDOWS else set(),
    "select": {{"poll", "epoll"}} if WINDOWS else {{"epoll"}},
    "sys": set(),
}}
BY_FD = os.supports_fd - ({{os.chmod}} if WINDOWS else set())
CHANGED = {{"sys": {{"platform": SYSTEM}}, "os": {{"supports_fd": BY_FD, "name": "nt" if WINDOWS else os.name}}}}


class Partly(types.ModuleType):
    def __init__(self, real):
        object.__setattr__(self, "_real", real)

    def __getattribute__(self, name):
        real = object.__getattribute__(self, "_real")
        if name in HIDDEN[real.__name__]:
            raise AttributeError(f"{{real.__name__}}.{{name}} is not on {{SYSTEM}}")
        return CHANGED.get(real.__name__, {{}}).get(name, getattr(real, name))

    def __setattr__(self, name, value):
        setattr(object.__getattribute__(self, "_real"), name, value)


seen = {{name: Partly(module) for name, module in {{"os": os, "signal": signal, "select": select, "sys": sys}}.items()}}
real_import, real_find_spec = builtins.__import__, importlib.util.find_spec


def see(name, globals=None, locals=None, fromlist=(), level=0):
    package = (globals or {{}}).get("__package__") or ""
    if package.partition(".")[0] == "course":
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
        if name in seen:
            return seen[name]
    return real_import(name, globals, locals, fromlist, level)


builtins.__import__ = see
importlib.util.find_spec = lambda name, package=None: None if name in MODULES else real_find_spec(name, package)
"""


def run(
    system: str, folder: Path, *words: str, cwd: Path = REPOSITORY, timeout_s: float = 300, code: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `course`, or some code, as on "darwin" or "win32". folder: where the prelude is written."""
    (folder / "sitecustomize.py").write_text(PRELUDE.format(system=system))
    path = os.pathsep.join([str(folder), str(REPOSITORY)])
    return subprocess.run(
        [sys.executable, *(("-c", code) if code else ("-m", "course.cli", *words))],
        cwd=cwd,
        # no lock shows there that a folder is in use: where other tests leave theirs it would be removed
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200", "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=timeout_s,
    )
