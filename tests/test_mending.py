"""Notebooks changed by editors and students: they are read and repaired fairly, and repairs are reported."""

from __future__ import annotations

import ast
import copy
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.grading import cell as cell_module
from course.grading import mending
from course.grading.examiner import note_of
from course.grading.jobs import QuestionSet, job_of
from course.grading.reading import MAX_FILE_BYTES, NotPlain, read_cells, without_outputs
from course.grading.release import read_built
from course.grading.submission import Submission, mend, mended, read_submission
from course.judging import as_text, judge
from course.lessons import find
from course.runner import Answer, Failure

REPOSITORY = Path(__file__).resolve().parents[1]
LESSON = "way1_numpy"
RELEASE = read_built("release", LESSON, REPOSITORY)
WORDS = "In my own words: the gate follows the sign of h."
RIGHT = "def forward(x, w1, w2):\n    h = x @ w1\n    r = np.maximum(h, 0)\n    return h, r, r @ w2"
WRONG = RIGHT.replace("np.maximum(h, 0)", "h")
Notebook = dict[str, Any]


def answered() -> Notebook:
    """Return the release as plain JSON, with an answer in every blank."""
    notebook: Notebook = json.loads(RELEASE.text)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = WORDS if name == "explain" else f"{head(name)}\n    return {name!r}"
    return notebook


def head(name: str) -> str:
    """Return the first line of an exercise's function."""
    (node,) = (n for n in ast.parse(RELEASE.named[name].source).body if isinstance(n, ast.FunctionDef))
    return f"def {name}({ast.unparse(node.args)}):"


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return notebook["cells"][place(notebook, name)]


def place(notebook: Notebook, name: str) -> int:
    marks = [c["metadata"].get("nbgrader", {}).get("grade_id") for c in notebook["cells"]]
    return marks.index(name)


def own(source: str, kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source}


def read(tmp_path: Path, notebook: Notebook | bytes) -> Submission:
    file = tmp_path / f"{LESSON}.ipynb"
    file.write_bytes(notebook if isinstance(notebook, bytes) else json.dumps(notebook, indent=1).encode())
    return read_submission(file, RELEASE)


def sources(submission: Submission) -> dict[str, str]:
    return {c.metadata.nbgrader.grade_id: c.source for c in submission.cells if "nbgrader" in c.metadata}


def asked_after(submission: Submission, name: str) -> list[str]:
    """Return the sources of all cells that run before an exercise is asked."""
    cells = job_of(submission, QuestionSet(LESSON, 1, "cpu")).cells
    at = next(i for i, c in enumerate(cells) if c.ask == name)
    return [c.source for c in cells[:at] if c.source]


def change(do: Callable[[Notebook], object]) -> Notebook:
    notebook = answered()
    do(notebook)
    return notebook


# ---------------------------------------------------------------- other editors: nothing is lost, the words wait


def strip(notebook: Notebook) -> None:
    for c in notebook["cells"]:
        c["metadata"] = {}
        c.pop("id", None)


def colab(notebook: Notebook) -> None:
    strip(notebook)
    for i, c in enumerate(notebook["cells"]):
        c["metadata"] = {"id": f"Xy{i}", "colab": {"base_uri": "https://localhost"}, "outputId": "7"}
    notebook.update(nbformat_minor=0)


def kaggle(notebook: Notebook) -> None:
    strip(notebook)
    for c in notebook["cells"]:
        c["metadata"] = {"trusted": True, "execution": {"iopub.status.busy": "2026-01-01"}}


def nbstripout(notebook: Notebook) -> None:
    for i, c in enumerate(notebook["cells"]):
        c["id"] = str(i)


def third_format(notebook: Notebook) -> None:
    cells = [
        {"cell_type": c["cell_type"], "metadata": {}, "input" if c["cell_type"] == "code" else "source": c["source"]}
        for c in notebook.pop("cells")
    ]
    notebook.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": cells}])


def windows(notebook: Notebook) -> None:
    for c in notebook["cells"]:
        c["source"] = [line + "\r\n" for line in c["source"].split("\n")]


def deepnote(notebook: Notebook) -> None:
    """Make each paragraph of prose a cell, and drop nbgrader's metadata."""
    cells = []
    for c in notebook["cells"]:
        parts = c["source"].split("\n\n") if c["cell_type"] == "markdown" else [c["source"]]
        cells += [{**own(p, c["cell_type"]), "metadata": {"deepnote_cell_type": "text-cell-p"}} for p in parts]
    notebook["cells"] = cells


EDITORS = [strip, colab, kaggle, nbstripout, third_format, windows, deepnote]


