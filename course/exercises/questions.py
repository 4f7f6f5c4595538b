"""The questions that the first four ways ask of code that computes: four, each showing what no other does."""

from __future__ import annotations

from typing import Any

from course.checks import Probe
from course.exercises.draws import ORIGINAL, SINGLE, drawn


def questions_of(make: Any, *, training: bool = False) -> tuple[Probe, ...]:
    """Return the questions for inputs that `make` draws.

    Inputs that are not contiguous show a `view`; float32 shows a dtype written in; ones show a lost axis; the
    notebook's sizes show what was tried on a few rows only.
    """
    steps: dict[str, Any] = {"steps": 4} if training else {}
    few: dict[str, Any] = {"steps": 3} if training else {}
    return (
        Probe("float64, and inputs that are not contiguous", drawn(make, strided=True, **steps)),
        Probe("float32", drawn(make, dtype="float32", **few)),
        Probe("one of everything: an axis of length 1 must not get lost", drawn(make, SINGLE, **few)),
        Probe("the notebook's own sizes", drawn(make, ORIGINAL, **few)),
    )
