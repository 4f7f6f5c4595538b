"""Building, tested on a lesson small enough to break in every way; test_release.py tests the six real ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from nbformat.v4 import new_output

from course.building import build, pipeline, reference_cells
from course.building.built_notebooks import notebook_path, role_of
from course.building.execution import _joined
from course.building.leaks import revealing_lines, solution_lines
from course.building.lesson import read_lesson
from course.building.pipeline import build_lessons
from course.building.rules import check_lesson
from course.errors import CourseError
from course.language import using
from tests.chinese import faults_of_words
from tests.tiny_lesson import EXERCISES, TEXT, course_in


def build_tiny(folder: Path, text: str = TEXT) -> Path:
    build_lessons(None, "en", course_in(folder, text), registry={"tiny": EXERCISES})
    return folder


def fault_of(folder: Path, text: str) -> str:
    """Return the error that the rules raise for a text, without executing it."""
    with pytest.raises(CourseError) as caught:
        check_lesson(read_lesson(course_in(folder, text) / "lessons" / "tiny.py"), EXERCISES)
    return str(caught.value)


def without_cell(name: str) -> str:
    return re.sub(rf'^# %% [^\n]*name="{name}"\n.*?(?=^# %%|\Z)', "", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny(tmp_path_factory.mktemp("tiny"))


def cells_of(root: Path, step: str) -> dict[str, dict]:
    notebook = json.loads(notebook_path(step, "tiny", root).read_text(encoding="utf-8"))
    return {cell["id"]: cell for cell in notebook["cells"]}


# The notebooks that are built


def test_a_second_build_elsewhere_with_other_threads_gives_the_same_bytes(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    other = build_tiny(tmp_path / "another" / "place")
    for step in ("source", "release"):
        assert notebook_path(step, "tiny", other).read_bytes() == notebook_path(step, "tiny", tiny).read_bytes()


def test_roles_become_nbgrader_flags(tiny: Path) -> None:
    flags = {
        name: (cell["metadata"]["nbgrader"]["grade"], cell["metadata"]["nbgrader"]["solution"])
        for name, cell in cells_of(tiny, "source").items()
        if "nbgrader" in cell["metadata"]
    }
    assert flags == {
        "setup": (False, False),
        "double": (False, True),
        "check_double": (True, False),
        "area": (False, True),
        "check_area": (True, False),
        "explain": (True, True),
    }
    setup = cells_of(tiny, "source")["setup"]["metadata"]["nbgrader"]
    assert setup == {
        "grade": False,
        "grade_id": "setup",
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert cells_of(tiny, "source")["show"]["metadata"] == {"tags": ["demonstration"]}


def test_the_source_is_executed_and_says_nothing_of_day_or_version(tiny: Path) -> None:
    notebook = json.loads(notebook_path("source", "tiny", tiny).read_text(encoding="utf-8"))
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert all("execution" not in cell["metadata"] for cell in code)


def test_what_a_slow_check_said_and_took_back_is_left_out() -> None:
    gone, card = (new_output("display_data", data={"text/plain": said}) for said in ("", "✓"))
    assert _joined([gone, card]) == [card]


def test_pieces_of_one_stream_are_joined(tiny: Path) -> None:
    outputs = cells_of(tiny, "source")["show"]["outputs"]
    assert [output["output_type"] for output in outputs] == ["stream", "display_data"]
    assert "".join(outputs[0]["text"]) == "one\ntwo\n"
    assert "image/png" in outputs[1]["data"]


def test_the_release_has_blanks_and_no_outputs(tiny: Path) -> None:
    cells = cells_of(tiny, "release")
    blank = "".join(cells["double"]["source"])
    assert blank.endswith("# YOUR CODE HERE\n    raise NotImplementedError()")
    assert all(cell["outputs"] == [] for cell in cells.values() if cell["cell_type"] == "code")
    assert cells["check_double"]["source"] == ['check("double")']
    assert "".join(cells["explain"]["source"]) == "**Your answer**\n\nYOUR ANSWER HERE"


def test_only_the_two_notebooks_and_their_record_are_written(tiny: Path) -> None:
    files = sorted(str(path.relative_to(tiny)) for path in tiny.rglob("*") if path.is_file())
    assert files == ["lessons/built.json", "lessons/tiny.py", "release/tiny/tiny.ipynb", "source/tiny/tiny.ipynb"]


# Reading built notebooks


def test_a_release_has_its_cells_with_roles_and_points_in_order(tiny: Path) -> None:
    cells = cells_of(tiny, "release").items()
    points = {name: cell["metadata"].get("nbgrader", {}).get("points", 0) for name, cell in cells}
    assert [(name, role_of(cell), points[name]) for name, cell in cells] == [
        ("opening", "prose", 0),
        ("setup", "setup", 0),
        ("twice", "prose", 0),
        ("double", "exercise", 0),
        ("check_double", "check", 12),
        ("how_large", "prose", 0),
        ("area", "exercise", 0),
        ("check_area", "check", 8),
        ("show", "demonstration", 0),
        ("question", "prose", 0),
        ("explain", "written", 5),
    ]


def test_reference_cells_are_the_setup_and_the_solutions(tiny: Path) -> None:
    cells = reference_cells("tiny", tiny)
    assert list(cells) == ["setup", "double", "area"]
    assert "doubled_number = number + number" in cells["double"]


@pytest.mark.parametrize("content", [None, "", "[]", '{"nbformat": 4}'])
def test_a_notebook_that_is_missing_or_broken_says_how_to_make_it(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        path = notebook_path("source", "tiny", tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CourseError, match="course build tiny"):
        reference_cells("tiny", tmp_path)


# The rules: each error names file and cell, and says what to do

FAULTS = {
    "no role": (TEXT.replace(' role="setup"', ""), "no role"),
    "no name": (TEXT.replace(' name="show"', ""), "no name"),
    "text before the first header": ("import os\n\n" + TEXT, "before the first"),
    "header that is no metadata": (TEXT.replace('role="setup"', "role=setup"), "no role"),
    "unknown role": (TEXT.replace('role="demonstration"', 'role="demo"'), "no role `demo`"),
    "unknown key": (TEXT.replace('name="show"', 'name="show" points="5"'), "only role and name"),
    "name that is no id": (TEXT.replace('name="show"', 'name="show it"'), "`show it` does not fit"),
    "prose as code": (TEXT.replace('[markdown] role="prose" name="twice"', 'role="prose" name="twice"'),
                      "[markdown]"),
    "two cells of one name": (TEXT.replace('name="show"', 'name="twice"'), "names are unique"),
    "solution not closed": (TEXT.replace("    ### END SOLUTION\n", "", 1), "`BEGIN SOLUTION` has no"),
    "solution not opened": (TEXT.replace("    ### BEGIN SOLUTION\n", "", 1), "`END SOLUTION` has no"),
    "solution in a solution": (
        TEXT.replace("    doubled_number =", "    ### BEGIN SOLUTION\n    doubled_number ="),
        "inside another"),
    "empty solution": (TEXT.replace("    return width * height  # of a rectangle\n", ""), "fill it"),
    "solution in a demonstration": (
        TEXT.replace('print("one")', '### BEGIN SOLUTION\nprint("one")\n### END SOLUTION'), "belongs in"),
    "no solution": (
        TEXT.replace(
            "    ### BEGIN SOLUTION\n    return width * height  # of a rectangle\n    ### END SOLUTION\n",
            "    return 0\n"),
        "it has no solution"),
    "no setup": (TEXT.replace('role="setup"', 'role="demonstration"'), "0 setup cells"),
    "setup of another name": (TEXT.replace('name="setup"', 'name="start"'), 'name="setup"'),
    "code before the setup": (
        TEXT.replace('# %% role="setup"', '# %% role="demonstration" name="early"\n1\n\n# %% role="setup"'),
        "before the setup"),
    "points that are no number": (TEXT.replace('name="explain"', 'name="explain" points="a few"'), "write `points=3`"),
    "no points": (TEXT.replace('name="explain"', 'name="explain" points=0'), "write `points=3`"),
    "no rubric": (re.sub(r"# ### BEGIN MARK SCHEME.*", "", TEXT, flags=re.DOTALL), "MARK SCHEME"),
    "no check": (without_cell("check_double"), "its check must follow"),
    "check of another exercise": (
        TEXT.replace('name="check_double"', 'name="check_triple"'), "its check must follow"),
    "check without exercise": (without_cell("double"), "right after its exercise"),
    "check of a question": (
        TEXT.replace("def double(", "# question: reference\ndef double("), "`course build` makes the check"),
    "exercise that nobody knows": (TEXT.replace("double", "triple"), "knows no such exercise"),
    "no hidden seed": (TEXT.replace("check.also(seed=10203)", "pass"), "five digits"),
    "short hidden seed": (TEXT.replace("10203", "1020"), "five digits"),
    "more than the check": (TEXT.replace('check("area")', 'check("area")\nprint(1)'), "nothing else"),
    "one seed twice": (TEXT.replace("40506", "10203"), "is the one of `check_double`"),
    "no heading before a blank": (TEXT.replace("# ## How large", "# How large"), "`## heading`"),
    "one heading twice": (TEXT.replace("# ## How large", "# ## Twice"), "stands twice"),
    "heading that checks look for": (TEXT.replace("# ## How large", "# ## How big"), "`## How large`"),
    "no docstring": (TEXT.replace('    """Return twice the number."""\n', ""), "no docstring"),
    "no def for students": (
        TEXT.replace(
            'def area(width, height):\n    """Return the area of a rectangle."""\n    ### BEGIN SOLUTION\n',
            "### BEGIN SOLUTION\ndef area(width, height):\n"),
        "no `def area`"),
    "broken solution": (TEXT.replace("return width * height", "return width *"), "not valid Python with its"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_text_is_told(name: str, tmp_path: Path) -> None:
    text, expected = FAULTS[name]
    assert text != TEXT, "this case changes nothing"
    message = fault_of(tmp_path, text)
    assert expected in message
    assert message.startswith("lessons/tiny.py")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_text_is_told_in_chinese_too(name: str, tmp_path: Path) -> None:
    with using("zh"):
        message = fault_of(tmp_path, FAULTS[name][0])
    assert message.startswith("lessons/tiny.py")
    assert message.endswith("。")
    assert faults_of_words(message) == []


def test_a_fault_names_the_line_of_the_cell(tmp_path: Path) -> None:
    line = TEXT[: TEXT.index('name="check_area"')].count("\n") + 1
    message = fault_of(tmp_path, TEXT.replace("40506", "10203"))
    assert f"line {line}, cell `check_area`" in message


def test_exercises_in_another_order_are_told(tmp_path: Path) -> None:
    lesson = read_lesson(course_in(tmp_path) / "lessons" / "tiny.py")
    with pytest.raises(CourseError, match="bring them into area, double"):
        check_lesson(lesson, EXERCISES[::-1])


def test_a_good_text_passes(tmp_path: Path) -> None:
    check_lesson(read_lesson(course_in(tmp_path) / "lessons" / "tiny.py"), EXERCISES)


def test_an_unknown_lesson_and_an_unknown_language_are_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no lesson “way7”: there are tiny"):
        build_lessons(["way7"], "en", course_in(tmp_path), registry={"tiny": EXERCISES})
    with pytest.raises(CourseError, match="exist in en, zh"):
        build(["tiny"], "de", tmp_path)


def test_in_a_folder_of_ones_own_the_texts_that_are_there_are_built(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    for name in ("week7", "way2_tensors"):
        (tmp_path / "lessons" / f"{name}.py").touch()
    assert list(pipeline._chosen(None, tmp_path, None)) == ["way2_tensors", "week7"]
    with pytest.raises(CourseError, match="no lesson “way1_numpy”: there are way2_tensors, week7"):
        pipeline._chosen(["way1_numpy"], tmp_path, None)


def test_a_missing_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"lessons/tiny\.py does not exist"):
        build_lessons(None, "en", tmp_path, registry={"tiny": EXERCISES})


# Faults found while executing

RUNNING = {
    "a cell that raises": ('print("one")', "1 / 0", "raises ZeroDivisionError"),
    "a word on stderr": ('print("one")', 'print("careful", file=sys.stderr)', "stderr: careful"),
    "an address": ('print("one")', "print(object())", "memory address"),
    "the working folder": ('print("one")', "import os; print(os.getcwd())", "path of this machine"),
    "a score that nobody meant": (
        'print(name, "is right")', "return 0.5", "cell `check_double`: it shows a value"),
    "an end of Python": ('print("one")', "import os; os._exit(3)", "its Python process ended"),
    "a solution in a demonstration": (
        'print("one")', "number = 4; doubled_number = number + number",
        "line of the solution of `double`"),
}  # fmt: skip


@pytest.mark.parametrize("name", RUNNING)
def test_a_fault_met_while_running_is_told_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    old, new, expected = RUNNING[name]
    assert old in TEXT
    with pytest.raises(CourseError) as caught:
        build_tiny(tmp_path, TEXT.replace(old, new))
    assert expected in str(caught.value)
    assert str(caught.value).startswith("lessons/tiny.py, cell `")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["tiny.py"]


def test_a_kernel_of_that_name_elsewhere_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = tmp_path / "jupyter" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["/bin/false"], "display_name": "wrong", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    build_tiny(tmp_path / "course")


def test_a_failed_write_leaves_the_old_notebook(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = notebook_path("release", "tiny", tiny)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError):
        build_tiny(tiny)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["tiny.ipynb"]
    assert [file.name for file in path.parent.parent.iterdir()] == ["tiny"]


# Lines that reveal a solution


def test_telling_lines_leave_out_what_any_answer_contains() -> None:
    code = (
        "losses = []\nfor step in range(steps):\n    grad = 2 * (y_pred - y)  # chain rule\n"
        "    return grad_y_pred, grad_w2, grad_h_relu\n    # only a remark on it\n"
    )
    assert list(revealing_lines(code)) == ["grad=2*(y_pred-y)"]


def test_solution_lines_are_told_by_exercise(tmp_path: Path) -> None:
    lesson = read_lesson(course_in(tmp_path) / "lessons" / "tiny.py")
    assert solution_lines(lesson) == {
        "double": ["doubled_number=number+number"],
        "area": ["returnwidth*height"],
    }
