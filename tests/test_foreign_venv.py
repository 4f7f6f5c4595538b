"""The set-up destroys nothing: what is behind a link or a mount, or was made by another clone, stays as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course import bootstrap
from course.installation import LEADING_AWAY, Installer
from tests.small_clone import SmallClone


def contents(folder: Path) -> dict[str, bytes | str | None]:
    """Return everything in a folder by relative path: the contents of files, the targets of links, None for folders."""
    found: dict[str, bytes | str | None] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        found[name] = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found


@pytest.fixture
def one(tmp_path: Path) -> SmallClone:
    """A clone that is set up, with an irreplaceable file in its `.venv`."""
    (tmp_path / "1").mkdir()
    clone = SmallClone(tmp_path / "1")
    assert clone.run().returncode == 0
    (clone.root / ".venv" / "precious").write_text("precious")
    return clone


@pytest.fixture
def two(tmp_path: Path) -> SmallClone:
    (tmp_path / "2").mkdir()
    return SmallClone(tmp_path / "2")


def venv_of(clone: SmallClone) -> Path:
    return clone.root / ".venv"


def stop(clone: SmallClone, said: str, begin: list[str] | None = None) -> None:
    """Start the course in a clone and assert that it stops with one sentence before it runs anything."""
    clone.forget_calls()
    run = clone.run() if begin is None else subprocess.run(begin, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1, run.stderr
    assert run.stderr.startswith("course: ") and len(run.stderr.splitlines()) == 1, run.stderr
    assert said in run.stderr and "start again" in run.stderr
    assert clone.calls() == []


def unfinished(clone: SmallClone) -> None:
    (venv_of(clone) / "stamp").unlink()


def outdated(clone: SmallClone) -> None:
    (clone.root / "requirements.txt").write_text("torch==2.14.0\n")


@pytest.mark.parametrize("is_complete", [True, False], ids=["complete", "cut off"])
@pytest.mark.parametrize("way", ["a link", "a link to a link", "a copy", "a mount"])
def test_what_another_clone_made_stays_as_it_is(one, two, way, is_complete):
    if not is_complete:
        unfinished(one)
    if way == "a copy":
        shutil.copytree(venv_of(one), venv_of(two), symlinks=True)
    elif way == "a mount":
        venv_of(two).mkdir()
    elif way == "a link":
        venv_of(two).symlink_to("../../1/clone/.venv")
    else:
        (two.root / "between").symlink_to(venv_of(one))
        venv_of(two).symlink_to("between")
    before = contents(venv_of(one)), contents(venv_of(two))
    begin = None
    if way == "a mount":
        inside = f"mount --bind {venv_of(one)} {venv_of(two)} && cd {two.root} && exec {sys.executable} -m course"
        names = [f"CALLS={two.calls_file}", f"PYTHONPATH={two.tools}"]
        begin = ["env", *names, "unshare", "--map-root-user", "--mount", "sh", "-c", inside]
    stop(two, f"is the environment of another clone, {one.root}", begin)
    assert (contents(venv_of(one)), contents(venv_of(two))) == before


def test_from_inside_the_environment_of_another_clone_nothing_of_it_is_touched(one, two):
    venv_of(two).symlink_to(venv_of(one))
    before = contents(venv_of(one))
    names = {"CALLS": str(two.calls_file), "PYTHONPATH": str(two.tools)}
    words = [venv_of(one) / "bin" / "python", "-m", "course", "words"]
    run = subprocess.run(words, cwd=two.root, env=os.environ | names, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in run.stderr
    assert contents(venv_of(one)) == before
    assert not two.calls_file.exists()


@pytest.mark.parametrize("way", ["folder", "file", "nothing"])
def test_a_link_to_what_the_course_did_not_make_is_told(two, tmp_path, way):
    target = tmp_path / "target"
    if way == "folder":
        (target / "bin").mkdir(parents=True)
    elif way == "file":
        target.write_text("a list")
    venv_of(two).symlink_to(target)
    stop(two, {"folder": "was not made by the course", "file": "is not a folder", "nothing": "leads nowhere"}[way])
    assert venv_of(two).is_symlink()
    assert target.exists() == (way != "nothing")


def test_a_venv_that_is_a_file_is_told(two):
    venv_of(two).write_text("a note")
    stop(two, "is not a folder; move it away")
    assert venv_of(two).read_text() == "a note"


def test_a_link_to_an_empty_folder_is_filled_and_used_and_never_emptied(two, tmp_path):
    large_disk = tmp_path / "large disk"
    large_disk.mkdir()
    venv_of(two).symlink_to(large_disk)
    assert two.run().returncode == 0
    assert (large_disk / "stamp").exists()
    two.forget_calls()
    assert two.run().returncode == 0
    assert two.calls() == []
    outdated(two)
    assert two.run().returncode == 0
    assert two.calls() == ["pip", "pip"]
    unfinished(two)
    (large_disk / "precious").write_text("precious")
    stop(two, "nothing is emptied through a link or a mount")
    assert (large_disk / "precious").read_text() == "precious"


def test_a_clone_that_another_machine_sees_elsewhere_keeps_its_environment(one):
    marker = venv_of(one) / "made-by-course"
    marker.write_text(marker.read_text().replace("host ", "host not-"))
    moved = one.root.with_name("mounted")
    one.root.rename(moved)
    one.root = moved
    before = contents(venv_of(one))
    stop(one, "another clone")
    assert contents(venv_of(one)) == before


@pytest.mark.parametrize("spoil", [unfinished, outdated])
def test_a_folder_of_it_that_leads_out_is_neither_emptied_nor_written_into(one, tmp_path, spoil):
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "torch.py").write_text("precious")
    packages = venv_of(one) / "lib" / "site-packages"
    packages.parent.mkdir()
    packages.symlink_to(shared)
    spoil(one)
    before = contents(venv_of(one))
    stop(one, f"{packages} leads out of .venv")
    assert contents(venv_of(one)) == before
    assert (shared / "torch.py").read_text() == "precious"


def test_a_link_of_its_own_such_as_lib64_is_no_way_out(one):
    (venv_of(one) / "lib").mkdir()
    (venv_of(one) / "lib64").symlink_to("lib")
    unfinished(one)
    assert one.run().returncode == 0


def test_files_of_the_set_up_that_are_links_are_replaced_and_not_written_through(one, tmp_path):
    for name in ("made-by-course", "install.log", "made-by-course.new"):
        precious = tmp_path / name
        precious.write_text("precious")
        (venv_of(one) / name).unlink(missing_ok=True)
        (venv_of(one) / name).symlink_to(precious)
    unfinished(one)
    assert one.run().returncode == 0
    assert {(tmp_path / name).read_text() for name in ("made-by-course", "install.log", "made-by-course.new")} == {
        "precious"
    }


def test_a_mount_inside_of_it_is_not_emptied(one, tmp_path):
    mounted, shared = venv_of(one) / "large", tmp_path / "shared"
    mounted.mkdir()
    shared.mkdir()
    (shared / "precious").write_text("precious")
    unfinished(one)
    inside = f"mount --bind {shared} {mounted} && cd {one.root} && exec {sys.executable} -m course"
    names = [f"CALLS={one.calls_file}", f"PYTHONPATH={one.tools}"]
    stop(one, "leads out of", ["env", *names, "unshare", "--map-root-user", "--mount", "sh", "-c", inside])
    assert (shared / "precious").read_text() == "precious"


def test_what_another_user_made_is_not_emptied(one, monkeypatch):
    unfinished(one)
    monkeypatch.setattr(os, "geteuid", lambda: venv_of(one).stat().st_uid + 1)
    with pytest.raises(SystemExit) as end:
        bootstrap.enter([], root=str(one.root))
    assert "belongs to another user" in str(end.value)
    assert (venv_of(one) / "precious").exists()


def test_a_marker_without_a_place_still_marks_an_unfinished_folder_as_ours(one):
    (venv_of(one) / "made-by-course").write_text("python3 -m course made this folder and may empty it.\n")
    unfinished(one)
    assert one.run().returncode == 0
    assert not (venv_of(one) / "precious").exists()


def test_what_would_lead_pip_elsewhere_is_kept_from_it(tmp_path, monkeypatch):
    for name in LEADING_AWAY:
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example.org")
    log = tmp_path / "log"
    Installer(sys.executable, str(tmp_path), str(log)).run([sys.executable, "-c", "import os; print(os.environ)"])
    said = log.read_text()
    assert "packages.example.org" in said and "/elsewhere" not in said


def test_a_file_in_the_way_is_named(two):
    (two.root / ".course").write_text("a note")
    stop(two, f"{two.root / '.course'} is in the way")
    assert (two.root / ".course").read_text() == "a note"
