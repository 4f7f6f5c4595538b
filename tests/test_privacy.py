"""Gradebook, submissions and solutions are readable only by their owner, unless the owner opens them again."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course import configuration, doctor
from course.atomic import write_atomically
from course.building.built_notebooks import REPOSITORY
from course.privacy import PRIVATE, close, who_hands_in, who_reads
from tests import commands
from tests.accounts import TWO_ACCOUNTS, can_read

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no owner, group and others")


@pytest.fixture
def course() -> Iterator[Path]:
    """Yield a course as a fresh clone or an older version leaves it: everybody on the machine can read all of it."""
    place = Path(tempfile.mkdtemp(prefix="course-open-"))  # pytest's own temporary folder is private as a whole
    place.chmod(0o755)
    before = os.umask(0o022)
    for name in PRIVATE:
        if "." in name[1:]:
            (place / name).write_text("private")
        else:
            (place / name / "ada").mkdir(parents=True)
            (place / name / "ada" / "file").write_text("private")
    shutil.copy(REPOSITORY / "nbgrader_config.py", place)
    os.umask(before)
    yield place
    shutil.rmtree(place)


def rights(place: Path) -> dict[str, int]:
    return {name: (place / name).stat().st_mode & 0o077 for name in PRIVATE}


def test_the_first_command_closes_what_everybody_could_read(course: Path) -> None:
    assert set(close(course)) == set(PRIVATE)
    assert rights(course) == dict.fromkeys(PRIVATE, 0)
    assert (course / "source" / "ada" / "file").stat().st_mode & 0o777 == 0o644, "Git would see this"
    if TWO_ACCOUNTS:
        paths = [course / name for name in PRIVATE] + [course / "source" / "ada" / "file"]
        assert [path for path in paths if can_read(path)] == []


def test_the_other_account_can_read_what_is_open(course: Path) -> None:
    # otherwise the other tests would also pass on a machine where the second account can read nothing
    assert not TWO_ACCOUNTS or all(can_read(course / name) for name in PRIVATE)


def test_what_its_owner_opens_again_stays_open(course: Path) -> None:
    close(course)
    (course / "submitted").chmod(0o750)
    assert close(course) == []
    assert (course / "submitted").stat().st_mode & 0o777 == 0o750
    found, advice = who_reads(course)
    assert str(course / "submitted") in found and advice == ""


def test_what_comes_later_is_closed_when_it_comes(course: Path) -> None:
    shutil.rmtree(course / "submitted")
    close(course)
    (course / "submitted").mkdir(0o755)
    (course / "submitted").chmod(0o755)
    assert close(course) == ["submitted"]


def test_nothing_is_closed_through_a_link_or_in_a_folder_that_is_no_course(course: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    shutil.rmtree(course / "submitted")
    (course / "submitted").symlink_to(elsewhere)
    assert "submitted" not in close(course)
    assert elsewhere.stat().st_mode & 0o777 == 0o755
    (tmp_path / "source").mkdir()
    assert close(tmp_path) == [] and not (tmp_path / ".course").exists()


def test_the_doctor_names_each_path_and_the_command_that_closes_it(course: Path, monkeypatch) -> None:
    monkeypatch.chdir(course)
    finding = doctor.privacy()
    assert finding.state == "limited"
    for name in PRIVATE:
        assert str(course / name) in finding.found
    subprocess.run(shlex.split(finding.advice.removeprefix("run: ")), check=True)
    assert rights(course) == dict.fromkeys(PRIVATE, 0)
    assert doctor.privacy().state == "ok"


def test_a_group_that_nobody_let_in_is_told(course: Path) -> None:
    for name in PRIVATE:
        (course / name).chmod(0o750)
    found, advice = who_reads(course)
    assert str(course / "gradebook.db") in found and str(course / ".git") in advice


def test_what_lies_in_a_closed_folder_needs_no_lock_of_its_own(course: Path) -> None:
    course.chmod(0o700)
    assert who_reads(course)[1] == ""


def test_the_doctor_says_whether_students_get_to_the_exchange(course: Path, monkeypatch) -> None:
    exchange = course / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    assert who_hands_in(exchange)[1] == ""
    exchange.chmod(0o755)
    assert "release_assignment" in who_hands_in(exchange)[1]
    course.chmod(0o700)
    found, advice = who_hands_in(exchange)
    assert str(course) in found and "COURSE_EXCHANGE" in advice
    monkeypatch.chdir(course)
    monkeypatch.setenv("COURSE_EXCHANGE", str(course / "elsewhere"))
    assert "elsewhere" in doctor.exchange().found


def test_one_variable_says_where_the_exchange_lies(tmp_path: Path, monkeypatch) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    before = os.umask(0o022)
    try:
        for value, place in (("", tmp_path / "exchange"), (str(tmp_path / "x"), tmp_path / "x")):
            monkeypatch.setenv("COURSE_EXCHANGE", value)
            assert configuration.load(tmp_path).Exchange.root == str(place)
    finally:
        os.umask(before)


def test_what_nbgraders_commands_make_is_their_owners_alone(tmp_path: Path) -> None:
    script = "import course.configuration, pathlib, os\n"
    script += "course.configuration.load(pathlib.Path.cwd()); open('gradebook.db', 'w'); os.makedirs('submitted/ada')"
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    subprocess.run(
        [sys.executable, "-c", f"import os; os.umask(0o022)\n{script}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=True,
    )
    for name in ("gradebook.db", "submitted"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o750, 0o640), (0o755, 0o644), (0o2770, 0o660)])
def test_a_file_is_for_those_whom_its_folder_lets_in(folder: int, file: int, tmp_path: Path) -> None:
    (tmp_path / "autograded").mkdir()
    (tmp_path / "autograded").chmod(folder)
    write_atomically(tmp_path / "autograded" / "file", b"x")
    assert (tmp_path / "autograded" / "file").stat().st_mode & 0o777 == file


def test_grading_says_what_it_has_closed_and_only_once(course: Path) -> None:
    (course / "gradebook.db").unlink()
    said = []
    for _ in range(2):
        done = commands.run("course", "grade", "--json", cwd=course)
        assert [json.loads(line) for line in done.stdout.splitlines()] == []
        said.append("closed to other accounts on this machine: " in done.stderr)
    assert said == [True, False]
