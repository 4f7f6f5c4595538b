"""A broken course folder: each fault in its settings or lessons is reported once, in one sentence with the place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course import building, configuration, doctor, lab
from course.demo import demo
from course.errors import CourseError
from course.grading import grade
from tests.course_factory import LESSON, REPOSITORY, answered, hand_in, make_course

# The content of nbgrader_config.py -> the line and the reason that are reported.
BROKEN = {
    "c = get_config()\nc.CourseDirectory.course_id = 'a\n": (2, "SyntaxError: unterminated string literal"),
    "import os\nimport no_such_package\n": (2, "ModuleNotFoundError: No module named 'no_such_package'"),
    "c = get_config()\n\nc.X.y = 1 / 0\n": (3, "ZeroDivisionError: division by zero"),
    "def deep():\n    raise KeyError('password')\n\ndeep()\n": (2, "KeyError: 'password'"),
    "import sys\nsys.exit('not today')\n": (2, "it ends the program"),
    "c = get_config()\nc.CourseDirectory.course_id = 7\n": (2, "expected a unicode string, not the int 7"),
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    make_course(root, [LESSON])
    (root / "banks").mkdir()
    hand_in(root, "maria", answered())
    hand_in(root, "jonas", answered())
    return root


def told(error: CourseError, file: Path, line: int, reason: str) -> None:
    sentence = str(error)
    assert f"{file}, line {line}: " in sentence
    assert reason in sentence and "\n" not in sentence
    assert sentence.endswith("Fix it and try again.")


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_configuration_stops_grading_with_file_line_and_reason(course: Path, text: str) -> None:
    (course / configuration.CONFIG).write_text(text)
    with pytest.raises(CourseError) as error:
        grade(root=course)
    told(error.value, course / configuration.CONFIG, *BROKEN[text])


@pytest.mark.parametrize("text", BROKEN)
def test_demo_and_doctor_say_the_same(course: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / configuration.CONFIG).write_text(text)
    shutil.rmtree(course / "submitted")
    with pytest.raises(CourseError) as error:
        demo(course)
    told(error.value, course / configuration.CONFIG, *BROKEN[text])
    monkeypatch.chdir(course)
    finding = doctor.configuration()
    assert (finding.state, finding.needed, finding.found) == ("missing", True, str(error.value))


def test_jupyterlab_is_not_opened_with_a_broken_configuration(course: Path) -> None:
    (course / configuration.CONFIG).write_text("c = get_config(\n")
    with pytest.raises(CourseError, match=r"nbgrader_config.py, line 1: SyntaxError"):
        lab.lab_folder(course)


def test_a_configuration_that_cannot_be_decoded_is_told(course: Path) -> None:
    (course / configuration.CONFIG).write_bytes(b"name = '\xff'\n")
    with pytest.raises(CourseError, match=r"nbgrader_config.py, line 1: SyntaxError"):
        configuration.load(course)


def test_without_a_configuration_the_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=f"There is no nbgrader_config.py in {tmp_path}"):
        configuration.load(tmp_path)


def cut_short(path: Path) -> None:
    path.write_text(path.read_text()[:1000])


def without_an_exercise(path: Path) -> None:
    notebook = json.loads(path.read_text())
    notebook["cells"] = [c for c in notebook["cells"] if "backward" not in json.dumps(c["metadata"])]
    path.write_text(json.dumps(notebook))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT = {
    "missing": (Path.unlink, "is missing"),
    "cut short": (cut_short, "is not a notebook"),
    "a list": (lambda path: path.write_text("[]"), "is not a notebook"),
    "no text": (lambda path: path.write_bytes(b"\xff\xfe\x00"), "is not a notebook"),
    "a folder": (a_folder, "cannot be read"),
    "another lesson": (without_an_exercise, "lacks the cells backward"),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("step", ["release", "source"])
def test_a_lesson_that_is_not_there_stops_at_once_with_one_sentence(course: Path, step: str, how: str) -> None:
    spoil, said = SPOILT[how]
    path = course / step / LESSON / f"{LESSON}.ipynb"
    spoil(path)
    with pytest.raises(CourseError) as error:
        grade(root=course)
    assert str(error.value).startswith(f"{path} {said}")
    assert f"run `course build {LESSON}`" in str(error.value)
    assert not (course / "autograded").exists()


def test_a_lesson_nobody_handed_in_may_be_missing(course: Path) -> None:
    assert not (course / "release" / "way2_tensors").exists()
    assert grade(root=course) == 0


def test_build_refuses_where_there_are_no_lessons_and_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError) as error:
        building.build([LESSON])
    assert f"There is no folder lessons/ in {tmp_path}" in str(error.value)
    assert str(REPOSITORY) in str(error.value)


def test_build_takes_the_lessons_of_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / f"{LESSON}.py").write_text("no lesson")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match="text stands before the first"):
        building.build([LESSON])
