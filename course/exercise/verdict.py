"""What a check found: outcome, points, the evidence row by row, and at most one named mistake."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from course.exercise.compare import RowResult
from course.runner import Failure

Outcome = Literal["pass", "fail", "not_attempted", "crashed", "not_run", "timed_out", "refused"]

# Ideas that had several ids: stored results keep the old one, and are shown under the new one.
RENAMED = {
    "squares-subtracted": "difference-of-squares",
    "root-of-loss": "root-of-mean",
    "h-clipped-above": "relu-capped",
}


@dataclass(frozen=True)
class Returned:
    """What came back for the first wrong quantity; nothing of it says what is right.

    shape: in words, "" for one number. n_off: entries that differ from what is right, of `size`.
    grid: where, a row of 0 and 1 (differs) for each row of entries; () where all differ, or none can be compared.
    block: rows and columns of entries that one mark of the grid stands for.
    low, high: the lowest and the highest number; with `in_order` the first and the last. bars: what lies between them.
    """

    shape: str
    size: int
    n_off: int = 0
    grid: tuple[str, ...] = ()
    block: tuple[int, int] = (1, 1)
    n_nan: int = 0
    n_infinite: int = 0
    low: float | None = None
    high: float | None = None
    bars: str = ""
    in_order: bool = False


@dataclass(frozen=True)
class Verdict:
    """The evidence a message is made from; the same for a terminal, a notebook and the class report.

    rows: every quantity in the order of computation; those after the first wrong one are left out of messages.
    where: in words, the question it went wrong in, e.g. "n=5, d_in=7, float32".
    mistake, hint: id of the one named mistake and its line to the student; None and "" where the numbers prove none.
    section: heading of the lesson to read again.
    blocked_by: for `not_run`, the exercises that have to pass first.
    question: which of the questions it went wrong in, counted from 0; the first for a pass.
    remark: what else is to be told, whatever the outcome, as a sentence.
    pattern: where or by how much the first wrong quantity is off, as a sentence; returned: what came back for it.
    """

    exercise: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    rows: tuple[RowResult, ...] = ()
    where: str = ""
    mistake: str | None = None
    hint: str = ""
    section: str = ""
    failure: Failure | None = None
    problem: str = ""
    blocked_by: tuple[str, ...] = ()
    printed: str = ""
    question: int = 0
    remark: str = ""
    pattern: str = ""
    returned: Returned | None = None

    @property
    def passed(self) -> bool:
        return self.outcome == "pass"

    @property
    def first_wrong(self) -> RowResult | None:
        return next((row for row in self.rows if not row.ok), None)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data, for storing."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Verdict:
        """Read back what `as_dict` gave, also after a journey through JSON."""
        rows = tuple(RowResult(**row) for row in data["rows"])
        failure = None if data["failure"] is None else Failure(**data["failure"])
        mistake = RENAMED.get(data["mistake"], data["mistake"])
        returned = data.get("returned")
        if returned is not None:
            returned = Returned(**{**returned, "grid": tuple(returned["grid"]), "block": tuple(returned["block"])})
        blocked_by = tuple(data["blocked_by"])
        changed = {"rows": rows, "failure": failure, "mistake": mistake, "blocked_by": blocked_by, "returned": returned}
        return cls(**{**data, **changed})
