"""Layout of feedback and formgrader pages: first each exercise with its points; the lesson's own text is folded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bleach._vendor import html5lib  # the parser of the HTML standard; nbconvert requires bleach, which ships it
from nbconvert.exporters import HTMLExporter
from nbformat.notebooknode import NotebookNode

from course import configuration
from course.grading.cell import NOTE, new_cell
from course.grading.outputs import outputs_of
from course.judging import bundles
from course.language import language, use
from tests.course_factory import REPOSITORY, SLIP, answered
from tests.verdicts import setting, verdict_of

# Points of each exercise of the first lesson; its written answer is not marked yet.
SCORES = {"make_data": 2, "forward": 4, "loss_fn": 0, "backward": 5, "train": 4, "explain": 0}
# The second is nbgrader's comment on a blank.
COMMENTS = {"loss_fn": "Look at *h*.", "forward": "No response."}
FOLDED = "Perhaps you look at an empty cell"
OWN = "A thought of my own."


def graded() -> NotebookNode:
    """Return a graded notebook as nbgrader passes it to the templates; two checks have outputs."""
    made = answered(backward=SLIP, explain="It is the mask of `h`.")
    for cell in made.cells:
        given = cell.metadata.get("nbgrader", {})
        if given.get("grade"):
            name = given["grade_id"].removeprefix("check_")
            given.update(score=SCORES[name], waits=name == "explain", comment=None)
        elif given.get("solution"):
            given["comment"] = COMMENTS.get(given["grade_id"])
    (check,) = (c for c in made.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "check_backward")
    message, result = bundles(verdict_of(setting("grad_h", lambda g: -g)))
    shown = nbformat.v4.new_output("display_data", message)
    check.outputs = [shown, nbformat.v4.new_output("execute_result", result)]
    (nothing,) = (c for c in made.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "check_loss_fn")
    nothing.outputs = outputs_of(verdict_of(lambda results: results.clear(), facts={"n_wanted": 5, "n_results": 0}))
    made.cells.insert(0, new_cell("markdown", "**Before it was graded** something was mended.", NOTE))
    made.cells.append(new_cell("markdown", OWN, "own"))
    return made


def exported(template: str, notebook: NotebookNode, monkeypatch: pytest.MonkeyPatch, **resources: Any) -> str:
    config = configuration.load(REPOSITORY)
    config.HTMLExporter.template_name = template
    config.CourseDirectory.root = str(REPOSITORY)
    monkeypatch.chdir(REPOSITORY)
    html, _ = HTMLExporter(config=config).from_notebook_node(notebook, resources)
    return str(html)


def feedback(notebook: NotebookNode, monkeypatch: pytest.MonkeyPatch, late_penalty: float = 1.5) -> str:
    known = {"notebook": "way1_numpy", "score": 15.0, "max_score": 25.0, "late_penalty": late_penalty}
    monkeypatch.setattr(HTMLExporter, "extra_template_paths", bootstrap())
    return exported("feedback", notebook, monkeypatch, nbgrader=known)


def bootstrap() -> list[str]:
    import nbgrader

    css = "server_extensions/formgrader/static/node_modules/bootstrap/dist/css"
    return [str(Path(nbgrader.__file__).parent / css)]


def view(notebook: NotebookNode, monkeypatch: pytest.MonkeyPatch) -> str:
    known = {"assignment_id": "way1_numpy", "notebook_id": "way1_numpy", "submission_id": "1", "index": 0, "total": 1}
    return exported("formgrade", notebook, monkeypatch, **known, base_url="", student="s", last_name="", first_name="")


PAGES: dict[str, Callable[..., str]] = {"feedback": feedback, "formgrader": view}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return {name: made(graded(), monkeypatch) for name, made in PAGES.items()}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, pages: dict[str, str]) -> Any:
    return html5lib.parse(pages[request.param], namespaceHTMLElements=False)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def summary(page: Any) -> list[str]:
    return [words(item) for item in page.iterfind(".//li") if item.find("a/code") is not None]


def test_what_is_too_little_to_be_shown_is_not_said_to_be_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Handed in late" not in feedback(graded(), monkeypatch, late_penalty=2e-5)


def test_feedback_says_first_what_is_to_be_looked_at(pages: dict[str, str]) -> None:
    page = html5lib.parse(pages["feedback"], namespaceHTMLElements=False)
    assert summary(page) == [
        "✗ loss_fn The loss with a comment 0 of 2 points",
        "◐ backward Write the backward pass 5 of 8 points",
        "○ explain Explain it not marked yet",
        "✓ make_data Draw the data 2 of 2 points",
        "✓ forward The forward pass 4 of 4 points",
        "✓ train The training loop 4 of 4 points",
    ]
    text = words(page.find("body"))
    assert "Way 1: a two-layer network in NumPy 15 of 25 points" in text
    assert "Handed in late: 1.5 points are taken off." in text
    assert "Test cell" not in text and "Grade cell" not in text and "Student's answer" not in text


def test_every_exercise_of_the_summary_is_a_link_to_its_place(page: Any) -> None:
    links = [a.get("href") for a in page.iterfind(".//li/a") if a.find("code") is not None]
    ids = {element.get("id") for element in page.iter()}
    assert len(links) == len(SCORES) and {link.removeprefix("#") for link in links} <= ids


def test_the_lessons_text_is_folded_and_all_else_is_open(page: Any) -> None:
    folded = [words(part) for part in page.iter("details") if part.get("class") == "of-text"]
    assert any(FOLDED in part for part in folded) and any(OWN in part for part in folded)
    assert folded[0].startswith("Lesson: Way 1: a two-layer network in NumPy · The network · First the shapes")
    for part in page.findall(".//details"):
        part.clear()
    left = words(page.find("body"))
    for shown in ("def backward(", "grad_h_relu", "It is the mask of h.", "Before it was graded", "not yet"):
        assert shown in left
    assert "Explain it" in left and FOLDED not in left, "the question that is answered in words is open"


def test_the_outcome_of_a_check_stands_in_its_card_alone(page: Any) -> None:
    assert [words(element) for element in page.iter("pre") if words(element) == "✗ not yet"] == []
    assert words(page.find("body")).count("✗ not yet") == 2, "once for each check that did not pass"


def test_text_that_the_lesson_folds_is_folded(page: Any) -> None:
    assert "Show the answers" in [words(part) for part in page.iter("summary")]
    assert "<details>" not in words(page.find("body"))


def test_no_prompt_stands_before_a_cell_and_one_that_does_not_run_says_so(page: Any) -> None:
    text = words(page.find("body"))
    assert "In\xa0[" not in text and "Out[" not in text and "In [" not in text
    shows = [words(cell) for cell in page.iter("details") if "figures.network()" in words(cell)]
    assert "Grading does not run this cell" in shows[0]


def test_a_page_is_in_the_notebooks_language(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        chinese = graded()
        chinese.metadata["course"] = {"language": "zh"}
        feedback(chinese, monkeypatch)
        assert language() == "zh"
        feedback(graded(), monkeypatch)
        assert language() == "en"
    finally:
        use("en")
