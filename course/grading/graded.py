"""What became of a submission, and when it was handed in."""

from __future__ import annotations

import datetime
import os
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
    from nbgrader.utils import parse_utc  # type: ignore[import-untyped]  # nbgrader ships no types

    path = folder / TIMESTAMP
    if not os.path.lexists(path):
        return None, []
    try:
        text = read_plainly(path, 1000).decode()[:100].strip()
        stamp = parse_utc(text) if text else None
    except (ValueError, OverflowError, OSError, NotPlain):
        return None, [say("its timestamp cannot be read")]
    return stamp, []
