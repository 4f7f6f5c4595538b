"""Several graders at once, on a PostgreSQL server and on SQLite: nothing is lost, duplicated or overwritten."""

from __future__ import annotations

import csv
import gc
import json
import logging
import os
import random
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psycopg
import pytest
from nbgrader import api
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from course import doctor
from course.errors import CourseError
from course.grading import database, grade, gradebook
from course.grading.gradebook import Gradebook
from course.grading.settings import load_settings
from course.grading.standings import scores as class_scores
from course.grading.standings import students_of_class
from course.privacy import close
from tests import commands, postgres
from tests.commands import Running, nbgrader
from tests.course_factory import LESSON, REPOSITORY, answered, hand_in, notebook
from tests.formgrader import serving

pytestmark = pytest.mark.slow

N_STAYS_AWAY = 15
WRONG = "def loss_fn(y_pred, y):\n    return 1.0\n"
ROWS = """
    select sa.student_id, bc.name, g.auto_score, g.manual_score from grade g
    join submitted_notebook sn on g.notebook_id = sn.id join submitted_assignment sa on sn.assignment_id = sa.id
    join base_cell bc on g.cell_id = bc.id order by 1, 2
"""
CELLS = "select name, type from base_cell union all select name, 'source' from source_cell order by 1, 2"
COMMENTS = """
    select sa.student_id, bc.name, c.manual_comment from comment c
    join submitted_notebook sn on c.notebook_id = sn.id join submitted_assignment sa on sn.assignment_id = sa.id
    join base_cell bc on c.cell_id = bc.id order by 1, 2
"""
# Saves submissions in a random order, as a class run does, but without student code.
SAVING = """
import random, sys
import nbformat
from pathlib import Path
from course.grading.gradebook import Gradebook
from course.grading.settings import load_settings
LESSON = "way1_numpy"
root, chance = Path.cwd(), random.Random(int(sys.argv[1]))
record = Gradebook(root)
record.ensure_lesson(LESSON)
right = nbformat.read(f"source/{LESSON}/{LESSON}.ipynb", 4)
empty = nbformat.v4.new_notebook()
for i in chance.sample(range(30), 30) * 2:
    record.save(LESSON, f"s{i}", {LESSON: empty if i % 3 == 0 else right}, None)
record.close()
"""


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    with postgres.running() as server:
        yield server


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database."""
    if request.param == "postgresql":
        return fresh(request.getfixturevalue("server"))
    file = tmp_path / "gradebook.db"
    if "log" in request.param:
        with create_engine(f"sqlite:///{file}").connect() as connection:
            assert connection.execute(text("pragma journal_mode = wal")).scalar() == "wal"
    return f"sqlite:///{file}"


def fresh(server: postgres.Server) -> str:
    return server.url(f"course_{random.getrandbits(40):x}")


def make_course(root: Path, students: dict[str, str | None]) -> Path:
    """Create a course folder with a class; students: by name, the answer to `loss_fn`, or None for the reference's."""
    for folder in ("source", "release"):
        shutil.copytree(REPOSITORY / folder / LESSON, root / folder / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    for student, loss in students.items():
        hand_in(root, student, answered() if loss is None else answered(loss_fn=loss))
    return root


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "COURSE_DB_URL": url}


GRADE = ("grade", "--workers", "1", "--json")
# Runs `course grade` with a short wait for a lost server.
IMPATIENT = f"""
import course.grading.database, course.cli
course.grading.database.GONE_WAIT_S = 2
course.cli.main({list(GRADE)})
"""


def start(root: Path, url: str) -> Running:
    """Start `course grade` in a process of its own, with the gradebook at `url`."""
    return commands.start("course", *GRADE, cwd=root, env=environment(url))


def ended(*graders: Running) -> None:
    said = [(g.communicate(timeout=240)[1], g.returncode) for g in graders]
    assert [status for _, status in said] == [0] * len(graders), said


