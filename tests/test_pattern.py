"""Wrong answers that match no named mistake: the message states only what holds in every question."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from course.exercise import Observation, Quantity, RowResult, Verdict
from course.judging import as_html, as_line, as_text, judge
from course.judging.judge import rows_of
from course.judging.pattern import pattern_of
from course.lessons import find
from course.lessons.training import parameters_of
from course.runner import Answer, Question, ask, describe
from course.runner.modules import _optimizer_class

Arrays = dict[str, np.ndarray]
Change = Callable[[Arrays, Question], None]


def judged(exercise_id: str, change: Change) -> Verdict:
    """Judge the right answers to an exercise's questions after `change` has altered their numbers."""
    exercise = find(exercise_id)
    questions, answers = exercise.questions(7), []
    for question in questions:
        right = exercise.right(question)
        made = {r.name: np.array(right[r.name], dtype=question.dtype) for r in exercise.rows if isinstance(r, Quantity)}
        change(made, question)
        values = {n: describe(list(a) if n == "losses" else float(a) if a.ndim == 0 else a) for n, a in made.items()}
        answers.append(Answer(values))
    return judge(exercise, questions, answers)


def changed(name: str, by: Callable[[np.ndarray, Question], np.ndarray]) -> Change:
    def change(made: Arrays, question: Question) -> None:
        made[name] = np.asarray(by(made[name], question), dtype=question.dtype)

    return change


def sizes(question: Question) -> dict[str, int]:
    return dict(question.options["sizes"])


def beyond_half(x: np.ndarray) -> np.ndarray:
    """Return x with its positive numbers altered in a way that no mistake of the catalogue produces."""
    return np.where(x > 0, 1.37 * x + 0.11, x)


def on_positive_h(made: Arrays, question: Question) -> None:
    made["h_relu"] = np.where(made["h"] > 0, beyond_half(made["h_relu"]), made["h_relu"])


SAID = {
    "from which step on": (
        "way1_numpy.train",
        changed("losses", lambda a, q: np.concatenate([a[:2], a[2:] * np.linspace(1.1, 1.7, len(a) - 2)])),
        "The first 2 losses are right, from number 3 on they are not.",
    ),
    "by one number": ("way1_numpy.loss_fn", changed("loss", lambda a, q: 0.37 * a), "Everything is 0.37 times what it"),
    "by sizes": (
        "way1_numpy.loss_fn",
        changed("loss", lambda a, q: a * sizes(q)["n"] * sizes(q)["d_out"]),
        "Everything is n·d_out times what it should be.",
    ),
    "where": ("way1_numpy.forward", on_positive_h, "Right where `h` is negative, wrong where it is positive."),
}


@pytest.mark.parametrize("kind", SAID)
def test_what_all_questions_have_in_common_is_said_everywhere(kind: str) -> None:
    exercise_id, change, sentence = SAID[kind]
    verdict = judged(exercise_id, change)
    assert verdict.outcome == "fail" and verdict.mistake is None
    assert sentence in as_text(verdict) and sentence in as_line(verdict)
    assert sentence.partition("`")[0] in as_html(verdict)


def test_nothing_is_said_that_does_not_hold_in_every_question() -> None:
    factors = iter((0.37, 0.53, 0.71, 0.37, 0.91, 0.2, 0.44))
    verdict = judged("way1_numpy.loss_fn", changed("loss", lambda a, q: next(factors) * a))
    assert verdict.outcome == "fail" and verdict.pattern == ""


def test_a_factor_that_reads_as_one_is_not_said() -> None:
    verdict = judged("way1_numpy.loss_fn", changed("loss", lambda a, q: (1 + 3e-5) * a))
    assert verdict.outcome == "fail" and verdict.pattern == ""


def test_an_answer_with_a_name_gets_the_hint_alone() -> None:
    verdict = judged("way1_numpy.loss_fn", changed("loss", lambda a, q: a / 2))
    assert (verdict.mistake, verdict.pattern) == ("half-loss", "")


