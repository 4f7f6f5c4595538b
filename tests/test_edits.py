"""What somebody wrote into a built notebook is not lost by the next build."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from course.building.edits import edited_cells, keep_copy, refuse_edits
from course.building.record import REPOSITORY, notebook_path
from course.errors import CourseError

LESSON = "way1_numpy"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = notebook_path("source", LESSON, tmp_path)
    path.parent.mkdir(parents=True)
    shutil.copy(notebook_path("source", LESSON, REPOSITORY), path)
    return path


def saved(path: Path, change: object) -> None:
    notebook = nbformat.read(str(path), as_version=4)
    change(notebook)  # type: ignore[operator]
    nbformat.write(notebook, str(path))


def by_name(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def test_a_notebook_as_built_may_be_built_again(source: Path, tmp_path: Path) -> None:
    refuse_edits(LESSON, source)
    assert keep_copy(source, tmp_path) is None


def test_what_an_editor_changes_when_it_saves_is_no_edit(source: Path) -> None:
    def change(notebook: nbformat.NotebookNode) -> None:
        notebook.metadata["kernelspec"] = {"name": "other", "display_name": "Other"}
        for cell in notebook.cells:
            cell.metadata["editable"] = True
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], 7

    saved(source, change)
    assert edited_cells(source) == []
    refuse_edits(LESSON, source)


def test_each_cell_that_was_written_added_or_deleted_is_named_with_what_to_do(source: Path, tmp_path: Path) -> None:
    def change(notebook: nbformat.NotebookNode) -> None:
        by_name(notebook, "forward").source += "\n# mine"
        by_name(notebook, "check_loss_fn").metadata.nbgrader.points = 3
        notebook.cells.remove(by_name(notebook, "explain"))
        notebook.cells.append(nbformat.v4.new_code_cell("assert double(2) == 4", id="own-question"))

    saved(source, change)
    assert edited_cells(source) == ["forward", "check_loss_fn", "own-question", "explain"]
    with pytest.raises(CourseError) as stopped:
        refuse_edits(LESSON, source)
    assert str(source) in str(stopped.value) and "own-question" in str(stopped.value)
    assert "lessons/way1_numpy.py" in str(stopped.value)
    assert "`course build way1_numpy --overwrite`" in str(stopped.value)
    kept = keep_copy(source, tmp_path)
    assert kept is not None and kept.read_bytes() == source.read_bytes()


def test_a_notebook_that_was_never_built_is_not_replaced_either(source: Path, tmp_path: Path) -> None:
    nbformat.write(nbformat.v4.new_notebook(), str(source))
    with pytest.raises(CourseError, match="was not written by `course build`"):
        refuse_edits(LESSON, source)
    assert keep_copy(source, tmp_path) is not None
