"""What a check offers besides its message: the text's tiny example, the case, a second hint, points so far."""

from __future__ import annotations

import copy
import json
import linecache
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from course.building import reference_cells
from course.building.built_notebooks import REPOSITORY
from course.building.lesson import read_lesson
from course.exercise import Verdict
from course.exercise.idea import CATALOGUE
from course.lessons import LESSONS, all_exercises, find
from course.lessons.examples import EXAMPLES
from course.notebook import Check, CheckFailed, points
from course.notebook.example import RIGHT, SHAPES_RIGHT, compare_with_text, in_digits
from course.runner import Failure
from course.runner.training import build_model, make_loss
from course.sandbox.absent_check import start_of
from tests import bank

IDS = [exercise.id for exercise in all_exercises()]
TEXTS = {lesson: read_lesson(REPOSITORY / "lessons" / f"{lesson}.py").cells for lesson in LESSONS}
NOT_IN_THE_TEXT = {"way5_optimizer.make_optimizer": {"x", "y"}}  # data that produce the gradients in the text
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")


def run(cell: str, source: str, namespace: dict[str, Any]) -> None:
    """Execute a cell and make its lines available to linecache, as IPython does."""
    linecache.cache[f"<{cell}>"] = (len(source), None, source.splitlines(keepends=True), f"<{cell}>")
    exec(compile(source, f"<{cell}>", "exec"), namespace)


def filled(lesson: str, **answers: str) -> Check:
    """Return the check of a notebook in which the given answers, and right ones otherwise, have been run."""
    namespace: dict[str, Any] = {"__name__": "__main__", "np": np, "torch": torch}
    for name, source in {**reference_cells(lesson), **answers}.items():
        run(name, source, namespace)
    namespace["check"] = Check(lesson, namespace, "cpu")
    check: Check = namespace["check"]
    return check


def checked(exercise_id: str, answer: str) -> Check:
    """Return the check of a notebook in which an answer has been checked."""
    lesson, _, name = exercise_id.partition(".")
    check = filled(lesson, **{name: answer})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.displayhook", lambda _: None)
        try:
            check(name)
        except CheckFailed:
            return check
    return check


def of_bank(exercise_id: str, name: str) -> str:
    return bank.entry(exercise_id, name).source


# ---------------------------------------------------------------- the tiny example


def written(lesson: str, exercise: str) -> Iterator[tuple[bool, list[float]]]:
    """Yield (False, numbers) for each cell before an exercise, and (True, numbers) for each tiny example in prose."""
    for cell in TEXTS[lesson]:
        if cell.name == exercise:
            return
        text = re.sub(r"−\s*(?=\d)", "-", cell.source.replace("**", " "))
        at = text.lower().find("tiny example")
        seen = [float(number) for number in NUMBER.findall(text)]
        yield False, seen
        if at >= 0 and cell.role == "prose":
            yield True, [float(number) for number in NUMBER.findall(text[at:])]


def stands_in(numbers: list[float], text: list[float]) -> bool:
    n = len(numbers)
    return any(text[i : i + n] == numbers for i in range(len(text) - n + 1))


def rows(thing: Any) -> list[list[float]]:
    array = np.atleast_1d(np.array(thing, dtype=float))
    return array.reshape(-1, array.shape[-1]).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("exercise_id", IDS)
def test_the_example_has_the_very_numbers_of_the_text(exercise_id: str) -> None:
    lesson, _, name = exercise_id.partition(".")
    texts = list(written(lesson, name))
    assert exercise_id in EXAMPLES or not any(is_tiny for is_tiny, _ in texts)
    for example in EXAMPLES.get(exercise_id, ()):
        for result, paper in example.results.items():
            told = [row for row in rows(paper) if not any(stands_in(row, t) for is_tiny, t in texts if is_tiny)]
            assert told == [], f"{result} is another one in the tiny examples of {lesson}"
        for given in example.inputs.keys() - NOT_IN_THE_TEXT.get(exercise_id, set()):
            told = [row for row in rows(example.inputs[given]) if not any(stands_in(row, t) for _, t in texts)]
            assert told == [], f"{given} is another one in the text of {lesson}"


