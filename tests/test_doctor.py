"""The doctor inspects and reports; it changes nothing."""

import json
import sqlite3
import sys
import types
from pathlib import Path

import pytest

from course import doctor
from course.doctor import Finding
from course.grading.database import open_gradebook
from course.language import using
from course.sandbox import cgroups, confinement, landlock, selftest, trial
from course.sandbox.preparation import Prepared


def test_every_check_says_something_here(capsys):
    doctor.examine(as_json=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == len(doctor.CHECKS) - 1 + len(selftest.PROTECTIONS), "each layer of the sandbox has a row"
    for row in rows:
        assert row["what"] and row["found"]
        assert row["state"] in ("ok", "limited", "missing")
        assert row["state"] == "ok" or row["advice"], f"no advice for {row['what']}"
        kept = row["what"].startswith("confinement: ") and row["state"] == "ok"
        assert bool(row["kept_by"]) == kept and all(each in row["found"] for each in row["kept_by"])
    (limits,) = (row for row in rows if row["what"] == "confinement: limits")
    assert ("a control group" in limits["kept_by"]) == cgroups.can_be_made()


@pytest.mark.parametrize(
    ("finding", "status"),
    [
        (Finding("a", "ok", "x", needed=True), 0),
        (Finding("a", "limited", "x", "y", needed=True), 0),
        (Finding("a", "missing", "x", "y"), 0),
        (Finding("a", "missing", "x", "y", needed=True), 1),
    ],
)
def test_only_what_the_course_cannot_do_without_fails(finding, status, capsys):
    assert doctor.examine(checks=[lambda: finding]) == status


def test_a_check_that_raises_is_a_finding(capsys):
    def torch_on_cpu() -> Finding:
        raise ImportError("libgomp.so.1 [not found]")

    assert doctor.examine(checks=[torch_on_cpu, doctor.python]) == 1
    out = capsys.readouterr().out
    assert "[not" in out and "found]" in out
    assert "Python" in out


def test_what_is_looked_at_has_chinese_names_but_for_json(capsys):
    names = ["gradebook", "confinement: own world"]
    found = "看得到" * 30 + "末"
    checks = [lambda: [Finding(name, "ok", found) for name in names]]
    with using("zh"):
        doctor.examine(checks=checks)
        shown = capsys.readouterr().out
        doctor.examine(checks=checks, as_json=True)
    assert "成绩册" in shown and "隔离：独立环境" in shown and "own world" not in shown
    assert shown.count("末") == 2, "a long text is not cut"
    assert [json.loads(line)["what"] for line in capsys.readouterr().out.splitlines()] == names


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Path:
    """A course's folder, which is not the clone."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_packages_are_compared_with_their_pins(place, monkeypatch):
    monkeypatch.setattr(doctor, "CLONE", place)
    (place / "requirements.txt").write_text("numpy==0.1\n")
    assert doctor.packages().state == "limited"
    (place / "requirements.txt").write_text("no-such-package==1\n")
    assert (doctor.packages().state, doctor.packages().needed) == ("missing", True)
    (place / "requirements.txt").write_text("# developers\nno-such-package==1\n")
    assert (doctor.packages().state, doctor.packages().needed) == ("missing", False)
    (place / "requirements.txt").write_text("no-such-package==1; sys_platform == 'amiga'\n")
    assert doctor.packages().state == "ok"


def test_a_full_disk(place, monkeypatch):
    for free, state in ((10**7, "missing"), (5 * 10**8, "limited"), (10**11, "ok")):
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _, free=free: types.SimpleNamespace(free=free))
        assert doctor.disk().state == state


def test_exchange(place):
    assert "does not exist yet" in doctor.exchange().found
    (place / "exchange").mkdir()
    assert doctor.exchange().found.startswith(str(place / "exchange"))


def test_gradebook(place):
    file = place / "gradebook.db"
    assert doctor.gradebook().state == "ok"
    assert not file.exists()
    file.write_text("this is no database, whatever its name may say")
    assert (doctor.gradebook().state, doctor.gradebook().needed) == ("missing", True)
    file.unlink()
    open_gradebook(f"sqlite:///{file}", "two-layer-network").close()
    with sqlite3.connect(file) as database:
        database.execute("insert into submitted_assignment (id) values (1)")
    database.close()
    assert doctor.gradebook() == Finding("gradebook", "ok", f"submissions in the file {file}: 1", needed=True)


def test_the_gradebook_is_the_one_that_the_settings_name(place):
    (place / "gradebook.db").write_text("left by an earlier course")
    settings = "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///%s'\n"
    (place / "nbgrader_config.py").write_text(settings % (place / "spring.db"))
    assert "none yet" in doctor.gradebook().found
    (place / "nbgrader_config.py").write_text(settings.replace("sqlite:///", "postgresql://") % "nowhere:port/x")
    assert "cannot be parsed" in doctor.gradebook().found and "docs/scaling.md" in doctor.gradebook().advice
    (place / "nbgrader_config.py").write_text(settings % (place / "spring.db"))
    (place / "spring.db").write_text("this is no database")
    assert doctor.gradebook().state == "missing" and doctor.gradebook().advice.startswith("move spring.db elsewhere")


@pytest.mark.skipif(sys.platform != "linux", reason="the protections are Linux's")
def test_a_promise_that_nothing_keeps_is_told(monkeypatch):
    monkeypatch.setattr(confinement, "SYS_CLONE3", 100_000)
    with pytest.raises(confinement.CannotConfine, match=r"clone3 failed: Function not implemented \(ENOSYS\)"):
        confinement.fork_into_namespaces()
    monkeypatch.setenv(landlock.AT_MOST, "0")
    mechanisms = trial.find()
    assert (mechanisms.namespaces, mechanisms.landlock) == (False, 0)
    found = selftest.try_out(Prepared(None, [], [], mechanisms=mechanisms))
    assert set(found) == set(selftest.PROTECTIONS)
    for why in found.values():
        assert "can hide files from student code" in why and "Landlock" in why and "docs/machines.md" in why
