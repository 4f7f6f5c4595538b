"""The banks' files: markers are parsed as written, and errors in a file are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.bank import answers
from course.errors import CourseError
from course.lessons import all_exercises

REPOSITORY = Path(__file__).resolve().parents[1]
FORWARD = "way1_numpy.forward"


def banks(root: Path, **files: str) -> Path:
    for folder, text in files.items():
        (root / "banks" / folder.replace("__", "/").replace("_and_", "+")).mkdir(parents=True)
        (root / "banks" / folder.replace("__", "/").replace("_and_", "+") / "forward.py").write_text(text)
    return root


def test_a_marker_says_name_mistake_outcome_and_note(tmp_path: Path) -> None:
    text = (
        '# %% plain\na = 1\n\n\n# a comment\nb = 2\n\n# %% slow mistake="late or none" outcome="timed_out" '
        'note="a \\"note\\" [x]"\nc = 3\n'
    )
    plain, slow = answers(banks(tmp_path, way1_numpy=text), FORWARD)
    assert (plain.id, plain.mistakes, plain.outcome, plain.note) == ("right/plain", (), "pass", "")
    assert plain.source == "a = 1\n\n\n# a comment\nb = 2"
    assert (slow.id, slow.mistakes, slow.outcome) == ("wrong/slow", ("late", "none"), "timed_out")
    assert (slow.note, slow.source) == ('a "note" [x]', "c = 3")


def test_a_shared_file_belongs_to_each_lesson_in_its_folders_name(tmp_path: Path) -> None:
    own = {"way1_numpy": "# %% own\n1\n", "way2_tensors": "# %% own\n2\n", "way3_autograd": "# %% own\n3\n"}
    root = banks(tmp_path, **own, shared__way1_numpy_and_way2_tensors="# %% twin\n4\n")
    found = {lesson: [a.source for a in answers(root, f"{lesson}.forward")] for lesson in own}
    assert found == {"way1_numpy": ["1", "4"], "way2_tensors": ["2", "4"], "way3_autograd": ["3"]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import numpy\n# %% one\n1\n", "a cell has no name"),
        ("# %%\n1\n", "a cell has no name"),
        ("# %% one\n1\n# %% one\n2\n", "two cells are called one"),
        ('# %% one mistakes="off"\n1\n', "has mistake, outcome, note only, not mistakes"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CourseError, match=told):
        answers(banks(tmp_path, way1_numpy=text), FORWARD)


def test_a_name_that_a_shared_file_has_too_is_refused(tmp_path: Path) -> None:
    text = "# %% one\n1\n"
    with pytest.raises(CourseError, match="another answer to way1_numpy.forward is called one"):
        answers(banks(tmp_path, way1_numpy=text, shared__way1_numpy_and_way2_tensors=text), FORWARD)


def test_every_file_of_the_banks_belongs_to_an_exercise() -> None:
    known = {(e.lesson, e.name) for e in all_exercises()}
    files = [f for f in sorted((REPOSITORY / "banks").rglob("*")) if f.is_file()]
    asked = {(file, lesson) for file in files for lesson in file.parent.name.split("+")}
    assert [str(file) for file, lesson in asked if (lesson, file.stem) not in known or file.suffix != ".py"] == []
    assert {(lesson, file.stem) for file, lesson in asked} == known
