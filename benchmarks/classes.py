"""A class of any size, drawn from the banks: each student's answer to an exercise is right, wrong or blank."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import nbformat

from benchmarks.stock import settings
from course import bank
from course.grading.demo_class import PREFIX, DemoStudent, notebook_of
from course.lessons import LESSONS, exercises_of

REPOSITORY = Path(__file__).resolve().parents[1]
# Percentages of answers: right ones (half of them the reference itself), wrong ones of the banks; the rest is blank.
RIGHT, WRONG = 65, 30
# An answer that hangs takes the whole time limit, and one that ends the process costs nbgrader the whole notebook:
# neither says anything about speed.
LEFT_OUT = "timed_out"


@cache
def _answers(root: Path, kind: str, exercise: str) -> list[str]:
    found = [a for a in bank.answers(root, exercise) if a.kind == kind]
    return [a.source for a in found if a.outcome != LEFT_OUT and "_exit" not in a.source]


def draw_student(root: Path, i: int) -> DemoStudent:
    """Draw student number i; the same number draws the same answers."""
    chance = random.Random(i)
    answers, blank = {}, set()
    for exercise in (e.id for lesson in LESSONS for e in exercises_of(lesson)):
        right, wrong = _answers(root, "right", exercise), _answers(root, "wrong", exercise)
        sort = chance.randrange(100)
        if sort < RIGHT:
            if right and chance.random() < 0.5:
                answers[exercise] = chance.choice(right)
        elif sort < RIGHT + WRONG and wrong:
            answers[exercise] = chance.choice(wrong)
        else:
            blank.add(exercise)
    return DemoStudent(f"{PREFIX}{i:05d}", answers, frozenset(blank))


def hand_in(banks: Path, course: Path, n_students: int) -> int:
    """Write a class into a course's submitted/, no two notebooks alike; return the number of notebooks."""
    for i in range(n_students):
        student = draw_student(banks, i)
        for lesson in LESSONS:
            notebook = notebook_of(banks, lesson, student)
            own = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution"))
            own.source += f"\n# {student.name}"
            path = course / "submitted" / student.name / lesson / f"{lesson}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(nbformat.writes(notebook, version=4), encoding="utf-8")
    return n_students * len(LESSONS)


@contextmanager
def course_folder(n_students: int, *, stock: bool = False) -> Iterator[Path]:
    """Yield a course whose class has handed in, with the lessons in the gradebook, which is done once per course."""
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as name:
        folder = Path(name).resolve()
        for part in ("source", "release"):
            shutil.copytree(REPOSITORY / part, folder / part)
        config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
        (folder / "nbgrader_config.py").write_text(settings(config) if stock else config, encoding="utf-8")
        hand_in(REPOSITORY, folder, n_students)
        for lesson in LESSONS:
            run(["-m", "nbgrader", "generate_assignment", lesson, "--force"], folder)
        yield folder


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "OMP_NUM_THREADS": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }


def run(words: list[str], folder: Path) -> None:
    subprocess.run([sys.executable, *words], cwd=folder, env=environment(), check=False, capture_output=True)
