"""The class that `course demo` grades, made from the answers in the banks."""

from __future__ import annotations

import copy
import datetime
import itertools
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course.bank import BankAnswer, answers
from course.grading.cell import by_name, name_of
from course.grading.graded import TIMESTAMP
from course.grading.release import read_built
from course.language import later, of_notebook, say, using
from course.lessons import LESSONS, exercises_of

# Every demo student's name begins with PREFIX, and the file MARK in submitted/ says that the class is a demo: neither a
# real class nor a folder that somebody put beside the demo class is ever touched.
PREFIX = "demo-"
MARK = ".sample-class"

WRITTEN = later("Because the gate was set on the way forward: a unit that was off did not take part in the answer.")

# Common mistakes: mistake id -> exercise id -> number of students. Most repeat a mistake in its next exercise.
COMMON = {
    "mask-from-gradient-sign": {"way1_numpy.backward": 8, "way2_tensors.backward": 6, "way6_module.ReLU": 3},
    "mean-not-sum": {"way1_numpy.loss_fn": 6, "way2_tensors.loss_fn": 3, "way4_sequential.make_loss": 4},
    "w2-updated-first": {"way1_numpy.train": 4, "way2_tensors.train": 2},
    "dtype-ignored": {"way2_tensors.make_data": 4, "way3_autograd.make_weights": 2},
    "never-zeroed": {"way3_autograd.gradients": 7, "way3_autograd.train": 5, "way5_optimizer.train": 3},
    "bias-gradient-not-summed": {"way4_sequential.linear_backward": 6},
    "no-bias-correction": {"way5_optimizer.adam_step": 7},
    "layers-in-list": {"way6_module.TwoLayerNet": 4},
}
# Apart from these, one answer in ONE_WRONG_IN is wrong in another way, and the weakest leave one in ONE_BLANK_IN blank.
ONE_WRONG_IN, ONE_BLANK_IN = 6, 12
# When the first lesson is due, in UTC; each further one is due a week later. Most students submit the evening before.
DUE = datetime.datetime(2026, 3, 10, 12)
IN_TIME, LATE = datetime.timedelta(hours=-15), datetime.timedelta(hours=21)
N_LATE = 3


@dataclass(frozen=True)
class DemoStudent:
    """A demo student: the answers taken from the banks, and what else happened to the notebooks.

    answers: exercise id -> source of the answer; every other exercise gets the reference solution.
    blank: ids of exercises left as released. damage: lesson -> damage to its file. late: lessons submitted late.
    """

    name: str
    answers: dict[str, str]
    blank: frozenset[str] = frozenset()
    damage: dict[str, str] | None = None
    late: frozenset[str] = frozenset()


def demo_class(root: Path) -> list[DemoStudent]:
    """Make up a class: a few common mistakes, many rare ones, blanks, late submissions, a crash, damaged files.

    Each student knows less than the one before. The class is the same each time.
    """
    ids = [e.id for lesson in LESSONS for e in exercises_of(lesson)]

    def texts(wanted: Callable[[BankAnswer], bool]) -> dict[str, list[str]]:
        return {i: [a.source for a in answers(root, i) if wanted(a)] for i in ids}

    right = texts(lambda a: a.kind == "right")
    wrong = texts(lambda a: a.outcome == "fail")
    names = "ben chen dora emil fatima goran hana ines jonas kofi lena mei nils olga priya quinn rosa sven tala".split()  # noqa: SIM905
    chosen = [{i: found[k % len(found)] for i, found in right.items() if found} for k in range(len(names))]
    blank: list[set[str]] = [set() for _ in names]

    def chance(*of: object) -> float:
        return random.Random(" ".join(map(str, of))).random()

    for k, i in itertools.product(range(len(names)), ids):
        weak = 2 * k / len(names)  # 1 on average
        if wrong[i] and chance("wrong", k, i) < weak / ONE_WRONG_IN:
            chosen[k][i] = wrong[i][int(chance("which", k, i) * len(wrong[i]))]
        elif chance("blank", k, i) < (weak - 1) / ONE_BLANK_IN:
            blank[k].add(i)
    for mistake, places in COMMON.items():
        shown = texts(lambda a, mistake=mistake: a.outcome == "fail" and a.mistake == mistake)  # type: ignore[misc]
        prone = sorted(range(len(names)), key=lambda k: chance(mistake, k) ** (1 / (k + 1)), reverse=True)  # noqa: B023
        for i, n in places.items():
            for k in prone[:n]:
                chosen[k][i] = shown[i][k % len(shown[i])]
                blank[k].discard(i)
    late = dict.fromkeys(range(len(names) - N_LATE, len(names)), frozenset(LESSONS[1::2]))
    students = [DemoStudent(f"{PREFIX}01-ada", {})] + [
        DemoStudent(f"{PREFIX}{k + 2:02d}-{name}", chosen[k], frozenset(blank[k]), late=late.get(k, frozenset()))
        for k, name in enumerate(names)
    ]
    # The slip of the original code, in the two lessons that write `backward` by hand.
    slips = texts(lambda a: a.mistake == "mask-from-gradient-sign")
    slip = {i: slips[i][-1] for i in ("way1_numpy.backward", "way2_tensors.backward")}
    n = len(students)
    half = frozenset(i for j, i in enumerate(ids) if j % 2)
    crashed = texts(lambda a: a.outcome == "crashed").items()
    crash = {i: found[j % len(found)] for j, (i, found) in enumerate(crashed) if found}
    return [
        *students,
        DemoStudent(f"{PREFIX}{n + 1:02d}-uma-slip", slip),
        DemoStudent(f"{PREFIX}{n + 2:02d}-vera-blank", {}, frozenset(ids)),
        DemoStudent(f"{PREFIX}{n + 3:02d}-wim-half", {}, half),
        DemoStudent(f"{PREFIX}{n + 4:02d}-xia-crash", crash, damage={"way2_tensors": "exits"}),
        DemoStudent(f"{PREFIX}{n + 5:02d}-yara-torn", {}, damage={LESSONS[0]: "cut off", LESSONS[2]: "cells lost"}),
    ]


