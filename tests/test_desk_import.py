"""`course import`: downloads are matched with students and lessons, and moved into submitted/ atomically."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shlex
import stat
import zipfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.cli import main
from course.desk import archive, imports, picking, placing
from course.desk.imports import NOTE, ImportOptions, import_work
from course.desk.people import Person
from course.desk.times import time_in
from course.errors import CourseError
from tests.course_factory import LESSON, REPOSITORY, answered, make_course, notebook
from tests.platforms import (
    PUPILS,
    Pupil,
    blackboard_name,
    canvas_gradebook,
    canvas_name,
    gradebook_with,
    moodle_name,
    moodle_worksheet,
    zipped,
)

ANNA, BOB, WANG, DAN = PUPILS
WORK = nbformat.writes(answered(), version=4)
OTHER = nbformat.writes(answered(loss_fn="def loss_fn(y_pred, y):\n    return 1.0"), version=4)
WAY2 = (REPOSITORY / "release/way2_tensors/way2_tensors.ipynb").read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    course.mkdir()
    return make_course(course, (LESSON, "way2_tensors"))


def listed(root: Path, text: str) -> Path:
    path = root / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def run(root: Path, path: Path, capsys: pytest.CaptureFixture[str], *, list: str = "", **wishes: object) -> dict:
    """Import; return the status, the lines of JSON, and each line by (student, status)."""
    roster = listed(root, list) if list else None
    status = import_work(path, ImportOptions(**wishes), roster=roster, as_json=True, root=root)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {"status": status, "lines": lines, **{(line["student"], line["status"]): line for line in lines}}


def there(root: Path) -> dict[str, str]:
    folder = root / "submitted"
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p.name != NOTE}
    return {name: path.read_text(encoding="utf-8", errors="replace") for name, path in sorted(files.items())}


def at(student: str, lesson: str = LESSON) -> str:
    return f"{student}/{lesson}/{lesson}.ipynb"


def test_canvas(root, capsys):
    files = {
        canvas_name(ANNA, "way1_numpy-1.ipynb", 501): WORK,
        canvas_name(BOB, "way1_numpy (2).ipynb", 502, late=True): OTHER,
        canvas_name(WANG, "Untitled.ipynb", 503): WORK,
        canvas_name(DAN, "notes.pdf", 504): b"%PDF-1.7",
    }
    found = run(root, zipped(root / "submissions.zip", files), capsys, list=canvas_gradebook())
    assert there(root) == {at("amueller"): WORK, at("bobrien"): OTHER, at("cwang"): WORK}
    assert found["bobrien", "imported"]["is_late"] and not found["amueller", "imported"]["is_late"]
    assert found["dsmith2", "left_out"]["notes"] == ["no notebook"] and found["status"] == 1
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        anna = gradebook.find_student("amueller")
        assert (anna.first_name, anna.last_name, anna.lms_user_id) == ("Anna", "Müller", "1001")
        assert len(gradebook.students) == 4, "the list, without Canvas's own test student"


def test_canvas_says_late_and_not_by_how_much(root, capsys):
    gradebook_with(root, {"zoe": (1.0, 0.0)})  # due on 10 March at 12:00
    files = {canvas_name(ANNA, "a.ipynb", 5, late=True): WORK, canvas_name(BOB, "a.ipynb", 6): WORK}
    path = zipped(root / "s.zip", files)
    assert run(root, path, capsys, list=canvas_gradebook())["status"] == 0
    stamp = root / "submitted/amueller" / LESSON / "timestamp.txt"
    assert stamp.read_text() == "2026-03-10 12:00:01 UTC"
    assert not (root / "submitted/bobrien" / LESSON / "timestamp.txt").exists()
    stamp.write_text("2026-03-11 12:00:00 UTC")
    run(root, path, capsys, list=canvas_gradebook())
    assert stamp.read_text() == "2026-03-11 12:00:00 UTC", "what an instructor put right stays"


@pytest.mark.parametrize("folders", [True, False])
@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_moodle_with_times_from_the_worksheet(root, capsys, folders, language):
    says = {"en": "Tuesday, 10 March 2026, 2:14 PM", "de": "Dienstag, 10. März 2026, 14:14"}
    when = {ANNA.login: says.get(language, "2026年3月10日 星期二 14:14")}
    sheet = moodle_worksheet(language=language, handed_in=when)
    files = {moodle_name(p, "way1_numpy.ipynb", folders=folders): WORK for p in PUPILS}
    files |= {moodle_name(ANNA, "onlinetext.html", folders=folders, kind="onlinetext"): "<p>"}
    found = run(root, zipped(root / "m.zip", files), capsys, list=sheet, zone="Europe/Berlin")
    assert found["status"] == 0
    assert {n.partition("/")[0] for n in there(root)} == {f"M{p.canvas}" for p in PUPILS}
    assert (root / "submitted/M1001" / LESSON / "timestamp.txt").read_text() == "2026-03-10 13:14:00 UTC"


@pytest.mark.parametrize("word", ["Participant", "Teilnehmer/in", "参与者"])
def test_moodle_marked_blind(root, capsys, word):
    files = {moodle_name(p, "way1_numpy.ipynb", blind=word): WORK for p in PUPILS}
    sheet = moodle_worksheet(blind=True)
    assert run(root, zipped(root / "m.zip", files), capsys, list=sheet)["status"] == 0
    assert at("Participant_70311") in there(root)


def test_moodle_without_a_list_is_a_doubt_and_nothing_is_written(root, capsys):
    files = {moodle_name(p, "way1_numpy.ipynb"): WORK for p in (ANNA, BOB)}
    found = run(root, zipped(root / "m.zip", files), capsys)
    assert found["status"] == 1 and "--roster" in found["Anna Müller", "unmatched"]["notes"][0]
    assert not (root / "submitted").exists()


def test_blackboard_gives_logins_names_times_and_every_attempt(root, capsys):
    about = "Name: Anna Müller (a_mueller)\nAssignment: Way 1\nDate Submitted: whenever\n"
    anna = Pupil("a_mueller", "Anna", "Müller", 1, 1)
    first, last = "2026-03-09-10-00-00", "2026-03-10-11-58-03"
    files = {
        blackboard_name(anna, "way1.ipynb", first): OTHER,
        blackboard_name(anna, "", first): about,
        blackboard_name(anna, "way1.ipynb", last): WORK,
        blackboard_name(anna, "", last): about,
        blackboard_name(anna, "data.csv", last): "1,2",
    }
    found = run(root, zipped(root / "gradebook.zip", files), capsys, zone="America/New_York")
    assert there(root) == {
        at("a_mueller"): WORK,
        f"a_mueller/{LESSON}/data.csv": "1,2",
        f"a_mueller/{LESSON}/timestamp.txt": "2026-03-10 15:58:03 UTC",
    }
    assert "of 2, the latest is taken" in found["a_mueller", "imported"]["notes"][0]


def test_folders_and_names_of_ones_own(root, capsys):
    path = root / "handed"
    for name in ("anna/way1_numpy.ipynb", f"bob/{LESSON}/{LESSON}/{LESSON} (1).ipynb", "carl/x/Untitled1.ipynb"):
        (path / name).parent.mkdir(parents=True)
        (path / name).write_text(WORK, encoding="utf-8")
    (path / "anna" / "way2.ipynb").write_text(WAY2, encoding="utf-8")
    (path / "bob" / "link.ipynb").symlink_to(path / "anna" / "way1_numpy.ipynb")
    found = run(root, path, capsys)
    assert set(there(root)) == {at("anna"), at("bob"), at("carl"), at("anna", "way2_tensors")}
    assert found["bob", "left_out"]["place"] == "bob/link.ipynb" and found["status"] == 1


def test_files_named_after_students_are_matched_with_the_list(root, capsys):
    files = {"way1_numpy_amueller.ipynb": WORK, "Bob O'Brien - way1 (1).ipynb": WORK, "nobody.ipynb": WORK}
    found = run(root, zipped(root / "a.zip", files), capsys, list=canvas_gradebook(), take_certain=True)
    assert set(there(root)) == {at("amueller"), at("bobrien")} and ("nobody", "unmatched") in found


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ({"mülleranna_1002_1001_501_w.ipynb": OTHER, canvas_name(BOB, "w.ipynb", 9): WORK}, canvas_gradebook()),
        (
            {
                moodle_name(ANNA, moodle_name(BOB, "w (9).ipynb", folders=False), folders=False): OTHER,
                moodle_name(BOB, "w.ipynb", folders=False): WORK,
            },
            moodle_worksheet(),
        ),
        (
            {
                blackboard_name(ANNA, blackboard_name(BOB, "w.ipynb", "2026-04-01-00-00-00")): OTHER,
                blackboard_name(BOB, "w.ipynb"): WORK,
            },
            "id\namueller\nbobrien\n",
        ),
        ({f"amueller/{canvas_name(BOB, 'w (9).ipynb', 999)}": OTHER, "bobrien/w.ipynb": WORK}, canvas_gradebook()),
    ],
    ids=["canvas", "moodle", "blackboard", "folders"],
)
def test_nobodys_name_or_file_is_taken_for_another(root, capsys, files, text):
    run(root, zipped(root / "s.zip", files), capsys, list=text, take_certain=True)
    assert [v for k, v in there(root).items() if "timestamp" not in k and k.startswith(("b", "M1002"))] == [WORK]


@pytest.mark.parametrize(
    "file",
    [
        "hw_amueller_attempt_2030-01-01-10-00-00_w.ipynb",
        "hw_amueller_attempt_2026-99-99-99-99-99_w.ipynb",
        "amueller_70311_assignsubmission_file_w.ipynb",
    ],
)
def test_the_name_that_a_student_gives_a_file_is_not_read_as_another_platforms(root, capsys, file):
    eve = Pupil("eve", "Eve", "Mallory", 1005, 70315)
    files = {canvas_name(ANNA, "w.ipynb", 501): WORK, canvas_name(eve, file, 502): OTHER}
    files |= {canvas_name(eve, "hw_amueller_attempt_2030-01-01-10-00-00.txt", 503): "Name: Anna (amueller)"}
    run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook(pupils=(ANNA, eve)), take_certain=True)
    assert there(root)[at("amueller")] == WORK and there(root)[at("eve")] == OTHER


def test_numbers_in_a_title_of_blackboard_are_not_canvass(root, capsys):
    files = {}
    for login in ("2026001", "2026002"):
        pupil = Pupil(login, "Anna", "Müller", 1, 1)
        files |= {blackboard_name(pupil, file, title="Lab_1"): WORK for file in ("w.ipynb", "w.pdf")}
        files |= {blackboard_name(pupil, "", title="Lab_1"): f"Name: Anna Müller ({login})\n"}
    assert run(root, zipped(root / "s.zip", files), capsys, list="id\n2026001\n2026002\n")["status"] == 0
    assert {at("2026001"), at("2026002")} <= set(there(root))


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("anna-2.ipynb", "anna-2"),
        ("team-2_way1.ipynb", "team-2"),
        ("way1_numpy_team-2.ipynb", "team-2"),
        ("anna-2-way1-1.ipynb", "anna-2"),
        ("anna-2 (1).ipynb", "anna-2"),
        ("anna-3.ipynb", "anna"),
        ("anna_way1-1 (2).ipynb", "anna"),
    ],
)
def test_a_number_at_the_end_is_a_copys_unless_a_student_has_it(root, capsys, file, student):
    roster = "id\nanna\nanna-2\nanna1\nanna21\nteam\nteam-2\n"
    assert run(root, zipped(root / "s.zip", {file: WORK}), capsys, list=roster)["status"] == 0
    assert there(root) == {at(student): WORK}


@pytest.mark.parametrize(("student", "first", "second"), [("anna-2", "", " (1)"), ("2", "_way1 (1)", "_way1 (2)")])
def test_the_number_of_an_id_is_not_that_of_a_copy(root, capsys, student, first, second):
    files = {f"{student}{first}.ipynb": OTHER, f"{student}{second}.ipynb": WORK}
    assert run(root, zipped(root / "s.zip", files), capsys, list=f"id\n{student}\n")["status"] == 0
    assert there(root) == {at(student): WORK}


def test_a_file_beside_a_notebook_that_cannot_be_read_costs_only_itself(root, capsys, monkeypatch):
    download = root / "download"
    (download / "anna").mkdir(parents=True)
    (download / "anna" / f"{LESSON}.ipynb").write_text(WORK)
    (download / "anna" / "photo.png").write_bytes(b"x")

    def locked(path, *_, real=archive.read_plainly):
        if path.name == "photo.png":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, archive.MAX_FILE_BYTES)

    monkeypatch.setattr(archive, "read_plainly", locked)
    found = run(root, download, capsys)
    assert there(root) == {at("anna"): WORK}
    assert "without anna/photo.png: Permission denied" in str(found["anna", "imported"]["notes"])


def test_a_folder_in_submitted_whose_name_is_not_text_stops_nobody(root, capsys):
    os.makedirs(os.fsencode(root / "submitted") + b"/caf\xe9")
    assert run(root, zipped(root / "s.zip", {"anna.ipynb": WORK}), capsys, list="id\nanna\n")["status"] == 0
    assert at("anna") in there(root)


def test_what_this_user_may_not_read_is_listed_with_the_reason(root, capsys, monkeypatch):
    download = root / "download"
    for name in ("anna", "bob", "cleo"):
        (download / name).mkdir(parents=True)
        (download / name / f"{LESSON}.ipynb").write_text(WORK)

    def locked(path, *_, real=archive.read_plainly):
        if path.parent.name == "bob":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, archive.MAX_FILE_BYTES)

    def walk(top, *args, real=os.walk, **options):  # as root every folder can be read
        if top == download:
            options["onerror"](PermissionError(errno.EACCES, "Permission denied", str(download / "dan")))
        return real(top, *args, **options)

    monkeypatch.setattr(archive, "read_plainly", locked)
    monkeypatch.setattr(archive.os, "walk", walk)
    found = run(root, download, capsys)
    assert there(root) == {at("anna"): WORK, at("cleo"): WORK}
    assert "it cannot be read: Permission denied" in str(found["bob", "left_out"]["notes"])
    assert any(
        "it cannot be read: Permission denied" in str(line)
        for line in found.values()
        if line is not found["bob", "left_out"]
    )


def test_archives_in_archives(root, capsys):
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("my work/Way1.ipynb", WORK)
        file.writestr("my work/data/points.csv", "3")
        file.writestr("__MACOSX/._Way1.ipynb", "x")
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("inner.zip", inner.getvalue())
    files = {canvas_name(ANNA, "work.zip", 501): outer.getvalue()}
    assert run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())["status"] == 0
    assert there(root) == {at("amueller"): WORK, f"amueller/{LESSON}/data/points.csv": "3"}


def test_who_handed_in_what_cannot_be_read_has_handed_in_something(root, capsys):
    files = {canvas_name(ANNA, "w.ipynb", 1): WORK, canvas_name(BOB, "work.zip", 2, late=True): b"PK\x03\x04"}
    found = run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())
    assert "cannot be unpacked" in found["bobrien", "left_out"]["notes"][0]
    assert {key[0] for key in found if key[1] == "missing"} == {"cwang", "dsmith2"}


def test_an_archive_that_is_cut_off_is_to_be_downloaded_again(root, capsys):
    whole = zipped(root / "s.zip", {"anna/w.ipynb": WORK}).read_bytes()
    for content, advice in ((whole[:-50], "download it again"), (b"", "download it again"), (b"Rar!", "unpack it")):
        (root / "s.zip").write_bytes(content)
        with pytest.raises(CourseError, match=advice):
            run(root, root / "s.zip", capsys)


def of_a_later_version(data: bytes) -> bytes:
    place = data.index(b"PK\x01\x02") + 6
    return data[:place] + b"\x40" + data[place + 1 :]


def with_a_name_that_is_no_text(data: bytes) -> bytes:
    return data.replace("é".encode(), b"\xff\xff")


def with_a_damaged_directory(data: bytes) -> bytes:
    place = data.rindex(b"PK\x01\x02")
    return data[:place] + b"XX" + data[place + 2 :]


@pytest.mark.parametrize("broken", [of_a_later_version, with_a_name_that_is_no_text, with_a_damaged_directory])
def test_an_archive_that_cannot_be_unpacked_stops_nothing_else(root, capsys, broken):
    data = broken(archive_of({"way1.ipynb": WORK, "é.txt": "x"}))
    files = {canvas_name(ANNA, "w.zip", 1): data, canvas_name(BOB, "w.ipynb", 2): WORK}
    found = run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())
    assert "cannot be unpacked" in found["amueller", "left_out"]["notes"][0]
    assert there(root) == {at("bobrien"): WORK}
    (root / "t.zip").write_bytes(data)
    with pytest.raises(CourseError, match="download it again"):
        run(root, root / "t.zip", capsys)


def test_damaged_data_in_an_archive_stop_nothing_else(root, capsys):
    path = root / "s.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("anna/way1_numpy.ipynb", WORK)
        file.writestr("bob/way1_numpy.ipynb", WORK)
    data = bytearray(path.read_bytes())
    data[100:400] = b"\xff" * 300
    path.write_bytes(data)
    found = run(root, path, capsys)
    assert there(root) == {at("bob"): WORK} and "damaged" in found["anna", "left_out"]["notes"][0]


@pytest.mark.parametrize("kind", ["archive", "folder"])
def test_a_timestamp_that_cannot_be_read_stops_nothing(root, capsys, kind):
    said = "2026-03-10 12:00:00 UTC"
    path = root / "handed"
    (path / "anna").mkdir(parents=True)
    (path / "anna" / "way1_numpy.ipynb").write_text(WORK, encoding="utf-8")
    if kind == "folder":
        (root / "elsewhere.txt").write_text(said)
        os.link(root / "elsewhere.txt", path / "anna" / "timestamp.txt")
    else:
        path = root / "s.zip"
        data = archive_of({"anna/way1_numpy.ipynb": WORK, "anna/timestamp.txt": said})
        path.write_bytes(data.replace(said.encode(), said.replace("12", "13").encode()))
    assert run(root, path, capsys)["status"] == 0
    assert there(root) == {at("anna"): WORK}


def test_hostile_archives(root, capsys, monkeypatch):
    monkeypatch.setattr(archive, "RATIO_FROM_BYTES", 1000)
    path = root / "s.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("../../evil.ipynb", "/tmp/evil.ipynb", "C:\\evil.ipynb", "a\\..\\..\\evil.ipynb"):
            file.writestr(name, WORK)
        link = zipfile.ZipInfo("anna/way1_numpy.ipynb")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("bomb/way1_numpy.ipynb", b"0" * 10**6)
        file.writestr("carl/way1_numpy.ipynb", WORK)
        file.writestr("carl/timestamp.txt", "1999-01-01 00:00 UTC")
        file.writestr("carl/submission_secret.txt", "s")
        file.writestr("carl/CON.csv", "1")
    found = run(root, path, capsys)
    assert set(there(root)) == {at("carl"), f"carl/{LESSON}/_CON.csv", f"carl/{LESSON}/timestamp.txt"}
    assert found["status"] == 1 and not (root.parent / "evil.ipynb").exists()
    assert [line["notes"] for line in found["lines"]].count(["its path leads outside the archive"]) == 4


@pytest.mark.parametrize(("limit", "least"), [("MAX_FILES", 2), ("MAX_DEPTH", 0)])
def test_archives_are_read_up_to_a_bound(root, capsys, monkeypatch, limit, least):
    monkeypatch.setattr(archive, limit, least)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("way1_numpy.ipynb", WORK)
    files = {f"{name}/work.zip": inner.getvalue() for name in "abc"}
    try:
        found = run(root, zipped(root / "s.zip", files), capsys)
        assert found["", "left_out"]["notes"] == ["more than 0 archives nested in one another"]
    except CourseError as error:
        assert "cannot be the work of a class" in str(error)
    assert not list((root / "submitted").glob("*/*"))


def test_what_one_student_hands_in_does_not_stop_the_class(root, capsys, monkeypatch):
    monkeypatch.setattr(archive, "MAX_OWN_FILES", 3)
    monkeypatch.setattr(archive, "MAX_OWN_BYTES", 20_000)
    small = {f"{i}.txt": "x" for i in range(4)}
    nested = archive_of({"a.txt": "x", "b.zip": archive_of({f"{i}.txt": "x" for i in range(3)})})
    files = {
        canvas_name(ANNA, "many.zip", 1): archive_of(small),
        canvas_name(ANNA, "nested.zip", 6): nested,
        canvas_name(BOB, "large.zip", 2): archive_of({f"{i}.zip": "0" * 9000 for i in range(3)}),
        canvas_name(WANG, "broken.zip", 3): b"PK\x03\x04",
        canvas_name(WANG, "w" * 300 + ".ipynb", 4): WORK,
        canvas_name(DAN, "w.ipynb", 5): WORK,
    }
    found = run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())
    said = " ".join(note for line in found["lines"] for note in line["notes"])
    for words in (
        "more than 3 files",
        "archives of one student",
        "cannot be unpacked",
        "longer than file systems allow",
    ):
        assert words in said
    assert said.count("more than 3 files") == 2
    assert set(there(root)) == {at("dsmith2")} and found["status"] == 1


NAMED = {
    "canvas": lambda pupil, i, file: canvas_name(pupil, file, 500 + i),
    "moodle": lambda pupil, _, file: moodle_name(pupil, file, folders=False),
    "blackboard": lambda pupil, i, file: blackboard_name(pupil, file, f"2026-03-10-11-58-{i:02}"),
    "folders": lambda pupil, _, file: f"handed in/{pupil.login}/{file}",
    "archives": lambda pupil, _, file: f"handed in/{pupil.login}.zip",
}


@pytest.mark.parametrize("by", NAMED)
def test_the_files_of_all_archives_of_a_student_are_counted_together(root, capsys, monkeypatch, by):
    monkeypatch.setattr(archive, "MAX_OWN_FILES", 8)
    inner = {f"a{i}.zip": archive_of({f"{by}{i}{k}.txt": "x" for k in range(4)}) for i in range(6)}
    if by == "archives":
        inner = {"all.zip": archive_of(inner)}
    files = {NAMED[by](DAN, i, name): content for i, (name, content) in enumerate(inner.items())}
    mine = {"way1_numpy.ipynb": WORK}
    for i, pupil in enumerate((ANNA, BOB, WANG), 10):
        name, content = ("w.zip", archive_of(mine)) if by == "archives" else ("way1_numpy.ipynb", WORK)
        files[NAMED[by](pupil, i, name)] = content
    roster = moodle_worksheet() if by == "moodle" else canvas_gradebook()
    found = run(root, zipped(root / "s.zip", files), capsys, list=roster, take_certain=True)
    assert sum(name.endswith(".ipynb") for name in there(root)) == 3
    counted = [line for line in found["lines"] if "more than 8 files of one student" in str(line["notes"])]
    assert len(counted) == 1


def test_a_students_notebooks_come_before_other_files(root, capsys, monkeypatch):
    monkeypatch.setattr(archive, "MAX_OWN_FILES", 8)
    files = {**{f"anna/library/{i}.py": "" for i in range(20)}, "anna/way1_numpy.ipynb": WORK}
    assert ("anna", "imported") in run(root, zipped(root / "s.zip", {**files, "bob/way1.ipynb": WORK}), capsys)


def test_one_students_notebooks_are_read_up_to_a_bound(root, capsys, monkeypatch):
    monkeypatch.setattr(picking, "MAX_READ_BYTES", 3 * len(WORK.encode()))
    many = archive_of({f"way1_numpy ({i}).ipynb": WORK for i in range(5)})
    files = {canvas_name(DAN, f"w{i}.zip", i): many for i in range(5)} | {canvas_name(BOB, "w.ipynb", 9): WORK}
    found = run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())
    assert set(there(root)) == {at("bobrien"), at("dsmith2")}
    assert sum("not read: more than" in str(line["notes"]) for line in found["lines"]) == 25 - 3


@pytest.mark.parametrize(
    "files",
    [
        ["data", "data/a"],
        ["data/a/b", "Data/A"],
        ["way1_numpy.ipynb /a"],
        ["WAY1_numpy.ipynb./b"],
        ["timestamp.txt/a"],
        ["/".join(["q" * 190] * 6) + "/data.txt"],
        ["é" * 120 + ".txt"],
    ],
    ids=lambda files: files[0][:20],
)
def test_files_that_are_in_each_others_way_or_have_long_names_stop_nothing(root, capsys, files):
    inner = archive_of({"way1_numpy.ipynb": WORK, **dict.fromkeys(files, "x")})
    names = {canvas_name(DAN, "w.zip", 1): inner, canvas_name(BOB, "w.ipynb", 2): WORK}
    found = run(root, zipped(root / "s.zip", names), capsys, list=canvas_gradebook())
    assert {at("dsmith2"): WORK, at("bobrien"): WORK}.items() <= there(root).items()
    assert re.search("without .*(already exists|longer than)", str(found["dsmith2", "imported"]["notes"]))


def failing_for(monkeypatch, student: str, error: OSError) -> None:
    def write(folder, *args, real=placing.write_folder):
        if folder.parent.name == student:
            raise error
        real(folder, *args)

    monkeypatch.setattr(imports, "write_folder", write)


def test_what_the_system_does_not_take_is_left_out_with_the_reason(root, capsys, monkeypatch):
    failing_for(monkeypatch, "bobrien", OSError(errno.ENAMETOOLONG, "File name too long"))
    files = {canvas_name(p, "w.ipynb", i): WORK for i, p in enumerate(PUPILS)}
    found = run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())
    assert found["bobrien", "left_out"]["notes"] == ["it cannot be written: File name too long"]
    assert len(there(root)) == len(PUPILS) - 1


def test_a_full_disk_ends_an_import_that_says_where_and_what_is_there(root, capsys, monkeypatch):
    files = {f"{p.login}/{LESSON}.ipynb": WORK for p in PUPILS}
    path = zipped(root / "s.zip", files)
    with monkeypatch.context() as patched:
        failing_for(patched, "cwang", OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises(CourseError, match=r"The disk that holds /.* is full\. .*; imported so far: 2; the next"):
            run(root, path, capsys)
    assert set(there(root)) == {at("amueller"), at("bobrien")}
    assert run(root, path, capsys)["status"] == 0
    assert len(there(root)) == len(PUPILS)


def test_a_file_of_any_time_is_imported(root, capsys, monkeypatch):
    for name in ("anna", "bob"):
        (root / "handed" / name).mkdir(parents=True)
        (root / "handed" / name / "way1_numpy.ipynb").write_text(WORK, encoding="utf-8")

    def lstat(path, real=Path.lstat):
        status = real(path)
        return os.stat_result((*status[:8], 2**40, status[9])) if path.parent.name == "bob" else status

    monkeypatch.setattr(Path, "lstat", lstat)
    assert run(root, root / "handed", capsys)["status"] == 0
    assert set(there(root)) == {at("anna"), at("bob")}


def test_names_in_old_letters_and_accents_in_two_parts(root, capsys):
    roster = "id,first_name,last_name\nmueller,Jörg,Müller\nevora,Cesária,Évora\n"
    path = root / "s.zip"
    moodle = "Jörg Müller_71_assignsubmission_file/w.ipynb"
    decomposed = "Cesa\u0301ria E\u0301vora_72_assignsubmission_file/w.ipynb"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(zipfile.ZipInfo("x" * len(moodle.encode("cp437"))), WORK)
        file.writestr(decomposed, WORK)
    data = path.read_bytes().replace(b"x" * len(moodle.encode("cp437")), moodle.encode("cp437"))
    path.write_bytes(data)
    assert run(root, path, capsys, list=roster)["status"] == 0
    assert set(there(root)) == {at("mueller"), at("evora")}


def test_two_of_the_same_name_are_a_doubt(root, capsys):
    twins = [Pupil("am1", "Anna", "Müller", 1, 1), Pupil("am2", "Anna", "Müller", 2, 2)]
    roster = "id,first_name,last_name\nam1,Anna,Müller\nam2,Anna,Müller\n"
    files = {moodle_name(p, "w.ipynb"): WORK for p in twins}
    path = zipped(root / "m.zip", files)
    found = run(root, path, capsys, list=roster)
    assert found["status"] == 1 and not (root / "submitted").exists()
    for given, advice in ((root / "list.csv", "Correct the list"), (None, "Give a class list")):
        import_work(path, ImportOptions(), roster=given, root=root)
        assert advice in capsys.readouterr().out
    told = {"first_name": "Anna", "last_name": "Müller"}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        for pupil in twins:
            gradebook.add_student(pupil.login, email=pupil.email, **told)
    assert run(root, path, capsys, list=moodle_worksheet(pupils=twins))["status"] == 0
    assert set(there(root)) == {at("am1"), at("am2")}, "an address in the gradebook tells them apart"


def test_a_list_with_ids_of_letters_and_numbers_is_no_worksheet(root, capsys):
    roster = "id,first_name,last_name,email\ns1001,Anna,Müller,a@b.c\ns1002,Bob,O'Brien,b@b.c\n"
    files = {"s1001/w.ipynb": WORK, "s1002.zip": archive_of({"way1.ipynb": WORK})}
    assert run(root, zipped(root / "s.zip", files), capsys, list=roster)["status"] == 0
    assert set(there(root)) == {at("s1001"), at("s1002")}


def archive_of(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return data.getvalue()


def test_what_is_there_gives_way_only_to_what_is_newer(root, capsys):
    def imported(number: int, content: str, day: int, **wishes: object) -> set[str]:
        path = zipped(root / "s.zip", {canvas_name(ANNA, "w.ipynb", number): content}, (2026, 3, day, 0, 0, 0))
        found = run(root, path, capsys, list=canvas_gradebook(), **wishes)
        return {key[1] for key in found if key[0] == "amueller"}

    assert imported(501, WORK, 1) == {"imported"}
    assert imported(501, WORK, 2) == {"same"}
    assert imported(500, OTHER, 3) == {"kept"} and there(root)[at("amueller")] == WORK
    assert imported(502, OTHER, 3, dry_run=True) == {"replaced"} and there(root)[at("amueller")] == WORK
    (root / "submitted/amueller" / LESSON / "submission_secret.txt").write_text("secret")
    assert imported(502, OTHER, 3) == {"replaced"} and there(root)[at("amueller")] == OTHER
    assert there(root)[f"amueller/{LESSON}/submission_secret.txt"] == "secret"
    (root / "submitted" / at("amueller")).write_text("changed by hand")
    assert imported(503, WORK, 4) == {"kept"}, "nothing says which is newer"
    assert imported(503, WORK, 4, replace=True) == {"replaced"} and there(root)[at("amueller")] == WORK


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("step", ["write", "move", "moved"])
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(root, capsys, monkeypatch, can_exchange, step):
    path = zipped(root / "s.zip", {canvas_name(ANNA, "w.ipynb", 501): WORK})
    run(root, path, capsys, list=canvas_gradebook())
    newer = zipped(root / "t.zip", {canvas_name(ANNA, "w.ipynb", 502): OTHER})
    if not can_exchange:
        monkeypatch.setattr(placing, "exchange_folders", lambda *_: False)
    pid = os.fork()
    if pid == 0:
        renames, real = [0], os.rename
        if step == "write":
            monkeypatch.setattr(os, "fsync", lambda _: os._exit(9))

        def rename(a: object, b: object) -> None:
            if step == "moved":
                real(a, b)  # type: ignore[arg-type]
            renames[0] += 1
            os._exit(9)

        if not can_exchange:
            monkeypatch.setattr(os, "rename", rename)
        elif step != "write":
            exchange = placing.exchange_folders
            monkeypatch.setattr(
                placing, "exchange_folders", lambda *w: (step == "move" or exchange(*w)) and os._exit(9)
            )
        try:
            import_work(newer, ImportOptions(), roster=root / "list.csv", root=root)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    placing.clear_staging(root / "submitted")
    expected = OTHER if (can_exchange and step == "moved") else WORK
    assert there(root) == {at("amueller"): expected}
    assert run(root, newer, capsys, list=canvas_gradebook())["status"] == 0
    assert there(root) == {at("amueller"): OTHER}
    assert not list((root / "submitted").glob(".*"))


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_where_folders_cannot_be_swapped_a_failure_leaves_the_old_one(root, capsys, monkeypatch, error):
    run(root, zipped(root / "s.zip", {canvas_name(ANNA, "w.ipynb", 501): WORK}), capsys, list=canvas_gradebook())
    newer = zipped(root / "t.zip", {canvas_name(ANNA, "w.ipynb", 502): OTHER})
    renames, real = [], os.rename

    def rename(old: Path, new: Path) -> None:
        renames.append(new)
        if len(renames) == 2:
            raise error
        real(old, new)

    monkeypatch.setattr(placing, "exchange_folders", lambda *_: False)
    monkeypatch.setattr(os, "rename", rename)
    with nullcontext() if error is OSError else pytest.raises(error):
        assert ("amueller", "left_out") in run(root, newer, capsys, list=canvas_gradebook())
    assert there(root) == {at("amueller"): WORK} and not list((root / "submitted").glob(".*"))


def test_a_second_import_leaves_what_was_changed_by_hand(root, capsys):
    path = root / "handed" / "anna"
    path.mkdir(parents=True)
    (path / "way1_numpy.ipynb").write_text(WORK, encoding="utf-8")
    (path / "timestamp.txt").write_text("2026-03-10 12:00:00.123456 UTC")
    assert ("anna", "imported") in run(root, path.parent, capsys)
    (root / "submitted" / at("anna")).write_text(OTHER, encoding="utf-8")
    assert ("anna", "kept") in run(root, path.parent, capsys)
    assert there(root)[at("anna")] == OTHER


def test_who_differs_only_in_case_is_one_student_or_a_doubt(root, capsys):
    files = {"anna/way1_numpy.ipynb": WORK, "Anna/way1_numpy.ipynb": OTHER}
    found = run(root, zipped(root / "s.zip", files), capsys)
    assert found["status"] == 1 and not (root / "submitted").exists()


def test_a_lesson_is_known_by_its_cells(root, capsys):
    files = {"anna/way1_numpy.ipynb": WAY2, "bob/way1_numpy.ipynb": "{", "carl/other.ipynb": json.dumps({"cells": []})}
    found = run(root, zipped(root / "s.zip", files), capsys)
    assert at("anna", "way2_tensors") in there(root) and at("bob") in there(root)
    assert "none of any lesson's cells" in found["carl", "left_out"]["notes"][0]
    only = run(root, zipped(root / "s.zip", files), capsys, lesson=LESSON)
    assert "not of way1_numpy" in only["anna", "left_out"]["notes"][0]


def test_who_handed_in_nothing_is_named(root, capsys):
    path = zipped(root / "s.zip", {canvas_name(ANNA, "w.ipynb", 501): WORK})
    found = run(root, path, capsys, list=canvas_gradebook())
    assert {key[0] for key in found if key[1] == "missing"} == {"bobrien", "cwang", "dsmith2"}
    import_work(path, ImportOptions(), roster=root / "list.csv", root=root)
    assert "nothing from 3 in the list" in capsys.readouterr().out
    section = run(root, path, capsys, list=canvas_gradebook(pupils=(ANNA, BOB)))
    assert {key[0] for key in section if key[1] == "missing"} == {"bobrien"}, "only these two are in this list"


def test_who_handed_in_one_lesson_of_two_is_named_for_the_other(root, capsys):
    files = {"anna/w.ipynb": WORK, "anna/v.ipynb": WAY2, "bob/w.ipynb": WORK, "carl/work.zip": b"PK\x03\x04"}
    found = run(root, zipped(root / "s.zip", files), capsys, list="id\nanna\nbob\ncarl\ndan\n")
    missing = [(line["student"], line["lesson"]) for line in found["lines"] if line["status"] == "missing"]
    assert missing == [("dan", LESSON), ("bob", "way2_tensors"), ("dan", "way2_tensors")]


def test_somebody_without_a_name_or_an_id_is_shown_all_the_same():
    assert Person().shown == "?" and Person(("", "s1")).shown == "s1" and Person(email="a@b.c").shown == "a@b.c"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Wednesday, June 10, 2026, 12:14 AM", datetime(2026, 6, 10, 0, 14)),
        ("miércoles, 10 de junio de 2026, 14:14", datetime(2026, 6, 10, 14, 14)),
        ("2026年06月10日 星期三 下午2:14", datetime(2026, 6, 10, 14, 14)),
        ("Mittwoch, am 10. Juni 2026, 12:14", datetime(2026, 6, 10, 12, 14)),
        ("31 February 2026, 14:14", None),
        ("3 mins 31 secs late", None),
        ("-", None),
    ],
)
def test_times_are_read_in_many_languages(text, time):
    assert time_in(text) == time


def test_a_time_zone_that_there_is_not_stops_before_anything_is_written(root):
    path = zipped(root / "g.zip", {blackboard_name(ANNA, "w.ipynb"): WORK})
    with pytest.raises(CourseError, match="no time zone"):
        import_work(path, ImportOptions(zone="Mars"), root=root)
    assert not (root / "submitted").exists()


def test_an_empty_copy_never_wins_over_work(root, capsys):
    blank = nbformat.writes(notebook("release"), version=4)
    files = {canvas_name(ANNA, "way1_numpy-Copy1.ipynb", 501): WORK, canvas_name(ANNA, "way1_numpy.ipynb", 502): blank}
    run(root, zipped(root / "s.zip", files), capsys, list=canvas_gradebook())
    assert there(root)[at("amueller")] == WORK


def test_the_commands_of_the_page_do_what_it_says(root, monkeypatch):
    page = (REPOSITORY / "docs/platforms.md").read_text(encoding="utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", page, re.S) for line in block.splitlines()]
    canvas, moodle = (shlex.split(line)[-1] for line in commands if "--into" in line)
    gradebook_with(root, {"amueller": (17.5, 0.0)})
    (root / canvas).write_text(canvas_gradebook(), encoding="utf-8")
    (root / moodle).write_text(moodle_worksheet(), encoding="utf-8")
    zipped(root / "submissions.zip", {canvas_name(ANNA, "w.ipynb", 501): WORK})
    monkeypatch.chdir(root)
    done = []
    for line in commands:
        if line != "course grade":
            with pytest.raises(SystemExit) as ended:
                main(shlex.split(line)[1:])
            done.append(ended.value.code)
    assert done == [0, 0, 0]
    assert "17.50" in (root / canvas.replace(".csv", "-filled.csv")).read_text(encoding="utf-8")
    assert "70.00" in (root / moodle.replace(".csv", "-filled.csv")).read_text(encoding="utf-8")
