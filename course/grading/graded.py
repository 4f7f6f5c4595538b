"""What became of a submission, and when it was handed in."""

from __future__ import annotations

import datetime
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from course.grading.reading import NotPlain, read_plainly
from course.language import say

TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Graded:
    """What became of one submission, as told in the summary and in `--json`.

    to_look_at: what answers that are to be by hand reach for, which costs no points.
    status: "graded", "repaired", "unreadable", "timed_out", "out_of_memory", "crashed" or "failed" (not graded).
    wrong: what `noted` says of each exercise that was attempted and did not pass.
    """

    lesson: str
    student: str
    status: str
    score: float = 0.0
    max_score: float = 0.0
    outcomes: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    to_look_at: tuple[str, ...] = ()
    seed: int = 0
    skipped: bool = False
    total_seconds_late: float = 0.0
    late_submission_penalty: float = 0.0
    wrong: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def needs_a_look(self) -> bool:
        return self.status != "graded" or "refused" in self.outcomes.values() or bool(self.to_look_at)


def read_timestamp(folder: Path) -> tuple[datetime.datetime | None, list[str]]:
    """Read when a submission was handed in; one that cannot be read is told and left out."""
    path = folder / TIMESTAMP
    if not os.path.lexists(path):
        return None, []
    text: bytes | None = None
    with suppress(OSError, NotPlain):
        text = read_plainly(path, 1000)
    stamp = time_of(text or b"")
    cannot_be_read = text is None or (stamp is None and text.strip())
    return stamp, [say("its timestamp cannot be read")] if cannot_be_read else []


def time_of(text: bytes) -> datetime.datetime | None:
    """Return the time, in UTC, that the text of a timestamp says; None where it says none."""
    from nbgrader.utils import parse_utc  # type: ignore[import-untyped]  # nbgrader ships no types

    with suppress(ValueError, OverflowError):
        said = text.decode()[:100].strip()
        stamp: datetime.datetime | None = parse_utc(said) if said else None
        return stamp
    return None
