"""Faults of the machine are reported as such, in one sentence; nothing is lost, and the next run goes on."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from course import doctor
from course.errors import CourseError, MachineFault, disk_is_full, machine_fault
from course.grading import grade
from course.language import using
from course.privacy import close
from course.sandbox import (
    MAX_ATTEMPTS,
    Cell,
    Job,
    Pool,
    RunResult,
    WorkerLost,
    confinement,
    messages,
    namespaces,
    own_root,
    pool,
    selftest,
    system,
)
from course.sandbox.mechanisms import Mechanisms
from tests import commands
from tests.chinese import faults_of_words
from tests.course_factory import LESSON, REPOSITORY, answered, hand_in, make_course, scores

GOES_ON = "and the next `course grade` goes on from there."


def sqlite_error(code: int, said: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code  # type: ignore[misc]
    return error


FAULTS = {
    "no process": (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), "No more processes"),
    "no thread": (RuntimeError("can't start new thread"), "No more processes"),
    "no memory": (OSError(errno.ENOMEM, "Cannot allocate memory"), "This machine is out of memory"),
    "no file": (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
    "no disk": (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
    "no quota": (OSError(errno.EDQUOT, "Disk quota exceeded"), "disk is full"),
    "read-only": (OSError(errno.EROFS, "Read-only file system"), "read-only"),
    "a database on a full disk": (sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full"), "disk is full"),
    "a database on a broken disk": (
        sqlite_error(sqlite3.SQLITE_IOERR_WRITE, "disk I/O error"),
        "cannot be read or written",
    ),
    "a folder copied to a full disk": (
        shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]),
        "disk is full",
    ),
    "a fault in a group": (ExceptionGroup("both", [ValueError(), OSError(errno.ENOSPC, "full")]), "disk is full"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_what_a_machine_lacks_is_known_under_what_was_made_of_it(what: str) -> None:
    fault, said = FAULTS[what]
    try:
        try:
            raise fault
        except Exception:
            raise CourseError("it could not be written") from None
    except CourseError as error:
        assert said in machine_fault(error)
        assert disk_is_full(error) == (said == "disk is full")


def test_what_a_submission_does_is_no_fault_of_the_machine() -> None:
    for error in (ValueError("disk is full"), KeyError(28), FileNotFoundError(2, "no such file"), MemoryError()):
        assert machine_fault(error) == ""
    assert machine_fault(shutil.Error([("a", "b", "[Errno 13] Permission denied")])) == ""


class Lost:
    """Stand-in for a fork server that is lost with the jobs for which a function returns an error."""

    made = 0

    def __init__(self, fails: Callable[[Job], Exception | None]) -> None:
        self._fails = fails
        Lost.made += 1

    def run(self, job: Job) -> RunResult:
        if error := self._fails(job):
            raise error
        return RunResult("done")

    def close(self) -> None:
        pass


def run_with(monkeypatch: pytest.MonkeyPatch, fails: Callable[[Job], Exception | None]) -> RunResult:
    Lost.made = 0
    monkeypatch.setattr(pool, "ForkServer", lambda **_: Lost(fails))
    monkeypatch.setattr(pool, "PAUSE_S", 0)
    return Pool().run(Job((Cell("own", "x = 1"),)), torch=False)


def test_a_single_lost_process_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = [WorkerLost("killed"), BlockingIOError(errno.EAGAIN, "busy"), WorkerLost("killed")]
    assert run_with(monkeypatch, lambda _: errors.pop() if errors else None).status == "done"
    assert Lost.made == 4


def test_where_a_process_that_runs_nothing_is_lost_as_well_the_machine_is_to_blame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(MachineFault, match="ended from outside.*--workers"):
        run_with(monkeypatch, lambda _: WorkerLost("its process was ended from outside"))


def test_a_program_that_alone_is_lost_again_and_again_is_to_blame_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkerLost, match="ended from outside"):
        run_with(monkeypatch, lambda p: WorkerLost("its process was ended from outside") if p.cells else None)
    assert Lost.made == MAX_ATTEMPTS + 1


def test_what_stays_short_is_raised_after_a_few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BlockingIOError):
        run_with(monkeypatch, lambda _: BlockingIOError(errno.EAGAIN, "busy"))
    assert 1 < Lost.made < MAX_ATTEMPTS


def test_trouble_travels_as_what_it_is() -> None:
    read, write = os.pipe()
    for error in (OSError(errno.EAGAIN, "try again"), OSError(errno.ENOENT, "nowhere"), ImportError("no torch")):
        messages.send_error(write, error)
        message = messages.Reader(read).poll(1)
        assert message is not None and message[0] == messages.ERROR
        told = messages.unpack_error(message[1])
        assert isinstance(told, OSError) == (getattr(error, "errno", None) == errno.EAGAIN)
        assert type(error).__name__ in str(told) or str(error.args[-1]) in str(told)
    for forged in (b"{}", b"[1]", b'["a", "b"]', b"[", b'[true, "x", 3]'):
        with pytest.raises(ValueError):
            messages.unpack_error(forged)
    os.close(read)
    os.close(write)


# ---------------------------------------------------------------- a class, on a machine that lacks something


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    make_course(root, [LESSON])
    for name in ("maria", "jonas"):
        hand_in(root, name, answered())
    close(root)  # otherwise the first start reports what it closes
    return root


def graded(root: Path, sitecustomize: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `course grade`; every Python process that this starts runs the lines of `sitecustomize` first."""
    first = root.parent / "first"
    first.mkdir(exist_ok=True)
    (first / "sitecustomize.py").write_text(sitecustomize)
    path = os.pathsep.join([str(first), str(REPOSITORY)])
    own = {**os.environ, "PYTHONPATH": path, "COLUMNS": "200", **environment}
    return commands.run("course", "grade", "--workers", "1", cwd=root, env=own, timeout=300)


