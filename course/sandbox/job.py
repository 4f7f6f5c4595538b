"""What the sandbox is given and what it gives back: data only."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from course.runner import Answer, Failure, Question, head_end, pack_answers, pack_questions, unpack_questions
from course.runner.devices import CPU
from course.sandbox.decode import received
from course.sandbox.messages import join, parts, split


@dataclass(frozen=True)
class Limits:
    """What one submission may use up.

    cell_s, answer_s: wall-clock time of one cell and of all of one exercise's questions; total_s: of the submission.
    memory_mib: beyond what the fork server holds, over all its processes. disk_mib: of its private folder.
    processes: with all their threads. output_kib: of text kept for each cell.
    device_share: of the memory of a device other than the CPU.
    """

    cell_s: float = 20.0
    answer_s: float = 10.0
    total_s: float = 120.0
    memory_mib: int = 1024
    device_share: float = 1.0
    disk_mib: int = 64
    processes: int = 64
    output_kib: int = 64


DEFAULT = Limits()


@dataclass(frozen=True)
class Cell:
    """A cell of a submission: code to run, or (where `ask` names an exercise) the place to ask its questions.

    graded: code of the instructor's whose last value or exception scores the cell. It may hold hidden tests, so it
    reaches the process that runs student code at its turn and not before.
    """

    name: str
    source: str = ""
    ask: str = ""
    graded: bool = False


Questions = dict[str, tuple[Question, ...]]


@dataclass(frozen=True)
class Job:
    """A submission as a worker sees it: cells in order, and each asked exercise's questions.

    The questions travel by themselves, once for all submissions that are asked the same.
    confined: False only where there is nothing to protect, as when students try their own code.
    files: what lies beside the notebook, by relative path; written into the private folder.
    device: which device it may use beside the CPU, such as "cuda".
    """

    cells: tuple[Cell, ...]
    questions: Questions = field(default_factory=dict)
    limits: Limits = DEFAULT
    confined: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    device: str = CPU

    def pack(self, *, sealed: bool = False) -> bytes:
        """Serialise all but the questions.

        sealed: and but the sources of graded cells, which go apart.
        """
        cells = [replace(c, source="") if sealed and c.graded else c for c in self.cells]
        head = {
            "cells": [vars(c) for c in cells],
            "limits": vars(self.limits),
            "confined": self.confined,
            "device": self.device,
            "files": list(self.files),
        }
        return join(head, list(self.files.values()))

    @classmethod
    def unpack(cls, blob: bytes, questions: Questions) -> Job:
        head, contents = split(blob)
        cells, limits = tuple(Cell(**c) for c in head["cells"]), Limits(**head["limits"])
        files = dict(zip(head["files"], contents, strict=True))
        return cls(cells, questions, limits, head["confined"], files, head["device"])


def pack_questions_by_name(questions: Questions) -> bytes:
    """Serialise the questions of several exercises."""
    return join(list(questions), [pack_questions(list(q)) for q in questions.values()])


def unpack_questions_by_name(blob: bytes) -> Questions:
    names, packed = split(blob)
    return {name: tuple(unpack_questions(q)) for name, q in zip(names, packed, strict=True)}


@dataclass(frozen=True)
class CellResult:
    """What came of one cell.

    status: "done", "raised", "refused" (it used autograd where there is none), "crashed", "timed_out",
        "out_of_memory" or "not_run".
    text: what it printed. error: what it raised, as "TYPE: MESSAGE". line, line_number: of the cell, where it did.
    value: of a graded cell, its last expression's value as text; "" for None.
    """

    status: str
    text: str = ""
    error: str = ""
    line: str = ""
    line_number: int = 0
    value: str = ""


class Packed(Sequence[Answer]):
    """Answers in the bytes they came in, which are read where they are looked at: where they are judged.

    Raises ValueError, KeyError or TypeError there for bytes that are no answers.
    """

    def __init__(self, blobs: Sequence[bytes]) -> None:
        self.blobs = tuple(blobs)  # each with one answer or several

    def __reduce__(self) -> tuple[Any, ...]:
        return Packed, (self.blobs,)

    @cached_property
    def _answers(self) -> tuple[Answer, ...]:
        return tuple(answer for blob in self.blobs for answer in received(blob))

    def __getitem__(self, i: Any) -> Any:
        return self._answers[i]

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def failures(self) -> Iterator[Failure]:
        """What went wrong; where nothing did, as nearly everywhere, no more is read than is needed to see that."""
        told = (blob for blob in self.blobs if blob.find(b"line_number", 0, head_end(blob)) > 0)
        return (answer.failure for blob in told for answer in received(blob) if answer.failure is not None)


def packed(answers: Sequence[Answer]) -> Packed:
    return answers if isinstance(answers, Packed) else Packed([pack_answers(list(answers))])


@dataclass(frozen=True)
class RunResult:
    """All that a worker saw: results by cell name, answers by exercise, resources used.

    status: "done", or why the whole was cut short: "timed_out", "out_of_memory", "too_many_processes", "crashed".
    """

    status: str
    cells: dict[str, CellResult] = field(default_factory=dict)
    answers: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    resources: dict[str, float] = field(default_factory=dict)

    @property
    def failures(self) -> list[Failure]:
        """What went wrong with answers, in order."""
        return [failure for given in self.answers.values() for failure in packed(given).failures]

    @property
    def device_failed(self) -> bool:
        """Whether a device failed that answers were asked on, which says nothing of them."""
        return any(failure.kind == "device" for failure in self.failures)

    def pack(self) -> bytes:
        answers = {name: packed(given).blobs for name, given in self.answers.items()}
        return b"".join(result_parts(self.status, self.cells, answers, self.resources))

    @classmethod
    def unpack(cls, blob: bytes) -> RunResult:
        """Read the result of a run back.

        Raises ValueError, KeyError or TypeError for bytes that are none.
        """
        head, blobs = split(blob)
        rest = iter(blobs)
        return cls(
            head["status"],
            {k: CellResult(**c) for k, c in head["cells"].items()},
            {k: Packed([*itertools.islice(rest, n)]) for k, n in head["asked"]},
            head["resources"],
        )


def result_parts(
    status: str, cells: dict[str, CellResult], answers: Mapping[str, Sequence[bytes]], resources: dict[str, float]
) -> list[bytes]:
    """Serialise the result of a run whose answers are packed already, one or several together."""
    head = {
        "status": status,
        "cells": {k: vars(c) for k, c in cells.items()},
        "asked": [[name, len(blobs)] for name, blobs in answers.items()],
        "resources": resources,
    }
    return parts(head, [blob for blobs in answers.values() for blob in blobs])


def with_cell_errors(cell: CellResult | None, answers: Sequence[Answer]) -> Sequence[Answer]:
    """Report the defining cell's error instead of "undefined"."""
    if cell is None or cell.status in ("done", "not_run"):
        return answers
    kinds = {"timed_out": "timed_out", "raised": "raised", "refused": "autograd", "out_of_memory": "too_large"}
    type_name, _, message = cell.error.partition(": ")
    if cell.status == "refused":
        type_name = message = ""
    failure = Failure(kinds.get(cell.status, "died"), type_name, message, cell.line, cell.line_number)
    return tuple(
        Answer(failure=failure) if a.failure is not None and a.failure.kind in ("undefined", "died") else a
        for a in answers
    )
