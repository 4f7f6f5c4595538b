"""Grading may be killed at any moment or run beside another writer: no score is lost, doubled or half-written."""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from benchmarks.interruption import Expected, Running, Trial, make_twin, n_done, rows_of
from course.grading import grade
from course.grading.graded import Graded
from course.grading.grader import Grader, Task
from course.grading.store import Store
from tests import commands
from tests.course_factory import (
    LESSON,
    REPOSITORY,
    answered,
    drawn,
    hand_in,
    make_course,
    notebook,
    scores,
    signed,
    waiting,
)
from tests.waiting import until

N_KILLS, N_KILLS_OF_A_WATCH = 8, 4  # `python -m benchmarks.interruption` kills more often
N_STUDENTS = 14
# Each submission of the killed class sleeps this long; a fast machine would otherwise be done before the last kill.
PAUSE_S = 0.9
LOOKS_OFTEN = "from course import cli; from course.grading import watching; watching.LOOK_S = 0.2; cli.main()"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one graded student and four who are not graded yet."""
    root = tmp_path / "course"
    make_course(root, [LESSON])
    hand_in(root, "first", answered())
    grade(root=root)
    for i in range(4):
        hand_in(root, f"s{i}", drawn(i))
    return root


@pytest.fixture(scope="module")
def waiting_class(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Expected]:
    """A class to be graded, and the expected result, from grading it without a kill."""
    calm, twin = (tmp_path_factory.mktemp("class") / name for name in ("calm", "twin"))
    make_course(calm, [LESSON])
    for i in range(N_STUDENTS):
        hand_in(calm, f"s{i:02d}", waiting(drawn(i), PAUSE_S))
    make_twin(calm, twin, [LESSON])
    assert grade(root=calm) == 0
    expected = Expected.of(calm)
    assert len(expected.rows) == N_STUDENTS
    return twin, expected


class Watching:
    """A `course grade --watch` process; `wait` ends it with Ctrl-C once everything is graded."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self._root = root
        words = ("-c", LOOKS_OFTEN, "grade", "--watch", "--workers", "2")
        self._running = commands.start("python", *words, cwd=root, env=environment)
        self.pid, self.poll = self._running.pid, self._running.poll

    def wait(self, timeout: float | None = None) -> int:
        until(lambda: self.poll() is not None or n_done(self._root) == N_STUDENTS)
        if self.poll() is None:
            os.kill(self.pid, signal.SIGINT)
        return {130: 0}.get(status := self._running.wait(timeout), status)


@pytest.mark.slow
@pytest.mark.parametrize("watch", [False, True])
def test_killed_at_random_moments_it_ends_as_without_a_kill(
    waiting_class: tuple[Path, Expected], tmp_path: Path, watch: bool
) -> None:
    killed, scratch = shutil.copytree(waiting_class[0], tmp_path / "killed"), tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(scratch)}
    seed = random.randrange(10**6)  # each run of this test kills at different moments

    def start() -> Running:
        if watch:
            return Watching(killed, environment)
        return commands.start("course", "grade", "--workers", "2", cwd=killed, env=environment)

    trial = Trial(killed, scratch, waiting_class[1], start, random.Random(seed))
    n_kills = N_KILLS_OF_A_WATCH if watch else N_KILLS
    trial.run(n_kills)
    assert trial.faults == [], f"with seed {seed}"
    assert len(trial.kills) == n_kills
    assert set(scores(killed).values()) == {18.0, 20.0}


def test_a_gradebook_that_somebody_else_writes_is_waited_for(course: Path) -> None:
    database = sqlite3.connect(course / "gradebook.db", check_same_thread=False, isolation_level=None)
    database.execute("begin immediate")

    def let_go() -> None:
        time.sleep(4)
        database.execute("commit")

    thread = threading.Thread(target=let_go)
    thread.start()
    assert grade(root=course) == 0
    thread.join()
    assert scores(course)["s0"] == 20


