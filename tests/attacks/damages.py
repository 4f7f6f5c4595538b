"""Ways in which a submission can be damaged, by accident or on purpose: each changes one that is right.

A damage gets the notebook (right in every answer) and the file to write, and returns nothing. Its marks say what is
to come of it: the status and the points from checks, out of 20.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Damage:
    """What a damage does, and what is to come of it."""

    name: str
    what: str
    do: Callable[[Notebook, Path], None]
    status: str
    points: float


DAMAGES: list[Damage] = []


def damage(
    status: str, points: float
) -> Callable[[Callable[[Notebook, Path], None]], Callable[[Notebook, Path], None]]:
    def register(do: Callable[[Notebook, Path], None]) -> Callable[[Notebook, Path], None]:
        DAMAGES.append(Damage(do.__name__, (do.__doc__ or "").strip(), do, status, points))
        return do

    return register


def write(notebook: Any, file: Path) -> None:
    file.write_text(json.dumps(notebook), encoding="utf-8")


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(c for c in notebook["cells"] if mark(c).get("grade_id") == name)


def mark(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})


def place(notebook: Notebook, name: str) -> int:
    return next(i for i, c in enumerate(notebook["cells"]) if mark(c).get("grade_id") == name)


# ---------------------------------------------------------------- cells


@damage("repaired", 20)
def cell_copied(notebook: Notebook, file: Path) -> None:
    """An answer's cell is there twice, mark and all."""
    i = place(notebook, "forward")
    notebook["cells"].insert(i, notebook["cells"][i])
    write(notebook, file)


@damage("repaired", 20)
def check_deleted(notebook: Notebook, file: Path) -> None:
    """A check cell was deleted."""
    del notebook["cells"][place(notebook, "check_backward")]
    write(notebook, file)


@damage("repaired", 12)
def answer_deleted(notebook: Notebook, file: Path) -> None:
    """An answer's cell was deleted; what needs it is asked with a right one."""
    del notebook["cells"][place(notebook, "backward")]
    write(notebook, file)


@damage("repaired", 20)
def all_marks_lost(notebook: Notebook, file: Path) -> None:
    """No cell has metadata any more, as after a trip through another editor."""
    for c in notebook["cells"]:
        c["metadata"] = {}
        c.pop("id", None)
    write(notebook, file)


@damage("graded", 20)
def points_raised(notebook: Notebook, file: Path) -> None:
    """The points in the metadata were raised to 1000."""
    for c in notebook["cells"]:
        if "points" in mark(c):
            mark(c)["points"] = 1000
    write(notebook, file)


@damage("graded", 20)
def flags_flipped(notebook: Notebook, file: Path) -> None:
    """Every flag of nbgrader's is the other way round, so that nothing is locked and nothing graded."""
    for c in notebook["cells"]:
        for flag in ("grade", "locked", "solution", "task"):
            if flag in mark(c):
                mark(c)[flag] = not mark(c)[flag]
        if mark(c):
            mark(c)["schema_version"] = 1
    write(notebook, file)


@damage("repaired", 20)
def checks_emptied(notebook: Notebook, file: Path) -> None:
    """Every check cell was replaced by a line that prints a pass."""
    for c in notebook["cells"]:
        if mark(c).get("grade_id", "").startswith("check_"):
            c["source"] = "print('pass')"
    write(notebook, file)


