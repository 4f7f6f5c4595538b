"""What grading remembers between runs: seeds, transcripts and what is done, each in a file of its own.

A file is written beside its place and moved there whole, so that a kill at any moment leaves it old or new.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from course.grading.submission import Submission
from course.worker import Transcript

# Part of every key: raised when what a transcript holds changes its meaning.
FORMAT = 1


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest_of(submission: Submission, lesson: str, device: str) -> str:
    """Return a name for what is to be run: equal content has an equal name, whoever handed it in."""
    cells = [[c.cell_type, c.metadata.get("nbgrader", {}).get("grade_id", ""), c.source] for c in submission.cells]
    text = json.dumps([FORMAT, lesson, device, submission.unreadable, cells], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Store:
    """The folder .course/grading of a course."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ".course" / "grading"

    def seed(self, digest: str, *, fresh: bool = False) -> int:
        """Return the seed of a submission's questions: drawn once, then kept, so that a grade can be explained.

        fresh: draw another one, for a regrade that is to ask anew.
        """
        path = self.folder / "seeds" / digest[:2] / digest
        if not fresh:
            try:
                return int(path.read_text())
            except (OSError, ValueError):
                pass
        seed = secrets.randbelow(2**31)
        write_whole(path, str(seed).encode())
        return seed

    def _transcript(self, digest: str, seed: int) -> Path:
        return self.folder / "transcripts" / digest[:2] / f"{digest}-{seed}"

    def transcript(self, digest: str, seed: int) -> Transcript | None:
        """Return what was seen when this was run with this seed, if it was."""
        try:
            return Transcript.unpack(self._transcript(digest, seed).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, digest: str, seed: int, transcript: Transcript) -> None:
        write_whole(self._transcript(digest, seed), transcript.pack())

    def _done(self, lesson: str, student: str) -> Path:
        return self.folder / "done" / lesson / f"{student}.json"

    def done(self, lesson: str, student: str) -> dict[str, Any] | None:
        """Return the record of a submission's last grading."""
        try:
            record: dict[str, Any] = json.loads(self._done(lesson, student).read_bytes())
        except (OSError, ValueError):
            return None
        return record

    def mark_done(self, lesson: str, student: str, record: dict[str, Any]) -> None:
        write_whole(self._done(lesson, student), json.dumps(record, ensure_ascii=False, indent=1).encode())
