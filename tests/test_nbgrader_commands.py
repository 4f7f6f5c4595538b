"""nbgrader's own commands on the checked-in notebooks, in a temporary course with the course's own settings."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook, MissingEntry

from course.building.built_notebooks import REPOSITORY, notebook_path
from course.lessons import LESSONS, exercises_of
from tests import commands
from tests.attacks.classroom import DAMAGED, DAMAGED_LESSON, hand_in_damage, hand_in_honest, place_of, seen_in
from tests.attacks.corpus import filled

pytestmark = pytest.mark.slow

# The untouched release, and the reference handed in as if a student had written it.
BLANK, MODEL = "blank", "model"


def nbgrader(folder: Path, *words: str) -> str:
    """Run one nbgrader command in a course folder, as an instructor would in a terminal."""
    home = folder / "home"  # keeps the test away from the gradebook, exchange and settings of this machine's user
    own = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "jupyter"), "IPYTHONDIR": str(home / "ipython")}
    return commands.nbgrader(folder, *words, **own, CUDA_VISIBLE_DEVICES="")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which two students have handed in all six lessons and have been graded."""
    folder = tmp_path_factory.mktemp("graded")
    (folder / "home").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    for lesson in LESSONS:
        for step in ("source", "release"):
            (folder / step / lesson).mkdir(parents=True)
            shutil.copy(notebook_path(step, lesson), folder / step / lesson)
        for student, step in ((BLANK, "release"), (MODEL, "source")):
            (folder / "submitted" / student / lesson).mkdir(parents=True)
            shutil.copy(notebook_path(step, lesson), folder / "submitted" / student / lesson)
    nbgrader(folder, "generate_assignment", "--assignment=*")
    nbgrader(folder, "autograde", "--assignment=*")
    return folder


@pytest.fixture(scope="module")
def gradebook(graded: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        yield gradebook


def grades(gradebook: Gradebook, lesson: str, student: str) -> dict[str, tuple[float | None, bool]]:
    """Return the automatic score of each graded cell, and whether it waits for a person."""
    try:
        notebook = gradebook.find_submission_notebook(lesson, lesson, student)
    except MissingEntry:
        pytest.fail(f"{student} was not graded in {lesson}")
    return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}


@pytest.mark.parametrize("lesson", LESSONS)
def test_generate_assignment_writes_the_release_that_is_checked_in(lesson: str, graded: Path) -> None:
    assert notebook_path("release", lesson, graded).read_bytes() == notebook_path("release", lesson).read_bytes()


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_untouched_release_scores_exactly_nothing(lesson: str, gradebook: Gradebook) -> None:
    cells = [f"check_{exercise.name}" for exercise in exercises_of(lesson)] + ["explain"]
    # Also the written question: nbgrader sees that nothing was written, so it waits for nobody.
    assert grades(gradebook, lesson, BLANK) == dict.fromkeys(cells, (0, False))
    assert gradebook.find_submission(lesson, BLANK).score == 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_reference_scores_twenty_and_its_answer_waits_for_a_person(lesson: str, gradebook: Gradebook) -> None:
    cells = {f"check_{exercise.name}": (exercise.points, False) for exercise in exercises_of(lesson)}
    assert grades(gradebook, lesson, MODEL) == {**cells, "explain": (None, True)}
    assert gradebook.find_submission(lesson, MODEL).score == 20


def test_validate_says_what_fails_in_the_release_and_that_the_source_is_right(graded: Path) -> None:
    some = LESSONS[:1]  # other tests run every source and grade every release anyway
    said = nbgrader(graded, "validate", *(str(notebook_path("release", lesson, graded)) for lesson in some))
    # Every check, and the written question that nobody has answered.
    n_failing = [str(len(exercises_of(lesson)) + 1) for lesson in some]
    assert re.findall(r"VALIDATION FAILED ON (\d+) CELL", said) == n_failing
    said = nbgrader(graded, "validate", *(str(notebook_path("source", lesson, graded)) for lesson in some))
    assert said.count("Success! Your notebook passes all the tests.") == len(some)


def test_feedback_is_written_for_everybody(graded: Path) -> None:
    for student, left in ((BLANK, "timestamp.txt"), (MODEL, f"{LESSONS[0]}.html")):  # by a run that was killed
        (graded / "feedback" / student / LESSONS[0]).mkdir(parents=True)
        (graded / "feedback" / student / LESSONS[0] / left).touch()
    nbgrader(graded, "generate_feedback", "--assignment=*")
    for lesson in LESSONS:
        for student in (BLANK, MODEL):
            page = graded / "feedback" / student / lesson / f"{lesson}.html"
            assert f"<title>{lesson}</title>" in page.read_text(encoding="utf-8")


