"""On macOS and Windows, commands that need the sandbox refuse with one sentence, and everything else works."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from course import demo, grading
from course.building import reference_cells
from course.errors import CourseError
from course.privacy import close
from course.sandbox import Cell, CellResult, Job, Limits, confinement, system
from course.sandbox.unconfined import Unconfined
from tests import othersystems
from tests.course_factory import LESSON, answered, hand_in, make_course, scores

SYSTEMS = {"darwin": "macOS", "win32": "Windows"}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    make_course(root, [LESSON])
    hand_in(root, "maria", answered())
    hand_in(root, "jonas", answered(backward="def backward(x, y, h, y_pred, w2):\n    import os\n    os._exit(1)\n"))
    close(root)  # otherwise the first command reports what it closes
    return root


@pytest.mark.parametrize("name", SYSTEMS)
def test_grading_refuses_with_one_sentence_that_names_the_system_and_the_ways_out(
    course: Path, tmp_path: Path, name: str
) -> None:
    run = othersystems.run(name, tmp_path, "grade", cwd=course)
    assert run.returncode == 2
    assert run.stderr.startswith("course: Student code cannot be sandboxed here: this is " + SYSTEMS[name])
    assert len(run.stderr.splitlines()) == 1
    assert all(way in run.stderr for way in ("Linux machine", "container", confinement.OVERRIDE))
    assert not (course / "autograded").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_who_trusts_every_student_grades_without_protection(course: Path, tmp_path: Path, name: str) -> None:
    run = othersystems.run(name, tmp_path, "grade", "--unconfined-i-trust-every-student", "--json", cwd=course)
    assert (run.returncode, run.stderr) == (0, "")
    told = {r["student"]: r for r in map(json.loads, run.stdout.splitlines())}
    assert told["maria"]["score"] == 20 and told["jonas"]["outcomes"]["backward"] == "crashed"
    assert scores(course)["jonas"] > 0


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_answer_is_tried(tmp_path: Path, name: str) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(reference_cells(LESSON)["forward"])
    run = othersystems.run(name, tmp_path, "try", f"{LESSON}.forward", str(answer))
    assert (run.returncode, run.stderr) == (0, "")


ENDLESS = """
import course.notebook.watch as watch
from course import start
watch.STILL_S, watch.LIMIT_S = 0.1, 0.3
check = start("way1_numpy")
def forward(x, w1, w2):
    while True:
        try:
            x + 1
        except:
            pass
check("forward")
"""


@pytest.mark.parametrize("name", SYSTEMS)
def test_an_endless_loop_in_a_notebook_ends_at_the_limit(tmp_path: Path, name: str) -> None:
    run = othersystems.run(name, tmp_path, code=ENDLESS, timeout_s=60)
    assert "forward: the forward pass — timed out, 0 of 4 points" in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_doctor_tells_once_that_student_code_cannot_be_shut_in(tmp_path: Path, name: str) -> None:
    run = othersystems.run(name, tmp_path, "doctor", "--json")
    assert "Traceback" not in run.stderr
    rows = {row["what"]: row for row in map(json.loads, run.stdout.splitlines())}
    assert SYSTEMS[name] in rows["confinement: own world"]["found"]
    assert rows["confinement: autograd"]["found"] == "see “own world”"


def test_help_is_there(tmp_path: Path) -> None:
    for name in SYSTEMS:
        assert othersystems.run(name, tmp_path, "--help").returncode == 0


def test_the_demo_grades_its_own_class_without_protection_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def grade(*, root: Path, confined: bool = True) -> int:
        asked.append(confined)
        if confined:
            raise confinement.CannotConfine("This is an island.")
        raise CourseError("far enough")

    for folder in ("banks", "release"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(grading, "grade", grade)
    for name in ("_guard_real_class", "demo_class", "write_class", "set_due_dates"):
        monkeypatch.setattr(demo, name, lambda *_: [])
    with pytest.raises(CourseError, match="far enough"):
        demo.demo(tmp_path)
    assert asked == [True, False]
    shown = capsys.readouterr().out
    assert "This is an island." in shown and "without protection" in shown


def test_a_plain_process_tells_what_hangs_dies_and_raises() -> None:
    cells = (
        Cell("first", "print('hello')"),
        Cell("dies", "import os\nos._exit(3)"),
        Cell("raises", "1 / 0"),
        Cell("last", "import os; os.write(1, b'noise'); print('still here')"),
    )
    seen = Unconfined(torch=False).run(Job(cells, confined=False))
    assert {name: cell.status for name, cell in seen.cells.items()} == {
        "first": "done", "dies": "crashed", "raises": "raised", "last": "done"
    }  # fmt: skip
    assert seen.cells["last"] == CellResult("done", "still here\n")
    assert seen.status == "crashed"
    hangs = (Cell("first", "x = 1"), Cell("hangs", "import time\nwhile True:\n    try: time.sleep(9)\n    except: 0"))
    seen = Unconfined(torch=False).run(Job(hangs, limits=Limits(total_s=6), confined=False))
    assert (seen.status, seen.cells["first"].status, seen.cells["hangs"].status) == ("timed_out", "done", "timed_out")


def test_a_plain_process_that_leaves_quietly_is_not_started_again_and_again() -> None:
    cells = (Cell("leaves", "import os\nos._exit(0)"), Cell("last", "print('still here')"))
    with Unconfined(torch=False) as server:
        seen = server.run(Job(cells, limits=Limits(total_s=30), confined=False))
    assert [seen.cells[name].status for name in ("leaves", "last")] == ["crashed", "done"]
    assert (seen.status, seen.resources["tries"]) == ("crashed", 2)


def test_a_plain_process_removes_folders_however_deep() -> None:
    nested = Cell("nests", "import os\nfor _ in range(1500):\n    os.mkdir('d')\n    os.chdir('d')")
    with Unconfined(torch=False) as server:
        seen = server.run(Job((nested,), confined=False))
        assert (seen.status, os.listdir(server._scratch.path)) == ("done", [])


def test_a_plain_process_runs_nothing_that_is_to_be_shut_in() -> None:
    with pytest.raises(confinement.CannotConfine):
        Unconfined().run(Job((Cell("own", "x = 1"),)))


def test_a_system_that_lacks_something_else_is_told_by_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system.lacking() == ""
    monkeypatch.delattr("os.fork")
    monkeypatch.setattr(system, "has_module", lambda name: name != "resource")
    assert "lacks resource, os.fork" in system.lacking()
    monkeypatch.setattr("sys.platform", "freebsd15")
    assert "this is freebsd15" in system.lacking()


def test_processors_are_counted_where_the_system_does_not_tell_which_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_getaffinity")
    assert system.n_processors() >= 1
