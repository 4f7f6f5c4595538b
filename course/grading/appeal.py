"""`course explain`: ask a graded submission the questions of its run again, and show the results.

Nothing is recorded: neither the gradebook nor the grading store changes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from course.errors import CourseError, course_error, nearest, plain_lines, read_text
from course.exercise import Exercise, Verdict
from course.grading.cell import name_of
from course.grading.entries import entries_of
from course.grading.examiner import JudgedNotebook
from course.grading.failing_case import FailingCase, case_of
from course.grading.finding import find_task
from course.grading.folder import Task
from course.grading.graded import Graded, graded_folder, notes_folder
from course.grading.grader import Grader
from course.grading.release import built_parts
from course.grading.standings import students_of_class
from course.grading.store import CachedRun, Store
from course.grading.submission import Submission
from course.judging import as_text
from course.language import later, paragraph, say, using
from course.lessons import find
from course.lessons.stated import CHECK
from course.sandbox.device_access import usable


class _Replay(Store):
    """A store for one run with the seed of an earlier one; it returns no cached results and keeps none."""

    def __init__(self, root: Path, seed: int) -> None:
        super().__init__(root)
        self.seed = seed

    def begin(self, lessons: Iterable[str], *, again: bool = False) -> dict[str, int]:
        return dict.fromkeys(lessons, self.seed)

    def run_result(self, digest: str) -> CachedRun | None:
        return None

    def cache(self, digest: str, cached: CachedRun) -> None:
        pass


@dataclass(frozen=True)
class Result:
    """The verdict on an answer, and the question that the answer failed; None if it failed none.

    language: the language of the notebook and of the messages to its student.
    """

    verdict: Verdict
    case: FailingCase | None
    language: str

    @property
    def message(self) -> str:
        with using(self.language):
            return as_text(self.verdict)

    def as_dict(self) -> dict[str, Any]:
        v = self.verdict
        case = None if self.case is None else self.case.as_dict()
        said = {"outcome": v.outcome, "points": v.points, "mistake": v.mistake, "message": self.message}
        return {**said, "case": case}

    def as_text(self) -> str:
        with using(self.language):
            return self.message + (f"\n\n{self.case.as_text()}" if self.case else "")


@dataclass(frozen=True)
class Appeal:
    """A graded exercise that was asked again.

    score: from the checks, as in the gradebook. given_by_hand: points that a person set in its place. recorded: the
    message that the student was shown. changed: notes on what has changed since grading.
    """

    student: str
    exercise: Exercise
    seed: int
    graded: datetime.datetime
    status: str
    notes: tuple[str, ...]
    score: float | None
    given_by_hand: float | None
    recorded: str
    changed: tuple[str, ...]
    now: Result
    other: Result | None = None

    @property
    def is_same(self) -> bool:
        return self.recorded == self.now.message

    def as_json(self) -> str:
        told = {
            **{name: value for name, value in vars(self).items() if name not in ("now", "other")},
            "exercise": self.exercise.id,
            "graded": self.graded.isoformat(timespec="seconds"),
            "max_points": self.now.verdict.max_points,
            "same": self.is_same,
        }
        return json.dumps({**told, **self.now.as_dict(), "with": None if self.other is None else self.other.as_dict()})

    def as_text(self) -> str:
        told = later("{student}, {exercise}: {points} of {max_points:g} points in the gradebook; graded {time}.")
        if self.given_by_hand is not None:
            told = later(
                "{student}, {exercise}: {points} of {max_points:g} points in the gradebook, {by_hand:g} given by hand; "
                "graded {time}."
            )
        head = say(
            told,
            student=self.student,
            exercise=self.exercise.id,
            points=say("no points") if self.score is None else f"{self.score:g}",
            max_points=self.now.verdict.max_points,
            by_hand=self.given_by_hand,
            time=f"{self.graded:%Y-%m-%d %H:%M}",
        )
        lines = [head, *(f"  {note}" for note in self.notes), "", self.now.as_text(), ""]
        lines += [say("Note: {what}.", what=what) for what in self.changed]
        if self.is_same:
            lines.append(say("Asked again, the answer gets the same verdict as when it was graded."))
        else:
            lines += [
                say("Asked again, the answer gets another verdict than when it was graded. The verdict then:"),
                "",
            ]
            lines += [f"    {line}" for line in self.recorded.splitlines()]
        if self.other is not None:
            lines += ["", say("With the changed answer:"), "", self.other.as_text()]
        lines += [
            "",
            say("To ask a changed answer the same questions, in this notebook or by itself:"),
            f"  course explain {self.student} {self.exercise.id} --with FILE",
            f"  course try {self.exercise.id} FILE --seed {self.seed}",
        ]
        return "\n".join(lines)


def explain(
    student: str,
    exercise_id: str,
    *,
    changed: Path | None = None,
    device: str = "cpu",
    as_json: bool = False,
    root: Path | None = None,
    confined: bool = True,
) -> int:
    """Print why a submission has its points for one exercise.

    changed: a file with another answer, or a notebook, to ask the same questions.
    Raises CourseError if the student or exercise does not exist or has not been graded.
    """
    here = (root or Path.cwd()).resolve()
    exercise = find(exercise_id, partial(built_parts, root=here))
    record = _record(here, exercise.lesson, student)
    with closing(Grader(here, device=usable(device), confined=confined)) as grader:
        grader.store = _Replay(here, record[0].seed)
        appeal = _appeal(grader, exercise, *record, changed)
        print(appeal.as_json() if as_json else plain_lines(appeal.as_text()))
    return 0


def _record(root: Path, lesson: str, student: str) -> tuple[Graded, str]:
    """Return the record of a submission's grading, and the submission's state at that time.

    Raises CourseError if it has not been graded.
    """
    done = {path.stem for path in notes_folder(root).glob("*/*.json")}
    submitted = {path.name for path in entries_of(root / "submitted")}
    if student not in done | submitted and student not in (listed := students_of_class(root)):
        told = say("There is no student “{student}” in {root}.", student=student, root=root)
        raise CourseError(paragraph(told, nearest(student, sorted(done | submitted | listed.keys()))))
    record = Store(root).done(lesson, student)
    if not record[0].status and not find_task(root, lesson, student).notebook.exists():
        raise course_error("{student} has handed in nothing for {lesson}.", student=student, lesson=lesson)
    if not record[0].status or not _graded(root, lesson, student).exists():
        raise course_error(
            "{lesson} of {student} has not been graded yet: run `course grade {lesson} --student {student}`.",
            lesson=lesson,
            student=student,
        )
    return record


def _graded(root: Path, lesson: str, student: str) -> Path:
    return graded_folder(root, student, lesson) / f"{lesson}.ipynb"


def _appeal(grader: Grader, exercise: Exercise, graded: Graded, state: str, changed: Path | None) -> Appeal:
    lesson, student, root = exercise.lesson, graded.student, grader.root
    shown = nbformat.read(str(_graded(root, lesson, student)), as_version=4)
    task = find_task(root, lesson, student)
    submission, since = grader.read(task.notebook, lesson, lesson), []
    if _work(submission.cells) != _work(shown.cells):
        since.append(say("submitted/ has changed since; this is the version that was graded"))
        unreadable = graded.notes[0] if graded.status == "unreadable" else ""
        submission = replace(submission, cells=tuple(shown.cells), repairs=(), unreadable=unreadable)
    elif grader.state_of(task) != state:
        since.append(say("the checks, the released lesson or the time of submission have changed since it was graded"))
    check = next(c for c in shown.cells if name_of(c) == CHECK + exercise.name)
    recorded = next((o.data["text/plain"] for o in check.outputs if o.output_type == "display_data"), "")
    cells = {cell.name: cell for cell in grader.gradebook.mark(lesson, student).cells}
    given = cells.get(CHECK + exercise.name)
    other = None
    if changed is not None:
        other = _result(grader, exercise, task, _with(grader, submission, exercise, changed))
    return Appeal(
        student,
        exercise,
        graded.seed,
        datetime.datetime.fromtimestamp(Store(root).file_of(lesson, student).stat().st_mtime),
        graded.status,
        (*graded.notes, *graded.to_look_at),
        given.auto if given else None,
        given.by_hand if given else None,
        recorded,
        tuple(since),
        _result(grader, exercise, task, submission),
        other,
    )


def _work(cells: Iterable[Any]) -> list[str]:
    """Return the source of the code cells that are the student's own."""
    code = [c for c in cells if c.cell_type == "code"]
    return [c.source for c in code if c.metadata.get("nbgrader", {"solution": True})["solution"]]


