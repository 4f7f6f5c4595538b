"""The checked-in notebooks are what the lesson texts build, and give nothing away."""

from __future__ import annotations

import ast
import base64
import io
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from course.building import build, reference_cells
from course.building.built_notebooks import REPOSITORY, notebook_path, role_of
from course.building.leaks import leaks, solution_lines
from course.building.lesson import Lesson, read_lesson
from course.building.rules import headings, hidden_seeds
from course.lessons import LESSONS, exercises_of
from course.regions import MARK_SCHEME, SOLUTION, regions

TEXTS: dict[str, Lesson] = {lesson: read_lesson(REPOSITORY / "lessons" / f"{lesson}.py") for lesson in LESSONS}
# Another processor may round a pixel of a plot differently; a difference of 2 in 255 is invisible.
PIXEL_TOLERANCE = 2


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that rebuilds a lesson from the same text in another folder and returns that folder."""
    root = tmp_path_factory.mktemp("rebuilt")
    shutil.copytree(REPOSITORY / "lessons", root / "lessons")

    @cache
    def with_lesson(lesson: str) -> Path:
        return build([lesson], root=root)

    return with_lesson


def cells_of(step: str, lesson: str, root: Path | None = None) -> list[dict[str, Any]]:
    return json.loads(notebook_path(step, lesson, root).read_text(encoding="utf-8"))["cells"]


def without_pictures(path: Path) -> tuple[dict[str, Any], list[np.ndarray]]:
    """Return a notebook without its plots, and the plots as pixels."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    pictures = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if picture := output.get("data", {}).pop("image/png", None):
                page = "".join(output["data"]["text/html"])
                output["data"]["text/html"] = page.replace("".join(picture).strip(), "")
                pixels = Image.open(io.BytesIO(base64.b64decode("".join(picture)))).convert("RGBA")
                pictures.append(np.asarray(pixels).astype(int))
    return notebook, pictures


# Rebuild and compare


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("step", ["source", "release"])
def test_what_is_checked_in_is_what_the_texts_give(step: str, lesson: str, rebuilt: Callable[[str], Path]) -> None:
    here, anew = notebook_path(step, lesson), notebook_path(step, lesson, rebuilt(lesson))
    if here.read_bytes() == anew.read_bytes():
        return
    (here_text, here_pictures), (anew_text, anew_pictures) = without_pictures(here), without_pictures(anew)
    assert anew_text == here_text, f"run `course build {lesson}` and commit what it writes"
    for one, other in zip(here_pictures, anew_pictures, strict=True):
        assert one.shape == other.shape
        assert np.abs(one - other).max() <= PIXEL_TOLERANCE


def test_source_and_release_hold_the_six_notebooks_and_nothing_else() -> None:
    # nbgrader copies everything else in source/ to students.
    for step in ("source", "release"):
        files = {path for path in (REPOSITORY / step).rglob("*") if path.is_file()}
        files = {path for path in files if ".ipynb_checkpoints" not in path.parts}
        assert files == {notebook_path(step, lesson) for lesson in LESSONS}


# The contract


@pytest.mark.parametrize("lesson", LESSONS)
def test_checks_give_twenty_points_and_the_written_question_five(lesson: str) -> None:
    marks = {cell["id"]: cell["metadata"].get("nbgrader", {}) for cell in cells_of("release", lesson)}
    points = {name: mark["points"] for name, mark in marks.items() if mark.get("points")}
    assert points.pop("explain") == 5
    assert points == {f"check_{exercise.name}": exercise.points for exercise in exercises_of(lesson)}
    assert sum(points.values()) == 20


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_blank_is_named_as_in_the_contract_and_raises(lesson: str) -> None:
    cells = cells_of("release", lesson)
    blanks = {cell["id"]: "".join(cell["source"]) for cell in cells if role_of(cell) == "exercise"}
    assert list(blanks) == [exercise.name for exercise in exercises_of(lesson)]
    for name, source in blanks.items():
        n_solutions = len(regions(reference_cells(lesson)[name], SOLUTION))
        raised = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Raise)]
        assert [ast.unparse(node) for node in raised] == ["raise NotImplementedError()"] * n_solutions


@pytest.mark.parametrize("lesson", LESSONS)
def test_check_messages_send_students_to_headings_that_exist(lesson: str) -> None:
    assert {exercise.section for exercise in exercises_of(lesson)} <= set(headings(TEXTS[lesson]))


def test_every_check_has_a_hidden_seed_of_its_own() -> None:
    seeds = [seed for lesson in LESSONS for seed in hidden_seeds(TEXTS[lesson]).values()]
    assert len(seeds) == len(set(seeds)) == sum(len(exercises_of(lesson)) for lesson in LESSONS)


# What students must not read


def readable_by_students() -> dict[str, str]:
    """Return everything that students get, by place: whole notebooks, and the package."""
    texts = {}
    for lesson in LESSONS:
        notebook = json.loads(notebook_path("release", lesson).read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            # Outputs and metadata as JSON: a solution line there would be inside a string.
            rest = json.dumps({key: value for key, value in cell.items() if key != "source"}, ensure_ascii=False)
            texts[f"release/{lesson}, cell {cell['id']}"] = "".join(cell["source"]) + "\n" + rest
        texts[f"release/{lesson}, metadata"] = json.dumps(notebook["metadata"])
    for path in sorted((REPOSITORY / "course").rglob("*.py")):
        texts[str(path.relative_to(REPOSITORY))] = path.read_text(encoding="utf-8")
    return texts


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_line_of_a_solution_stands_in_a_release_or_in_the_package(lesson: str) -> None:
    lines = solution_lines(TEXTS[lesson])
    assert all(lines[exercise.name] for exercise in exercises_of(lesson)), "an exercise without a telling line"
    found = [
        f"{where}: {line} ({lesson}.{exercise})"
        for where, text in readable_by_students().items()
        for exercise, line in leaks(lines, text)
    ]
    assert not found, "\n".join(found)


def test_neither_hidden_seeds_nor_rubrics_nor_markers_are_released() -> None:
    text = "\n".join(notebook_path("release", lesson).read_text(encoding="utf-8") for lesson in LESSONS)
    for lesson in LESSONS:
        for seed in hidden_seeds(TEXTS[lesson]).values():
            assert seed not in text
        (written,) = (cell for cell in TEXTS[lesson].cells if cell.role == "written")
        for kind in (MARK_SCHEME, SOLUTION):
            for line in "\n".join(regions(written.source, kind)).splitlines():
                if len(line.strip()) > 20:
                    assert json.dumps(line.strip(), ensure_ascii=False)[1:-1] not in text
    for marker in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "check.also"):
        assert marker not in text


@pytest.mark.parametrize("lesson", LESSONS)
def test_students_can_neither_delete_nor_edit_what_is_graded(lesson: str) -> None:
    for cell in cells_of("release", lesson):
        flags = cell["metadata"].get("nbgrader")
        if flags:
            assert cell["metadata"]["deletable"] is False
            assert cell["metadata"].get("editable", True) is not flags["locked"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_source_runs_without_a_word_on_stderr(lesson: str) -> None:
    # nbgrader scores a check cell 0 for any output on stderr.
    for cell in cells_of("source", lesson):
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr"
