"""Contents of submitted/: the only notebook that can be meant is graded, and everything else is reported by name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course.errors import CourseError, plain
from course.grading.entries import MAX_NAMED
from course.grading.finding import Found, find, find_task
from course.grading.folder import MAX_FILES, CourseAssignments, StudentFolder, Task
from course.grading.graded import Graded
from course.grading.progress import print_left_out, summarise
from course.grading.release import files_beside
from course.grading.watching import seems_on_its_way
from course.language import using
from course.lessons import LESSONS
from tests.accounts import STUDENT, TWO_ACCOUNTS

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


LONG = "a" * 256
NO_TEXT = os.fsdecode(b"caf\xe9")


@pytest.mark.parametrize("place", ["zz", f"s/{LESSON}", f"s/{LESSON}/{LESSON}.ipynb", f"s/{LESSON}/data/l", "s/l"])
def test_a_link_to_a_name_that_is_too_long_is_named_and_stops_nobody(place: str, course: Path) -> None:
    put(course, f"s/{LESSON}/helper.py", "x = 1")
    path = course / "submitted" / place
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(LONG)
    assert not seems_on_its_way(course / "submitted" / place.partition("/")[0])
    found = find(course, LESSONS)
    assert "right" in [task.student for task in found.tasks]
    named = [left.place for left in found.left_out]
    for task in found.tasks:
        paths = [task.folder, task.notebook, *(course / "submitted" / task.student / name for name in task.beside)]
        named += [path.relative_to(course).as_posix() for path in paths]
    assert f"submitted/{place}" in named


@pytest.fixture
def open_course() -> Iterator[Path]:
    """A course that another account may enter: root's own rights would hide what a folder's permissions forbid."""
    place = Path(tempfile.mkdtemp(prefix="course-closed-"))
    place.chmod(0o755)
    put(place, f"right/{LESSON}/{LESSON}.ipynb")
    yield place
    for parent, folders, _ in os.walk(place):
        for name in folders:
            (Path(parent) / name).chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.parametrize("mode", [0o444, 0o000])
@pytest.mark.parametrize("place", ["s", f"s/{LESSON}", f"s/{LESSON}/data", "s/other"])
def test_a_folder_that_cannot_be_entered_is_named_and_stops_nobody(place: str, mode: int, open_course: Path) -> None:
    put(open_course, f"s/{LESSON}/{LESSON}.ipynb")
    put(open_course, f"{place}/helper.py", "x = 1")
    for path in open_course.rglob("*"):  # whatever this process leaves to others
        path.chmod(0o755)
    (open_course / "submitted" / place).chmod(mode)
    script = (
        "import os, sys; from pathlib import Path; from course.grading.finding import find\n"
        f"if {TWO_ACCOUNTS}: os.setgroups([]); os.setgid({STUDENT.pw_gid}); os.setuid({STUDENT.pw_uid})\n"
        f"found = find(Path({str(open_course)!r}), [{LESSON!r}])\n"
        "print(*(f'{t.student} {t.beside}' for t in found.tasks), sep='\\n')\n"
        "print(*(f'{left.place} {left.work} {left.reason}' for left in found.left_out), sep='\\n')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([sys.executable, "-c", script], cwd="/", env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "right ()" in done.stdout
    if place in ("s", "s/other"):
        assert f"submitted/{place} True the folder cannot be read: change its permissions" in done.stdout
    else:
        assert ("s ()" if place.endswith(LESSON) else f"s ('{LESSON}/data',)") in done.stdout


@pytest.mark.parametrize(
    "place", [f"{LESSON}/{NO_TEXT}.txt", f"{LESSON}/{NO_TEXT}.ipynb", f"{LESSON}{NO_TEXT}/a.ipynb"]
)
def test_a_name_that_is_not_text_is_escaped_where_it_is_told(place: str, course: Path) -> None:
    put(course, f"right/{place}")
    put(course, f"{NO_TEXT}.pdf", b"%PDF")
    found = find(course, LESSONS)
    task = task_of(found, "right")
    assert any(r"caf\udce9" in text for text in (*task.found, *task.beside))
    _, notes = files_beside(task.folder, course / "source" / LESSON)  # for an instructor's own cells
    "".join([*task.found, *task.beside, *notes, *(left.place + left.reason for left in found.left_out)]).encode()


@pytest.mark.parametrize("name", [NO_TEXT, "s" * 251])
def test_a_student_whose_name_cannot_be_recorded_is_named_with_advice(name: str, course: Path) -> None:
    put(course, f"{name}/{LESSON}/{LESSON}.ipynb")
    found = find(course, LESSONS)
    (left,) = found.left_out
    assert left.place == f"submitted/{plain(name)}" and left.work and "rename the folder" in left.reason
    assert [task.student for task in found.tasks] == ["right"]


def test_an_error_in_one_students_folder_is_that_students(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: StudentFolder, lesson: str) -> Task | None:
        if self.folder.name == "s":
            raise OSError(f"of {NO_TEXT}")
        return whole(self, lesson)

    whole = StudentFolder.task
    put(course, f"s/{LESSON}/{LESSON}.ipynb")
    monkeypatch.setattr(StudentFolder, "task", fails)
    found = find(course, LESSONS)
    (left,) = found.left_out
    assert (left.place, left.work, left.reason) == (
        "submitted/s",
        True,
        r"it cannot be looked at: OSError: of caf\udce9",
    )
    assert [task.student for task in found.tasks] == ["right"]


def test_of_too_much_to_look_into_the_rest_is_named(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(4):
        put(course, f"s/{LESSON} ({i}).ipynb", text(n_answers=i % 3))
    monkeypatch.setattr("course.grading.folder.MAX_EFFORT", len(text()))
    task = task_of(find(course, LESSONS))
    assert task.notebook.name == f"{LESSON} (1).ipynb" and "(1 answer)" in task.found[0]
    assert task.found[1].count("not looked into") == 2


def test_of_many_names_only_the_first_few_are_told(course: Path) -> None:
    for i in range(MAX_FILES + 1):
        put(course, f"right/{LESSON}/{i}.txt", "x")
        put(course, f"s/{i}.ipynb", "{}")
        put(course, f"t/{LESSON}/{i}.ipynb", "{}")
    found = find(course, LESSONS)
    assert len(task_of(found, "right").beside) <= MAX_FILES
    assert len(StudentFolder(course / "submitted" / "s", CourseAssignments(course)).strays) <= MAX_FILES
    assert len([left for left in found.left_out if left.student == "s"]) == MAX_NAMED + 1
    assert "more in it than can be listed" in found.left_out[-1].reason
    *_, told = task_of(found, "t").found
    assert told.count(".ipynb") == MAX_NAMED and told.endswith("and more")


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
