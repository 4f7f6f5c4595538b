"""`course try`: run one exercise's graded check on code in files, as grading would."""

from __future__ import annotations

import functools
import itertools
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from course.bank import cases_of, cells_of
from course.building import reference_cells
from course.building.built_notebooks import REPOSITORY
from course.errors import CourseError, course_error, plain_lines, read_text
from course.exercise import Exercise, Verdict
from course.grading.examiner import Examined, examine, to_provide
from course.grading.jobs import QuestionSet, StandIns, job_of, wants_demonstrations
from course.grading.release import built_parts, read_built, release_of
from course.grading.submission import Submission, read_submission
from course.judging import as_line, judge
from course.language import LANGUAGES, language, listed, of_notebook, using
from course.lessons import exercises_of, find
from course.lessons.stated import Part
from course.runner import Answer, Question
from course.runner.devices import CPU
from course.sandbox import Cell, CellResult, ForkServer, Job, Limits, RunResult, with_cell_errors
from course.sandbox.device_access import usable
from course.sandbox.system import lacking
from course.sandbox.unconfined import Unconfined

NOTEBOOK = ".ipynb"
# The language that a notebook's setup cell passes to `start`, as written in the JSON.
_LANGUAGE = re.compile(r"""\bstart\([^()]*\blanguage=\\?["'](\w{1,20})""")
# Twice as many questions as one check cell asks, with other sizes and values each time.
N_ROUNDS = 2
# The person who wrote a file tries it: limits are shorter than in grading, but longer than any right answer takes.
LIMITS = Limits(cell_s=15, answer_s=15, total_s=60)
# The notebook's data under its names there, so that code that uses them does not fail for lack of them.
DATA_CELL = """
from course import same_draw
x, y, w1, w2 = same_draw()
"""


@dataclass(frozen=True)
class Tried:
    """One file with its verdict, and the language of its message."""

    file: str
    verdict: Verdict
    language: str

    @property
    def message(self) -> str:
        with using(self.language):
            return as_line(self.verdict)

    def as_json(self) -> str:
        v = self.verdict
        verdict = {name: getattr(v, name) for name in ("outcome", "points", "max_points", "mistake")}
        return json.dumps({"exercise": v.exercise, "file": self.file, **verdict, "message": self.message})

    def as_text(self) -> str:
        v = self.verdict
        mistake = f" [{v.mistake}]" if v.mistake else ""
        return f"{self.file}: {v.outcome} {v.points:g}/{v.max_points:g}{mistake} {self.message}"


def _home(lesson: str) -> Path:
    """Return the course that a lesson belongs to: the one in this folder if it was built there, else the clone."""
    here = Path.cwd()
    return here if (here / "release" / lesson / f"{lesson}.ipynb").is_file() else REPOSITORY


def _parts(lesson: str) -> tuple[Part, ...] | None:
    return built_parts(lesson, _home(lesson))


def _reference(lesson: str) -> dict[str, str]:
    """Return a lesson's setup and reference answers; {} for students, who have none."""
    try:
        return reference_cells(lesson, _home(lesson))
    except CourseError:
        return {}


