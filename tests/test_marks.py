"""Points given by hand are kept, and their cell needs a person again only if what they were given for has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader import api

from course.grading import grade
from course.grading.gradebook import Gradebook
from course.grading.store import Store
from tests.commands import nbgrader
from tests.course_factory import LESSON, answered, hand_in, make_course, notebook

pytestmark = pytest.mark.slow

ANSWER = "The gate is set by the forward value.\n\n- it is h,\n- not the gradient"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_course(tmp_path)


@pytest.fixture
def record(root: Path) -> Iterator[Gradebook]:
    record = Gradebook(root)
    record.ensure_lesson(LESSON)
    yield record
    record.close()


def graded(explain: str | None = ANSWER, *, backward: bool = True) -> NotebookNode:
    """Return a graded notebook.

    explain: the written answer, or None for the blank as released. backward: whether its check passed.
    """
    made = notebook("release")
    for cell in made.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name == "explain" and explain is not None:
            cell.source = explain
        if name == "check_backward" and not backward:
            error = {"output_type": "error", "ename": "CheckFailed", "evalue": "", "traceback": []}
            cell.outputs = [NotebookNode(error)]
    return made


def give(root: Path, cell: str, points: float, student: str = "s") -> None:
    """Give points, and to the written answer a comment, as formgrader does."""
    with api.Gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as book:
        mark = book.find_grade(cell, LESSON, LESSON, student)
        mark.manual_score, mark.needs_manual_grade = points, False
        if cell == "explain":
            book.find_comment(cell, LESSON, LESSON, student).manual_comment = "Well put."
        book.db.commit()


def seen(root: Path, cell: str, student: str = "s") -> tuple[float | None, float | None, bool]:
    """Return a cell's automatic points, its manual points, and whether it waits for a person."""
    with api.Gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as book:
        if cell == "explain":
            comment = book.find_comment(cell, LESSON, LESSON, student).manual_comment
            mark = book.find_grade(cell, LESSON, LESSON, student)
            assert comment == (None if mark.manual_score is None else "Well put.")
        mark = book.find_grade(cell, LESSON, LESSON, student)
        return mark.auto_score, mark.manual_score, mark.needs_manual_grade


def test_an_answer_that_is_as_it_was_marked_waits_for_nobody(root: Path, record: Gradebook) -> None:
    record.save(LESSON, "s", {LESSON: graded()}, None)
    assert seen(root, "explain") == (None, None, True)
    give(root, "explain", 3.5)
    for same in (graded(), graded(backward=False), graded(ANSWER.replace("\n", "  \r\n") + "\n\n")):
        record.save(LESSON, "s", {LESSON: same}, None)
        assert seen(root, "explain") == (None, 3.5, False)


def test_a_changed_answer_waits_until_somebody_has_looked_or_it_is_taken_back(root: Path, record: Gradebook) -> None:
    record.save(LESSON, "s", {LESSON: graded()}, None)
    give(root, "explain", 3.5)
    for text in ("Another answer.", "Another answer.", "A third.", "Another answer."):
        record.save(LESSON, "s", {LESSON: graded(text)}, None)
        assert seen(root, "explain") == (None, 3.5, True)
    record.save(LESSON, "s", {LESSON: graded()}, None)
    assert seen(root, "explain") == (None, 3.5, False)
    record.save(LESSON, "s", {LESSON: graded("Another answer.")}, None)
    give(root, "explain", 2)
    record.save(LESSON, "s", {LESSON: graded("Another answer.")}, None)
    assert seen(root, "explain") == (None, 2, False)
    record.save(LESSON, "s", {LESSON: graded()}, None)
    assert seen(root, "explain") == (None, 2, True)


def test_an_answer_without_points_waits_and_one_not_given_does_not(root: Path, record: Gradebook) -> None:
    for _ in range(2):
        record.save(LESSON, "s", {LESSON: graded()}, None)
        record.save(LESSON, "empty", {LESSON: graded(None)}, None)
        assert seen(root, "explain") == (None, None, True)
        assert seen(root, "explain", "empty") == (0, None, False)
    give(root, "explain", 3.5)
    give(root, "explain", 1, "empty")
    record.save(LESSON, "s", {LESSON: graded(None)}, None)
    record.save(LESSON, "empty", {LESSON: graded(None)}, None)
    assert seen(root, "explain") == (0, 3.5, True)
    assert seen(root, "explain", "empty") == (0, 1, False)


