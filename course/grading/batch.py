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
from course.grading.assignment import assignments_of, notebooks_of, require_assignments, stock_strength
from course.grading.examiner import Ready
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
    """Grade submissions, several at a time, and give each as it is done.

    Reading, running and judging go on in parallel; recording in one thread, one transaction each.
    at_once: for how many of the workers there is work now, where that changes.
    still: whether a submission that was judged is still what lies there; else nothing is recorded of it.
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
                yield from _recorded(grader, running, still)
        while running:
            yield from _recorded(grader, running, still)
    except BaseException:  # nobody waits for what is still being judged
        executor.shutdown(wait=False, cancel_futures=True)
        grader.stop()
        raise
    executor.shutdown()
    grader.store.end()


def _recorded(
    grader: Grader, running: dict[Future[list[Ready]], tuple[Task, str]], still: Callable[[Task], bool]
) -> Iterator[Graded]:
    """Wait for the next submissions that have been judged, and record them."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        task, state = running.pop(future)
        try:
            ready = future.result()
            if still(task):
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
            told = say("{lesson} of {student}: {note}", lesson=task.lesson, student=task.student, note=note)
            print(f"course: {plain(told)}", file=sys.stderr)


def _failed(grader: Grader, task: Task, error: Exception) -> Graded:
    """Take back what a submission had that could not be graded, and tell why.

    What this machine lacks is no submission's affair and raised again. A name that no text can hold is spelled out.
    """
    if machine_fault(error):
        raise error
    student = task.student.encode("utf-8", "backslashreplace").decode()
    reason = f"{type(error).__name__}: {error}" if not isinstance(error, WorkerLost | OSError) else str(error)
    notes = [say("not graded: {why}", why=reason)]
    try:
        grader.withdraw(task)
    except Exception as also:
        if machine_fault(also):
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
    """Grade what lies in submitted/; return 0 if every submission could be graded and nothing was left out.

    scheduler: address of a Dask scheduler, whose workers then run the submissions instead of this machine.
    again: also what has not changed, with fresh questions; student code runs once more.
    Raises CourseError for a lesson or student that is not there.
    """
    here = (root or Path.cwd()).resolve()
    found = find(here, chosen_lessons(lessons, here), student)
    tasks = found.tasks
    began = time.monotonic()
    results: list[Graded] = []
    opened = opener(here, workers=workers, device=device, confined=confined, scheduler=scheduler)
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
    """Return the assignments to grade, in their order; raise CourseError for one that is not there."""
    require_assignments(lessons or [], root)
    return [name for name in assignments_of(root) if not lessons or name in lessons]


# Opens a grader (again: whether what was graded before counts for nothing), and with it what grades submissions there.
Opener = Callable[[bool], AbstractContextManager[tuple[Grader, Callable[..., Generator[Graded]]]]]


def opener(root: Path, *, workers: int | None, device: str, confined: bool, scheduler: str | None) -> Opener:
    """Return what opens a grader with these settings, as often as it is needed.

    Raises CourseError where student code cannot be confined.
    """
    if confined and scheduler is None and lacking():
        raise cannot_confine()
    device = usable(device) if scheduler is None else device

    @contextmanager
    def opened(again: bool) -> Iterator[tuple[Grader, Callable[..., Generator[Graded]]]]:
        with (
            readable_config_errors(root),
            rarely_collecting(),
            closing(
                Grader(root, device=device, confined=confined, workers=workers, n_on_device=workers or 1, again=again)
            ) as grader,
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
    """Say what keeps grading from going on, if it is the machine's or a disk's fault; else ""."""
    if disk_is_full(error):
        # by device: of one disk two looks would now name this folder and now that
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