@pytest.mark.parametrize("editor", EDITORS, ids=lambda e: e.__name__)
def test_after_another_editor_every_answer_is_found_and_the_words_wait(editor, tmp_path: Path) -> None:
    found = read(tmp_path, change(editor))
    assert found.unreadable == ""
    texts = sources(found)
    assert list(texts) == list(RELEASE.named)
    for name in ("make_data", "forward", "loss_fn", "backward", "train"):
        assert f"return {name!r}" in texts[name]
    assert WORDS in texts["explain"]
    assert not any(c.source == texts["setup"] for c in found.cells if "nbgrader" not in c.metadata), "setup is doubled"


def test_what_looks_the_same_is_not_told(tmp_path: Path) -> None:
    def reformat(notebook: Notebook) -> None:
        windows(notebook)
        cell(notebook, "check_forward")["source"] = "from course import check\ncheck('forward')  # noqa\n"
        cell(notebook, "setup")["source"] = "\n" + RELEASE.named["setup"].source + "\n\n"

    found = read(tmp_path, change(reformat))
    assert found.repairs == ()
    assert sources(found)["check_forward"] == RELEASE.named["check_forward"].source


def test_a_check_of_an_earlier_release_is_not_told(tmp_path: Path) -> None:
    def earlier(notebook: Notebook) -> None:
        cell(notebook, "check_forward")["source"] = 'check("forward")'

    found = read(tmp_path, change(earlier))
    assert found.repairs == ()
    assert sources(found)["check_forward"] == RELEASE.named["check_forward"].source


# ---------------------------------------------------------------- written answers


def retyped(notebook: Notebook) -> None:
    notebook["cells"][place(notebook, "explain")] = own(f"**Your answer**\n\n{WORDS}", "markdown")


def plainly_retyped(notebook: Notebook) -> None:
    notebook["cells"][place(notebook, "explain")] = own(WORDS, "markdown")


def into_code(notebook: Notebook) -> None:
    notebook["cells"][place(notebook, "explain")] = own(WORDS)


def into_comments(notebook: Notebook) -> None:
    notebook["cells"][place(notebook, "explain")] = own("# " + WORDS)


def blank_again(notebook: Notebook) -> None:
    cell(notebook, "explain")["source"] = RELEASE.named["explain"].source


def below_the_question(notebook: Notebook) -> None:
    blank_again(notebook)
    question = notebook["cells"][place(notebook, "explain") - 1]
    question["source"] += f"\n\n{WORDS}"


def in_a_cell_below(notebook: Notebook) -> None:
    blank_again(notebook)
    notebook["cells"].append(own(WORDS, "markdown"))


def in_two_cells(notebook: Notebook) -> None:
    notebook["cells"][place(notebook, "explain")] = own("First thought.", "markdown")
    notebook["cells"].append(own(WORDS, "markdown"))


def split_with_marks(notebook: Notebook) -> None:
    second = copy.deepcopy(cell(notebook, "explain"))
    cell(notebook, "explain")["source"] = "**Your answer**\n\nFirst half."
    notebook["cells"].append(second)


def as_raw(notebook: Notebook) -> None:
    notebook["cells"][place(notebook, "explain")] = own(WORDS, "raw")


LOST_WORDS = [retyped, plainly_retyped, into_code, into_comments, below_the_question, in_a_cell_below]
LOST_WORDS += [in_two_cells, split_with_marks, as_raw]


@pytest.mark.parametrize("way", LOST_WORDS, ids=lambda w: w.__name__)
def test_words_that_may_be_the_written_answer_wait_for_a_person_and_that_is_told(way, tmp_path: Path) -> None:
    found = read(tmp_path, change(way))
    assert WORDS in sources(found)["explain"]
    assert "`explain`" in " ".join(found.repairs)
    again = mended(found.cells, RELEASE)  # as in nbgrader's second pass
    assert sources(again) == sources(found)


def test_a_blank_written_answer_stays_one(tmp_path: Path) -> None:
    def nothing(notebook: Notebook) -> None:
        blank_again(notebook)
        notebook["cells"] += [own("# plt.plot(losses)"), own("500")]

    found = read(tmp_path, change(nothing))
    assert sources(found)["explain"] == RELEASE.named["explain"].source
    assert found.repairs == ()


def test_a_photographed_answer_is_told(tmp_path: Path) -> None:
    notebook = change(lambda n: cell(n, "explain").update(source="![](attachment:photo.png)"))
    assert "picture" in " ".join(read(tmp_path, notebook).repairs)


# ---------------------------------------------------------------- several copies


def copy_of(notebook: Notebook, name: str, source: str, *, marked: bool = True) -> dict[str, Any]:
    return {**copy.deepcopy(cell(notebook, name)), "id": "kept-copy", "source": source} if marked else own(source)


