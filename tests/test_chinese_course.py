"""The Chinese course as a class uses it: built, replayed, answered right and wrong, graded, and returned."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.building import build
from course.building.built_notebooks import REPOSITORY, notebook_path
from course.demo import write_feedback
from course.desk.kit import kit_files, require_current
from course.errors import CourseError
from course.grading import grade
from course.grading.appeal import explain
from course.language import of_notebook
from course.lessons import LESSONS
from course.notebook import points
from course.try_answer import language_said, try_files
from tests.course_factory import LESSON, SLIP, answered, hand_in, record, scores

HAN = re.compile("[\u4e00-\u9fff]")
WORDS = "因为门在前向传播时就定下来了。"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese course, built into its own folder."""
    root = tmp_path_factory.mktemp("chinese")
    build(language="zh", root=REPOSITORY, out=root)
    return root


@pytest.fixture(scope="module")
def graded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of the Chinese course, with feedback."""
    root = tmp_path_factory.mktemp("class")
    for step in ("source", "release"):
        shutil.copytree(built / step / LESSON, root / step / LESSON)
    shutil.copy(built / "nbgrader_config.py", root)
    hand_in(root, "right", filled(built))
    hand_in(root, "wrong", filled(built, backward=SLIP))
    hand_in(root, "torn", nbformat.writes(filled(built))[:5000])
    hand_in(root, "forgetful", without_setup_and_language(filled(built, backward=SLIP)))
    hand_in(root, "english", answered(backward=SLIP))
    assert grade([LESSON], root=root) == 0
    write_feedback(root)
    return root


def filled(root: Path, **answers: str) -> nbformat.NotebookNode:
    """Return a release with right answers, except for those given, and a written answer."""
    solved, notebook = (
        nbformat.read(notebook_path(step, LESSON, root), as_version=4) for step in ("source", "release")
    )
    reference = {cell.id: cell.source for cell in solved.cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            right = reference[cell.id] if cell.cell_type == "code" else cell.source + WORDS
            cell.source = answers.get(cell.id, right)
    return notebook


def without_setup_and_language(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    notebook.cells = [cell for cell in notebook.cells if cell.id != "setup"]
    del notebook.metadata["course"]
    return notebook


def cells_of(path: Path) -> dict[str, dict[str, Any]]:
    return {cell["id"]: cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}


def autograded(root: Path, student: str) -> dict[str, str]:
    """Return the text output of each check cell, by exercise."""
    cells = nbformat.read(root / "autograded" / student / LESSON / f"{LESSON}.ipynb", as_version=4).cells
    checks = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("check_")]
    return {cell.metadata.nbgrader.grade_id[6:]: cell.outputs[0].data["text/plain"] for cell in checks}


@pytest.mark.slow
def test_every_check_of_the_reference_notebooks_passes_in_chinese(built: Path) -> None:
    for lesson in LESSONS:
        cells = cells_of(notebook_path("source", lesson, built))
        shown = {name: cell["outputs"][0] for name, cell in cells.items() if name.startswith("check_")}
        assert shown and all(HAN.search("".join(output["data"]["text/plain"])) for output in shown.values())
        assert all(HAN.search("".join(output["data"]["text/html"])) for output in shown.values())


@pytest.mark.slow
def test_both_languages_print_the_same_numbers(built: Path) -> None:
    for lesson in LESSONS:
        english, chinese = (cells_of(notebook_path("source", lesson, root)) for root in (REPOSITORY, built))
        for name in (name for name, cell in english.items() if "demonstration" in cell["metadata"].get("tags", [])):
            assert numbers(chinese[name]) == numbers(english[name]), f"{lesson}.{name}"


def numbers(cell: dict[str, Any]) -> list[str]:
    """Return the floating-point numbers that a cell prints."""
    printed = "".join("".join(output["text"]) for output in cell["outputs"] if output["output_type"] == "stream")
    return sorted(re.findall(r"-?\d+\.\d+(?:e[-+]\d+)?", printed))


@pytest.mark.slow
def test_a_reference_notebook_replays_without_a_difference(built: Path) -> None:
    """One lesson stands for all: they print the numbers of the English ones, all of which are replayed."""
    sanitized = ("--nbval-sanitize-with", str(REPOSITORY / "tests" / "nbval.cfg"))
    words = ("--nbval", "--nbval-current-env", *sanitized, "-q", "-p", "no:cacheprovider", "-n", "0")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, f"source/{LESSON}"],
        cwd=built,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.slow
def test_right_and_wrong_have_their_points_and_are_told_in_chinese(graded: Path) -> None:
    assert scores(graded) == {"right": 20, "wrong": 17, "torn": 0, "forgetful": 17, "english": 17}
    for student in ("right", "wrong", "forgetful", "english"):
        assert all(HAN.search(text) for text in autograded(graded, student).values()), student
    told = record(graded, "wrong")
    assert told["outcomes"]["backward"] == "fail" and told["mistakes"] == {"backward": "mask-from-gradient-sign"}
    assert HAN.search(told["wrong"]["backward"]["said"])


@pytest.mark.slow
def test_the_language_is_that_of_what_was_handed_out(graded: Path) -> None:
    wrong = autograded(graded, "wrong")["backward"]
    for student in ("forgetful", "english"):
        path = graded / "autograded" / student / LESSON / f"{LESSON}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        assert of_notebook(notebook) == "zh" and autograded(graded, student)["backward"] == wrong
        setup = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "setup")
        assert 'language="zh"' in setup.source
    assert HAN.search(record(graded, "forgetful")["notes"][0]), "what was mended is told in Chinese"
    assert HAN.search(record(graded, "torn")["notes"][0])


@pytest.mark.slow
def test_feedback_is_in_chinese(graded: Path) -> None:
    for student in ("right", "wrong", "torn"):
        page = (graded / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
        assert '<html lang="zh">' in page
        text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", page, flags=re.S)
        assert not re.search(r"\b(Score|points|Comments|Student's answer|Grade cell|Right|To look at)\b", text), student
        assert (WORDS in page) == (student != "torn")
        assert ("没有回答。" in page) == (student == "torn") and "No response." not in page


@pytest.mark.slow
def test_the_kit_is_in_chinese(graded: Path) -> None:
    files = kit_files([LESSON], graded)
    start = nbformat.reads(files["START.ipynb"].decode(), as_version=4)
    assert of_notebook(start) == "zh" and start.cells[0].source.startswith("# 从这里开始")
    assert re.search(
        rf"^\| \[方法1.+\]\({LESSON}/{LESSON}\.ipynb\) \| 90–120 \| 25 \| NumPy \|$", start.cells[0].source, re.M
    )
    assert files["INSTALL.txt"].decode().startswith("怎样开始")
    (wheel,) = (content for name, content in files.items() if name.endswith(".whl"))
    assert "course/locale/zh/LC_MESSAGES/course.mo" in zipfile.ZipFile(io.BytesIO(wheel)).namelist()


@pytest.mark.slow
def test_a_text_that_changed_after_the_chinese_build_is_told(built: Path, tmp_path: Path) -> None:
    """A language's folder contains no lesson texts; the texts beside it are compared."""
    texts, tree = tmp_path / "lessons", tmp_path / "zh"
    shutil.copytree(REPOSITORY / "lessons", texts)
    for step in ("source", "release"):
        shutil.copytree(built / step / LESSON, tree / step / LESSON)
    (tree / "lessons").mkdir()
    shutil.copy(built / "lessons" / "built.json", tree / "lessons")
    require_current([LESSON], tree)
    text = texts / "zh" / f"{LESSON}.py"
    text.write_text(text.read_text(encoding="utf-8").replace("别怕", "不要怕"), encoding="utf-8")
    told = f"lessons/zh/{LESSON}.py has been changed since it was built: run `course build --language zh {LESSON}`"
    with pytest.raises(CourseError, match=re.escape(told)):
        require_current([LESSON], tree)


@pytest.mark.slow
def test_an_explanation_is_in_chinese_and_nothing_changed(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("wrong", f"{LESSON}.backward", root=graded) == 0
    said = capsys.readouterr().out
    assert "调用时取的是" in said and "正确的是" in said
    assert "It was called" not in said and "Note:" not in said


@pytest.mark.slow
def test_the_points_so_far_are_told_in_the_notebooks_language(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    points(graded / "submitted" / "right")
    assert HAN.search(capsys.readouterr().out)
    points(graded / "submitted" / "english")
    assert not HAN.search(capsys.readouterr().out)


@pytest.mark.slow
def test_a_notebook_is_tried_in_its_own_language_where_the_course_is_in_another(
    graded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = filled(graded, backward=SLIP)
    assert language_said(nbformat.writes(notebook)) == "zh"
    del notebook.metadata["course"]
    assert language_said(nbformat.writes(notebook)) == "zh", "the setup cell has it, too"
    assert language_said(nbformat.writes(answered())) == language_said("no notebook") == "en"
    assert try_files(f"{LESSON}.backward", [graded / "submitted" / "wrong" / LESSON / f"{LESSON}.ipynb"]) == 1
    assert HAN.search(capsys.readouterr().out)
