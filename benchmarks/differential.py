"""Whether honest answers earn the same with `course grade` as with stock `nbgrader autograde`, check by check.

    python -m benchmarks.differential [--kind right|wrong] [--notebooks N] [--lesson LESSON...]

The answers of the banks are packed into notebooks, one answer of each exercise in each, as many as the exercise with
the most answers has; where an exercise has fewer the reference stands. Both ways grade the same notebooks, and the
points of every check are compared in nbgrader's gradebooks. The exit status is 1 if any differ.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from benchmarks.stock import REPOSITORY, cell_scores, environment, make_course
from course.bank import BankAnswer
from course.lessons import LESSONS, exercises_of
from tests.attacks.corpus import filled
from tests.bank import entries


@dataclass
class Packed:
    """One notebook of answers from the banks; an exercise that is not named has its reference."""

    lesson: str
    student: str
    answers: dict[str, BankAnswer] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A check that earns more in one way than in the other. None: the notebook was not graded."""

    lesson: str
    check: str
    answer: str
    ours: float | None
    stock: float | None

    def __str__(self) -> str:
        return f"{self.lesson}.{self.check} {self.answer}: course grade {self.ours}, stock {self.stock}"


def comparable(entry: BankAnswer) -> bool:
    """Tell whether stock nbgrader survives an answer: what ends the kernel or never ends costs the whole notebook."""
    return entry.outcome != "timed_out" and "_exit" not in entry.source


def packed(lesson: str, kind: str) -> list[Packed]:
    """Pack all answers of one kind into as few notebooks as there is room for."""
    exercises = exercises_of(lesson)
    of_each = {e.name: [x for x in entries(e.id) if x.kind == kind and comparable(x)] for e in exercises}
    count = max(len(found) for found in of_each.values())
    return [
        Packed(lesson, f"{kind}-{i:03d}", {name: found[i] for name, found in of_each.items() if i < len(found)})
        for i in range(count)
    ]


def spread(notebooks: list[Packed], n: int) -> list[Packed]:
    """Choose n of the notebooks, evenly; the first are the fullest."""
    return notebooks if n >= len(notebooks) else [notebooks[i * len(notebooks) // n] for i in range(n)]


def hand_in(root: Path, notebooks: list[Packed]) -> None:
    for one in notebooks:
        sources = {name: entry.source for name, entry in one.answers.items()}
        folder = root / "submitted" / one.student / one.lesson
        folder.mkdir(parents=True)
        nbformat.write(filled(one.lesson, "right", **sources), str(folder / f"{one.lesson}.ipynb"))


def grade_stock(root: Path, notebooks: list[Packed], processes: int) -> dict[tuple[str, str, str], float]:
    """Grade with nbgrader's own steps, a process for each lesson."""
    lessons = sorted({one.lesson for one in notebooks})
    make_course(root, lessons, ("source", "release"))
    hand_in(root, notebooks)
    env = environment(REPOSITORY, root / "home")
    (root / "home" / "tmp").mkdir(parents=True)

    def autograde(lesson: str) -> None:
        words = [sys.executable, "-m", "nbgrader", "autograde", lesson]
        subprocess.run(words, cwd=root, env=env, capture_output=True, check=False)

    with ThreadPoolExecutor(processes) as executor:
        list(executor.map(autograde, lessons))
    return cell_scores(root)


def grade_ours(root: Path, notebooks: list[Packed], processes: int) -> dict[tuple[str, str, str], float]:
    for name in ("source", "release"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    hand_in(root, notebooks)
    words = [sys.executable, "-c", f"from course.grading import grade; grade(workers={processes})"]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(words, cwd=root, env=env, capture_output=True, check=True)
    return cell_scores(root)


def compare(notebooks: list[Packed], processes: int = 2) -> tuple[int, list[Difference]]:
    """Grade in both ways; return how many checks were compared, and where they differ."""
    folder = Path(tempfile.mkdtemp(prefix="course-differential-"))
    try:
        for name in ("ours", "stock"):
            (folder / name).mkdir()
        ours = grade_ours(folder / "ours", notebooks, processes)
        stock = grade_stock(folder / "stock", notebooks, processes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    compared, differences = 0, []
    for one in notebooks:
        for exercise in exercises_of(one.lesson):
            key = (one.student, one.lesson, f"check_{exercise.name}")
            entry = one.answers.get(exercise.name)
            answer = entry.id if entry else "reference"
            compared += 1
            mine, theirs = ours.get(key), stock.get(key)
            if mine is None or theirs is None or abs(mine - theirs) > 1e-6:
                differences.append(Difference(one.lesson, exercise.name, f"{one.student} {answer}", mine, theirs))
    return compared, differences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=["right", "wrong"], action="append")
    parser.add_argument("--notebooks", type=int, default=sys.maxsize, help="so many a lesson and kind, evenly chosen")
    parser.add_argument("--lesson", choices=LESSONS, action="append")
    options = parser.parse_args()
    status = 0
    for kind in options.kind or ["right", "wrong"]:
        of_each = {lesson: spread(packed(lesson, kind), options.notebooks) for lesson in options.lesson or LESSONS}
        _, differences = compare([one for notebooks in of_each.values() for one in notebooks])
        for lesson, notebooks in of_each.items():
            answers = sum(len(one.answers) for one in notebooks)
            mine = [d for d in differences if d.lesson == lesson]
            checks = len(notebooks) * len(exercises_of(lesson))
            line = f"{kind} {lesson}: {answers} answers in {len(notebooks)} notebooks, {checks} checks compared"
            print(line + f", {len(mine)} differ", *(f"  {d}" for d in mine), sep="\n", flush=True)
        status |= bool(differences)
    return status


if __name__ == "__main__":
    sys.exit(main())
