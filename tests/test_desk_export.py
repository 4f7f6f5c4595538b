"""`course export`: scores are filled into the downloaded file, and none of its other bytes change."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.desk.csv_file import CsvFile
from course.desk.export import export
from course.desk.late import show_late
from course.errors import CourseError
from course.grading.graded import Graded
from course.grading.store import Store
from tests.course_factory import LESSON, REPOSITORY, hand_in
from tests.platforms import PUPILS, Pupil, canvas_gradebook, gradebook_with, moodle_worksheet, written

MARKS = {"amueller": (17.5, 0.0), "bobrien": (20.0, 2.25004), "cwang": (12.0, 0.0), "gone": (9.0, 0.0)}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export")
    (root / "nbgrader_config.py").write_bytes((REPOSITORY / "nbgrader_config.py").read_bytes())
    gradebook_with(root, MARKS, waiting=["cwang"])
    return root


def filled(course: Path, folder: Path, platform: str, data: bytes, *words: str, **more: object) -> tuple[int, bytes]:
    into = folder / "downloaded.csv"
    into.write_bytes(data)
    status = export(platform, list(words), into, root=course, **more)
    assert into.read_bytes() == data
    new = folder / "downloaded-filled.csv"
    return status, new.read_bytes() if new.exists() else data


def changed(before: bytes, after: bytes, codec: str = "utf-8") -> dict[tuple[int, int], str]:
    """Return the cells that differ, as read by Python's csv module."""
    old, new = (list(csv.reader(io.StringIO(data.decode(codec), newline=""))) for data in (before, after))
    assert [len(row) for row in old] == [len(row) for row in new]
    return {(i, j): cell for i, row in enumerate(new) for j, cell in enumerate(row) if cell != old[i][j]}


def test_canvas_gets_scores_with_penalties_and_nothing_else(course, tmp_path, capsys):
    data = canvas_gradebook({"bobrien": "3.00", "dsmith2": "5.00"}).encode()
    status, after = filled(course, tmp_path, "canvas", data)
    assert changed(data, after) == {(3, 6): "17.50", (4, 6): "17.75"}
    assert (tmp_path / "downloaded-filled.csv").stat().st_mode & 0o777 == 0o600, "marks are nobody else's to read"
    told = capsys.readouterr().out
    assert status == 1, "one waits for a person, one is not in the file"
    for words in (
        "2.25 taken off for being late",
        "not final: 1 cell waits",
        "not in downloaded.csv",
        "not in the gradebook",
    ):
        assert words in told
    assert after.count(b"\n") == data.count(b"\n") and after.replace(b"17.50", b"").replace(b"17.75", b"3.00") == data


def test_what_is_too_little_to_be_shown_is_not_told_as_taken_off(tmp_path, capsys):
    (tmp_path / "nbgrader_config.py").write_bytes((REPOSITORY / "nbgrader_config.py").read_bytes())
    gradebook_with(tmp_path, {"amueller": (17.5, 2e-5), "bobrien": (0.0, 2e-5)})
    filled(tmp_path, tmp_path, "canvas", canvas_gradebook().encode())
    assert "taken off" not in capsys.readouterr().out


def test_a_score_of_nothing_for_a_notebook_that_cannot_be_read_says_so(tmp_path, capsys):
    (tmp_path / "nbgrader_config.py").write_bytes((REPOSITORY / "nbgrader_config.py").read_bytes())
    gradebook_with(tmp_path, {"amueller": (0.0, 0.0), "bobrien": (0.0, 0.0)})
    Store(tmp_path).mark_done(Graded(LESSON, "bobrien", "unreadable", notes=("it is empty",)), "")
    status, _ = filled(tmp_path, tmp_path, "canvas", canvas_gradebook(pupils=PUPILS[:2]).encode())
    assert status == 0 and capsys.readouterr().out.count("the notebook cannot be read: it is empty") == 1


def test_what_waits_for_a_person_is_filled_in_when_asked(course, tmp_path):
    data = canvas_gradebook().encode()
    _, after = filled(course, tmp_path, "canvas", data, unfinished=True)
    assert changed(data, after)[5, 6] == "12.00"


