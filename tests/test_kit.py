"""The kit: what is in it, what is not, and when none is written."""

from __future__ import annotations

import ast
import errno
import io
import posixpath
import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from packaging.version import Version

from course.building.leaks import leaks, solution_lines
from course.building.lesson import read_lesson
from course.building.rules import hidden_seeds
from course.desk import wheel as wheels
from course.desk.kit import kit_files, lessons_of, write_kit
from course.errors import CourseError
from course.lessons import LESSONS
from course.regions import MARK_SCHEME, SOLUTION, regions
from tests import bank
from tests.course_factory import LESSON, REPOSITORY, make_course

TEXTS = {name: read_lesson(REPOSITORY / "lessons" / f"{name}.py") for name in LESSONS}
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of the clone, as a zip file."""
    path = tmp_path_factory.mktemp("kit") / "kit.zip"
    write_kit(path, REPOSITORY)
    return path


@pytest.fixture(scope="module")
def texts(packed: Path) -> dict[str, str]:
    """All texts in the kit by name, including those in its wheel."""
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    (wheel,) = (name for name in files if name.endswith(".whl"))
    with zipfile.ZipFile(io.BytesIO(files.pop(wheel))) as archive:
        files |= {name: archive.read(name) for name in archive.namelist()}
    # compiled message catalogs are text, too, except for their first bytes
    return {name: content.decode(errors="replace") for name, content in files.items()}


def notebooks(texts: dict[str, str]) -> dict[str, Any]:
    return {n.partition("/")[2]: nbformat.reads(t, as_version=4) for n, t in texts.items() if n.endswith(".ipynb")}


# What is in it


def test_the_same_kit_has_the_same_bytes_and_another_one_of_that_name_stays(packed: Path) -> None:
    write_kit(packed, REPOSITORY)  # the bytes are equal, or it would be refused
    other = packed.with_name("other.zip")
    other.write_bytes(b"mine")
    with pytest.raises(CourseError, match=r"other\.zip already exists: delete it"):
        write_kit(other, REPOSITORY)
    assert other.read_bytes() == b"mine"


def test_a_change_gives_the_wheel_a_newer_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(wheels.PACKAGE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(wheels, "PACKAGE", tmp_path / "course")
    before = wheels.version()
    changed = tmp_path / "course" / "errors.py"
    changed.write_text(changed.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert Version(wheels.version()) > Version(before) > Version(PROJECT["version"])
    name, content = wheels.wheel()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        about = archive.read(f"course-{wheels.version()}.dist-info/METADATA").decode()
    assert name.startswith(f"course-{wheels.version()}-") and f"Version: {wheels.version()}\n" in about


def test_links_lead_from_start_to_the_last_lesson_and_back(texts: dict[str, str]) -> None:
    found = notebooks(texts)
    link = re.compile(r"\]\(([^()]+\.ipynb)\)")
    links = {
        name: [
            posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            for cell in made.cells
            if cell.cell_type == "markdown"
            for target in link.findall(cell.source)
        ]
        for name, made in found.items()
    }
    lessons = [f"{lesson}/{lesson}.ipynb" for lesson in LESSONS]
    assert links["START.ipynb"] == lessons
    for name, following in zip(lessons, [*lessons[1:], "START.ipynb"], strict=True):
        assert links[name][0] == "START.ipynb" and links[name][-1] == following
    assert {target for targets in links.values() for target in targets} <= found.keys()


def test_start_says_minutes_points_and_what_a_lesson_needs(texts: dict[str, str]) -> None:
    rows = re.findall(r"^\| \[(.+)\]\((\w+)/.*\) \| (\d+–\d+) \| 25 \| (\w+) \|$", start(texts), re.MULTILINE)
    assert [(lesson, needs) for _, lesson, _, needs in rows] == [
        (lesson, "NumPy" if lesson == "way1_numpy" else "PyTorch") for lesson in LESSONS
    ]


def start(texts: dict[str, str]) -> str:
    return str(notebooks(texts)["START.ipynb"].cells[0].source)


# What is not in it


def secrets(text: str) -> list[str]:
    """Return what a text contains of the lessons' solutions, model answers, mark schemes and hidden seeds."""
    found = []
    for name, lesson in TEXTS.items():
        found += [f"{name}.{exercise}: {line}" for exercise, line in leaks(solution_lines(lesson), text)]
        answers = [part for c in lesson.cells for part in regions(c.source, SOLUTION) if c.role == "written"]
        answers += [part for c in lesson.cells for part in regions(c.source, MARK_SCHEME)]
        found += [line for part in answers for line in part.splitlines() if len(line) > 40 and line in text]
        found += [seed for seed in hidden_seeds(lesson).values() if seed in text]
    return found


def test_no_solution_is_in_the_kit(texts: dict[str, str]) -> None:
    assert len(texts) > 60
    assert {name: found for name, text in texts.items() if (found := secrets(text))} == {}


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_solution_would_be_found(lesson: str) -> None:
    source = REPOSITORY / "source" / lesson / f"{lesson}.ipynb"
    for cell in nbformat.read(str(source), as_version=4).cells:
        if "BEGIN" in cell.source:
            assert secrets(cell.source), cell.id


