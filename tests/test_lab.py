"""JupyterLab's start, without starting it."""

import json
import os
import sys
from pathlib import Path

import pytest

from course import lab
from course.errors import CourseError


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    (tmp_path / "nbgrader_config.py").write_text("")
    return tmp_path


@pytest.fixture
def started(monkeypatch) -> list:
    calls: list = []
    monkeypatch.setattr(os, "chdir", lambda path: calls.append(path))
    monkeypatch.setattr(os, "execve", lambda *words: calls.append(words))
    return calls


def test_extra_words_come_last_so_that_they_win(clone):
    assert lab.lab_command(["--port=9", "--no-browser"], clone)[-2:] == ["--port=9", "--no-browser"]


@pytest.mark.skipif(os.name == "nt", reason="JupyterLab is a child process on Windows")
def test_lab_opens_at_the_clones_root_without_questions(clone, started):
    lab.open_lab([], clone)
    folder, (program, command, environment) = started
    assert folder == clone
    assert program == sys.executable
    assert f"--ServerApp.root_dir={clone}" in command
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    (settings,) = (word.partition("=")[2] for word in command if word.startswith("--LabApp.app_settings_dir="))
    overrides = json.loads((Path(settings) / "overrides.json").read_text())
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_setting_that_stops_the_question_still_exists_in_jupyterlab():
    schema = Path(sys.prefix) / "share/jupyter/lab/schemas/@jupyterlab/apputils-extension/notification.json"
    properties = json.loads(schema.read_text())["properties"]
    for name in lab.SETTINGS["@jupyterlab/apputils-extension:notification"]:
        assert name in properties


def test_outside_a_clone_it_says_so(tmp_path):
    with pytest.raises(CourseError, match="run `course lab` from a clone"):
        lab.open_lab([], tmp_path)