def test_excused_students_and_missing_ones_keep_what_canvas_says(course, tmp_path):
    data = canvas_gradebook({"amueller": "EX", "bobrien": "N/A"}).encode()
    _, after = filled(course, tmp_path, "canvas", data)
    assert after == data


def test_points_are_scaled_to_what_the_platform_gives(course, tmp_path):
    data = canvas_gradebook(points="50.00").encode()
    assert changed(data, filled(course, tmp_path, "canvas", data)[1])[3, 6] == "35.00"


def test_a_semicolon_a_decimal_comma_a_byte_order_mark_and_line_ends_are_kept(course, tmp_path):
    text = canvas_gradebook({"bobrien": "3,00"}, points="25,00", separator=";").replace("\n", "\r\n")
    data = "\ufeff".encode() + text.encode()
    _, after = filled(course, tmp_path, "canvas", data)
    assert after.replace(b";17,75;", b";3,00;").replace(b"=1+1;17,50;", b"=1+1;;") == data != after
    assert after.startswith(b"\xef\xbb\xbf") and after.count(b"\r\n") == data.count(b"\r\n")


def test_utf_16_is_written_as_it_was(course, tmp_path):
    data = canvas_gradebook().encode("utf-16")
    _, after = filled(course, tmp_path, "canvas", data)
    assert changed(data, after, "utf-16") == {(3, 6): "17.50", (4, 6): "17.75"}


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_moodle_is_understood_in_every_language(course, tmp_path, language):
    most = "100,00" if language == "de" else "100.00"
    data = moodle_worksheet({"bobrien": most}, language=language, most=most).encode()
    _, after = filled(course, tmp_path, "moodle", data, LESSON)
    mark = "," if language == "de" else "."
    assert changed(data, after) == {(1, 5): f"70{mark}00", (2, 5): f"71{mark}00"}


def test_a_comma_in_a_number_is_quoted_where_it_separates_cells(course, tmp_path):
    data = moodle_worksheet(most="100,00").encode()
    assert b',"70,00","100,00",' in filled(course, tmp_path, "moodle", data, LESSON)[1]


def test_the_lesson_of_a_worksheet_is_known_by_its_file(course, tmp_path):
    into = tmp_path / "Grades-Deep learning-Way 1 NumPy-123.csv"
    into.write_text(moodle_worksheet(), encoding="utf-8")
    export("moodle", [], into, root=course)
    assert "70.00" in (tmp_path / f"{into.stem}-filled.csv").read_text()


def test_json_has_a_line_for_each_score(course, tmp_path, capsys):
    filled(course, tmp_path, "canvas", canvas_gradebook().encode(), as_json=True)
    lines = {(line := json.loads(text))["student"]: line for text in capsys.readouterr().out.splitlines()}
    assert lines["bobrien"]["status"] == "filled" and lines["bobrien"]["penalty"] == 2.25004
    assert lines["bobrien"]["late_s"] == 25 * 3600 and lines["bobrien"]["now"] == "17.75"
    assert lines["gone"]["status"] == "left"


@pytest.mark.parametrize(
    ("platform", "text", "words", "said"),
    [
        ("canvas", moodle_worksheet(), [], "from Moodle"),
        ("moodle", canvas_gradebook(), [LESSON], "from Canvas"),
        ("canvas", "a,b\n1,2\n", [], "not a gradebook from Canvas"),
        ("canvas", canvas_gradebook(title="Homework (4711)"), [LESSON], "--column"),
        ("canvas", canvas_gradebook(title="Quiz on way 1 (4)").replace("Quiz (12)", "Way 1 (12)"), [], "Name one"),
        ("canvas", 'Student,ID,"Section\n', [], "quotation mark"),
        ("moodle", moodle_worksheet(most="Good"), [LESSON], "Which column"),
        ("moodle", moodle_worksheet(), [], "for one lesson"),
    ],
)
def test_what_cannot_be_filled_in_is_one_sentence_and_nothing_is_written(course, tmp_path, platform, text, words, said):
    into = tmp_path / "downloaded.csv"
    into.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=said):
        export(platform, words, into, root=course)
    assert list(tmp_path.iterdir()) == [into]


