"""The class run: sanitise, run and answer in parallel, judge and record; safe to interrupt and to repeat."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import queue
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from course.errors import CourseError
from course.exercises import LESSONS, exercises_of
from course.grading.examiner import Examined, examine, needs_torch, program_of, wants_demonstrations
from course.grading.gradebook import Record
from course.grading.settings import load_settings
from course.grading.store import FORMAT, Store, digest_of, write_whole
from course.grading.submission import Release, Submission, load_release, read_submission
from course.worker import DEFAULT, Limits, Transcript, Warm
from course.worker.warm import WorkerLost

TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Job:
    """One submission to grade."""

    lesson: str
    student: str
    folder: Path

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.lesson}.ipynb"


@dataclass(frozen=True)
class Graded:
    """What became of one submission, as told in the summary and in `--json`.

    status: "graded", "repaired", "unreadable", "timed_out", "out_of_memory", "crashed" or "failed" (not graded).
    """

    lesson: str
    student: str
    status: str
    score: float = 0.0
    max_score: float = 0.0
    outcomes: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    seed: int = 0
    skipped: bool = False

    @property
    def needs_a_look(self) -> bool:
        return self.status != "graded" or "refused" in self.outcomes.values()


class Pool:
    """Warm processes, made as they are needed and handed round."""

    def __init__(self) -> None:
        self._idle: dict[bool, queue.SimpleQueue[Warm]] = {True: queue.SimpleQueue(), False: queue.SimpleQueue()}
        self._all: list[Warm] = []
        self._lock = threading.Lock()

    def run(self, torch: bool, work: Callable[[Warm], Transcript]) -> Transcript:
        """Do some work in a warm process; one that is lost is replaced, and the work done again twice at most."""
        for attempt in range(3):
            warm = self._take(torch)
            try:
                transcript = work(warm)
            except WorkerLost:
                warm.close()
                if attempt == 2:
                    raise
                continue
            self._idle[torch].put(warm)
            return transcript
        raise AssertionError("unreachable")

    def _take(self, torch: bool) -> Warm:
        try:
            return self._idle[torch].get_nowait()
        except queue.Empty:
            warm = Warm(torch=torch)
            with self._lock:
                self._all.append(warm)
            return warm

    def close(self) -> None:
        for warm in self._all:
            warm.close()


class Grader:
    """Everything one class run needs, opened once."""

    def __init__(self, root: Path, *, device: str = "cpu", limits: Limits = DEFAULT, confined: bool = True) -> None:
        self.root = root
        self.device = device
        self.limits = limits
        self.confined = confined
        self.config = load_settings(root)
        self.record = Record(root, self.config)
        self.store = Store(root)
        self.pool = Pool()
        self._releases: dict[str, Release] = {}

    def close(self) -> None:
        self.pool.close()
        self.record.close()

    def release(self, lesson: str) -> Release:
        if lesson not in self._releases:
            self._releases[lesson] = load_release(lesson, self.root)
        return self._releases[lesson]

    def transcript(self, submission: Submission, lesson: str, digest: str, seed: int) -> tuple[Any, Transcript]:
        """Return a submission's program and what came of it: from the store, or by running it now."""
        kept = self.store.transcript(digest, seed)
        with_all = bool(kept and kept.resources.get("demonstrations"))

        def program(demonstrations: bool) -> Any:
            return program_of(
                submission,
                lesson,
                seed,
                device=self.device,
                limits=self.limits,
                demonstrations=demonstrations,
                confined=self.confined,
            )

        made = program(with_all)
        if kept is not None:
            return made, kept
        if submission.unreadable:
            return made, Transcript("unreadable")
        transcript = self.pool.run(needs_torch(lesson), lambda warm: warm.run(made))
        if wants_demonstrations(transcript):
            made = program(True)
            transcript = self.pool.run(needs_torch(lesson), lambda warm: warm.run(made))
            transcript.resources["demonstrations"] = 1.0
        self.store.keep(digest, seed, transcript)
        return made, transcript

    def examine(self, job: Job, *, fresh: bool = False) -> tuple[Submission, Examined]:
        """Read, run and judge one submission; nothing is recorded yet."""
        submission = read_submission(job.notebook, self.release(job.lesson))
        return submission, self.examine_submission(submission, job.lesson, fresh=fresh)

    def examine_submission(self, submission: Submission, lesson: str, *, fresh: bool = False) -> Examined:
        """Run and judge a submission that has been read; equal content is run once and gets equal questions."""
        digest = digest_of(submission, lesson, self.device)
        seed = self.store.seed(digest, fresh=fresh)
        program, transcript = self.transcript(submission, lesson, digest, seed)
        return examine(submission, lesson, program, transcript, seed)

    def write(self, job: Job, submission: Submission, examined: Examined, state: str) -> Graded:
        """Record one examined submission: graded notebook, gradebook rows, then the mark that it is done."""
        folder = self.root / "autograded" / job.student / job.lesson
        text = nbformat.writes(examined.notebook, version=4)
        write_whole(folder / f"{job.lesson}.ipynb", (text + "\n").encode())
        stamp, note = read_timestamp(job.folder)
        if stamp is not None:
            write_whole(folder / TIMESTAMP, str(stamp).encode())
        score = self.record.save(job.lesson, job.student, examined.notebook, stamp)
        status = status_of(submission, examined.transcript)
        graded = Graded(
            job.lesson,
            job.student,
            status,
            score,
            sum(e.points for e in exercises_of(job.lesson)),
            {n: v.outcome for n, v in examined.verdicts.items()},
            {n: v.mistake for n, v in examined.verdicts.items() if v.mistake},
            (*([submission.unreadable] if submission.unreadable else []), *submission.repairs, *note),
            examined.seed,
        )
        self.store.mark_done(job.lesson, job.student, {**asdict(graded), "state": state})
        return graded

    def state_of(self, job: Job) -> str:
        """Return a name for all that a grade depends on: if it is as it was, there is nothing to do."""
        release = nbformat.writes(self.release(job.lesson).notebook).encode()
        parts = [str(FORMAT).encode(), self.device.encode(), release]
        for path in (job.notebook, job.folder / TIMESTAMP):
            try:
                parts.append(path.read_bytes())
            except OSError:
                parts.append(b"-")
        return hashlib.sha256(b"\0".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()

    def finished(self, job: Job, state: str) -> Graded | None:
        """Return the grading of a submission that has not changed since, if it lies there whole."""
        record = self.store.done(job.lesson, job.student)
        graded = self.root / "autograded" / job.student / job.lesson / f"{job.lesson}.ipynb"
        if record is None or record.pop("state", "") != state or not graded.exists():
            return None
        return Graded(**{**record, "notes": tuple(record["notes"]), "skipped": True})


def status_of(submission: Submission, transcript: Transcript) -> str:
    if submission.unreadable:
        return "unreadable"
    if transcript.status != "done":
        return transcript.status
    return "repaired" if submission.repairs else "graded"


def read_timestamp(folder: Path) -> tuple[datetime.datetime | None, list[str]]:
    """Read when a submission was handed in; one that cannot be read is told and left out."""
    from nbgrader.utils import parse_utc  # type: ignore[import-untyped]  # nbgrader ships no types

    path = folder / TIMESTAMP
    if not path.is_file() or path.is_symlink():
        return None, []
    try:
        text = path.read_text(encoding="utf-8")[:100].strip()
        stamp = parse_utc(text) if text else None
    except (ValueError, OverflowError, OSError, UnicodeDecodeError):
        return None, ["its timestamp cannot be read"]
    return stamp, []


def find_jobs(root: Path, lessons: list[str], student: str | None) -> list[Job]:
    """Return the submissions that lie in submitted/, in a settled order.

    Raises CourseError if there are none.
    """
    submitted = root / "submitted"
    jobs = []
    students = sorted(p.name for p in submitted.iterdir() if p.is_dir()) if submitted.is_dir() else []
    if student is not None and student not in students:
        raise CourseError(f"There is no student “{student}” in submitted/.")
    for lesson in lessons:
        for name in students if student is None else [student]:
            folder = submitted / name / lesson
            if folder.is_dir() and not folder.is_symlink():
                jobs.append(Job(lesson, name, folder))
    if not jobs:
        raise CourseError(
            "There is nothing to grade: submissions are looked for in submitted/STUDENT/LESSON/LESSON.ipynb."
        )
    return jobs


def run_class(grader: Grader, jobs: list[Job], workers: int, *, fresh: bool = False) -> Iterator[Graded]:
    """Grade submissions, several at a time, and give each as it is done.

    Reading, running and judging go on in parallel; recording in one thread, one transaction each.
    """
    for lesson in sorted({job.lesson for job in jobs}):
        grader.record.ensure_lesson(lesson)
    with ThreadPoolExecutor(workers) as executor:
        waiting = {}
        for job in jobs:
            state = grader.state_of(job)
            done = None if fresh else grader.finished(job, state)
            if done is not None:
                yield done
            else:
                waiting[executor.submit(grader.examine, job, fresh=fresh)] = (job, state)
        try:
            for future in as_completed(waiting):
                job, state = waiting[future]
                try:
                    submission, examined = future.result()
                    yield grader.write(job, submission, examined, state)
                except (WorkerLost, OSError) as error:
                    yield Graded(job.lesson, job.student, "failed", notes=(f"not graded: {error}",))
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            grader.pool.close()
            raise


def grade(
    lessons: list[str] | None = None,
    *,
    student: str | None = None,
    workers: int | None = None,
    device: str = "cpu",
    as_json: bool = False,
    root: Path | None = None,
    confined: bool = True,
) -> int:
    """Grade what lies in submitted/; return 0 if every submission could be graded.

    Raises CourseError for a lesson or student that is not there.
    """
    for lesson in lessons or []:
        exercises_of(lesson)
    here = (root or Path.cwd()).resolve()
    chosen = [lesson for lesson in LESSONS if not lessons or lesson in lessons]
    jobs = find_jobs(here, chosen, student)
    began = time.monotonic()
    grader = Grader(here, device=device, confined=confined)
    try:
        runs = run_class(grader, jobs, workers or len(os.sched_getaffinity(0)))
        results = list(_shown(runs, len(jobs), as_json))
    finally:
        grader.close()
    if not as_json:
        _summary(results, time.monotonic() - began)
    return 1 if any(r.status == "failed" for r in results) else 0


def _shown(runs: Iterator[Graded], total: int, as_json: bool) -> Iterator[Graded]:
    """Pass results on, with a progress bar or a line of JSON for each."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    if as_json:
        for graded in runs:
            print(json.dumps(asdict(graded), ensure_ascii=False), flush=True)
            yield graded
        return
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[look]}"),
    )
    with Progress(*columns, console=Console(file=sys.stderr)) as progress:
        task = progress.add_task("grading", total=total, rate="", look="")
        began, n_look = time.monotonic(), 0
        for n_done, graded in enumerate(runs, start=1):
            n_look += graded.needs_a_look
            rate = f"{n_done / max(time.monotonic() - began, 1e-3):.1f}/s"
            look = f"{n_look} to look at" if n_look else ""
            progress.update(task, advance=1, rate=rate, look=look)
            yield graded


def _summary(results: list[Graded], seconds: float) -> None:
    """Print how many submissions ended how, and which need a look."""
    from rich.console import Console

    console = Console()
    statuses = Counter(r.status for r in results)
    told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in statuses.most_common())
    skipped = sum(r.skipped for r in results)
    unchanged = f"; {skipped} unchanged since the last run" if skipped else ""
    console.print(f"{len(results)} submissions in {seconds:.1f} s: {told}{unchanged}.")
    for result in results:
        if result.needs_a_look:
            refused = [n for n, o in result.outcomes.items() if o == "refused"]
            notes = [*result.notes, *(f"{n} was refused (autograd)" for n in refused)]
            console.print(
                f"  to look at: {result.student} {result.lesson}: {result.status.replace('_', ' ')}"
                + (f" ({'; '.join(notes)})" if notes else ""),
                markup=False,
            )
