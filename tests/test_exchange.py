"""A lesson goes out through nbgrader's exchange, a submission comes back, and its feedback reaches its student."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeSubmit
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from course.building.built_notebooks import REPOSITORY
from course.grading.examiner import Examined, JudgedNotebook
from course.grading.exchange import SECRET, Collect, ReleaseFeedback, carry_secret, read_secret
from course.grading.grader import Grader, Task
from course.grading.preprocessors import leave_only_the_notebook
from course.grading.release import Release
from course.grading.standings import Mark
from course.grading.submission import Submission
from course.language import using
from course.sandbox import RunResult
from tests import commands
from tests.accounts import STUDENT, TWO_ACCOUNTS, can_read, nbgrader
from tests.attacks.corpus import filled
from tests.formgrader import serving

LESSON = "way1_numpy"
COURSE_ID = "two-layer-network"
PRIVATE = ["gradebook.db", "submitted", "autograded", "feedback", ".course", "source"]


@dataclass(frozen=True)
class Term:
    """A course, the exchange outside it, and a student's own folder."""

    course: Path
    exchange: Path
    student: Path
    listed: str
    released: str

    @property
    def page(self) -> Path:
        """The feedback page that the student has fetched."""
        (page,) = self.student.glob(f"{LESSON}/feedback/*/{LESSON}.html")
        return page

    def made_for(self, student: str) -> str:
        return (self.course / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def term() -> Iterator[Term]:
    """One submission taken all the way, by two accounts if possible, and another put into submitted/ by hand."""
    place = Path(tempfile.mkdtemp(prefix="course-term-"))  # not in pytest's folder, which other accounts cannot enter
    place.chmod(0o755)
    course, exchange, home = place / "course", place / "exchange", place / "student"
    for folder in ("source", "release"):
        shutil.copytree(REPOSITORY / folder / LESSON, course / folder / LESSON)
    home.mkdir()
    for folder in (course, home):
        folder.chmod(0o755)
        shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    if TWO_ACCOUNTS:
        os.chown(home, STUDENT.pw_uid, STUDENT.pw_gid)
    nbgrader(course, f"generate_assignment {LESSON}", f"release_assignment {LESSON}", exchange=exchange)
    nbgrader(home, f"fetch_assignment {LESSON}", f"submit {LESSON}", exchange=exchange, student=True)
    nbgrader(course, f"collect {LESSON}", exchange=exchange)
    by_hand = course / "submitted" / "by-hand" / LESSON
    by_hand.mkdir(parents=True)
    nbformat.write(filled(LESSON), str(by_hand / f"{LESSON}.ipynb"))
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "COURSE_EXCHANGE": str(exchange)}
    assert commands.run("course", "grade", "--workers", "1", cwd=course, env=environment).returncode == 0
    released = nbgrader(course, f"generate_feedback {LESSON}", f"release_feedback {LESSON}", exchange=exchange)
    listed = nbgrader(home, "list --cached", f"fetch_feedback {LESSON}", exchange=exchange, student=True)
    yield Term(course, exchange, home, listed, released)
    shutil.rmtree(place)


@pytest.mark.slow
def test_feedback_reaches_whoever_handed_in(term: Term) -> None:
    assert "feedback ready to be fetched" in term.listed
    assert term.page.read_text(encoding="utf-8") == term.made_for(STUDENT.pw_name) != term.made_for("by-hand")
    assert term.page.stat().st_uid == STUDENT.pw_uid


@pytest.mark.slow
def test_a_submission_put_there_by_hand_is_named_and_keeps_nobody_waiting(term: Term) -> None:
    assert "No feedback was released for by-hand: nobody can fetch it" in term.released
    assert "Traceback" not in term.released
    assert len(list((term.exchange / COURSE_ID / "feedback").glob("*"))) == 1


@pytest.mark.slow
def test_no_other_account_reads_what_grading_made(term: Term) -> None:
    owned = {name: (term.course / name).stat().st_mode & 0o077 for name in PRIVATE}
    assert owned == dict.fromkeys(PRIVATE, 0)
    if TWO_ACCOUNTS:
        reach = [*PRIVATE, f"source/{LESSON}/{LESSON}.ipynb", f"autograded/by-hand/{LESSON}/{LESSON}.ipynb"]
        assert [name for name in reach if can_read(term.course / name)] == []
        assert can_read(term.course / "nbgrader_config.py"), "the course's folder itself was to be open"


