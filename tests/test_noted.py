"""The lines of a wrong answer that the class report shows as an example."""

from __future__ import annotations

import pytest

from course.grading.graded import MAX_LINES, _cut, _lines_of


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


def test_a_long_answer_is_cut_and_what_a_terminal_obeys_is_spelled_out() -> None:
    assert _cut("\n".join("x" * 500 for _ in range(50))).count("\n") == MAX_LINES
    assert _cut("a = '\x1b[2J'") == "a = '\\x1b[2J'"


def test_a_text_of_any_depth_is_taken() -> None:
    deep = "h = " + "-" * 5000 + "1"
    assert isinstance(_lines_of(deep, "h"), str) and isinstance(_lines_of("(" * 5000, "h"), str)
