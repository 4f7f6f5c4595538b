"""The guides work as written: a seventh lesson made from the guide alone, in a copy of the course."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from course.building.built_notebooks import REPOSITORY
from tests.course_factory import run_python

DOCS = REPOSITORY / "docs"
COPIED = ("course", "lessons", "source", "release", "banks", "tests", "nbgrader_config.py", "pyproject.toml")
LESSON = "way7_bias"
RIGHT = ("x.dot(w) + b", "np.matmul(x, w) + b[None]", "np.einsum('ij,jk->ik', x, w) + b", "b + np.dot(x, w)")
WRONG = ("x @ w - b", "x @ w + b.sum()", "(x @ w) * b", "x @ (w + b)")


def in_copy(root: Path, *words: str) -> str:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "HOME": str(root), "CUDA_VISIBLE_DEVICES": ""}
    return run_python(root, environment, *words)


def course_in(root: Path, command: str) -> str:
    return in_copy(root, "-c", f"from course.cli import main\nmain({command.split()!r})")


@pytest.fixture(scope="module")
def seventh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course with the guide's lesson: its text, its module, its line in the list of lessons, its bank."""
    root = tmp_path_factory.mktemp("seventh")
    for name in COPIED:
        copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
        copy(REPOSITORY / name, root / name)
    text, module, bank = re.findall(r"```python\n(.*?)```", (DOCS / "add-a-lesson.md").read_text(), re.DOTALL)
    (root / "lessons" / f"{LESSON}.py").write_text(text)
    (root / "course" / "lessons" / f"{LESSON}.py").write_text(module)
    registry = root / "course" / "lessons" / "__init__.py"
    registry.write_text(registry.read_text().replace('    "way6_module",\n', f'    "way6_module",\n    "{LESSON}",\n'))
    answer = "\n# %% {}\ndef shifted(x, w, b):\n    return {}\n"
    bank += "".join(answer.format(f"right_{i}", code) for i, code in enumerate(RIGHT))
    bank += "".join(answer.format(f'wrong_{i} mistake="none"', code) for i, code in enumerate(WRONG))
    (root / "banks" / LESSON).mkdir()
    (root / "banks" / LESSON / "shifted.py").write_text(bank)
    course_in(root, f"build {LESSON}")
    return root


@pytest.mark.slow
def test_a_lesson_added_by_the_guide_passes_every_test_of_a_lesson(seventh: Path) -> None:
    tests = [f"tests/test_{name}.py" for name in ("banks", "release", "imports", "style")]
    said = in_copy(seventh, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests, "-k", LESSON)
    assert int(re.findall(r"(\d+) passed", said)[-1]) >= 10
    assert "skipped" not in said


@pytest.mark.slow
def test_a_lesson_added_by_the_guide_is_graded(seventh: Path) -> None:
    for student, step in (("right", "source"), ("blank", "release")):
        folder = seventh / "submitted" / student / LESSON
        folder.mkdir(parents=True)
        shutil.copy(seventh / step / LESSON / f"{LESSON}.ipynb", folder)
    said = course_in(seventh, f"grade {LESSON} --json")
    found = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {one["student"]: one["score"] for one in found} == {"right": 20, "blank": 0}
