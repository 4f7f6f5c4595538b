"""`course grade --watch` grades what arrives, once it has stopped changing, and nothing else."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from course.errors import CourseError, Interrupted
from course.grading import watching
from course.grading.folder import Task
from course.grading.graded import Graded
from course.grading.progress import print_arrived, summarise
from course.grading.watching import LOOK_S, ON_ITS_WAY_S, QUIET_S, REST, RETRY_S, Watch
from course.sandbox import supervisor
from tests import commands
from tests.course_factory import LESSON, REPOSITORY, SLIP, answered, hand_in, make_course, record, scores
from tests.waiting import until

NOTEBOOK = '{"cells": []}'
Action = Callable[[], object]


class Story:
    """A simulated watch on a folder: one action happens during each rest, and rests let time pass."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.now_s = root, 1000.0
        self.graded: list[str] = []
        self.rests: list[float] = []
        self.n_opened, self.n_reports = 0, 0
        self.while_judged: dict[str, Action] = {}
        self.due: dict[str, int] = {}
        self.policy: list[Path] = []
        self._actions: Iterator[Action | None] = iter(())
        for folder in ("release", "source"):
            (root / folder / LESSON).mkdir(parents=True)
            (root / folder / LESSON / f"{LESSON}.ipynb").write_text(NOTEBOOK)
        monkeypatch.setattr(watching.time, "monotonic", lambda: self.now_s)
        monkeypatch.setattr(watching.time, "sleep", self._rest)

    def _rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now_s += seconds
        action = next(self._actions, lambda: (_ for _ in ()).throw(Interrupted(signal.SIGINT)))
        if action is not None:
            action()

    @contextmanager
    def _opened(self, _: bool) -> Iterator[tuple[object, Callable[..., Generator[Graded]]]]:
        self.n_opened += 1
        policy = SimpleNamespace(files=self.policy)
        yield SimpleNamespace(gradebook=SimpleNamespace(deadlines=lambda: (self.due, {}), policy=policy)), self._run

    def _run(self, tasks: list[Task], still: Callable[[Task], bool]) -> Generator[Graded]:
        for task in tasks:
            self.while_judged.pop(task.student, lambda: None)()
            if still(task):
                self.graded.append(task.student)
                yield Graded(task.lesson, task.student, "graded", 20, 20)

    def tell(self, *actions: Action | None) -> list[str]:
        """Watch while the actions happen, one in each rest; return the students graded so far, in order."""

        def report() -> None:
            self.n_reports += 1

        self._actions = iter(actions)
        with pytest.raises(Interrupted):
            Watch(self.root, self._opened, when_quiet=report).go_on()
        return self.graded

    def put(self, student: str, text: str = NOTEBOOK) -> Action:
        return lambda: hand_in(self.root, student, text)


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    return Story(tmp_path, monkeypatch)


def test_new_and_changed_submissions_are_graded_once_and_nothing_else(story: Story) -> None:
    again = story.put("anna", NOTEBOOK + " ")
    assert story.tell(story.put("anna"), None, None, story.put("bob"), None, None, again, None, None) == [
        "anna",
        "bob",
        "anna",
    ]


def test_what_changes_from_look_to_look_waits_until_it_has_stopped(story: Story) -> None:
    parts = [story.put("anna", NOTEBOOK + " " * i) for i in range(4)]
    assert story.tell(*parts) == []
    assert story.tell(*parts, None, None) == ["anna"]


def test_a_notebook_that_ends_in_the_middle_is_given_time_and_then_graded_as_it_is(story: Story) -> None:
    n_looks = int(ON_ITS_WAY_S / LOOK_S)
    assert story.tell(story.put("anna", NOTEBOOK[:-3]), *[None] * (n_looks - 2), story.put("anna"), None, None) == [
        "anna"
    ]
    story.graded.clear()
    shutil.rmtree(story.root / "submitted")
    assert story.tell(story.put("bob", NOTEBOOK[:-3]), *[None] * n_looks) == []
    assert story.tell(*[None] * (n_looks + 2)) == ["bob"]


def test_of_what_changes_or_goes_while_it_is_judged_nothing_is_recorded(story: Story) -> None:
    story.while_judged["anna"] = lambda: shutil.rmtree(story.root / "submitted" / "anna")
    story.while_judged["bob"] = story.put("bob", NOTEBOOK + " ")
    both = [story.put("anna"), story.put("bob"), None, None, None]
    assert story.tell(*both) == ["bob"]


