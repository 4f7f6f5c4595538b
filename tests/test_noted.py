"""The lines of a wrong answer that the class report shows as an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.exercise.idea import CATALOGUE
from course.grading import grade
from course.grading.graded import IN_ITS_USE, IN_THE_RETURN, MAX_LINES, _cut, _lines_in_strings, _lines_of
from tests.course_factory import answered, hand_in, make_course, record


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student whose training loop fails even with a correct forward pass."""
    root = make_course(tmp_path_factory.mktemp("noted"))
    forward = "def forward(x, w1, w2):\n    h = 2 * (x @ w1)\n    return h, h, h @ w2"
    train = "def train(x, y, w1, w2, lr, steps):\n    return [loss_fn(forward(x, w1, w2)[2], y)] * steps"
    hand_in(root, "both", answered(forward=forward, train=train))
    assert grade(root=root, workers=1) == 0
    return root


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        (
            "def f(h):\n    a = 1  # mine\n    h_relu = np.abs(h)  # Anna\n    return h_relu",
            "h_relu",
            "h_relu = np.abs(h)",
        ),
        (
            "def f(g):\n    grad_h = g.copy()\n    grad_h[g < 0] = 0\n    return grad_h",
            "grad_h",
            "grad_h = g.copy()\ngrad_h[g < 0] = 0",
        ),
        ("def f(m, g):\n    m.mul_(0.9).add_(g)\n    v = 1", "m", "m.mul_(0.9).add_(g)"),
        ("def f(p, y):\n    return ((p - y) ** 2).mean()", "loss", "return ((p - y) ** 2).mean()"),
        (
            "def f():\n    losses = []\n    for i in range(3):\n        losses.append(i)",
            "losses",
            "for i in range(3):\n    losses.append(i)",
        ),
        ("def f(:", "h", ""),
        ("", "h", ""),
    ],
)
def test_the_line_is_what_gives_the_wrong_quantity_its_value(source: str, name: str, line: str) -> None:
    assert _lines_of(source, name) == line


@pytest.mark.parametrize("use", ["h_relu = h", "h_relu = np.maximum(h, 0, out=h)", "torch.relu_(h)", "h[h < 0] = 0"])
def test_where_a_value_is_spoiled_by_its_use_that_line_is_shown_with_it(use: str) -> None:
    source = f"def forward(x, w1, w2):\n    h = x @ w1\n    {use}\n    return h, h_relu, h_relu @ w2"
    assert _lines_of(source, "h", "h-overwritten") == f"h = x @ w1\n{use}"


@pytest.mark.parametrize("loop", ["", "    for _ in range(3):\n        pass\n"])
def test_where_results_are_mistaken_the_line_is_what_returns_them(loop: str) -> None:
    source = f"def forward(x, w1, w2):\n    h = x @ w1\n{loop}    return h_relu, h"
    assert _lines_of(source, "h", "order-of-results") == "return (h_relu, h)"


def test_mistakes_that_are_shown_otherwise_are_mistakes_of_the_catalogue() -> None:
    assert {*IN_ITS_USE, *IN_THE_RETURN} <= {*CATALOGUE}


def test_of_an_answer_that_was_checked_with_another_beside_it_that_is_said(graded: Path) -> None:
    told = record(graded, "both")["wrong"]["train"]
    assert told["said"].startswith("Checked with a right `forward` in place of yours")


def test_a_long_answer_is_cut_and_what_a_terminal_obeys_is_spelled_out() -> None:
    assert _cut("\n".join("x" * 500 for _ in range(50))).count("\n") == MAX_LINES
    assert _cut("a = '\x1b[2J'") == "a = '\\x1b[2J'"


def test_a_line_of_a_longer_text_is_prose() -> None:
    source = 'def f(a, b):\n    raise ValueError(f"""I, Anna,\n    think {a[b]}\n    of you""" + g(a))\n    return a'
    assert 'raise ValueError(f"""I, Anna,' in _lines_in_strings(source)
    assert "think {a[b]}" in _lines_in_strings(source)
    assert "return a" not in _lines_in_strings(source)
    assert _lines_in_strings("def f(:") == set()


def test_a_text_of_any_depth_is_taken() -> None:
    deep = "h = " + "-" * 5000 + "1"
    assert isinstance(_lines_of(deep, "h"), str) and isinstance(_lines_of("(" * 5000, "h"), str)
