"""What a warm process has ready for the forks that run submissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.worker.withdrawal import Withdrawal


@dataclass(frozen=True)
class Surroundings:
    """What a warm process has ready for every submission.

    readable, readable_by_hand: paths student code may read; where gradients are written by hand torch's files are not
    among them. withdrawal: takes autograd out of a process; None where there is no torch.
    """

    shell: Any
    readable: list[str]
    readable_by_hand: list[str]
    withdrawal: Withdrawal | None = None