def test_two_runs_at_once_lose_nothing(course: Path) -> None:
    for i in range(4, 8):
        hand_in(course, f"s{i}", notebook("release"))
    both = [commands.start("course", "grade", "--workers", "1", cwd=course) for _ in range(2)]
    assert [p.wait(timeout=240) for p in both] == [0, 0]
    assert scores(course)["s0"] == 20
    rows = rows_of(course)
    assert len(rows) == 9
    assert len({tuple(name for name, *_ in cells) for cells in rows.values()}) == 1


def test_files_that_a_killed_writer_left_are_swept_and_those_being_written_are_not(tmp_path: Path) -> None:
    store, folder = Store(tmp_path), tmp_path / "autograded" / "s0" / LESSON
    folder.mkdir(parents=True)
    for left in (store.folder / ".writing-first", folder / ".writing-left"):  # the first is of the first run.json
        left.parent.mkdir(parents=True, exist_ok=True)
        left.touch()
    with (folder / ".writing-now").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        store.begin([LESSON])
        assert [p.name for p in tmp_path.rglob(".writing-*")] == [".writing-now"]


SHAPES = [None, [], {}, 1, "x", {"open": True, "seeds": None}, {"open": True, "seeds": {LESSON: "1"}}, {"seed": 1}]


@pytest.mark.parametrize("content", [*map(json.dumps, SHAPES), "", "[" * 10**5])
def test_what_is_no_record_of_a_run_counts_as_none(tmp_path: Path, content: str) -> None:
    store = Store(tmp_path)
    store.begin([])
    (store.folder / "run.json").write_text(content)
    seeds = store.begin([LESSON])
    assert seeds.keys() == {LESSON} and store.begin([LESSON]) == seeds


MISSHAPEN = {
    "status": 1,
    "score": None,
    "seed": "1",
    "state": None,
    "notes": "none",
    "to_look_at": [1],
    "outcomes": [],
    "mistakes": {"forward": ["x"]},
    "wrong": {"make_data": {}},
    "another": "",
}


@pytest.mark.parametrize("name", [*MISSHAPEN, ""])
def test_a_note_of_another_shape_counts_as_none(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path)
    told = {"forward": {"quantity": "h", "said": "It is off.", "line": "h = x"}}
    graded = Graded(
        LESSON, "s", "graded", 3.5, 20, {"forward": "fail"}, {"forward": "a"}, ("n",), ("l",), 7, wrong=told
    )
    store.mark_done(graded, "state")
    assert store.done(LESSON, "s") == (graded, "state")
    note = json.loads(store.file_of(LESSON, "s").read_bytes())
    store.file_of(LESSON, "s").write_text(json.dumps({**note, name: MISSHAPEN[name]} if name else [note]))
    assert store.done(LESSON, "s") == (Graded(LESSON, "s", ""), "")


def test_what_cannot_be_graded_keeps_no_old_score_and_is_tried_again(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade(root=course) == 0
    before = scores(course)
    assert before["s0"] == 20
    hand_in(course, "s0", signed("changed"))
    examine = Grader.examine

    def stumble(grader: Grader, task: Task) -> object:
        if task.student == "s0":
            raise ZeroDivisionError("by the planted fault")
        return examine(grader, task)

    monkeypatch.setattr(Grader, "examine", stumble)
    assert grade(root=course) == 1
    assert "s0 way1_numpy: failed (not graded: ZeroDivisionError" in " ".join(capsys.readouterr().out.split())
    assert scores(course) == {**before, "s0": 0.0}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission(LESSON, "s0").notebooks[0].grades
        assert all(g.auto_score is None and g.needs_manual_grade for g in grades)
    assert not (course / "autograded" / "s0" / LESSON / f"{LESSON}.ipynb").exists()
    monkeypatch.undo()
    assert grade(root=course) == 0
    assert scores(course) == before
