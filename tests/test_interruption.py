"""Grading may be killed at any moment, or meet another writer: no score is lost, doubled or half-written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from course.grading import grade
from tests.test_grading import LESSON, REPOSITORY, answered, hand_in, notebook, scores

# In the benchmarks the same is done many more times.
N_KILLS = 5
N_STUDENTS = 4


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for folder in ("source", "release"):
        shutil.copytree(REPOSITORY / folder / LESSON, tmp_path / folder / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    hand_in(tmp_path, "first", answered())
    grade(root=tmp_path)  # makes the gradebook, which takes longer than the kills leave time for
    for i in range(N_STUDENTS):
        wrong = f"def loss_fn(y_pred, y):\n    return {i}.0\n"
        hand_in(tmp_path, f"s{i}", answered(loss_fn=wrong) if i % 2 else answered())
    return tmp_path


def start(root: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    words = [sys.executable, "-c", "import course.cli; course.cli.main(['grade', '--workers', '2'])"]
    return subprocess.Popen(
        words, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def rows(root: Path) -> dict[str, list[tuple]]:
    """Return the grade rows of each student as they stand in the database."""
    query = """
        select sa.student_id, bc.name, g.auto_score from grade g
        join submitted_notebook sn on g.notebook_id = sn.id
        join submitted_assignment sa on sn.assignment_id = sa.id
        join base_cell bc on g.cell_id = bc.id order by 1, 2
    """
    with sqlite3.connect(root / "gradebook.db") as database:
        found: dict[str, list[tuple]] = {}
        for student, *row in database.execute(query):
            found.setdefault(student, []).append(tuple(row))
    return found


@pytest.mark.slow
def test_killed_at_random_moments_the_next_run_goes_on(course: Path) -> None:
    expected = {"first": 20.0} | {f"s{i}": 14.0 if i % 2 else 20.0 for i in range(N_STUDENTS)}
    chance = random.Random(5)
    for _ in range(N_KILLS):
        running = start(course)
        time.sleep(chance.uniform(1.0, 5.0))
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        whole = {tuple(name for name, _ in cells) for cells in rows(course).values()}
        assert len(whole) == 1, "every submission has all its rows or none"
        assert all(score is not None for cells in rows(course).values() for name, score in cells if name != "explain")
    assert start(course).wait(timeout=240) == 0
    assert scores(course) == expected


def test_nothing_of_a_killed_run_stays_alive(course: Path) -> None:
    running = start(course)
    time.sleep(3)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    until = time.monotonic() + 10
    while left := _processes_in(running.pid):
        assert time.monotonic() < until, left
        time.sleep(0.2)


def _processes_in(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


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
    for i in range(N_STUDENTS, N_STUDENTS + 4):
        hand_in(course, f"s{i}", notebook("release"))
    both = [start(course), start(course)]
    assert [p.wait(timeout=240) for p in both] == [0, 0]
    found = scores(course)
    assert found["s0"] == 20
    assert len(found) == N_STUDENTS + 5
    assert len({tuple(n for n, _ in cells) for cells in rows(course).values()}) == 1