def test_where_looking_takes_long_it_rests_longer_and_grading_is_no_looking(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(seconds: float) -> None:
        story.now_s += seconds

    story.while_judged["anna"] = lambda: take(100)
    assert story.tell(story.put("anna"), None, None) == ["anna"]
    assert {*story.rests} == {LOOK_S}
    snapshot_of = watching.snapshot_of
    monkeypatch.setattr(watching, "snapshot_of", lambda entry: (take("anna" in str(entry)), snapshot_of(entry))[1])
    story.tell(None)
    assert {*story.rests} == {LOOK_S, REST}


def test_when_what_is_graded_by_has_changed_it_says_so_and_looks_at_all_again(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    release = story.root / "release" / LESSON / f"{LESSON}.ipynb"
    build = [lambda: release.write_text("{"), lambda: release.write_text(NOTEBOOK + " "), story.put("bob")]
    assert story.tell(story.put("anna"), None, *build, None, None, None) == ["anna", "anna", "bob"]
    assert story.n_opened == 2
    assert f"({Path('release', LESSON, release.name)})" in capsys.readouterr().err
    assert story.tell(None, lambda: story.due.update({LESSON: 1}), *[None] * 3)[3:] == ["anna", "bob"] * 2
    assert "has changed (due dates): everything is looked at again" in capsys.readouterr().err
    rates = story.root / "policies" / "rates.py"
    rates.parent.mkdir()
    story.policy.append(rates)
    assert story.tell(None, lambda: rates.write_text(""), *[None] * 3)[7:] == ["anna", "bob"] * 2
    assert f"has changed ({Path('policies', 'rates.py')})" in capsys.readouterr().err


def test_a_full_disk_is_told_once_and_tried_until_there_is_room(
    story: Story, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = itertools.cycle([1, 2, 2, 1])  # others write and delete meanwhile
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=next(free)))

    def full() -> None:
        story.while_judged["anna"] = full
        raise OSError(errno.ENOSPC, "no room")

    story.while_judged["anna"] = full
    assert story.tell(story.put("anna"), *[None] * 8, lambda: story.while_judged.clear(), *[None] * 3) == ["anna"]
    told = capsys.readouterr().err
    assert told.count("is full. Make room there; trying again every") == 1 and f"{RETRY_S:g}" in told


def test_what_is_wrong_at_the_first_look_ends_it(story: Story) -> None:
    with pytest.raises(CourseError, match="no student “ana”"):
        story.put("anna")()
        Watch(story.root, story._opened, student="ana")


def test_a_network_that_is_away_is_not_taken_for_a_deletion(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    below, away = watching._below, []

    def seen(folder: Path, depth: int) -> Iterator[os.DirEntry[str]]:
        if away and "submitted" in str(folder):
            raise OSError(errno.ESTALE, "stale")
        return below(folder, depth)

    monkeypatch.setattr(watching, "_below", seen)
    assert story.tell(story.put("anna"), None, lambda: away.append(1), None, None, away.clear, None, None) == ["anna"]


def test_the_report_is_written_when_it_has_been_quiet_and_at_the_end(story: Story) -> None:
    quiet = [None] * int(QUIET_S / LOOK_S + 1)
    story.tell(story.put("anna"), None, None)
    assert story.n_reports == 1
    story.tell(*quiet, *quiet, story.put("bob"), None, None)
    assert story.n_reports == 3


def test_the_line_of_a_late_submission_says_what_is_taken_off(capsys: pytest.CaptureFixture[str]) -> None:
    late = Graded(LESSON, "anna", "graded", 20, 20, total_seconds_late=3600, late_submission_penalty=2.00002)
    print_arrived(late, False)
    assert capsys.readouterr().out.endswith("20 of 20 points; late: 1 h, 2 points taken off\n")
    summarise([late], 1.0, [], {})
    summary = capsys.readouterr().out
    assert summary.startswith("1 submission in 1.0 s") and f"late: anna {LESSON}: 1 h, 2 points taken off\n" in summary


def test_what_is_too_little_to_be_shown_is_not_counted_as_taken_off(capsys: pytest.CaptureFixture[str]) -> None:
    second = Graded(LESSON, "anna", "graded", 20, 20, total_seconds_late=1, late_submission_penalty=2e-5)
    summarise([second], 1.0, [], {})
    summary = capsys.readouterr().out
    assert "1 late, none of them with points taken off" in summary and ": 1 s, 0 points taken off" in summary


QUICK = """
import sys
from course.cli import main
from course.grading import watching
watching.LOOK_S = 0.2
sys.argv[0] = "course"
main()
"""


def test_it_grades_for_real_beside_another_grading_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    hand_in(root, "anna", answered())
    watch = commands.start("python", "-c", QUICK, "grade", "--watch", "--json", cwd=root, env=environment)

    def done(student: str) -> bool:
        return (root / ".course/grading/done" / LESSON / f"{student}.json").exists()

    until(lambda: done("anna"))
    whole = hand_in(root, "bob", answered(backward=SLIP)).read_text()
    hand_in(root, "bob", whole[: len(whole) // 2])
    other = commands.start("course", "grade", "--student", "anna", "--again", cwd=root, env=environment)
    hand_in(root, "bob", whole)
    until(lambda: done("bob"))
    other.wait(120)
    os.kill(watch.pid, signal.SIGINT)
    out, err = watch.communicate(60)
    assert (other.returncode, watch.returncode) == (0, 130), err
    assert [(line["student"], line["score"]) for line in map(json.loads, out.splitlines())] == [
        ("anna", 20.0),
        ("bob", 17.0),
    ]
    assert err.splitlines()[-1].startswith("course: interrupted; 2 submissions are graded and recorded")
    assert scores(root) == {"anna": 20.0, "bob": 17.0} and record(root, "bob")["score"] == 17.0
    assert (root / "report.html").is_file() and not list(root.rglob(".writing-*"))


@pytest.mark.parametrize("status", ["graded", "repaired", "unreadable", "failed", *supervisor._LOST])
def test_every_way_in_which_a_submission_can_end_has_words(status: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = Graded(LESSON, "ada", status, 0.0, 20.0)
    summarise([result], 1.0, [], {})
    print_arrived(result, as_json=False)
    assert status.replace("_", " ") in capsys.readouterr().out


def test_what_may_not_be_read_is_known_by_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    assert watching.snapshot_of(tmp_path) == {(str(tmp_path), 0, 0, 0)}
