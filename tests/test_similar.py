"""`course similar`: planted copies are found, independent answers are not, and what is common counts for nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from benchmarks.similar import disguised, independent, reference
from course.building.built_notebooks import REPOSITORY
from course.cli import main
from course.grading.graded import Graded
from course.grading.store import Store
from course.lessons import LESSONS
from course.reports.similar import MOST, Answer, Similar, code_only, similar, traits_of
from tests.course_factory import LESSON, SLIP, answered, make_course
from tests.own_question import marked

EXERCISE = f"{LESSON}.backward"
ODD = """
def backward(x, y, w2, h, h_relu, y_pred):
    zwirbel = y_pred - y  # the thing that pulls at everything
    grad_y_pred = zwirbel + zwirbel
    grad_w2 = np.einsum("nh,no->ho", h_relu, grad_y_pred)
    grad_h_relu = np.einsum("no,ho->nh", grad_y_pred, w2)
    grad_h = np.where(np.sign(h) == 1, grad_h_relu, np.zeros_like(h))
    grad_w1 = np.einsum("nd,nh->dh", x, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
"""
FORWARD = """
def forward(x, w1, w2):
    h = np.einsum("nd,dh->nh", x, w1)
    h_relu = np.einsum("nh,nh->nh", h, h > 0)
    return h, h_relu, np.einsum("nh,ho->no", h_relu, w2)
"""


def forms(source: str) -> set[str]:
    return {what for kind, _, what in traits_of(EXERCISE, source) if kind == "line"}


@pytest.mark.parametrize("lesson", LESSONS)
def test_of_independent_right_answers_no_two_are_listed(lesson: str) -> None:
    found = similar(lesson, independent(lesson), reference(lesson))
    assert found.groups == () and found.students >= 15


@pytest.mark.parametrize("lesson", ["way1_numpy", "way6_module"])
def test_a_copy_with_other_names_order_and_comments_is_found_and_nobody_else(lesson: str) -> None:
    klass = independent(lesson)
    copy = [Answer("copy", a.exercise, disguised(a.source)) for a in klass if a.student == "s03"]
    assert [g.students for g in similar(lesson, klass + copy, reference(lesson)).groups] == [("copy", "s03")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("g = 2.0 * (a.T @ b) + c", "zz = c + (a.T @ b) * 2"),
        ("total += np.square(a - b).sum()", "s = s + np.square(a - b).sum()"),
        ("mask = (h > threshold_of(h))", "keep = (threshold_of(h) < h)"),
        (
            "def f(u, v):\n    '''Text.'''\n    return np.dot(u.T, v) / len(u)",
            "def f(p, q):\n    return np.dot(p.T, q) / len(p)",
        ),
    ],
)
def test_names_order_of_operands_numbers_and_docstrings_make_no_difference(one: str, other: str) -> None:
    assert forms(one) == forms(other) != set()
    assert forms(one) != forms(
        one.replace("np", "torch").replace("a.T @ b", "b.T @ a").replace("threshold_of", "mean_of")
    )


def klass_with(n: int, *copies: str, backward: Callable[[int], str]) -> Similar:
    """Compare a class of n students with answers from `backward`, plus the `copies`, who all handed in ODD."""
    others = [Answer(f"s{i:03d}", EXERCISE, backward(i)) for i in range(n)]
    return similar(LESSON, others + [Answer(name, EXERCISE, ODD) for name in copies], reference(LESSON))


def test_what_many_have_is_evidence_of_nothing() -> None:
    usual = dict(reference(LESSON))[EXERCISE]
    of_few = klass_with(200, "anna", "bob", backward=lambda i: usual)
    (group,) = of_few.groups
    assert group.students == ("anna", "bob")
    assert {(s.kind, s.n, s.of) for s in group.shared} >= {("answer", 2, 202), ("comment", 2, 202), ("name", 2, 202)}
    many = [f"c{i}" for i in range(MOST + 1)]
    assert klass_with(200, *many, backward=lambda i: usual).groups == ()
    (variety,) = of_few.exercises
    assert (variety.answers, variety.forms, variety.most, variety.alone) == (202, 2, 200, 0)


def test_what_was_handed_out_or_lies_in_the_banks_is_evidence_of_nothing() -> None:
    answers = [Answer(f"s{i}", EXERCISE, ODD if i < 2 else f"def backward():\n    return {i}") for i in range(200)]
    assert similar(LESSON, answers, []).groups != ()
    assert similar(LESSON, answers, [(EXERCISE, ODD)]).groups == ()


def test_a_shared_wrong_answer_says_more_than_a_right_one_and_is_called_so() -> None:
    def bits(passed: bool) -> float:
        two = [Answer(name, EXERCISE, ODD, passed) for name in ("anna", "bob")]
        others = [Answer(f"s{i}", EXERCISE, f"def backward():\n    return {i}") for i in range(200)]
        (group,) = similar(LESSON, two + others).groups
        assert {s.wrong for s in group.shared if s.kind == "answer"} == {not passed}
        return group.bits

    assert bits(False) > bits(True)


@pytest.mark.parametrize("source", ["def f(:", "", "x = " + "-" * 15_000 + "1", "\x00", "f(" * 90 + ")" * 90])
def test_what_cannot_be_compared_stops_nothing(source: str) -> None:
    assert similar(LESSON, [Answer("a", EXERCISE, source), Answer("b", EXERCISE, source)]).groups == ()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (r"""print('He said "no", it\'s Anna Smith')""", "print('…')"),
        ("""np.einsum("nd,dh->nh", x, 'Anna')""", """np.einsum("…", x, '…')"""),
        ('raise ValueError("Anna Smi', 'raise ValueError("…"'),
        ("a = 'Anna\nb = 'Smith'", "a = '…'\nb = '…'"),
        ('"""Anna\'s answer', '"""…"""'),
        ("raise E(f'''It's\nAnna", "raise E(f'''…'''"),
        ('print(f"{of["Anna"]} Smith", h)', 'print(f"…"'),
        ("""h = 1  # Anna's "way""", "h = 1  …"),
        ("""h = "#1" + 'Anna'""", """h = "…" + '…'"""),
    ],
)
def test_of_a_line_only_code_is_left_even_where_a_literal_was_cut_off(line: str, left: str) -> None:
    assert code_only(line) == left


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course as grading leaves it."""
    root = make_course(tmp_path_factory.mktemp("similar") / "course")
    shutil.copytree(REPOSITORY / "banks" / LESSON, root / "banks" / LESSON)
    answers = {"anna": ODD, "bob": disguised(ODD), **{f"s{i:02d}": SLIP for i in range(60)}}
    for student, backward in answers.items():
        place = root / "autograded" / student / LESSON / f"{LESSON}.ipynb"
        place.parent.mkdir(parents=True)
        more = {"forward": FORWARD} if student in ("anna", "bob") else {}
        Store(root).mark_done(Graded(LESSON, student, "graded", outcomes=dict.fromkeys(more, "fail")), "")
        place.write_text(nbformat.writes(answered(backward=backward, **more), version=4))
    (root / "autograded" / "s00" / LESSON / f"{LESSON}.ipynb").write_text("{")
    return root


def run(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.chdir(root)
    with pytest.raises(SystemExit) as end:
        main(["similar", *words])
    assert end.value.code == 0
    return capsys.readouterr().out


def test_the_command_names_who_and_what_and_accuses_nobody(
    graded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(graded, monkeypatch, capsys)
    assert "worth a look: anna, bob" in text and "which 2 of 61 have" in text
    assert "forward: the same wrong answer" in text and "talk to them before you conclude" in text
    assert not {"cheat", "plagiar", "copied", "suspect"} & set(text.lower().split())


def test_json_has_the_same_and_anonymous_names_nobody(
    graded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (group,) = json.loads(run(graded, monkeypatch, capsys, "--json", LESSON))["groups"]
    assert group["students"] == ["anna", "bob"] and all(s["text"] for s in group["shared"] if s["kind"] == "line")
    text = run(graded, monkeypatch, capsys, "--json", "--anonymous")
    (hidden,) = json.loads(text)["groups"]
    assert hidden["bits"] == group["bits"] and "anna" not in text and "nd,nh" not in text


def test_answers_to_an_own_assignment_are_compared_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_course(tmp_path / "course")
    for place, answer in (("source", "2"), ("release", "None"), ("autograded/anna", "1 + 1"), ("autograded/bob", "2")):
        cell = marked("code", f"two = {answer}", "two", solution=True, locked=False)
        path = root / place / "homework" / "homework.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))
    for words in ((), ("homework",)):
        found = json.loads(run(root, monkeypatch, capsys, "--json", *words))
        assert (found["lesson"], found["students"]) == ("homework", 2)
