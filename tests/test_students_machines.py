"""The kit is all that a student needs: lessons are worked through without the rest of the course, then graded."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.desk import wheel as wheels
from course.desk.kit import write_kit
from course.exercise.idea import CATALOGUE
from course.grading import grade
from course.lessons import LESSONS, exercises_of
from tests import bank
from tests.course_factory import LESSON, REPOSITORY, make_course, scores
from tests.students_machines import add_oldest_torch, floor, newest, oldest

pytestmark = pytest.mark.slow

# By lesson and exercise: the wrong answer from the bank that is tried first.
WRONG = {
    "way1_numpy": {
        "forward": "leaky_where",
        "loss_fn": "np_mean",
        "backward": "gradient_times_own_sign",
        "train": "plus_for_minus",
    },
    "way2_tensors": {"forward": "clamp_in_place"},
    "way3_autograd": {"gradients": "half"},
    "way4_sequential": {"train": "weights_by_layer"},
    "way5_optimizer": {"adam_step": "betas_swapped"},
    "way6_module": {"ReLU": "own_sign"},
}


@dataclass(frozen=True)
class Walk:
    """A lesson worked through on a machine, and what its cells displayed."""

    machine: str
    lesson: str
    found: dict[str, Any]


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> list[Walk]:
    """Work through the first lesson on both machines, and through all lessons on the oldest."""
    return [*walks_on_the_oldest(unpacked(tmp_path_factory)), *walks_on_the_newest(unpacked(tmp_path_factory))]


def unpacked(factory: pytest.TempPathFactory) -> Path:
    """Unpack the clone's kit in an empty folder; return the kit's own folder."""
    root = factory.mktemp("machine")
    write_kit(root / "kit.zip", REPOSITORY)
    with zipfile.ZipFile(root / "kit.zip") as archive:
        archive.extractall(root)
    (kit,) = (path for path in root.iterdir() if path.is_dir())
    return kit


def walks_on_the_newest(kit: Path) -> Iterator[Walk]:
    yield walk("newest", newest(kit.parent / "environment"), kit / LESSON)


def walks_on_the_oldest(kit: Path) -> Iterator[Walk]:
    python = oldest(kit.parent / "environment")
    yield walk("oldest", python, kit / LESSON)
    subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "course"], check=True)
    add_oldest_torch(kit.parent / "environment", python)
    for lesson in LESSONS[1:]:
        yield walk("oldest", python, kit / lesson)
    shutil.rmtree(kit.parent / "environment")  # it takes 2 GB


def walk(machine: str, python: str, folder: Path) -> Walk:
    lesson, private = folder.name, folder.parents[1]
    answers = private / "answers.json"
    answers.write_text(json.dumps(sources(lesson)), encoding="utf-8")
    environment = {**os.environ, "MPLBACKEND": "agg", "IPYTHONDIR": str(private / "ipython"), "PYTHONPATH": ""}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # torch is compiled once, not for each lesson
    done = subprocess.run(
        [python, REPOSITORY / "tests" / "kit_walk.py", answers],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    worked_on = (folder / f"{lesson}.ipynb").read_text(encoding="utf-8")
    return Walk(machine, lesson, {**json.loads(done.stdout.splitlines()[-1]), "notebook": worked_on})


def sources(lesson: str) -> dict[str, list[str]]:
    """Return, for each exercise, the chosen wrong answer, if any, and then the right one."""
    names = {exercise.name for exercise in exercises_of(lesson)}
    cells = nbformat.read(str(REPOSITORY / "source" / lesson / f"{lesson}.ipynb"), as_version=4).cells
    wrong = {name: [bank.entry(f"{lesson}.{name}", chosen).source] for name, chosen in WRONG[lesson].items()}
    return {cell.id: [*wrong.get(cell.id, []), cell.source] for cell in cells if cell.id in names}


def test_the_first_cell_says_what_to_install_and_nothing_else_is_replaced(walks: list[Walk]) -> None:
    first = [walk for walk in walks if walk.found["missing"]]
    assert [(walk.machine, walk.lesson) for walk in first] == [
        ("oldest", LESSON),
        ("oldest", "way2_tensors"),
        ("newest", LESSON),
    ]
    for walk in first:
        said = walk.found["missing"].strip().splitlines()
        assert said[0].startswith("The course's package is missing here;") and len(said) == 3
        assert walk.found["after"] == {**walk.found["before"], "course": wheels.version()}


def test_mistakes_are_named_and_each_lesson_ends_with_all_points(walks: list[Walk]) -> None:
    assert {walk.lesson for walk in walks} == {*LESSONS}
    for walk in walks:
        assert walk.found["said"].keys() == sources(walk.lesson).keys() and walk.found["errors"] == {}
        for name, (*wrong, right) in walk.found["said"].items():
            assert "✓" in right and "✗" not in right, right
            assert len(wrong) == (name in WRONG[walk.lesson])
            for said in wrong:
                mistake = bank.entry(f"{walk.lesson}.{name}", WRONG[walk.lesson][name]).mistake
                assert CATALOGUE[mistake].hint in said, said
                assert "in the tiny example of the text:" in said and f'check.case("{name}")' in said
        assert "Points so far: 20 of 20" in walk.found["progress"]
        assert re.search(rf"{walk.lesson} +20 of 20  \d of \d checks run", walk.found["points"])


def test_the_first_lesson_needs_no_torch_and_no_lesson_what_only_instructors_have(walks: list[Walk]) -> None:
    for walk in walks:
        assert walk.found["modules"] == ([] if walk.lesson == LESSON else ["torch"])
    (with_old_torch,) = {w.found["before"]["torch"] for w in walks if w.machine == "oldest" and w.lesson != LESSON}
    assert with_old_torch.startswith(f"{floor('torch')}.")


def test_what_was_worked_on_is_graded_as_its_checks_said(walks: list[Walk], tmp_path: Path) -> None:
    course = make_course(tmp_path, LESSONS)
    for walk in walks:
        place = course / "submitted" / walk.machine / walk.lesson / f"{walk.lesson}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(walk.found["notebook"], encoding="utf-8")
    assert grade(root=course, workers=1) == 0
    for lesson in LESSONS:
        machines = {walk.machine for walk in walks if walk.lesson == lesson}
        assert scores(course, lesson) == dict.fromkeys(machines, 20)