def test_a_column_can_be_named(course, tmp_path):
    data = canvas_gradebook(title="Homework (4711)").encode()
    assert changed(data, filled(course, tmp_path, "canvas", data, LESSON, column="Homework")[1])[3, 6] == "17.50"


def test_another_file_of_that_name_stays(course, tmp_path):
    (tmp_path / "downloaded-filled.csv").write_text("mine")
    with pytest.raises(CourseError, match="something else"):
        filled(course, tmp_path, "canvas", canvas_gradebook().encode())
    assert (tmp_path / "downloaded-filled.csv").read_text() == "mine"


def test_who_cannot_be_told_from_another_gets_nothing(course, tmp_path, capsys):
    same = (PUPILS[0], Pupil("amueller", "Anna", "Müller", 1009, 70319))
    data = canvas_gradebook(pupils=same).encode()
    assert filled(course, tmp_path, "canvas", data)[1] == data
    assert "several of these" in capsys.readouterr().out


def test_a_second_time_there_is_nothing_to_fill_in(course, tmp_path, capsys):
    data = canvas_gradebook().encode()
    again = filled(course, tmp_path, "canvas", data)[1]
    (tmp_path / "downloaded-filled.csv").unlink()
    assert filled(course, tmp_path, "canvas", again)[1] == again
    assert "Nothing was written" in capsys.readouterr().out and len(list(tmp_path.iterdir())) == 1


def test_who_is_late_is_shown_with_the_due_date_and_what_is_taken_off(course, capsys):
    hand_in(course, "eve", "{}").with_name("timestamp.txt").write_text("2026-03-12 12:00:00 UTC")
    show_late([LESSON], root=course)
    told = capsys.readouterr().out
    for words in (
        "due 2026-03-10 12:00 UTC; 2 late",
        "1 d 1 h",
        " 2.25 ",
        "17.75 of 25",
        "not graded yet",
        "No late policy",
    ):
        assert words in told
    show_late([], as_json=True, root=course)
    late = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["student"], one["late_s"], one["score"]) for one in late] == [
        ("bobrien", 25 * 3600, 17.74996),
        ("eve", 48 * 3600, None),
    ]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    data=st.data(),
)
def test_only_the_cells_that_are_given_change(rows, separator, end, quote_all, codec, data, tmp_path_factory):
    rows = [["name", "id", *["x"] * 4], *rows]
    text = io.StringIO()
    lines = any(c in cell for row in rows for cell in row for c in "\r\n")  # Python does not quote all of them
    quoting = csv.QUOTE_ALL if quote_all or lines else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.getvalue().encode(codec))
    file = CsvFile(path)
    assert [[cell.text for cell in row] for row in file.rows] == rows
    assert file.with_cells({}) == path.read_bytes()
    places = [(i, j) for i, row in enumerate(rows) for j in range(len(row)) if i]
    chosen = data.draw(st.dictionaries(st.sampled_from(places), st.sampled_from(["17,5", "3", "0.25", ""]), max_size=3))
    path.write_bytes(file.with_cells(chosen))
    again = [[cell.text for cell in row] for row in CsvFile(path).rows]
    expected = [[chosen.get((i, j), cell) for j, cell in enumerate(row)] for i, row in enumerate(rows)]
    assert again == expected
    if quoting == csv.QUOTE_ALL:
        text = io.StringIO()
        csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(expected)
        assert path.read_bytes() == text.getvalue().encode(codec)


def test_bytes_that_are_no_utf_8_stay(tmp_path):
    data = b'n\xe4me,id\r\n"M\xfcller, A",1\r\nx,\r\n'
    path = tmp_path / "old.csv"
    path.write_bytes(data)
    file = CsvFile(path)
    assert file.rows[1][0].text == "Müller, A"
    assert file.with_cells({(2, 1): "7"}) == data.replace(b"x,", b"x,7")


def test_the_rows_of_a_file_written_elsewhere_are_read_alike(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n" + written([["a", "b;c"], ["1", '"q"']], ";"))
    assert [[cell.text for cell in row] for row in CsvFile(path).rows] == [["a", "b;c"], ["1", '"q"']]
