"""An assignment from release to export in a browser, with nbgrader's own buttons, as an instructor does it."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.image import imread
from playwright.sync_api import Locator, Page, sync_playwright

from course.grading.in_a_row import by_part
from course.grading.mark_scheme import parts_of
from tests.accounts import STUDENT, TWO_ACCOUNTS, nbgrader
from tests.course_factory import LESSON, REPOSITORY, SLIP, answered, make_course
from tests.formgrader import TOKEN, serving
from tests.lab import WAIT_S, chromium
from tests.waiting import until

FETCHED, OTHER = STUDENT.pw_name, "ada"
# Each student's written answer, its points for each part of the mark scheme, and the points from checks.
WRITTEN = {FETCHED: "Because `h` is what the gate looked at.", OTHER: "A unit that was off took no part."}
PARTS = {FETCHED: ("2", "1.5", "0"), OTHER: ("2", "2", "0.5")}
CODE = {FETCHED: 17.0, OTHER: 20.0}


@dataclass
class Desk:
    """What the pages showed along the way, and the results at the end."""

    course: Path
    anonymous: str = ""
    marked: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    under_bar: list[str] = field(default_factory=list)
    brightness: dict[str, tuple[float, float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def press(page: Page, where: Locator) -> None:
    """Press one of nbgrader's buttons, and wait for the dialog that reports success."""
    where.locator("a").click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".modal-title").wait_for()
    assert dialog.locator(".modal-title").inner_text() == "Success", dialog.inner_text()[-3000:]
    dialog.locator("button.btn-primary").click()
    dialog.wait_for(state="detached")


def assignments(page: Page, base: str) -> Locator:
    page.goto(f"{base}formgrader/manage_assignments")
    return page.locator("#main-table tr", has_text=LESSON)


def hand_in(home: Path, exchange: Path) -> None:
    """Fetch, answer and submit as one student, and put another student's submission beside it."""
    nbgrader(home, f"fetch_assignment {LESSON}", exchange=exchange, student=True)
    fetched = home / LESSON / f"{LESSON}.ipynb"
    assert "raise NotImplementedError" in fetched.read_text(encoding="utf-8"), "the release was not fetched"
    nbformat.write(answered(backward=SLIP, explain=WRITTEN[FETCHED]), str(fetched))
    nbgrader(home, f"submit {LESSON}", exchange=exchange, student=True)
    other = exchange / "two-layer-network" / "inbound" / f"{OTHER}+{LESSON}+2026-01-01 10:00:00.000000 UTC+x"
    other.mkdir()
    nbformat.write(answered(explain=WRITTEN[OTHER]), str(other / f"{LESSON}.ipynb"))
    (other / "timestamp.txt").write_text("2026-01-01 10:00:00.000000 UTC")


def mark_in_a_row(page: Page, base: str, desk: Desk) -> None:
    """Give points for each part by keyboard, from the first answer to be marked to the last; then write a comment."""
    page.goto(f"{base}formgrader/gradebook/{LESSON}/{LESSON}")
    page.get_by_role("link", name="All written answers in a row").click()
    page.locator("article").nth(1).wait_for()
    desk.anonymous = page.content()
    for number in range(2):
        answer = page.locator("article").nth(number)
        (student,) = (s for s, words in WRITTEN.items() if words.replace("`", "") in answer.inner_text())
        for points in PARTS[student]:
            page.keyboard.type(points)
            page.keyboard.press("Enter")
        until(lambda answer=answer: answer.locator(".state").inner_text() == "saved", "the points")
    page.locator("textarea").first.fill("Look at *h* again.")
    page.locator("textarea").first.press("Control+Enter")
    until(lambda: page.locator(".state").first.inner_text() == "saved", "the comment")
    page.reload()
    desk.marked = [
        page.locator("#progress").inner_text(),
        *(field.input_value() for field in page.locator("textarea").all()),
    ]
    desk.marked += [field.input_value() for field in page.locator("input").all()]


