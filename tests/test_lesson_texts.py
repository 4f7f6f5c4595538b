"""The lessons' texts: numbers in sentences are right, minutes add up, and large numbers are written one way."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat
import numpy as np
import pytest

from course.building.built_notebooks import REPOSITORY, notebook_path
from course.building.lesson import read_lesson
from course.dataset import SIZES, same_draw
from course.figures.plots import EARLIER
from course.lessons import LESSONS

TEXTS = {lesson: read_lesson(REPOSITORY / "lessons" / f"{lesson}.py") for lesson in LESSONS}


def prose(lesson: str) -> str:
    """Return the prose of a lesson, in one line and without code."""
    cells = [cell.source for cell in TEXTS[lesson].cells if cell.role in ("prose", "written")]
    return " ".join(re.sub(r"```.*?```|`[^`]*`", "", "\n".join(cells), flags=re.DOTALL).split())


def numbers(pattern: str, lesson: str) -> list[float]:
    """Return the numbers in the one place of a lesson that matches a pattern."""
    (found,) = re.findall(pattern, prose(lesson))
    return [float(number.replace(",", "")) for number in ([found] if isinstance(found, str) else found)]


@pytest.fixture(scope="module")
def first_step() -> dict[str, Any]:
    """Return the gradients of the first step, and how those with the original's mask compare with them."""
    x, y, w1, w2 = same_draw()
    h = x @ w1
    upstream = 2 * (np.where(h > 0, h, 0) @ w2 - y)
    arriving = upstream @ w2.T
    right, slipped = np.where(h > 0, arriving, 0), np.where(arriving > 0, arriving, 0)
    w1_right, w1_slipped = x.T @ right, x.T @ slipped
    return {
        "w1": w1_right,
        "w2": np.where(h > 0, h, 0).T @ upstream,
        "on": np.mean((h > 0) & (arriving > 0)),
        "off": np.mean((h < 0) & (arriving < 0)),
        "right": np.mean(right == slipped),
        "cosine": np.sum(w1_right * w1_slipped) / np.linalg.norm(w1_right) / np.linalg.norm(w1_slipped),
    }


def test_the_first_step_is_as_long_as_way_1_says(first_step: dict[str, Any]) -> None:
    said = (
        r"With = (0\.0*1), the first step changes a weight of typically by about a hundredth, and a weight of by about"
    )
    (lr,) = numbers(said + " two tenths", "way1_numpy")
    typical = {name: lr * np.sqrt(np.mean(first_step[name] ** 2)) for name in ("w1", "w2")}
    assert 0.005 < typical["w1"] < 0.015 and 0.15 < typical["w2"] < 0.25


def test_the_model_answer_says_how_much_the_slip_leaves_right(first_step: dict[str, Any]) -> None:
    said = numbers(r"(\d+) % of the entries are still right: (\d+) % where.*?, (\d+) % where", "way1_numpy")
    assert said == [round(100 * first_step[share]) for share in ("right", "on", "off")]
    assert numbers(r"the cosine of the angle between them is (0\.\d+)", "way1_numpy") == [
        round(first_step["cosine"], 2)
    ]


def test_the_lessons_count_weights_and_memory_right() -> None:
    d_in, d_h, d_out = (SIZES[name] for name in ("d_in", "d_h", "d_out"))
    weights, all_parameters = d_in * d_h + d_h * d_out, (d_in + 1) * d_h + (d_h + 1) * d_out
    assert numbers(r"would mean (\S+) forward passes", "way1_numpy") == [weights]
    assert numbers(r"= (\S+) numbers\. In way 3 there were ([\d,]+)", "way4_sequential") == [all_parameters, weights]
    kept = numbers(r"There are (\S+) parameters, so the computer keeps (\d) · \S+ = (\S+) numbers", "way5_optimizer")
    assert kept == [all_parameters, 4, 4 * all_parameters]


