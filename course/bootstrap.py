"""Make `.venv` in a clone, once, and continue inside it.

Standard library only. A start that finds a complete `.venv` changes nothing.
"""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from course.installation import Installer, SetupError, tell
from course.language import later, of_terminal, say, use
from course.place import WINDOWS, Place

# The CPU build of torch and the rest take 1.5 GB; with less than this free, there is no point in starting.
SMALLEST_FREE_BYTES = 10**9


def enter(words: Sequence[str], root: str | None = None) -> None:
    """Return only where the command line can run: in a complete `.venv`, or where `course` is installed.

    Otherwise set `.venv` up if needed and restart in it with the same `words`. If the set-up fails, exit with one
    sentence and status 1.
    """
    use(of_terminal())
    place = Place(root or os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    entered = os.environ.pop("COURSE_ENTERED", "")
    try:
        if not place.is_clone():
            return
        if place.is_inside() and place.is_foreign():
            require_packages()
            return
        if entered == place.venv and not place.is_inside():
            raise SetupError(
                say("the Python in .venv does not run inside .venv; remove the folder .venv and start again")
            )
        if place.state() != "ready":
            if place.is_inside() and place.state() == "unusable":
                place.refuse(emptying=True)
                place.remove_stamp()
                start(base_python(), words)
            prepare(place)
    except SetupError as problem:
        sys.exit(f"course: {problem}")
    except KeyboardInterrupt:
        sys.exit("course: " + say("the set-up was interrupted; the next start begins again from scratch"))
    except OSError as problem:
        sys.exit(f"course: {explain(problem, place)}")
    if not place.is_inside():
        os.environ["COURSE_ENTERED"] = place.venv
        start(place.python, words)


def prepare(place: Place) -> None:
    """Fill `.venv`, one process at a time; the others wait and find it ready."""
    place.refuse(emptying=place.state() == "unusable")
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise SetupError(
            say(
                "this Python cannot make virtual environments (venv or ensurepip is missing); on Debian and "
                "Ubuntu run `apt install python{version}-venv`, then start again",
                version="{}.{}".format(*sys.version_info[:2]),
            )
        )
    with locked(place.lock) as lock, interruptible():
        state = place.state()  # another process may have done the work while this one waited
        if state == "ready":
            return
        if state == "unusable" and place.is_inside():
            raise SetupError(say("another start left .venv unfinished; start again"))
        started = time.monotonic()
        needs = place.needs()
        if state == "unusable":
            tell(say("setting up .venv, once: about 170 packages, some minutes, 1.6 GB on disk (5 GB with CUDA)"))
            place.empty()
            if shutil.disk_usage(place.venv).free < SMALLEST_FREE_BYTES:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        installer = Installer(place.python, place.root, place.log, keep_open=lock)
        if state == "outdated":
            place.refuse(emptying=False)
            with open(place.stamp, encoding="utf-8") as file:
                old = file.read()
            place.remove_stamp()
            tell(say("requirements.txt or pyproject.toml changed: bringing .venv up to date"))
            try:
                installer.install()
            except SetupError:
                if not installer.has_changed_anything():
                    with open(place.stamp, "w", encoding="utf-8") as file:
                        file.write(old)
                raise
        else:
            installer.make_venv(place.venv, base_python())
            installer.install()
        place.write_stamp(needs)
        tell(say("the set-up is complete after {seconds:.0f} s", seconds=time.monotonic() - started))


def require_packages() -> None:
    if find_spec("typer") is None:
        told = later(
            "this .venv does not belong to this clone and lacks packages; run `pip install -r requirements.txt -e "
            ".` in it"
        )
        raise SetupError(say(told))


def base_python() -> str:
    """Return the Python to make environments from, even if this one runs in an environment."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return base if os.path.isfile(base) else sys.executable


def start(python: str, words: Sequence[str]) -> None:
    """Replace this process with `python -m course WORDS`; never return."""
    command = [python, "-m", "course", *words]
    if WINDOWS:  # execv there returns to the shell at once, before the new process ends
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(python, command)


def explain(problem: OSError, place: Place) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return say(
            "the disk that holds {folder} is full; make room, 1.5 GB or more, and start again", folder=place.root
        )
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        told = later("the set-up has no permission to write {path}; use a clone in a folder of your own")
        return say(told, path=problem.filename or place.root)
    if problem.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP) and problem.filename:
        return say("{path} is in the way of the set-up; move it elsewhere and start again", path=problem.filename)
    return say("the set-up failed: {why}; remove the folder .venv and start again", why=problem)


@contextlib.contextmanager
def locked(path: str) -> Iterator[int]:
    """Hold the lock of the set-up and yield its file descriptor.

    Children that inherit the descriptor hold the lock too: if this process is killed, a surviving pip or uv makes the
    next start wait, rather than writing into a folder that is being emptied.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "a+b") as file:
        if WINDOWS:
            import msvcrt

            while True:
                file.seek(0)
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
                    break
                tell(say("another start is setting up .venv; waiting for it"))
                time.sleep(10)
        else:
            import fcntl

            # ENOLCK: some network file systems have no locks. Two simultaneous starts are then not coordinated.
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tell(say("another start is setting up .venv; waiting for it"))
                fcntl.flock(file, fcntl.LOCK_EX)
            except OSError as problem:
                if problem.errno != errno.ENOLCK:
                    raise
        yield file.fileno()


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Make SIGTERM end the set-up as Ctrl-C does, so that the installing child ends with it."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
