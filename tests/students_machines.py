"""Environments as students have them: without the course, with the oldest supported packages or the pinned ones.

For x86 Linux the oldest torch exists only as a CUDA build, which requires 2.5 GB of NVIDIA's libraries. Only torch is
installed: stub libraries of the same names, whose functions all return "no device", replace NVIDIA's. CPU computations
use torch's own code.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement

from course.building.built_notebooks import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Functions of the libraries that CUDA builds require; they all return a status.
OF_NVIDIA = re.compile(r"(?:__)?(?:cu|nccl|nvtx)\w+")
NO_DEVICE = 100
# Requirements of torch that no lesson needs: NVIDIA's libraries, and a compiler for their GPUs.
LEFT_OUT = re.compile(r"nvidia|triton")


def floor(name: str) -> str:
    """Return the oldest version of a package that pyproject.toml allows."""
    lines = [*PROJECT["dependencies"], *(line for e in PROJECT["optional-dependencies"].values() for line in e)]
    (found,) = {next(iter(r.specifier)).version for r in map(Requirement, lines) if r.name == name}
    return str(found)


def oldest(root: Path) -> str:
    """Create an environment with the oldest NumPy, Jinja, IPython and Matplotlib allowed; return its Python."""
    python = _environment(root)
    _install(python, *(f"{name}=={floor(name)}.*" for name in ("jinja2", "numpy", "ipython", "matplotlib")))
    return python


def newest(root: Path) -> str:
    """Create an environment with every package installed here except the course; return its Python."""
    python = _environment(root, "--without-pip")
    (root / "host").mkdir()
    for path in Path(nbformat.__file__).parents[1].iterdir():
        if not re.match(r"course|__editable__|.*\.pth$", path.name):
            (root / "host" / path.name).symlink_to(path)
    (_packages(root) / "host.pth").write_text(str(root / "host"))
    return python


def add_oldest_torch(root: Path, python: str) -> None:
    """Install the oldest torch that pyproject.toml allows. Without a compiler, skip the test, or on CI fail it."""
    if sys.platform == "linux" and not shutil.which("gcc"):
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no compiler here, so no older torch was tried: apt install gcc")
    _install(python, "--no-deps", f"torch=={floor('torch')}.*")
    ask = "from importlib.metadata import requires; print(*requires('torch'), sep='\\n')"
    asked = map(Requirement, subprocess.check_output([python, "-c", ask], text=True).splitlines())
    here = [r for r in asked if not LEFT_OUT.match(r.name) and (r.marker is None or r.marker.evaluate({"extra": ""}))]
    _install(python, *(f"{r.name}{r.specifier}" for r in here))
    if sys.platform == "linux":
        _stand_in(_packages(root) / "torch" / "lib")


def _environment(root: Path, *words: str) -> str:
    subprocess.run([sys.executable, "-m", "venv", *words, root], check=True)
    return str(root / ("Scripts" if os.name == "nt" else "bin") / "python")


def _install(python: str, *words: str) -> None:
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-compile", *words], check=True)


def _packages(root: Path) -> Path:
    (found,) = {path.resolve() for path in root.rglob("site-packages")}
    return found


def _stand_in(libraries: Path) -> None:
    """Compile stubs for the libraries that those in a folder need and this machine lacks."""
    there = sorted(str(path) for path in libraries.glob("*.so*"))
    needed = subprocess.check_output(["ldd", *there], text=True)
    wanted = subprocess.check_output(["nm", "--dynamic", "--undefined-only", "--format=posix", *there], text=True)
    names = {line.partition(" ")[0].partition("@")[0] for line in wanted.splitlines()}
    source = "".join(f"int {name}(void) {{ return {NO_DEVICE}; }}\n" for name in names if OF_NVIDIA.fullmatch(name))
    for library in set(re.findall(r"(\S+) => not found", needed)):
        # torch requires symbols whose version is the library's name
        as_named = [f"-Wl,-soname={library}", "-Wl,--default-symver"]
        words = ["gcc", "-shared", "-nostdlib", "-fPIC", "-w", *as_named, "-x", "c", "-", "-o", libraries / library]
        subprocess.run(words, input=source, text=True, check=True)
