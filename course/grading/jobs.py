"""The questions of a run, the jobs that workers run, and how results of two runs are combined."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from nbformat.notebooknode import NotebookNode

from course.exercise import Exercise
from course.grading.assignment import NOTHING_GRADED, GradedCells, is_scored_automatically
from course.grading.cell import cell_key, is_demonstration, name_of, names_bound
from course.grading.submission import Submission
from course.lessons import exercises_from, exercises_of
from course.lessons.stated import CHECK, Part
from course.runner import pack_questions
from course.runner.devices import CPU
from course.sandbox import DEFAULT, Cell, Job, Limits, RunResult
from course.sandbox.job import Questions

# A single object, like the questions of a lesson: a fork server receives it only once.
NOTHING_ASKED: Questions = {}

# An exercise to ask -> correct answers, by name, that stand in for earlier exercises while it is asked.
StandIns = dict[str, dict[str, str]]


class QuestionSet:
    """A lesson's exercises with the questions drawn from a seed; none if `lesson` is "", as for other assignments."""

    def __init__(self, lesson: str, seed: int, device: str, parts: tuple[Part, ...] | None = None) -> None:
        """Draw the questions; parts: the exercises of the lesson as built, by default all that the course has."""
        self.lesson = lesson
        self.parts = parts
        self.seed = seed
        self.device = device
        self.questions = {e.name: tuple(e.questions(seed, device=device)) for e in self.exercises}
        packed = b"".join(pack_questions(list(asked)) for asked in self.questions.values())
        self.digest = hashlib.sha256(packed).hexdigest()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        if not self.lesson:
            return ()
        return exercises_of(self.lesson) if self.parts is None else exercises_from(self.lesson, self.parts)

    @property
    def needs_torch(self) -> bool:
        """Whether its exercises are asked in a process that has torch; those of the first lesson are not."""
        return not all(e.options.get("numpy_only") for e in self.exercises)


def job_of(
    submission: Submission,
    question_set: QuestionSet | None = None,
    *,
    limits: Limits = DEFAULT,
    demonstrations: bool = False,
    confined: bool = True,
    provided: StandIns | None = None,
    own: GradedCells = NOTHING_GRADED,
    files: Mapping[str, bytes] | None = None,
) -> Job:
    """Return the job a worker runs: the student's code cells in order, with questions in place of check cells.

    A check cell above its answer is moved below it; a copy of the answer further down has no effect.

    Demonstration cells are left out unless the student added code cells, which may build on them.
    question_set: None if nothing is asked and only an instructor's `own` graded cells are scored, as in a kernel.
    provided: the exercises to ask, each with answers that stand in for earlier ones; by default all, with none.
    files: the files beside the notebook, by relative path.
    """
    questions = question_set.questions if question_set else NOTHING_ASKED
    exercises: Collection[str] = questions if provided is None else provided
    demonstrations = demonstrations or any(_is_own(c) for c in submission.cells)
    cells: list[Cell] = []
    defined: set[str] = set()
    due: list[str] = []
    for i, cell in enumerate(submission.cells):
        name = name_of(cell)
        if name in own:
            cells.append(Cell(name, own[name].source, graded=True))
        elif name.removeprefix(CHECK) in exercises and name.startswith(CHECK):
            due.append(name.removeprefix(CHECK))
        elif cell.cell_type == "code" and not is_scored_automatically(cell):
            if is_demonstration(cell) and not demonstrations:
                continue
            cells.append(Cell(cell_key(cell, i), cell.source))
            if any(exercise in cell.source for exercise in exercises):
                defined |= names_bound(cell.source)
        for ready in [d for d in due if d in defined]:
            cells += _asking(ready, provided)
            due.remove(ready)
    for name in due:
        cells += _asking(name, provided)
    device = question_set.device if question_set and question_set.needs_torch else CPU
    return Job(tuple(cells), questions, limits, confined, dict(files or {}), device)


def _asking(exercise: str, provided: StandIns | None) -> list[Cell]:
    """Return the cells that ask an exercise, after those that stand in for earlier exercises."""
    before = (provided or {}).get(exercise, {})
    right = [Cell(f"right {name} for {exercise}", source, provided=True) for name, source in before.items()]
    return [*right, Cell(CHECK + exercise, ask=exercise)]


def _is_own(cell: NotebookNode) -> bool:
    plain = "nbgrader" not in cell.metadata and not is_demonstration(cell)
    return cell.cell_type == "code" and plain and bool(cell.source.strip())


def wants_demonstrations(run_result: RunResult, own: GradedCells = NOTHING_GRADED) -> bool:
    """Return whether an answer or an instructor's graded cell missed a name that an omitted cell may define."""
    return any(f.type_name == "NameError" for f in run_result.failures) or any(
        name in own and result.error.startswith("NameError") for name, result in run_result.cells.items()
    )


def together(asked: RunResult, scored: RunResult) -> RunResult:
    """Combine a submission's result from asking exercises with the one from running an instructor's graded cells."""
    status = scored.status if asked.status == "done" else asked.status
    both = asked.resources.keys() | scored.resources.keys()
    resources = {name: asked.resources.get(name, 0.0) + scored.resources.get(name, 0.0) for name in both}
    return RunResult(status, {**scored.cells, **asked.cells}, asked.answers, resources)
