"""Input and output of the sandbox: plain data only."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from course.runner import Answer, Failure, Options, Question, head_end, pack_answers, pack_questions, unpack_questions
from course.runner.devices import CPU
from course.sandbox.decode import received
from course.sandbox.messages import join, parts, split


@dataclass(frozen=True)
class Limits:
    """Resource limits of one submission.

    cell_s, answer_s: wall-clock time of one cell and of all of one exercise's questions; total_s: of the submission.
    memory_mib: memory of all its processes, beyond what the zygote holds. disk_mib: size of its private folder.
    processes: number of processes, counting all their threads. output_kib: text kept for each cell.
    device_share: share of the memory of a device other than the CPU.
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
    """A cell of a submission: code to run, or (if `ask` names an exercise) the place to ask its questions.

    graded: whether this is the instructor's code, whose last value or exception scores the cell. provided: whether it
    is a right answer that stands in for the student's.
    """

    name: str
    source: str = ""
    ask: str = ""
    graded: bool = False
    provided: bool = False

    @property
    def sealed(self) -> bool:
        """Whether students must not read it: it reaches the process that runs their code only when its turn comes."""
        return self.graded or self.provided


Questions = dict[str, tuple[Question, ...]]


@dataclass(frozen=True)
class Job:
    """A submission as a worker sees it: cells in order, and the questions of each exercise that is asked.

    The questions are sent separately, once for all submissions that are asked the same.
    confined: False only where there is nothing to protect, as when students try their own code.
    files: files beside the notebook, by relative path; written into the private folder.
    device: the device it may use besides the CPU, such as "cuda".
    """

    cells: tuple[Cell, ...]
    questions: Questions = field(default_factory=dict)
    limits: Limits = DEFAULT
    confined: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    device: str = CPU

    def pack(self, *, sealed: bool = False) -> bytes:
        """Serialize everything except the questions.

        sealed: leave out the sources of sealed cells as well, which are sent separately.
        """
        cells = [replace(c, source="") if sealed and c.sealed else c for c in self.cells]
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
    """Serialize the questions of several exercises."""
    return join(list(questions), [pack_questions(list(q)) for q in questions.values()])


def unpack_questions_by_name(blob: bytes) -> Questions:
    names, packed = split(blob)
    return {name: tuple(unpack_questions(q)) for name, q in zip(names, packed, strict=True)}


def with_other_numbers(question: Question) -> Question:
    """Return a question of the same names, shapes and dtypes, with random floating-point numbers."""
    rng = np.random.default_rng(0)
    inputs = {n: rng.random(a.shape) if a.dtype.kind == "f" else a for n, a in question.inputs.items()}
    seeds: Options = {"rng": 0} if "rng" in question.options else {}
    return replace(question, inputs=inputs, options={**question.options, **seeds})


@dataclass(frozen=True)
class CellResult:
    """The result of running one cell.

    status: "done", "raised", "refused" (it used autograd where that is removed), "crashed", "timed_out",
        "out_of_memory", "too_many_processes" or "not_run".
    text: what it printed. error: what it raised, as "TYPE: MESSAGE". line, line_number: where in the cell it raised.
    value: for a graded cell, the value of its last expression as text; "" for None.
    """

    status: str
    text: str = ""
    error: str = ""
    line: str = ""
    line_number: int = 0
    value: str = ""


class Packed(Sequence[Answer]):
    """Answers in the bytes they came in, deserialized only on access, that is, where they are judged.

    Access raises ValueError, KeyError or TypeError if the bytes are not answers.
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
        """The failures of the answers; blobs without any, which is nearly all of them, are not deserialized."""
        told = (blob for blob in self.blobs if blob.find(b"line_number", 0, head_end(blob)) > 0)
        return (answer.failure for blob in told for answer in received(blob) if answer.failure is not None)


def packed(answers: Sequence[Answer]) -> Packed:
    return answers if isinstance(answers, Packed) else Packed([pack_answers(list(answers))])


@dataclass(frozen=True)
class RunResult:
    """The result of running a job: results by cell name, answers by exercise, resources used.

    status: "done", or why the run was cut short: "timed_out", "out_of_memory", "too_many_processes", "crashed".
    """

    status: str
    cells: dict[str, CellResult] = field(default_factory=dict)
    answers: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    resources: dict[str, float] = field(default_factory=dict)

    @property
    def failures(self) -> list[Failure]:
        """The failures of all answers, in order."""
        return [failure for given in self.answers.values() for failure in packed(given).failures]

    @property
    def device_failed(self) -> bool:
        """Whether the device failed while questions were asked, which says nothing about the answers."""
        return any(failure.kind == "device" for failure in self.failures)

    def pack(self) -> bytes:
        answers = {name: packed(given).blobs for name, given in self.answers.items()}
        return b"".join(result_parts(self.status, self.cells, answers, self.resources))

    @classmethod
    def unpack(cls, blob: bytes) -> RunResult:
        """Deserialize the result of a run.

        Raises ValueError, KeyError or TypeError for any other bytes.
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
    """Serialize the result of a run, in parts; its answers are packed already, one or several to a blob."""
    head = {
        "status": status,
        "cells": {k: vars(c) for k, c in cells.items()},
        "asked": [[name, len(blobs)] for name, blobs in answers.items()],
        "resources": resources,
    }
    return parts(head, [blob for blobs in answers.values() for blob in blobs])


def with_cell_errors(cell: CellResult | None, answers: Sequence[Answer]) -> Sequence[Answer]:
    """Replace the failures "undefined" and "died" with the error of the defining cell."""
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