@pytest.mark.parametrize(
    ("earlier", "lesson", "cell"),
    [
        ("ways 1 to 3", "way1_numpy", "loss_curve"),
        ("way 4", "way4_sequential", "run"),
        ("way 5", "way5_optimizer", "run"),
    ],
)
def test_a_later_lesson_draws_the_losses_that_the_earlier_one_prints(earlier: str, lesson: str, cell: str) -> None:
    cells = json.loads(notebook_path("source", lesson).read_text(encoding="utf-8"))["cells"]
    outputs = next(c["outputs"] for c in cells if c["id"] == cell)
    text = "".join("".join(output["text"]) for output in outputs if output["output_type"] == "stream")
    printed = {int(step): float(loss) for step, loss in re.findall(r"step +(\d+):?(?: +loss)? +(\S+)", text)}
    shared = printed.keys() & EARLIER[earlier].keys()
    assert {0, 10, 100, 499} <= shared
    for step in shared:
        assert EARLIER[earlier][step] == pytest.approx(printed[step], rel=0.03)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_takes_as_long_as_its_parts_and_its_text(lesson: str) -> None:
    shortest, longest = numbers(r"Plan (\d+) to (\d+) minutes", lesson)
    parts = [int(minutes) for minutes in re.findall(r"About (\d+) minutes", prose(lesson))]
    exercises = sum(cell.role in ("exercise", "written") for cell in TEXTS[lesson].cells)
    assert len(parts) == exercises, "each blank and the written question says how long it takes"
    # a text with formulas is read at about 150 words a minute
    needed = sum(parts) + len(prose(lesson).split()) / 150
    assert needed * 0.95 < shortest < longest < needed * 1.8


@pytest.mark.parametrize("lesson", LESSONS)
def test_large_numbers_are_written_with_a_comma_and_never_break(lesson: str) -> None:
    said = re.findall(r"(?<![\d.,])\d{5,}(?![\d.])|\b\d{1,3}[\s\u00a0\u202f]\d{3}\b", prose(lesson))
    assert said == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_first_section_says_how_to_run_a_cell_fill_a_blank_and_hand_in(lesson: str) -> None:
    opening = TEXTS[lesson].cells[0].source
    assert "Shift+Enter" in opening and "YOUR CODE HERE" in opening and "hand it in" in opening.replace("\n", " ")
    *_, hand_in, last = TEXTS[lesson].cells
    assert hand_in.source.startswith("## Hand in\n") and last.source.endswith("\ncheck.progress()")


def test_the_cell_with_the_slip_puts_back_the_backward_that_was_there() -> None:
    (source,) = (cell.source for cell in TEXTS["way1_numpy"].cells if cell.name == "both_curves")
    names: dict[str, Any] = {"by_hand": "of an earlier run", "backward": "mended since", "backward_with_slip": "slip"}
    exec(source.partition("\n\n\n")[0], names)
    names["train"] = lambda: (names["backward"], names["by_hand"])
    assert names["train_with_slip"]() == ("slip", "mended since")
    assert names["backward"] == "mended since"


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_is_printed_in_columns_has_room_on_a_narrow_page(lesson: str) -> None:
    # JupyterLab wraps longer lines in the middle of a number when it is 800 pixels wide with its file browser open
    columns = 46
    cells = nbformat.read(str(notebook_path("source", lesson)), as_version=4).cells
    printed = {c.id: "".join(o.get("text", "") for o in c.get("outputs", [])) for c in cells}
    wide = {name: [line for line in text.splitlines() if len(line) > columns] for name, text in printed.items()}
    assert {name: lines for name, lines in wide.items() if len(lines) > 2} == {}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_last_section_says_how_to_hand_in_and_shows_the_points(lesson: str) -> None:
    text, points = TEXTS[lesson].cells[-2:]
    assert text.source.startswith("## Hand in") and "hand in" in text.source.partition("\n")[2]
    assert points.source.endswith("check.progress()")
