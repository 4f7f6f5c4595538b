"""Ctrl-C and SIGTERM end `course grade` cleanly at any stage; the next run continues."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.interruption import below, n_done, processes, rows_of
from course.grading import grade
from tests.course_factory import LESSON, REPOSITORY, answered, hand_in, make_course, scores, signed, waiting

N_STUDENTS = 8
# How long each submission sleeps, so that many are left when Ctrl-C is pressed.
PAUSE_S = 0.5
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
GOES_ON = "and the next `course grade` goes on from there."
HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a gradebook, one graded submission and many that sleep."""
    root = tmp_path_factory.mktemp("course")
    make_course(root, [LESSON])
    hand_in(root, "first", answered())
    assert grade(root=root, workers=1) == 0
    for i in range(N_STUDENTS):
        hand_in(root, f"s{i:02d}", waiting(signed(f"s{i}"), PAUSE_S))
    return root


@pytest.fixture
def course(graded_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graded_once, tmp_path / "course")


class Grading:
    """A `course grade` process in its own terminal."""

    def __init__(self, root: Path, *words: str, workers: int = 1) -> None:
        ours, theirs = pty.openpty()
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course.cli", "grade", "--workers", str(workers), *words],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", "COLUMNS": "300"},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            text=True,
            start_new_session=True,
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, args=(ours,), daemon=True)
        self._reader.start()

    def _read(self, terminal: int) -> None:
        with contextlib.suppress(OSError):  # raised when the other end of the terminal is closed
            while data := os.read(terminal, 4096):
                self.shown += data.decode(errors="replace")
        os.close(terminal)

    def wait_for(self, stage: Callable[[], bool]) -> None:
        until = time.monotonic() + 120
        while not stage():
            assert self.process.poll() is None, "it ended before it came so far"
            assert time.monotonic() < until
            time.sleep(0.02)

    def maps(self) -> str:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self.process.pid}/maps").read_text()
        return ""

    def press(self, sent: signal.Signals, times: int = 1, patience_s: float = 60) -> tuple[str, str]:
        """Send a signal to the process group, as a terminal does; return stdout and the terminal's last line."""
        family = [process for _, process in below(self.process.pid)]
        for _ in range(times):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, sent)
            time.sleep(0.03)
        out, _ = self.process.communicate(timeout=patience_s)
        self._reader.join(timeout=10)
        assert self.process.returncode == STATUS[sent], self.shown
        assert "Traceback" not in self.shown
        assert self.shown.rfind(SHOW) >= self.shown.rfind(HIDE), "the terminal's cursor is shown again"
        until = time.monotonic() + 10
        while left := [p for p in family if (now := processes().get(p.pid)) and now.began == p.began]:
            assert time.monotonic() < until, left
            time.sleep(0.02)
        return out, self.shown.strip().splitlines()[-1].removeprefix(SHOW)


@pytest.fixture
def whole(course: Path) -> Iterator[None]:
    """Check after the test that a complete run gives everybody the full score."""
    yield
    assert grade(root=course, workers=1) == 0
    assert scores(course) == {"first": 20.0} | {f"s{i:02d}": 20.0 for i in range(N_STUDENTS)}
    assert list(course.rglob(".writing-*")) == []


@pytest.mark.slow
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(("sent", "times"), [(signal.SIGINT, 4), (signal.SIGTERM, 1)])
def test_in_the_middle_it_says_how_many_are_graded(course: Path, sent: signal.Signals, times: int) -> None:
    grading = Grading(course, workers=2)
    grading.wait_for(lambda: n_done(course) > 2)
    _, last = grading.press(sent, times)
    n_recorded = n_done(course)
    assert 2 < n_recorded < N_STUDENTS
    # a submission recorded while the signal arrived may not have been counted
    told = [f"course: interrupted; {n} of {N_STUDENTS + 1} submissions are graded and recorded, " for n in range(50)]
    assert last in {f"{told[n]}{GOES_ON}" for n in (n_recorded - 1, n_recorded)}
    assert len(rows_of(course)) in (n_recorded, n_recorded + 1)


@pytest.mark.usefixtures("whole")
def test_while_somebody_else_holds_the_gradebook_it_ends_as_well(course: Path) -> None:
    grading = Grading(course)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db", isolation_level=None, timeout=60)) as database:
        grading.wait_for(lambda: n_done(course) > 2)
        database.execute("begin immediate")
        time.sleep(3)  # by then, grading waits for the lock
        grading.press(signal.SIGINT, patience_s=15)  # SQLite's own timeout is twice as long


@pytest.mark.usefixtures("whole")
def test_with_json_stdout_holds_whole_lines_only(course: Path) -> None:
    grading = Grading(course, "--json")
    grading.wait_for(lambda: n_done(course) > 2)
    out, last = grading.press(signal.SIGINT)
    assert len([json.loads(line)["student"] for line in out.splitlines()]) in (n_done(course), n_done(course) - 1)
    assert last.endswith(GOES_ON)


@pytest.mark.slow
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    ("stage", "sent"),
    [
        ("libraries are read", signal.SIGINT),
        ("the gradebook is made", signal.SIGTERM),
        ("fork servers start", signal.SIGINT),
    ],
)
def test_before_anything_is_graded_it_ends_as_cleanly(course: Path, stage: str, sent: signal.Signals) -> None:
    shutil.rmtree(course / ".course")
    (course / "gradebook.db").unlink()
    grading = Grading(course, workers=2)
    reached = {
        "libraries are read": lambda: "libtorch" in grading.maps() or "numpy" in grading.maps(),
        "the gradebook is made": lambda: (course / "gradebook.db").exists(),
        "fork servers start": lambda: bool(below(grading.process.pid)),
    }
    grading.wait_for(reached[stage])
    _, last = grading.press(sent, 2)
    assert (
        last == "course: interrupted" or last == f"course: interrupted; no submission is graded and recorded, {GOES_ON}"
    )


def test_help_names_every_exit_status() -> None:
    words = [sys.executable, "-m", "course.cli", "grade", "--help"]
    shown = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, timeout=60).stdout
    assert all(f"{status} " in shown for status in (0, 1, 2, 130, 143))
