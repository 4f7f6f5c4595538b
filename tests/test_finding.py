"""Contents of submitted/: the only notebook that can be meant is graded, and everything else is reported by name."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from course.errors import CourseError, plain
from course.grading.finding import Found, find, find_task
from course.grading.folder import Task
from course.grading.graded import Graded
from course.grading.progress import print_left_out, summarise
from course.language import using
from course.lessons import LESSONS

REPOSITORY = Path(__file__).resolve().parents[1]
LESSON = "way1_numpy"


def text(lesson: str = LESSON, *, n_answers: int = 5) -> str:
    """Return a release notebook with some of its blanks filled."""
    notebook = json.loads((REPOSITORY / "release" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code" and n_answers:
            cell["source"] = "".join(cell["source"]).replace("raise NotImplementedError", "return None")
            n_answers -= 1
    return json.dumps(notebook)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course in which one student has handed in exactly as required."""
    for folder in ("source", "release"):
        (tmp_path / folder).symlink_to(REPOSITORY / folder)
    put(tmp_path, f"right/{LESSON}/{LESSON}.ipynb")
    return tmp_path


def put(root: Path, place: str, content: str | bytes | None = None) -> Path:
    path = root / "submitted" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text() if content is None else content
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def task_of(found: Found, student: str = "s") -> Task:
    (task,) = (task for task in found.tasks if task.student == student)
    return task


ELSEWHERE = {
    "a number": f"{LESSON}/{LESSON} (1).ipynb",
    "a dash and a number": f"{LESSON}/{LESSON}-1.ipynb",
    "a copy": f"{LESSON}/{LESSON}-Copy1.ipynb",
    "a copy, as a drive names it": f"{LESSON}/Kopie von {LESSON}.ipynb",
    "untitled": f"{LESSON}/Untitled1.ipynb",
    "upper case": f"{LESSON}/Way1_NumPy.IPYNB",
    "a second ending": f"{LESSON}/{LESSON}.ipynb.txt",
    "an ending that was taken for JSON": f"{LESSON}/{LESSON}.json",
    "a space at the end": f"{LESSON} /{LESSON}.ipynb",
    "nested": f"{LESSON}/{LESSON}/{LESSON}.ipynb",
    "nested in the student's name": f"s/{LESSON}/{LESSON}.ipynb",
    "a folder with a number": f"{LESSON} (1)/{LESSON}.ipynb",
    "a folder in upper case": f"Way1_Numpy/{LESSON}.ipynb",
    "a folder with a typo": f"way1/{LESSON}.ipynb",
    "a folder of any name": "homework/final.ipynb",
    "no folder": f"{LESSON}.ipynb",
}


@pytest.mark.parametrize("how", ELSEWHERE)
def test_the_only_notebook_that_can_be_meant_is_graded_and_that_is_told(how: str, course: Path) -> None:
    path = put(course, f"s/{ELSEWHERE[how]}")
    found = find(course, LESSONS)
    task = task_of(found)
    assert (task.lesson, task.notebook) == (LESSON, path)
    assert ELSEWHERE[how] in task.found[0] and f"there is no {LESSON}/{LESSON}.ipynb" in task.found[0]
    assert found.left_out == []


def test_a_notebook_in_its_place_is_taken_without_a_word(course: Path) -> None:
    for rest in (".DS_Store", "._way1_numpy.ipynb", ".ipynb_checkpoints/way1_numpy-checkpoint.ipynb", "timestamp.txt"):
        put(course, f"right/{LESSON}/{rest}", "x")
    put(course, "__MACOSX/right/._way1_numpy.ipynb", "x")
    found = find(course, LESSONS)
    assert found.tasks == [Task(LESSON, "right", course / "submitted" / "right" / LESSON)]
    assert found.left_out == []


def test_work_beside_a_blank_is_graded_and_both_are_told(course: Path) -> None:
    put(course, f"s/{LESSON}/{LESSON}.ipynb", text(n_answers=0))
    copy = put(course, f"s/{LESSON}/{LESSON}-Copy1.ipynb")
    task = task_of(find(course, [LESSON]))
    assert task.notebook == copy
    assert "-Copy1.ipynb (5 answers)" in task.found[0]
    assert f"not graded: {LESSON}/{LESSON}.ipynb (no answers)" in task.found
    assert find_task(course, LESSON, "s") == task, "nbgrader's own command takes the same"


def test_a_broken_notebook_gives_way_to_a_whole_one(course: Path) -> None:
    put(course, f"s/{LESSON}/{LESSON}.ipynb", text()[:5000])
    copy = put(course, f"s/{LESSON}/{LESSON} (1).ipynb")
    task = task_of(find(course, [LESSON]))
    assert task.notebook == copy
    assert "breaks off at" in " ".join(task.found)


def test_of_equals_the_one_in_its_place_is_graded_else_the_newest(course: Path) -> None:
    exact, copy = f"s/{LESSON}/{LESSON}.ipynb", f"s/{LESSON} (1)/{LESSON}.ipynb"
    path = put(course, exact)
    os.utime(path, (1, 1))
    put(course, copy)
    assert task_of(find(course, [LESSON])).notebook == path
    old, new = put(course, "t/one.ipynb"), put(course, "t/another.ipynb")
    os.utime(old, (1, 1))
    task = task_of(find(course, [LESSON]), "t")
    assert task.notebook == new
    assert "not graded: one.ipynb (5 answers)" in task.found


def test_a_notebook_of_another_lesson_is_said_to_be_that(course: Path) -> None:
    put(course, f"s/{LESSON}/{LESSON} (1).ipynb", text("way2_tensors"))
    task = task_of(find(course, LESSONS))
    assert not task.notebook.exists()
    assert "it is the notebook of way2_tensors, not of way1_numpy" in " ".join(task.found)


