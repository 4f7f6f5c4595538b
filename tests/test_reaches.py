"""By-hand answers that use something that could get around the sandbox are reported; right answers never are."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from course.grading.graded import Graded
from course.grading.progress import summarise
from course.grading.reaches import TO_LOOK_AT, ShowToLookAt, suspicious_uses
from course.lessons import LESSONS, all_exercises, exercises_of
from tests import bank
from tests.attacks.corpus import filled

BY_HAND = [exercise.id for exercise in all_exercises() if exercise.options.get("by_hand")]
# The other exercises of lessons that have by-hand exercises.
BESIDE = [
    exercise.id
    for exercise in all_exercises()
    if exercise.id not in BY_HAND and any(exercise.id.partition(".")[0] == one.partition(".")[0] for one in BY_HAND)
]
RIGHT = "def backward(x, y, w2, h, h_relu, y_pred):\n    return 2 * (y_pred - y)\n"
INSIDE = "def backward(x, y, w2, h, h_relu, y_pred):\n    {}\n"


def cells_of(*sources: str, answer: str = "backward") -> list[NotebookNode]:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[-1].metadata["nbgrader"] = {"grade_id": answer, "solution": True}
    return cells


def told(*sources: str) -> list[str]:
    return suspicious_uses(cells_of(*sources), exercises_of("way2_tensors"))


@pytest.mark.parametrize(
    ("what", "sources"),
    [
        ("ctypes", ["import ctypes\n" + INSIDE.format("return ctypes.c_int(1)")]),
        ("_ctypes", ["from _ctypes import dlopen\n" + INSIDE.format("return dlopen(None)")]),
        ("__array_interface__", [INSIDE.format("class At: __array_interface__ = {'data': (id(h), False)}")]),
        ("as_strided", ["import numpy as np\n" + INSIDE.format("return np.lib.stride_tricks.as_strided(h)")]),
        ("gc", [INSIDE.format("import gc; return gc.get_objects()")]),
        ("sys.modules", ["import sys as s\n" + INSIDE.format("return s.modules")]),
        (
            "concurrent.interpreters",
            [INSIDE.format("from concurrent import interpreters as i; return i.create()")],
        ),
        ("torch._C", ["import torch as t\n" + INSIDE.format("return t._C")]),
        ("torch.ops", ["from torch import ops\n" + INSIDE.format("return ops.aten.relu(h)")]),
        ("torch.jit", ["import torch.jit as j\n" + INSIDE.format("return j.script")]),
        ("importlib", ["import importlib\n" + INSIDE.format("return importlib.reload")]),
        ("inspect.getclosurevars", ["import inspect\n" + INSIDE.format("return inspect.getclosurevars(f)")]),
        ("__subclasses__", [INSIDE.format("return object.__subclasses__()")]),
        ("__globals__", ["def helper():\n    return print.__globals__\n", INSIDE.format("return helper()")]),
        ("f_back", ["class Tool:\n    def look(self, frame):\n        return frame.f_back\n", INSIDE.format("Tool()")]),
        ("getattr", [INSIDE.format("return getattr(h, 'grad' + '_fn')")]),
        ("exec", ["exec('import gc')", RIGHT]),
        ("sys.modules", ["%matplotlib inline\nimport sys\nfor m in sys.modules: pass", RIGHT]),
        ("torch._make_dual", ["import torch\nmake = torch._make_dual", INSIDE.format("return make(h, h)")]),
    ],
)
def test_a_reach_is_told_with_its_line(what: str, sources: list[str]) -> None:
    (line, *_) = [line for line in told(*sources) if f"reaches for `{what}" in line]
    number, text = line.split(": line ", 1)[1].split(" of ", 1)
    written = [source for source in sources if text.rsplit(", `", 1)[1][:-1] in source]
    assert written and int(number) >= 1


@pytest.mark.parametrize(
    "source",
    [
        "import gc\ngc.collect()\n" + RIGHT,  # at the top level, not part of an answer
        "import gc\n\ndef unused():\n    gc.collect()\n\n" + RIGHT,
    ],
)
def test_the_line_belongs_to_whom_it_is_told_of(source: str) -> None:
    assert not any("`backward`" in line.partition("reaches")[0] for line in told(source))


@pytest.mark.parametrize("exercise_id", BY_HAND)
def test_no_right_answer_of_the_banks_is_told(exercise_id: str) -> None:
    lesson, _, name = exercise_id.partition(".")
    right = [entry for entry in bank.entries(exercise_id) if entry.kind == "right"]
    found = {e.id: suspicious_uses(cells_of(e.source, answer=name), exercises_of(lesson)) for e in right}
    assert right and {e: lines for e, lines in found.items() if lines} == {}


@pytest.mark.parametrize("exercise_id", BESIDE)
def test_what_is_not_by_hand_is_told_of_no_right_answer_though_demonstrations_use_it(exercise_id: str) -> None:
    lesson, _, name = exercise_id.partition(".")
    right = [entry for entry in bank.entries(exercise_id) if entry.kind == "right"]
    found = {
        entry.id: suspicious_uses(filled(lesson, **{name: entry.source}).cells, exercises_of(lesson)) for entry in right
    }
    assert {answer: lines for answer, lines in found.items() if lines} == {}


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("rest", ["right", "blank"])
def test_no_lesson_is_told(lesson: str, rest: str) -> None:
    assert suspicious_uses(filled(lesson, rest).cells, exercises_of(lesson)) == []


def test_what_is_not_by_hand_may_use_what_it_likes() -> None:
    source = "import gc\n\ndef make_model(d_in, d_h, d_out):\n    gc.collect()\n"
    assert suspicious_uses(cells_of(source, answer="make_model"), exercises_of("way4_sequential")) == []


def test_a_text_that_nobody_could_have_meant_ends_at_once() -> None:
    assert told("x = " + "[" * 5000, "\0", RIGHT) == []


def test_the_summary_tells_it_under_to_look_at(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = told("import gc\n" + INSIDE.format("return gc"))
    graded = Graded("way2_tensors", "ada", "graded", 20.0, 20.0, to_look_at=(line,))
    assert graded.needs_a_look
    summarise([graded], 1.0, [], {})
    assert f"to look at: ada way2_tensors: graded ({line})" in capsys.readouterr().out


@pytest.mark.parametrize(("resources", "shown"), [({"submission_id": "1"}, True), ({}, False)])
def test_formgrader_shows_it_and_feedback_does_not(resources: dict[str, str], shown: bool) -> None:
    nb = nbformat.v4.new_notebook(metadata={TO_LOOK_AT: ["`backward` reaches for `gc`"]})
    made, _ = ShowToLookAt()(nb, dict(resources))
    assert [("reaches for `gc`" in cell.source) for cell in made.cells] == [True] * shown
