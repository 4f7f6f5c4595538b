"""Translating a lesson, with one small enough to break in every way; test_chinese.py tests the six real ones."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.building import rules
from course.building.built_notebooks import notebook_path
from course.building.lesson import read_lesson
from course.building.pipeline import build_lessons, unexecuted
from course.building.translation import same_code
from course.building.written import Written
from course.desk.kit import course_in as course_of
from course.errors import CourseError
from course.language import language, of_lesson, of_notebook, of_terminal, say
from tests.tiny_lesson import CHINESE, EXERCISES, SECTIONS, TEXT, course_in, with_digests

REGISTRY = {"tiny": EXERCISES}
ALL = with_digests(CHINESE)


@pytest.fixture(scope="module", autouse=True)
def sections() -> Iterator[None]:
    """Make the section headings of this lesson known to the message catalogue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            rules,
            "say",
            lambda text, **given: SECTIONS[text] if language() == "zh" and not given else say(text, **given),
        )
        yield


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory, sections: None) -> Path:
    """Return a course with the tiny lesson built in English, and in Chinese as a separate course."""
    root = both_in(tmp_path_factory.mktemp("tiny"))
    assert [build_lessons(None, spoken, root, REGISTRY) for spoken in ("en", "zh")] == [root, root / "zh"]
    return root


def both_in(folder: Path, chinese: str = ALL, english: str = TEXT) -> Path:
    return course_in(course_in(folder, english), chinese, language="zh")


def fault_of(folder: Path, chinese: str = ALL, english: str = TEXT) -> str:
    with pytest.raises(CourseError) as caught:
        unexecuted(None, both_in(folder, chinese, english), "zh", REGISTRY)
    return str(caught.value)


def git(root: Path, *words: str) -> None:
    named = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *named, *words], cwd=root, check=True, capture_output=True)


def without_cell(name: str, text: str = ALL) -> str:
    before, _, rest = text.partition(f'name="{name}"')
    _, header, after = rest.partition("\n\n# %%")
    return before[: before.rindex("# %%")] + header[2:] + after


def marked(cell: dict) -> tuple[object, ...]:
    """Return a cell's id, type and metadata, without what depends on its text."""
    marks = {key: value for key, value in cell["metadata"].get("nbgrader", {}).items() if key != "checksum"}
    return cell["id"], cell["cell_type"], cell["metadata"] | {"nbgrader": marks}


# What is built


def test_a_language_that_the_course_is_not_in_is_written_beside_it(tiny: Path) -> None:
    assert (of_lesson("tiny", tiny), of_lesson("tiny", tiny / "zh")) == ("en", "zh")
    assert (tiny / "zh" / "nbgrader_config.py").is_file(), "it is a course: it can be graded there"