@pytest.mark.slow
def test_so_it_does_after_nbgraders_own_autograde_and_from_formgrader(term: Term) -> None:
    shutil.rmtree(term.exchange / COURSE_ID / "feedback")
    first = term.page.read_text(encoding="utf-8")
    nbgrader(term.course, f"autograde {LESSON} --force", exchange=term.exchange)
    graded = term.course / "autograded" / STUDENT.pw_name / LESSON
    handed_in = term.course / "submitted" / STUDENT.pw_name / LESSON
    assert (graded / SECRET).read_text() == (handed_in / SECRET).read_text()
    with serving(term.course, {"PYTHONPATH": str(REPOSITORY), "COURSE_EXCHANGE": str(term.exchange)}) as formgrader:
        for button in ("generate_feedback", "release_feedback"):
            answer = formgrader.press(f"api/assignment/{LESSON}/{button}")
            assert answer["success"], answer.get("error")
        assert "by-hand" in answer["log"]
        status = formgrader.ask(f"api/submissions/{LESSON}")
        assert {row["student"] for row in status} == {STUDENT.pw_name, "by-hand"}
    nbgrader(term.student, f"fetch_feedback {LESSON}", exchange=term.exchange, student=True)
    page = term.page.read_text(encoding="utf-8")
    assert page == term.made_for(STUDENT.pw_name)
    assert page.count('class="points"') == first.count('class="points"') > 0


def handed_in(folder: Path, secret: str | bytes | None) -> Path:
    folder.mkdir(parents=True)
    if secret is not None:
        (folder / SECRET).write_bytes(secret if isinstance(secret, bytes) else secret.encode())
    return folder


@pytest.mark.parametrize("secret", [b"", b" \n", b"two\nlines", b"\xff\xfe", b"0" * 5000, b"\x1b[2J" + b"0" * 20])
def test_a_secret_that_cannot_be_used_is_told_and_left_out(secret: bytes, tmp_path: Path) -> None:
    submitted, graded = handed_in(tmp_path / "a" / LESSON, secret), handed_in(tmp_path / "b" / LESSON, "an older one")
    (note,) = carry_secret(submitted, graded)
    assert SECRET in note
    assert list(graded.iterdir()) == []


@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder"])
def test_what_is_no_file_of_the_students_own_is_no_secret(kind: str, tmp_path: Path) -> None:
    other = tmp_path / "of-somebody-else"
    other.write_text("0" * 128)
    place = handed_in(tmp_path / "a" / LESSON, None) / SECRET
    make = {"link": place.symlink_to, "hard link": place.hardlink_to}
    if kind in make:
        make[kind](other)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    secret, notes = read_secret(place.parent)
    assert secret is None and len(notes) == 1


def test_what_nbgrader_copied_through_a_link_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source" / LESSON).mkdir(parents=True)
    solution = tmp_path / "solution"
    solution.write_text("the solution")
    submitted = handed_in(tmp_path / "submitted" / "ada" / LESSON, None)
    (submitted / SECRET).symlink_to(solution)
    graded = handed_in(tmp_path / "autograded" / "ada" / LESSON, "the solution")
    leave_only_the_notebook(LESSON, "ada", [str(submitted / f"{LESSON}.ipynb")])
    assert list(graded.iterdir()) == []


