"""What the points of a submission depend on, as one name: where it is the same as before, nothing is graded anew."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import course
from course.grading.exchange import SECRET
from course.grading.folder import Task
from course.grading.graded import TIMESTAMP
from course.grading.handed_out import HandedOut
from course.grading.reading import MAX_FILE_BYTES, NotPlain, open_plainly
from course.grading.store import FORMAT
from course.language import LANGUAGES, using
from course.lessons.stated import Stated


def state_of(task: Task, handed_out: HandedOut, device: str) -> str:
    """Return a digest of all that a submission's points from checks depend on.

    What is taken off for being late is no part of it: that is worked out anew each time, and no student code runs.
    """
    graded = handed_out.graded(task.lesson)
    parts = [str(FORMAT).encode(), device.encode(), _judging(), repr(graded).encode()]
    parts += [handed_out.release(task.lesson, notebook).text for notebook in graded]
    parts.append(json.dumps(handed_out.reference(task.lesson)).encode())
    parts += [repr(part).encode() for part in handed_out.parts(task.lesson) if isinstance(part, Stated)]
    parts.append("\n".join(task.found).encode("utf-8", "backslashreplace"))
    for name, content in sorted(handed_out.files(task.lesson, task.folder)[0].items()):
        parts += [name.encode(), content]
    for path in (*(task.path_of(name) for name in graded), task.folder / TIMESTAMP, task.folder / SECRET):
        try:
            # One language, so that a terminal's makes no difference.
            with using(LANGUAGES[0]), open_plainly(path, MAX_FILE_BYTES) as file:
                parts.append(hashlib.file_digest(file, "sha256").digest())
        except (NotPlain, OSError) as reason:
            parts.append(f"- {reason}".encode("utf-8", "replace"))
    return hashlib.sha256(b"\0".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()


@cache
def _judging() -> bytes:
    """Return a digest of how answers are judged: when a check changes, all is judged anew from what was cached."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in judging_files())).digest()


def judging_files() -> list[Path]:
    """Return the files of the package on which a verdict and its words depend."""
    package = Path(course.__file__).parent
    rooms = [package / name for name in ("exercise", "judging", "lessons", "mistakes", "network", "runner")]
    files = (file for room in rooms for file in room.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted([*files, *package.glob("locale/*/*/*.mo"), package / "language.py", package / "dataset.py"])