@damage("graded", 0)
def passes_written(notebook: Notebook, file: Path) -> None:
    """The answers are gone, and every cell has the outputs of a full score."""
    for c in notebook["cells"]:
        if c["cell_type"] == "code":
            if mark(c).get("solution"):
                c["source"] = "raise NotImplementedError"
            data = {"text/plain": "20"}
            c["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}]
    write(notebook, file)


@damage("repaired", 20)
def cell_retyped(notebook: Notebook, file: Path) -> None:
    """A check cell was turned into prose."""
    c = cell(notebook, "check_forward")
    c["cell_type"] = "markdown"
    c.pop("outputs", None)
    c.pop("execution_count", None)
    write(notebook, file)


@damage("graded", 20)
def cell_split(notebook: Notebook, file: Path) -> None:
    """An answer's cell was split in two; the half with the function has no mark."""
    i = place(notebook, "forward")
    c = notebook["cells"][i]
    own = {"cell_type": "code", "id": "half", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].insert(i + 1, {**own, "source": c["source"]})
    c["source"] = "# my notes"
    write(notebook, file)


@damage("graded", 20)
def checks_first(notebook: Notebook, file: Path) -> None:
    """All check cells were moved to the top."""
    notebook["cells"].sort(key=lambda c: not mark(c).get("grade_id", "").startswith("check_"))
    write(notebook, file)


@damage("graded", 20)
def same_ids(notebook: Notebook, file: Path) -> None:
    """All cells have the same id."""
    for c in notebook["cells"]:
        c["id"] = "same"
    write(notebook, file)


@damage("graded", 20)
def odd_ids(notebook: Notebook, file: Path) -> None:
    """Ids are numbers, lists, nothing, or very long."""
    for i, c in enumerate(notebook["cells"]):
        c["id"] = [7, ["a"], None, "x" * 10_000, "../../etc"][i % 5]
    write(notebook, file)


@damage("repaired", 20)
def marks_of_odd_types(notebook: Notebook, file: Path) -> None:
    """nbgrader's marks are lists, numbers and nothing."""
    for i, c in enumerate(notebook["cells"]):
        if mark(c):
            c["metadata"]["nbgrader"] = [[], 3, None, {"grade_id": 7}, {"grade_id": None}][i % 5]
    write(notebook, file)


@damage("graded", 20)
def own_mark(notebook: Notebook, file: Path) -> None:
    """A graded cell of the student's own invention, worth 500 points."""
    invented = {"grade": True, "grade_id": "bonus", "locked": False, "points": 500, "schema_version": 3}
    new = {"cell_type": "code", "id": "bonus", "source": "500", "outputs": [], "execution_count": 1}
    notebook["cells"].append({**new, "metadata": {"nbgrader": {**invented, "solution": False, "task": False}}})
    write(notebook, file)


@damage("graded", 20)
def sources_as_lists(notebook: Notebook, file: Path) -> None:
    """Sources are lists of lines, with things in between that are no text."""
    for c in notebook["cells"]:
        if isinstance(c["source"], str):
            c["source"] = [part for line in c["source"].splitlines(keepends=True) for part in (line, 7, None)]
    write(notebook, file)


@damage("graded", 20)
def things_between_cells(notebook: Notebook, file: Path) -> None:
    """Between the cells lie nulls, numbers and texts."""
    notebook["cells"] = [thing for c in notebook["cells"] for thing in (None, 3, "cell", [], c)]
    write(notebook, file)


@damage("repaired", 20)
def active_prose(notebook: Notebook, file: Path) -> None:
    """Scripts, frames and links that act, in prose, output and metadata."""
    active = (
        "<script>document.title='ACTIVE'</script><img src=x onerror=\"ACTIVE()\"><iframe src='javascript:ACTIVE()'>"
    )
    new = {"cell_type": "markdown", "id": "active", "metadata": {}, "source": active}
    raw = {"cell_type": "raw", "id": "raw", "metadata": {"raw_mimetype": "text/html", "format": "text/html"}}
    notebook["cells"] += [new, {**raw, "source": active}]
    cell(notebook, "forward")["outputs"] = [
        {"output_type": "display_data", "data": {"text/html": active}, "metadata": {}}
    ]
    notebook["metadata"]["title"] = active
    write(notebook, file)


@damage("unreadable", 0)
def many_cells(notebook: Notebook, file: Path) -> None:
    """Five thousand cells."""
    new = {"cell_type": "code", "id": "x", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    notebook["cells"] += [new] * 5000
    write(notebook, file)


@damage("unreadable", 0)
def much_text(notebook: Notebook, file: Path) -> None:
    """Twenty megabytes of code."""
    notebook["cells"][-1]["source"] = "x = 1\n" * 3_500_000
    write(notebook, file)


@damage("graded", 18)
def hostile_text(notebook: Notebook, file: Path) -> None:
    """Code that brings a parser to its knees, in an answer's cell."""
    cell(notebook, "loss_fn")["source"] = "x = " + "-" * 90_000 + "1"
    write(notebook, file)


# ---------------------------------------------------------------- files


@damage("unreadable", 0)
def torn(notebook: Notebook, file: Path) -> None:
    """The file ends in the middle."""
    file.write_text(json.dumps(notebook)[:9000])


@damage("unreadable", 0)
def empty(notebook: Notebook, file: Path) -> None:
    """The file is empty."""
    file.write_bytes(b"")


@damage("unreadable", 0)
def other_format(notebook: Notebook, file: Path) -> None:
    """The file is a zip."""
    file.write_bytes(b"PK\x03\x04" + os.urandom(4000))


@damage("unreadable", 0)
def only_a_list(notebook: Notebook, file: Path) -> None:
    """The file is JSON, but a list."""
    write([notebook], file)


@damage("unreadable", 0)
def cells_are_a_number(notebook: Notebook, file: Path) -> None:
    """The cells are no list."""
    write({**notebook, "cells": 20}, file)


@damage("unreadable", 0)
def nested_deep(notebook: Notebook, file: Path) -> None:
    """JSON nested a hundred thousand deep."""
    file.write_text("[" * 100_000 + "]" * 100_000)


@damage("graded", 20)
def not_a_number(notebook: Notebook, file: Path) -> None:
    """NaN, infinity and numbers without end in the metadata."""
    write({**notebook, "nbformat": float("nan"), "nbformat_minor": float("inf"), "metadata": {"x": 1e308 * 10}}, file)


@damage("graded", 20)
def byte_order_mark(notebook: Notebook, file: Path) -> None:
    """A byte order mark and Windows line ends."""
    text = json.dumps(notebook, indent=1).replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())


@damage("repaired", 20)
def sixteen_bits(notebook: Notebook, file: Path) -> None:
    """UTF-16."""
    file.write_bytes(json.dumps(notebook).encode("utf-16"))


@damage("graded", 20)
def half_a_pair(notebook: Notebook, file: Path) -> None:
    """Half a surrogate pair in the prose and the code."""
    cell(notebook, "explain")["source"] = "\ud800"
    cell(notebook, "forward")["source"] += "\n# \ud83d"
    write(notebook, file)


@damage("repaired", 20)
def third_format(notebook: Notebook, file: Path) -> None:
    """Notebook format 3: worksheets, and `input` for `source`; marks are lost on the way."""
    cells = []
    for c in notebook["cells"]:
        kept = {"cell_type": c["cell_type"], "metadata": {}}
        cells.append({**kept, "input" if c["cell_type"] == "code" else "source": c["source"]})
    write({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}, file)


@damage("repaired", 20)
def renamed(notebook: Notebook, file: Path) -> None:
    """The notebook has another name."""
    write(notebook, file.with_name("my solution (1).ipynb"))


@damage("repaired", 20)
def a_folder(notebook: Notebook, file: Path) -> None:
    """A folder has the notebook's name, and the notebook lies in it."""
    file.mkdir()
    write(notebook, file / file.name)


@damage("unreadable", 0)
def a_pipe(notebook: Notebook, file: Path) -> None:
    """A pipe nobody writes to has the notebook's name."""
    os.mkfifo(file)


@damage("unreadable", 0)
def large(notebook: Notebook, file: Path) -> None:
    """Forty megabytes, nearly all of them outputs."""
    write({**notebook, "metadata": {"x": "y" * (40 * 2**20)}}, file)


@damage("unreadable", 0)
def link_to_another(notebook: Notebook, file: Path) -> None:
    """A symbolic link to an honest student's notebook."""
    file.symlink_to(file.parents[2] / "honest" / file.parent.name / file.name)


@damage("unreadable", 0)
def hard_link(notebook: Notebook, file: Path) -> None:
    """A hard link to the instructor's notebook."""
    os.link(file.parents[3] / "source" / file.parent.name / file.name, file)


@damage("unreadable", 0)
def link_without_end(notebook: Notebook, file: Path) -> None:
    """A symbolic link to a device that never ends."""
    file.symlink_to("/dev/zero")


@damage("unreadable", 0)
def folder_is_a_link(notebook: Notebook, file: Path) -> None:
    """The lesson's folder is a link to an honest student's."""
    file.parent.rmdir()
    file.parent.symlink_to(file.parents[2] / "honest" / file.parent.name)


@damage("unreadable", 0)
def student_is_a_link(notebook: Notebook, file: Path) -> None:
    """The student's folder is a link to an honest student's."""
    file.parent.rmdir()
    file.parents[1].rmdir()
    file.parents[1].symlink_to(file.parents[2] / "honest")


@damage("graded", 20)
def timestamp_is_a_folder(notebook: Notebook, file: Path) -> None:
    """The timestamp is a folder."""
    (file.parent / "timestamp.txt").mkdir()
    write(notebook, file)


@damage("graded", 20)
def timestamp_of_garbage(notebook: Notebook, file: Path) -> None:
    """The timestamp is no time."""
    (file.parent / "timestamp.txt").write_bytes(b"\xff\x00 yesterday \n" * 1000)
    write(notebook, file)


@damage("graded", 20)
def timestamp_is_a_link(notebook: Notebook, file: Path) -> None:
    """The timestamp is a link to a device that never ends."""
    (file.parent / "timestamp.txt").symlink_to("/dev/zero")
    write(notebook, file)


@damage("graded", 20)
def modules_beside(notebook: Notebook, file: Path) -> None:
    """Beside the notebook lie modules that would shadow NumPy and the course, and settings for nbgrader."""
    for name in ("numpy.py", "course.py", "sitecustomize.py", "nbgrader_config.py", "gradebook.db"):
        (file.parent / name).write_text("raise SystemExit('shadowed')\n")
    write(notebook, file)
