"""The class report in a browser: light and dark, on narrow pages, on paper, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from course.reports.command import report
from tests.lab import chromium
from tests.report_class import SLIP, add, make_class

GROUND = "getComputedStyle(document.body).backgroundColor"
FOCUSED = "[document.activeElement.innerText, getComputedStyle(document.activeElement).outlineStyle]"
PAPER = 688  # the width of A4 between its margins, in CSS pixels
FACTS = ("x", "y", "w1", "w2", "x_dtype", "y_dtype", "w1_dtype", "w2_dtype")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report with all its sections: wrong answers cover every quantity of an exercise that has many."""
    root = make_class(tmp_path_factory.mktemp("report"), "absent")
    wrong = {f"w{i:02d}": [("make_data", 0.0, "dtype-ignored", name)] for i, name in enumerate(FACTS)}
    slips = {f"slip{i}": [("backward", 5.0, SLIP, "grad_h")] for i in range(12)}
    add(root, "way2_tensors", wrong | slips, days_late=1)
    add(root, "way1_numpy", slips)
    report(root=root, out=root / "r.html")
    return (root / "r.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium())


@pytest.mark.parametrize(
    ("scheme", "media", "width", "ground"),
    [
        ("light", "screen", 1280, "rgb(255, 255, 255)"),
        ("dark", "screen", 1280, "rgb(21, 24, 28)"),
        ("light", "screen", 800, "rgb(255, 255, 255)"),
        ("dark", "print", PAPER, "rgb(255, 255, 255)"),
    ],
)
def test_it_fits_wherever_it_is_read(
    address: str, browser: Browser, scheme: str, media: str, width: int, ground: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.emulate_media(media=media)  # type: ignore[arg-type]
    page.goto(address)
    assert page.evaluate(GROUND) == ground
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_by_keyboard_each_stop_is_seen_and_a_table_is_sorted(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address)
    students = page.locator("#hands tbody th")
    before = students.all_inner_texts()
    stops = []
    while not stops or not stops[-1][0].startswith("Student"):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert len(stops) < 200 and stops[-1][1] != "none", stops[-1]
    for pressed in (sorted(before), sorted(before, reverse=True)):
        page.keyboard.press("Enter")
        assert students.all_inner_texts() == pressed
    page.close()


def test_without_scripts_it_says_the_same(address: str, browser: Browser) -> None:
    texts = []
    for scripts in (True, False):
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.goto(address)
        texts.append(page.locator("main").text_content())
        page.context.close()
    assert texts[0] == texts[1] and "grad_h" in str(texts[0])