def _cells_before(exercise: Exercise) -> list[Cell]:
    """Return the lesson's setup and the reference answers to its earlier exercises, if available.

    Students have no reference answers: their files have to define what they use.
    """
    reference = _reference(exercise.lesson)
    if not reference:
        return []
    setup, *names = reference
    earlier = itertools.takewhile(lambda name: name != exercise.name, names)
    cells = [Cell(setup, reference[setup]), Cell("data", DATA_CELL)]
    return cells + [Cell(name, reference[name]) for name in earlier]


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst verdict of all rounds: the questions of every round have to be answered right."""
    return min(verdicts, key=lambda v: (v.passed, v.points))


def _runner(exercise: Exercise, device: str) -> ForkServer | Unconfined:
    kind = Unconfined if lacking() else ForkServer
    return kind(torch=not exercise.options.get("numpy_only"), device=device)


def seeds_of(seed: int | None, n_rounds: int) -> list[int]:
    """Return the seeds of the rounds: only `seed`, that of a graded run, or else fresh ones."""
    if seed is not None:
        return [seed]
    first = secrets.randbelow(2**31)
    return [first + i for i in range(n_rounds)]


def try_sources(
    exercise: Exercise,
    sources: dict[str, str],
    *,
    device: str = "cpu",
    seed: int | None = None,
    n_rounds: int = N_ROUNDS,
) -> list[Tried]:
    """Try one exercise on each source text, given by file name.

    seed: of a single round; n_rounds: without a seed, how often all of the exercise's questions are asked.
    """
    seeds = seeds_of(seed, n_rounds)
    questions = {f"{exercise.name}/{s}": tuple(exercise.questions(s, device=device)) for s in seeds}
    return [
        Tried(file, _worst(judge(exercise, questions[k], answers[k]) for k in questions), language())
        for file, _, answers in run_jobs(exercise, sources, questions)
    ]


def run_jobs(
    exercise: Exercise,
    sources: dict[str, str],
    questions: dict[str, tuple[Question, ...]],
    first: tuple[Cell, ...] = (),
    after: tuple[Cell, ...] = (),
    limits: Limits | None = None,
) -> Iterator[tuple[str, dict[str, CellResult], dict[str, Sequence[Answer]]]]:
    """Ask each source text the questions of every round; yield its name, the cells' results and the answers by round.

    first, after: cells that run before all others, and after all questions.
    """
    before = _cells_before(exercise)
    asks = [Cell(f"check {key}", ask=key) for key in questions]
    device = next((str(q.options.get("device", CPU)) for asked in questions.values() for q in asked), CPU)
    with _runner(exercise, device) as runner:
        for file, source in sources.items():
            cells = (*first, *before, Cell(exercise.name, source), *asks, *after)
            run_result = runner.run(Job(cells, questions, limits or LIMITS, confined=False, device=device))
            defined = run_result.cells.get(exercise.name)
            yield file, run_result.cells, {k: with_cell_errors(defined, run_result.answers[k]) for k in questions}


def try_notebook(exercise: Exercise, file: Path, *, device: str = "cpu", seed: int | None = None) -> Tried:
    """Try one exercise of a notebook as grading would: mended, its cells run in order, questions asked at its check.

    The message is in the notebook's own language.
    """
    submission = _submission(exercise, file)
    with _runner(exercise, device) as runner:
        rounds = [_examined(exercise.lesson, submission, s, device, runner) for s in seeds_of(seed, N_ROUNDS)]
    worst = _worst(examined.verdicts[exercise.name] for examined in rounds)
    return Tried(str(file), worst, submission.language)


def examine_file(lesson: str, file: Path, seed: int) -> Examined:
    """Examine all exercises of a notebook as `try_notebook` does."""
    first = exercises_of(lesson)[0]
    with _runner(first, CPU) as runner:
        return _examined(lesson, _submission(first, file), seed, "cpu", runner)


def _examined(lesson: str, submission: Submission, seed: int, device: str, runner: ForkServer | Unconfined) -> Examined:
    question_set = QuestionSet(lesson, seed, device, _parts(lesson))

    def run(provided: StandIns | None = None) -> RunResult:
        make = functools.partial(job_of, submission, question_set, limits=LIMITS, confined=False, provided=provided)
        run_result = runner.run(make())
        return runner.run(make(demonstrations=True)) if wants_demonstrations(run_result) else run_result

    run_result = run()
    examined = examine(submission, question_set, run_result)
    if provided := to_provide(examined, _reference(lesson)):
        examined = examine(submission, question_set, run_result, run(provided))
    return examined


def _submission(exercise: Exercise, file: Path) -> Submission:
    """Read a notebook as when handed in, mended from the release; students have none, so then by its cells' names.

    Raises CourseError if it is not a notebook, or another lesson's.
    """
    text = read_text(file)
    begun = re.findall(r"\bstart\(\\?[\"'](\w{1,40})\\?[\"']", text)
    if begun and exercise.lesson not in begun:
        raise course_error(
            "{file} is the notebook of {begun}, not of {lesson}.", file=file, begun=begun[0], lesson=exercise.lesson
        )
    own = language_said(text)
    try:
        release = read_built("release", exercise.lesson, _home(exercise.lesson))
    except CourseError:
        release = None
    if release is None or release.language != own:
        release = release_of(text, exercise.lesson, str(file))
    submission = replace(read_submission(file.resolve(), release), language=own)
    if submission.unreadable:
        raise course_error("{file} cannot be tried: {why}.", file=file, why=submission.unreadable)
    if exercise.name not in release.named:
        raise course_error(
            "{file} has no cell `{name}`: is it the notebook of {lesson}?",
            file=file,
            name=exercise.name,
            lesson=exercise.lesson,
        )
    return submission


def language_said(text: str) -> str:
    """Return the language of a notebook, from its metadata or, in case that is lost, from its call of `start`."""
    try:
        said = of_notebook(json.loads(text))
    except (ValueError, RecursionError, AttributeError):
        said = LANGUAGES[0]
    started = _LANGUAGE.search(text)
    return said if said != LANGUAGES[0] or started is None or started[1] not in LANGUAGES else started[1]


def try_files(
    exercise_id: str, files: list[Path], *, device: str = "cpu", seed: int | None = None, as_json: bool = False
) -> int:
    """Try one exercise on files, or on cases of percent files, and print a line for each; return 0 only if all pass.

    Raises CourseError for an exercise or a file that does not exist.
    """
    exercise, device = find(exercise_id, _parts), usable(device)
    sources = {file: sources_of(exercise, file) for file in files if file.suffix != NOTEBOOK}
    texts = {name: text for found in sources.values() for name, text in found.items()}
    tried = {t.file: t for t in try_sources(exercise, texts, device=device, seed=seed)} if texts else {}
    notebooks = [file for file in files if file.suffix == NOTEBOOK]
    tried |= {str(file): try_notebook(exercise, file, device=device, seed=seed) for file in notebooks}
    for name in (name for file in files for name in sources.get(file, [str(file)])):
        print(tried[name].as_json() if as_json else plain_lines(tried[name].as_text()), flush=True)
    return 0 if all(t.verdict.passed for t in tried.values()) else 1


def sources_of(exercise: Exercise, file: Path) -> dict[str, str]:
    """Return the sources to try in FILE or FILE::CASE, by the name they are reported under.

    A percent file that answers the exercise in several cells holds several answers. Otherwise the file is one answer:
    many editors split a script into cells.
    Raises CourseError if there is no such file, or no such case in it.
    """
    path, _, case = str(file).partition("::")
    text = read_text(Path(path))
    defines = re.compile(rf"^\s*(?:(?:def|class)\s+{exercise.name}\b|{exercise.name}\s*=)", re.M)
    if not case and sum(bool(defines.search(cell.source)) for cell in cells_of(text)) < 2:
        return {str(file): text}
    cases = {cell.name: cell.source for cell in cases_of(text, path)}
    if not case:
        return {f"{path}::{name}": source for name, source in cases.items()}
    if case not in cases:
        raise course_error("{path} has no case `{case}`. It has: {names}.", path=path, case=case, names=listed(cases))
    return {str(file): cases[case]}
