"""Everything one class run needs, opened once: releases, store, gradebook, fork servers."""

from __future__ import annotations

import hashlib
import json
import threading
import weakref
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from course.atomic import write_atomically
from course.grading.assignment import NOTHING_GRADED, GradedCells, own_cells
from course.grading.entries import some_of
from course.grading.examiner import JudgedNotebook, to_provide
from course.grading.examiners import ExaminerPool
from course.grading.exchange import carry_secret
from course.grading.folder import Task
from course.grading.gradebook import Gradebook
from course.grading.graded import TIMESTAMP, Graded, graded_folder, noted_in, read_timestamp
from course.grading.jobs import QuestionSet, StandIns, job_of, together, wants_demonstrations
from course.grading.outputs import text_of
from course.grading.release import Assignments
from course.grading.store import CachedRun, Store, digest_of, state_of
from course.grading.submission import Submission
from course.language import later, say
from course.lessons.stated import Part
from course.runner.devices import CPU
from course.sandbox import DEFAULT, Job, Limits, Pool, RunResult
from course.sandbox.system import n_processors

if TYPE_CHECKING:
    from course.cluster.scheduler import Cluster


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
        self.gradebook = Gradebook(root)
        self.store = Store(root)
        self.pool: Pool | Cluster = Pool(workers or 1, workers or n_processors())
        self.examiners = ExaminerPool(workers)
        self.assignments = Assignments(root, self.gradebook.graded_cells)
        self.warned: set[tuple[str, str]] = set()
        self._question_sets: dict[tuple[str, int, tuple[Part, ...], str], QuestionSet] = {}
        self._seeds: dict[str, int] = {}
        self._lock = threading.Lock()
        # by the content that is being run: submissions with the same content wait for each other
        self._running: weakref.WeakValueDictionary[str, threading.Lock] = weakref.WeakValueDictionary()

    def stop(self) -> None:
        """Stop all running and judging."""
        self.pool.close()
        self.examiners.close()

    def close(self) -> None:
        self.stop()
        self.gradebook.close()

    def question_set(self, lesson: str, seed: int, device: str = "") -> QuestionSet:
        """Return a lesson's questions for a seed, from a cache of the latest few.

        device: the device they are asked on, by default the grader's.
        """
        with self._lock:
            parts, device = self.assignments.parts(lesson) if lesson else (), device or self.device
            key = (lesson, seed, parts, device)
            if key not in self._question_sets:
                while len(self._question_sets) >= 12:
                    self._question_sets.pop(next(iter(self._question_sets)))
                self._question_sets[key] = QuestionSet(lesson, seed, device, parts)
            return self._question_sets[key]

    def begin(self, lessons: Iterable[str]) -> None:
        """Start a run, or resume one that was interrupted."""
        self._seeds = self.store.begin(lessons, again=self.again)

    def examine(self, task: Task) -> list[JudgedNotebook]:
        """Read, run and judge each notebook of one submission, without recording anything."""
        return [
            self.examine_submission(task.told(self.read(task.path_of(name), task.lesson, name)), task, name)
            for name in self.assignments.graded(task.lesson)
        ]

    def read(self, path: Path, lesson: str, notebook: str) -> Submission:
        """Read and mend a submitted notebook of a lesson or of another assignment."""
        return self.examiners.read(path, self.assignments.release(lesson, notebook))

    def examine_submission(self, submission: Submission, task: Task, notebook: str) -> JudgedNotebook:
        """Run and judge a notebook that has been read; content that was run before is not run again.

        Exercises that build on failed ones are asked once more with correct answers in place of those, so that one slip
        costs points only once. An instructor's own graded cells run separately, in a process that has torch. If the
        device fails, which is not the student's fault, everything is asked on the CPU.
        """
        ready = self._examined_on(self.device, submission, task, notebook)
        if ready is None:
            ready = self._examined_on(CPU, submission, task, notebook)
            assert ready is not None, "no answer on the CPU is lost to a device"
            seen = ready.run_result
            ready = replace(ready, run_result=replace(seen, resources={**seen.resources, "off_device": 1.0}))
        return ready

    def _examined_on(self, device: str, submission: Submission, task: Task, notebook: str) -> JudgedNotebook | None:
        """Run and judge a notebook, asking its questions on a device; return None if the device failed."""
        graded = self.assignments.graded(task.lesson)[notebook]
        exercises = self.assignments.exercises(task.lesson, notebook)
        own = own_cells(graded, exercises)
        if exercises:
            content = digest_of(submission, task.lesson, device)
            run = partial(self._run, submission)
            question_set, run_result = self._run_or_stored(task.lesson, task.lesson, content, run, device)
            if device != CPU and run_result.device_failed:  # on the CPU, only student code can have said so
                return None
            if own:
                run_result = together(run_result, self._scored(submission, task, own)[1])
        else:
            question_set, run_result = self._scored(submission, task, own)
        examined = self.examiners.examine(submission, question_set, run_result, graded=graded)
        provided = to_provide(examined, self.assignments.reference(task.lesson)) if exercises else {}
        if provided:
            content = hashlib.sha256(f"{content} {json.dumps(provided)}".encode()).hexdigest()
            run = partial(self._run, submission, provided=provided)
            _, again = self._run_or_stored(task.lesson, task.lesson, content, run, device, question_set)
            if device != CPU and again.device_failed:
                return None
            examined = self.examiners.examine(submission, question_set, run_result, again, graded)
        return JudgedNotebook(notebook, submission, run_result, examined)

    def _scored(self, submission: Submission, task: Task, own: GradedCells) -> tuple[QuestionSet, RunResult]:
        """Run a notebook and the instructor's own graded cells from top to bottom, without asking any exercise."""
        files = self.assignments.files(task.lesson, task.folder)[0]
        make = partial(job_of, submission, own=own, files=files)
        content = digest_of(submission, "", self.device, own, files)
        return self._run_or_stored(
            task.lesson, "", content, lambda _: self._carry_out(submission, make, torch=True, own=own)
        )

    def _run_or_stored(
        self,
        assignment: str,
        lesson: str,
        content: str,
        run: Callable[[QuestionSet], RunResult],
        device: str = "",
        question_set: QuestionSet | None = None,
    ) -> tuple[QuestionSet, RunResult]:
        """Return the questions and the result of a run, from the store if the same content was run before.

        lesson: whose questions are asked; "" for none. content: a digest of all that is run. device: as in
        `question_set`. question_set: the questions, if they are already chosen.
        """
        with self._lock:
            running = self._running.setdefault(content, threading.Lock())
        with running:
            cached = self.store.run_result(content)
            if cached is not None and (
                question_set.seed == cached.seed if question_set else self._is_new_enough(assignment, cached.seed)
            ):
                same = self.question_set(lesson, cached.seed, device)
                if same.digest == cached.questions:
                    return same, cached.run_result
            if question_set is None:
                if assignment not in self._seeds:
                    self.begin([assignment])
                question_set = self.question_set(lesson, self._seeds[assignment], device)
            run_result = run(question_set)
            if question_set.device == CPU or not run_result.device_failed:  # next time the device may work again
                self.store.cache(content, CachedRun(question_set.seed, question_set.digest, run_result))
            return question_set, run_result

    def _is_new_enough(self, lesson: str, seed: int) -> bool:
        """Return whether a result with this seed may be reused: with `again`, only if it is from the current run."""
        return not self.again or seed == self._seeds.get(lesson)

    def _run(self, submission: Submission, question_set: QuestionSet, provided: StandIns | None = None) -> RunResult:
        """Run a submission and ask its exercises, bypassing the store."""
        make = partial(job_of, submission, question_set, provided=provided)
        return self._carry_out(submission, make, torch=question_set.needs_torch)

    def _carry_out(
        self, submission: Submission, make: Callable[..., Job], *, torch: bool, own: GradedCells = NOTHING_GRADED
    ) -> RunResult:
        """Run a job, bypassing the store.

        It is run a second time, alone, if something timed out without having had the processor all that time: limits
        are wall-clock, and a busy or paused machine must not cost points. It is run with the demonstration cells if
        something missed a name that they may define.
        """
        if submission.unreadable:
            return RunResult("unreadable")

        def run(demonstrations: bool) -> RunResult:
            job = make(limits=self.limits, demonstrations=demonstrations, confined=self.confined)
            run_result = self.pool.run(job, torch=torch)
            if not run_result.resources.get("starved"):
                return run_result
            again = self.pool.run(job, torch=torch, alone=True)
            return replace(again, resources={**again.resources, "retried": 1.0})

        run_result = run(False)
        return run(True) if wants_demonstrations(run_result, own) else run_result

    def write(self, task: Task, ready: list[JudgedNotebook], state: str) -> Graded:
        """Record one examined submission: graded notebooks, gradebook rows, then the record that it is done."""
        folder = graded_folder(self.root, task.student, task.lesson)
        for part in ready:
            write_atomically(folder / f"{part.notebook}.ipynb", f"{text_of(part.examined.notebook)}\n".encode())
        stamp, note = read_timestamp(task.folder)
        if stamp is not None:
            write_atomically(folder / TIMESTAMP, str(stamp).encode())
        else:
            (folder / TIMESTAMP).unlink(missing_ok=True)
        used, left_out = self.assignments.files(task.lesson, task.folder)
        note += carry_secret(task.folder, folder) + left_out
        beside = [say("not used: {names}", names=some_of(task.beside))] if task.beside and not used else []
        standing = self.gradebook.save(
            task.lesson, task.student, {r.notebook: r.examined.notebook for r in ready}, stamp
        )
        verdicts = {name: verdict for part in ready for name, verdict in part.examined.verdicts.items()}
        if any(part.run_result.resources.get("retried") for part in ready):
            note.append(say("it ran out of time while it was not computing, and was run once more, on its own"))
        if any(part.run_result.resources.get("off_device") for part in ready):
            told = later("the device {device} failed while the answer was checked, and it was checked again on the CPU")
            note.append(say(told, device=self.device))
        graded = Graded(
            task.lesson,
            task.student,
            next((s for s in (r.status for r in ready) if s != "graded"), "graded"),
            standing.from_checks,
            sum(cell.points for cells in self.assignments.graded(task.lesson).values() for cell in cells.values()),
            {n: v.outcome for n, v in verdicts.items()},
            {n: v.mistake for n, v in verdicts.items() if v.mistake},
            (*(n for part in ready for n in part.notes(alone=len(ready) == 1)), *note, *beside),
            tuple(line for part in ready for line in part.examined.to_look_at),
            next((part.examined.seed for part in ready), 0),
            total_seconds_late=standing.late_s,
            late_submission_penalty=standing.penalty,
            wrong={n: told for part in ready for n, told in noted_in(part.submission, part.examined.verdicts).items()},
        )
        self.store.mark_done(graded, state)
        return graded

    def withdraw(self, task: Task) -> None:
        """Discard the earlier grading of a submission that cannot be graded now, so that it is not taken for current.

        Its cells wait for a person in formgrader; the next run tries again.
        """
        self.store.forget(task.lesson, task.student)
        for notebook in self.gradebook.graded_cells(task.lesson):
            (graded_folder(self.root, task.student, task.lesson) / f"{notebook}.ipynb").unlink(missing_ok=True)
        self.gradebook.save(task.lesson, task.student, None, read_timestamp(task.folder)[0])

    def state_of(self, task: Task) -> str:
        return state_of(task, self.assignments, self.device)

    def finished(self, task: Task, state: str) -> Graded | None:
        """Return the earlier grading, with its lateness updated, if it is complete and nothing has changed since."""
        graded, before = self.store.done(task.lesson, task.student)
        folder = graded_folder(self.root, task.student, task.lesson)
        if before != state or not self._is_new_enough(task.lesson, graded.seed):
            return None
        if not all((folder / f"{notebook}.ipynb").exists() for notebook in self.assignments.graded(task.lesson)):
            return None
        standing = self.gradebook.standing(task.lesson, task.student)
        if standing is None or abs(standing.from_checks - graded.score) > 1e-6:
            return None
        now = replace(graded, total_seconds_late=standing.late_s, late_submission_penalty=standing.penalty)
        if now != graded:
            self.store.mark_done(now, state)
        return replace(now, skipped=now == graded)
