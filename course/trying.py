"""`course try`: one exercise's graded check on code in files, as grading would run it."""

from __future__ import annotations

import contextlib
import itertools
import json
import linecache
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.asking import Answer, ask
from course.building import reference_cells
from course.checks import Exercise, Verdict, as_line, judge
from course.errors import CourseError
from course.exercises import exercises_of, find
from course.grading.questions import computed_once
from course.worker import Cell, CellResult, Limits, Program, Transcript, Warm, told_by_cell

# Twice as many questions as one check cell asks: other sizes and values each time.
N_ROUNDS = 2
# A file is tried by the person who wrote it: shorter than grading, longer than any right answer takes.
LIMITS = Limits(cell_s=15, answer_s=15, total_s=60)
# What the notebook calls its data, so that code that reaches for it does not simply fail.
DATA_CELL = """
from course import same_draw
x, y, w1, w2 = same_draw()
"""


@dataclass(frozen=True)
class Tried:
    """One file with what came of it."""

    file: str
    verdict: Verdict

    def as_json(self) -> str:
        v = self.verdict
        return json.dumps(
            {
                "exercise": v.exercise,
                "file": self.file,
                "outcome": v.outcome,
                "points": v.points,
                "max_points": v.max_points,
                "mistake": v.mistake,
                "message": as_line(v),
            },
            ensure_ascii=False,
        )


def _cells_before(exercise: Exercise) -> list[Cell]:
    """Return the lesson's setup and the reference answers to its earlier exercises, as far as they are here.

    Students have no reference answers: then a file has to bring what it uses.
    """
    try:
        reference = reference_cells(exercise.lesson)
    except CourseError:
        return []
    names = [e.name for e in exercises_of(exercise.lesson)]
    earlier = names[: names.index(exercise.name)]
    cells = [Cell("setup", reference["setup"]), Cell("data", DATA_CELL)]
    return cells + [Cell(name, reference[name]) for name in earlier if name in reference]


def _verdict(exercise: Exercise, transcript: Transcript, questions: dict[str, tuple]) -> Verdict:
    """Judge all rounds as one: the questions of every round have to be answered right."""
    rounds = [
        judge(exercise, asked, told_by_cell(transcript.cells.get(exercise.name), transcript.answers[key]))
        for key, asked in questions.items()
    ]
    return min(rounds, key=lambda v: (v.passed, v.points))


class _Here:
    """Runs a program in this process: on systems without the worker's means a student's own code is tried so.

    Nothing is cut off here: code that never ends has to be stopped by hand.
    """

    def run(self, program: Program) -> Transcript:
        namespace: dict[str, Any] = {"__name__": "__main__"}
        cells: dict[str, CellResult] = {}
        answers: dict[str, tuple[Answer, ...]] = {}
        for cell in program.cells:
            if cell.ask:
                answers[cell.ask] = tuple(ask(namespace, q) for q in program.questions[cell.ask])
                continue
            file = f"<{cell.name}>"
            linecache.cache[file] = (len(cell.source), None, cell.source.splitlines(keepends=True), file)
            try:
                exec(compile(cell.source, file, "exec"), namespace)
                cells[cell.name] = CellResult("done")
            except Exception as error:
                cells[cell.name] = CellResult("raised", error=f"{type(error).__name__}: {error}")
        return Transcript("done", cells, answers)


def _runner(exercise: Exercise) -> contextlib.AbstractContextManager[Warm | _Here]:
    if sys.platform != "linux":
        return contextlib.nullcontext(_Here())
    return Warm(torch=not exercise.options.get("numpy_only"))


def try_sources(
    exercise: Exercise,
    sources: dict[str, str],
    *,
    device: str = "cpu",
    seed: int | None = None,
    n_rounds: int = N_ROUNDS,
) -> list[Tried]:
    """Try one exercise on each source text, given by file name.

    seed: of the questions; fresh ones by default. n_rounds: how often all of the exercise's questions are asked.
    """
    first = secrets.randbelow(2**31) if seed is None else seed
    questions = {f"{exercise.name}/{i}": tuple(exercise.questions(first + i, device=device)) for i in range(n_rounds)}
    judged = computed_once(exercise, itertools.chain(*questions.values()))
    before = _cells_before(exercise)
    asks = [Cell(f"check {key}", ask=key) for key in questions]
    tried = []
    with _runner(exercise) as runner:
        for file, source in sources.items():
            program = Program((*before, Cell(exercise.name, source), *asks), questions, LIMITS, confined=False)
            tried.append(Tried(file, _verdict(judged, runner.run(program), questions)))
    return tried


def try_files(exercise_id: str, files: list[Path], *, device: str = "cpu", as_json: bool = False) -> int:
    """Try one exercise on files and print one line for each; return 0 only if all pass.

    Raises CourseError for an exercise or a file that is not there.
    """
    exercise = find(exercise_id)
    sources = {}
    for file in files:
        try:
            sources[str(file)] = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
            raise CourseError(f"{file} cannot be read: {reason}.") from None
    passed = True
    for tried in try_sources(exercise, sources, device=device):
        verdict = tried.verdict
        passed = passed and verdict.passed
        if as_json:
            print(tried.as_json(), flush=True)
        else:
            mistake = f" [{verdict.mistake}]" if verdict.mistake else ""
            points = f"{verdict.points:g}/{verdict.max_points:g}"
            print(f"{tried.file}: {verdict.outcome} {points}{mistake} {as_line(verdict)}", flush=True)
    sys.stdout.flush()
    return 0 if passed else 1