def test_points_in_place_of_a_check_wait_only_if_its_score_changed(root: Path, record: Gradebook) -> None:
    record.save(LESSON, "s", {LESSON: graded(backward=False)}, None)
    give(root, "check_backward", 7)
    for changed in (False, True, True, False, False):
        record.save(LESSON, "s", {LESSON: graded(backward=changed)}, None)
        assert seen(root, "check_backward") == (8 if changed else 0, 7, changed)
    assert seen(root, "check_train") == (4, None, False)


def test_what_could_not_be_graded_waits_until_it_can(root: Path, record: Gradebook) -> None:
    record.save(LESSON, "s", {LESSON: graded()}, None)
    give(root, "explain", 3.5)
    give(root, "check_backward", 7)
    for _ in range(2):
        record.save(LESSON, "s", None, None)
        assert [seen(root, cell)[2] for cell in ("explain", "check_backward", "check_train")] == [True] * 3
    record.save(LESSON, "s", {LESSON: graded()}, None)
    assert [seen(root, cell)[2] for cell in ("explain", "check_backward", "check_train")] == [False] * 3
    record.save(LESSON, "s", None, None)
    give(root, "check_backward", 6)  # without having seen a result
    record.save(LESSON, "s", {LESSON: graded()}, None)
    assert seen(root, "check_backward") == (8, 6, True)


def test_points_of_a_gradebook_without_such_notes_wait_as_in_nbgrader(root: Path, record: Gradebook) -> None:
    record.save(LESSON, "s", {LESSON: graded(backward=False)}, None)
    give(root, "explain", 3.5)
    give(root, "check_backward", 7)
    with api.Gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as book:
        book.db.connection().exec_driver_sql("delete from course_answer")
        book.db.commit()
    record.save(LESSON, "s", {LESSON: graded(backward=False)}, None)
    assert (seen(root, "explain")[2], seen(root, "check_backward")[2]) == (True, False)


def stopped(method: str, *, before: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make grading stop before or after a step, as if killed."""
    owner: type = Gradebook if method == "save" else Store
    step = getattr(owner, method)

    def stop(*words: object) -> None:
        if not before:
            step(*words)
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, method, stop)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class with points given by hand, in which one student has since handed in other answers."""
    root = make_course(tmp_path_factory.mktemp("marked"))
    for student in ("same", "other"):
        hand_in(root, student, answered(explain=ANSWER))
    assert grade(root=root, workers=1) == 0
    for student in ("same", "other"):
        give(root, "explain", 3.5, student)
        give(root, "check_backward", 7, student)
    hand_in(root, "other", answered(explain="Another answer.", backward="backward = None"))
    return root


def waiting(root: Path) -> dict[str, list[bool]]:
    return {s: [seen(root, cell, s)[2] for cell in ("explain", "check_backward")] for s in ("same", "other")}


def grade_again(root: Path) -> None:
    assert grade(root=root, workers=1, again=True) == 0


def grade_without_notes(root: Path) -> None:
    for folder in (".course", "autograded"):
        shutil.rmtree(root / folder)
    assert grade(root=root, workers=1) == 0


def grade_by_nbgrader(root: Path) -> None:
    nbgrader(root, "autograde", LESSON, "--force")


@pytest.mark.parametrize("again", [grade_again, grade_without_notes, grade_by_nbgrader])
def test_who_changed_an_answer_waits_and_nobody_else(
    again: Callable[[Path], None], course: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(course, tmp_path / "course")
    again(root)
    expected = {"same": [False, False], "other": [True, True]}
    assert waiting(root) == expected
    again(root)
    assert waiting(root) == expected
    assert [seen(root, "explain", s)[1] for s in ("same", "other")] == [3.5, 3.5]


@pytest.mark.parametrize(
    ("method", "before"), [("save", True), ("save", False), ("mark_done", True), ("mark_done", False)]
)
def test_a_changed_answer_waits_wherever_grading_was_stopped(
    method: str, before: bool, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(course, tmp_path / "course")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        stopped(method, before=before, monkeypatch=patched)
        grade(root=root, workers=1, student="other")
    assert grade(root=root, workers=1) == 0
    assert waiting(root) == {"same": [False, False], "other": [True, True]}
