"""The class report: the data it reads, the agreement of page and JSON, and what others may see of it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course.errors import CourseError
from course.grading.database import open_gradebook
from course.reports import collect
from course.reports.command import report, report_after_grading
from tests.report_class import SLIP, WORTH, add, make_class

EVIL = "<img src=x onerror=alert(1)>\u202e\x1b"


class Page(HTMLParser):
    """A parsed page: the cells of each table by the table's id, and all links, tags and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.links: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self._table, self._cell = "", False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known["href"] or ""] if tag == "a" else []
        if tag == "caption":
            self._table = known["id"] or ""
            self.tables[self._table] = []
        elif tag == "tr" and self._table:
            self.tables[self._table].append([])
        elif tag in ("td", "th") and self._table:
            self.tables[self._table][-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")
        self._table = "" if tag == "table" else self._table

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.tables[self._table][-1][-1] += data

    def rows(self, table: str) -> list[list[str]]:
        return [[" ".join(cell.split()) for cell in row] for row in self.tables[table]][1:]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class of 25: one absent, four with the slip, one with an unnamed mistake, one late, one unreadable."""
    root = make_class(tmp_path_factory.mktemp("report"), "absent")
    right = {f"right{i:02d}": [] for i in range(17)}
    slips = {f"slip{i}": [("backward", 5.0, SLIP, "grad_h")] for i in range(4)}
    add(root, "way1_numpy", {**right, **slips, EVIL: [("forward", 0.0, "", "h")]})
    add(
        root,
        "way1_numpy",
        {"torn": [(n, 0.0, "", "") for n in ("forward", "backward")]},
        status="unreadable",
        notes=["x"],
    )
    add(root, "way1_numpy", {"late": []}, days_late=2)
    again = {s: slips[s] for s in ("slip0", "slip1", "slip2")}
    add(root, "way2_tensors", {**right, **again, "slip3": []})
    for student in ("right00", "slip0"):
        place = root / "feedback" / student / "way1_numpy" / "way1_numpy.html"
        place.parent.mkdir(parents=True)
        place.write_text("")
    (root / ".course").chmod(0o700)  # as the first command leaves it
    return root


def numbers(root: Path, capsys: pytest.CaptureFixture[str], **how: object) -> dict:
    capsys.readouterr()
    report(root=root, as_json=True, **how)  # type: ignore[arg-type]
    found: dict = json.loads(capsys.readouterr().out)
    return found


def written(root: Path, place: Path, **how: object) -> str:
    report(root=root, out=place, **how)  # type: ignore[arg-type]
    return place.read_text(encoding="utf-8")


def test_the_numbers_are_those_of_the_class(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = numbers(graded, capsys)
    first, second = found["lessons"]
    assert (found["students"], first["handed_in"], first["graded"], second["handed_in"]) == (25, 24, 23, 21)
    assert first["mean"] == pytest.approx((23 * 20 - 4 * 3 - 4) / 23)
    backward = next(e for e in found["exercises"] if e["exercise"] == "way1_numpy.backward")
    assert (backward["answered"], backward["full"]) == (23, 19)
    assert backward["facility"] == pytest.approx((23 * 8 - 4 * 3) / 23 / 8)
    (slip,) = found["mistakes"]
    assert (slip["mistake"], slip["n"], [s["n"] for s in slip["shown"]]) == (SLIP, 4, [4, 3])
    assert slip["returns"] == [{"first": "way1_numpy", "then": "way2_tensors", "n": 3, "of": 4}]
    assert slip["shown"][0]["line"] == "grad_h = h"
    flow = next(f for f in found["flows"] if f["exercise"] == "way1_numpy.backward")
    assert [(s["quantity"], s["wrong"]) for s in flow["steps"] if s["wrong"]] == [("grad_h", 4)]
    assert [(u["exercise"], u["quantity"], u["n"]) for u in found["unnamed"]] == [("way1_numpy.forward", "h", 1)]
    assert [(n["student"], n["why"]) for n in found["not_graded"]] == [("torn", "unreadable: x")]
    assert [(late["student"], late["seconds"]) for late in found["late"]] == [("late", 172800)]
    assert [(w["cell"], w["n"]) for w in found["waiting"]] == [("explain", 24), ("explain", 21)]


def test_the_page_says_what_json_says(graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = numbers(graded, capsys)
    page = Page(written(graded, tmp_path / "r.html"))
    for row, lesson in zip(page.rows("t-lessons"), found["lessons"], strict=True):
        mean = f"{lesson['mean']:.1f} of {lesson['max_points']:g}"
        handed_in = f"{lesson['handed_in']} of {found['students']}"
        counts = [str(lesson[k]) for k in ("full", "late", "waiting")]
        assert row == [lesson["lesson"], handed_in, str(lesson["graded"]), mean, *counts]
    for row, e in zip(page.rows("t-exercises"), found["exercises"], strict=True):
        assert (
            row[0].startswith(e["exercise"]) and row[1] == f"{e['answered']} of {e['n']}" and row[2] == str(e["full"])
        )
        assert row[4] == f"{100 * e['facility']:.0f} %"
        assert row[5].startswith(
            f"{e['discrimination']:.2f}".replace("-", "−") if e["fifths"] else f"none: {e['why_not']}"
        )
    rows = iter(page.rows("t-mistakes"))
    for mistake in found["mistakes"]:
        assert f"{mistake['n']} students" in next(rows)[0]
        for shown in mistake["shown"]:
            row = next(rows)
            assert row[0] == shown["exercise"] and row[1].split()[0] == str(shown["n"])
            assert row[2] == f"{100 * shown['mean']:.0f} % class {100 * shown['of_class']:.0f} %"
    for flow in found["flows"]:
        right, wrong, _ = page.rows(f"f-{flow['exercise']}")
        assert right[1:] == [str(s["right"]) for s in flow["steps"]]
        assert wrong[1:] == [str(s["wrong"]) for s in flow["steps"]]
    assert [row[0] for row in page.rows("t-hands")] == [hand["student"] for hand in found["hands"]] == ["absent"]


def test_what_was_taken_off_has_two_digits_and_one_other_mistake_is_one(tmp_path: Path) -> None:
    root = make_class(tmp_path)
    mistakes = (SLIP, "alias-not-copy", "output-masked", "mask-selects")
    add(root, "way1_numpy", {f"s{i}": [("backward", 5.0, m, "grad_h")] for i, m in enumerate(mistakes)}, days_late=1)
    with closing(sqlite3.connect(root / "gradebook.db")) as database, database:
        database.execute("update submitted_notebook set late_submission_penalty = 0.0123456")
    text = written(root, tmp_path / "r.html")
    assert {row[-1] for row in Page(text).rows("t-late")} == {"0.01"}
    assert "1 other mistake<" in text


def test_nothing_in_the_page_comes_from_elsewhere_or_acts(graded: Path, tmp_path: Path) -> None:
    text = written(graded, tmp_path / "r.html")
    page = Page(text)
    assert page.tags.count("script") == 1 and not {"img", "link", "iframe"} & {*page.tags}
    assert not re.search(r"https?://|url\(|@import", text)
    assert "\u202e" not in text and "\x1b" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;\\u202e\\x1b" in text
    assert len(page.ids) == len({*page.ids})


def test_who_made_a_mistake_is_linked_to_the_graded_answer(graded: Path, tmp_path: Path) -> None:
    links = Page(written(graded, graded / "sub" / "r.html")).links
    assert "../feedback/slip0/way1_numpy/way1_numpy.html#check_backward" in links
    assert not any("slip1" in link for link in links), "there is nothing of slip1 to link to"
    shutil.rmtree(graded / "sub")


def test_an_anonymous_report_has_no_name_and_the_same_numbers(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = written(graded, tmp_path / "r.html", anonymous=True)
    assert not re.search(r"right\d|slip\d|torn|onerror", text) and Page(text).links[-1].startswith("#")
    again = written(graded, tmp_path / "again.html", anonymous=True)
    assert again == text.replace(*(re.findall(r"Class report, ([\d: -]+)", page)[0] for page in (text, again)))
    open_one, closed = numbers(graded, capsys), numbers(graded, capsys, anonymous=True)
    for key in ("summary", "lessons", "exercises", "flows"):
        assert closed[key] == open_one[key]
    assert {m["student"] for m in closed["hands"]}.isdisjoint(m["student"] for m in open_one["hands"])
    assert (graded / ".course" / "report.key").stat().st_mode & 0o077 == 0


def test_two_first_reports_at_once_use_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_class(tmp_path)
    key = root / collect.KEY

    def another_is_first(n: int) -> str:
        key.write_text("theirs")
        return "mine"

    monkeypatch.setattr(collect.secrets, "token_hex", another_is_first)
    mine, later = collect.pseudonyms(root), collect.pseudonyms(root)
    assert key.read_text() == "theirs" and mine("anna") == later("anna")
    assert [path.name for path in key.parent.glob("*") if path.is_dir() and path.name.startswith("tmp")] == []


def test_an_emptied_key_is_refused(tmp_path: Path) -> None:
    root = make_class(tmp_path)
    collect.pseudonyms(root)
    (root / collect.KEY).write_text("")
    with pytest.raises(CourseError, match=r"report\.key is empty"):
        collect.pseudonyms(root)


def test_strings_and_errors_that_a_student_wrote_stay_out_of_an_anonymous_report(tmp_path: Path) -> None:
    root = make_class(tmp_path)
    line = "name = 'it\\'s Anna' + \"Anna"
    wrong = {"forward": {"quantity": "", "said": "Your code raised ValueError: Anna", "line": line}}
    add(root, "way1_numpy", {"anna": [("forward", 0.0, "", "")]}, outcomes={"forward": "crashed"}, wrong=wrong)
    assert "Anna" in written(root, tmp_path / "open.html")
    assert "Anna" not in written(root, tmp_path / "closed.html", anonymous=True)


def test_of_a_single_answer_it_speaks_in_the_singular(tmp_path: Path) -> None:
    root = make_class(tmp_path)
    add(root, "way1_numpy", {"anna": [("backward", 5.0, SLIP, "grad_h")]})
    said = written(root, tmp_path / "report.html")
    assert "; 1 answer</caption>" in said and "1 answers" not in said


def test_others_on_the_machine_cannot_read_it(graded: Path) -> None:
    report(root=graded)
    assert (graded / "report.html").stat().st_mode & 0o777 == 0o600
    (graded / ".course").chmod(0o770)
    report(root=graded)
    assert (graded / "report.html").stat().st_mode & 0o777 == 0o660, "a group that was let in"
    (graded / ".course").chmod(0o700)


def test_one_lesson_alone(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = numbers(graded, capsys, lessons=["way2_tensors"])
    assert {e["exercise"].partition(".")[0] for e in found["exercises"]} == {"way2_tensors"}
    with pytest.raises(CourseError, match="no lesson “way9”"):
        report(["way9"], root=graded)


def test_what_has_no_whole_verdicts_counts_with_its_points_and_is_named(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    before = numbers(root, capsys)
    noted = root / ".course" / "grading" / "done" / "way1_numpy"
    (noted / "slip0.json").write_text('{"status": "graded", "outcomes": [')
    (noted / "slip1.json").write_text('{"status": "graded", "mistakes": [], "wrong": {}, "outcomes": 3, "notes": []}')
    (noted / "slip2.json").unlink()
    after = numbers(root, capsys)
    assert after["no_verdicts"] == [["slip0", "way1_numpy"], ["slip1", "way1_numpy"], ["slip2", "way1_numpy"]]
    assert after["mistakes"][0]["shown"][0]["students"] == ["slip3"]
    assert [e["mean"] for e in after["exercises"]] == [e["mean"] for e in before["exercises"]]


def test_a_check_counts_with_its_points_also_where_it_belongs_to_no_exercise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_class(tmp_path)
    with open_gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as gradebook:
        gradebook.add_grade_cell("check_own", "way1_numpy", "way1_numpy", max_score=3, cell_type="code")
    add(root, "way1_numpy", {"anna": [("own", 2.0, "", "")]})
    before = {e["exercise"]: e["mean"] for e in numbers(root, capsys, lessons=["way1_numpy"])["exercises"]}
    assert before == {"way1_numpy.own": 2} | {f"way1_numpy.{name}": n for name, n in WORTH["way1_numpy"].items()}
    shutil.rmtree(root / "release")
    assert {e["exercise"]: e["mean"] for e in numbers(root, capsys, lessons=["way1_numpy"])["exercises"]} == before


def test_what_lies_in_submitted_and_has_no_points_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_class(tmp_path)
    add(root, "way1_numpy", {"anna": []})
    (root / "submitted" / "ben" / "way1_numpy").mkdir(parents=True)
    (root / "submitted" / "ben" / "way1_numpy" / "way1_numpy.ipynb").write_text("{}")
    (root / "submitted" / "essay.pdf").write_text("")
    found = numbers(root, capsys)["not_graded"]
    assert [(n["student"] or n["place"], n["why"].partition(";")[0]) for n in found] == [
        ("ben", "not graded yet"),
        ("submitted/essay.pdf", "not a student's folder"),
    ]


def test_without_anything_graded_it_says_what_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_class(tmp_path)
    with pytest.raises(CourseError, match="`course grade` comes first"):
        report(root=root)
    report_after_grading(root)
    assert "could not be written: There is nothing to report yet" in capsys.readouterr().err


def test_a_place_where_nothing_can_be_written_is_told(graded: Path) -> None:
    with pytest.raises(CourseError, match="--out"):
        report(root=graded, out=graded / "gradebook.db" / "r.html")