def test_what_lies_there_in_place_of_a_notebook_is_named(course: Path) -> None:
    put(course, f"s/{LESSON}/work.zip", b"PK\x03\x04")
    assert "work.zip" in " ".join(task_of(find(course, LESSONS)).found)


def test_files_beside_a_notebook_are_named_and_need_no_look(course: Path) -> None:
    put(course, f"right/{LESSON}/helper.py", "x = 1")
    task = task_of(find(course, LESSONS), "right")
    assert task.found == () and task.beside == (f"{LESSON}/helper.py",)


LEFT_OUT: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "an empty folder": (lambda c: (c / "submitted/s").mkdir(), "submitted/s", "empty"),
    "an empty folder within": (lambda c: (c / "submitted/s/x").mkdir(parents=True), "submitted/s/x", "empty"),
    "a file among the students": (
        lambda c: put(c, "class.zip", b"PK"),
        "submitted/class.zip",
        "not a student's folder",
    ),
    "a notebook among them": (
        lambda c: put(c, f"{LESSON}.ipynb"),
        f"submitted/{LESSON}.ipynb",
        "not a student's folder",
    ),
    "turned round": (lambda c: put(c, f"{LESSON}/s/{LESSON}.ipynb"), f"submitted/{LESSON}/s", f"submitted/s/{LESSON}/"),
    "no student": (
        lambda c: put(c, f"{LESSON}/{LESSON}.ipynb"),
        f"submitted/{LESSON}/{LESSON}.ipynb",
        "not in a student's",
    ),
    "an unknown notebook": (
        lambda c: put(c, "s/essay/essay.ipynb", '{"cells": []}'),
        "submitted/s/essay/essay.ipynb",
        "none of any lesson",
    ),
    "a document": (lambda c: put(c, "s/answers.pdf", b"%PDF"), "submitted/s/answers.pdf", "no notebook"),
    "a folder of documents": (lambda c: put(c, "s/week 1/a.pdf", b"%PDF"), "submitted/s/week 1", "week 1/a.pdf"),
    "another lesson's notebook": (
        lambda c: put(c, f"s/{LESSON} (1)/{LESSON}.ipynb", text("way2_tensors")),
        f"submitted/s/{LESSON} (1)/{LESSON}.ipynb",
        "it is the notebook of way2_tensors",
    ),
    "a link": (lambda c: (c / "submitted/s").symlink_to(REPOSITORY / "docs"), "submitted/s", "link"),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_what_is_not_graded_is_said_by_name(what: str, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    do, place, words = LEFT_OUT[what]
    do(course)
    found = find(course, LESSONS)
    (left,) = found.left_out
    assert left.place == place and words in left.reason
    assert [task.student for task in found.tasks] == ["right"]
    summarise([Graded(LESSON, "right", "graded")], 1.0, found.left_out, {})
    assert f"to look at: {place}: not graded" in capsys.readouterr().out
    print_left_out(found.left_out)
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "left_out" and said["place"] == place and words in said["notes"][0]


def test_a_lesson_or_student_that_is_asked_for_narrows_what_is_said(course: Path) -> None:
    put(course, f"s/{LESSON} (1)/{LESSON}.ipynb")
    put(course, "t/answers.pdf", b"%PDF")
    put(course, "right/way2_tensors/way2_tensors.ipynb", text("way2_tensors"))
    found = find(course, ["way2_tensors"])
    assert [left.student for left in found.left_out] == ["t"]
    assert [(task.lesson, task.student) for task in found.tasks] == [("way2_tensors", "right")]
    assert find(course, LESSONS, "right").left_out == []


def test_where_nothing_can_be_graded_what_lies_there_is_named(tmp_path: Path) -> None:
    put(tmp_path, "answers.pdf", b"%PDF")
    with pytest.raises(CourseError, match=r"submitted/STUDENT/LESSON.*submitted/answers\.pdf"):
        find(tmp_path, LESSONS)


def test_a_students_name_is_found_however_its_accents_are_written(course: Path) -> None:
    put(course, unicodedata.normalize("NFD", f"Müller/{LESSON}/{LESSON}.ipynb"))
    assert len(find(course, LESSONS, "Müller").tasks) == 1
    with pytest.raises(CourseError, match="no student “mueller”"):
        find(course, LESSONS, "mueller")
    with pytest.raises(CourseError, match="Did you mean “right”"):
        find(course, LESSONS, "rihgt")


def test_two_folders_that_may_be_one_students_are_said(course: Path) -> None:
    put(course, f"Right/{LESSON}/{LESSON}.ipynb")
    (left,) = find(course, LESSONS).left_out
    assert "may be the same as submitted/Right" in left.reason and not left.work


def test_a_name_cannot_act_on_a_terminal(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "esc\x1b[2J\x1b]0;owned\x07\u202etxt"
    put(course, f"{name}/a.pdf", b"%PDF")
    summarise([Graded(LESSON, name, "crashed", notes=(name,))], 1.0, find(course, LESSONS).left_out, {})
    said = capsys.readouterr().out
    assert "\x1b" not in said and "\x07" not in said and "\u202e" not in said
    assert said.count(r"\x1b[2J\x1b]0;owned\x07\u202etxt") == 4
    assert plain("Anna Müller 名前") == "Anna Müller 名前"


def test_what_is_told_of_a_submission_is_the_same_whatever_the_terminal_speaks(course: Path) -> None:
    put(course, f"s/{LESSON}/{LESSON}.ipynb", text(n_answers=0))
    put(course, f"s/{LESSON}/{LESSON}-Copy1.ipynb")
    english = task_of(find(course, [LESSON]))
    with using("zh"):
        assert task_of(find(course, [LESSON])) == english
    assert english.found
