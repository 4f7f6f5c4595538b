"""Courses for tests: a folder with one lesson, notebooks filled in and submitted, and what grading wrote on them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course.building.built_notebooks import REPOSITORY
from tests import bank

LESSON = "way1_numpy"
SLIP = bank.entry("way1_numpy.backward", "gradient_times_own_sign").source


def notebook(kind: str = "source") -> nbformat.NotebookNode:
    return nbformat.read(str(REPOSITORY / kind / LESSON / f"{LESSON}.ipynb"), as_version=4)


def answered(**answers: str) -> nbformat.NotebookNode:
    """Return the release filled with the given answers, otherwise with reference answers (not for written answers)."""
    reference = {c.metadata.nbgrader.grade_id: c.source for c in notebook().cells if "nbgrader" in c.metadata}
    filled = notebook("release")
    for cell in filled.cells:
        grader = cell.metadata.get("nbgrader", {})
        if grader.get("solution") and (cell.cell_type == "code" or grader["grade_id"] in answers):
            cell.source = answers.get(grader["grade_id"], reference[grader["grade_id"]])
    return filled


def hand_in(root: Path, student: str, content: nbformat.NotebookNode | str) -> Path:
    path = root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else nbformat.writes(content, version=4), encoding="utf-8")
    return path


def make_course(root: Path, lessons: Sequence[str] = (LESSON,)) -> Path:
    """Create a course folder without submissions."""
    for folder in ("source", "release"):
        for lesson in lessons:
            shutil.copytree(REPOSITORY / folder / lesson, root / folder / lesson)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    return root


def signed(name: str, **answers: str) -> nbformat.NotebookNode:
    """Return right answers, except for those given, that are not identical to any other student's."""
    made = answered(**answers)
    own = next(c for c in made.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "make_data")
    own.source += f"\n# {name}"
    return made


def waiting(made: nbformat.NotebookNode, seconds: float) -> nbformat.NotebookNode:
    """Make a submission take time but no CPU. The sleep is in an answer: with an extra cell, every figure is drawn."""
    own = next(c for c in made.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "make_data")
    own.source = f"import time\ntime.sleep({seconds})\n{own.source}"
    return made


def drawn(i: int) -> nbformat.NotebookNode:
    return signed(f"s{i}", loss_fn=f"def loss_fn(y_pred, y):\n    return {i}.0\n") if i % 2 else signed(f"s{i}")


def scores(root: Path, lesson: str = LESSON) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {s["student"]: s["code_score"] for s in gradebook.submission_dicts(lesson)}


def record(root: Path, student: str) -> dict:
    return json.loads((root / ".course/grading/done" / LESSON / f"{student}.json").read_text())


def run_python(folder: Path, environment: dict[str, str], *words: str) -> str:
    """Run Python in a course folder; return its output, stderr included. Its exit status must be 0."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout
