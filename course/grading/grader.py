"""Everything one class run needs, opened once: releases, store, gradebook, warm processes."""

from __future__ import annotations

import datetime
import hashlib
import queue
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from course.exercises import exercises_of
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
