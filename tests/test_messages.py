"""Messages of a check: every problem and outcome in words, nothing given away, the same in text and in HTML."""

from __future__ import annotations

import linecache
import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from course.building import reference_cells
from course.exercise import Property, Quantity, Verdict
from course.exercise.compare import compare
from course.judging import as_html, as_line, as_summary, as_text, judge
from course.judging.labels import LABELS, name_of
from course.language import LANGUAGES, say, using
from course.lessons import all_exercises, find
from course.notebook import Check, CheckFailed
from course.runner import Answer, Failure, Question, ask, describe
from tests import bank
from tests.verdicts import BACKWARD, setting, squeezed, verdict_of, words_of

EXERCISES = {e.id: e for e in all_exercises()}
# Between them they cover most kinds of exercise: a function, a loop, a class, an optimizer.
SPOKEN_OF = ("way2_tensors.backward", "way3_autograd.train", "way5_optimizer.make_optimizer", "way6_module.TwoLayerNet")


# ---------------------------------------------------------------- problems

PROBLEMS = {
    "none": (setting("grad_h", lambda g: None), "`grad_h` is None."),
    "type": (setting("grad_h", list), "`grad_h` should be a NumPy array; a `list of numpy.ndarray` came back."),
    "tensor": (setting("grad_h", torch.from_numpy), "should be a NumPy array; a `torch.Tensor` came back."),
    "numbers": (setting("grad_h", lambda g: g + 1j), "`grad_h` does not hold real numbers (its type is complex"),
    "shape": (setting("grad_w2", lambda g: g.T), "`grad_w2` has shape ("),
    "half precision": (setting("grad_w2", lambda g: g.astype("float16")), "has dtype float16; it should be float64 or"),
    "integers": (setting("grad_w2", lambda g: g.astype("int64")), "has dtype int64; it should be float64 or float32."),
    "not finite": (setting("grad_w1", lambda g: g / 0 * 0), "`grad_w1` contains nan: a number got out of hand"),
    "values": (setting("grad_w1", lambda g: 1.5 * g), "but wrong values: they are off by 50 %."),
    "far off": (setting("grad_w1", lambda g: 15.0 * g), "they are off by 14 times their size."),
    "very far off": (setting("grad_w1", lambda g: 1e9 * g), "they are off by more than 1000 times their size."),
    "between two numbers": (setting("grad_w1", lambda g: (1.125 + 1e-12) * g), "they are off by 12 %."),
    "near": (setting("grad_w1", lambda g: (1 + 5e-4) * g), "they are off by about one part in 2\u202f000."),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_problem_is_said_in_one_sentence(problem: str) -> None:
    change, sentence = PROBLEMS[problem]
    verdict = verdict_of(change)
    assert sentence in as_text(verdict)
    assert squeezed(sentence) in squeezed(words_of(as_html(verdict)))
    assert as_line(verdict).startswith("`")


def test_rows_are_shown_in_the_order_of_computation_up_to_the_first_wrong_one() -> None:
    text = as_text(verdict_of(setting("grad_h_relu", np.negative)))
    marks = re.findall(r"^  (.) (\w+)", text, re.M)
    assert marks == [("✓", "grad_y_pred"), ("✓", "grad_w2"), ("✗", "grad_h_relu"), ("○", "grad_h")]
    assert "○ grad_h; grad_w1: not looked at yet" in text


def test_nothing_handed_back_is_told_from_one_empty_result() -> None:
    nothing = verdict_of(lambda results: results.clear(), facts={"n_wanted": 5, "n_results": 0})
    assert "Nothing came back: the function returned None." in as_text(nothing)
    one = verdict_of(setting("grad_h", lambda g: None), facts={"n_wanted": 5, "n_results": 5})
    assert "`grad_h` is None." in as_text(one) and "Nothing came back" not in as_text(one)
    assert nothing.mistake == one.mistake == "returns-none"
    assert nothing.hint != one.hint


def test_too_few_results_are_counted_and_no_row_is_blamed() -> None:
    text = as_text(verdict_of(lambda results: results.clear(), facts={"n_wanted": 5, "n_results": 3}))
    assert "5 results are asked for, in the order the text names them; 3 came back." in text
    assert "✗ grad_y_pred" not in text


def test_a_missing_axis_of_losses_is_counted_in_entries() -> None:
    train = find("way1_numpy.train")
    questions = train.questions(3)
    answers = [
        Answer({n: describe(np.asarray(right[n])) for n in ("w1", "w2")} | {"losses": describe([1.0])})
        for right in (train.right(q) for q in questions)
    ]
    text = as_text(judge(train, questions, answers))
    assert "`losses` has 1 entry; here it should have" in text
    assert f"steps={questions[0].options['steps']}" in text


def test_changed_inputs_are_named() -> None:
    text = as_text(verdict_of(facts={"changed": ["y", "h"]}))
    assert "The function changed what it was given (y, h)." in text


def test_the_question_it_went_wrong_in_is_told() -> None:
    said = as_text(verdict_of(PROBLEMS["shape"][0]))
    assert re.search(r"The check called your code with n=\d+, d_in=\d+, d_h=\d+, d_out=\d+, float64\.", said)


# ---------------------------------------------------------------- outcomes

FAILURES = {
    "blank": ("not attempted", "the blank is as it was handed out"),
    "unfinished": ("crashed", "`raise NotImplementedError()` is still there"),
    "undefined": ("not run", "There is no `backward` here"),
    "raised": ("crashed", "Your code raised ZeroDivisionError: division by zero."),
    "global": ("not yet", "Your code uses `backward` from the notebook"),
    "autograd": ("refused", "autograd make the gradient"),
    "timed_out": ("timed out", "did not come to an end"),
    "died": ("crashed", "The Python process ended"),
    "too_large": ("crashed", "more memory than there is"),
    "wrong_kind": ("not yet", "It should be a function or class"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_an_outcome_reads_as_what_it_is(kind: str) -> None:
    message = "division by zero" if kind == "raised" else "" if kind == "autograd" else "backward"
    type_name = "int" if kind == "wrong_kind" else "ZeroDivisionError"
    verdict = verdict_of(failure=Failure(kind, type_name, message, "grad = 1 / 0", 3))
    outcome, sentence = FAILURES[kind]
    text = as_text(verdict)
    mark = "○" if outcome in ("not attempted", "not run") else "✗"
    assert text.startswith(f"{mark} backward: the gradients, one array at a time — {outcome}, 0 of 8 points")
    assert sentence.rstrip(".") in text
    assert squeezed(sentence.rstrip(".")) in squeezed(words_of(as_html(verdict)))


def test_an_exception_is_shown_with_the_line_of_the_students_cell() -> None:
    verdict = verdict_of(failure=Failure("raised", "ValueError", "shapes differ\nand more", "h = x @ w9", 7))
    assert "Your code raised ValueError: shapes differ\n    line 7: h = x @ w9" in as_text(verdict)


@pytest.mark.parametrize(
    ("typed", "meant"), [("：", ":"), ("（", "("), ("，", ","), ("“", '"'), ("ｘ", "x"), ("√", "")]
)
def test_a_character_of_another_keyboard_is_told_with_the_one_to_write(typed: str, meant: str) -> None:
    reason = f"invalid character '{typed}' (U+0000) (line 1)"
    for failure in (Failure("raised", "SyntaxError", reason), Failure("stale", f"SyntaxError: {reason}", "backward")):
        with using("zh"):
            told = as_text(verdict_of(failure=failure))
        assert ("请切换到英文输入法" in told) == bool(meant) and (f"写成 `{meant}`" in told) == bool(meant)


def test_what_needs_a_failed_exercise_says_so_and_nothing_else() -> None:
    train = find("way1_numpy.train")
    questions = train.questions(3)
    answers = [Answer(facts={"uses": ["forward"]}, failure=Failure("raised", "ValueError", "no")) for _ in questions]
    verdict = judge(train, questions, answers, failed=["forward"])
    text = as_text(verdict)
    assert verdict.outcome == "not_run"
    assert "Not judged: it uses `forward`, which did not pass." in text
    assert "ValueError" not in text and "Read again" not in text


def test_a_pass_says_so_in_few_words() -> None:
    lines = as_text(verdict_of()).splitlines()
    assert lines[0] == "✓ backward: the gradients, one array at a time — passed, 8 of 8 points"
    assert len(lines) == 1 + len(BACKWARD.rows)


# ---------------------------------------------------------------- what no message may hold


@bank.of_each_exercise(SPOKEN_OF)
def test_no_message_shows_a_traceback_or_a_file_of_the_course(exercise_id: str) -> None:
    for judged in bank.bank_of(exercise_id).of("wrong"):
        verdict = judged.verdict
        for message in (as_text(verdict), as_html(verdict), as_line(verdict), as_summary(verdict)):
            told = re.search(r"Traceback|site-packages|\bcourse[./]\w+|File \"|\.py\b|0x[0-9a-f]{6}", message)
            assert told is None, (judged.entry.id, told)


def right_numbers(question: Question, exercise_id: str, answer: Answer) -> set[str]:
    """Return the first four digits of every right number, with which any way of printing it begins."""
    right = EXERCISES[exercise_id].right(question)
    arrays = [np.ravel(v) for v in right.values() if np.asarray(v).dtype.kind == "f" and np.size(v) < 500]
    return {f"{abs(number):.3e}"[:5] for array in arrays for number in array if abs(number) not in (0.0, 1.0)}


@bank.of_each_exercise(SPOKEN_OF[:2])
def test_no_message_gives_an_expected_value_away(exercise_id: str) -> None:
    for judged in bank.bank_of(exercise_id).of("wrong"):
        verdict = judged.verdict
        if verdict.failure is None:
            said = as_text(verdict).partition("Your code printed:")[0]
            # relative errors are given with two digits; a leaked value would have more
            numbers = {f"{float(n):.3e}"[:5] for n in re.findall(r"\d+\.\d{3,}(?:e[+-]\d+)?", said)}
            right = set().union(
                *(right_numbers(q, exercise_id, a) for q, a in zip(judged.questions, judged.answers, strict=True))
            )
            assert not numbers & right, (judged.entry.id, numbers & right)


def test_what_student_code_says_is_escaped() -> None:
    evil = "<script>alert(1)</script>&amp;"
    verdict = verdict_of(failure=Failure("raised", evil, evil, evil, 3))
    verdict = Verdict.from_dict({**verdict.as_dict(), "printed": evil, "hint": evil, "section": evil, "title": evil})
    page = as_html(verdict)
    assert "<script" not in page
    assert words_of(page).count(evil) == 7


# ---------------------------------------------------------------- in a notebook


def checked(monkeypatch: pytest.MonkeyPatch, code: str, *, in_notebook: bool) -> tuple[list[Any], CheckFailed | None]:
    """Run the check of `forward` on code and return what it displayed and what it raised."""
    import IPython
    import IPython.display

    displayed: list[Any] = []
    shell = SimpleNamespace(InteractiveTB=SimpleNamespace(), kernel=None) if in_notebook else None
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    monkeypatch.setattr(IPython.display, "display", lambda data, **_: displayed.append(data))
    namespace: dict[str, Any] = {"np": np}
    exec(code, namespace)
    try:
        Check("way1_numpy", namespace, "cpu")("forward")
    except CheckFailed as failed:
        return displayed, failed
    return displayed, None


WRONG = "def forward(x, w1, w2):\n    return None"


def test_a_notebook_shows_a_pass_as_html_and_text(monkeypatch: pytest.MonkeyPatch) -> None:
    displayed, failed = checked(monkeypatch, reference_cells("way1_numpy")["forward"], in_notebook=True)
    assert failed is None
    assert displayed[0]["text/plain"].startswith("✓ forward")
    assert displayed[0]["text/html"].startswith("<div")


def test_a_notebook_shows_a_failure_once_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    displayed, failed = checked(monkeypatch, WRONG, in_notebook=True)
    assert failed is not None
    assert "Nothing came back" in displayed[0]["text/html"]
    assert failed._render_traceback_() == ["✗ not yet"]


def test_outside_of_a_notebook_the_exception_says_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    displayed, failed = checked(monkeypatch, WRONG, in_notebook=False)
    assert displayed == []
    assert failed is not None and "\n".join(failed._render_traceback_()) == str(failed)
    assert "Read again" in str(failed)


def test_a_check_that_is_stopped_says_where_the_code_was(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["def forward(x, w1, w2):\n", "    while True: raise KeyboardInterrupt\n"]
    monkeypatch.setitem(linecache.cache, "<string>", (sum(map(len, lines)), None, lines, "<string>"))
    _, failed = checked(monkeypatch, "".join(lines), in_notebook=False)
    assert "stopped, 0 of 4 points" in str(failed)
    assert "You stopped the check. It was here:\n    line 2: while True: raise KeyboardInterrupt" in str(failed)


def test_part_of_the_points_is_a_number_to_nbgrader_and_the_card_to_the_eye(monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.core.formatters import DisplayFormatter

    results: list[Any] = []
    monkeypatch.setattr("sys.displayhook", results.append)
    code = "def forward(x, w1, w2):\n    return x @ w1, np.maximum(x @ w1, 0), 2 * np.maximum(x @ w1, 0) @ w2"
    displayed, failed = checked(monkeypatch, code, in_notebook=True)
    assert failed is None and displayed == []
    shown, noted = DisplayFormatter().format(results[0])
    assert shown["text/plain"] == "2.0", "nbgrader reads it"
    assert shown["text/html"].startswith("<div") and shown["text/markdown"].startswith("```text\n✗ forward")
    assert noted == {"course": {"points": 2.0, "of": 4.0}}


def test_what_was_not_run_yet_is_told_from_what_did_not_pass() -> None:
    namespace: dict[str, Any] = {"np": np}
    exec(reference_cells("way1_numpy")["train"], namespace)
    with pytest.raises(CheckFailed) as failed:
        Check("way1_numpy", namespace, "cpu")("train")
    assert "not run, 0 of 4 points" in str(failed.value)
    assert "the cells of `forward`, `loss_fn`, `backward` have not been run since" in str(failed.value)
    assert "Run > Run All Above Selected Cell" in str(failed.value) and "did not pass" not in str(failed.value)


# ---------------------------------------------------------------- the exercises' own words


def headings(lesson: str, language: str) -> set[str]:
    folder = bank.REPOSITORY / "lessons" / ("" if language == LANGUAGES[0] else language)
    text = (folder / f"{lesson}.py").read_text(encoding="utf-8")
    return set(re.findall(r"^# ##+ (.+?)\s*$", text, re.M))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_every_heading_to_read_again_is_one_of_the_lesson(exercise_id: str, language: str) -> None:
    exercise = EXERCISES[exercise_id]
    with using(language):
        named = {say(heading) for heading in (exercise.section, *exercise.headings.values())}
    assert named <= headings(exercise.lesson, language)
    assert {row.topic for row in exercise.rows if isinstance(row, Quantity)} - {""} <= set(exercise.headings)


@pytest.mark.parametrize(("number", "told"), [(float, False), (torch.tensor, True)])
def test_a_loss_that_is_still_a_tensor_is_right_and_told(number: Any, told: bool) -> None:
    exercise = find("way2_tensors.loss_fn")
    questions = exercise.questions(5)
    answers = [
        Answer(
            {"loss": describe(number(float(exercise.right(q)["loss"]), **({"dtype": torch.float64} if told else {})))}
        )
        for q in questions
    ]
    verdict = judge(exercise, questions, answers)
    assert verdict.passed and ("still a tensor" in as_text(verdict)) is told


def test_a_dtype_is_said_of_the_array_that_has_it() -> None:
    exercise = find("way2_tensors.make_data")
    namespace: dict[str, Any] = {"torch": torch}
    exec(bank.entry(exercise.id, "dtype_forgotten_in_w1").source, namespace)
    questions = exercise.questions(5)
    verdict = judge(exercise, questions, [ask(namespace, question) for question in questions])
    assert "`w1` does not have the dtype that was asked for." in as_text(verdict)


def test_a_quantity_says_in_each_language_after_which_step_it_is_met() -> None:
    rows = ["m after step 2", "y_pred again", "h"]
    assert list(map(name_of, rows)) == rows
    with using("zh"):
        assert list(map(name_of, rows)) == ["第2步之后的m", "第二次的y_pred", "h"]


READ_AGAIN = {
    "the 2 forgotten": ("grad_y_pred", lambda g: g / 2, "Start at the loss"),
    "the sign": ("grad_y_pred", lambda g: -g, "Start at the loss"),
    "a product transposed": ("grad_w2", lambda g: g.T, "The gradient of w2"),
    "another transposed": ("grad_h_relu", lambda g: g.T, "The gradient of the hidden layer"),
    "a mistake without a name": ("grad_h", lambda g: g + 0.01, "The gate"),
}


@pytest.mark.parametrize("slip", READ_AGAIN)
def test_the_section_to_read_again_is_the_one_about_the_first_wrong_array(slip: str) -> None:
    name, change, heading = READ_AGAIN[slip]
    assert verdict_of(setting(name, change)).section == heading


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_property_is_called_by_words_not_by_its_name_in_our_code(exercise_id: str) -> None:
    for row in EXERCISES[exercise_id].rows:
        assert isinstance(row, Quantity) or " " in LABELS[row.name]


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_titles_hints_and_problems_are_written_as_such(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    assert re.fullmatch(r"[a-zA-Z].*[^.]", exercise.title)
    for hint in {m.idea.hint for m in exercise.mistakes}:
        assert re.fullmatch(r"[^\n]{10,170}[.?!]", hint), hint
    for row in exercise.rows:
        if isinstance(row, Property) or row.problem:
            assert re.fullmatch(r"[A-Z`][^\n]+\.", row.problem), row
    assert all(case.purpose for case in exercise.cases)


def test_a_value_is_never_right_where_what_is_right_is_not_finite() -> None:
    for odd in (np.nan, np.inf):
        assert not compare("y", describe(np.array([1.0, 2.0])), np.array([odd, 2.0]), wanted="array", tolerance=1e-9).ok
