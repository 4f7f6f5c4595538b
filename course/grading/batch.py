"""The class run: read, run and judge in parallel, record one by one; safe to interrupt and to repeat."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

from course.configuration import readable_config_errors
from course.errors import CourseError, Interrupted, disk_is_full, machine_fault, plain, unwritten
from course.grading.assignment import assignments_of, notebooks_of, require_assignment, stock_strength
from course.grading.finding import find
from course.grading.folder import Task
from course.grading.graded import Graded
from course.grading.grader import Grader
from course.grading.progress import print_left_out, shown, summarise
from course.grading.ready import Ready
from course.grading.standings import deadlines
from course.sandbox import WorkerLost
from course.sandbox.confinement import cannot_confine
from course.sandbox.device_access import usable
from course.sandbox.system import lacking, n_processors


def run_class(
    grader: Grader, tasks: list[Task], workers: int, at_once: Callable[[], int] | None = None
) -> Generator[Graded]:
    """Grade submissions, several at a time, and give each as it is done.

    Reading, running and judging go on in parallel; recording in one thread, one transaction each.
    at_once: for how many of the workers there is work now, where that changes.
    """
    lessons = sorted({task.lesson for task in tasks})
    for lesson in lessons:
        for notebook in notebooks_of(lesson, grader.root):
            grader.handed_out.release(lesson, notebook)  # first of all: without one there is nothing to grade by
    for lesson in lessons:
        grader.gradebook.ensure_lesson(lesson)
        if own := grader.handed_out.own_cells(lesson):
            print(f"course: {stock_strength(lesson, own)}", file=sys.stderr)
    grader.begin(lessons)
    running: dict[Future[list[Ready]], tuple[Task, str]] = {}
    executor = ThreadPoolExecutor(workers)
    try:
        for task in tasks:
            try:
                state = grader.state_of(task)
                done = grader.finished(task, state)
            except CourseError:  # of the machine or the course, and so of every submission
                raise
            except Exception as error:
                yield _failed(grader, task, error)
                continue
            if done is not None:
                yield done
                continue
            running[executor.submit(grader.examine, task)] = (task, state)
            # so that no more are held in memory than are worked on
            while len(running) >= 2 * (at_once() if at_once else workers):
                yield from _recorded(grader, running)
        while running:
            yield from _recorded(grader, running)
    except BaseException:  # nobody waits for what is still being judged
        executor.shutdown(wait=False, cancel_futures=True)
        grader.stop()
        raise
    executor.shutdown()
    grader.store.end()


def _recorded(grader: Grader, running: dict[Future[list[Ready]], tuple[Task, str]]) -> Iterator[Graded]:
    """Wait for the next submissions that have been judged, and record them."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        task, state = running.pop(future)
        try:
            ready = future.result()
            _tell_once(grader, task, ready)
            yield grader.write(task, ready, state)
        except CourseError:  # as above
            raise
        except Exception as error:  # whatever else it is, it is this submission's affair
            yield _failed(grader, task, error)


def _tell_once(grader: Grader, task: Task, ready: list[Ready]) -> None:
    """Tell of an instructor's graded cell that gave no score within its points, for the first submission only."""
    for name, note in ((name, note) for part in ready for name, note in part.examined.notes.items()):
        if (task.lesson, name) not in grader.told:
            grader.told.add((task.lesson, name))
            print(f"course: {task.lesson} of {plain(task.student)}: {note}", file=sys.stderr)


def _failed(grader: Grader, task: Task, error: Exception) -> Graded:
    """Take back what a submission had that could not be graded, and tell why.

    What this machine lacks is no submission's affair and raised again. A name that no text can hold is spelled out.
    """
    if machine_fault(error):
        raise error
    student = task.student.encode("utf-8", "backslashreplace").decode()
    reason = f"{type(error).__name__}: {error}" if not isinstance(error, WorkerLost | OSError) else str(error)
    notes = [f"not graded: {reason}"]
    try:
        grader.withdraw(task)
    except Exception as also:
        if machine_fault(also):
            raise
        notes.append(f"an older score may stand: {type(also).__name__}: {also}")
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
    """Grade what lies in submitted/; return 0 if every submission could be graded and nothing was left out.

    scheduler: address of a Dask scheduler, whose workers then run the submissions instead of this machine.
    again: also what has not changed, with fresh questions; student code runs once more.
    Raises CourseError for a lesson or student that is not there.
    """
    here = (root or Path.cwd()).resolve()
    for lesson in lessons or []:
        require_assignment(lesson, here)
    chosen = [name for name in assignments_of(here) if not lessons or name in lessons]
    found = find(here, chosen, student)
    tasks = found.tasks
    if confined and scheduler is None and lacking():
        raise cannot_confine()
    if scheduler is None:
        device = usable(device)
    began = time.monotonic()
    results: list[Graded] = []
    try:
        with (
            readable_config_errors(here),
            closing(
                Grader(here, device=device, confined=confined, workers=workers, n_on_device=workers or 1, again=again)
            ) as grader,
            closing(_runs(grader, tasks, workers, scheduler)) as runs,
        ):
            for graded in shown(runs, len(tasks), as_json):
                results.append(graded)
    except Interrupted as end:
        raise Interrupted(end.number, f"interrupted; {_so_far(results, tasks, again)}") from None
    except Exception as error:
        fault = machine_fault(error) or unwritten(error)
        if not fault:
            raise
        if disk_is_full(error):
            fault = f"The disk that holds {_fullest(here)} is full. Make room there"
        raise CourseError(f"{fault}; {_so_far(results, tasks, again)}") from error
    if as_json:
        print_left_out(found.left_out)
    else:
        due = deadlines(here)[0] if any(r.total_seconds_late > 0 for r in results) else {}
        summarise(results, time.monotonic() - began, found.left_out, due)
    return 1 if any(r.status == "failed" for r in results) or any(left.work for left in found.left_out) else 0


def _runs(grader: Grader, tasks: list[Task], workers: int | None, scheduler: str | None) -> Generator[Graded]:
    """Run the class here, or where a scheduler's workers are."""
    if scheduler is None:
        return run_class(grader, tasks, workers or n_processors())
    from course.cluster.scheduler import MOST, Cluster

    grader.pool = cluster = Cluster(scheduler, device=grader.device)
    return run_class(grader, tasks, workers or MOST, None if workers else lambda: cluster.at_once)


def _so_far(results: list[Graded], tasks: list[Task], again: bool) -> str:
    n_recorded = sum(r.status != "failed" for r in results)
    done = f"{n_recorded} of {len(tasks)} submissions are" if n_recorded else "no submission is"
    command = "course grade --again" if again else "course grade"
    return f"{done} graded and recorded, and the next `{command}` goes on from there."


def _fullest(root: Path) -> str:
    """Return which of the folders that grading writes to has the least space left."""
    return str(min((root, Path(tempfile.gettempdir())), key=lambda folder: shutil.disk_usage(folder).free))
