"""A disk that fills up during grading: one sentence, nothing half-written, and with more room grading goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.interruption import Expected, make_twin
from course.errors import CourseError, disk_is_full
from course.grading import grade
from tests import commands
from tests.course_factory import LESSON, REPOSITORY, drawn, hand_in, make_course
from tests.platforms import zipped

N_STUDENTS = 16
# Grading starts with no room on a small disk and gets this much more with each run: at first too little for the
# gradebook, then for a lesson's cells, then for some of the submissions.
DISK_MIB, STEP_KIB = 48, 500
# Room for some of the submissions of an import.
SOME_KIB = 400


def fill(disk: Path, room_kib: int) -> None:
    """Leave exactly this much room on a disk."""
    (disk / "ballast").unlink(missing_ok=True)
    usage = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(usage.f_bavail * usage.f_frsize - room_kib * 1024, 1))


def story(disk: Path, twin: Path, calm: Path) -> list[dict[str, object]]:
    """Grade on a full disk with a little more room each time, to the end; must run where the disk is mounted."""
    root, expected, told = disk / "course", Expected.of(calm), []
    subprocess.run(["cp", "-r", str(twin), str(root)], check=True)
    status = 2
    while status == 2 and len(told) < 20:
        fill(disk, STEP_KIB * len(told))
        run = commands.run("course", "grade", "--workers", "1", cwd=root, timeout=400)
        status = run.returncode
        left = root.rglob(".writing-*")
        faults = [*expected.faults(root), *map(str, left)]
        n_rows = len(Expected.of(root).rows)
        told.append({"status": status, "out": run.stdout, "err": run.stderr, "faults": faults, "n_rows": n_rows})
    return told


def desk_story(disk: Path, twin: Path, download: Path) -> list[dict[str, object]]:
    """Import with room for some of the work and make a kit without any, then both with room; runs like `story`."""
    root, told = disk / "course", []
    subprocess.run(["cp", "-r", str(twin), str(root)], check=True)
    for rooms_kib in ((SOME_KIB, 0), (DISK_MIB * 512, DISK_MIB * 512)):
        for room_kib, words in zip(rooms_kib, (["import", str(download)], ["kit"]), strict=True):
            fill(disk, room_kib)
            run = commands.run("course", *words, cwd=root, timeout=400)
            there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
            work = [name for name in there if name.startswith("submitted/") and name.endswith(".ipynb")]
            left = [name for name in there if ".writing-" in name]
            told.append({"out": run.stdout, "err": run.stderr, "work": work, "left": left, "kit": "kit.zip" in there})
    return told


def on_a_small_disk(folder: Path, story: str, *words: object) -> list[dict]:
    """Return the result of a story in a mount namespace with a small disk, which takes no privileges."""
    disk = folder / "disk"
    disk.mkdir()
    script = f"mount -t tmpfs -o size={DISK_MIB}m none {disk} && exec {sys.executable} -m tests.test_full_disk"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", " ".join([script, story, str(disk), *map(str, words)])],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """The result of `story`."""
    folder = tmp_path_factory.mktemp("full")
    calm, twin = folder / "calm", folder / "twin"
    make_course(calm, [LESSON])
    for i in range(N_STUDENTS):
        hand_in(calm, f"s{i}", drawn(i))
    make_twin(calm, twin, [LESSON])
    assert grade(root=calm) == 0
    return on_a_small_disk(folder, "story", twin, calm)


@pytest.mark.slow
def test_a_full_disk_is_one_sentence_that_says_where_and_what_to_do(runs: list[dict]) -> None:
    for run in runs[:-1]:
        assert run["status"] == 2, run
        lines = [line for line in run["err"].splitlines() if not line.startswith("grading ")]  # the progress bar
        assert len(lines) == 1, run["err"]
        assert lines[0].startswith("course: The disk that holds /")
        assert "/disk/course is full. Make room there" in lines[0]
        assert lines[0].endswith("the next `course grade` goes on from there.")


@pytest.mark.slow
def test_on_a_full_disk_nothing_is_half_written(runs: list[dict]) -> None:
    assert [run["faults"] for run in runs] == [[]] * len(runs)


@pytest.mark.slow
def test_with_more_room_grading_gets_further_and_in_the_end_all_are_graded(runs: list[dict]) -> None:
    recorded = [run["n_rows"] for run in runs]
    assert recorded == sorted(recorded)
    assert recorded[0] == 0
    assert any(0 < n < N_STUDENTS for n in recorded), "some run stopped in the middle of the class"
    assert any(f"of {N_STUDENTS} submissions are graded" in run["err"] for run in runs[:-1])
    assert (runs[-1]["status"], recorded[-1]) == (0, N_STUDENTS)
    assert f"{N_STUDENTS} submissions" in runs[-1]["out"]


@pytest.mark.slow
def test_on_a_full_disk_import_and_kit_are_one_sentence_and_nothing_is_half_written(tmp_path: Path) -> None:
    calm, twin = tmp_path / "calm", tmp_path / "twin"
    make_course(calm, [LESSON])
    make_twin(calm, twin, [LESSON])
    work = (calm / "release" / LESSON / f"{LESSON}.ipynb").read_bytes()
    download = zipped(tmp_path / "d.zip", {f"s{i}/{LESSON}.ipynb": work for i in range(N_STUDENTS)})
    full, no_kit, imported, kit = on_a_small_disk(tmp_path, "desk_story", twin, download)
    n = len(full["work"])
    assert 0 < n < N_STUDENTS and full["left"] == []
    assert "/disk/course is full. Make room there" in full["err"] and f"imported so far: {n};" in full["err"]
    assert "kit.zip cannot be written (No space left on device)" in no_kit["err"]
    assert not no_kit["kit"] and no_kit["left"] == []
    assert len(imported["work"]) == N_STUDENTS
    assert kit["kit"] and "Hand it to students" in kit["out"]


def test_a_full_disk_is_known_under_what_was_made_of_it() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError:
            raise CourseError("could not be written") from None
    except CourseError as error:
        assert disk_is_full(error)
    assert not disk_is_full(ValueError("disk is full"))


if __name__ == "__main__":
    stories = {"story": story, "desk_story": desk_story}
    print(json.dumps(stories[sys.argv[1]](*(Path(word) for word in sys.argv[2:]))))
