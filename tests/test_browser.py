"""The lessons in a browser, as students see them: JupyterLab's links, menus, keys and buttons, and what they do.

Pictures of cards and figures are saved in build/pictures, or in the folder COURSE_PICTURES, for people to look at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

from course.exercise.idea import CATALOGUE
from course.lessons import LESSONS
from tests import bank
from tests.course_factory import REPOSITORY, SLIP, answered, make_course
from tests.lab import Lab, chromium, looked_at, served
from tests.waiting import until

pytestmark = pytest.mark.slow

# For each lesson, an exercise and the wrong answer from its bank that is tried first.
WRONG = {
    "way1_numpy": ("backward", "gradient_times_own_sign"),
    "way2_tensors": ("backward", "clone_forgotten"),
    "way3_autograd": ("train", "never_zeroed"),
    "way4_sequential": ("train", "weights_by_layer"),
    "way5_optimizer": ("train", "zero_grad_not_called"),
    "way6_module": ("TwoLayerNet", "no_biases"),
}
START = "START.ipynb"
UNHAPPY = "tried/way1_numpy.ipynb"
ENDLESS = """def forward(x, w1, w2):
    open("reached", "w").close()
    while True:
        pass
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab with the six lessons as students get them, with START in front."""
    chromium()
    root = tmp_path_factory.mktemp("browser")
    course = make_course(root / "course", LESSONS)
    (root / "private").mkdir()
    pictures = Path(os.environ.get("COURSE_PICTURES", REPOSITORY / "build" / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    with served(course, root / "private") as address, looked_at(address, course / "work", pictures) as lab:
        yield lab


@dataclass
class Worked:
    """The output of a lesson while it was worked through.

    wrong: the check of the wrong answer. checks: every check after all blanks were filled in correctly. points: the
    maximum of each check. errors: the ids of cells that ended in an error. start: the points so far in START, after
    saving. tabs: titles of the tabs that links led to: the lesson, from START, then the next one, or START.
    """

    lesson: str
    wrong: str = ""
    checks: dict[str, str] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    hint: str = ""
    progress: str = ""
    start: str = ""
    tabs: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=LESSONS)
def worked(request: pytest.FixtureRequest, lab: Lab) -> Worked:
    """Work through a lesson: run all cells with one wrong answer, then correct it and run again."""
    lesson: str = request.param
    right = {c.id: c.source for c in source(lesson).cells if is_blank(c)}
    name, chosen = WRONG[lesson]
    done = Worked(lesson, points={c.id: c.metadata.nbgrader.points for c in source(lesson).cells if is_check(c)})

    lab.open(START)
    done.tabs.append(lab.follow(lesson))
    for cell, text in right.items():
        lab.fill(cell, bank.entry(f"{lesson}.{name}", chosen).source if cell == name else text)
    lab.run_by("setup", "Run", "Run All Cells")
    done.wrong = lab.said(f"check_{name}")
    all_looks = lesson == "way1_numpy" or "COURSE_PICTURES" in os.environ
    lab.picture(lesson, f"check_{name}", all_looks=all_looks)
    done.hint = lab.run_new(f"check_{name}", f'check.hint("{name}")')

    lab.fill(name, right[name])
    lab.choose(name)
    lab.run_by(name, "Run", "Run Selected Cell and All Below")
    done.checks = {check: lab.said(check) for check in done.points}
    done.errors = lab.errors()
    done.progress = lab.said("progress")
    lab.picture(lesson, "progress", *lab.figures(), all_looks=all_looks)
    lab.save()

    done.tabs.append(lab.follow(after(lesson)))
    lab.close(f"{lesson}/{lesson}.ipynb")
    lab.open(START)
    points = lab.having("points()")
    lab.run(points)
    done.start = lab.said(points)
    return done


def after(lesson: str) -> str:
    """Return the target of the link at the end of a lesson."""
    return (*LESSONS, "START")[LESSONS.index(lesson) + 1]


def source(lesson: str) -> nbformat.NotebookNode:
    return nbformat.read(str(REPOSITORY / "source" / lesson / f"{lesson}.ipynb"), as_version=4)


def is_blank(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_check(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("grade"))


def plain(words: str) -> str:
    """Remove quotes and backticks, and collapse whitespace."""
    return " ".join(re.sub("[`“”]", "", words).split())


def hint_of(lesson: str) -> str:
    name, chosen = WRONG[lesson]
    return plain(CATALOGUE[bank.entry(f"{lesson}.{name}", chosen).mistake].hint)


# The happy path


def test_a_wrong_answer_is_named(worked: Worked) -> None:
    assert hint_of(worked.lesson) in plain(worked.wrong)
    assert "✗" in worked.wrong and "says more" in worked.wrong
    assert "Not judged" not in worked.wrong and "Traceback" not in worked.wrong


def test_right_answers_get_all_points(worked: Worked) -> None:
    assert worked.errors == []
    for check, points in worked.points.items():
        assert f"{points:g} of {points:g} points" in worked.checks[check]
        assert "✓" in worked.checks[check] and "✗" not in worked.checks[check]


def test_hint_says_more_than_the_message(worked: Worked) -> None:
    assert len(worked.hint) > 20 and "Traceback" not in worked.hint
    assert plain(worked.hint) not in plain(worked.wrong)


def test_the_points_so_far_are_summed_up_here_and_in_start(worked: Worked) -> None:
    total, checks = sum(worked.points.values()), len(worked.points)
    assert f"Points so far: {total:g} of {total:g}" in worked.progress and "✗" not in worked.progress
    assert re.search(rf"{worked.lesson} +{total:g} of {total:g} +{checks} of {checks} checks run", worked.start)


def test_links_lead_from_start_to_the_lesson_and_on_to_the_next(worked: Worked) -> None:
    for target, title in zip((worked.lesson, after(worked.lesson)), worked.tabs, strict=True):
        assert target in title


# The unhappy paths


@pytest.fixture(scope="module")
def unhappy(lab: Lab) -> Lab:
    """The first lesson, filled in, with a slip in `backward`; no cell has been run."""
    (lab.folder / UNHAPPY).parent.mkdir()
    (lab.folder / UNHAPPY).write_text(nbformat.writes(answered(backward=SLIP)), encoding="utf-8")
    lab.close()  # START has buttons of the same names
    lab.open(UNHAPPY)
    return lab


def test_validate_says_what_the_check_says(unhappy: Lab) -> None:
    for cell in ("setup", "make_data", "forward", "backward", "check_backward"):
        unhappy.run(cell)
    said = unhappy.said("check_backward")
    unhappy.page.get_by_text("Validate", exact=True).click()
    dialog = unhappy.page.get_by_role("dialog")
    dialog.get_by_text("Validation Results").wait_for()
    validated = plain(dialog.inner_text())
    dialog.get_by_role("button", name="OK").click()
    sentences = [plain(line) for line in said.splitlines() if line.endswith(".") and "check." not in line]
    assert hint_of("way1_numpy") in sentences
    assert [sentence for sentence in sentences if sentence not in validated] == []
    assert "5 of 8 points" in said and "5 of 8 points" in validated


def test_read_again_leads_to_the_section(unhappy: Lab) -> None:
    link = unhappy.node("check_backward").wait_for_selector("a")
    assert link is not None
    link.click()
    heading = unhappy.page.get_by_role("heading", name="The gate")
    until(lambda: heading.is_visible() and in_view(unhappy, heading.bounding_box()), "the section of the link")


def in_view(lab: Lab, box: dict | None) -> bool:
    return box is not None and 0 <= box["y"] < lab.page.viewport_size["height"]


def test_after_a_restart_a_check_says_what_has_not_been_run(unhappy: Lab) -> None:
    unhappy.restart()
    for cell in ("setup", "train", "check_train"):
        unhappy.run(cell)
    said = plain(unhappy.said("check_train"))
    assert "not run train: the training loop 0 of 4 points" in said
    assert "the cells of forward, loss_fn, backward have not been run" in said
    assert "Run > Run All Above Selected Cell" in said and "did not pass" not in said


def test_the_stop_button_ends_an_endless_loop_and_shows_where_it_was(unhappy: Lab) -> None:
    unhappy.fill("forward", ENDLESS)
    unhappy.run("setup")
    unhappy.run("forward")
    unhappy.run("check_forward", wait=False)
    until((unhappy.folder / UNHAPPY).with_name("reached").exists, "the loop")
    unhappy.page.get_by_role("button", name="Interrupt the kernel").click()
    unhappy.wait_for_end("check_forward")
    said = unhappy.said("check_forward")
    assert "✗ stopped" in said and "0 of 4 points" in said and "You stopped the check. It was here:" in said
    assert re.search(r"line [34]: +(while True:|pass)", said) and "course/" not in said
    unhappy.picture("stopped", "check_forward")
    unhappy.close()


def test_the_sidebar_has_nothing_of_an_instructors_desk(lab: Lab) -> None:
    tabs = [tab.get_attribute("title") or "" for tab in lab.page.locator(".jp-SideBar .lm-TabBar-tab").all()]
    assert any("File Browser" in tab for tab in tabs) and not any("Create Assignment" in tab for tab in tabs)


def test_nothing_is_asked_of_the_network(lab: Lab) -> None:
    assert lab.outside == []
