"""The Chinese course: it translates the current English one, and follows the style rules."""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.building.built_notebooks import REPOSITORY
from course.building.lesson import CELL_TYPE_OF_ROLE, Cell, Lesson, read_lesson
from course.building.messages import catalogue, forms
from course.building.pipeline import unexecuted
from course.errors import CourseError
from course.grading.mark_scheme import parts_of
from course.lessons import LESSONS
from tests.chinese import (
    PAGES,
    RENDERED,
    changed,
    english_of,
    faults,
    faults_of_words,
    forbidden,
    names,
    paragraphs,
    shape,
    unrendered,
)

ENGLISH: dict[str, Lesson] = {name: read_lesson(REPOSITORY / "lessons" / f"{name}.py") for name in LESSONS}
CHINESE: dict[str, Lesson] = {
    path.stem: read_lesson(path) for path in sorted((REPOSITORY / "lessons" / "zh").glob("*.py"))
}


def is_markdown(cell: Cell) -> bool:
    return CELL_TYPE_OF_ROLE[cell.role] == "markdown"


def pairs(lesson: str) -> Iterator[tuple[Cell, Cell]]:
    """Yield each prose cell in English, with its Chinese counterpart."""
    chinese = {cell.name: cell for cell in CHINESE[lesson].cells}
    yield from ((cell, chinese[cell.name]) for cell in ENGLISH[lesson].cells if is_markdown(cell))


