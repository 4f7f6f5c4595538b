"""The trusted half of grading: judges the answers of a run and writes what each check cell shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import nbformat
from nbformat.notebooknode import NotebookNode

from course.errors import CourseError, plain
from course.exercise import Exercise, Verdict
from course.grading.assignment import NOTHING_GRADED, GradedCells, own_cells
from course.grading.cell import NOTE, cell_key, name_of, new_cell
from course.grading.jobs import QuestionSet, StandIns
from course.grading.outputs import outputs_of, own_outputs, score_of, words_of
from course.grading.reaches import TO_LOOK_AT, suspicious_uses
from course.grading.submission import Submission
from course.judging import judge, substitution_note
from course.language import in_notebook, later, say, using
from course.lessons.stated import CHECK
from course.runner import Answer, Failure, Question
from course.runner.syntax import tree_of, variables_in
from course.sandbox import RunResult, with_cell_errors


@dataclass(frozen=True)
class Examined:
    """The verdicts on a submission by exercise name, and the notebook that shows them.

    notes: by cell name, on the instructor's graded cells whose value is not a score within their points. to_look_at:
    notes on suspicious modules and names used in answers that are to be written by hand.
    """

    verdicts: dict[str, Verdict]
    notebook: NotebookNode
    seed: int
    notes: dict[str, str] = field(default_factory=dict)
    to_look_at: tuple[str, ...] = ()


@dataclass(frozen=True)
class JudgedNotebook:
    """A notebook of a submission that has been run and judged, but not yet recorded."""

    notebook: str
    submission: Submission
    run_result: RunResult
    examined: Examined

    @property
    def status(self) -> str:
        if self.submission.unreadable:
            return "unreadable"
        if self.run_result.status != "done":
            return self.run_result.status
        return "repaired" if self.submission.repairs else "graded"

    def notes(self, *, alone: bool) -> list[str]:
        """Return the notes on the notebook, prefixed with its name unless it is the submission's only one."""
        notes = [
            *([self.submission.unreadable] if self.submission.unreadable else []),
            *self.submission.repairs,
            *self.examined.notes.values(),
        ]
        return notes if alone else [f"{self.notebook}: {note}" for note in notes]


def examine(
    submission: Submission,
    question_set: QuestionSet,
    run_result: RunResult,
    again: RunResult | None = None,
    graded: GradedCells = NOTHING_GRADED,
) -> Examined:
    """Judge the result of a run and return the verdicts and the graded notebook, in the language of the release.

    again: the result of another run, in which right answers replaced those that did not pass. graded: all cells that
    are scored automatically; an exercise is worth the points of its check cell.
    """
    import torch  # noqa: F401 - once loaded, its autograd computes what is right; here its import time is not felt

    with using(submission.language):
        verdicts: dict[str, Verdict] = {}
        for exercise in question_set.exercises:
            check = graded.get(CHECK + exercise.name)
            exercise = exercise.worth(check.points if check else None)  # noqa: PLW2901
            failed = [name for name, verdict in verdicts.items() if not verdict.passed]
            verdict = _judged(submission, exercise, question_set.questions[exercise.name], run_result, failed)
            if verdict.blocked_by and again is not None:
                right = _judged(submission, exercise, question_set.questions[exercise.name], again, ())
                verdict = _with_right_ones(verdict, right)
            verdicts[exercise.name] = verdict
        own = own_cells(graded, question_set.exercises)
        scored = {name: score_of(cell, run_result.cells.get(name)) for name, cell in own.items()}
        notes = {name: note for name, (_, note) in scored.items() if note}
        outputs = {CHECK + name: outputs_of(verdict) for name, verdict in verdicts.items()}
        outputs |= {name: outputs for name, (outputs, _) in scored.items()}
        shown = _notebook(submission, outputs, run_result, graded, own)
        look = () if submission.unreadable else tuple(suspicious_uses(submission.cells, question_set.exercises))
        if look:
            shown.metadata[TO_LOOK_AT] = list(look)
        return Examined(verdicts, shown, question_set.seed, notes, look)


def _judged(
    submission: Submission,
    exercise: Exercise,
    questions: tuple[Question, ...],
    run_result: RunResult,
    failed: Collection[str],
) -> Verdict:
    try:
        return judge(exercise, questions, _answers(submission, exercise, questions, run_result), failed)
    except CourseError:  # the right answer to a question stated in the lesson's text cannot be computed
        raise
    except Exception:  # only a forged answer can make reading or judging raise: score it 0
        forged = Failure("unjudged", message=say("it makes no sense"))
        return judge(exercise, questions, [Answer(failure=forged)] * len(questions), failed)


