"""What a worker is given and what it gives back: data only."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from course.asking import Answer, Failure, Question, pack_answers, pack_questions, unpack_answers, unpack_questions


@dataclass(frozen=True)
class Limits:
    """What one submission may use up.

    cell_s, answer_s: wall-clock time of one cell and of all of one exercise's questions; total_s: of the submission.
    memory_mib: beyond what the warm process holds, over all its processes. disk_mib: of its private folder.
    output_kib: of text kept for each cell.
    """

    cell_s: float = 20.0
    answer_s: float = 10.0
    total_s: float = 120.0
    memory_mib: int = 1024
    disk_mib: int = 64
    processes: int = 64
    output_kib: int = 64


DEFAULT = Limits()


@dataclass(frozen=True)
class Cell:
    """A cell of a submission: code to run, or (where `ask` names an exercise) the place to ask its questions."""

    name: str
    source: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Program:
    """A submission as a worker sees it: cells in order, and each asked exercise's questions.

    confined: False only where there is nothing to protect, as when students try their own code.
    """

    cells: tuple[Cell, ...]
    questions: dict[str, tuple[Question, ...]] = field(default_factory=dict)
    limits: Limits = DEFAULT
    confined: bool = True

    def pack(self) -> bytes:
        rest = {
            "cells": [asdict(c) for c in self.cells],
            "questions": {k: base64.b64encode(pack_questions(list(q))).decode() for k, q in self.questions.items()},
            "limits": asdict(self.limits),
            "confined": self.confined,
        }
        return json.dumps(rest).encode()

    @classmethod
    def unpack(cls, blob: bytes) -> Program:
        rest = json.loads(blob)
        return cls(
            tuple(Cell(**c) for c in rest["cells"]),
            {k: tuple(unpack_questions(base64.b64decode(q))) for k, q in rest["questions"].items()},
            Limits(**rest["limits"]),
            rest["confined"],
        )


@dataclass(frozen=True)
class CellResult:
    """What came of one cell: "done", "raised", "crashed", "timed_out", "out_of_memory" or "not_run"."""

    status: str
    text: str = ""
    error: str = ""


@dataclass(frozen=True)
class Transcript:
    """All that a worker saw: results by cell name, answers by exercise, resources used.

    status: "done", or why the whole was cut short: "timed_out", "out_of_memory", "too_many_processes", "crashed".
    """

    status: str
    cells: dict[str, CellResult] = field(default_factory=dict)
    answers: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    resources: dict[str, float] = field(default_factory=dict)

    def pack(self) -> bytes:
        rest: dict[str, Any] = {
            "status": self.status,
            "cells": {k: asdict(c) for k, c in self.cells.items()},
            "answers": {k: base64.b64encode(pack_answers(list(a))).decode() for k, a in self.answers.items()},
            "resources": self.resources,
        }
        return json.dumps(rest).encode()

    @classmethod
    def unpack(cls, blob: bytes) -> Transcript:
        rest = json.loads(blob)
        return cls(
            rest["status"],
            {k: CellResult(**c) for k, c in rest["cells"].items()},
            {k: tuple(unpack_answers(base64.b64decode(a))) for k, a in rest["answers"].items()},
            rest["resources"],
        )


def told_by_cell(cell: CellResult | None, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Let an exercise whose own cell failed say so, instead of being merely undefined."""
    if cell is None or cell.status in ("done", "not_run"):
        return answers
    kinds = {"timed_out": "timed_out", "raised": "raised", "out_of_memory": "too_large"}
    type_name, _, message = cell.error.partition(": ")
    failure = Failure(kinds.get(cell.status, "died"), type_name, message)
    return tuple(
        Answer(failure=failure) if a.failure is not None and a.failure.kind in ("undefined", "died") else a
        for a in answers
    )
