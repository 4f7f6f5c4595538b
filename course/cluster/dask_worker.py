"""What runs on a machine of a cluster: its own fork servers, and the questions of the lessons at hand.

The grader (`course.cluster.scheduler`) calls `presence` and `run` by name, as tasks of a Dask worker. Bytes come and
bytes go: neither the gradebook nor a shared disk is needed here, and nothing that student code made is unpickled.
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

# All of the course that runs on such a machine.
SOURCES = ("__init__.py", "dataset.py", "errors.py", "runner", "sandbox", "cluster")
PACKAGES = ("numpy", "torch", "safetensors", "distributed")
# Several graders may be at work at once, each with a few lessons; a lesson's questions are some megabytes.
MAX_LESSONS = 12

_pool = Pool()
_asked: dict[str, Questions] = {}
_lock = threading.Lock()


def versions() -> dict[str, str]:
    """Return what has to be equal where answers shall be: the course's own sources, Python, its packages."""
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


# A Dask worker lives long: what it has is what was there when it began, even if the files have changed since.
_BEGAN_WITH = versions()


def presence() -> dict[str, Any]:
    """Tell what this machine has: versions, whether its files are others by now, and what its Dask worker offers."""
    from distributed import get_worker

    # new fork servers would be other ones than those that wait
    outdated = versions() != _BEGAN_WITH
    return {"versions": _BEGAN_WITH, "outdated": outdated, "resources": dict(get_worker().state.total_resources)}


def run(digest: str, packed: bytes, torch: bool, asked: bytes | None = None) -> bytes | None:
    """Run a packed job in a fork server of this machine; return its packed result.

    digest names the questions. Where they are not known, None comes back, and the caller sends them with the job.
    Raises what `Pool.run` raises.
    """
    questions = _questions(digest, asked)
    return None if questions is None else _pool.run(Job.unpack(packed, questions), torch=torch).pack()


def _questions(digest: str, asked: bytes | None) -> Questions | None:
    """Return the questions of this name: always the same object, so that a fork server is told them once."""
    with _lock:
        if digest not in _asked and asked is not None:
            while len(_asked) >= MAX_LESSONS:
                _asked.pop(next(iter(_asked)))
            _asked[digest] = unpack_questions_by_name(asked)
        return _asked.get(digest)
