"""Stock nbgrader: its own lists of preprocessors on this course's notebooks, in a throw-away course.

`python -m benchmarks.stock JOB` grades one class in isolation: in its own namespaces (processes, network, mounts, IPC),
with nothing writable but throw-away folders in memory, one of which holds the course and the home folder, without
capabilities, and with limits on memory, files and time. Nothing else confines student code under stock nbgrader. The
observations are printed as JSON.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
PARTS = ("course", "lessons", "banks", "source", "release", "nbgrader_config.py")
# nbgrader's default time limit for a cell, after which it interrupts the kernel and waits.
CELL_S = 30
MEMORY_MIB, DISK_MIB, DESCRIPTORS = 6144, 1024, 1024
MS_NOSUID, MS_NODEV, IFF_UP, SIOCSIFFLAGS = 2, 4, 1, 0x8914  # <sys/mount.h>, <net/if.h>, <linux/sockios.h>


def settings(text: str) -> str:
    """Return the course's settings without those that make nbgrader grade with this course's own steps."""
    head, _, rest = text.partition("# Student code does not run in the instructor's kernel")
    if not rest:
        raise ValueError("nbgrader_config.py has changed: where do the lists of preprocessors begin?")
    return head + f"c.ExecutePreprocessor.timeout = {CELL_S}\n"


def environment(course: Path, home: Path) -> dict[str, str]:
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "PYTHONPATH": str(course),
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "LC_ALL": "C.UTF-8",
    }


def make_course(folder: Path, lessons: Iterable[str], parts: Iterable[str] = PARTS) -> None:
    """Create a course with stock settings and the lessons in its gradebook; create it once and copy it."""
    for name in parts:
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, folder / name)
    (folder / "nbgrader_config.py").write_text(settings((REPOSITORY / "nbgrader_config.py").read_text()))
    home = folder.parent / f"home-of-{folder.name}"
    (home / "tmp").mkdir(parents=True)
    env = environment(REPOSITORY, home)
    for other in {p.name for p in (folder / "source").iterdir()} - set(lessons):
        shutil.rmtree(folder / "source" / other)
    words = [sys.executable, "-m", "nbgrader", "generate_assignment", "--assignment=*", "--force"]
    subprocess.run(words, cwd=folder, env=env, check=True, capture_output=True)
    shutil.rmtree(home)


def cell_scores(folder: Path) -> dict[tuple[str, str, str], float]:
    """Return the automatic points of every graded submission in a course's gradebook, by student, lesson and check."""
    query = """
        select submitted_assignment.student_id, assignment.name, base_cell.name, coalesce(grade.auto_score, 0)
        from grade join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        join assignment on assignment.id = submitted_assignment.assignment_id
        where base_cell.name like 'check#_%' escape '#'
    """
    # read directly: importing nbgrader's own library takes longer than grading a notebook
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as gradebook:
        rows = gradebook.execute(query).fetchall()
    return {
        (student, lesson, check): float(score)
        for student, lesson, check, score in rows
        if (folder / "autograded" / student / lesson / f"{lesson}.ipynb").is_file()
    }


def points(folder: Path) -> dict[str, float]:
    """Return the points from checks of every graded student."""
    total: dict[str, float] = {}
    for (student, _, _), score in cell_scores(folder).items():
        total[student] = total.get(student, 0.0) + score
    return total


def digests(tops: Iterable[Path], without: Iterable[Path]) -> dict[str, str]:
    """Return a digest of every regular file, without following links, except in the folders `without` and in caches."""
    left_out = [str(p) for p in without]
    found = {}
    for top in tops:
        for file in sorted(top.rglob("*")):
            mine = any(str(file).startswith(p) for p in left_out) or "__pycache__" in file.parts
            if not mine and not file.is_symlink() and file.is_file():
                found[str(file)] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


# ---------------------------------------------------------------- shut in


def shut_in(folder: Path, hidden: Iterable[Path]) -> None:
    """Isolate what follows, which runs as process 1 of its own namespaces and can only read this machine's files.

    The folder, hidden folders and /dev/shm become empty, writable file systems in memory.
    """
    from course.sandbox import confinement

    libc = ctypes.CDLL(None, use_errno=True)
    user = os.getuid(), os.getgid()
    child = confinement.fork_into_namespaces()
    if child:
        os._exit(os.waitpid(child, 0)[1] != 0)
    confinement.set_up_namespaces(*user)
    confinement.die_with_parent()
    for place, kind, options in (
        (str(folder), "tmpfs", f"size={DISK_MIB}m,nr_inodes=50000,mode=700"),
        ("/proc", "proc", ""),
        ("/dev/shm", "tmpfs", "size=256m"),
        *((str(p), "tmpfs", "size=1m") for p in hidden),
    ):
        flags = MS_NOSUID | MS_NODEV
        if libc.mount(kind.encode(), place.encode(), kind.encode(), flags, options.encode()) != 0:
            raise OSError(ctypes.get_errno(), f"{place}: {os.strerror(ctypes.get_errno())}")
    _loopback_up()
    mib = 2**20
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_MIB * mib),
        (resource.RLIMIT_FSIZE, DISK_MIB * mib),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 4096),
    ):
        resource.setrlimit(limit, (value, value))
    confinement.drop_privileges()


