"""Grading a class: scores, damaged files, repeated runs, and the same scores from nbgrader's own command."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.errors import CourseError
from course.grading import failing_case, grade
from course.grading.batch import run_class
from course.grading.entries import MAX_NAMED
from course.grading.finding import find
from course.grading.gradebook import Gradebook as OwnGradebook
from course.grading.grader import Grader
from tests.commands import nbgrader
from tests.course_factory import LESSON, SLIP, answered, hand_in, make_course, notebook, record, scores


def without(name: str) -> nbformat.NotebookNode:
    filled = answered()
    filled.cells = [c for c in filled.cells if c.metadata.get("nbgrader", {}).get("grade_id") != name]
    return filled


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one graded class in the first lesson."""
    root = make_course(tmp_path_factory.mktemp("course"))
    hand_in(root, "right", answered())
    hand_in(root, "slip", answered(backward=SLIP))
    hand_in(root, "blank", notebook("release"))
    hand_in(root, "torn", nbformat.writes(answered(), version=4)[:5000])
    hand_in(root, "lost_check", without("check_backward"))
    hand_in(root, "lost_answer", without("backward"))
    hand_in(root, "exits", answered(loss_fn="import os\nos._exit(3)"))
    hand_in(root, "raises", answered(forward="def forward(x, w1, w2):\n    return x @ w1 @ undefined_name"))
    hand_in(root, "prints", answered(explain="", loss_fn="def loss_fn(y_pred, y):\n    return 1 / 0"))
    copied = answered()
    place = next(i for i, c in enumerate(copied.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == "forward")
    copied.cells.insert(place, copied.cells[place].copy())
    hand_in(root, "copied", copied)
    assert grade(root=root, workers=2) == 0
    return root


def outputs(root: Path, student: str, cell: str) -> str:
    path = root / "autograded" / student / LESSON / f"{LESSON}.ipynb"
    shown = {c.metadata.nbgrader.grade_id: c for c in nbformat.read(str(path), 4).cells if "nbgrader" in c.metadata}
    return json.dumps(shown[cell].outputs, ensure_ascii=False)


def test_right_answers_earn_all_points_and_the_untouched_release_none(course: Path) -> None:
    found = scores(course)
    assert found["right"] == 20
    assert found["blank"] == 0


def test_part_of_the_points_is_earned_result_by_result(course: Path) -> None:
    # 5 of 8 for backward; train, which uses it, is judged with a correct one in its place
    assert scores(course)["slip"] == 20 - 3
    assert record(course, "slip")["outcomes"]["train"] == "pass"
    assert record(course, "slip")["mistakes"] == {"backward": "mask-from-gradient-sign"}
    assert "mask is set by the forward value" in outputs(course, "slip", "check_backward")


def test_of_an_answer_that_did_not_pass_the_place_and_the_line_are_noted(course: Path) -> None:
    assert record(course, "right")["wrong"] == record(course, "blank")["wrong"] == record(course, "torn")["wrong"] == {}
    noted = record(course, "slip")["wrong"]
    assert list(noted) == ["backward"] and noted["backward"]["quantity"] == "grad_h"
    assert "`grad_h` has the right shape" in noted["backward"]["said"]
    assert noted["backward"]["line"] in SLIP
    raised = record(course, "raises")["wrong"]["forward"]
    assert raised["line"] == "return x @ w1 @ undefined_name" and "undefined_name" in raised["said"]


def test_every_graded_notebook_keeps_to_the_format(course: Path) -> None:
    graded = sorted((course / "autograded").glob("*/*/*.ipynb"))
    assert len(graded) == len(list((course / "submitted").glob("*/*/*.ipynb"))) > 5
    for path in graded:
        nbformat.validate(json.loads(path.read_text(encoding="utf-8")))


def test_a_torn_file_scores_nothing_with_a_reason_and_stops_nobody(course: Path) -> None:
    assert scores(course)["torn"] == 0
    assert record(course, "torn")["status"] == "unreadable"
    assert "JSON" in record(course, "torn")["notes"][0]


def test_a_deleted_check_cell_is_put_back_and_costs_nothing(course: Path) -> None:
    assert scores(course)["lost_check"] == 20
    assert record(course, "lost_check")["status"] == "repaired"


def test_a_deleted_answer_costs_that_answer(course: Path) -> None:
    assert scores(course)["lost_answer"] == 20 - 8
    assert record(course, "lost_answer")["outcomes"]["backward"] == "not_attempted"


def test_a_copied_cell_costs_nothing(course: Path) -> None:
    assert scores(course)["copied"] == 20


def test_a_cell_that_ends_the_process_costs_that_exercise(course: Path) -> None:
    assert scores(course)["exits"] == 20 - 2
    assert record(course, "exits")["outcomes"]["loss_fn"] == "crashed"


def test_the_students_own_exception_is_shown_with_its_line(course: Path) -> None:
    assert "undefined_name" in outputs(course, "raises", "check_forward")


def test_written_answers_wait_for_a_person(course: Path) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        untouched = gradebook.find_grade("explain", LESSON, LESSON, "blank")
        assert (untouched.auto_score, untouched.needs_manual_grade) == (0, False)


def test_a_second_run_does_nothing_again(course: Path) -> None:
    grader = Grader(course)
    try:
        results = list(run_class(grader, find(course, [LESSON]).tasks, 1))
    finally:
        grader.close()
    assert len(results) == 10
    assert all(r.skipped for r in results)


def test_a_resubmission_replaces_every_old_score(course: Path) -> None:
    path = hand_in(course, "changes", answered())
    assert grade(root=course, student="changes") == 0
    assert scores(course)["changes"] == 20
    hand_in(course, "changes", notebook("release"))
    assert grade(root=course, student="changes") == 0
    assert scores(course)["changes"] == 0
    shutil.rmtree(path.parents[1])


def test_points_given_by_hand_survive_a_regrade(course: Path) -> None:
    hand_in(course, "written", answered())
    grade(root=course, student="written")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        mark = gradebook.find_grade("explain", LESSON, LESSON, "written")
        mark.manual_score = 4
        mark.needs_manual_grade = False
        gradebook.db.commit()
    hand_in(course, "written", answered(loss_fn="def loss_fn(y_pred, y):\n    return 0.0"))
    grade(root=course, student="written")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_grade("explain", LESSON, LESSON, "written").manual_score == 4
    shutil.rmtree(course / "submitted" / "written")


def test_nbgraders_own_command_gives_the_same_scores(course: Path) -> None:
    before = scores(course)
    shutil.rmtree(course / "submitted" / "torn")  # nbgrader cannot read it and says so; its row stays
    nbgrader(course, "autograde", LESSON, "--force")
    assert scores(course) == before
    assert "mask is set by the forward value" in outputs(course, "slip", "check_backward")


def test_timestamps_are_recorded_and_damaged_ones_told(course: Path) -> None:
    folder = hand_in(course, "late", answered()).parent
    (folder / "timestamp.txt").write_text("2026-02-03 10:11:12 UTC")
    grade(root=course, student="late")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission(LESSON, "late").timestamp == datetime.datetime(2026, 2, 3, 10, 11, 12)
    (folder / "timestamp.txt").write_text("yesterday, I think")
    grade(root=course, student="late")
    assert scores(course)["late"] == 20
    assert "timestamp" in " ".join(record(course, "late")["notes"])


def test_names_and_links_beside_a_notebook_cost_nothing_and_few_are_noted(course: Path) -> None:
    folder = hand_in(course, "names", answered()).parent
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    (folder / "link").symlink_to("a" * 256)
    for i in range(3 * MAX_NAMED):
        (folder / f"{i}{'n' * 200}").write_text("x")
    assert grade(root=course, student="names") == 0
    assert (scores(course)["names"], record(course, "names")["status"]) == (20, "graded")
    (note,) = record(course, "names")["notes"]
    assert note.count("n" * 200) <= MAX_NAMED and note.endswith("and more")
    for path in folder.glob("[0-9]*"):
        path.unlink()
    assert grade(root=course, student="names") == 0
    shutil.rmtree(folder.parent)


def test_a_student_or_lesson_that_is_not_there_is_said_so(course: Path) -> None:
    with pytest.raises(CourseError, match="no student"):
        grade(root=course, student="nobody")
    with pytest.raises(CourseError, match="no lesson"):
        grade(["way7"], root=course)


def test_an_empty_course_says_where_submissions_belong(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="submitted/STUDENT/LESSON"):
        grade(root=tmp_path)


def test_recording_a_lesson_leaves_the_settings_as_they_were(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    gradebook = OwnGradebook(root)
    try:
        before = str(gradebook._config.CourseDirectory)
        gradebook.ensure_lesson(LESSON)
        assert str(gradebook._config.CourseDirectory) == before
    finally:
        gradebook.close()


def test_an_explanation_of_what_is_not_finite_is_valid_json() -> None:
    case = failing_case.FailingCase("n=1", {}, {}, failing_case.Worst("y", (0,), float("nan"), 1.0))
    assert json.loads(json.dumps(case.as_dict(), allow_nan=False))["worst"]["got"] == "nan"
