"""The result of a check: outcome, points, the evidence row by row, and at most one named mistake."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from course.exercise.compare import RowResult
from course.runner import Failure

Outcome = Literal["pass", "fail", "not_attempted", "crashed", "not_run", "timed_out", "refused"]

# Old ids of ideas, with the new ones: stored results keep the old id and are shown under the new one.
RENAMED = {
    "squares-subtracted": "difference-of-squares",
    "root-of-loss": "root-of-mean",
    "h-clipped-above": "relu-capped",
}


@dataclass(frozen=True)
class Returned:
    """A summary of the value returned for the first wrong quantity; it does not reveal the right value.

    shape: as text, "" for a single number. n_off: number of entries that differ from the right ones, out of `size`.
    grid: which entries differ, rows of 0 and 1 (differs); () if all or none differ, or they cannot be compared.
    block: number of rows and columns of entries that one mark of the grid stands for.
    low, high: lowest and highest number; with `in_order`, first and last. bars: histogram; in order, course.
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
    """The data that messages are made from; the same for a terminal, a notebook and the class report.

    rows: all quantities in the order of computation; messages leave out those after the first wrong one.
    where: the question that went wrong, in words, e.g. "n=5, d_in=7, float32".
    mistake, hint: id of the named mistake and its hint to the student; None and "" if the evidence shows none.
    section: heading of the lesson to read again.
    blocked_by: for `not_run`, the exercises that must pass first.
    question: index of the question that went wrong, from 0; for a pass, the first.
    remark: an additional sentence for the student, whatever the outcome.
    pattern: a sentence about where or by how much the first wrong quantity is off; returned: a summary of its value.
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
        """Return the verdict as plain data, for storage."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Verdict:
        """Create a verdict from the result of `as_dict`, also after a round trip through JSON."""
        rows = tuple(RowResult(**row) for row in data["rows"])
        failure = None if data["failure"] is None else Failure(**data["failure"])
        mistake = RENAMED.get(data["mistake"], data["mistake"])
        returned = data.get("returned")
        if returned is not None:
            returned = Returned(**{**returned, "grid": tuple(returned["grid"]), "block": tuple(returned["block"])})
        blocked_by = tuple(data["blocked_by"])
        changed = {"rows": rows, "failure": failure, "mistake": mistake, "blocked_by": blocked_by, "returned": returned}
        return cls(**{**data, **changed})
