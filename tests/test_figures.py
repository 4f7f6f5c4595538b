"""The lessons' figures: each has an alternative text, is drawn by one package, and has its code folded."""

from __future__ import annotations

import ast
import json
import re
import warnings
from html import unescape
from pathlib import Path

import pytest

from course import figures
from course.building.built_notebooks import REPOSITORY, notebook_path
from course.building.lesson import read_lesson
from course.language import say, using
from course.lessons import LESSONS


def cells_of(step: str, lesson: str) -> list[dict]:
    return json.loads(notebook_path(step, lesson).read_text(encoding="utf-8"))["cells"]


def pictures(lesson: str) -> list[tuple[str, dict]]:
    """Return the cell name and the output of each picture in the lesson's source notebook."""
    outputs = ((cell["id"], output) for cell in cells_of("source", lesson) for output in cell.get("outputs", []))
    return [(name, output) for name, output in outputs if "image/png" in output.get("data", {})]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_picture_says_in_words_what_it_shows(lesson: str) -> None:
    found = pictures(lesson)
    assert found
    for name, output in found:
        text = output["metadata"]["image/png"]["alt"]
        assert len(text.split()) >= 15, name
        page = "".join(output["data"]["text/html"])
        assert unescape(re.findall(r'<img alt="([^"]*)"', page)[0]) == text == "".join(output["data"]["text/plain"])
    texts = [output["metadata"]["image/png"]["alt"] for _, output in found]
    assert len(set(texts)) == len(texts), "two pictures of a lesson are said to show the same"


@pytest.mark.parametrize("step", ["source", "release"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_cell_that_only_draws_comes_folded(lesson: str, step: str) -> None:
    cells = {cell["id"]: cell for cell in cells_of(step, lesson)}
    for cell in read_lesson(REPOSITORY / "lessons" / f"{lesson}.py").cells:
        if cell.role in ("demonstration", "figure"):
            statements = ast.parse(cell.source).body
            drawn = [s for s in statements if ast.unparse(s).startswith("figures.")]
            assert len(drawn) <= 1, f"{cell.name}: one picture a cell"
            assert (cell.role == "figure") == (len(drawn) == len(statements)), f"{cell.name}: say it with its role"
            hidden = cells[cell.name]["metadata"].get("jupyter", {}).get("source_hidden", False)
            assert hidden == (cell.role == "figure")


def test_matplotlib_is_imported_in_one_room_and_in_no_lesson() -> None:
    files = [*(REPOSITORY / "course").rglob("*.py"), *(REPOSITORY / "lessons").glob("*.py")]
    importing = {path for path in files if re.search(r"^\s*(import|from) matplotlib", path.read_text(), re.M)}
    # the build tells kernels where matplotlib's default settings are
    rest = {path for path in importing if path.parent.name != "figures"}
    assert importing - rest and rest == {REPOSITORY / Path("course/building/execution.py")}


def test_curves_are_told_apart_by_mark_and_line_and_never_as_red_and_green(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib.colors import to_rgb
    from matplotlib.figure import Figure

    from course.figures import picture

    drawn: list[Figure] = []
    monkeypatch.setattr(Figure, "savefig", lambda figure, *_, **__: drawn.append(figure))
    monkeypatch.setattr(picture, "display", lambda *_, **__: None)
    figures.losses({name: [3.0, 2.0, 1.0] for name in "abcd"}, beside=dict.fromkeys(["ways 1 to 3", "way 4"], "before"))
    lines = drawn[0].axes[0].get_lines()
    looks = {(line.get_marker(), line.get_linestyle()) for line in lines}
    assert len(lines) == len(looks) == 6 and not {mark for mark, _ in looks} & {"", "None"}
    for red, green, blue in (to_rgb(line.get_color()) for line in lines):
        assert green <= max(red, blue), "a green line"


@pytest.mark.parametrize("typefaces", [[], ["DejaVu Sans"]])
def test_a_picture_is_labelled_in_chinese_where_a_typeface_can_write_it_and_says_nothing_on_stderr(
    typefaces: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from matplotlib.figure import Figure

    from course.figures import picture

    seen = list[list[str]]()
    monkeypatch.setattr(picture, "_han", lambda: typefaces)
    monkeypatch.setattr(picture, "display", lambda *_, **__: None)
    monkeypatch.setattr(picture, "rcParams", {})
    savefig = Figure.savefig

    def kept(figure: Figure, *args: object, **options: object) -> None:
        axes = figure.axes[0]
        seen.append([axes.get_ylabel(), *(text.get_text() for text in axes.get_legend().get_texts())])
        savefig(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", kept)
    with using("zh"), warnings.catch_warnings():
        warnings.simplefilter("error")
        figures.losses({"方法1": [1.0, 0.5], "b": [2.0, 1.0]})
        label = say("loss")
    assert seen == [[label if typefaces else "loss", "方法1" if typefaces else "(1)", "b"]]
    assert capfd.readouterr().err == ""
