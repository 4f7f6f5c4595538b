"""`course import` and `course export`, killed or interrupted at any moment: each file is the whole old or new one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from course.cli import main
from tests.course_factory import LESSON, answered, make_course
from tests.platforms import PUPILS, canvas_gradebook, canvas_name, gradebook_with, zipped

# Audit events of operations that may change the disk; a process is ended just before one of them.
CHANGES = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "sqlite3.connect", "tempfile.mkdtemp"}
N_MOMENTS = 5
EVER = 10**9
STATUS = {signal.SIGKILL: -signal.SIGKILL, signal.SIGINT: 130, None: 0}
LIST, FILLED = "list.csv", "list-filled.csv"
IMPORT, EXPORT = ["import", "newer.zip", "--roster", LIST], ["export", "canvas", "--into", LIST]


def ended(root: Path, words: list[str], moment: int, number: signal.Signals | None = None) -> tuple[int, int]:
    """Run a command, with a signal before its n-th change; return its exit status and the number of changes."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        n, me = 0, os.getpid()

        def count(event: str, _: object) -> None:
            nonlocal n
            if event in CHANGES and os.getpid() == me:
                n += 1
                if n == moment and number is not None:
                    os.kill(me, number)

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        os.chdir(root)
        sys.addaudithook(count)
        status = 99
        try:
            main(words)
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            os.write(theirs, str(n).encode())
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours) as told:
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return status, int(told.read() or 0)


def submitted(root: Path) -> dict[str, dict[str, bytes]]:
    """Return each student's files as a reader finds them, without folders still being written, which are hidden."""
    folders = [folder for folder in (root / "submitted").glob("*") if not folder.name.startswith(".")]
    return {
        folder.name: {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
        for folder in folders
    }


def files(root: Path) -> dict[str, dict[str, bytes]]:
    return {name: {"": (root / name).read_bytes()} for name in (LIST, FILLED) if (root / name).exists()}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course after an import of two students and an export, prepared for a second import and export."""
    root = make_course(tmp_path_factory.mktemp("kills") / "course")
    (root / LIST).write_text(canvas_gradebook(), encoding="utf-8")

    def archive(name: str, first: int, *answers: nbformat.NotebookNode) -> None:
        texts = [nbformat.writes(answer, version=4) for answer in answers]
        some = zip(PUPILS, texts, strict=False)
        zipped(root / name, {canvas_name(p, f"{LESSON}.ipynb", first + i): t for i, (p, t) in enumerate(some)})

    gradebook_with(root, {p.login: (15.0, 0.0) for p in PUPILS})
    archive("older.zip", 500, *[answered(explain="Older.")] * 2)
    archive("newer.zip", 600, *[answered(explain="Newer.")] * 3)
    assert ended(root, ["import", "older.zip", "--roster", LIST], EVER)[0] == 0
    assert ended(root, EXPORT, EVER)[0] == 0
    with closing(sqlite3.connect(root / "gradebook.db")) as database, database:
        database.execute("update grade set auto_score = 17 where auto_score = 15")
    return root


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize(("words", "seen"), [(IMPORT, submitted), (EXPORT, files)])
def test_ended_at_any_moment_each_is_old_or_new_and_the_next_run_goes_on(
    course: Path, tmp_path: Path, words: list[str], seen: Callable, number: signal.Signals
) -> None:
    whole = shutil.copytree(course, tmp_path / "whole")
    status, n_changes = ended(whole, words, EVER)
    old, new = seen(course), seen(whole)
    assert status == 0 and old != new and n_changes > N_MOMENTS
    # random moments, most of them in the second half, when the files are written
    for moment in {
        *random.sample(range(1, n_changes + 1), 2),
        *random.sample(range(n_changes // 2, n_changes), N_MOMENTS),
    }:
        root = shutil.copytree(course, tmp_path / "killed")
        assert ended(root, words, moment, number)[0] == STATUS[number], moment
        found = seen(root)
        assert set(found) >= set(old) and all(it in (old.get(name), new[name]) for name, it in found.items()), moment
        assert ended(root, words, EVER)[0] == 0
        assert seen(root) == new and list(root.rglob(".writing-*")) == [], moment
        with closing(sqlite3.connect(root / "gradebook.db")) as database:
            assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        shutil.rmtree(root)