def test_both_languages_have_the_same_cells_and_the_same_code_where_nothing_is_read(tiny: Path) -> None:
    for step in ("source", "release"):
        english, chinese = (
            json.loads(notebook_path(step, "tiny", root).read_text(encoding="utf-8")) for root in (tiny, tiny / "zh")
        )
        assert [marked(cell) for cell in english["cells"]] == [marked(cell) for cell in chinese["cells"]]
        equal = {c["id"] for c, d in zip(english["cells"], chinese["cells"], strict=True) if c["source"] == d["source"]}
        assert equal == {"check_double", "check_area", "show"}
        assert of_notebook(chinese) == "zh" and "course" not in english["metadata"]
    blank = next(c for c in chinese["cells"] if c["id"] == "double")
    assert "".join(blank["source"]).endswith(
        '返回这个数的两倍。"""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    )


def test_a_lesson_is_built_in_the_language_it_is_in_already(tiny: Path) -> None:
    (notebook,) = unexecuted(None, tiny, None, REGISTRY, tiny / "zh")[0].values()
    assert of_notebook(notebook) == "zh"
    (notebook,) = unexecuted(None, tiny, None, REGISTRY)[0].values()
    assert of_notebook(notebook) == "en"


def test_english_is_not_overwritten_by_chinese_unless_somebody_says_so(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="in the language `en`, and it would be overwritten") as caught:
        build_lessons(None, "zh", tiny, REGISTRY, out=tiny)
    assert f"`course build tiny --language zh --out {tiny} --overwrite` writes it all the same" in str(caught.value)
    with pytest.raises(CourseError, match="in the language `zh`"):
        Written(tiny / "zh").require_language("tiny", "en")
    assert of_lesson("tiny", tiny) == "en"


def test_a_change_in_the_chinese_notebook_is_kept_and_the_english_one_is_never_meant(
    tiny: Path, tmp_path: Path
) -> None:
    root = tmp_path / "course"
    shutil.copytree(tiny, root)
    english, chinese = (notebook_path("source", "tiny", folder) for folder in (root, root / "zh"))
    before = english.read_bytes()
    chinese.write_text(chinese.read_text(encoding="utf-8").replace("小小的一课", "大大的一课"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"changed: `opening`.*lessons/zh/tiny\.py.*--language zh --out .*/zh --over"):
        build_lessons(None, "zh", root, REGISTRY)
    assert build_lessons(None, "zh", root, REGISTRY, overwrite=True) == root / "zh"
    assert english.read_bytes() == before and "小小的一课" in chinese.read_text(encoding="utf-8")
    assert (root / "zh" / ".course" / "replaced" / "tiny-source-1.ipynb").is_file()


def test_a_course_is_turned_into_chinese_where_somebody_says_so_and_stays_so(tiny: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny, root := tmp_path / "course")
    assert build_lessons(None, "zh", root, REGISTRY, out=root, overwrite=True) == root
    assert of_lesson("tiny", root) == "zh"
    assert of_notebook(unexecuted(None, root, None, REGISTRY)[0]["tiny"]) == "zh"
    with pytest.raises(CourseError, match="has tiny in the language `zh`"):
        build_lessons(None, "en", root, REGISTRY, out=root)


def test_an_unknown_language_and_one_nobody_has_written_in_are_told(tmp_path: Path) -> None:
    root = course_in(tmp_path)
    with pytest.raises(CourseError, match=r"There is no language `tlh`: the lessons exist in en, zh\."):
        build_lessons(None, "tlh", root, REGISTRY)
    with pytest.raises(CourseError, match=r"lessons/zh/tiny\.py does not exist"):
        build_lessons(None, "zh", root, REGISTRY)


def test_a_kit_and_jupyterlab_find_the_course_of_a_language(tiny: Path, tmp_path: Path) -> None:
    assert [course_of(spoken, tiny) for spoken in (None, "en", "zh")] == [tiny, tiny, tiny / "zh"]
    shutil.copytree(tiny / "release", tmp_path / "release")
    with pytest.raises(CourseError, match=r"run `course build --language zh`"):
        course_of("zh", tmp_path)
    with pytest.raises(CourseError, match="There is no language `tlh`"):
        course_of("tlh", tiny)


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_a_terminal_speaks_the_language_of_its_locale(environ: dict[str, str], spoken: str) -> None:
    assert of_terminal(environ) == spoken


@pytest.mark.parametrize("metadata", [None, [], {}, {"course": None}, {"course": {"language": "tlh"}}, {"course": []}])
def test_a_notebook_that_says_no_language_is_in_english(metadata: object) -> None:
    assert of_notebook({"metadata": metadata}) == "en"


# What stops the build


def test_the_whole_translation_is_taken(tmp_path: Path) -> None:
    assert unexecuted(None, both_in(tmp_path), "zh", REGISTRY)[1]["tiny"].language == "zh"


@pytest.mark.parametrize(
    ("chinese", "said"),
    [
        (without_cell("twice"), "lessons/zh/tiny.py: the cell `twice` is missing (“## Twice A number goes…”"),
        (without_cell("area"), "lessons/zh/tiny.py: the cell `area` is missing (“of a rectangle”"),
        (without_cell("explain"), "the cell `explain` is missing"),
        (with_digests(CHINESE.replace('"twice"', '"thrice"')), "cell `thrice`: lessons/tiny.py has no cell"),
        (ALL.replace('role="prose" name="question"', 'role="written" name="question"'), "in English its role is prose"),
        (CHINESE.replace('name="double"', 'name="double" of="12345678"'), "the English cell has changed"),
        (with_digests(CHINESE.replace("number + number", "number * 2")), "its code is not the English cell's"),
        (with_digests(CHINESE.replace("    ### END SOLUTION\n", "", 1)), "`BEGIN SOLUTION`"),
        (ALL.replace("## 多大", "## 多小"), "its check sends students to `## 多大`"),
        (ALL.replace("输入两条边。", "return width * height"), "students would read a line"),
        (ALL.replace("## 多大", "## 两倍"), "stands twice in the lesson"),
        (CHINESE, "its header does not say which English text it renders"),
        (ALL.replace(' of="', ' points=3 of="', 1), "only role, name and of belong there"),
        (ALL + '\n# %% role="demonstration" name="show"\n', "in lessons/tiny.py it stands before `explain`: move it."),
    ],
)  # fmt: skip
def test_what_is_not_as_the_english_text_stops_the_build_with_file_cell_and_what_to_do(
    tmp_path: Path, chinese: str, said: str
) -> None:
    if "would read" in said:
        with pytest.raises(CourseError, match=said):
            build_lessons(None, "zh", both_in(tmp_path, chinese), REGISTRY)
    else:
        told = fault_of(tmp_path, chinese)
        assert told.startswith("lessons/zh/tiny.py") and said in told


def test_a_cell_that_says_what_the_english_says_is_left_out(tmp_path: Path) -> None:
    shown = TEXT[TEXT.index('# %% role="demonstration"') : TEXT.index('# %% [markdown] role="prose" name="question"')]
    at = CHINESE.index('# %% [markdown] role="prose" name="question"')
    assert "it says what the English cell says" in fault_of(tmp_path, with_digests(CHINESE[:at] + shown + CHINESE[at:]))


def test_a_changed_english_sentence_is_named_with_what_became_of_it_and_how_to_go_on(tmp_path: Path) -> None:
    root = both_in(tmp_path)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "both")
    told = fault_of(root, english=TEXT.replace("twice the number comes", "double the number comes"))
    assert told == (
        "lessons/zh/tiny.py, line 21, cell `twice`: the English cell has changed since it was rendered: "
        "“…number goes in, twice the number comes…” became “…number goes in, double the number comes…”. "
        "Render that here, then run `course build --language zh --accept tiny.twice`."
    )


def test_where_there_is_no_history_the_new_sentence_is_told(tmp_path: Path) -> None:
    told = fault_of(tmp_path, english=TEXT.replace("It has two blanks.", "There are two blanks."))
    assert "it is now: “# A tiny lesson There are two blanks.”" in told


def test_every_stale_cell_is_named_at_once(tmp_path: Path) -> None:
    told = fault_of(tmp_path, CHINESE)
    assert all(f"cell `{name}`" in told for name in ("opening", "twice", "double")) and told.endswith("And 3 more.")


# Accepting


def test_accepting_writes_the_new_digest_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = both_in(tmp_path, english=TEXT.replace("Two sides go in.", "Two numbers go in."))
    build_lessons(None, "zh", root, REGISTRY, accepted=["how_large"])
    before, after = ALL.splitlines(), (root / "lessons" / "zh" / "tiny.py").read_text(encoding="utf-8").splitlines()
    english = {cell.name: cell.digest for cell in read_lesson(root / "lessons" / "tiny.py").cells}
    (changed,) = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == f'# %% [markdown] role="prose" name="how_large" of="{english["how_large"]}"'


@pytest.mark.parametrize(
    ("accepted", "spoken", "said"),
    [
        ("nowhere", "zh", "--accept nowhere: no such cell is rendered in tiny"),
        ("other.twice", "zh", "no such cell is rendered"),
        ("twice", None, "name its language as well"),
        ("twice", "en", "name its language as well"),
    ],
)
def test_a_cell_that_cannot_be_accepted_is_told(tmp_path: Path, accepted: str, spoken: str | None, said: str) -> None:
    with pytest.raises(CourseError, match=said):
        build_lessons(None, spoken, both_in(tmp_path), REGISTRY, accepted=[accepted])


def test_a_cell_of_several_lessons_is_accepted_by_its_full_name(tmp_path: Path) -> None:
    root = both_in(tmp_path)
    course_in(course_in(root, name="other"), ALL, "other", "zh")
    with pytest.raises(CourseError, match=r"name one of tiny\.twice, other\.twice"):
        build_lessons(None, "zh", root, REGISTRY | {"other": EXERCISES}, accepted=["twice"])


# What counts as the same code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('print("loss:", loss)', 'print("损失：", loss)'),
        ('print(f"step {i}: loss {loss:.2g}")', 'print(f"损失{loss:.3g}，第{i}步")'),
        ('check = start("way1_numpy")', 'check = start("way1_numpy", language="zh")'),
        ('def f():\n    """Say."""  # here', 'def f():\n    """说。"""  # 这里'),
        ("a = 1  # one", "# 一\na = 1"),
    ],
)
def test_words_may_differ(one: str, other: str) -> None:
    assert same_code(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lr = 0.1", "lr = 0.01"),
        ('print("loss:", loss)', 'print("损失：", losses)'),
        ('print(f"step {i}: {loss}")', 'print(f"{loss}")'),
        ('print("a")\nf(1)', 'f(1)\nprint("a")'),
        ('plot(x, language="en")', "plot(x)"),
        ('def f():\n    """Say."""\n    return 1', "def f():\n    return 1"),
        ("x = 1", "x = "),
        (
            "def f():\n    a = 1\n    ### BEGIN SOLUTION\n    return a\n    ### END SOLUTION",
            "def f():\n    ### BEGIN SOLUTION\n    a = 1\n    return a\n    ### END SOLUTION",
        ),
    ],
)
def test_what_is_done_may_not(one: str, other: str) -> None:
    assert not same_code(one, other)
