"""All commands of docs/instructor.md work in order, in a course of one lesson and three students."""

from __future__ import annotations

import csv
import os
import re
import shlex
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.building.built_notebooks import REPOSITORY
from tests import commands
from tests.course_factory import LESSON, SLIP, answered, make_course
from tests.platforms import PUPILS, canvas_gradebook, canvas_name, zipped

PAGE = (REPOSITORY / "docs" / "instructor.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
ANNA, BOB, WANG = PUPILS[:3]
POINTS_OF_THE_ANSWER = 4


def downloaded(root: Path) -> None:
    """Put downloads from Canvas into the course: two submissions, one of them late, and the list of the class."""
    (imported,) = (shlex.split(line) for line in LINES if "--roster" in line)
    right, slip = (
        nbformat.writes(answered(explain="The mask is that of h.", **given), version=4)
        for given in ({}, {"backward": SLIP})
    )
    files = {
        canvas_name(ANNA, f"{LESSON}-1.ipynb", 501): right,
        canvas_name(BOB, f"{LESSON} (2).ipynb", 502, late=True): slip,
    }
    zipped(root / imported[2], files)
    (root / imported[-1]).write_text(canvas_gradebook(pupils=(ANNA, BOB, WANG)), encoding="utf-8")


def mark(root: Path) -> None:
    """Set the points of both submissions for the written answer, as formgrader does."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        for student in (ANNA.login, BOB.login):
            grade = gradebook.find_grade("explain", LESSON, LESSON, student)
            grade.manual_score, grade.needs_manual_grade = POINTS_OF_THE_ANSWER, False
        gradebook.db.commit()


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Run the page's commands; return the course's folder and each command's output. Each must exit with status 0."""
    root = make_course(tmp_path_factory.mktemp("term") / "course")
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o1777)
    environment = {**os.environ, "COURSE_EXCHANGE": str(exchange), "COLUMNS": "200", "PYTHONPATH": str(REPOSITORY)}
    downloaded(root)
    said = {}
    for line in LINES:
        if "generate_feedback" in line:
            mark(root)
        done = commands.run(*shlex.split(line), cwd=root, env=environment)
        said[line] = done.stdout + done.stderr
        assert done.returncode == 0, (line, said[line][-2000:])
    assert (exchange / "two-layer-network" / "outbound" / LESSON / f"{LESSON}.ipynb").is_file()
    return root, said


def said_by(term: tuple[Path, dict[str, str]], start: str) -> str:
    (text,) = (text for line, text in term[1].items() if line.startswith(start))
    return text


def test_every_step_of_a_term_says_what_the_page_promises(term: tuple[Path, dict[str, str]]) -> None:
    imported, late = said_by(term, "course import"), said_by(term, "course late")
    assert "2 imported, 1 nothing handed in" in imported and WANG.login in imported
    assert "2 graded" in said_by(term, "course grade") and BOB.login in said_by(term, "course grade")
    assert BOB.login in late and ANNA.login not in late
    assert "report.html" in said_by(term, "course report")
    explained = said_by(term, "course explain")
    assert "5 of 8 points" in explained and "right is" in explained
    assert (
        "Asked again, the answer gets the same verdict as when it was graded" in explained
        and "--with FILE" in explained
    )


def test_what_the_page_says_is_written_is_there(term: tuple[Path, dict[str, str]]) -> None:
    root = term[0]
    with zipfile.ZipFile(root / "kit.zip") as kit:
        assert any(name.endswith("START.ipynb") for name in kit.namelist())
    for student in (ANNA.login, BOB.login):
        assert (root / "feedback" / student / LESSON / f"{LESSON}.html").is_file()
    assert "grad_h" in (root / "report.html").read_text(encoding="utf-8")


def test_the_scores_of_the_term_are_in_canvas_own_file(term: tuple[Path, dict[str, str]]) -> None:
    (before,), (after,) = term[0].glob("*NN101.csv"), term[0].glob("*-filled.csv")
    old, new = (list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in (before, after))
    changed = {
        (row[3], cell) for was, row in zip(old, new, strict=True) for x, cell in zip(was, row, strict=True) if x != cell
    }
    assert changed == {(ANNA.login, "24.00"), (BOB.login, "21.00")}
