"""The class run: read, run and judge in parallel, record one by one; safe to interrupt and to repeat."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path

from course.configuration import readable_config_errors
from course.errors import CourseError, Interrupted, course_error, disk_is_full, machine_fault, plain, unwritten
from course.grading.assignment import assignments_of, forgeable_cells_warning, notebooks_of, require_assignments
from course.grading.examiner import JudgedNotebook
from course.grading.examiners import rarely_collecting
from course.grading.finding import find
from course.grading.folder import Task
from course.grading.graded import Graded
from course.grading.grader import Grader
from course.grading.progress import print_left_out, shown, summarise
from course.grading.standings import deadlines
from course.language import later, say
from course.sandbox import WorkerLost
from course.sandbox.confinement import cannot_confine
from course.sandbox.device_access import usable
from course.sandbox.system import lacking, n_processors


def run_class(
    grader: Grader,
    tasks: list[Task],
    workers: int,
    at_once: Callable[[], int] | None = None,
    still: Callable[[Task], bool] = lambda _: True,
) -> Generator[Graded]:
    """Grade submissions, several at a time, and yield each result as it is recorded.

    Reading, running and judging happen in parallel; recording in one thread, one transaction per submission.
    at_once: returns how many submissions can be worked on now, if that varies; by default as many as `workers`.
    still: returns whether a judged submission is still the current one; if not, it is not recorded.
    """
    lessons = sorted({task.lesson for task in tasks})
    for lesson in lessons:
        for notebook in notebooks_of(lesson, grader.root):
            grader.assignments.release(lesson, notebook)  # fail early: without a release nothing can be graded
    for lesson in lessons:
        grader.gradebook.ensure_lesson(lesson)
        if own := grader.assignments.own_cells(lesson):
            print(f"course: {forgeable_cells_warning(lesson, own)}", file=sys.stderr)
    grader.begin(lessons)
    running: dict[Future[list[JudgedNotebook]], tuple[Task, str]] = {}
    # while submissions are being judged, others run
    executor = ThreadPoolExecutor(workers + grader.examiners.n_usual)
    try:
        for task in tasks:
            try:
                state = grader.state_of(task)
                done = grader.finished(task, state)
            except CourseError:  # the fault of the machine or the course: it affects every submission
                raise
            except Exception as error:
                yield _failed(grader, task, error)
                continue
            if done is not None:
                yield done
                continue
            running[executor.submit(grader.examine, task)] = (task, state)
            # limit how many submissions are held in memory
            while len(running) >= 2 * (at_once() if at_once else workers):
                yield from _recorded(grader, running, still)
        while running:
            yield from _recorded(grader, running, still)
    except BaseException:  # do not wait for submissions still being judged
        executor.shutdown(wait=False, cancel_futures=True)
        grader.stop()
        raise
    executor.shutdown()
    grader.store.end()


def _recorded(
    grader: Grader, running: dict[Future[list[JudgedNotebook]], tuple[Task, str]], still: Callable[[Task], bool]
) -> Iterator[Graded]:
    """Wait until further submissions have been judged, record them and yield the results."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        task, state = running.pop(future)
        try:
            ready = future.result()
            if still(task):
                _tell_once(grader, task, ready)
                yield grader.write(task, ready, state)
        except CourseError:  # as above
            raise
        except Exception as error:  # any other error concerns this submission only
            yield _failed(grader, task, error)


def _tell_once(grader: Grader, task: Task, ready: list[JudgedNotebook]) -> None:
    """Print a note on each instructor's graded cell whose value is not a score within its points, once per cell."""
    for name, note in ((name, note) for part in ready for name, note in part.examined.notes.items()):
        if (task.lesson, name) not in grader.warned:
            grader.warned.add((task.lesson, name))
            told = say("{lesson} of {student}: {note}", lesson=task.lesson, student=task.student, note=note)
            print(f"course: {plain(told)}", file=sys.stderr)


def _failed(grader: Grader, task: Task, error: Exception) -> Graded:
    """Withdraw the older result of a submission that could not be graded, and return a failed one with the reason.

    A fault of this machine has nothing to do with the submission and is raised again. Names that cannot be encoded are
    escaped.
    """
    if fault_of(error, grader.root):
        raise error
    student = task.student.encode("utf-8", "backslashreplace").decode()
    reason = f"{type(error).__name__}: {error}" if not isinstance(error, WorkerLost | OSError) else str(error)
    notes = [say("not graded: {why}", why=reason)]
    try:
        grader.withdraw(task)
    except Exception as also:
        if fault_of(also, grader.root):
            raise
        notes.append(say("an older score may stand: {why}", why=f"{type(also).__name__}: {also}"))
    return Graded(
        task.lesson, student, "failed", notes=tuple(n.encode("utf-8", "backslashreplace").decode() for n in notes)
    )