@pytest.mark.parametrize("marked", [True, False])
def test_an_older_copy_further_down_changes_nothing(marked: bool, tmp_path: Path) -> None:
    notebook = answered()
    cell(notebook, "forward")["source"] = RIGHT
    notebook["cells"].append(copy_of(notebook, "forward", WRONG, marked=marked))
    found = read(tmp_path, notebook)
    ran = asked_after(found, "forward")
    assert RIGHT in ran and WRONG not in ran


def test_of_two_copies_above_the_check_the_last_counts(tmp_path: Path) -> None:
    notebook = answered()
    cell(notebook, "forward")["source"] = RIGHT
    notebook["cells"].insert(place(notebook, "forward"), copy_of(notebook, "forward", WRONG))
    found = read(tmp_path, notebook)
    assert sources(found)["forward"] == RIGHT
    assert "`forward`" in found.repairs[0]


@pytest.mark.parametrize("below", [True, False])
def test_an_answer_beside_its_blank_is_taken_and_the_blank_does_not_undo_it(below: bool, tmp_path: Path) -> None:
    notebook = answered()
    at = place(notebook, "forward")
    cell(notebook, "forward")["source"] = blank = RELEASE.named["forward"].source
    notebook["cells"].insert(at + 2 if below else at, own(RIGHT))
    found = read(tmp_path, notebook)
    ran = asked_after(found, "forward")
    assert RIGHT in ran and blank not in ran
    assert "`forward`" in " ".join(found.repairs)


def test_a_check_above_its_answer_waits_for_it(tmp_path: Path) -> None:
    notebook = answered()
    cell(notebook, "forward")["source"] = RIGHT
    notebook["cells"].insert(0, notebook["cells"].pop(place(notebook, "check_forward")))
    assert RIGHT in asked_after(read(tmp_path, notebook), "forward")


def test_two_answers_in_one_cell_are_both_kept(tmp_path: Path) -> None:
    notebook = answered()
    loss = notebook["cells"].pop(place(notebook, "loss_fn"))
    cell(notebook, "forward")["source"] = RIGHT + "\n\n\n" + loss["source"]
    found = read(tmp_path, notebook)
    ran = asked_after(found, "loss_fn")
    assert not any("NotImplementedError" in source for source in ran)
    assert found.repairs == ("merged into the cell of another answer, where it stays: `loss_fn`",)


# ---------------------------------------------------------------- locked cells


def test_what_was_written_into_a_locked_cell_runs_above_it_and_is_told(tmp_path: Path) -> None:
    setup = "import math\n" + RELEASE.named["setup"].source
    notebook = change(lambda n: cell(n, "setup").update(source=setup))
    helper = "def helper():\n    return 1\n\n\ncheck('forward')"
    cell(notebook, "check_forward")["source"] = helper
    found = read(tmp_path, notebook)
    places = {c.source: i for i, c in enumerate(found.cells)}
    assert places[setup] + 1 == places[RELEASE.named["setup"].source]
    assert places["def helper():\n    return 1"] + 1 == places[RELEASE.named["check_forward"].source]
    (told,) = found.repairs
    assert "`setup`, `check_forward`" in told
    assert told in note_of(found), "the student is told, too"


def test_a_forged_check_is_put_back(tmp_path: Path) -> None:
    found = read(tmp_path, change(lambda n: cell(n, "check_forward").update(source="print('pass')")))
    assert sources(found)["check_forward"] == RELEASE.named["check_forward"].source


# ---------------------------------------------------------------- files