def _with(grader: Grader, submission: Submission, exercise: Exercise, file: Path) -> Submission:
    """Return the submission with the file as the answer to one exercise or, if the file is a notebook, that notebook.

    Raises CourseError if the file cannot be read.
    """
    if file.suffix == ".ipynb":
        read = grader.read(file.resolve(), exercise.lesson, exercise.lesson)
        if read.unreadable:
            raise course_error("{path} cannot be read: {reason}.", path=file, reason=read.unreadable)
        return read
    text = read_text(file)
    cells = (nbformat.from_dict({**c, "source": text}) if name_of(c) == exercise.name else c for c in submission.cells)
    return replace(submission, cells=tuple(cells), unreadable="")


def _result(grader: Grader, exercise: Exercise, task: Task, submission: Submission) -> Result:
    ready: JudgedNotebook = grader.examine_submission(submission, task, exercise.lesson)
    verdict = ready.examined.verdicts[exercise.name]
    if verdict.outcome in ("pass", "not_attempted", "not_run"):
        return Result(verdict, None, submission.language)
    questions = grader.question_set(exercise.lesson, ready.examined.seed).questions[exercise.name]
    answers = ready.run_result.answers.get(exercise.name, ())
    return Result(verdict, case_of(exercise, verdict, questions, answers), submission.language)