def test_the_data_of_the_optimizers_example_make_the_gradients_of_the_text() -> None:
    exercise = find("way5_optimizer.make_optimizer")
    (example,) = EXAMPLES[exercise.id]
    question = example.question(exercise)
    model = build_model(question)
    x, y = (torch.from_numpy(question.inputs[name]) for name in ("x", "y"))
    make_loss("squares")(model(x), y).backward()
    gradients = [parameter.grad.item() for parameter in model.parameters()]
    assert gradients == pytest.approx([8, -0.002])
    texts = [text for is_tiny, text in written(exercise.lesson, exercise.name) if is_tiny]
    assert all(any(stands_in([g], t) for t in texts) for g in (8.0, -0.002))


@pytest.mark.parametrize("lesson", LESSONS)
def test_right_answers_give_what_the_paper_has(lesson: str) -> None:
    check = filled(lesson)
    for exercise in check._exercises.values():
        crash = Verdict(exercise.id, "", "crashed", 0, 1, failure=Failure("raised"))
        random = exercise.name in ("make_data", "make_weights")
        assert compare_with_text(exercise, crash, check._namespace, "cpu") == [SHAPES_RIGHT if random else RIGHT]


@pytest.mark.parametrize(
    ("exercise_id", "answer", "shown"),
    [
        ("way1_numpy.make_data", "samples_in_columns", ["`x`", "yours  shape (3, 2)", "paper  shape (2, 3)"]),
        ("way1_numpy.backward", "original_slip", ["`grad_h`", "[[2, 0], [0, 12]]", "[[2, -4], [-6, 0]]"]),
        ("way4_sequential.make_loss", "batch_mean", ["`loss`", "yours  4.5", "paper  9"]),
        ("way4_sequential.make_model", "no_biases", ["`y_pred`", "yours  [[6]]", "paper  [[7]]"]),
        ("way4_sequential.train", "weights_by_name", ["`losses`", "yours  [4, 1.44]", "paper  [4, 1]"]),
        ("way6_module.ReLU", "leaky", ["`output`", "[[2, -0.01], [-0.03, 0.5]]", "[[2, 0], [0, 0.5]]"]),
        ("way6_module.make_optimizer", "lr_left_out", ["`weight`", "yours  [[2.992]]", "paper  [[2.6]]"]),
    ],
)
def test_a_wrong_answer_is_shown_beside_the_paper(exercise_id: str, answer: str, shown: list[str]) -> None:
    check = checked(exercise_id, of_bank(exercise_id, answer))
    found = check._checked[exercise_id.partition(".")[2]]
    told = "\n".join(compare_with_text(found.exercise, found.verdict, check._namespace, "cpu"))
    assert all(part in told for part in shown), told


def test_a_number_beside_the_paper_is_written_as_people_do_and_breaks_nowhere() -> None:
    assert in_digits([[-1, 2.25e-5], [-0.0, 1e30]]) == "[[-1, 2.25·10⁻⁵], [0, 1·10³⁰]]"


def test_results_that_are_not_written_yet_are_not_told() -> None:
    begun = "def backward(x, y, w2, h, h_relu, y_pred):\n    return 2 * (y_pred - y), None, None, None, None"
    check = checked("way1_numpy.backward", begun)
    found = check._checked["backward"]
    assert not found.verdict.passed
    assert compare_with_text(found.exercise, found.verdict, check._namespace, "cpu") == []


def test_an_example_changes_no_verdict_and_is_not_asked_where_nothing_went_wrong() -> None:
    seen = "def loss_fn(y_pred, y):\n    seen.append(y.shape)\n    return ((y_pred - y) ** 2).sum()"
    check = filled("way1_numpy", loss_fn=f"seen = []\n{seen}")
    check("loss_fn")
    assert check._checked["loss_fn"].verdict.passed and (2, 1) not in check._namespace["seen"]