def expressions(source: str) -> set[str]:
    """Return every expression in a text that computes something, in normalized spelling."""
    computed = (ast.BinOp, ast.Call, ast.Compare, ast.Subscript)
    return {ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, computed)}


def test_no_file_of_the_kit_spells_the_backward_pass_of_the_first_way(texts: dict[str, str]) -> None:
    named = re.compile(r"grad_\w+ = (.+)")
    right = [e.source for e in bank.entries("way1_numpy.backward") if e.kind == "right"]
    spelled = {line for source in right for line in named.findall(source) if re.search(r"[@*(]", line)}
    wanted = {text for line in spelled for text in expressions_in(line)}
    assert {"h_relu.T @ grad_y_pred", "2.0 * (y_pred - y)"} <= wanted
    code = {name: text for name, text in texts.items() if name.endswith(".py")}
    code |= {
        f"{name}/{cell.id}": cell.source
        for name, made in notebooks(texts).items()
        for cell in made.cells
        if cell.cell_type == "code" and not cell.source.startswith("%")
    }
    assert {name: found for name, text in code.items() if (found := expressions(text) & wanted)} == {}


def expressions_in(line: str) -> Iterator[str]:
    try:
        yield ast.unparse(ast.parse(line, mode="eval").body)
    except SyntaxError:
        return


# Other courses


def test_a_course_hands_out_its_own_lessons_under_its_own_name(tmp_path: Path) -> None:
    course = make_course(tmp_path, ("way1_numpy", "way3_autograd"))
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("two-layer-network", "Networks, spring"))
    shutil.copytree(course / "release/way1_numpy", course / "release/week7")
    (course / "release/week7/way1_numpy.ipynb").rename(course / "release/week7/week7.ipynb")
    (course / "release/week7/data.csv").write_text("1,2\n")
    write_kit(tmp_path / "kit.zip", course)
    with zipfile.ZipFile(tmp_path / "kit.zip") as archive:
        inside = [name.removeprefix("Networks-spring/") for name in archive.namelist()]
        first = archive.read("Networks-spring/way1_numpy/way1_numpy.ipynb").decode()
    assert inside[3:] == [
        "way1_numpy/way1_numpy.ipynb",
        "way3_autograd/way3_autograd.ipynb",
        "week7/data.csv",
        "week7/week7.ipynb",
    ]
    assert "way2_tensors.ipynb" not in first and "(../START.ipynb)" in first


# When none is written


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = make_course(tmp_path / "course")
    (root / "lessons").mkdir()
    for name in (f"{LESSON}.py", "built.json"):
        shutil.copy(REPOSITORY / "lessons" / name, root / "lessons")
    return root


def no_release(root: Path) -> None:
    shutil.rmtree(root / "release" / LESSON)


def no_lessons(root: Path) -> None:
    shutil.rmtree(root / "release")
    shutil.rmtree(root / "lessons")


def text_changed(root: Path) -> None:
    text = root / "lessons" / f"{LESSON}.py"
    text.write_text(text.read_text().replace("no reason to be afraid", "fine"))


def release_changed(root: Path) -> None:
    release = root / "release" / LESSON / f"{LESSON}.ipynb"
    release.write_text(release.read_text().replace("no reason to be afraid", "fine"))


FAULTS: dict[Callable[[Path], None], str] = {
    no_release: f"{LESSON} is not released yet: run `course build {LESSON}`",
    no_lessons: "There are no lessons in",
    text_changed: f"lessons/{LESSON}.py has been changed since it was built: run `course build {LESSON}`",
    release_changed: f"release/{LESSON} does not match source/{LESSON}: run `course build {LESSON}`",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_is_not_ready_to_be_handed_out_is_told(fault: Callable[[Path], None], course: Path) -> None:
    fault(course)
    with pytest.raises(CourseError, match=re.escape(FAULTS[fault])):
        kit_files(lessons_of(course), course)


def test_what_is_as_it_was_built_is_handed_out(course: Path) -> None:
    assert f"{LESSON}/{LESSON}.ipynb" in kit_files(lessons_of(course), course)


def test_a_place_that_cannot_be_written_is_told(course: Path) -> None:
    with pytest.raises(CourseError, match=r"cannot be written \(.+\): name another file with --out"):
        write_kit(course / "lessons" / "built.json" / "kit.zip", course)


def test_a_full_disk_leaves_no_half_of_a_kit(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("course.atomic.os.fsync", full)
        with pytest.raises(CourseError, match=r"kit\.zip cannot be written \(No space left on device\)"):
            write_kit(root=course)
    assert not (course / "kit.zip").exists() and not list(course.glob(".writing-*"))
    write_kit(root=course)
    assert zipfile.is_zipfile(course / "kit.zip")
