"""What is asked in a run, what a worker is given to run of a submission, and what is made of what was seen there."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from nbformat.notebooknode import NotebookNode

from course.exercise import Exercise
from course.grading.assignment import CHECK, NOTHING_GRADED, GradedCells, is_scored_automatically
from course.grading.cell import cell_key, is_demonstration, name_of, names_bound
from course.grading.submission import Submission
from course.lessons import exercises_from, exercises_of
from course.lessons.stated import Part
from course.runner import pack_questions
from course.runner.devices import CPU
from course.sandbox import DEFAULT, Cell, Job, Limits, RunResult
from course.sandbox.job import Questions

# One object, as the questions of a lesson are: a fork server is told it once.
NOTHING_ASKED: Questions = {}

# An exercise to be asked -> right ones, by name, that stand in for earlier ones while it is.
Provided = dict[str, dict[str, str]]


class QuestionSet:
    """A lesson's exercises with the questions that a seed draws; none for "", a notebook that is no lesson's."""

    def __init__(self, lesson: str, seed: int, device: str, parts: tuple[Part, ...] | None = None) -> None:
        """Draw the questions; parts: of the lesson as it was built, by default all exercises the course has for it."""
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
        """Whether its exercises are asked where torch is: the first way's are not."""
        return not all(e.options.get("numpy_only") for e in self.exercises)


def job_of(
    submission: Submission,
    question_set: QuestionSet | None = None,
    *,
    limits: Limits = DEFAULT,
    demonstrations: bool = False,
    confined: bool = True,
    provided: Provided | None = None,
    own: GradedCells = NOTHING_GRADED,
    files: Mapping[str, bytes] | None = None,
) -> Job:
    """Make the job a worker runs: the student's code cells in order, questions where check cells stand.

    A check that stands before its answer waits for it; a copy of the answer further down changes nothing.

    Cells that only demonstrate are left out, unless the student added code of their own, which may build on them.
    question_set: None where nothing is asked, and an instructor's `own` graded cells are scored, as a kernel would.
    provided: the exercises to ask, each with what stands in for earlier ones; by default all, with nothing.
    files: what lies beside the notebook.
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


def _asking(exercise: str, provided: Provided | None) -> list[Cell]:
    """Return the cells that ask an exercise, with those before it that stand in for others."""
    before = (provided or {}).get(exercise, {})
    right = [Cell(f"right {name} for {exercise}", source) for name, source in before.items()]
    return [*right, Cell(CHECK + exercise, ask=exercise)]


def _is_own(cell: NotebookNode) -> bool:
    plain = "nbgrader" not in cell.metadata and not is_demonstration(cell)
    return cell.cell_type == "code" and plain and bool(cell.source.strip())


def wants_demonstrations(run_result: RunResult, own: GradedCells = NOTHING_GRADED) -> bool:
    """Tell whether an answer, or a graded cell of the instructor's, missed a name that a cell left out may define."""
    return any(f.type_name == "NameError" for f in run_result.failures) or any(
        name in own and result.error.startswith("NameError") for name, result in run_result.cells.items()
    )


def together(asked: RunResult, scored: RunResult) -> RunResult:
    """Put together what was seen of one submission where exercises were asked and where graded cells ran."""
    status = scored.status if asked.status == "done" else asked.status
    both = asked.resources.keys() | scored.resources.keys()
    resources = {name: asked.resources.get(name, 0.0) + scored.resources.get(name, 0.0) for name in both}
    return RunResult(status, {**scored.cells, **asked.cells}, asked.answers, resources)
