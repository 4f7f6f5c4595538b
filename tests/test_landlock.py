"""Landlock in each of its versions: what each right allows, and the whole sandbox with it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from course.building.built_notebooks import REPOSITORY
from course.sandbox import landlock

HERE = landlock.abi() if sys.platform == "linux" else 0
VERSIONS = range(1, min(HERE, 6) + 1)


def in_a_child(work: Callable[[], object]) -> object:
    """Run `work` in a forked process, which may give up its rights, and return its result or its traceback."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            try:
                said = json.dumps(work())
            except Exception:
                said = json.dumps(traceback.format_exc())
            os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return json.loads(said)


def possible(folder: Path) -> set[str]:
    """Return the operations that succeed on a folder that holds a file, a program and folders."""

    def bind() -> None:
        os.chdir(folder)  # a socket's path must be short
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")

    ways: dict[str, Callable[[], object]] = {
        "read": lambda: (folder / "file").read_bytes(),
        "list": lambda: os.listdir(folder),
        "run": lambda: subprocess.run([folder / "program"], check=True),
        "write": lambda: (folder / "file").open("r+b").close(),
        "truncate": lambda: os.truncate(folder / "file", 0),
        "make a file": lambda: (folder / "new").touch(),
        "make a folder": lambda: (folder / "new folder").mkdir(),
        "make a link": lambda: (folder / "link").symlink_to("file"),
        "make a pipe": lambda: os.mkfifo(folder / "pipe"),
        "make a socket": bind,
        "make a device": lambda: os.mknod(folder / "null", 0o20600, os.makedev(1, 3)),
        "move into a folder": lambda: os.rename(folder / "moved", folder / "folder" / "moved"),
        "remove a file": lambda: (folder / "file").unlink(),
        "remove a folder": lambda: (folder / "empty").rmdir(),
    }
    found = set()
    for name, way in ways.items():
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            way()
            found.add(name)
    return found


READING = {"read", "list", "run"}
MOVING = "move into a folder"


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    made = {}
    for name in ("readable", "writable", "outside"):
        made[name] = tmp_path / name
        (made[name] / "folder").mkdir(parents=True)
        (made[name] / "empty").mkdir()
        (made[name] / "moved").touch()
        (made[name] / "file").write_text("text")
        (made[name] / "program").write_text("#!/bin/sh\n")
        (made[name] / "program").chmod(0o755)
    return made


@pytest.mark.skipif(HERE == 0, reason="this kernel has no Landlock")
@pytest.mark.parametrize("version", VERSIONS)
def test_each_right_is_given_where_it_is_granted_and_nowhere_else(
    version: int, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(landlock.AT_MOST, str(version))

    def work() -> dict[str, list[str]]:
        system = [path for path in ("/usr", "/bin", "/lib", "/lib64") if os.path.exists(path)]
        landlock.restrict(
            landlock.ruleset([str(folders["readable"]), *system], [str(folders["writable"]), "/dev/null"])
        )
        return {name: sorted(possible(folder)) for name, folder in folders.items()}

    free = possible(folders["outside"])  # an ordinary user cannot make a device
    for path in (folders["outside"] / "new", folders["outside"] / "socket"):
        path.unlink()
    (folders["outside"] / "file").write_text("text")
    found = in_a_child(work)
    assert isinstance(found, dict), found
    # what only newer versions control is left to other layers of the sandbox (truncating), or always refused (moving)
    left = {"truncate"} if version < 3 else set()
    assert set(found["readable"]) == READING | left
    assert set(found["outside"]) == left
    assert set(found["writable"]) == free - ({MOVING} if version < 2 else set())


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")
def test_the_whole_sandbox_holds_with_every_version_and_with_none() -> None:
    versions = [0, *VERSIONS]
    program = (
        "import dataclasses, json, os\n"
        "from course.sandbox import landlock, selftest, trial\n"
        "from course.sandbox.preparation import prepare\n"
        "prepared = prepare(with_torch=False)\n"
        f"for version in {versions}:\n"
        "    os.environ[landlock.AT_MOST] = str(version)\n"
        "    prepared = dataclasses.replace(prepared, mechanisms=trial.find())\n"
        "    print(json.dumps([prepared.mechanisms.landlock, selftest.missing(prepared)]))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert dict(json.loads(line) for line in run.stdout.splitlines()) == dict.fromkeys(versions, {})