def under_bar(page: Page) -> list[str]:
    """Follow the summary's links; return those whose heading ends up hidden under the top bar."""
    bar, found = page.locator("nav.navbar-fixed-top").bounding_box(), []
    for link in page.locator(".summary li a").all():
        link.click()
        heading = page.locator((link.get_attribute("href") or "").replace(".", "\\.")).bounding_box()
        assert bar and heading
        found += [link.inner_text()] if heading["y"] < bar["height"] else []
    return found


def brightness(page: Page) -> tuple[float, float]:
    """Return the median brightness of the visible page, and the brightness that differs most from it, from 0 to 1."""
    grey = imread(io.BytesIO(page.screenshot()))[..., :3].mean(axis=-1)
    ground = float(np.median(grey))
    return ground, float(grey.flat[np.abs(grey - ground).argmax()])


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    place = Path(tempfile.mkdtemp(prefix="course-desk-"))  # not pytest's: the student's account must have access
    place.chmod(0o755)
    exchange, home = place / "exchange", place / "student"
    desk = Desk(make_course(place / "course"))
    home.mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", home)
    if TWO_ACCOUNTS:
        os.chown(home, STUDENT.pw_uid, STUDENT.pw_gid)
    environment = {"PYTHONPATH": str(REPOSITORY), "COURSE_EXCHANGE": str(exchange)}
    with serving(desk.course, environment) as formgrader, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(WAIT_S * 1000)
        page.on("pageerror", lambda error: desk.errors.append(str(error)))
        base = formgrader.url
        page.goto(f"{base}formgrader/?token={TOKEN}")
        for button in (".assign", ".release"):
            press(page, assignments(page, base).locator(button))
        hand_in(home, exchange)
        press(page, assignments(page, base).locator(".collect"))
        assignments(page, base).locator(".num-submissions a").click()
        for student in (FETCHED, OTHER):
            press(page, page.locator("#main-table tr", has_text=student).locator(".autograde"))

        mark_in_a_row(page, base, desk)
        page.goto(f"{base}formgrader/submissions/{formgrader.parts(LESSON)[OTHER]}/")
        page.wait_for_function("formgrader.grades.loaded")  # its buttons do nothing until the points have been loaded
        full = page.locator(".nbgrader_cell", has=page.locator("#explain")).get_by_role("button", name="Full credit")
        points = page.locator("#all-right li")

        def given() -> bool:
            full.click()  # on a slow machine the button may not respond yet; pressing it twice does no harm
            page.wait_for_timeout(1000)
            return points.count() == 6

        until(given, "the summary to follow the points")
        desk.summary = page.locator(".summary li").all_inner_texts()
        desk.under_bar = under_bar(page)

        for button in (".generate-feedback", ".release-feedback"):
            press(page, assignments(page, base).locator(button))
        page.goto(f"{base}formgrader/manage_submissions/{LESSON}")
        for student in (FETCHED, OTHER):
            desk.shown[student] = page.locator("#main-table tr", has_text=student).locator(".score").inner_text()
            page.goto((desk.course / "feedback" / student / LESSON / f"{LESSON}.html").as_uri())
            desk.feedback[student] = page.locator("body").inner_text()
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                desk.brightness[scheme] = brightness(page)
            page.go_back()
        browser.close()
    nbgrader(desk.course, "export", exchange=exchange)
    nbgrader(home, f"fetch_feedback {LESSON}", exchange=exchange, student=True)
    assert list((home / LESSON / "feedback").rglob("*.html")), "the feedback was not fetched"
    yield desk
    shutil.rmtree(place)


