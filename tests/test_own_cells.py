"""An instructor's own graded cells in a lesson: how both graders score them, and what students see."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade

from course.building.built_notebooks import REPOSITORY
from course.grading import grade
from course.grading.assignment import GradedCell
from course.grading.examiner import examine
from course.grading.jobs import QuestionSet, job_of
from course.grading.submission import Submission
from course.sandbox import Cell, Job, Limits, Pool
from tests.own_question import BOTH, Graded, answered, grades, hand_in, in_both_ways, marked, nbgrader, own_question

pytestmark = pytest.mark.slow

LESSON = "way1_numpy"
RIGHT = "def double(x):\n    return x + x"
WRONG = "def double(x):\n    return x"
ONLY_WHAT_IS_SEEN = "def double(x):\n    print('asked for', x)\n    return {1: 2, 2: 4, 5: 10}.get(x, 0)"
# Each student's points for the two automatically scored cells, out of 3 each.
POINTS = {"right": (3, 2), "only_visible": (0, 2), "wrong": (0, 1), "torn": (0, 0), "exits": (0, 1)}


def record(root: Path, assignment: str, student: str) -> dict:
    return json.loads((root / ".course/grading/done" / assignment / f"{student}.json").read_text())


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    root = tmp_path_factory.mktemp("lesson")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    path = root / "source" / LESSON / f"{LESSON}.ipynb"
    shutil.copytree(REPOSITORY / "source" / LESSON, path.parent)
    source = nbformat.read(str(path), as_version=4)
    source.cells += own_question()
    nbformat.write(source, str(path))
    nbgrader(root, "generate_assignment", LESSON)
    released = root / "release" / LESSON / f"{LESSON}.ipynb"
    hand_in(root, "right", LESSON, answered(released, double=RIGHT, why="It is so."))
    hand_in(root, "only_visible", LESSON, answered(released, double=ONLY_WHAT_IS_SEEN))
    hand_in(root, "wrong", LESSON, answered(released, double=WRONG))
    whole = nbformat.writes(answered(released, double=RIGHT))
    hand_in(root, "torn", LESSON, whole[: len(whole) // 2])
    exits = answered(released, double=WRONG)
    exits.cells.insert(2, nbformat.v4.new_code_cell("import os\nos._exit(1)"))
    hand_in(root, "exits", LESSON, exits)
    # a student's later cell neither finds a hidden test nor changes a score
    peeks = answered(released, double=RIGHT)
    peeks.cells.append(nbformat.v4.new_code_cell("print(In)\ndouble = None"))
    hand_in(root, "peeks", LESSON, peeks)
    return in_both_ways(root, LESSON)


@BOTH
@pytest.mark.parametrize("student", POINTS)
def test_own_graded_cells_are_scored_as_they_say_hidden_tests_included(
    student: str, command: str, lesson: Graded
) -> None:
    found = grades(lesson[command][0], LESSON, student)
    assert (found["test_double"], found["partial"]) == tuple((points, False) for points in POINTS[student])


@BOTH
def test_written_answers_and_tasks_wait_for_a_person(command: str, lesson: Graded) -> None:
    root = lesson[command][0]
    assert grades(root, LESSON, "right")["why"] == (None, True)
    assert grades(root, LESSON, "wrong")["why"] == (0, False)
    assert grades(root, LESSON, "right")["plot"] == (None, True)


def test_the_score_is_out_of_all_points_the_gradebook_gives_automatically(lesson: Graded) -> None:
    found = {student: record(lesson["course grade"][0], LESSON, student) for student in POINTS}
    assert {r["max_score"] for r in found.values()} == {26}
    assert found["right"]["score"] == 5


@BOTH
def test_it_is_told_once_that_such_cells_can_be_forged(command: str, lesson: Graded) -> None:
    assert lesson[command][1].count("a student who sets out to can forge their points") == 1
    assert "`partial`, `test_double`" in lesson[command][1]


def shown(root: Path, student: str, cell: str) -> NotebookNode:
    path = root / "autograded" / student / LESSON / f"{LESSON}.ipynb"
    return next(c for c in nbformat.read(str(path), as_version=4).cells if c.id == cell)


def test_the_instructor_sees_the_hidden_test_and_the_line_that_failed(lesson: Graded) -> None:
    cell = shown(lesson["course grade"][0], "only_visible", "test_double")
    assert "assert double(-8.625) == -17.25" in cell.source
    error = next(o for o in cell.outputs if o.output_type == "error")
    line = 'line 3: assert double(-8.625) == -17.25, "a negative number"'
    assert error.traceback == ["AssertionError: a negative number", line]


@BOTH
def test_no_page_for_a_student_shows_a_hidden_test(command: str, lesson: Graded) -> None:
    root = lesson[command][0]
    nbgrader(root, "generate_feedback", LESSON)
    for student in [*POINTS, "peeks"]:
        page = (root / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
        for secret in ("8.625", "HIDDEN TESTS", "check.also"):
            assert secret not in page, f"{student}: {secret}"
    page = (root / "feedback" / "only_visible" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "A hidden test failed: AssertionError: a negative number" in page


@BOTH
def test_what_a_later_cell_does_changes_no_score_and_finds_no_hidden_test(command: str, lesson: Graded) -> None:
    root = lesson[command][0]
    found = grades(root, LESSON, "peeks")
    assert (found["test_double"], found["partial"]) == ((3, False), (2, False))
    last = nbformat.read(str(root / "autograded" / "peeks" / LESSON / f"{LESSON}.ipynb"), as_version=4).cells[-1]
    assert "def double" in last.outputs[0].text and "8.625" not in last.outputs[0].text


# Searches all readable memory of this process.
PEEK = """found = []
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        start, end = (int(n, 16) for n in line.split()[0].split("-"))
        if line.split()[1].startswith("r") and "[v" not in line:
            memory.seek(start)
            content = memory.read(end - start)
            found += [part for part in content.split(b"a hidden ")[1:] if part[:4] == b"test"]
            del content
