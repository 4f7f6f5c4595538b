"""The files that student code may read: Python, the packages of the environment, the system's libraries."""

from __future__ import annotations

import functools
import os
import site
import sys
import sysconfig
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]

# Packages hidden from student code: the course itself (questions and right answers) and the grader.
HIDDEN = ("course", "nbgrader", "__editable__")

OF_PACKAGES = ("site-packages", "dist-packages")

# Packages with torch's own files: without them, no second Python can import what was removed from the first.
TORCH = ("torch", "functorch", "torchgen", "libtorch")

# Packages hidden where gradients are to be written by hand: those that compute them, torch's and others', and cffi,
# which reads memory and calls functions by address, as ctypes does.
NOT_BY_HAND = (
    *(*TORCH, "jax", "tensorflow", "keras", "autograd", "tinygrad", "mxnet", "paddle", "pytensor", "casadi", "sympy"),
    *("cffi", "_cffi_backend"),
)

FILES = (
    *("/etc/ld.so.cache", "/etc/localtime", "/dev/urandom", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo"),
    *("/sys/devices/system/cpu", "/usr/share/fonts", "/etc/fonts", "/usr/share/zoneinfo", "/usr/bin", "/bin"),
)


def readable_paths(hidden: tuple[str, ...] = HIDDEN) -> list[str]:
    """Return the paths that student code may read.

    Of package folders, only the environment's own are included, without the hidden packages: another Python on the
    machine may have packages that the lesson is to do without.
    hidden: prefixes of the names of hidden packages.
    """
    libraries = _libraries()
    own = _own_packages()
    # a clone inside a readable folder stays hidden, too
    excluded = {*own, *_foreign_packages(libraries), CLONE}
    paths = {path for library in libraries for path in _all_but(library, excluded)}
    for entry in [entry for folder in own for entry in _entries(folder) if not entry.name.startswith(hidden)]:
        paths |= _all_but(entry, own)
    found = sorted(str(p) for p in paths if p.exists() and not p.is_relative_to(CLONE / "course"))
    return found + [path for path in FILES if os.path.exists(path)]


def _libraries() -> frozenset[Path]:
    """Return the library folders, Python's own and the system's, none inside another."""
    python = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), os.path.join(sys.base_prefix, "lib"))
    found = {Path(p).resolve() for p in (*python, "/usr/lib", "/lib", "/lib64") if os.path.isdir(p)}
    return frozenset(p for p in found if not any(p.is_relative_to(other) for other in found - {p}))


def _own_packages() -> set[Path]:
    """Return the environment's package folders, and the folders inside them that a .pth file adds to the path."""
    packages = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    own = {Path(p).resolve() for p in packages if os.path.isdir(p)}
    return own | {p for p in _on_the_path() if any(p.is_relative_to(folder) for folder in own)}


def _on_the_path() -> set[Path]:
    return {Path(p).resolve() for p in sys.path if p and os.path.isdir(p)}


@functools.cache
def _foreign_packages(libraries: frozenset[Path]) -> frozenset[Path]:
    """Return the package folders inside libraries, by name, and the folders that a .pth file adds to the path."""
    found: set[Path] = set()
    for library in libraries:
        for folder, inside, _ in os.walk(library):
            found |= {Path(folder, name) for name in inside if name in OF_PACKAGES}
            inside[:] = [name for name in inside if name not in OF_PACKAGES]  # they are large
    python = [Path(sysconfig.get_path(kind)).resolve() for kind in ("stdlib", "platstdlib")]
    return frozenset(found | {p for p in _on_the_path() if not any(p.is_relative_to(folder) for folder in python)})


def _all_but(folder: Path, excluded: set[Path]) -> set[Path]:
    """Return a folder or, if anything excluded is below it, the entries below it that are not excluded."""
    if folder in excluded:
        return set()
    if not any(e.is_relative_to(folder) for e in excluded):
        return {folder}
    # the target of a link is granted under its own path, or not at all
    return {path for entry in _entries(folder) if not entry.is_symlink() for path in _all_but(entry, excluded)}


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # the grader may not read it, so neither may student code
        return []