def test_export_lists_every_student_and_lesson(graded: Path) -> None:
    nbgrader(graded, "export")
    with (graded / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    assert set(rows) == {(lesson, student) for lesson in LESSONS for student in (BLANK, MODEL)}
    for (_, student), row in rows.items():
        assert float(row["score"]) == {BLANK: 0, MODEL: 20}[student]
        assert float(row["max_score"]) == 25


def test_the_exchange_lies_inside_the_course(graded: Path) -> None:
    assert (graded / "exchange").is_dir()
    for lesson in LESSONS[:1]:
        nbgrader(graded, "release_assignment", lesson)
        assert (graded / "exchange" / "two-layer-network" / "outbound" / lesson).is_dir()


# Files that nbgrader alone drops without a score, or follows to somebody else's work. The timestamp and the list of a
# folder's notebooks it reads before any step that a course can add, so these stay nbgrader's own (docs/grading.md).
UNREADABLE = ["torn", "other_format", "only_a_list", "a_pipe", "link_to_another"]
MENDED = ["modules_beside", "third_format", "sixteen_bits", "a_folder"]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "home").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    for step in ("source", "release"):
        shutil.copytree(REPOSITORY / step / DAMAGED_LESSON, folder / step / DAMAGED_LESSON)
    hand_in_honest(folder, "honest", DAMAGED_LESSON)
    for name in [*UNREADABLE, *MENDED]:
        hand_in_damage(folder, f"damage-{name}")
    copied = place_of(folder, "copied", DAMAGED_LESSON)  # a blank beside the work, whose written answer was retyped
    shutil.copy(folder / "release" / DAMAGED_LESSON / copied.name, copied)
    work = filled(DAMAGED_LESSON)
    (written,) = [
        i for i, cell in enumerate(work.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == "explain"
    ]
    work.cells[written] = nbformat.v4.new_markdown_cell("The gate follows the sign of h.")
    nbformat.write(work, str(copied.with_name(f"{DAMAGED_LESSON}-Copy1.ipynb")))
    nbgrader(folder, "generate_assignment", DAMAGED_LESSON)
    nbgrader(folder, "autograde", DAMAGED_LESSON)
    return folder


def test_autograde_scores_damaged_files_as_course_grade_does(damaged: Path) -> None:
    with Gradebook(f"sqlite:///{damaged / 'gradebook.db'}") as gradebook:
        found = {s.student.id: s.score for s in gradebook.assignment_submissions(DAMAGED_LESSON)}
    expected = {student: DAMAGED[student].points for student in found if student in DAMAGED}
    assert found == {**expected, "honest": 20, "copied": 20} and len(found) == len(UNREADABLE) + len(MENDED) + 2


def test_autograde_takes_the_work_beside_a_blank_and_its_words_wait_for_a_person(damaged: Path) -> None:
    with Gradebook(f"sqlite:///{damaged / 'gradebook.db'}") as gradebook:
        assert gradebook.find_grade("explain", DAMAGED_LESSON, DAMAGED_LESSON, "copied").needs_manual_grade
    graded = damaged / "autograded" / "copied" / DAMAGED_LESSON / f"{DAMAGED_LESSON}.ipynb"
    first = nbformat.read(str(graded), as_version=4).cells[0].source
    assert "-Copy1.ipynb (6 answers)" in first and "`explain`" in first


@pytest.mark.parametrize("name", UNREADABLE)
def test_autograde_says_why_a_file_could_not_be_read(name: str, damaged: Path) -> None:
    graded = damaged / "autograded" / f"damage-{name}" / DAMAGED_LESSON / f"{DAMAGED_LESSON}.ipynb"
    assert "This submission could not be read: " in graded.read_text(encoding="utf-8")
    assert seen_in(damaged, f"damage-{name}") == []


def test_autograde_leaves_nothing_of_a_submission_beside_its_graded_notebook(damaged: Path) -> None:
    folder = damaged / "autograded" / "damage-modules_beside" / DAMAGED_LESSON
    assert [file.name for file in folder.iterdir()] == [f"{DAMAGED_LESSON}.ipynb"]
