"""A gradebook of an older nbgrader, a read-only or a lost one gives a one-sentence error that names it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbgrader
import pytest
from nbgrader import api

from course import doctor
from course.errors import CourseError
from course.grading import grade
from course.grading.gradebook import Gradebook
from course.reports.command import report
from tests.course_factory import LESSON, REPOSITORY, hand_in, make_course, notebook, scores

# From before nbgrader had courses and task cells; nbgrader uses it to test its own upgrade.
OLD = Path(nbgrader.__file__).parent / "tests" / "apps" / "files" / "gradebook.db"


def test_an_older_gradebook_is_left_as_it_is_and_works_once_it_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course(tmp_path)
    monkeypatch.chdir(root)
    shutil.copy(OLD, root)
    with pytest.raises(CourseError, match="gradebook.db.* older nbgrader: run `nbgrader db upgrade`"):
        Gradebook(root)
    assert (root / "gradebook.db").read_bytes() == OLD.read_bytes()
    found = doctor.gradebook()
    assert (found.state, "nbgrader db upgrade" in found.found) == ("missing", True)
    words = [sys.executable, "-m", "nbgrader", "db", "upgrade"]
    subprocess.run(words, cwd=root, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=True, capture_output=True)
    assert doctor.gradebook().state == "ok"
    record = Gradebook(root)
    record.ensure_lesson(LESSON)
    assert record.save(LESSON, "s", {LESSON: notebook("source")}, None).score == 20
    record.close()


LOSSES: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda file: file.write_bytes(b""),
    "made anew by nbgrader": lambda file: (file.unlink(), api.Gradebook(f"sqlite:///{file}").close()),
}


@pytest.mark.parametrize("how", LOSSES)
def test_a_lost_gradebook_is_not_taken_for_a_new_one(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, file = make_course(tmp_path), tmp_path / "gradebook.db"
    monkeypatch.chdir(root)
    hand_in(root, "s", notebook("release"))
    assert grade(root=root) == 0
    whole = file.read_bytes()
    report(root=root)
    LOSSES[how](file)
    found = file.read_bytes() if file.exists() else None
    for command in (grade, report):
        with pytest.raises(CourseError, match=r"gradebook.db.* missing or empty.* restore a backup.*delete .*/done\."):
            command(root=root)
    assert "missing or empty" in doctor.gradebook().found
    assert (file.read_bytes() if file.exists() else None) == found
    file.write_bytes(whole)
    assert doctor.gradebook().state == "ok" and grade(root=root) == 0
    file.unlink()
    shutil.rmtree(root / ".course" / "grading" / "done")
    assert doctor.gradebook().state == "ok" and grade(root=root) == 0 and scores(root) == {"s": 0}


# Makes a path read-only even for root, whom file permissions do not restrict.
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
OPENING = """
from pathlib import Path
from course import doctor
from course.errors import CourseError
from course.grading.gradebook import Gradebook

root = Path.cwd()
try:
    Gradebook(root).ensure_lesson("way1_numpy")
except CourseError as error:
    print(error)
print(doctor.gradebook().found if (root / "gradebook.db").exists() else "")
"""


@pytest.mark.parametrize("name", ["", "gradebook.db"], ids=["the folder", "the file"])
def test_what_is_read_only_is_named(name: str, tmp_path: Path) -> None:
    root = make_course(tmp_path)
    if name:
        Gradebook(root).close()
    shut = root / name
    words = [sys.executable, "-c", OPENING]
    if os.geteuid() == 0:
        words = ["unshare", "--mount", "sh", "-c", MOUNTED, str(shut), *words]
    else:
        shut.chmod(0o555)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True, check=True)
    shut.chmod(0o755)
    said, found = done.stdout.splitlines()
    assert f"{shut} is read-only" in said
    assert not name or f"{shut} is read-only" in found