@pytest.mark.parametrize(
    ("text", "exercise_id", "said"),
    [
        ("def foward(x, w1, w2): ...", "way1_numpy.forward", "no `forward` here, but there is `foward`"),
        (
            "TwoLayerNet = lambda *sizes: None",
            "way6_module.TwoLayerNet",
            "It should be a class, as the text asks",
        ),
        ("forward = 3", "way1_numpy.forward", "It should be a function, as the text asks; it is a `int` now"),
    ],
)
def test_a_name_that_is_missing_or_stands_for_something_else(text: str, exercise_id: str, said: str) -> None:
    namespace: dict[str, object] = {"__name__": "__main__"}
    exec(text, namespace)
    exercise = find(exercise_id)
    questions = exercise.questions(3)
    verdict = judge(exercise, questions, [ask(namespace, q) for q in questions])
    assert said in as_text(verdict)


def test_a_subclass_of_an_optimizer_that_adds_nothing_is_one() -> None:
    class Mine(torch.optim.Adam):
        pass

    class Other(torch.optim.Adam):
        def step(self, closure: object = None) -> None:  # type: ignore[override]
            pass

    leaf = [torch.zeros(1, requires_grad=True)]
    assert _optimizer_class(Mine(leaf)) == _optimizer_class(torch.optim.Adam(leaf))
    assert _optimizer_class(torch.optim.AdamW(leaf)) != _optimizer_class(torch.optim.Adam(leaf))
    assert "Other" in _optimizer_class(Other(leaf))


def test_of_the_questions_it_is_wrong_in_one_is_shown_that_can_be_taken_in() -> None:
    far_off = changed("grad_h", lambda a, q: a * (9 if q.options.get("original") else 1.1))
    assert "n=64" not in judged("way1_numpy.backward", far_off).where
    only_there = changed("grad_h", lambda a, q: a * (9 if q.options.get("original") else 1))
    assert judged("way1_numpy.backward", only_there).where.startswith("n=64, ")


def test_an_error_that_shows_in_the_first_question_is_shown_there() -> None:
    by_size = {"seen": (0.3, 9.0), "hidden": (1e-4, 0.3)}
    shown = {}
    for name, (at_first, later) in by_size.items():
        off = changed("losses", lambda a, q, f=at_first, g=later: a * (1 + (g if sizes(q)["n"] == 1 else f)))
        shown[name] = judged("way1_numpy.train", off).where
    assert not shown["seen"].startswith("n=1, ") and shown["hidden"].startswith("n=1, ")


def test_parameters_that_are_wrong_are_not_explained_by_losses_that_are_right() -> None:
    """As when weights were restored: a schedule that begins late has the same losses, here rising a thousandfold."""
    exercise = find("way4_sequential.train")
    question = exercise.questions(1000)[4]
    right = exercise.right(question)
    moved = {name: describe(torch.from_numpy(1.002 * right[name])) for name in parameters_of(question)}
    answer = Answer({"losses": describe(list(right["losses"])), **moved}, {"still_leaf": parameters_of(question)})
    told = exercise.observed(question, answer, right)
    obs = Observation(question, told, right, rows_of(exercise, question, told, right))
    assert right["losses"][-1] > 1000 * right["losses"][0]
    assert [row.name for row in obs.rows if not row.ok] == ["parameters"]
    assert not [m.id for m in exercise.mistakes if m.whole and m.shows(obs, "parameters")]


def test_a_factor_is_named_by_the_sizes_that_a_stated_question_has() -> None:
    sizes = [{"n": 4, "d_in": 6}, {"n": 5, "d_in": 3}]
    right = [np.arange(1.0, 1 + s["n"]) for s in sizes]
    wrong = [
        Observation(
            Question("way1_numpy.mine", "call", {}, {"sizes": s}),
            Answer({"total": describe(array / s["d_in"])}),
            {"total": array},
            (RowResult("total", False, "value"),),
        )
        for s, array in zip(sizes, right, strict=True)
    ]
    assert pattern_of(wrong, "total", named=False) == "Everything is 1/d_in times what it should be."
