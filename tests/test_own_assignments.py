"""An instructor's own assignment, with several notebooks and other files, is graded the same way as the lessons."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from course.building.built_notebooks import REPOSITORY
from course.errors import CourseError
from course.grading import grade
from course.grading.finding import find
from tests.own_question import BOTH, Graded, answered, grades, hand_in, in_both_ways, marked, nbgrader, own_question

pytestmark = pytest.mark.slow

HW = "hw7"
READS = """import csv
total = sum(int(row[0]) for row in csv.reader(open("data/numbers.csv")))
assert answer == total"""
# Both parts assign to the same name, as in many assignments: each test sees the value from the cells above it.
PARTS = [
    marked("code", "answer = 6  ### BEGIN SOLUTION\n### END SOLUTION", "part_1", solution=True, locked=False),
    marked("code", READS, "test_part_1", points=2),
    marked("code", "answer = 'b'  ### BEGIN SOLUTION\n### END SOLUTION", "part_2", solution=True, locked=False),
    marked("code", "from helper import same\nassert same(answer, 'b')", "test_part_2", points=1),
    marked("code", "import torch\nfloat(torch.tensor([1.0]).sum() / 2)", "with_torch", points=1),
]


def notebook_of(cells: list[NotebookNode]) -> NotebookNode:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def homework(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    root = tmp_path_factory.mktemp("homework")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    source = root / "source" / HW
    (source / "data").mkdir(parents=True)
    (source / "data" / "numbers.csv").write_text("1\n2\n3\n")
    nbformat.write(notebook_of(own_question()), str(source / f"{HW}.ipynb"))
    nbformat.write(notebook_of(PARTS), str(source / "parts.ipynb"))
    nbgrader(root, "generate_assignment", HW)
    released = root / "release" / HW
    for student in ("ada", "bob", "cy"):
        double = "def double(x):\n    return x + x" if student == "ada" else "def double(x):\n    return 4"
        hand_in(root, student, HW, answered(released / f"{HW}.ipynb", double=double))
        folder = root / "submitted" / student / HW
        (folder / "helper.py").write_text("def same(a, b):\n    return a == b\n")
        (folder / "data").mkdir()
        (folder / "data" / "numbers.csv").write_text("0\n")  # the instructor's copy takes precedence
    hand_in(root, "ada", HW, answered(released / "parts.ipynb", part_1="answer = 6", part_2="answer = 'b'"), "parts")
    torn = nbformat.writes(answered(released / "parts.ipynb", part_1="answer = 6"))
    hand_in(root, "bob", HW, torn[: len(torn) // 2], "parts")  # cy hands in no second notebook
    (root / "submitted" / "bob" / HW / "link.csv").symlink_to(source / f"{HW}.ipynb")
    return in_both_ways(root, HW)


@BOTH
def test_each_notebook_is_scored_with_the_files_beside_it(command: str, homework: Graded) -> None:
    root = homework[command][0]
    first, second = grades(root, HW, "ada"), grades(root, HW, "ada", "parts")
    assert (first["test_double"], first["partial"], first["why"]) == ((3, False), (2, False), (0, False))
    assert second == {"test_part_1": (2, False), "test_part_2": (1, False), "with_torch": (0.5, False)}


@BOTH
def test_a_notebook_that_is_torn_or_missing_scores_nothing_and_the_other_counts(command: str, homework: Graded) -> None:
    root = homework[command][0]
    for student in ("bob", "cy"):
        assert {score for score, _ in grades(root, HW, student, "parts").values()} == {0}
        assert grades(root, HW, student)["partial"] == (1, False)


def test_what_was_not_there_is_told_by_the_notebooks_name(homework: Graded) -> None:
    notes = {}
    for student in ("ada", "bob", "cy"):
        done = homework["course grade"][0] / ".course/grading/done" / HW / f"{student}.json"
        notes[student] = json.loads(done.read_text())
    assert (notes["ada"]["score"], notes["ada"]["max_score"], notes["ada"]["notes"]) == (8.5, 10, [])
    assert any(note.startswith("parts: ") for note in notes["bob"]["notes"])
    assert any("link.csv" in note for note in notes["bob"]["notes"])
    assert any(note.startswith("parts: there is no notebook") for note in notes["cy"]["notes"])


@BOTH
def test_feedback_is_written_without_hidden_tests(command: str, homework: Graded) -> None:
    root = homework[command][0]
    nbgrader(root, "generate_feedback", HW)
    page = (root / "feedback" / "bob" / HW / f"{HW}.html").read_text(encoding="utf-8")
    assert "A hidden test failed" in page and "8.625" not in page
    assert (root / "feedback" / "ada" / HW / "parts.html").exists()


def test_a_second_run_runs_nothing_and_another_file_runs_again(homework: Graded, capsys: pytest.CaptureFixture) -> None:
    root = homework["course grade"][0]
    assert grade(root=root, student="ada", as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["skipped"]
    (root / "submitted" / "ada" / HW / "helper.py").write_text("def same(a, b):\n    return False\n")
    assert grade(root=root, student="ada", as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["score"] == 7.5


def test_what_can_be_graded_is_named_where_a_name_is_unknown(homework: Graded) -> None:
    root = homework["course grade"][0]
    with pytest.raises(CourseError, match=r"no lesson “hw8”.*way6_module, hw7"):
        grade(["hw8"], root=root)
    assert find(root, [HW]).left_out == []


def test_graded_cells_that_the_gradebook_does_not_know_stop_the_run(homework: Graded, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(homework["nbgrader autograde"][0], root)
    path = root / "release" / HW / f"{HW}.ipynb"
    released = nbformat.read(str(path), as_version=4)
    released.cells.append(marked("code", "assert True", "new_test", points=1))
    nbformat.write(released, str(path))
    with pytest.raises(CourseError, match="has `new_test`, which the gradebook does not have.*generate_assignment hw7"):
        grade([HW], root=root)