print(len(found))"""


def test_no_memory_of_the_process_holds_a_hidden_test_before_it_runs(pool: Pool) -> None:
    hidden = Cell("test", "x = 1  # a hidden test", graded=True)
    # if a cell ends the process, the job runs again without it, in another fork of the process that watches it
    cells = (Cell("before", PEEK), hidden, Cell("after", PEEK), Cell("end", "import os\nos._exit(1)"))
    seen = pool.run(Job(cells, confined=False), torch=True).cells  # confined, it could not read its memory
    assert seen["before"].text == "0\n"
    assert seen["test"].status == "done"
    assert int(seen["after"].text) > 0, "it would have been found"


def test_the_source_of_a_right_answer_that_stands_in_is_not_found(pool: Pool) -> None:
    right = Cell("right f", "def f():\n    return 1  # the solution", provided=True)
    look = "import inspect\ntry:\n    print(inspect.getsource(f))\nexcept OSError:\n    print('none', f())"
    assert pool.run(Job((right, Cell("look", look))), torch=False).cells["look"].text == "none 1\n"


def test_a_changed_hidden_test_or_other_points_grade_anew(
    lesson: Graded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "course"
    shutil.copytree(lesson["course grade"][0], root)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.find_source_cell("partial", LESSON, LESSON).source = "1.5"
        gradebook.find_grade_cell("check_backward", LESSON, LESSON).max_score = 10
        gradebook.db.commit()
    assert grade([LESSON], student="right", root=root) == 0
    assert grades(root, LESSON, "right")["partial"] == (1.5, False)
    assert record(root, LESSON, "right")["max_score"] == 28
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.find_source_cell("partial", LESSON, LESSON).source = "4"
        gradebook.db.commit()
    capsys.readouterr()
    assert grade([LESSON], root=root, workers=1) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert said.count("`partial` gave 4 of its 3 points: it counts as 3") == 1


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with contextlib.closing(Pool()) as pool:
        yield pool


@pytest.mark.parametrize(
    ("source", "score", "told"),
    [
        ("5", 3.0, "`partial` gave 5 of its 3 points: it counts as 3"),
        ("-1.0", 0.0, "`partial` gave -1 of its 3 points: it counts as 0"),
        ("float('nan')", 0.0, "`partial` gave nan of its 3 points: it counts as 0"),
        ("import numpy as np\nnp.float64(2.5)", 2.5, ""),
        ("import torch\ntorch.tensor(1.5)", 1.5, ""),
        ("import sys\nprint('careful', file=sys.stderr)", 3.0, ""),
        ("'done'", 3.0, ""),
        ("raise SystemExit", 0.0, ""),
        ("while True: pass", 0.0, ""),
        ("def (", 0.0, ""),
        ("partial = " + "'a' * 70_000" + "\n#" + "x" * 300_000 + "\n2", 2.0, ""),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_last_value_is_partial_credit_within_the_cells_points(
    source: str, score: float, told: str, pool: Pool
) -> None:
    cell = marked("code", source, "partial", points=3)
    graded = {"partial": GradedCell("partial", source, 3.0)}
    submission = Submission((cell,))
    run_result = pool.run(job_of(submission, own=graded, limits=Limits(cell_s=1.0)), torch=True)
    examined = examine(submission, QuestionSet("", 1, "cpu"), run_result, graded=graded)
    assert determine_grade(examined.notebook.cells[0])[0] == score
    assert examined.notes == ({"partial": told} if told else {})
