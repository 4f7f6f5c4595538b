"""Hand in the attacks, the damages and some honest work, and look at what the graded notebooks show."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from course.building.built_notebooks import REPOSITORY
from course.sandbox import Limits
from tests import bank
from tests.attacks.corpus import attacks, filled, submission, without_demonstrations
from tests.attacks.damages import DAMAGES

if TYPE_CHECKING:
    from course.grading.graded import Graded

# What the submissions must not get to see: in the instructor's environment, in home, in another's notebook.
SECRETS = ("SECRET-OF-THE-ENVIRONMENT", "SECRET-OF-HOME", "HONEST-MARK")
# What an attack prints where it gets through to something.
REACHED = "REACHED"
LIMITS = Limits(cell_s=3, answer_s=3, total_s=20, memory_mib=384, disk_mib=32, processes=48)
SLIP = bank.entry("way1_numpy.backward", "gradient_times_own_sign").source
HONEST: dict[str, tuple[str, dict[str, str], float]] = {
    "honest": ("way1_numpy", {}, 20.0),
    "honest-slip": ("way1_numpy", {"backward": SLIP}, 17.0),
    "honest-tensors": ("way2_tensors", {}, 20.0),
    "honest-adam": ("way5_optimizer", {}, 20.0),
}
# Names that a file system takes, and that other things stumble over.
ODD_NAMES = [
    "o'brien; drop table grade--",
    "名前",
    "-rf",
    "a b",
    "x%2e%2e",
    "line\nbreak",
    "<script>ACTIVE</script>".replace("/", ""),
]
ATTACKS = {a.student: a for a in attacks()}
DAMAGED = {f"damage-{d.name}": d for d in DAMAGES}
DAMAGED_LESSON = "way1_numpy"
EVERYBODY = [*HONEST, *ATTACKS, *DAMAGED, *ODD_NAMES]


def place_of(root: Path, student: str, lesson: str) -> Path:
    """Make the folder in which a student hands in, and return the notebook's name in it."""
    folder = root / "submitted" / student / lesson
    folder.mkdir(parents=True)
    return folder / f"{lesson}.ipynb"


def hand_in_honest(root: Path, student: str, lesson: str, answers: dict[str, str] | None = None) -> None:
    """Hand in the reference, but for some answers, with a mark that nobody else is to see."""
    made = filled(lesson, **(answers or {}))
    made.cells.append(nbformat.v4.new_code_cell("# HONEST-MARK" * 50, id="mark"))
    nbformat.write(made, str(place_of(root, student, lesson)))


def hand_in_attack(root: Path, student: str) -> None:
    attack = ATTACKS[student]
    nbformat.write(submission(attack), str(place_of(root, student, attack.lesson)))


def hand_in_damage(root: Path, student: str) -> None:
    file = place_of(root, student, DAMAGED_LESSON)
    DAMAGED[student].do(json.loads(nbformat.writes(without_demonstrations(filled(DAMAGED_LESSON)))), file)


def hand_in_class(root: Path, students: Collection[str]) -> None:
    """Hand in what the students of the class do: the honest, attacks, damages, and right work under odd names."""
    for student in students:
        if student in HONEST:
            lesson, answers, _ = HONEST[student]
            hand_in_honest(root, student, lesson, answers)
        elif student in ATTACKS:
            hand_in_attack(root, student)
        elif student in DAMAGED:
            hand_in_damage(root, student)
        else:
            nbformat.write(without_demonstrations(filled("way1_numpy")), str(place_of(root, student, "way1_numpy")))
    if "honest-slip" in students:
        (root / "submitted" / "honest-slip" / "way1_numpy" / "timestamp.txt").write_text("2026-01-05 10:00:00 UTC")


def make_course(root: Path) -> None:
    for folder in ("source", "release"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)


def grade(root: Path, workers: int = 2) -> Iterator[Graded]:
    """Grade the class as `course grade` does, with short limits, and give each student's as it is there."""
    # not at the top: who only hands in does not wait for nbgrader to be imported
    from course.grading.batch import run_class
    from course.grading.finding import find
    from course.grading.grader import Grader

    lessons = sorted({p.name for p in (root / "submitted").glob("*/*")})
    with contextlib.closing(Grader(root, limits=LIMITS)) as grader:
        yield from run_class(grader, find(root, lessons).tasks, workers=workers)


def seen_in(root: Path, student: str) -> list[str]:
    """Return which secrets, or signs of having got through, stand in the outputs of a graded notebook."""
    found: set[str] = set()
    for file in (root / "autograded" / student).rglob("*.ipynb"):
        if file.is_file():
            outputs = [o for c in nbformat.read(str(file), as_version=4).cells for o in c.get("outputs", [])]
            text = json.dumps(outputs)
            found |= {word for word in (REACHED, *SECRETS) if word in text}
    return sorted(found)