def notebook_of(root: Path, lesson: str, student: DemoStudent) -> NotebookNode:
    """Return a demo student's notebook: the release with answers filled in."""
    released, solved = _handed_out(root, lesson)
    notebook = copy.deepcopy(released)
    reference = by_name(solved.cells)
    for cell in notebook.cells:
        name = name_of(cell)
        exercise = f"{lesson}.{name}"
        if name == "explain":
            if exercise.partition(".")[0] + ".train" not in student.blank:
                with using(of_notebook(released)):
                    cell.source = "\n\n".join([cell.source.partition("\n")[0], say(WRITTEN)])
        elif not is_blank(cell) or exercise in student.blank:
            continue
        elif exercise in student.answers:
            cell.source = student.answers[exercise]
        else:
            # without the solution markers, which only source notebooks have
            cell.source = "\n".join(x for x in reference[name].source.splitlines() if "### " not in x).strip()
    return notebook


def is_blank(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("solution"))


@cache
def _handed_out(root: Path, lesson: str) -> tuple[NotebookNode, NotebookNode]:
    return read_built("release", lesson, root).notebook, read_built("source", lesson, root).notebook


def _damaged(notebook: NotebookNode, damage: str) -> str:
    if damage == "exits":
        cell = nbformat.v4.new_code_cell("import os\nos._exit(1)", id="own-exit")
        notebook.cells.insert(4, cell)
    if damage == "cells lost":
        lost = ("check_gradients", "setup")
        notebook.cells = [c for c in notebook.cells if name_of(c) not in lost]
    text = nbformat.writes(notebook, version=4) + "\n"
    return text[: len(text) // 2] if damage == "cut off" else text


def due(lesson: str) -> datetime.datetime:
    """Return when a lesson of the demo class is due, in UTC."""
    return DUE + datetime.timedelta(weeks=LESSONS.index(lesson))


def set_due_dates(root: Path) -> None:
    """Enter the due dates of the demo class's lessons in the gradebook."""
    from course.grading.database import opened_gradebook

    with opened_gradebook(root) as (gradebook, _):
        for lesson in LESSONS:
            gradebook.update_or_create_assignment(lesson, duedate=due(lesson))


def write_class(root: Path, students: list[DemoStudent]) -> int:
    """Write the demo class to submitted/; return the number of notebooks.

    Files that already have the same content are left untouched.
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
            handed_in = due(lesson) + (LATE if lesson in student.late else IN_TIME)
            path.parent.mkdir(parents=True, exist_ok=True)
            for file, content in ((path, text), (path.with_name(TIMESTAMP), f"{handed_in} UTC")):
                if not file.exists() or file.read_text(encoding="utf-8") != content:
                    file.write_text(content, encoding="utf-8")
            count += 1
    known = {s.name for s in students}
    for folder in submitted.glob(f"{PREFIX}*"):
        if folder.name not in known:  # a demo student of an earlier version
            shutil.rmtree(folder)
    return count