def _answers(
    submission: Submission, exercise: Exercise, questions: tuple[Question, ...], run_result: RunResult
) -> Sequence[Answer]:
    """Return the answers to an exercise's questions, with the reason found in the run for those that are missing."""
    unread = Failure("unreadable", message=submission.unreadable)
    answers: Sequence[Answer] = [Answer(failure=unread)] * len(questions)
    if not submission.unreadable:
        answers = run_result.answers.get(exercise.name) or [Answer(failure=Failure("died"))] * len(questions)
        answers = with_cell_errors(run_result.cells.get(exercise.name), answers)
        answers = [_told_by_cell_above(a, submission, run_result) for a in answers]
    if any("uses" not in a.facts for a in answers):  # code that hung or died reported no names: its source has them
        code = (c.source for c in submission.cells if name_of(c) == exercise.name and c.cell_type == "code")
        names = sorted({name for source in code if (tree := tree_of(source)) for name in variables_in(tree)})
        answers = [a if "uses" in a.facts else replace(a, facts={**a.facts, "uses": names}) for a in answers]
    return answers


def _told_by_cell_above(answer: Answer, submission: Submission, run_result: RunResult) -> Answer:
    """Add to a NameError the failure of the cell that was to define the name, if that cell failed."""
    failure = answer.failure
    missing = re.match(r"name '(\w{1,100})' is not defined", failure.message) if failure else None
    if failure is None or failure.type_name != "NameError" or missing is None:
        return answer
    for i, cell in enumerate(submission.cells):
        result = run_result.cells.get(cell_key(cell, i))
        names_it = re.search(rf"\b{missing[1]}\b|import \*", cell.source)
        if result is not None and result.status not in ("done", "not_run") and names_it:
            told = later("{error}. A cell that was to define it failed: {words}")
            said = say(told, error=failure.message, words=words_of(result))
            return replace(answer, failure=replace(failure, message=said))
    return answer


def to_provide(examined: Examined, reference: Mapping[str, str]) -> StandIns:
    """Return the exercises to ask again because they build on failed ones, with right answers to all earlier failures.

    reference: right answers by exercise, only those that may reach a process that runs student code.
    """
    provided: StandIns = {}
    failed: list[str] = []
    for name, verdict in examined.verdicts.items():
        if verdict.blocked_by and all(n in reference for n in verdict.blocked_by):
            provided[name] = {n: reference[n] for n in failed if n in reference}
        if not verdict.passed:
            failed.append(name)
    return provided


def _with_right_ones(blocked: Verdict, verdict: Verdict) -> Verdict:
    """Return the verdict on an exercise that was asked with right answers to the exercises that blocked it.

    Whatever came from the student's code is left out: it could contain the text of the right answers.
    """
    told = replace(verdict, printed="", remark=substitution_note(blocked.blocked_by, verdict.passed))
    return told if told.passed else replace(told, rows=(), failure=None, problem="", where="", returned=None)


def _notebook(
    submission: Submission,
    outputs: dict[str, list[NotebookNode]],
    run_result: RunResult,
    graded: GradedCells,
    own: GradedCells,
) -> NotebookNode:
    """Return the graded notebook, which nbgrader scores and formgrader and feedback show.

    outputs: by name, of the cells that are scored automatically. own: those shown in full, with their hidden tests.
    """
    cells = []
    for i, cell in enumerate(submission.cells):
        made = NotebookNode(cell)  # a shallow copy: the metadata is shared with the submission
        name = name_of(made)
        if made.cell_type == "code":
            made.outputs, made.execution_count = [], None
            if name in outputs:
                made.outputs = outputs[name]
            elif cell_key(made, i) in run_result.cells:
                made.outputs = own_outputs(run_result.cells[cell_key(made, i)])
        if name in graded:
            made.metadata.nbgrader.points = graded[name].points
        if name in own:
            made.source = own[name].source
        cells.append(made)
    if note := note_of(submission):
        cells.insert(0, new_cell("markdown", note, NOTE))
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        **in_notebook(submission.language),
    }
    # the cells are nodes already; `nbformat.from_dict` would copy each one
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=nbformat.from_dict(metadata), cells=cells)


def note_of(submission: Submission) -> str:
    """Return the note for the top of the graded notebook, "" if the notebook is as submitted."""
    if submission.unreadable:
        why = plain(submission.unreadable)
        first = say("This submission could not be read: {why}. The cells below are those handed out.", why=why)
    elif submission.repairs:
        first = say("**Before grading**, the notebook was repaired as follows; nothing that was written in it is lost:")
    else:
        return ""
    return "\n".join([first, "", *(f"- {plain(repair)}" for repair in submission.repairs)])
