"""Examiners: what exceeds its time or memory while it is read or judged fails alone, and grading goes on."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course.errors import MachineFault
from course.grading import batch, examiners
from course.grading.examiners import Examiner, ExaminerPool, Exhausted
from course.grading.folder import Task
from course.grading.jobs import QuestionSet
from course.grading.release import read_built
from course.grading.submission import mend
from course.runner import Answer
from course.sandbox import ForkServer, Job, Pool, RunResult, WorkerLost
from tests.course_factory import LESSON, REPOSITORY


@pytest.fixture
def pool() -> Iterator[ExaminerPool]:
    pool = ExaminerPool()
    yield pool
    pool.close()


def double(number: int) -> int:
    return 2 * number


def fail() -> None:
    raise ValueError("of its own")


def search_without_end() -> None:
    """Stay in C code, where Python calls no signal handler; the time limit is short to keep the test fast."""
    examiners.limit_time(0.2)
    re.match("(a+)+$", "a" * 60 + "b")


def fill_the_memory() -> int:
    return len([bytes(2**20) for _ in range(4 * examiners.MEMORY_MIB)])


def be_killed(once: str) -> str:
    if not os.path.exists(once):
        Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_a_task_comes_back_with_its_result_or_its_own_error(pool: ExaminerPool) -> None:
    assert pool._call(double, 21) == 42
    with pytest.raises(ValueError, match="of its own"):
        pool._call(fail)
    assert len(pool._all) == 1, "the process lives on"


def test_a_search_without_end_is_ended_and_the_next_task_gets_another_process(pool: ExaminerPool) -> None:
    with pytest.raises(Exhausted, match="it takes more than"):
        pool._call(search_without_end)
    assert pool._call(double, 4) == 8


def test_a_task_that_fills_the_memory_is_ended(pool: ExaminerPool) -> None:
    with pytest.raises(Exhausted, match="MiB of memory"):
        pool._call(fill_the_memory)
    assert pool._call(double, 4) == 8


def test_what_was_killed_from_outside_is_done_again(pool: ExaminerPool, tmp_path: Path) -> None:
    assert pool._call(be_killed, str(tmp_path / "once")) == "done"


def test_examiners_and_fork_servers_outlive_the_threads_that_asked_for_them(
    pool: ExaminerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel kills a process that is to die with its parent as soon as the thread that started it ends."""
    monkeypatch.setattr("course.sandbox.pool.ForkServer", ForkServer)  # not the one that tests share
    monkeypatch.setattr(examiners, "Examiner", Examiner)

    def ask() -> tuple[int, int, int]:
        servers.run(Job((), confined=False), torch=False)
        return threading.get_native_id(), pool._call(os.getpid), len(servers._all)

    found = set()
    with closing(Pool()) as servers:
        for _ in range(2):
            with ThreadPoolExecutor(1) as executor:
                thread, examiner, n_servers = executor.submit(ask).result()
            found.add((examiner, n_servers))
            while Path(f"/proc/self/task/{thread}").exists():  # the kernel ends it a little later
                time.sleep(0.01)
    assert len(found) == 1, "the second thread found the processes of the first at work"


def test_the_next_submission_runs_while_one_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = {name: threading.Event() for name in ("ada", "ben")}

    def run(self: Pool, job: Job, torch: bool) -> RunResult:
        ran[job.device].set()
        return RunResult("done")

    def examine(task: Task) -> list[Any]:
        servers.run(Job((), device=task.student), torch=True)
        return [task.student, all(event.wait(30) for event in ran.values())]  # judging lasts until the other has run

    monkeypatch.setattr(Pool, "_run", run)
    servers = Pool(n_at_once=1)
    nothing = SimpleNamespace(release=lambda *_: None, own_cells=lambda _: {}, ensure_lesson=lambda _: None)
    grader: Any = SimpleNamespace(
        root=REPOSITORY,
        assignments=nothing,
        gradebook=nothing,
        examiners=ExaminerPool(1),
        store=SimpleNamespace(end=lambda: None),
        begin=lambda _: None,
        state_of=lambda _: "",
        finished=lambda *_: None,
        examine=examine,
        write=lambda task, ready, state: ready,
    )
    monkeypatch.setattr(batch, "_tell_once", lambda *_: None)
    tasks = [Task(LESSON, name, Path(name)) for name in ran]
    results: list[Any] = list(batch.run_class(grader, tasks, 1))
    assert sorted(results) == [["ada", True], ["ben", True]]


def test_a_closed_pool_starts_nothing(pool: ExaminerPool) -> None:
    pool.close()
    with pytest.raises(WorkerLost):
        pool._call(double, 1)


def test_a_notebook_that_cannot_be_read_in_time_is_unreadable(
    pool: ExaminerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examiners, "read_submission", lambda *_: None)
    monkeypatch.setattr(pool, "_call", _raises_exhausted)
    submission = pool.read(Path("any"), read_built("release", LESSON, REPOSITORY))
    assert submission.unreadable == "the notebook cannot be read: it takes more than 20 s"


def _raises_exhausted(*_: Any) -> None:
    raise Exhausted("it takes more than 20 s")


def test_only_the_exercise_that_cannot_be_judged_loses_its_points(
    pool: ExaminerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judging `forward` exceeds its time; the other exercises are judged as usual."""
    question_set = QuestionSet(LESSON, 3, "cpu")
    release = read_built("release", LESSON, REPOSITORY)
    submission = mend(release.notebook.cells, release)
    answers = {name: tuple(Answer(printed=name) for _ in given) for name, given in question_set.questions.items()}

    def call(task: Any, submission: Any, *given: Any) -> Any:
        run_result: RunResult = given[-2]
        if any(a.failure is None for a in run_result.answers.get("forward", ())):
            raise Exhausted("it takes more than 20 s")
        return examiners.examine(submission, question_set, run_result)

    monkeypatch.setattr(pool, "_call", call)
    verdicts = pool.examine(submission, question_set, RunResult("done", answers=answers)).verdicts
    failures = {name: v.failure for name, v in verdicts.items()}
    assert failures["forward"] is not None
    assert (failures["forward"].kind, failures["forward"].message) == ("unjudged", "it takes more than 20 s")
    assert (verdicts["forward"].outcome, verdicts["forward"].points) == ("crashed", 0.0)
    assert all(failures[name] is None for name in verdicts if name != "forward"), "these were judged"


def test_where_the_course_has_changed_since_grading_began_nobody_is_judged(pool: ExaminerPool) -> None:
    """An examiner that starts later reads the newer files and would compare answers with other questions."""
    question_set = QuestionSet(LESSON, 3, "cpu")
    release = read_built("release", LESSON, REPOSITORY)
    submission = mend(release.notebook.cells, release)
    assert pool.examine(submission, question_set, RunResult("done")).verdicts
    question_set.digest = "of what was asked before"
    with pytest.raises(MachineFault, match="The course has changed since grading began"):
        pool.examine(submission, question_set, RunResult("done"))
