"""Everything one class run needs, opened once: releases, store, gradebook, warm processes."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

import course.checks
import course.exercises
from course.exercises import exercises_of
from course.grading.examiner import Examined, Provided, needs_torch, program_of, to_provide, wants_demonstrations
from course.grading.examiners import ExaminerPool
from course.grading.exchange import SECRET, carry_secret
from course.grading.folder import Job
from course.grading.gradebook import Record
from course.grading.questions import Asked
from course.grading.reading import MAX_FILE_BYTES, NotPlain, open_plainly, read_plainly
from course.grading.settings import load_settings
from course.grading.store import FORMAT, Kept, Store, digest_of, write_whole
from course.grading.submission import Release, Submission, load_release, read_built
from course.worker import DEFAULT, Limits, Pool, Transcript

if TYPE_CHECKING:
    from course.grading.cluster import Cluster

TIMESTAMP = "timestamp.txt"


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
    total_seconds_late: float = 0.0
    late_submission_penalty: float = 0.0

    @property
    def needs_a_look(self) -> bool:
        return self.status != "graded" or "refused" in self.outcomes.values()


@dataclass(frozen=True)
class Ready:
    """A submission that has been run and judged, and waits to be recorded."""

    submission: Submission
    transcript: Transcript
    examined: Examined


class Grader:
    """Everything one class run needs, opened once."""

    def __init__(
        self,
        root: Path,
        *,
        device: str = "cpu",
        limits: Limits = DEFAULT,
        confined: bool = True,
        workers: int | None = 1,
        again: bool = False,
    ) -> None:
        self.root = root
        self.device = device
        self.limits = limits
        self.confined = confined
        self.again = again
        self.config = load_settings(root)
        self.record = Record(root, self.config)
        self.store = Store(root)
        self.pool: Pool | Cluster = Pool()
        self.examiners = ExaminerPool(workers)
        self._releases: dict[str, Release] = {}
        self._references: dict[str, dict[str, str]] = {}
        self._asked: dict[tuple[str, int], Asked] = {}
        self._seeds: dict[str, int] = {}
        self._judging = b""
        self._lock = threading.Lock()

    def stop(self) -> None:
        """End all that runs and is judged."""
        self.pool.close()
        self.examiners.close()

    def close(self) -> None:
        self.stop()
        self.record.close()

    def release(self, lesson: str) -> Release:
        if lesson not in self._releases:
            self._releases[lesson] = load_release(lesson, self.root)
        return self._releases[lesson]

    def reference(self, lesson: str) -> dict[str, str]:
        """Return a lesson's right answers by exercise."""
        if lesson not in self._references:
            solved = read_built("source", lesson, self.root).named
            self._references[lesson] = {e.name: solved[e.name].source for e in exercises_of(lesson)}
        return self._references[lesson]

    def asked(self, lesson: str, seed: int) -> Asked:
        """Return a lesson's questions for a seed, drawn once; the latest few are kept."""
        with self._lock:
            if (lesson, seed) not in self._asked:
                while len(self._asked) >= 12:
                    self._asked.pop(next(iter(self._asked)))
                self._asked[lesson, seed] = Asked(lesson, seed, self.device)
            return self._asked[lesson, seed]

    def begin(self, lessons: Iterable[str]) -> None:
        """Start a run, or go on with one that was interrupted."""
        self._seeds = self.store.begin(lessons, again=self.again)

    def examine(self, job: Job) -> Ready:
        """Read, run and judge one submission; nothing is recorded yet."""
        return self.examine_submission(job.told(self.read(job.notebook, job.lesson)), job.lesson)

    def read(self, notebook: Path, lesson: str) -> Submission:
        """Read and mend what was handed in."""
        return self.examiners.read(notebook, self.release(lesson))

    def examine_submission(self, submission: Submission, lesson: str) -> Ready:
        """Run and judge a submission that has been read; content that was run before is not run again.

        What builds on exercises that did not pass is asked once more with right ones in their place: one slip is paid
        once.
        """
        content = digest_of(submission, lesson, self.device)
        asked, transcript = self._seen(submission, lesson, content)
        examined = self.examiners.examine(submission, asked, transcript)
        provided = to_provide(examined, self.reference(lesson))
        if provided:
            content = hashlib.sha256(f"{content} {json.dumps(provided)}".encode()).hexdigest()
            _, again = self._seen(submission, lesson, content, asked, provided)
            examined = self.examiners.examine(submission, asked, transcript, again)
        return Ready(submission, transcript, examined)

    def _seen(
        self,
        submission: Submission,
        lesson: str,
        content: str,
        asked: Asked | None = None,
        provided: Provided | None = None,
    ) -> tuple[Asked, Transcript]:
        """Return what is seen of a submission with its questions: from the store where the same was run before.

        content: a digest of all that is run. asked: the questions, if they are settled.
        """
        kept = self.store.transcript(content)
        if kept is not None and (asked.seed == kept.seed if asked else self._is_new_enough(lesson, kept.seed)):
            same = self.asked(lesson, kept.seed)
            if same.digest == kept.asked:
                return same, kept.transcript
        if asked is None:
            if lesson not in self._seeds:
                self.begin([lesson])
            asked = self.asked(lesson, self._seeds[lesson])
        transcript = self._run(submission, asked, provided)
        self.store.keep(content, Kept(asked.seed, asked.digest, transcript))
        return asked, transcript

    def _is_new_enough(self, lesson: str, seed: int) -> bool:
        """Tell whether what was found with a seed may stand: where all is graded again only what this run found."""
        return not self.again or seed == self._seeds.get(lesson)

    def _run(self, submission: Submission, asked: Asked, provided: Provided | None = None) -> Transcript:
        """Run a submission now.

        A second time, alone, if something was cut off that did not compute all its time: the limits are wall-clock, and
        a machine that was busy or paused costs nobody points. And with what only demonstrates, if an answer missed a
        name from there.
        """
        if submission.unreadable:
            return Transcript("unreadable")
        torch = needs_torch(asked.lesson)

        def run(demonstrations: bool) -> Transcript:
            program = program_of(
                submission,
                asked,
                limits=self.limits,
                demonstrations=demonstrations,
                confined=self.confined,
                provided=provided,
            )
            transcript = self.pool.run(program, torch=torch)
            if not transcript.resources.get("starved"):
                return transcript
            again = self.pool.run(program, torch=torch, alone=True)
            return replace(again, resources={**again.resources, "retried": 1.0})

        transcript = run(False)
        return run(True) if wants_demonstrations(transcript) else transcript

    def write(self, job: Job, ready: Ready, state: str) -> Graded:
        """Record one examined submission: graded notebook, gradebook rows, then the mark that it is done."""
        submission, examined = ready.submission, ready.examined
        folder = self.root / "autograded" / job.student / job.lesson
        # v4.writes does not validate, which would take longer than all the rest: these cells are our own making
        text = nbformat.v4.writes(examined.notebook)
        write_whole(folder / f"{job.lesson}.ipynb", (text + "\n").encode())
        stamp, note = read_timestamp(job.folder)
        if stamp is not None:
            write_whole(folder / TIMESTAMP, str(stamp).encode())
        else:
            (folder / TIMESTAMP).unlink(missing_ok=True)
        note += carry_secret(job.folder, folder)
        beside = [f"not used: {', '.join(job.beside)}"] if job.beside else []
        standing = self.record.save(job.lesson, job.student, examined.notebook, stamp)
        status = status_of(submission, ready.transcript)
        if ready.transcript.resources.get("retried"):
            note.append("it ran out of time while it was not computing, and was tried once more, alone")
        graded = Graded(
            job.lesson,
            job.student,
            status,
            standing.score,
            sum(e.points for e in exercises_of(job.lesson)),
            {n: v.outcome for n, v in examined.verdicts.items()},
            {n: v.mistake for n, v in examined.verdicts.items() if v.mistake},
            (*([submission.unreadable] if submission.unreadable else []), *submission.repairs, *note, *beside),
            examined.seed,
            total_seconds_late=standing.late_s,
            late_submission_penalty=standing.penalty,
        )
        self.store.mark_done(job.lesson, job.student, {**asdict(graded), "state": state})
        return graded

    def withdraw(self, job: Job) -> None:
        """Take back an older grading of a submission that cannot be graded now: nothing of it may pass as its own.

        Its cells wait for a person in formgrader; the next run tries again.
        """
        self.store.forget(job.lesson, job.student)
        (self.root / "autograded" / job.student / job.lesson / f"{job.lesson}.ipynb").unlink(missing_ok=True)
        self.record.save(job.lesson, job.student, None, read_timestamp(job.folder)[0])

    def state_of(self, job: Job) -> str:
        """Return a name for all that points from checks depend on: if it is as it was, there is nothing to grade.

        What is taken off for being late is no part of it: `finished` works that out anew, and no student code runs.
        """
        parts = [str(FORMAT).encode(), self.device.encode(), self._version(), self.release(job.lesson).text]
        parts.append(json.dumps(self.reference(job.lesson)).encode())
        parts.append("\n".join(job.found).encode("utf-8", "backslashreplace"))
        for path in (job.notebook, job.folder / TIMESTAMP, job.folder / SECRET):
            try:
                with open_plainly(path, MAX_FILE_BYTES) as file:
                    parts.append(hashlib.file_digest(file, "sha256").digest())
            except (NotPlain, OSError) as reason:
                parts.append(f"- {reason}".encode("utf-8", "replace"))
        return hashlib.sha256(b"\0".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()

    def _version(self) -> bytes:
        """Return a name for how answers are judged: when a check changes, all is judged anew from what was kept."""
        if not self._judging:
            rooms = [Path(package.__file__ or "").parent for package in (course.checks, course.exercises)]
            files = sorted(file for room in rooms for file in room.rglob("*.py"))
            self._judging = hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()
        return self._judging

    def finished(self, job: Job, state: str) -> Graded | None:
        """Return the grading of a submission that has not changed since, if it lies there whole."""
        record = self.store.done(job.lesson, job.student)
        graded = self.root / "autograded" / job.student / job.lesson / f"{job.lesson}.ipynb"
        if record is None or record.pop("state", "") != state or not graded.exists():
            return None
        if not self._is_new_enough(job.lesson, record["seed"]):
            return None
        standing = self.record.standing(job.lesson, job.student)
        if standing is None or abs(standing.score - record["score"]) > 1e-6:
            return None
        late = {"total_seconds_late": standing.late_s, "late_submission_penalty": standing.penalty}
        same = all(record.get(name) == value for name, value in late.items())
        if not same:
            record |= late
            self.store.mark_done(job.lesson, job.student, {**record, "state": state})
        return Graded(**{**record, "notes": tuple(record["notes"]), "skipped": same})


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
    if not os.path.lexists(path):
        return None, []
    try:
        text = read_plainly(path, 1000).decode()[:100].strip()
        stamp = parse_utc(text) if text else None
    except (ValueError, OverflowError, OSError, NotPlain):
        return None, ["its timestamp cannot be read"]
    return stamp, []