# ---------------------------------------------------------------- the case


def trial_of(case: Any) -> str:
    return "\n".join(line.strip() for line in repr(case).partition("in a new cell:\n")[2].splitlines())


def last_value(source: str, namespace: dict[str, Any]) -> Any:
    *before, last = source.splitlines()
    exec("\n".join(before), namespace)
    return eval(last, namespace)


@pytest.fixture
def usual_dtype() -> Iterator[None]:
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.usefixtures("usual_dtype")
def test_each_case_can_be_tried_with_the_lines_it_names(lesson: str, dtype: torch.dtype) -> None:
    check = filled(lesson)
    torch.set_default_dtype(dtype)
    for name in check._exercises:
        case = check.case(name)
        assert repr(case).startswith(f"`{name}` has not been checked since the kernel started")
        made = last_value(trial_of(case), check._namespace)
        assert made is not None or name == "adam_step"
        if "tensors" in find(f"{lesson}.{name}").options:
            assert not any(isinstance(thing, np.ndarray) for thing in {**case, **case.also}.values())


def test_a_case_is_what_the_check_failed_on_and_says_where() -> None:
    check = checked("way1_numpy.backward", of_bank("way1_numpy.backward", "original_slip"))
    case, again = check.case("backward"), check.case("backward")
    exercise, question = find("way1_numpy.backward"), check._checked["backward"].question
    right = exercise.right(question)["grad_h"]
    mine = check._namespace["backward"](**case)
    assert np.array_equal(mine[3], case.yours["grad_h"]) and list(case.yours) == [row.name for row in exercise.rows]
    first = tuple(np.argwhere(~np.isclose(case.yours["grad_h"], right))[0])
    assert f"The first entry that differs is `grad_h[{first[0]}, {first[1]}]`." in repr(case)
    assert "`grad_h` has the right shape" in repr(case) and "x       ndarray (7, 5) float64" in repr(case)
    numbers = {f"{n:.4g}" for n in right[right != 0]}
    assert not any(number in repr(case) for number in numbers), "what is right is not handed out"
    case.h[:] = 0
    assert again.h.any() and check.case("backward").h.any(), "each case has arrays of its own"
    copied = copy.deepcopy(again)
    assert np.array_equal(copied.h, again.h) and list(copied.yours) == list(again.yours)
    with pytest.raises(AttributeError, match="it has x, y, w2"):
        _ = case.grad_h


def test_a_case_of_a_crash_has_the_line_and_no_result() -> None:
    check = checked("way1_numpy.forward", "def forward(a, b, c):\n    h = a @ b.T\n    return h, h, h @ c")
    case = check.case("forward")
    assert "    line 2: h = a @ b.T" in repr(case) and case.yours == {}
    assert trial_of(case).endswith("forward(*case.values())"), "the student has names of their own"
    with pytest.raises(ValueError, match="matmul"):
        last_value(trial_of(case), check._namespace)


def test_after_a_pass_there_is_a_case_all_the_same() -> None:
    check = checked("way1_numpy.loss_fn", reference_cells("way1_numpy")["loss_fn"])
    case = check.case("loss_fn")
    assert repr(case).startswith("`loss_fn` passed.")
    assert check._namespace["loss_fn"](**case) == pytest.approx(case.yours["loss"])
    with pytest.raises(CheckFailed, match="There is no exercise “los_fn”"):
        check.case("los_fn")


def test_a_blank_has_a_case_that_says_so() -> None:
    check = checked("way1_numpy.loss_fn", "def loss_fn(y_pred, y):\n    raise NotImplementedError()")
    assert "Not attempted yet" in repr(check.case("loss_fn")) and check.case("loss_fn").yours == {}


# ---------------------------------------------------------------- the hint


