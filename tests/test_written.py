"""Building overwrites no notebook that somebody has changed since it was built."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from course.building import pipeline
from course.building.built_notebooks import REPOSITORY, notebook_path
from course.building.pipeline import build_lessons
from course.building.written import Written, digests
from course.errors import CourseError
from course.lessons import LESSONS
from tests.own_question import own_question
from tests.tiny_lesson import EXERCISES, TEXT, course_in

STEPS = ("source", "release")


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course with one built lesson; outputs do not matter here, so no kernel runs."""
    monkeypatch.setattr(pipeline, "execute", lambda _: None)
    rebuild(course_in(tmp_path))
    return tmp_path


def rebuild(root: Path, *, overwrite: bool = False) -> None:
    build_lessons(None, "en", root, registry={"tiny": EXERCISES}, overwrite=overwrite)


def edit(root: Path, step: str, change: Callable[[NotebookNode], object]) -> bytes:
    path = notebook_path(step, "tiny", root)
    notebook = nbformat.read(str(path), as_version=4)
    change(notebook)
    nbformat.write(notebook, str(path))
    return path.read_bytes()


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.id == name)


def worth(notebook: NotebookNode, points: float) -> None:
    cell(notebook, "check_double").metadata.nbgrader.points = points


CHANGES: dict[str, tuple[Callable[[NotebookNode], object], str]] = {
    "an own question": (lambda n: n.cells.extend(own_question()[1:3]), "added: `test_double`, `partial`"),
    "other words": (lambda n: cell(n, "twice").update(source="## Twice\nDouble it."), "changed: `twice`"),
    "other points": (lambda n: worth(n, 4), "changed: `check_double`"),
    "another type": (lambda n: cell(n, "show").update(cell_type="raw"), "changed: `show`"),
    "a cell less": (lambda n: n.cells.remove(cell(n, "show")), "gone: `show`"),
    "another order": (lambda n: n.cells.append(n.cells.pop(2)), "its cells stand in another order"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_notebook_is_not_overwritten_and_its_cells_are_named(name: str, step: str, tiny: Path) -> None:
    change, said = CHANGES[name]
    edited = edit(tiny, step, change)
    others = {s: notebook_path(s, "tiny", tiny).read_bytes() for s in STEPS}
    course_in(tiny, TEXT.replace("A number goes in", "Any number goes in"))
    with pytest.raises(CourseError) as caught:
        rebuild(tiny)
    message = str(caught.value)
    assert f"{step}/tiny/tiny.ipynb is not as" in message and said in message
    assert "lessons/tiny.py" in message and "course build tiny --overwrite" in message
    assert notebook_path(step, "tiny", tiny).read_bytes() == edited
    assert {s: notebook_path(s, "tiny", tiny).read_bytes() for s in STEPS} == others


def test_overwriting_keeps_a_copy_each_time_and_says_where(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = []
    for points in (4, 5):
        kept.append(edit(tiny, "source", lambda n, points=points: worth(n, points)))
        rebuild(tiny, overwrite=True)
        assert f".course/replaced/tiny-source-{len(kept)}.ipynb" in capsys.readouterr().out
    assert [(tiny / f".course/replaced/tiny-source-{i}.ipynb").read_bytes() for i in (1, 2)] == kept
    rebuild(tiny)
    assert len(list((tiny / ".course/replaced").iterdir())) == 2


def test_a_copy_never_replaces_one_that_is_kept(tiny: Path) -> None:
    first, second = (tiny / f".course/replaced/tiny-source-{i}.ipynb" for i in (1, 2))
    kept = []
    for points in (4, 5, 6):
        kept.append(edit(tiny, "source", lambda n, points=points: worth(n, points)))
        rebuild(tiny, overwrite=True)
        if points == 5:
            first.unlink()
    assert (first.read_bytes(), second.read_bytes()) == (kept[2], kept[1])


def test_what_opening_running_and_saving_change_does_not_count(tiny: Path) -> None:
    def use(notebook: NotebookNode) -> None:
        notebook.metadata.language_info.version = "3.12.1"
        notebook.metadata["widgets"] = {}
        for part in notebook.cells:
            part.metadata["scrolled"] = True
            part.metadata["editable"] = False
            if part.cell_type == "code":
                part.execution_count = 7
                part.outputs = [nbformat.v4.new_output("stream", text="something")]

    edit(tiny, "source", use)
    edit(tiny, "release", use)
    rebuild(tiny)


def test_a_text_that_changed_is_built_over_what_was_built_before(tiny: Path) -> None:
    rebuild(course_in(tiny, TEXT.replace("A number goes in", "Any number goes in")))
    assert "Any number goes in" in notebook_path("release", "tiny", tiny).read_text(encoding="utf-8")


def test_without_a_record_only_what_would_be_written_anyhow_is_overwritten(tiny: Path) -> None:
    record = tiny / "lessons" / "built.json"
    record.unlink()
    rebuild(tiny)  # as after a build that was killed before it wrote the record
    assert record.exists()
    record.unlink()
    edit(tiny, "source", CHANGES["an own question"][0])
    with pytest.raises(CourseError, match="added: `test_double`, `partial`"):
        rebuild(tiny)


@pytest.mark.parametrize("content", ["", "[]", '{"nbformat": 4}', "<<<<<<< HEAD"])
def test_a_file_that_is_no_notebook_is_made_anew_and_kept(content: str, tiny: Path) -> None:
    notebook_path("source", "tiny", tiny).write_text(content, encoding="utf-8")
    rebuild(tiny)
    assert nbformat.read(str(notebook_path("source", "tiny", tiny)), as_version=4).cells
    assert (tiny / ".course/replaced/tiny-source-1.ipynb").read_text(encoding="utf-8") == content


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("step", STEPS)
def test_the_record_that_is_checked_in_is_that_of_the_notebooks(step: str, lesson: str) -> None:
    there = digests(json.loads(notebook_path(step, lesson).read_text(encoding="utf-8")))
    Written(REPOSITORY).require_unchanged(step, lesson, {})
    assert there == json.loads((REPOSITORY / "lessons" / "built.json").read_text())[lesson][step]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_release_holds_no_digest_by_which_a_hidden_seed_could_be_guessed(lesson: str) -> None:
    # With 90,000 seeds, a hidden line could be found within a second from a digest of its whole text.
    metadata = json.loads(notebook_path("release", lesson).read_text(encoding="utf-8"))["metadata"]
    assert set(metadata) == {"kernelspec", "language_info"}
