"""The card of a check: the same words as the text, no right numbers, accessible, and safe in every page."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from bleach._vendor import html5lib  # a standard HTML parser, vendored by bleach, which nbconvert requires
from nbconvert.filters.strings import clean_html

from course.exercise import Observation, Returned, RowResult, Verdict
from course.grading.pages import STYLES, output, prose
from course.judging import as_html, as_text, bundles
from course.judging.returned import returned
from course.lessons import find
from course.runner import Answer, Failure, describe
from tests import bank
from tests.verdicts import setting, squeezed, verdict_of, words_of

# A function, a loop, an optimizer, a class.
SHOWN = ("way1_numpy.backward", "way3_autograd.train", "way5_optimizer.make_optimizer", "way6_module.TwoLayerNet")
EVIL = "<script>alert(1)</script>&amp;\"' `<b>` style=position:fixed"


def wrong_where(off: Any) -> Verdict:
    """Judge answers to `backward` whose `grad_h` is wrong in the entries selected by `off`."""
    return verdict_of(setting("grad_h", lambda g: np.where(off(g), 1.37 * g + 0.11 * np.abs(g).max(), g)))


def last_row(g: np.ndarray) -> np.ndarray:
    return np.arange(len(g))[:, None] == len(g) - 1


# Every state in which a check can end.
STATES: dict[str, Verdict] = {
    "pass": verdict_of(),
    "part": wrong_where(last_row),
    "all": verdict_of(setting("grad_w1", lambda g: 1.5 * g)),
    "nan": verdict_of(setting("grad_h", lambda g: np.where(g > 0, np.nan, g))),
    "shape": verdict_of(setting("grad_w2", np.transpose)),
    "crash": verdict_of(
        failure=Failure("raised", "ValueError", "no", "h = x @ w1", 3, operands="x @ w1\n(7, 5) (9, 5)")
    ),
    "blank": verdict_of(failure=Failure("blank")),
    "not run": verdict_of(failure=Failure("not_yet", message="forward, loss_fn")),
    "endless": verdict_of(failure=Failure("timed_out", line="while True:", line_number=2)),
    "refused": verdict_of(failure=Failure("autograd")),
}
every_state = pytest.mark.parametrize("verdict", STATES.values(), ids=STATES)


def elements(page: str) -> list[Any]:
    return [e for e in html5lib.parse(page, namespaceHTMLElements=False).find("body").iter() if isinstance(e.tag, str)]


def styles(page: str) -> list[dict[str, str]]:
    given = [e.attrib["style"].strip(";").split(";") for e in elements(page) if "style" in e.attrib]
    return [{k.strip(): v.strip() for k, _, v in (rule.partition(":") for rule in rules)} for rules in given]


# ---------------------------------------------------------------- words


def assert_same_words(verdict: Verdict) -> None:
    """Assert that a card has each line of the text, in order, and besides only names of steps and open chips."""
    head, *lines = as_text(verdict).splitlines()
    left = squeezed(words_of(as_html(verdict)))
    name, outcome = head[2:].rsplit(" — ", 1)
    for part in (head[0], outcome.partition(", ")[0], name, outcome.partition(", ")[2]):
        assert squeezed(part) in left, part
        left = left.replace(squeezed(part), "", 1)
    place = 0
    for line in map(squeezed, lines):
        if line.startswith("○"):
            for open_one in line[1:].partition(":notlooked")[0].split(";"):
                left = left.replace("○" + open_one, "", 1)
            left = left.replace("(○notlookedatyet)", "", 1)
        elif line.startswith(("✓", "✗")):
            assert line in left
            left = left.replace(line, "", 1)
        elif line:
            place = left.index(line, place)
            left = left[:place] + left[place + len(line) :]
    assert re.fullmatch("(forward|backward|training|→)*", left)


@every_state
def test_a_card_says_what_the_text_says(verdict: Verdict) -> None:
    assert_same_words(verdict)


@bank.of_each_exercise(SHOWN)
def test_the_cards_of_a_bank_say_what_the_texts_say(exercise_id: str) -> None:
    for judged in bank.bank_of(exercise_id).of("wrong"):
        assert_same_words(judged.verdict)


@every_state
def test_what_is_stored_makes_the_same_card(verdict: Verdict) -> None:
    stored = json.dumps(verdict.as_dict())
    assert bundles(Verdict.from_dict(json.loads(stored))) == bundles(verdict)
    assert len(stored) < 4000


# ---------------------------------------------------------------- which entries differ


def test_the_entries_that_differ_are_marked_where_they_are() -> None:
    verdict = wrong_where(last_row)
    rows, columns = verdict.returned.shape.strip("()").split(", ")
    assert verdict.returned.grid == ("0" * int(columns),) * (int(rows) - 1) + ("1" * int(columns),)
    drawn = re.findall(r"^    ([·× ]+)$", as_text(verdict), re.M)
    assert [line.replace(" ", "") for line in drawn][-1] == "×" * int(columns)
    assert verdict.pattern == "Only the last row is wrong." and verdict.pattern in as_text(verdict)


def seen_of(name: str, got: np.ndarray, right: np.ndarray) -> Returned:
    """Return what a card shows of a wrong quantity."""
    question = find("way1_numpy.forward").questions(1)[0]
    obs = Observation(question, Answer({name: describe(got)}), {name: right}, ())
    seen = returned(obs, RowResult(name, False, "value", str(got.shape)))
    assert seen is not None
    return seen


def test_a_large_array_is_drawn_in_blocks_of_which_none_is_lost() -> None:
    right = np.ones((1000, 100))
    for place in ((0, 0), (0, 99), (999, 0), (999, 99), (500, 50)):
        got = right.copy()
        got[place] = 7.0
        seen = seen_of("h", got, right)
        assert (len(seen.grid), len(seen.grid[0]), seen.n_off) == (12, 20, 1)
        marked = [(i, j) for i, line in enumerate(seen.grid) for j, bit in enumerate(line) if bit == "1"]
        assert marked == [(place[0] // seen.block[0], place[1] // seen.block[1])]


def test_losses_are_drawn_in_their_order_and_numbers_by_how_often_they_are_met() -> None:
    losses = seen_of("losses", np.linspace(8000.0, 1000.0, 50), np.ones(50))
    assert (losses.in_order, losses.low, losses.high, losses.bars) == (True, 8000.0, 1000.0, "█▇▆▅▄▃▂▁")
    seen = seen_of("h", np.array([[-1.0] * 7 + [5.0]]), np.ones((1, 8)))
    assert (seen.in_order, seen.low, seen.high, seen.bars) == (False, -1.0, 5.0, "█▁▁▁▁▁▁▂")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda a: a * np.nan, "Every entry is NaN."),
        (lambda a: np.full(a.shape, 1e308) * np.where(np.arange(a.shape[1]) % 2, 1, -1), "from about −1·10³⁰⁸"),
        (lambda a: np.full(a.shape, -3.14159), "every entry about −3.1."),
        (lambda a: np.where(np.arange(a.size).reshape(a.shape) == 3, np.inf, a), "entries is infinite."),
    ],
)
def test_numbers_that_are_none_are_said_aloud(made: Any, said: str) -> None:
    with np.errstate(all="ignore"):
        verdict = verdict_of(setting("grad_h", made))
    assert said in as_text(verdict)


def test_a_very_small_number_is_written_as_people_do() -> None:
    said = as_text(verdict_of(setting("grad_h", lambda grad_h: np.full_like(grad_h, -6.8e-9))))
    assert "every entry about −6.8·10⁻⁹." in said


@bank.of_each_exercise(("way1_numpy.backward", "way2_tensors.forward"))
def test_no_number_of_a_card_has_digits_enough_to_be_a_right_one(exercise_id: str) -> None:
    for judged in bank.bank_of(exercise_id).of("wrong"):
        seen = judged.verdict.returned
        kept = [] if seen is None else [x for x in (seen.low, seen.high) if x is not None]
        assert kept == [float(f"{x:.2g}") for x in kept], judged.entry.id
        said = re.sub('style="[^"]*"', "", as_html(judged.verdict)).partition("Your code printed:")[0]
        numbers = [] if judged.verdict.failure else re.findall(r"\d+\.\d+", said)
        assert numbers == [x for x in numbers if float(x) == float(f"{float(x):.2g}")], judged.entry.id


# ---------------------------------------------------------------- accessibility


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours. Source: WCAG 2.2."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@every_state
def test_text_has_contrast_and_lines_are_seen_on_light_and_dark_pages(verdict: Verdict) -> None:
    for style in styles(as_html(verdict)):
        assert ("color" in style) == ("background-color" in style), "text on the page's own ground keeps its colour"
        if "color" in style:
            assert contrast(style["color"], style["background-color"]) >= 4.5
        for colour in re.findall(r"#[0-9a-f]{6}", " ".join(v for k, v in style.items() if k.startswith("border"))):
            assert min(contrast(colour, page) for page in ("#ffffff", "#111111")) >= 3.0


def spoken(page: str) -> str:
    """Return what a screen reader says: labels instead of pictures, and nothing that is hidden from it."""

    def said(element: Any) -> str:
        if element.attrib.get("aria-hidden") == "true":
            inner = ""
        elif element.attrib.get("role") == "img":
            inner = element.attrib["aria-label"]
        else:
            inner = (element.text or "") + "".join(said(child) for child in element)
        return f" {inner} {element.tail or ''}"

    return " ".join(said(html5lib.parse(page, namespaceHTMLElements=False).find("body")).split())


def test_a_screen_reader_says_words_for_every_mark() -> None:
    said = spoken(as_html(STATES["part"]))
    assert said.startswith("not yet backward : the gradients, one array at a time 6 of 8 points")
    assert "right grad_y_pred (" in said and "wrong grad_h (" in said and "not looked at grad_w1" in said
    assert not set(said) & set("✓✗·▁▂▃▄▅▆▇█")
    root = elements(as_html(STATES["part"]))[1]
    assert (root.attrib["role"], root.attrib["aria-label"]) == ("status", "Check of backward: not yet, 6 of 8 points")


# ---------------------------------------------------------------- escaping and sanitizing


@every_state
def test_a_cleaned_card_keeps_its_words_and_its_look(verdict: Verdict) -> None:
    page = as_html(verdict)
    assert words_of(str(clean_html(page))) == words_of(page), "where styles are taken away"
    cleaned = output(page)
    assert words_of(cleaned) == words_of(page) and spoken(cleaned) == spoken(page)
    assert styles(cleaned) == styles(page)
    assert {name for style in styles(page) for name in style} <= set(STYLES)


def test_cleaning_takes_scripts_positions_and_addresses() -> None:
    page = (
        '<div id="comment" class="score" style="position:fixed;margin:-9px;color:red">'
        '<i style="border:1px solid url(//x)">i</i>'
        '<script>x()</script><p onclick="x()"><img src="//x">'
        '<a href="javascript:x()">a</a><a href="/formgrader">b</a></div>'
    )
    made = elements(output(page))[1:]
    assert [e.tag for e in made] == ["div", "i", "p", "a", "a"]
    assert [dict(e.attrib) for e in made] == [{"style": "color:red;"}, {}, {}, {}, {}]


def test_the_link_leads_to_the_heading_in_feedback_as_in_jupyterlab() -> None:
    page = as_html(STATES["part"])
    section = STATES["part"].section
    assert f'<a href="#{section.replace(" ", "-")}">{section}</a>' in page
    (target,) = re.findall(r'href="#([^"]+)"', output(page))
    assert f'<h2 id="{target}">' in prose(f"## {section}\n\nWords.")
    assert re.fullmatch(r"heading-[0-9a-f]{8}", target)


def test_what_student_code_says_is_escaped() -> None:
    failed = verdict_of(failure=Failure("raised", EVIL, EVIL, EVIL, 3, operands=EVIL))
    for verdict in (failed, STATES["part"]):
        words = dict.fromkeys(("printed", "hint", "section", "title", "remark", "where"), EVIL)
        page = as_html(Verdict.from_dict({**verdict.as_dict(), **words}))
        for shown in (page, output(page)):
            tags = {e.tag for e in elements(shown)}
            assert tags <= {"body", "div", "span", "strong", "pre", "code", "a"}
            assert words_of(shown).replace("<b>", "`<b>`").replace("``", "`").count(EVIL) >= 4
            assert all(set(style) <= set(STYLES) for style in styles(shown))


def test_of_a_wrong_shape_what_came_back_is_summarised() -> None:
    verdict = STATES["shape"]
    assert verdict.returned is not None and verdict.returned.n_off == 0 and verdict.returned.grid == ()
    assert f"What came back: shape {verdict.returned.shape}, from about" in as_text(verdict)
    empty = verdict_of(setting("grad_w2", lambda g: g[:0]))
    assert "What came back: shape (0, " in as_text(empty) and "Every entry" not in as_text(empty)
