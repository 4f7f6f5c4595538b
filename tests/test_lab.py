"""Starting JupyterLab: the command and its settings, without running it."""

import json
import os
import sys
from pathlib import Path

import pytest
from nbgrader.apps import NbGrader

from course import configuration, lab
from course.errors import CourseError
from tests.course_factory import LESSON, REPOSITORY, make_course


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    (tmp_path / "nbgrader_config.py").write_text("")
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list:
    """The calls of `os.execve`, which do nothing: command, environment and working directory."""
    calls: list = []
    monkeypatch.setattr(os, "execve", lambda _, words, given: calls.append((words, given, Path.cwd())))
    return calls


def test_extra_words_come_last_so_that_they_win(clone):
    assert lab.lab_command(["--port=9", "--no-browser"], clone)[-2:] == ["--port=9", "--no-browser"]


@pytest.mark.skipif(os.name == "nt", reason="JupyterLab is a child process on Windows")
def test_lab_opens_at_the_courses_root_without_questions(clone, started, monkeypatch):
    monkeypatch.chdir(clone)
    lab.open_lab([])
    ((command, environment, folder),) = started
    assert folder == clone
    assert command[0] == sys.executable
    assert f"--ServerApp.root_dir={clone}" in command
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    (settings,) = (word.partition("=")[2] for word in command if word.startswith("--LabApp.app_settings_dir="))
    overrides = json.loads((Path(settings) / "overrides.json").read_text())
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert disabled(clone) == [], "the desk is an instructor's"


@pytest.mark.skipif(os.name == "nt", reason="JupyterLab is a child process on Windows")
def test_an_unpacked_kit_opens_with_its_start_page(tmp_path, started, monkeypatch):
    (tmp_path / lab.START).write_text("{}")
    monkeypatch.chdir(tmp_path)
    lab.open_lab([])
    ((command, _, folder),) = started
    assert folder == tmp_path
    assert "--LabApp.default_url=/lab/tree/START.ipynb" in command
    assert disabled(tmp_path) == lab.DESK


@pytest.mark.skipif(os.name == "nt", reason="JupyterLab is a child process on Windows")
def test_validate_gives_students_the_time_that_the_course_gives(tmp_path, started, monkeypatch):
    (tmp_path / lab.START).write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    lab.open_lab([])
    ((_, environment, _),) = started
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", environment.get("JUPYTER_CONFIG_PATH", ""))
    asked = NbGrader()  # as in the handler of the Validate button, in the folder that JupyterLab was started in
    asked.load_config_file()
    assert asked.config.Execute.timeout == configuration.load(REPOSITORY).Execute.timeout == 120


def disabled(folder):
    """Return the extensions that are disabled in JupyterLab."""
    return json.loads((folder / ".course" / "lab" / "page_config.json").read_text())["disabledExtensions"]


def test_from_anywhere_else_the_clone_is_opened(clone, tmp_path_factory):
    assert lab.lab_folder(tmp_path_factory.mktemp("elsewhere"), clone) == clone


def test_an_installed_package_opens_the_course_in_this_folder(clone, tmp_path_factory):
    assert lab.lab_folder(clone, tmp_path_factory.mktemp("site-packages")) == clone


def test_a_student_works_in_a_copy_that_is_never_replaced(tmp_path):
    course = make_course(tmp_path)
    release = (course / "release" / LESSON / f"{LESSON}.ipynb").read_bytes()
    assert lab.lab_folder(course, student=True) == course / "work"
    worked_on = course / "work" / LESSON / f"{LESSON}.ipynb"
    assert (course / "work" / lab.START).is_file() and worked_on.is_file()
    worked_on.write_text("my answers")
    (course / "work" / lab.START).unlink()
    lab.lab_folder(course, student=True)
    assert worked_on.read_text() == "my answers" and (course / "work" / lab.START).is_file()
    assert (course / "release" / LESSON / f"{LESSON}.ipynb").read_bytes() == release


def test_the_setting_that_stops_the_question_still_exists_in_jupyterlab():
    schema = Path(sys.prefix) / "share/jupyter/lab/schemas/@jupyterlab/apputils-extension/notification.json"
    properties = json.loads(schema.read_text())["properties"]
    for name in lab.SETTINGS["@jupyterlab/apputils-extension:notification"]:
        assert name in properties


def test_what_students_do_not_get_is_still_called_so_by_nbgrader():
    extension = Path(sys.prefix) / "share/jupyter/labextensions/@jupyter/nbgrader/static"
    there = " ".join(path.read_text(encoding="utf-8") for path in extension.glob("*.js"))
    assert [name for name in lab.DESK if name not in there] == []


def test_where_there_is_nothing_to_open_it_says_so(tmp_path):
    with pytest.raises(CourseError, match="neither a course nor START.ipynb"):
        lab.lab_folder(tmp_path, tmp_path)
