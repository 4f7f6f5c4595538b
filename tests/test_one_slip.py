"""One slip costs points once: what builds on an exercise that did not pass is rerun with a right one in its place."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from course.grading.standings import scores
from tests.attacks.classroom import grade
from tests.attacks.corpus import filled
from tests.course_factory import make_course

LESSON = "way3_autograd"
MEAN = "def loss_fn(x, y, w1, w2):\n    return ((x @ w1).clamp(min=0) @ w2 - y).pow(2).mean()\n"
GRADIENTS = """
def gradients(x, y, w1, w2):
    g = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return {}
"""
TRAIN = """
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
                w.grad.zero_()
    return losses
"""
# Prints whatever it can find about `loss_fn`, at definition and when called, and then raises an exception with it.
SPY = """
import inspect, linecache
class Found(Exception):
    pass
def gradients(x, y, w1, w2):
    text = "".join(linecache.getlines(loss_fn.__code__.co_filename)) + repr(loss_fn.__code__.co_consts)
    print("spied", text)
    raise Found("spied " + text)
print("spied", loss_fn)
"""
HANGS = "def loss_fn(x, y, w1, w2):\n    while True:\n        pass\n"


def handed_in(root: Path, student: str, **answers: str) -> None:
    made = filled(LESSON, **answers)
    path = root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(made, version=4), encoding="utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    make_course(root, [LESSON])
    own = {"gradients": GRADIENTS.format("g"), "train": TRAIN}
    handed_in(root, "slip", loss_fn=MEAN, **own)
    handed_in(root, "blank", loss_fn="def loss_fn(x, y, w1, w2):\n    raise NotImplementedError()\n", **own)
    handed_in(root, "hangs", loss_fn=HANGS, **own)
    handed_in(root, "two_slips", loss_fn=MEAN, gradients=GRADIENTS.format("g[1], g[0]"), train=TRAIN)
    handed_in(root, "spy", loss_fn=MEAN, gradients=SPY, train=TRAIN)
    assert {done.status for done in grade(root)} == {"graded"}
    return root


def outcomes(root: Path, student: str) -> dict[str, str]:
    record = json.loads((root / ".course/grading/done" / LESSON / f"{student}.json").read_text())
    found: dict[str, str] = record["outcomes"]
    return found


def graded(root: Path, student: str) -> NotebookNode:
    return nbformat.read(str(root / "autograded" / student / LESSON / f"{LESSON}.ipynb"), 4)


def shown(root: Path, student: str, cell: str) -> str:
    named = {c.metadata.nbgrader.grade_id: c for c in graded(root, student).cells if "nbgrader" in c.metadata}
    return json.dumps(named[cell].outputs, ensure_ascii=False)


@pytest.mark.parametrize("student", ["slip", "blank", "hangs"])
def test_one_word_in_the_loss_costs_the_loss_only(course: Path, student: str) -> None:
    lost = {"slip": "fail", "blank": "not_attempted", "hangs": "timed_out"}[student]
    assert outcomes(course, student) == {"make_weights": "pass", "loss_fn": lost, "gradients": "pass", "train": "pass"}
    assert scores(course)[student, LESSON] >= 16


def test_it_is_told_that_a_right_one_stood_in(course: Path) -> None:
    words = "Checked with a right `loss_fn` in place of yours, which did not pass: this one is right."
    assert words in shown(course, "slip", "check_gradients")
    assert words in shown(course, "slip", "check_train")
    assert "in place of yours" not in shown(course, "slip", "check_loss_fn")


def test_a_slip_of_its_own_costs_its_own_points_and_is_named(course: Path) -> None:
    assert outcomes(course, "two_slips")["gradients"] == "fail"
    assert outcomes(course, "two_slips")["train"] == "pass"
    text = shown(course, "two_slips", "check_gradients")
    assert "this one does not pass either" in text
    assert "look at the order the text asks for" in text


def test_nobody_reads_the_right_one(course: Path) -> None:
    """The substituted function is in the student's process; no output of that run is shown."""
    assert outcomes(course, "spy")["gradients"] == "crashed"
    solution = {c.metadata.nbgrader.grade_id: c.source for c in filled(LESSON).cells if "nbgrader" in c.metadata}
    lines = [line.strip() for line in solution["loss_fn"].splitlines() if len(line.strip()) > 20]
    whole = json.dumps(graded(course, "spy"), ensure_ascii=False)
    record = (course / ".course/grading/done" / LESSON / "spy.json").read_text()
    assert lines
    assert "spied" not in shown(course, "spy", "check_gradients")
    for line in lines[1:]:
        assert line not in whole + record


def test_nothing_is_run_again_where_nothing_changed(course: Path) -> None:
    before = sorted(p.name for p in (course / ".course/grading/transcripts").rglob("*") if p.is_file())
    for record in (course / ".course/grading/done").rglob("*.json"):
        record.unlink()
    assert len(list(grade(course))) == 5
    assert sorted(p.name for p in (course / ".course/grading/transcripts").rglob("*") if p.is_file()) == before