def rows(url: str, query: str = ROWS) -> list[tuple]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def auto_scores(found: list[tuple]) -> dict[tuple[str, str], float | None]:
    """Return automatic scores by student and cell; fail if a row occurs twice."""
    assert len({row[:2] for row in found}) == len(found), "a row is there twice"
    return {(student, cell): score for student, cell, score, *_ in found}


def mark(url: str, cell: str, points: float | None) -> None:
    """Set the manual score of a cell as formgrader does."""
    with api.Gradebook(url, "two-layer-network") as shown:
        grade = shown.find_grade(cell, LESSON, LESSON, "s")
        grade.manual_score = points
        grade.needs_manual_grade = points is None and grade.auto_score is None
        shown.db.commit()


def waiting(url: str) -> set[str]:
    """Return the cells of the submission of `s` that need manual grading."""
    with api.Gradebook(url, "two-layer-network") as shown:
        part = shown.find_submission_notebook(LESSON, LESSON, "s")
        return {grade.name for grade in part.grades if grade.needs_manual_grade}


def recording(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Gradebook:
    """Open the gradebook of a course without students, with its lesson recorded."""
    root = make_course(tmp_path / "course", {})
    monkeypatch.setenv("COURSE_DB_URL", url)
    record = Gradebook(root)
    record.ensure_lesson(LESSON)
    return record


def alone(tmp_path: Path, students: dict[str, str | None]) -> dict[tuple[str, str], float | None]:
    """Grade a class in a single run with a separate SQLite gradebook; return the scores to expect."""
    root = make_course(tmp_path / "alone", students)
    assert grade(root=root, workers=1) == 0
    return auto_scores(rows(f"sqlite:///{root / 'gradebook.db'}"))


@pytest.mark.parametrize("url", ["postgresql", "sqlite"], indirect=True)
def test_two_graders_and_a_formgrader_at_once_lose_nothing(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # s2 and s3 are in both halves
    first = {f"s{i}": WRONG if i % 2 else None for i in range(4)}
    second = {f"s{i}": WRONG if i % 2 else None for i in range(2, 6)}
    roots = [make_course(tmp_path / "a", first), make_course(tmp_path / "b", second)]
    with monkeypatch.context() as patch:
        patch.setenv("COURSE_DB_URL", url)
        assert [grade(root=root, workers=1) for root in roots] == [0, 0]
    assert len({student for student, *_ in rows(url)}) == 6

    # everybody resubmits, with right and wrong swapped; while both graders run, somebody gives points by hand
    turned = {student: None if loss else WRONG for student, loss in {**first, **second}.items()}
    for root, students in zip(roots, (first, second), strict=True):
        for student in students:
            hand_in(root, student, answered() if turned[student] is None else answered(loss_fn=turned[student]))
    given: dict[str, tuple[float, str]] = {}
    with serving(roots[0], environment(url)) as formgrader:
        graders = [start(root, url) for root in roots]
        parts, n_marks = formgrader.parts(LESSON), 0
        assert set(parts) == set(first)  # formgrader lists what has been graded in its folder
        while any(g.poll() is None for g in graders) or n_marks < 12:
            student = sorted(parts)[n_marks % len(parts)]
            given[student] = (n_marks % 11 / 2, f"read {n_marks} times")
            formgrader.mark(parts[student], *given[student])
            n_marks += 1
        ended(*graders)
        formgrader.ask(f"api/submissions/{LESSON}")
    found = rows(url)
    assert auto_scores(found) == alone(tmp_path, turned)
    points_by_hand = {s: points for s, _, _, points in found if points is not None}
    assert points_by_hand == {s: points for s, (points, _) in given.items()}
    written = {s: comment for s, _, comment in rows(url, COMMENTS) if comment is not None}
    assert written == {s: comment for s, (_, comment) in given.items()}
    assert len(rows(url, "select id from student")) == len(rows(url, "select id from submitted_notebook")) == 6


@pytest.mark.parametrize("url", ["postgresql", "sqlite", "sqlite with a write-ahead log"], indirect=True)
def test_many_who_save_the_same_submissions_write_each_row_once(url: str, tmp_path: Path) -> None:
    root = make_course(tmp_path / "course", {})
    ended(*[commands.start("python", "-c", SAVING, str(i), cwd=root, env=environment(url)) for i in range(3)])
    cells = {cell for _, cell, *_ in rows(url)}
    found = auto_scores(rows(url))
    assert len(found) == 30 * len(cells) == 30 * 6
    sums = {f"s{i}": sum(found[f"s{i}", cell] or 0 for cell in cells) for i in range(30)}
    assert sums == {f"s{i}": 0 if i % 3 == 0 else 20 for i in range(30)}
    assert len(rows(url, "select id from assignment")) == len(rows(url, "select id from notebook")) == 1
    assert len(rows(url, "select id from grade_cells")) == 6
    assert len(rows(url, "select version_num from alembic_version")) == 1


@pytest.mark.parametrize("url", ["postgresql", "sqlite"], indirect=True)
def test_a_lesson_that_was_recorded_in_part_is_recorded_whole(url: str, tmp_path: Path, monkeypatch) -> None:
    record = recording(tmp_path, url, monkeypatch)
    whole = rows(url, CELLS)
    engine = create_engine(url)
    with engine.begin() as connection:  # as if nbgrader had been killed while recording
        connection.execute(text("delete from source_cell"))
        connection.execute(text("delete from solution_cells"))
        connection.execute(text("delete from base_cell where type = 'SolutionCell'"))
    assert len(rows(url, CELLS)) < len(whole)
    engine.dispose()
    record.ensure_lesson(LESSON)
    assert rows(url, CELLS) == whole
    record.close()


def test_a_server_that_comes_back_is_waited_for(server: postgres.Server, tmp_path: Path) -> None:
    students = {f"s{i}": WRONG if i % 2 else None for i in range(6)}
    url, root = fresh(server), make_course(tmp_path / "course", students)
    grader = start(root, url)
    wait_for_rows(url, grader)
    server.stop()
    time.sleep(3)
    server.start()
    ended(grader)
    assert auto_scores(rows(url)) == alone(tmp_path, students)


def test_a_server_that_stays_away_ends_the_run_and_the_next_one_does_the_rest(
    server: postgres.Server, tmp_path: Path
) -> None:
    # answers that differ: what is the same is run once, and all could be graded before the server has stopped
    students: dict[str, str | None] = {f"s{i}": f"{WRONG}# {i}\n" for i in range(N_STAYS_AWAY)}
    url, root = fresh(server), make_course(tmp_path / "course", students)
    close(root)  # otherwise the first command reports what it closes
    grader = commands.start("python", "-c", IMPATIENT, cwd=root, env=environment(url))
    wait_for_rows(url, grader)
    server.stop()
    try:
        out, said = grader.communicate(timeout=120)
    finally:
        server.start()
    assert grader.returncode == 2, said
    assert re.fullmatch(r"course: The gradebook's server does not answer .* It continues where it stopped\.\n", said)
    found = rows(url)
    graded = {json.loads(line)["student"] for line in out.splitlines()}
    assert 1 <= len(graded) < N_STAYS_AWAY, "it was stopped in the middle"
    assert graded <= {student for student, *_ in found}
    n_rows = {sum(s == student for s, *_ in found) for student, *_ in found}
    assert n_rows == {6}, "a submission has all its rows or none"
    ended(start(root, url))
    assert auto_scores(rows(url)) == alone(tmp_path, students)


def test_a_lost_connection_is_told_by_grading_alone() -> None:
    database.engine_of(database.address_of("postgresql://grader@db.example.org/course"))
    assert not logging.getLogger("psycopg").isEnabledFor(logging.WARNING)


def wait_for_rows(url: str, grader: Running) -> None:
    """Wait until the first submission is recorded."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert grader.poll() is None, grader.communicate()
        try:
            if rows(url):
                return
        except DBAPIError:  # no table yet
            pass
        time.sleep(0.05)
    grader.kill()
    pytest.fail(f"nothing was graded: {grader.communicate()}")


def failing(server: postgres.Server) -> dict[str, tuple[str, str]]:
    """Return unusable database URLs, each with a pattern that the error message must match."""
    folder = server.folder
    server.url("owned_by_another")
    return {
        "no URL": ("postgres", "cannot be parsed .*COURSE_DB_URL"),
        "a port that is none": (f"postgresql://locked:{postgres.PASSWORD}@localhost:x/course", "cannot be parsed"),
        "an @ in the password": (f"postgresql://locked:a@{postgres.PASSWORD}@localhost/course", "writes @ as %40"),
        "unknown kind": (
            f"postgres://locked:{postgres.PASSWORD}@localhost/course",
            "“postgres” is not a kind of database",
        ),
        "no driver": (
            f"postgresql+psycopg2://locked:{postgres.PASSWORD}@/x?host={folder}",
            "psycopg2 .* is not installed",
        ),
        "no database": (f"postgresql://grader@/nowhere?host={folder}", "createdb --owner=grader nowhere"),
        "no such user": (f"postgresql://stranger@/postgres?host={folder}", "createuser stranger"),
        "wrong password": (
            f"postgresql://locked:not-{postgres.PASSWORD}@/postgres?host={folder}",
            "right password into ~/.pgpass",
        ),
        "password in the query": (
            f"postgresql://locked@/postgres?host={folder}&password=not-{postgres.PASSWORD}",
            "right password",
        ),
        "no password": (f"postgresql://locked@/postgres?host={folder}", "right password"),
        "no rights": (
            f"postgresql://guest@/owned_by_another?host={folder}",
            "ALTER DATABASE owned_by_another OWNER TO guest",
        ),
        "no server": (f"postgresql://locked:{postgres.PASSWORD}@localhost:1/course", "does not answer .*localhost:1"),
        "no host": (
            f"postgresql://locked:{postgres.PASSWORD}@nowhere.invalid/course",
            "does not answer .*nowhere.invalid",
        ),
        "no folder": ("sqlite:////nowhere/gradebook.db", "/nowhere/gradebook.db.* unable to open"),
    }


def test_what_is_wrong_with_an_address_is_said_in_one_sentence_without_the_password(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course(tmp_path / "course", {"s": None})
    for case, (url, expected) in failing(server).items():
        monkeypatch.setenv("COURSE_DB_URL", url)
        with pytest.raises(CourseError) as caught:
            grade(root=root)
        said = str(caught.value)
        assert re.search(expected, said), f"{case}: {said}"
        assert "\n" not in said and len(said) < 500, f"{case}: {said}"
        assert postgres.PASSWORD not in said, case
        with pytest.raises(CourseError):
            students_of_class(root)
            class_scores(root)


def test_a_wrong_password_ends_the_command_with_status_2(server: postgres.Server, tmp_path: Path) -> None:
    root = make_course(tmp_path / "course", {"s": None})
    close(root)
    grader = start(root, f"postgresql://locked:not-{postgres.PASSWORD}@/postgres?host={server.folder}")
    out, said = grader.communicate(timeout=120)
    assert (grader.returncode, out) == (2, "")
    assert re.fullmatch("course: The server refuses “locked” .*\n", said)
    assert postgres.PASSWORD not in said


def test_the_password_may_stand_in_pgpass(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pgpass"
    file.write_text(f"*:*:*:locked:{postgres.PASSWORD}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    url = fresh(server)
    server.command(f"ALTER DATABASE {url.partition('@/')[2].partition('?')[0]} OWNER TO locked")
    root = make_course(tmp_path / "course", {"s": None})
    monkeypatch.setenv("COURSE_DB_URL", url.replace("grader@", "locked@"))
    assert grade(root=root, workers=1) == 0
    assert class_scores(root) == {("s", LESSON): 20}
    assert not (root / "gradebook.db").exists()


def test_nbgraders_own_commands_work_on_the_server(server: postgres.Server, tmp_path: Path) -> None:
    url, root = fresh(server), make_course(tmp_path / "course", {"right": None, "wrong": WRONG})
    for words in (
        ["generate_assignment", LESSON],
        ["autograde", LESSON],
        ["generate_feedback", LESSON],
        ["export"],
        ["db", "upgrade"],
    ):
        nbgrader(root, *words, COURSE_DB_URL=url)
    with (root / "grades.csv").open(newline="", encoding="utf-8") as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)} == {"right": 20, "wrong": 18}
    assert (root / "feedback" / "right" / LESSON / f"{LESSON}.html").exists()
    assert not (root / "gradebook.db").exists()
    before = auto_scores(rows(url))
    ended(start(root, url))
    assert auto_scores(rows(url)) == before


def test_another_gradebook_is_filled_although_the_submissions_were_graded_before(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_course(tmp_path / "course", {"right": None, "wrong": WRONG})
    assert grade(root=root, workers=1) == 0
    monkeypatch.setenv("COURSE_DB_URL", fresh(server))
    assert grade(root=root, workers=1) == 0
    assert class_scores(root) == {("right", LESSON): 20, ("wrong", LESSON): 18}
    assert "unchanged" not in capsys.readouterr().out
    assert grade(root=root, workers=1) == 0
    assert "2 unchanged" in capsys.readouterr().out


def test_the_doctor_looks_into_a_gradebook_on_a_server(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_DB_URL", fresh(server))
    assert doctor.gradebook().found.endswith(": 0")
    root = make_course(tmp_path / "course", {"right": None})
    assert grade(root=root, workers=1) == 0
    assert doctor.gradebook().found.endswith(": 1")
    monkeypatch.setenv("COURSE_DB_URL", f"postgresql://grader@/nowhere?host={server.folder}")
    assert (doctor.gradebook().state, "createdb" in doctor.gradebook().found) == ("missing", True)


@pytest.mark.parametrize("url", ["postgresql", "sqlite"], indirect=True)
def test_a_gradebook_that_nbgrader_made_is_used_and_indexed(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course(tmp_path / "course", {})
    monkeypatch.setenv("COURSE_DB_URL", url)
    load_settings(root)  # lets nbgrader find `alembic`
    api.Gradebook(url, "two-layer-network").close()
    record = Gradebook(root)
    record.ensure_lesson(LESSON)
    record.save(LESSON, "s", {LESSON: notebook("source")}, None)
    record.close()
    engine = create_engine(url)
    assert [i["column_names"] for i in inspect(engine).get_indexes("grade") if not i["unique"]] == [["notebook_id"]]
    engine.dispose()
    assert len(rows(url, "select version_num from alembic_version")) == 1


def test_a_grader_who_owns_no_table_grades_all_the_same(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, root = fresh(server), make_course(tmp_path / "course", {})
    load_settings(root)  # lets nbgrader find `alembic`
    api.Gradebook(url, "two-layer-network").close()
    name = url.partition("@/")[2].partition("?")[0]
    server.command("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guest", name)
    monkeypatch.setenv("COURSE_DB_URL", url.replace("grader@", "guest@"))
    record = Gradebook(root)
    record.ensure_lesson(LESSON)
    for points in (None, 3):  # without a table of which answer points were given for, nbgrader's own rule applies
        assert record.save(LESSON, "s", {LESSON: notebook("source")}, None).score == 20
        assert waiting(url) == {"explain"}
        mark(url, "explain", points)
    record.close()


@pytest.mark.parametrize("url", ["postgresql", "sqlite"], indirect=True)
def test_what_points_were_given_for_is_known_to_graders_in_other_folders(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = recording(tmp_path / "one", url, monkeypatch), recording(tmp_path / "other", url, monkeypatch)
    one.save(LESSON, "s", {LESSON: notebook("source")}, None)
    mark(url, "explain", 3)
    mark(url, "check_forward", 3)
    other.save(LESSON, "s", {LESSON: notebook("source")}, None)
    assert waiting(url) == set()
    other.save(LESSON, "s", {LESSON: notebook("release")}, None)
    one.save(LESSON, "s", {LESSON: notebook("release")}, None)
    assert waiting(url) == {"explain"}  # the check passes in both notebooks, without output in either
    for record in (one, other):
        record.close()


@pytest.mark.parametrize("url", ["postgresql", "sqlite"], indirect=True)
def test_points_given_between_reading_and_writing_a_row_stay(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = recording(tmp_path, url, monkeypatch)
    record.save(LESSON, "s", {LESSON: notebook("source")}, None)
    people: list[threading.Thread] = []

    def give_points() -> None:
        with api.Gradebook(url, "two-layer-network") as shown:
            for name in ("explain", "check_forward"):
                shown.find_grade(name, LESSON, LESSON, "s").manual_score = 3
                shown.db.commit()

    def determine_grade(*words: object) -> tuple[float, float]:  # called after the old rows were read
        if not people:
            people.append(threading.Thread(target=give_points))
            people[0].start()
            people[0].join(timeout=2)
        return 1.0, 1.0

    monkeypatch.setattr(gradebook.utils, "determine_grade", determine_grade)
    record.save(LESSON, "s", {LESSON: notebook("source")}, None)
    people[0].join()
    assert {cell: row for _, cell, *row in rows(url) if cell in ("explain", "check_forward")} == {
        "explain": [1, 3],
        "check_forward": [1, 3],
    }
    record.close()


def test_a_row_that_another_program_holds_is_waited_for(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh(server)
    monkeypatch.setattr(database, "TURN_WAIT_S", 1)
    monkeypatch.setattr(database, "BUSY_WAIT_S", 3)
    record = recording(tmp_path, url, monkeypatch)
    record.save(LESSON, "s", {LESSON: notebook("source")}, None)
    name = url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(host=str(server.folder), user="grader", dbname=name) as other:
        other.execute("update grade set manual_score = 3")
        with pytest.raises(CourseError, match="Another program has kept the gradebook"):
            record.save(LESSON, "s", {LESSON: nbformat.v4.new_notebook()}, None)
        assert sum(score or 0 for _, _, score, _ in rows(url)) == 20
    record.save(LESSON, "s", {LESSON: nbformat.v4.new_notebook()}, None)
    assert [row[2:] for row in rows(url)] == [(0, 3)] * 6
    record.close()


def test_what_one_submission_alone_has_wrong_does_not_end_the_run(
    server: postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, root = fresh(server), make_course(tmp_path / "course", {"s": None, "x" * 200: None})
    monkeypatch.setenv("COURSE_DB_URL", url)
    assert grade(root=root, workers=1) == 1  # the server accepts student names of up to 128 characters
    assert class_scores(root) == {("s", LESSON): 20}


@pytest.mark.parametrize("url", ["postgresql", "sqlite"], indirect=True)
def test_a_grader_of_many_keeps_none_of_their_rows_in_memory(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = recording(tmp_path, url, monkeypatch)
    saved = notebook("source")
    gc.disable()
    try:
        for i in range(20):
            record.save(LESSON, f"s{i}", {LESSON: saved}, None)
        assert not record._db.registry.has()
    finally:
        gc.enable()
    gc.collect()
    assert [o for o in gc.get_objects() if type(o) is api.SubmittedAssignment] == []
    record.close()