def words_of(source: str) -> Iterator[str]:
    """Yield the readable text in code: comments and string constants, docstrings included."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
    nodes = ast.walk(ast.parse(source))
    yield from (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))


# Completeness of the translation


def test_every_lesson_of_the_course_is_there_in_chinese() -> None:
    assert set(CHINESE) == set(LESSONS), "docs/languages.md says how it is rendered"


@pytest.mark.parametrize("lesson", CHINESE)
def test_the_chinese_lesson_renders_the_english_one_as_it_is_now(lesson: str) -> None:
    (made,) = unexecuted([lesson], REPOSITORY, "zh")[1].values()
    assert [cell.name for cell in made.cells] == [cell.name for cell in ENGLISH[lesson].cells]


@pytest.mark.parametrize("lesson", CHINESE)
def test_every_name_in_code_of_the_english_text_is_in_the_chinese(lesson: str) -> None:
    lost = {cell.name: names(cell.source) - names(chinese.source) for cell, chinese in pairs(lesson)}
    assert {name: missing for name, missing in lost.items() if missing} == {}


@pytest.mark.parametrize("lesson", CHINESE)
def test_both_texts_have_the_same_rows_links_formulas_headings_and_blocks(lesson: str) -> None:
    for cell, chinese in pairs(lesson):
        assert shape(chinese.source) == shape(cell.source), cell.name


@pytest.mark.parametrize("lesson", CHINESE)
def test_the_parts_of_a_mark_scheme_have_the_same_points_in_both_languages(lesson: str) -> None:
    english, chinese = (
        parts_of(next(cell.source for cell in text.cells if cell.role == "written"), 5.0)
        for text in (ENGLISH[lesson], CHINESE[lesson])
    )
    assert len(english) > 1 and chinese == english


def test_a_changed_english_sentence_stops_the_build_by_name(tmp_path: Path) -> None:
    lesson = LESSONS[2]
    shutil.copytree(REPOSITORY / "lessons", tmp_path / "lessons")
    cell = next(cell for cell in ENGLISH[lesson].cells if cell.role == "prose" and "\n" in cell.source)
    text = tmp_path / "lessons" / f"{lesson}.py"
    line = cell.source.splitlines()[-1]
    text.write_text(text.read_text(encoding="utf-8").replace(f"# {line}\n", f"# {line} And more.\n"), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        unexecuted([lesson], tmp_path, "zh")
    said = str(caught.value)
    assert said.startswith(f"lessons/zh/{lesson}.py, line ") and f"cell `{cell.name}`" in said
    assert "And more." in said and f"--accept {lesson}.{cell.name}" in said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_renders_the_english_one_as_it_is_now(page: Path) -> None:
    english = english_of(page)
    rendered = json.loads(RENDERED.read_text(encoding="utf-8")).get(english.name, [])
    left = changed(english.read_text(encoding="utf-8"), rendered)
    assert not left, f"{english.name} has changed: render it in {page.name}, then run `python -m tests.chinese`: {left}"


def test_a_paragraph_of_a_page_that_changed_is_found() -> None:
    rendered = list(paragraphs("# A\n\nOne\nline.\n\nTwo.\n"))
    assert changed("# A\n\nOne line.\n\n\nTwo.", rendered) == []
    assert changed("# A\n\nOne word.\n\nTwo.", rendered) == ["One word.", "1 gone"]
    assert changed("# A\n\nTwo.", rendered) == ["1 gone"]


# Style


@pytest.mark.parametrize("lesson", CHINESE)
def test_a_lesson_keeps_to_the_rules_of_writing(lesson: str) -> None:
    found = {
        cell.name: faults(cell.source)
        if is_markdown(cell)
        else [fault for words in words_of(cell.source) for fault in faults_of_words(words)]
        for cell in CHINESE[lesson].cells
    }
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_keeps_to_the_rules_of_writing(page: Path) -> None:
    look = faults_of_words if page.suffix == ".txt" else faults  # plain text is broken into lines
    assert look(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lesson", CHINESE)
def test_no_asterisk_of_a_lesson_is_shown(lesson: str) -> None:
    assert {c.name: left for c in CHINESE[lesson].cells if is_markdown(c) and (left := unrendered(c.source))} == {}


@pytest.mark.parametrize("page", [page for page in PAGES if page.suffix == ".md"], ids=lambda page: page.name)
def test_no_asterisk_of_a_page_is_shown(page: Path) -> None:
    assert unrendered(page.read_text(encoding="utf-8")) == []


def test_an_asterisk_that_is_shown_is_found() -> None:
    assert unrendered("**怎么用：**点一下。") and unrendered("| a |\n|---|\n| 改**“门”**吧 |")
    assert unrendered("**怎么用**：`a * b`与 $a * b$，*点*一下。\n\n    a ** b\n") == []


def test_every_message_keeps_to_the_rules_of_writing() -> None:
    said = [form for message in catalogue("zh") if message.id for form in forms(message.string)]
    assert {text: told for text in said if (told := faults_of_words(text))} == {}


def test_the_glossary_keeps_no_word_out_that_it_asks_for() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \|(.*)\|$", (REPOSITORY / "docs" / "glossary.md").read_text("utf-8"), re.M)
    asked_for = [chinese for _, chinese, _ in rows]
    assert len(asked_for) > 60 and len(forbidden()) > 60
    assert [(bad, good) for bad in forbidden() for good in asked_for if bad in good] == []


# The style rules themselves


@pytest.mark.parametrize(
    "text",
    [
        "损失是一个数, 越小越好。",
        "损失是一个数,越小越好。",
        "损失(loss)越小越好。",
        "它是什么? 你猜。",
        "就这样.",
        "先看 NumPy 的数组。",
        "共有 64 个样本。",
        "先写`forward`，再运行。",
        "先写  `forward`，再运行。",
        "先写 `forward` ，再运行。",
        "先写， `forward` 再运行。",
        "先看 形状。",
        "先看形状，\n再写代码。",
        "这里的权值要更新。",
        "一共有101,110个数。",
        "**要点:**看形状。",
        "| 数组 | 样本,一行一个 |",
        "[方法2](../way2/way2.ipynb)的批次。",
    ],
)
def test_a_fault_of_writing_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "先写 `forward`，再看 `x` (`n`, `d_in`) 的形状：它是（64, 1000）。",
        "共有64个样本，误差是0.5%，用NumPy 2.0来算。",
        "- 第一项，\n- 第二项；\n1. 先看，\n2. 再写。",
        "公式 $a, b$ 和\n\n$$x = (1, 2)$$\n\n都对。",
        "```text\n损失 = a, b\n```\n\n    print(\"损失:\", loss)\n\n就这样。",
        "Adam的偏差修正（见[方法5](../way5/way5.ipynb)）。",
        "### BEGIN SOLUTION\n因为梯度累积。\n### END SOLUTION",
    ],
)  # fmt: skip
def test_what_is_written_well_has_no_fault(text: str) -> None:
    assert faults(text) == []


def test_columns_and_calls_in_what_is_printed_are_no_faults() -> None:
    assert faults_of_words("元素      旁证   loss_fn(y_pred, y)的值：") == []
    assert faults_of_words("损失: {loss}") and faults_of_words("第 {n} 步的 loss 值")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("| a |\n|---|\n| b |", "| a |\n|---|"),
        ("$x$ and $y$", "$x$"),
        ("## A", "### 一"),
        ("[a](b.md)", "[一](c.md)"),
        ("```text\na\n```", "一"),
        ("<details>\n</details>", "<details>"),
    ],
)
def test_a_text_of_another_shape_is_found(english: str, chinese: str) -> None:
    assert shape(english) != shape(chinese)


def test_a_name_that_was_left_out_is_found() -> None:
    assert names("`h` before, `h_relu` after") - names("先是 `h`") == {"h_relu"}
    assert shape("") == Counter()