@pytest.mark.slow
def test_the_same_points_are_in_formgrader_in_feedback_and_in_the_export(desk: Desk) -> None:
    with (desk.course / "grades.csv").open(encoding="utf-8", newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    points = {FETCHED: CODE[FETCHED] + 3.5, OTHER: CODE[OTHER] + 5}
    assert exported == points
    assert desk.shown == {student: f"{score:g} / 25" for student, score in points.items()}
    for student, score in points.items():
        assert f"{score:g} of 25 points" in desk.feedback[student]
    assert desk.errors == []


@pytest.mark.slow
def test_points_of_each_part_and_comments_are_kept_and_told_to_the_student(desk: Desk) -> None:
    assert desk.marked[0] == "2 of 2 answers are marked"
    assert "Look at *h* again." in desk.marked[1:3]
    values = desk.marked[3:]
    assert sorted([tuple(values[:4]), tuple(values[4:])]) == [("2", "1.5", "0", "3.5"), ("2", "2", "0.5", "4.5")]
    assert "2/2 + 1.5/2 + 0/1" in desk.feedback[FETCHED]
    assert sum("Look at h again." in page for page in desk.feedback.values()) == 1


@pytest.mark.slow
def test_answers_in_a_row_have_no_names_unless_they_are_asked_for(desk: Desk) -> None:
    shown = re.sub("[0-9a-f]{32}|added", "", desk.anonymous)  # not ids, in which three letters may come by chance
    assert FETCHED not in shown and OTHER not in shown
    assert "How it is marked" in desk.anonymous and "A model answer" in desk.anonymous


@pytest.mark.slow
def test_the_summary_of_formgraders_page_follows_what_is_given_there(desk: Desk) -> None:
    names = ["make_data", "forward", "loss_fn", "backward", "train", "explain"]
    assert [line.split()[1] for line in desk.summary] == names
    assert all(line.startswith("✓") for line in desk.summary) and "5 / 5" in desk.summary[-1]


@pytest.mark.slow
def test_a_link_of_the_summary_leads_to_a_heading_that_is_seen(desk: Desk) -> None:
    assert len(desk.summary) == 6 and desk.under_bar == []


@pytest.mark.slow
def test_feedback_is_light_or_dark_as_the_reader_has_it(desk: Desk) -> None:
    (dark, light_text), (light, dark_text) = desk.brightness["dark"], desk.brightness["light"]
    assert dark < 0.15 and light_text > 0.7
    assert light > 0.9 and dark_text < 0.3


PART = "### BEGIN MARK SCHEME\n{}\n### END MARK SCHEME"


@pytest.mark.parametrize(
    ("scheme", "parts"),
    [
        (
            "5 points in all.\n- 2 points, question 1\n- 2.5 points: two\n  - 1 point for the sign\n- 0.5 points",
            (2, 2.5, 0.5),
        ),
        ("2 = both\n3 = the rest", (2, 3)),
        ("- 4 分，问题 1\n- 1 分，问题 2", (4, 1)),
        ("- 2 points\n- 2 points", ()),
        ("- 5 points for all of it", ()),
        ("Half points may be given.", ()),
    ],
)
def test_the_parts_of_a_mark_scheme_are_known_where_they_make_up_the_points(scheme: str, parts: tuple) -> None:
    assert parts_of(PART.format(scheme), 5.0) == parts


@pytest.mark.parametrize(
    ("comment", "score", "found"),
    [
        ("2/2 + 1.5/3", 3.5, (("2", "1.5"), "")),
        ("2/2 + 0/3\n\nRead *h*.", 2.0, (("2", "0"), "Read *h*.")),
        ("2/2 + 0/3\n\nRead *h*.", 4.0, (("", ""), "2/2 + 0/3\n\nRead *h*.")),
        ("2/2 + 0/3 is what it got", 2.0, (("", ""), "2/2 + 0/3 is what it got")),
        ("2/2 + 0/1", 2.0, (("", ""), "2/2 + 0/1")),
        ("", None, (("", ""), "")),
    ],
)
def test_points_of_parts_are_read_from_a_comment_only_if_they_make_up_the_score(
    comment: str, score: float | None, found: tuple
) -> None:
    assert by_part(comment, (2.0, 3.0), score) == found
