"""A time limit costs points only if the code used its time: code that got no processor runs once more, alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.grading.grader import Grader
from course.runner import Question
from course.sandbox import Cell, ForkServer, Job, Limits, Pool, RunResult, attempt
from course.sandbox import pool as pool_module
from tests.course_factory import LESSON, answered, hand_in, make_course

pytestmark = pytest.mark.slow

LIMITS = Limits(cell_s=1.0, answer_s=1.0, total_s=60)
QUESTIONS = {"f": (Question("lesson.f", "call", {}, {"args": [], "results": ["value"]}),)}


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer(torch=False) as process:
        yield process


@pytest.mark.parametrize("where", ["cell", "answer"])
def test_what_slept_is_known_not_to_have_computed(server: ForkServer, where: str) -> None:
    asleep = "import time; time.sleep(30)"
    cells = {
        "cell": (Cell("own", asleep), Cell("f", "def f():\n    return 1")),
        "answer": (Cell("f", f"def f():\n    {asleep}"),),
    }[where]
    run_result = server.run(Job((*cells, Cell("check_f", ask="f")), QUESTIONS, LIMITS, confined=False))
    (answer,) = run_result.answers["f"]
    cut_off = {"cell": run_result.cells.get("own"), "answer": answer.failure}[where]
    assert cut_off is not None and "timed_out" in (getattr(cut_off, "status", ""), getattr(cut_off, "kind", ""))
    assert run_result.resources["starved"] == 1


@pytest.mark.parametrize(("computed_s", "starved"), [(0.0, True), (0.3, True), (0.9, False)])
def test_what_computed_most_of_its_time_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, computed_s: float, starved: bool
) -> None:
    run = attempt.Attempt(Job(()), until=0.0)
    monkeypatch.setattr(attempt, "tree_of", lambda _: [])
    monkeypatch.setattr(attempt, "cpu_s", lambda _: 5.0 + computed_s)
    monkeypatch.setattr(attempt.time, "monotonic", lambda: 101.0)
    run._note_starving((100.0, 5.0))
    assert run.starved is starved


def test_what_nobody_came_to_look_at_is_tried_again() -> None:
    run = attempt.Attempt(Job(()), until=0.0)
    run._note_starving(run._cell_began)
    assert run.starved


class Runs:
    """A fake pool: if `starved`, a run is cut off unless it runs alone; otherwise every run completes."""

    def __init__(self, starved: bool) -> None:
        self.alone: list[bool] = []
        self._starved = starved

    def run(self, job: Job, *, torch: bool, alone: bool = False) -> RunResult:
        self.alone.append(alone)
        cut_off = self._starved and not alone
        return RunResult("timed_out" if cut_off else "done", resources={"starved": float(cut_off)})

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("starved", "runs"), [(True, [False, True]), (False, [False])])
def test_what_was_cut_off_without_computing_is_tried_once_more_alone(
    tmp_path: Path, starved: bool, runs: list[bool]
) -> None:
    make_course(tmp_path, [LESSON])
    notebook = hand_in(tmp_path, "ada", answered())
    grader = Grader(tmp_path)
    try:
        grader.pool = pool = Runs(starved)  # type: ignore[assignment]
        question_set = grader.question_set(LESSON, 1)
        run_result = grader._run(grader.read(notebook, LESSON, LESSON), question_set)
    finally:
        grader.close()
    assert pool.alone == runs
    assert run_result.status == "done"


def test_a_program_that_runs_alone_waits_for_the_others_and_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[str] = []
    beside: dict[str, list[str]] = {}
    first_runs, first_may_end = threading.Event(), threading.Event()

    class Named(str):
        device = "cpu"

    class Fake:
        def __init__(self, **_: Any) -> None:
            pass

        def run(self, job: Any) -> str:
            running.append(job)
            beside[job] = list(running)
            if job == "first":
                first_runs.set()
                first_may_end.wait(30)
            running.remove(job)
            return str(job)

        def close(self) -> None:
            pass

    monkeypatch.setattr(pool_module, "ForkServer", Fake)
    pool = Pool()
    started = [threading.Thread(target=pool.run, args=(Named("first"),), kwargs={"torch": False})]
    started[0].start()
    assert first_runs.wait(30)
    started.append(threading.Thread(target=pool.run, args=(Named("alone"),), kwargs={"torch": False, "alone": True}))
    started[1].start()
    while not pool._entrance.locked():
        pass
    started.append(threading.Thread(target=pool.run, args=(Named("late"),), kwargs={"torch": False}))
    started[2].start()
    assert "alone" not in beside and "late" not in beside
    first_may_end.set()
    for thread in started:
        thread.join(30)
    assert beside == {"first": ["first"], "alone": ["alone"], "late": ["late"]}
    assert list(beside) == ["first", "alone", "late"]
