"""A demo class made from the banks: what the demo grades."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course.bank import NO_NAME, BankAnswer, answers
from course.grading.release import read_built
from course.language import later, of_notebook, say, using
from course.lessons import LESSONS, exercises_of

# Every sample student's name begins so, and a file in submitted/ says that the class is a sample: neither a real
# class nor a folder somebody put beside the sample is ever touched.
PREFIX = "demo-"
MARK = ".sample-class"

WRITTEN = later("Because the gate was set on the way forward: a unit that was off did not take part in the answer.")


@dataclass(frozen=True)
class DemoStudent:
    """One sample student: which answers from the banks, and what else happened to the notebooks.

    answers: exercise id -> text of the answer; an exercise not named is answered by the reference.
    blank: exercises left as handed out. damage: what happened to the file of a lesson, by lesson.
    """

    name: str
    answers: dict[str, str]
    blank: frozenset[str] = frozenset()
    damage: dict[str, str] | None = None


def demo_class(root: Path) -> list[DemoStudent]:
    """Make up a class: right answers usual and unusual, each important mistake, blanks, a crash, a damaged file."""
    ids = [e.id for lesson in LESSONS for e in exercises_of(lesson)]

    def texts(wanted: Callable[[BankAnswer], bool]) -> dict[str, list[str]]:
        return {i: [a.source for a in answers(root, i) if wanted(a)] for i in ids}

    right = texts(lambda a: a.kind == "right")
    wrong = texts(lambda a: a.outcome == "fail" and a.mistake != NO_NAME)

    def unusual(k: int) -> dict[str, str]:
        return {i: found[k % len(found)] for i, found in right.items() if found}

    def mistaken(k: int, every: int) -> dict[str, str]:
        """Choose a wrong answer for one exercise in `every`, another mistake for each student."""
        chosen = dict(unusual(k))
        for j, i in enumerate(ids):
            if wrong[i] and (j + k) % every == 0:
                chosen[i] = wrong[i][(k * 7 + j) % len(wrong[i])]
        return chosen

    students = [DemoStudent(f"{PREFIX}01-ada", {})]
    names = "ben chen dora emil fatima goran hana ines jonas kofi lena mei nils olga priya quinn rosa sven tala".split()  # noqa: SIM905
    for k, name in enumerate(names):
        chosen = unusual(k) if k < 6 else mistaken(k, 6 if k < 14 else 3)
        students.append(DemoStudent(f"{PREFIX}{k + 2:02d}-{name}", chosen))
    # The original's own slip, in both lessons where it can be made.
    slips = texts(lambda a: a.mistake == "mask-from-gradient-sign")
    slip = {i: slips[i][-1] for i in ("way1_numpy.backward", "way2_tensors.backward")}
    n = len(students)
    half = frozenset(i for j, i in enumerate(ids) if j % 2)
    crash = {i: found[-1] for i, found in texts(lambda a: a.outcome == "crashed").items() if found}
    return [
        *students,
        DemoStudent(f"{PREFIX}{n + 1:02d}-uma-slip", slip),
        DemoStudent(f"{PREFIX}{n + 2:02d}-vera-blank", {}, frozenset(ids)),
        DemoStudent(f"{PREFIX}{n + 3:02d}-wim-half", {}, half),
        DemoStudent(f"{PREFIX}{n + 4:02d}-xia-crash", crash, damage={"way2_tensors": "exits"}),
        DemoStudent(f"{PREFIX}{n + 5:02d}-yara-torn", {}, damage={LESSONS[0]: "cut off", LESSONS[2]: "cells lost"}),
    ]


def notebook_of(root: Path, lesson: str, student: DemoStudent) -> NotebookNode:
    """Return one sample notebook: the release with answers filled in."""
    released, solved = _handed_out(root, lesson)
    notebook = copy.deepcopy(released)
    reference = {c.metadata.nbgrader.grade_id: c.source for c in solved.cells if "nbgrader" in c.metadata}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        exercise = f"{lesson}.{name}"
        if name == "explain":
            if exercise.partition(".")[0] + ".train" not in student.blank:
                with using(of_notebook(released)):
                    cell.source = "\n\n".join([cell.source.partition("\n")[0], say(WRITTEN)])
        elif cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        elif exercise in student.answers:
            cell.source = student.answers[exercise]
        elif exercise not in student.blank:
            cell.source = _unmarked(reference[name])
    return notebook


@cache
def _handed_out(root: Path, lesson: str) -> tuple[NotebookNode, NotebookNode]:
    return read_built("release", lesson, root).notebook, read_built("source", lesson, root).notebook


def _unmarked(answer: str) -> str:
    """Leave out the marks that only a source notebook has."""
    return "\n".join(line for line in answer.splitlines() if "### " not in line).strip()


def _damaged(notebook: NotebookNode, damage: str) -> str:
    if damage == "exits":
        cell = nbformat.v4.new_code_cell("import os\nos._exit(1)", id="own-exit")
        notebook.cells.insert(4, cell)
    if damage == "cells lost":
        lost = ("check_gradients", "setup")
        notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in lost]
    text = nbformat.writes(notebook, version=4) + "\n"
    return text[: len(text) // 2] if damage == "cut off" else text


def write_class(root: Path, students: list[DemoStudent]) -> int:
    """Put the demo class in submitted/; return how many notebooks there are.

    Files that are there already with the same content are left as they are.
    """
    submitted = root / "submitted"
    submitted.mkdir(exist_ok=True)
    (submitted / MARK).write_text(
        "A demo class made by `course demo`. It may be deleted at any time.\n", encoding="utf-8"
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