def grade(
    lessons: list[str] | None = None,
    *,
    student: str | None = None,
    workers: int | None = None,
    device: str = "cpu",
    as_json: bool = False,
    root: Path | None = None,
    confined: bool = True,
    scheduler: str | None = None,
    again: bool = False,
) -> int:
    """Grade the submissions in submitted/; return 1 if one failed or work was left out, 0 otherwise.

    scheduler: address of a Dask scheduler, whose workers then run the submissions instead of this machine.
    again: also grade unchanged submissions, with fresh questions; student code runs once more.
    Raises CourseError if a lesson or the student does not exist.
    """
    here = (root or Path.cwd()).resolve()
    found = find(here, chosen_lessons(lessons, here), student)
    tasks = found.tasks
    began = time.monotonic()
    results: list[Graded] = []
    opened = grader_factory(here, workers=workers, device=device, confined=confined, scheduler=scheduler)
    try:
        with opened(again) as (_, run), closing(run(tasks)) as runs:
            for graded in shown(runs, len(tasks), as_json):
                results.append(graded)
    except Interrupted as end:
        raise Interrupted(end.number, say("interrupted; {so_far}", so_far=_so_far(results, tasks, again))) from None
    except Exception as error:
        if not (fault := fault_of(error, here)):
            raise
        raise course_error("{fault}; {so_far}", fault=fault, so_far=_so_far(results, tasks, again)) from error
    if as_json:
        print_left_out(found.left_out)
    else:
        due = deadlines(here)[0] if any(r.total_seconds_late > 0 for r in results) else {}
        summarise(results, time.monotonic() - began, found.left_out, due)
    return 1 if any(r.status == "failed" for r in results) or any(left.work for left in found.left_out) else 0


def chosen_lessons(lessons: list[str] | None, root: Path) -> list[str]:
    """Return the assignments to grade, in course order; raise CourseError for one that does not exist."""
    require_assignments(lessons or [], root)
    return [name for name in assignments_of(root) if not lessons or name in lessons]


# Called with `again` (whether to ignore earlier results); opens a grader and yields it with a function that grades.
GraderFactory = Callable[[bool], AbstractContextManager[tuple[Grader, Callable[..., Generator[Graded]]]]]


def grader_factory(
    root: Path, *, workers: int | None, device: str, confined: bool, scheduler: str | None
) -> GraderFactory:
    """Return a context manager function that opens a grader with these settings; it can be called repeatedly.

    Raises CourseError if student code cannot be confined.
    """
    if confined and scheduler is None and lacking():
        raise cannot_confine()
    device = usable(device) if scheduler is None else device

    @contextmanager
    def opened(again: bool) -> Iterator[tuple[Grader, Callable[..., Generator[Graded]]]]:
        with (
            readable_config_errors(root),
            rarely_collecting(),
            closing(Grader(root, device=device, confined=confined, workers=workers, again=again)) as grader,
        ):
            if scheduler is None:
                yield grader, partial(run_class, grader, workers=workers or n_processors())
            else:
                from course.cluster.scheduler import MOST, Cluster

                grader.pool = cluster = Cluster(scheduler, device=device)
                at_once = None if workers else lambda: cluster.at_once
                yield grader, partial(run_class, grader, workers=workers or MOST, at_once=at_once)

    return opened


def fault_of(error: Exception, root: Path) -> str:
    """Return why grading cannot continue, if the machine or a disk is at fault, else ""."""
    if disk_is_full(error):
        # keyed by device: for two folders on one disk, repeated calls could name either
        places = {folder.stat().st_dev: folder for folder in (Path(tempfile.gettempdir()), root)}
        fullest = min(places.values(), key=lambda folder: shutil.disk_usage(folder).free)
        return say("The disk that holds {folder} is full. Make room there", folder=fullest)
    return machine_fault(error) or unwritten(error)


def _so_far(results: list[Graded], tasks: list[Task], again: bool) -> str:
    n_recorded = sum(r.status != "failed" for r in results)
    command = "course grade --again" if again else "course grade"
    if not n_recorded:
        told = later("no submission is graded and recorded, and the next `{command}` goes on from there.")
        return say(told, command=command)
    told = later("{n} of {all} submissions are graded and recorded, and the next `{command}` goes on from there.")
    return say(told, n=n_recorded, all=len(tasks), command=command)
