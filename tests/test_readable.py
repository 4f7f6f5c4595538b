"""Which installed packages student code may read: those of the environment, except the hidden ones."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest

from course.sandbox import readable
from course.sandbox.readable import HIDDEN, NOT_BY_HAND, readable_paths

TORCH = "torch/__init__.py"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fake machine with several Pythons: all but the environment's, `env`, are in one folder of libraries."""
    env = tmp_path / "env" / "lib" / "python3" / "site-packages"
    paths = {"stdlib": tmp_path / "lib" / "python3", "purelib": env}
    paths |= {"platstdlib": paths["stdlib"], "platlib": env}
    for file in ("lib/python3/os.py", "lib/libc.so", "env/lib/python3/site-packages/numpy/__init__.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.setattr(sysconfig, "get_path", lambda kind: str(paths[kind]))
    monkeypatch.setattr(readable.site, "getsitepackages", lambda: [str(env)])
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "place",
    [
        "lib/python3/site-packages",  # the base Python's own
        "lib/python2/dist-packages",
        "lib/site-packages",
        "lib/tools/python/lib/site-packages",
        "lib/vendor",  # named by a .pth file
        "env/lib/python3/site-packages",
        "env/lib/python3/site-packages/deep/vendor",  # the same, inside the environment
    ],
)
def test_a_torch_is_out_of_sight_wherever_it_lies(machine: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = machine / place
    (folder / TORCH).parent.mkdir(parents=True)
    (folder / TORCH).touch()
    if place.endswith("vendor"):
        monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    assert _granting(folder / TORCH, readable_paths((*HIDDEN, *NOT_BY_HAND))) == []


@pytest.mark.parametrize("file", ["sympy/__init__.py", "cffi/__init__.py", "_cffi_backend.cpython-311.so"])
def test_what_differentiates_or_calls_by_address_is_out_of_sight_by_hand_only(machine: Path, file: str) -> None:
    place = machine / "env/lib/python3/site-packages" / file
    place.parent.mkdir(exist_ok=True)
    place.touch()
    assert _granting(place, readable_paths(HIDDEN))
    assert _granting(place, readable_paths((*HIDDEN, *NOT_BY_HAND))) == []


def test_what_a_lesson_needs_can_be_read(machine: Path) -> None:
    (machine / "lib" / "python3" / "site-packages").mkdir()  # so that its siblings are granted one by one
    granted = readable_paths(HIDDEN)
    for file in ("lib/python3/os.py", "lib/libc.so", "env/lib/python3/site-packages/numpy/__init__.py"):
        assert _granting(machine / file, granted), file


def test_a_link_among_libraries_grants_nothing_elsewhere(machine: Path) -> None:
    (machine / "lib" / "python3" / "site-packages").mkdir()
    (machine / "home" / "torch").mkdir(parents=True)
    (machine / "lib" / "python3" / "linked").symlink_to(machine / "home")
    assert _granting(machine / "home" / "torch", readable_paths(HIDDEN)) == []


def _granting(file: Path, granted: list[str]) -> list[str]:
    """Return the granted paths that make a file readable, resolving links as the kernel does."""
    return [path for path in granted if file.resolve().is_relative_to(Path(path).resolve())]
