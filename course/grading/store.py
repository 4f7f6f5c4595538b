"""What grading remembers between runs: seeds, transcripts and what is done, each in a file of its own.

A file is written beside its place and moved there whole, so that a kill at any moment leaves it old or new.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Kept:
    """A transcript with the seed of its questions and a digest of them: if they changed, it answers others."""

    seed: int
    asked: str
    transcript: Transcript


class Store:
    """The folder .course/grading of a course."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ".course" / "grading"

    def begin(self, lessons: Iterable[str]) -> dict[str, int]:
        """Return the seeds of a grading run: fresh ones, or those of a run that was interrupted and now goes on."""
        run = self._run()
        if not run.get("open"):
            run = {"open": True, "seeds": {}}
        for lesson in lessons:
            run["seeds"].setdefault(lesson, secrets.randbelow(2**31))
        write_whole(self.folder / "run.json", json.dumps(run).encode())
        return dict(run["seeds"])

    def end(self) -> None:
        """Note that a run came to its end: the next one asks with other seeds."""
        write_whole(self.folder / "run.json", json.dumps({**self._run(), "open": False}).encode())

    def _run(self) -> dict[str, Any]:
        try:
            run: dict[str, Any] = json.loads((self.folder / "run.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return run

    def _transcript(self, digest: str) -> Path:
        return self.folder / "transcripts" / digest[:2] / digest

    def transcript(self, digest: str) -> Kept | None:
        """Return what was seen when this was last run, if it was."""
        try:
            head, _, body = self._transcript(digest).read_bytes().partition(b"\n")
            kept = json.loads(head)
            return Kept(int(kept["seed"]), str(kept["asked"]), Transcript.unpack(body))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, digest: str, kept: Kept) -> None:
        head = json.dumps({"seed": kept.seed, "asked": kept.asked}).encode()
        write_whole(self._transcript(digest), head + b"\n" + kept.transcript.pack())

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
