"""The part of grading that runs on each machine of a cluster, with its own fork servers and cached questions.

The grader (`course.cluster.scheduler`) calls `presence` and `run` by name, as tasks of a Dask worker. Jobs and results
are bytes: neither the gradebook nor a shared disk is needed here, and nothing that student code made is unpickled.
"""

from __future__ import annotations

import hashlib
import platform
import threading
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from course.sandbox.job import Job, Questions, unpack_questions_by_name
from course.sandbox.pool import Pool

# The parts of the course that run on such a machine.
SOURCES = (
    *("__init__.py", "atomic.py", "dataset.py", "errors.py", "language.py"),
    *("cluster", "figures", "runner", "sandbox"),
)
PACKAGES = ("numpy", "torch", "safetensors", "distributed")
# How many lessons' questions to cache: several graders may work at once, each with a few lessons of some megabytes.
MAX_LESSONS = 12

_pools: list[Pool] = []  # the only one, once a submission has come
_asked: dict[str, Questions] = {}
_lock = threading.Lock()


def versions() -> dict[str, str]:
    """Return what must match for equal answers: a digest of the course's sources, versions of Python and packages."""
    root = Path(__file__).parents[1]
    rooms = [root / name for name in SOURCES]
    files = sorted(f for room in rooms for f in (room.glob("*.py") if room.is_dir() else [room]))
    named = b"".join(f.relative_to(root).as_posix().encode() + b"\0" + _digest(f.read_bytes()) for f in files)
    found = {"course": _digest(named).hex()[:12], "Python": ".".join(platform.python_version_tuple()[:2])}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    return found


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# A Dask worker is long-lived: it keeps the versions that it started with, even if the files have changed since.
_BEGAN_WITH = versions()


def presence() -> dict[str, Any]:
    """Return this machine's versions at start-up, whether its files have changed since, and its worker's resources."""
    from distributed import get_worker

    # new fork servers would run other code than the idle ones
    outdated = versions() != _BEGAN_WITH
    return {"versions": _BEGAN_WITH, "outdated": outdated, "resources": dict(get_worker().state.total_resources)}


def run(digest: str, packed: bytes, torch: bool, asked: bytes | None = None) -> bytes | None:
    """Run a packed job in a fork server of this machine; return its packed result.

    digest: of the packed questions. If they are not cached here, return None; the caller then sends them as `asked`.
    Raises what `Pool.run` raises.
    """
    questions = _questions(digest, asked)
    return None if questions is None else _pool().run(Job.unpack(packed, questions), torch=torch).pack()


def _pool() -> Pool:
    """Return the pool of this machine; as many submissions use its device at once as its worker has GPUs to offer."""
    from distributed import get_worker

    with _lock:
        if not _pools:
            _pools.append(Pool(n_on_device=max(1, int(get_worker().state.total_resources.get("GPU", 1)))))
        return _pools[0]


def _questions(digest: str, asked: bytes | None) -> Questions | None:
    """Return the questions with this digest: always the same object, so that a fork server receives them once."""
    with _lock:
        if digest not in _asked and asked is not None:
            while len(_asked) >= MAX_LESSONS:
                _asked.pop(next(iter(_asked)))
            _asked[digest] = unpack_questions_by_name(asked)
        return _asked.get(digest)
