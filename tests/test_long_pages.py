"""However much a student wrote or printed, a page's filters get little of it, and their output is short."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.server_extensions.formgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters import html as html_exporter
from nbconvert.filters import markdown_mistune
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from course import configuration
from course.building.built_notebooks import REPOSITORY
from course.grading import pages
from course.grading.pages import MOST_OF_A_TEXT, MOST_OF_THE_REST, Shortened, prose

NBGRADER = Path(nbgrader.server_extensions.formgrader.__file__).parent
GRADED = {"nbgrader": {"grade_id": "explain", "grade": True, "solution": True, "points": 5, "score": 0}}
# More than the length of the sentence that says what is left out.
WORDS = 200


@pytest.fixture
def exporter(tmp_path: Path) -> HTMLExporter:
    """The exporter of feedback pages, with the course's own settings."""
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    before = os.umask(0o077)
    config = configuration.load(tmp_path)
    os.umask(before)
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_paths = [str(NBGRADER / "static/node_modules/bootstrap/dist/css")]
    return HTMLExporter(config=config)


def page_of(exporter: HTMLExporter, notebook: nbformat.NotebookNode) -> str:
    grading = {"notebook": "n", "score": 0, "max_score": 5, "late_penalty": 0}
    return str(exporter.from_notebook_node(notebook, resources={"nbgrader": grading})[0])


def endless() -> nbformat.NotebookNode:
    """Return a notebook with huge texts wherever a student can put one, before and in the cells that are graded."""
    long = "[" * 100_000
    outputs = [
        new_output("stream", name="stdout", text="\x1b[31m." * 10_000),
        new_output("error", ename="E", evalue=long, traceback=[long, *["x"] * 5_000]),
        new_output("display_data", {"text/html": "<b>" * 100_000, "text/markdown": long, "text/plain": "plain" + long}),
        new_output("execute_result", {"text/plain": long}),
    ]
    cells = [cell(long) for cell in (new_markdown_cell, new_raw_cell, new_code_cell) for _ in range(10)]
    cells += [new_code_cell("pass", outputs=outputs) for _ in range(10)]
    cells += [new_markdown_cell("the answer, " + long, metadata=GRADED)]
    cells += [new_code_cell("the_code = 1 # " + long, metadata=GRADED, outputs=outputs)]
    return new_notebook(cells=cells)


def test_every_filter_gets_little_of_a_notebook_without_end(exporter: HTMLExporter, monkeypatch: Any) -> None:
    got: dict[str, list[int]] = defaultdict(list)

    def counted(name: str, usual: Any) -> Any:
        def counting(text: Any, *rest: Any, **named: Any) -> Any:
            got[name].append(len(str(text)))
            return usual(text, *rest, **named)

        return counting

    class Highlighter:
        def __init__(self, **_: Any) -> None: ...

        def __call__(self, source: str, **_: Any) -> str:
            got["highlight_code"].append(len(source))
            return "highlighted"

    monkeypatch.setattr(html_exporter, "Highlight2HTML", Highlighter)
    filters = exporter.environment.filters
    filters["markdown2html"] = counted("markdown2html", lambda text: f"<p>{text[:200]}</p>")
    for name in ("ansi2html", "strip_files_prefix", "clean_html"):
        filters[name] = counted(name, filters[name])
    page = page_of(exporter, endless())
    assert set(got) == {"markdown2html", "highlight_code", "ansi2html", "strip_files_prefix", "clean_html"}
    for name, lengths in got.items():
        assert max(lengths) <= MOST_OF_A_TEXT + WORDS, name
        assert sum(lengths) <= MOST_OF_THE_REST + 6 * MOST_OF_A_TEXT + WORDS * len(lengths), name
    assert "the answer, [[[" in page, "what is graded is shown, however much stands before it"
    assert "Only the first 20,000 of 100,012 characters are shown; the notebook holds the rest." in page


def test_a_page_of_a_notebook_without_end_is_no_book(exporter: HTMLExporter) -> None:
    usual = len(page_of(exporter, new_notebook(cells=[new_markdown_cell("a", metadata=GRADED)])))
    assert len(page_of(exporter, endless())) - usual < 40 * (MOST_OF_THE_REST + 6 * MOST_OF_A_TEXT)


def test_headings_without_end_are_named_shortly(exporter: HTMLExporter) -> None:
    written = new_markdown_cell("\n".join(["# " + " #" * 4000, *(f"## {i}" for i in range(2500))]))
    page = page_of(exporter, new_notebook(cells=[written, new_code_cell("1"), new_markdown_cell("a", metadata=GRADED)]))
    (summary,) = re.findall(r"<summary>(.*)</summary>", page)
    assert len(summary) < 3000


def test_what_is_of_usual_length_is_shown_as_it_is() -> None:
    cells = [new_markdown_cell("a" * 5000), new_code_cell("b" * 5000, outputs=[new_output("stream", text="c" * 5000)])]
    made = new_notebook(cells=cells)
    shown, _ = Shortened().preprocess(nbformat.from_dict(made), {})
    assert shown == made


@pytest.mark.parametrize(
    ("again", "n"), [("x<p>", 100), ("x</p>", 100), ("<table>x", 100), ("<li>x", 100), ("\n\nx", 100)]
)
def test_tags_that_a_reader_would_open_again_in_each_paragraph_stay_text(again: str, n: int) -> None:
    source = "".join(f"<b a={i}>" for i in range(n)) + again * n
    assert len(prose(source)) < 10 * len(source)
    assert "<b" not in prose(source)


def test_a_result_that_would_multiply_is_shown_as_plain_text() -> None:
    html = "".join(f"<b a={i}>" for i in range(500)) + "<li>x" * 500
    output = new_output("execute_result", {"text/html": html, "text/plain": "plain"})
    shown, _ = Shortened().preprocess(new_notebook(cells=[new_code_cell("", outputs=[output])]), {})
    assert dict(shown.cells[0].outputs[0].data) == {"text/plain": "plain"}


def test_prose_is_not_coloured_by_a_lexer_that_its_writer_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen(name: str, **_: Any) -> Any:
        raise AssertionError(f"a lexer for {name}")

    monkeypatch.setattr(markdown_mistune, "get_lexer_by_name", chosen)
    assert prose("```sml\nval <x> = 1\n```") == "<pre><code>val &lt;x&gt; = 1\n</code></pre>\n"


def test_links_keep_their_text_where_nbconvert_would_search_for_files(exporter: HTMLExporter) -> None:
    # nbconvert's own pattern for `](files/` searches everything that follows each bracket
    assert exporter.environment.filters["strip_files_prefix"] is pages.unchanged
    assert pages.unchanged("[a](files/b)") == "[a](files/b)"