def test_a_resubmission_is_graded_under_its_own_secret_and_time(tmp_path: Path) -> None:
    """Running the submission does not matter here, so the grader is a stub that only has folders."""
    saved = SimpleNamespace(save=lambda *_: Mark())
    grader: Any = SimpleNamespace(
        root=tmp_path, device="cpu", gradebook=saved, store=SimpleNamespace(mark_done=lambda *_: None)
    )
    grader.assignments = SimpleNamespace(
        graded=lambda _: {LESSON: {}},
        release=lambda *_: Release(LESSON, nbformat.v4.new_notebook()),
        reference=lambda _: {},
        parts=lambda _: (),
        files=lambda *_: ({}, []),
    )
    ready = JudgedNotebook(LESSON, Submission(()), RunResult("done"), Examined({}, nbformat.v4.new_notebook(), seed=0))
    task = Task(LESSON, "ada", handed_in(tmp_path / "submitted" / "ada" / LESSON, "a" * 128))
    (task.folder / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
    states = [Grader.state_of(grader, task)]
    Grader.write(grader, task, [ready], "")
    graded = tmp_path / "autograded" / "ada" / LESSON
    assert (graded / SECRET).read_text() == "a" * 128 and (graded / "timestamp.txt").exists()
    (task.folder / SECRET).write_text("b" * 128)
    states.append(Grader.state_of(grader, task))
    Grader.write(grader, task, [ready], "")
    assert (graded / SECRET).read_text() == "b" * 128
    (task.folder / SECRET).unlink()
    (task.folder / "timestamp.txt").unlink()
    states.append(Grader.state_of(grader, task))
    with using("zh"):
        assert Grader.state_of(grader, task) == states[-1], "a terminal in another language grades nothing anew"
    Grader.write(grader, task, [ready], "")
    assert [file.name for file in graded.iterdir()] == [f"{LESSON}.ipynb"]
    assert len(set(states)) == 3


def exchange_of(kind: type, root: Path) -> tuple[object, list[str]]:
    """Return an instance of an nbgrader exchange class for a course folder, and the list of its log messages."""
    import logging

    told: list[str] = []
    log = logging.Logger("exchange")
    handler = logging.Handler()
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    log.addHandler(handler)
    config = Config(CourseDirectory={"root": str(root)}, Exchange={"root": str(root / "exchange")})
    folder = CourseDirectory(config=config, course_id="c", assignment_id=LESSON, db_url=f"sqlite:///{root}/g.db")
    return kind(coursedir=folder, config=config, log=log), told


def released_to(root: Path, secret: str) -> str:
    return (
        root / "exchange" / "c" / "feedback" / f"{notebook_hash(secret=secret, notebook_id=LESSON)}.html"
    ).read_text()


def test_students_with_the_same_secret_do_not_get_each_others_pages(tmp_path: Path) -> None:
    (tmp_path / "exchange").mkdir()
    secrets = {
        "ada": "a" * 128,
        "bob": "b" * 128,
        "copied-from-bob": "b" * 128,
        "comma, dot.": "c" * 128,
        "[x]": "d" * 128,
    }
    for student, secret in secrets.items():
        page = handed_in(tmp_path / "feedback" / student / LESSON, secret) / f"{LESSON}.html"
        page.write_text(f"the page of {student}")
        page.chmod(0o600)
    release, told = exchange_of(ReleaseFeedback, tmp_path)
    release.start()  # type: ignore[attr-defined]
    for student in ("ada", "comma, dot.", "[x]"):
        assert released_to(tmp_path, secrets[student]) == f"the page of {student}"
    pages = list((tmp_path / "exchange" / "c" / "feedback").iterdir())
    assert [page.stat().st_mode & 0o777 for page in pages] == [0o644] * 3
    (reason,) = [line for line in told if "No feedback" in line]
    assert "bob, copied-from-bob" in reason and "each other's pages" in reason


def test_pages_made_before_the_secret_was_there_are_to_be_made_anew(tmp_path: Path) -> None:
    (tmp_path / "exchange").mkdir()
    (handed_in(tmp_path / "feedback" / "ada" / LESSON, None) / f"{LESSON}.html").write_text("old")
    handed_in(tmp_path / "autograded" / "ada" / LESSON, "a" * 128)
    release, told = exchange_of(ReleaseFeedback, tmp_path)
    release.start()  # type: ignore[attr-defined]
    assert f"nbgrader generate_feedback {LESSON} --force" in told[-1]


@pytest.fixture
def inbound(tmp_path: Path) -> Path:
    """The exchange's inbound folder, with what students may have written there."""
    folder = tmp_path / "exchange" / "c" / "inbound"
    folder.mkdir(parents=True)
    when = "2026-01-01 10:00:00.000000 UTC"
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "solution.ipynb").write_text("the solution")
    for name in ("ada", "linked", "piped"):
        (folder / f"{name}+{LESSON}+{when}+x").mkdir()
        (folder / f"{name}+{LESSON}+{when}+x" / "notes.txt").write_text(name)
    (folder / f"linked+{LESSON}+{when}+x" / f"{LESSON}.ipynb").symlink_to(tmp_path / "source" / "solution.ipynb")
    (folder / f"linked+{LESSON}+{when}+x" / "all").symlink_to(tmp_path / "source")
    os.mkfifo(folder / f"piped+{LESSON}+{when}+x" / "pipe")
    (folder / f"whole+{LESSON}+{when}+x").symlink_to(tmp_path / "source")
    for name in (f"odd+{LESSON}+no time+x", f"odd+{LESSON}+", f"+{LESSON}+{when}+x"):
        (folder / name).mkdir()
    (folder / f"file+{LESSON}+{when}+x").write_text("")
    return folder


def test_collecting_takes_what_students_own_and_stops_for_nobody(
    inbound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # nbgrader looks up `alembic` on the PATH to create a gradebook
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    collect, told = exchange_of(Collect, tmp_path)
    collect.start()  # type: ignore[attr-defined]
    submitted = tmp_path / "submitted"
    found = {str(path.relative_to(submitted)) for path in submitted.rglob("*") if not path.is_dir()}
    assert found == {f"{name}/{LESSON}/notes.txt" for name in ("ada", "linked", "piped")}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["exchange", "g.db", "source", "submitted"]
    said = "\n".join(told)
    for word in ("all", f"{LESSON}.ipynb", "whole+", "no time", "file+", "(pipe: "):
        assert word in said, word


def test_nbgraders_submit_still_makes_the_secret_that_is_carried() -> None:
    import inspect

    assert SECRET in inspect.getsource(ExchangeSubmit.copy_files)