SHORT = {
    "no process for a submission": (
        "import os, sys\n"
        "def fork(): raise BlockingIOError(11, 'Resource temporarily unavailable')\n"
        "if 'course.sandbox' in sys.orig_argv: os.fork = fork\n",
        "course: No more processes can be started: raise the limit",
    ),
    "a full disk while a world is made": (
        "import sys, tempfile\n"
        "def mkdtemp(*_, **__): raise OSError(28, 'No space left on device')\n"
        "if 'course.sandbox' in sys.orig_argv: tempfile.mkdtemp = mkdtemp\n",
        "is full. Make room there",
    ),
    "fork servers that are killed": (
        "import os, signal, sys, threading\n"
        "if 'course.sandbox' in sys.orig_argv: os.kill(os.getpid(), signal.SIGKILL)\n",
        "its process was ended from outside, perhaps by the system for lack of memory",
    ),
    "a package that is broken": (
        "import sys\nif 'course.sandbox' in sys.orig_argv: sys.modules['IPython'] = None\n",
        "IPython",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", SHORT)
def test_grading_stops_with_one_sentence_and_goes_on_when_that_is_put_right(course: Path, what: str) -> None:
    lines, said = SHORT[what]
    run = graded(course, lines)
    assert run.returncode == 2, run.stderr
    told = [line for line in run.stderr.splitlines() if not line.startswith("grading ")]
    assert len(told) == 1 and told[0].startswith("course: "), run.stderr
    assert said in told[0] and told[0].endswith(GOES_ON)
    assert grade(root=course) == 0
    assert scores(course) == {"maria": 20.0, "jonas": 20.0}


@pytest.mark.parametrize("place", [f"autograded/jonas/{LESSON}", f".course/grading/done/{LESSON}"])
def test_a_read_only_folder_of_one_submission_is_named(course: Path, place: str) -> None:
    (course / place).mkdir(parents=True)
    (course / place).chmod(0o555)
    # even root then keeps to permissions
    kept = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    words = [*kept, sys.executable, "-m", "course.cli", "grade", "--workers", "1"]
    run = subprocess.run(
        words, cwd=course, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True
    )
    assert run.returncode == 2
    assert f"{course / place} is read-only, and the course writes there: make it writable; " in run.stderr
    assert run.stderr.endswith(f"{GOES_ON}\n")
    (course / place).chmod(0o755)
    assert grade(root=course) == 0


def test_threads_that_cannot_be_started_are_told_as_well(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(CourseError, match=r"No more processes can be started.*goes on from there\."):
        grade(root=course)


# ---------------------------------------------------------------- namespaces


@pytest.mark.parametrize(
    ("code", "settings", "said"),
    [
        (errno.ENOSPC, {"user/max_user_namespaces": "0"}, "user namespaces are switched off here"),
        (errno.ENOSPC, {"user/max_net_namespaces": "0"}, "net namespaces are switched off here"),
        (
            errno.ENOSPC,
            {},
            "the limit of user namespaces is reached here; as root run `sysctl -w user.max_user_namespaces=",
        ),
        (errno.EUSERS, {}, "namespaces is reached here"),
        (errno.EPERM, {"kernel/apparmor_restrict_unprivileged_userns": "1"}, "AppArmor"),
        (errno.EPERM, {"kernel/unprivileged_userns_clone": "0"}, "sysctl -w kernel.unprivileged_userns_clone=1"),
        (errno.EPERM, {}, "seccomp profile of a container"),
        (errno.ENOSYS, {}, "older than Linux 5.3, or a container's seccomp profile"),
    ],
)
def test_why_there_are_no_namespaces_is_told_with_what_to_do(
    code: int, settings: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(namespaces, "_setting", lambda name: settings.get(name, ""))
    sentence = namespaces.refused(code)
    assert said in sentence
    assert "space left" not in sentence, "nobody is to look at the disk"


class Libc:
    """Stand-in for the C library, in which one function fails as if permission were missing."""

    def __init__(self, failing: str) -> None:
        self._failing = failing

    def __getattr__(self, name: str) -> Callable[..., int]:
        return lambda *_: ctypes.set_errno(errno.EPERM) or -1 if name == self._failing else 0


def test_what_forbids_to_make_files_read_only_is_told_by_the_name_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_text", lambda *_: 0)
    monkeypatch.setattr(namespaces, "_setting", lambda _: "")
    monkeypatch.setattr(system, "libc", lambda: Libc("syscall"))
    with pytest.raises(confinement.CannotConfine, match=r"profile of a container.*\(mount_setattr failed: .*EPERM"):
        confinement.set_up_namespaces(0, 0)


def test_a_root_that_cannot_be_changed_is_told_by_the_name_of_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "libc", lambda: Libc("syscall"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match="pivot_root: "):
        own_root.confine([], tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EPERM, errno.ENOSYS, errno.EINVAL])
def test_the_reasons_of_a_machine_are_told_in_the_terminals_language(code: int) -> None:
    with using("zh"):
        told = Mechanisms(namespaces.refused(code)).lacking()
    assert faults_of_words(told) == []
    # the only English left is the kernel's message, and names
    assert re.findall(r"[a-z]+ [a-z]+ [a-z]+", told.replace(os.strerror(code), "").replace("user.max", "")) == []


def test_the_doctor_tells_a_reason_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = "namespaces are switched off."
    monkeypatch.setattr(doctor, "protections", lambda: {name: ["promise", reason] for name in selftest.PROTECTIONS})
    told = doctor.confinement()
    assert told[0].found == f"not kept: promise; {reason}"
    assert {t.found for t in told[1:]} == {"see “own world”"}
    assert all(t.state == "missing" for t in told)
