"""`course try`: one line for each file, a meaningful exit status, and clear errors for what cannot be tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course import try_answer
from course.errors import CourseError
from course.lessons import find
from course.try_answer import try_files, try_sources

REPOSITORY = Path(__file__).resolve().parents[1]
LOSS = "way1_numpy.loss_fn"
RIGHT = "def loss_fn(y_pred, y):\n    return np.square(y_pred - y).sum()\n"
MEAN = "def loss_fn(y_pred, y):\n    return np.square(y_pred - y).mean()\n"


def write(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return [folder / f"{name}.py" for name in files]


def test_one_json_object_a_line_and_status_0_only_if_all_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert try_files(LOSS, write(tmp_path, right=RIGHT, mean=MEAN), as_json=True) == 1
    right, mean = map(json.loads, capsys.readouterr().out.splitlines())
    assert right == {
        "exercise": LOSS,
        "file": str(tmp_path / "right.py"),
        "outcome": "pass",
        "points": 2.0,
        "max_points": 2,
        "mistake": None,
        "message": right["message"],
    }
    assert (mean["outcome"], mean["points"], mean["mistake"]) == ("fail", 0.0, "mean-not-sum")
    assert try_files(LOSS, write(tmp_path, right=RIGHT)) == 0


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("def loss_fn(y_pred, y):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n", "not_attempted"),
        ("def other():\n    pass\n", "not_run"),
        ("def loss_fn(y_pred, y):\n    return 1 / 0\n", "crashed"),
        ("def loss_fn(y_pred, y:\n", "crashed"),
        ("import os\ndef loss_fn(y_pred, y):\n    os._exit(0)\n", "crashed"),
        ("import os\nos._exit(0)\n", "crashed"),
        (
            "def loss_fn(y_pred, y):\n    import torch\n    return float(torch.as_tensor(y_pred - y).pow(2).sum())",
            "refused",
        ),
    ],
)
def test_what_is_no_answer_reads_as_what_it_is(source: str, outcome: str) -> None:
    (tried,) = try_sources(find(LOSS), {"file": source})
    assert tried.verdict.outcome == outcome
    assert tried.verdict.points == 0


def test_code_that_never_ends_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(try_answer, "LIMITS", try_answer.Limits(cell_s=2, answer_s=2, total_s=12))
    endless = "def loss_fn(y_pred, y):\n    while True:\n        pass\n"
    at_once = "while True:\n    pass\n"
    tried = try_sources(find(LOSS), {"in the answer": endless, "in the cell": at_once})
    assert [t.verdict.outcome for t in tried] == ["timed_out", "timed_out"]


def test_a_loop_may_use_the_lessons_earlier_functions() -> None:
    source = """
def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
"""
    (tried,) = try_sources(find("way1_numpy.train"), {"file": source})
    assert tried.verdict.passed, tried.verdict


def test_without_a_worker_the_same_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with_worker = try_sources(find(LOSS), {"right": RIGHT, "mean": MEAN}, seed=3)
    find("way1_numpy.train")  # torch must be imported before `sys.platform` is patched
    monkeypatch.setattr("sys.platform", "darwin")
    here = try_sources(find(LOSS), {"right": RIGHT, "mean": MEAN}, seed=3)
    assert [t.verdict.outcome for t in here] == ["pass", "fail"]
    assert [t.verdict.mistake for t in here] == [t.verdict.mistake for t in with_worker]


@pytest.mark.parametrize(
    ("exercise", "message"),
    [("way1_numpy.foward", "forward"), ("way9.forward", "way1_numpy"), ("forward", "LESSON.NAME")],
)
def test_an_unknown_exercise_is_answered_with_those_there_are(exercise: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        try_files(exercise, [])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="nothing.py"):
        try_files(LOSS, [tmp_path / "nothing.py"])
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match="UTF-8"):
        try_files(LOSS, [tmp_path / "bytes.py"])


TWO = f'# %% mean mistake="mean-not-sum"\n{MEAN}\n# %% right\n{RIGHT}'


def tried(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return [(Path(line["file"]).name, line["outcome"]) for line in lines]


def test_a_case_of_a_percent_file_is_tried_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = write(tmp_path, two=TWO)
    assert try_files(LOSS, [Path(f"{file}::right")], as_json=True) == 0
    assert tried(capsys) == [("two.py::right", "pass")]


def test_a_percent_file_with_several_answers_is_tried_case_by_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two, right = write(tmp_path, two=TWO, right=RIGHT)
    assert try_files(LOSS, [two, right], as_json=True) == 1
    assert tried(capsys) == [("two.py::mean", "fail"), ("two.py::right", "pass"), ("right.py", "pass")]


def test_a_script_that_an_editor_parts_into_cells_is_one_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parted = f"# %% imports\nimport numpy as np\n\n# %%\n{RIGHT}\n# %% try it\nprint(loss_fn(np.ones(2), np.ones(2)))\n"
    assert try_files(LOSS, write(tmp_path, parted=parted), as_json=True) == 0
    assert tried(capsys) == [("parted.py", "pass")]


def test_a_case_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (file,) = write(tmp_path, two=TWO)
    with pytest.raises(CourseError, match=r"two\.py has no case `meen`\. It has: mean, right\."):
        try_files(LOSS, [Path(f"{file}::meen")])