def lines(notebook: Notebook) -> str:
    return json.dumps(notebook, indent=1)


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "comma at the end": (lambda t: t.rstrip()[:-1].rstrip() + ",\n}", "an extra comma before “}”"),
    "two commas": (lambda t: t.replace('"cells": [\n', '"cells": [\n,', 1), "line 3, column 1"),
    "comma missing": (
        lambda t: t.replace('"cell_type": "markdown",', '"cell_type": "markdown"', 1),
        "comma is missing",
    ),
    "cut off": (lambda t: t[: len(t) // 2], "breaks off at"),
    "cut off in a word": (lambda t: t[:40], "breaks off at"),
    "merge conflict": (lambda t: t.replace(' "cells": [', '<<<<<<< HEAD\n "cells": [', 1), "merge conflict"),
    "twice": (lambda t: t + t, "after the end of the notebook"),
    "empty": (lambda t: " \n", "is empty"),
    "web page": (lambda t: "<!DOCTYPE html>" + t, "a web page"),
    "zip": (lambda t: "PK\x03\x04", "zip archive"),
    "list": (lambda t: f"[{t}]", "no list of cells"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_says_what_is_wrong_and_where_in_each_check(how: str, tmp_path: Path) -> None:
    broken, words = BROKEN[how]
    found = read(tmp_path, broken(lines(answered())).encode())
    assert words in found.unreadable
    exercise = find(f"{LESSON}.forward")
    questions = exercise.questions(1)
    failure = Failure("unreadable", message=found.unreadable)
    text = as_text(judge(exercise, questions, [Answer(failure=failure) for _ in questions]))
    assert words in text and "bring it back" not in text


def test_the_place_of_a_fault_is_that_of_the_file_with_its_outputs(tmp_path: Path) -> None:
    notebook = answered()
    cell(notebook, "forward")["outputs"] = [{"output_type": "stream", "text": ["ä\n"] * 50}]
    text = json.dumps(notebook, indent=1, ensure_ascii=False).rstrip()[:-1].rstrip() + ",\n}"
    number = text.count("\n")
    assert f"line {number}, column {len(text.splitlines()[-2])}" in read(tmp_path, text.encode()).unreadable
    one_line = json.dumps(notebook, ensure_ascii=False)[:-1] + ",}"
    assert f"line 1, column {len(one_line) - 1}:" in read(tmp_path, one_line.encode()).unreadable


def test_a_comma_too_many_is_told_where_python_names_the_comma_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '{"cells": [],\n}'

    def since_python_3_13(text: str) -> None:
        raise json.JSONDecodeError("Illegal trailing comma before end of object", text, text.index(","))

    monkeypatch.setattr(json, "loads", since_python_3_13)
    assert "line 1, column 13: there is an extra comma before “}”" in read(tmp_path, text.encode()).unreadable


def test_a_small_file_takes_little_memory(tmp_path: Path) -> None:
    """An examiner that has loaded torch with CUDA has no room to reserve for the largest file each time."""
    content = lines(answered()).encode()
    tracemalloc.start()
    try:
        assert not read(tmp_path, content).unreadable
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < MAX_FILE_BYTES / 16


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_of_another_encoding_is_read_and_that_is_told(encoding: str, tmp_path: Path) -> None:
    notebook = change(lambda n: cell(n, "explain").update(source="Größer als null"))
    found = read(tmp_path, json.dumps(notebook, ensure_ascii=False).encode(encoding, "replace"))
    assert sources(found)["explain"] == "Größer als null"
    assert bool(found.repairs) == (encoding != "utf-8-sig")


def test_outputs_pictures_and_widgets_do_not_count() -> None:
    notebook = answered()
    cell(notebook, "train")["outputs"] = [{"text": '[{"step\\n' * 1_500_000}, {"data": {"deep": [[[]]] * 1000}}]
    cell(notebook, "explain")["attachments"] = {"a.png": {"image/png": "A" * 2**23}}
    notebook["metadata"]["widgets"] = {"state": {"x": ["y" * 2**20] * 8}}
    data = json.dumps(notebook).encode()
    assert len(data) > 2 * 2**23
    slim, _ = without_outputs(data)
    assert len(slim) < 2**17
    assert len(read_cells(data)[0]) == len(notebook["cells"])


def test_a_key_named_in_a_text_is_left_alone() -> None:
    text = json.dumps({"cells": [{"source": 'd = {"outputs": [1], "x": "\\\\"}', "outputs": [1]}]}).encode()
    assert json.loads(without_outputs(text)[0]) == {
        "cells": [{"source": 'd = {"outputs": [1], "x": "\\\\"}', "outputs": None}]
    }


def test_brackets_that_were_typed_are_text_and_no_structure() -> None:
    notebook = answered()
    cell(notebook, "explain")["source"] = "[{" * 200_000 + '"\\'
    assert len(read_cells(json.dumps(notebook).encode())[0]) == len(notebook["cells"])


@pytest.mark.parametrize("data", [b'{"cells": [' + b"{}," * 2_000_000 + b"{}]}", b"[" * 100_000, b'{"a":' * 100_000])
def test_what_would_fill_the_memory_is_not_parsed(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotPlain):
        read_cells(data)


def test_the_notebook_of_another_lesson_is_said_to_be_that(tmp_path: Path) -> None:
    other = read_built("release", "way2_tensors", REPOSITORY)
    assert "it is the notebook of way2_tensors" in read(tmp_path, other.text).unreadable


def test_the_names_and_lines_of_each_cell_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    n = dict.fromkeys(["tree_of", "squeezed"], 0)

    def counted(name: str, function: Callable[[str], Any]) -> Callable[[str], Any]:
        def count(text: str) -> Any:
            n[name] += 1
            return function(text)

        return count

    monkeypatch.setattr(cell_module, "tree_of", counted("tree_of", cell_module.tree_of))
    monkeypatch.setattr(mending, "squeezed", counted("squeezed", mending.squeezed))
    names = "# " + " ".join(RELEASE.named)
    mend([own(f"{names} {i}\n" + "x = 1\n" * 20) for i in range(400)], RELEASE)
    assert n["tree_of"] <= 2 * 400 + 50, "once for its names, once for whether it is words"
    assert n["squeezed"] <= 3 * 21 * 400
