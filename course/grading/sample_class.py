"""A sample class made from the banks: what the demo grades."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course.exercises import LESSONS, exercises_of
from course.grading.submission import read_built

# Every sample student's name begins so, and a file in submitted/ says that the class is a sample: neither a real
# class nor a folder somebody put beside the sample is ever touched.
PREFIX = "demo-"
MARK = ".sample-class"

WRITTEN = "Because the gate was set on the way forward: a unit that was off did not take part in the answer."


@dataclass(frozen=True)
class SampleStudent:
    """One sample student: which answers from the banks, and what else happened to the notebooks.

    answers: exercise id -> file of the banks; an exercise not named is answered by the reference.
    blank: exercises left as handed out. damage: what happened to the file of a lesson, by lesson.
    """

    name: str
    answers: dict[str, Path]
    blank: frozenset[str] = frozenset()
    damage: dict[str, str] | None = None


def bank(root: Path, kind: str, exercise: str) -> list[Path]:
    lesson, name = exercise.split(".")
    return sorted((root / "banks" / kind / lesson / name).glob("*.py"))


def header(path: Path, key: str) -> str:
    for line in path.read_text(encoding="utf-8").splitlines()[:6]:
        if line.startswith(f"# {key}:"):
            return line.partition(":")[2].strip()
    return ""


def sample_class(root: Path) -> list[SampleStudent]:
    """Make up a class: right answers usual and unusual, each important mistake, blanks, a crash, a damaged file."""
    ids = [e.id for lesson in LESSONS for e in exercises_of(lesson)]
    right = {i: bank(root, "right", i) for i in ids}
    wrong = {
        i: [p for p in bank(root, "wrong", i) if header(p, "mistake") != "none" and not header(p, "outcome")]
        for i in ids
    }

    def unusual(k: int) -> dict[str, Path]:
        return {i: files[k % len(files)] for i, files in right.items() if files}

    def mistaken(k: int, every: int) -> dict[str, Path]:
        """Choose a wrong answer for one exercise in `every`, another mistake for each student."""
        chosen = dict(unusual(k))
        for j, i in enumerate(ids):
            if wrong[i] and (j + k) % every == 0:
                chosen[i] = wrong[i][(k * 7 + j) % len(wrong[i])]
        return chosen

    students = [SampleStudent(f"{PREFIX}01-ada", {})]
    names = "ben chen dora emil fatima goran hana ines jonas kofi lena mei nils olga priya quinn rosa sven tala".split()  # noqa: SIM905
    for k, name in enumerate(names):
        answers = unusual(k) if k < 6 else mistaken(k, 6 if k < 14 else 3)
        students.append(SampleStudent(f"{PREFIX}{k + 2:02d}-{name}", answers))
    # The original's own slip, in both lessons where it can be made.
    slip = {
        exercise: path
        for exercise in ("way1_numpy.backward", "way2_tensors.backward")
        for path in wrong[exercise]
        if header(path, "mistake") == "mask-from-gradient-sign"
    }
    n = len(students)
    half = frozenset(i for j, i in enumerate(ids) if j % 2)
    crash = {i: p for i in ids for p in bank(root, "wrong", i) if header(p, "outcome") == "crashed"}
    return [
        *students,
        SampleStudent(f"{PREFIX}{n + 1:02d}-uma-slip", slip),
        SampleStudent(f"{PREFIX}{n + 2:02d}-vera-blank", {}, frozenset(ids)),
        SampleStudent(f"{PREFIX}{n + 3:02d}-wim-half", {}, half),
        SampleStudent(f"{PREFIX}{n + 4:02d}-xia-crash", crash, damage={"way2_tensors": "exits"}),
        SampleStudent(f"{PREFIX}{n + 5:02d}-yara-torn", {}, damage={LESSONS[0]: "cut off", LESSONS[2]: "cells lost"}),
    ]


def notebook_of(root: Path, lesson: str, student: SampleStudent) -> NotebookNode:
    """Return one sample notebook: the release with answers filled in."""
    released, solved = _handed_out(root, lesson)
    notebook = copy.deepcopy(released)
    reference = {c.metadata.nbgrader.grade_id: c.source for c in solved.cells if "nbgrader" in c.metadata}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        exercise = f"{lesson}.{name}"
        if name == "explain":
            if exercise.partition(".")[0] + ".train" not in student.blank:
                cell.source = f"**Your answer**\n\n{WRITTEN}"
        elif cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        elif exercise in student.answers:
            cell.source = _as_handed_in(student.answers[exercise].read_text(encoding="utf-8"))
        elif exercise not in student.blank:
            cell.source = _as_handed_in(reference[name])
    return notebook


@cache
def _handed_out(root: Path, lesson: str) -> tuple[NotebookNode, NotebookNode]:
    return read_built("release", lesson, root).notebook, read_built("source", lesson, root).notebook


def _as_handed_in(answer: str) -> str:
    """Leave out what only a bank or a source notebook has: headers and marks."""
    bare = [
        line
        for line in answer.splitlines()
        if not line.startswith(("# mistake:", "# outcome:", "# note:", "# dtypes:")) and "### " not in line
    ]
    return "\n".join(bare).strip()


def _damaged(notebook: NotebookNode, damage: str) -> str:
    if damage == "exits":
        cell = nbformat.v4.new_code_cell("import os\nos._exit(1)", id="own-exit")
        notebook.cells.insert(4, cell)
    if damage == "cells lost":
        lost = ("check_gradients", "setup")
        notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in lost]
    text = nbformat.writes(notebook, version=4) + "\n"
    return text[: len(text) // 2] if damage == "cut off" else text


def write_class(root: Path, students: list[SampleStudent]) -> int:
    """Put the sample class in submitted/; return how many notebooks there are.

    Files that are there already with the same content are left as they are.
    """
    submitted = root / "submitted"
    submitted.mkdir(exist_ok=True)
    (submitted / MARK).write_text(
        "A sample class made by `course demo`. It may be deleted at any time.\n", encoding="utf-8"
    )
    count = 0
    for student in students:
        for lesson in LESSONS:
            path = submitted / student.name / lesson / f"{lesson}.ipynb"
            text = _damaged(notebook_of(root, lesson, student), (student.damage or {}).get(lesson, ""))
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
            count += 1
    known = {s.name for s in students}
    for folder in submitted.glob(f"{PREFIX}*"):
        if folder.name not in known:  # a sample student of an earlier version
            shutil.rmtree(folder)
    return count