def hint_of(check: Check, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    check.hint(name)
    return capsys.readouterr().out


def test_a_named_mistake_has_a_second_hint(capsys: pytest.CaptureFixture[str]) -> None:
    check = checked("way1_numpy.backward", of_bank("way1_numpy.backward", "original_slip"))
    told = hint_of(check, "backward", capsys)
    assert CATALOGUE["mask-from-gradient-sign"].more in told and "Read again: “The gate”." in told
    assert 'check.case("backward")' in told


def test_a_nameless_answer_has_a_hint_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    off = reference_cells("way1_numpy")["backward"].replace("grad_w1 = ", "grad_w1 = 0.3 * ")
    told = hint_of(checked("way1_numpy.backward", off), "backward", capsys)
    assert "No mistake that the check knows" in told and "Look at the lines that make `grad_w1`." in told
    assert "is right (`grad_y_pred`, `grad_w2`, `grad_h_relu`, `grad_h`)" in told
    assert "Everything is 0.3 times what it should be." in told and "Read again: “The gradient of w1”." in told


def test_a_crash_has_a_hint_where_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    check = checked("way1_numpy.forward", "def forward(x, w1, w2):\n    return undefined_name")
    assert "line 2 of your cell" in hint_of(check, "forward", capsys)


def test_a_hint_says_where_there_is_nothing_to_hint_at(capsys: pytest.CaptureFixture[str]) -> None:
    check = checked("way1_numpy.loss_fn", reference_cells("way1_numpy")["loss_fn"])
    assert "`loss_fn` passed" in hint_of(check, "loss_fn", capsys)
    assert "`backward` has not been checked since the kernel started" in hint_of(check, "backward", capsys)
    blank = checked("way1_numpy.loss_fn", "def loss_fn(y_pred, y):\n    raise NotImplementedError()")
    assert "Not attempted yet" in hint_of(blank, "loss_fn", capsys)


# ---------------------------------------------------------------- points so far


def progress(check: Check, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    check.progress()
    return capsys.readouterr().out


def test_progress_tells_what_passed_what_did_not_and_what_was_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    check = checked("way1_numpy.backward", of_bank("way1_numpy.backward", "original_slip"))
    for name in ("make_data", "forward"):
        check(name)
    told = progress(check, capsys)
    assert "Points so far: 11 of 20" in told and "✓ forward    4 of 4" in told and "✗ backward   5 of 8" in told
    assert "train      not checked since the kernel started" in told and "Next: the check of `loss_fn`." in told
    for name in ("loss_fn", "train"):
        exec(reference_cells("way1_numpy")["backward"], check._namespace)
        check("backward")
        check(name)
    told = progress(check, capsys)
    assert "Points so far: 20 of 20" in told and "Every check has passed." in told and "not checked" not in told


def test_start_sums_up_what_the_saved_notebooks_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def cell(points_there: float, *noted: float) -> dict[str, Any]:
        outputs = [{"output_type": "display_data", "metadata": {"course": {"points": p}}, "data": {}} for p in noted]
        about = {"grade": True, "points": points_there}
        return {"cell_type": "code", "metadata": {"nbgrader": about}, "outputs": outputs, "source": ""}

    for lesson, cells in {"way1": [cell(4, 4), cell(8, 5), cell(4)], "way2": [cell(2)]}.items():
        (tmp_path / lesson).mkdir()
        (tmp_path / lesson / f"{lesson}.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (tmp_path / "way1" / "scratch.ipynb").write_text("no notebook")
    points(tmp_path)
    told = capsys.readouterr().out
    assert re.search(r"way1 +9 of 16 +2 of 3 checks run", told) and re.search(r"way2 +0 of 2 +0 of 1 checks run", told)
    assert "Not official: as your checks said when you last saved each notebook." in told


# ---------------------------------------------------------------- the absent check in grading


def test_in_grading_every_verb_of_a_check_does_nothing() -> None:
    verbs = [name for name in vars(Check) if not name.startswith("_")]
    check: Any = start_of({})("way1_numpy")
    check("forward")
    given = {"also": {"seed": 1}}
    assert {verb: getattr(check, verb)(**given.get(verb, {})) for verb in verbs} == {
        **dict.fromkeys(verbs),
        "case": {},
    }