def _loopback_up() -> None:
    """Bring up loopback, the only network device of a new namespace: nbgrader talks to kernels over it."""
    with socket.socket() as any_socket:
        request = struct.pack("16sH14s", b"lo", IFF_UP, b"")
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)


def grade_class(job: dict[str, Any]) -> dict[str, Any]:
    """Hand in a class, grade it with `nbgrader autograde`, and return what was observed. Call `shut_in` first."""
    from tests.attacks import classroom

    place, lesson = Path(job["place"]), job["lesson"]
    course, home = place / "course", place / "home"
    shutil.copytree(job["template"], course)
    (home / "tmp").mkdir(parents=True)
    (home / "sentinel").write_text(classroom.SECRETS[1])
    classroom.hand_in_by_name(course, lesson, job["students"])
    env = {**environment(course, home), "COURSE_TOKEN": classroom.SECRETS[0]}
    outside = [course / name for name in (*PARTS, "submitted")] + [home / "sentinel"]
    own = [course / "submitted" / s for s in job["students"] if s not in job["bystanders"]]
    before = digests(outside, own)
    began, timed_out, code = time.monotonic(), False, None
    with (place / "log").open("wb") as log:
        words = [sys.executable, "-m", "nbgrader", "autograde", lesson]
        running = subprocess.Popen(words, cwd=course, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            code = running.wait(job["deadline_s"])
        except subprocess.TimeoutExpired:
            timed_out = True
    wall = time.monotonic() - began
    time.sleep(0.5)  # processes that end together with nbgrader are not left behind
    left = sorted(_command(p) for p in os.listdir("/proc") if p.isdigit() and int(p) != 1)
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    after = digests(outside, own)
    log_text = (place / "log").read_bytes().decode("utf-8", "replace")
    return {
        "points": points(course),
        "code": code,
        "timed_out": timed_out,
        "wall_s": round(wall, 1),
        "left": [] if timed_out else [c for c in left if c],
        "changed": sorted(
            str(Path(f).relative_to(place)) for f in before.keys() | after.keys() if before.get(f) != after.get(f)
        ),
        "seen": {s: classroom.seen_in(course, s) for s in job["students"]},
        "last": log_text.strip().splitlines()[-1:],
    }


def _command(process: str) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""


def run_shut_in(job: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """Grade a class in an isolated process; kill it and all its children if it takes too long.

    The result has "not_run" with a reason if the class could not be graded.
    """
    place = scratch / f"place-{job['name']}"
    place.mkdir()
    file = scratch / f"{job['name']}.json"
    file.write_text(json.dumps({**job, "place": str(place)}))
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    words = [sys.executable, "-m", "benchmarks.stock", str(file)]
    running = subprocess.Popen(
        words, cwd=REPOSITORY, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        out, err = running.communicate(timeout=job["deadline_s"] + 120)
        result: dict[str, Any] = json.loads(out.decode().strip().splitlines()[-1])
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        # process 1 of its namespace was stopped too, as ptrace can do: killed from outside, nothing left to examine
        return {"points": {}, "timed_out": True, "changed": [], "left": [], "seen": {}}
    except (ValueError, IndexError):
        return {"not_run": (err.decode("utf-8", "replace").strip().splitlines() or ["there was no message"])[-1]}
    finally:
        place.rmdir()
        file.unlink()
    return result


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text())
    homes = [p for p in (Path("/run"), Path.home()) if p.is_dir() and not _needed(p)]
    shut_in(Path(job["place"]), homes)
    print(json.dumps(grade_class(job)), flush=True)
    os._exit(0)


def _needed(folder: Path) -> bool:
    """Return whether Python, the clone or the scratch folder is in a folder."""
    needed = [sys.prefix, sys.base_prefix, str(REPOSITORY), sys.argv[1]]
    return any(Path(p).resolve().is_relative_to(folder.resolve()) for p in needed)


if __name__ == "__main__":
    main()
