"""Make `.venv` in a clone, once, and go on inside it.

Standard library only, and syntax that Python 3.6 parses.

What is in `.venv` is told by two small files. `made-by-course` is written first and marks the folder as
ours to empty, for this clone on this machine. `stamp` is written last and says for which requirements,
place and Python the folder is complete. No stamp means that a set-up was cut off, so the folder is emptied
and filled anew; an outdated stamp means that the requirements changed, so pip runs once more in place. A
start that finds a matching stamp touches nothing. What another clone made, or what lies behind a link or a
mount, is never emptied: `Place.refusal` says why, and the set-up stops.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from course.atomic import write_atomically
from course.installation import Installer, SetupError, is_mounted, read_notes, say, way_out

WINDOWS = os.name == "nt"
# The CPU build of torch and the rest take 1.5 GB; with less than this free there is no use in starting.
SMALLEST_FREE_BYTES = 10**9


class Place:
    """A clone and its `.venv`.

    `root` is the clone's folder. Every path is text, because `os` functions are all that is needed.
    """

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.venv = os.path.join(self.root, ".venv")
        self.python = os.path.join(self.venv, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))
        self.marker = os.path.join(self.venv, "made-by-course")
        self.stamp = os.path.join(self.venv, "stamp")
        self.log = os.path.join(self.venv, "install.log")
        self.lock = os.path.join(self.root, ".course", "setup.lock")

    def is_clone(self) -> bool:
        return os.path.isfile(os.path.join(self.root, "requirements.txt"))

    def is_inside(self) -> bool:
        return os.path.realpath(sys.prefix) == os.path.realpath(self.venv)

    def is_foreign(self) -> bool:
        """Tell whether somebody else made `.venv`, another clone among them."""
        if not os.path.isdir(self.venv) or not os.listdir(self.venv):
            return False
        return not os.path.exists(self.marker) or bool(self.other_clone())

    def other_clone(self) -> str:
        """Return the clone that `.venv` was made for, if that is another one and not merely where this one lay.

        A place that is not there any more is where a clone was moved from, if it was on this machine: a container
        sees the clones of its host in other places.
        """
        noted = {**read_notes(self.stamp), **read_notes(self.marker)}
        for root in {read_notes(file).get("root", self.root) for file in (self.stamp, self.marker)}:
            if os.path.realpath(root) != self.root:
                if os.path.exists(root):
                    return root
                if noted.get("host", socket.gethostname()) != socket.gethostname():
                    return "{} on {}".format(root, noted["host"])
        return ""

    def refusal(self, emptying: bool) -> str:
        """Say why `.venv` may not be filled, or emptied before; "" if it may."""
        what, away, behind = "the folder .venv", "move it away, or delete it if nobody needs it,", ""
        if os.path.islink(self.venv):
            behind, away = "a link", "remove the link"
            what = f".venv, a link to {os.path.realpath(self.venv)},"
        elif is_mounted(self.venv):
            behind, away = "a mount", "unmount it"
        if behind and not os.path.exists(self.venv):
            return f"{what} leads nowhere; {away} and start again"
        if os.path.lexists(self.venv) and not os.path.isdir(self.venv):
            return f"{self.venv} is not a folder; move it away and start again"
        if not os.path.exists(self.venv) or not os.listdir(self.venv):
            return ""
        if not os.path.exists(self.marker):
            return (
                f"{what} was not made by the course, so it stays as it is; move it away and start "
                "again, or activate it, run `pip install -r requirements.txt -e .` and use the command `course`"
            )
        other = self.other_clone()
        if other:
            return f"{what} is the environment of another clone, {other}, and stays as it is; {away} and start again"
        if not WINDOWS and os.stat(self.venv).st_uid != os.geteuid():
            return f"{what} belongs to another user: let that user start the course here, or {away} and start again"
        leading = way_out(self.venv)
        if leading:
            return f"{leading} leads out of .venv, where the set-up changes nothing; remove it and start again"
        if emptying and behind:
            return f"{what} is not complete, and nothing is emptied through {behind}; empty it and start again"
        return ""

    def needs(self) -> str:
        """Digest what the packages depend on: the two files that name them."""
        digest = hashlib.sha256()
        for name in ("requirements.txt", "pyproject.toml"):
            with open(os.path.join(self.root, name), "rb") as file:
                digest.update(file.read() + b"\0")
        return digest.hexdigest()

    def state(self) -> str:
        """Say how far `.venv` is: `ready`, `outdated` (pip can repair it) or `unusable` (begin anew)."""
        stamped = read_notes(self.stamp)
        # Scripts in `.venv` name its absolute path, so a clone that was moved starts anew. A dangling link
        # to the system's Python is what an upgrade of that Python leaves behind.
        if stamped.get("root") != self.root or not os.path.isfile(self.python):
            return "unusable"
        # Only from inside can one see which Python the link leads to by now.
        if self.is_inside() and stamped.get("python") != "{}.{}".format(*sys.version_info[:2]):
            return "unusable"
        return "ready" if stamped.get("needs") == self.needs() else "outdated"

    def write_stamp(self, needs: str) -> None:
        version = subprocess.check_output(
            [self.python, "-c", "import sys; print('{}.{}'.format(*sys.version_info[:2]))"], text=True
        ).strip()
        write_atomically(Path(self.stamp), f"root {self.root}\npython {version}\nneeds {needs}\n".encode())

    def remove_stamp(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.remove(self.stamp)

    def empty(self) -> None:
        """Make `.venv` an empty folder that is marked as ours.

        The marker is written before and stays throughout, so a set-up cut off here is still known as ours.
        Raises SetupError where something could be lost that is not.
        """
        refuse(self, emptying=True)
        os.makedirs(self.venv, exist_ok=True)
        self.remove_stamp()
        ours = "python3 -m course made this folder and may empty it."
        write_atomically(Path(self.marker), f"{ours}\nroot {self.root}\nhost {socket.gethostname()}\n".encode())
        for entry in os.scandir(self.venv):
            if entry.path == self.marker:
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.remove(entry.path)


def enter(words: Sequence[str], root: str | None = None) -> None:
    """Come back only where the command line can run: in a complete `.venv`, or where `course` is installed.

    Otherwise set `.venv` up if needed and start the same `words` in it. Ends with one sentence and status 1
    when the set-up fails.
    """
    place = Place(root or os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    entered = os.environ.pop("COURSE_ENTERED", "")
    try:
        if not place.is_clone():
            return
        if place.is_inside() and place.is_foreign():
            require_packages()
            return
        if entered == place.venv and not place.is_inside():
            raise SetupError("the Python in .venv does not run inside .venv; remove the folder .venv and start again")
        if place.state() != "ready":
            if place.is_inside() and place.state() == "unusable":
                refuse(place, emptying=True)
                place.remove_stamp()
                start(base_python(), words)
            prepare(place)
    except SetupError as problem:
        sys.exit(f"course: {problem}")
    except KeyboardInterrupt:
        sys.exit("course: the set-up was interrupted; the next start begins it anew")
    except OSError as problem:
        sys.exit(f"course: {explain(problem, place)}")
    if not place.is_inside():
        os.environ["COURSE_ENTERED"] = place.venv
        start(place.python, words)


def prepare(place: Place) -> None:
    """Fill `.venv`, one start at a time; the others wait and find it ready."""
    refuse(place, emptying=place.state() == "unusable")
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise SetupError(
            "this Python cannot make virtual environments (venv or ensurepip is missing); on Debian and "
            "Ubuntu run `apt install python{}.{}-venv`, then start again".format(*sys.version_info[:2])
        )
    with locked(place.lock) as lock, interruptible():
        state = place.state()  # another start may have done the work while this one waited
        if state == "ready":
            return
        if state == "unusable" and place.is_inside():
            raise SetupError("another start left .venv unfinished; start again")
        started = time.monotonic()
        needs = place.needs()
        installer = Installer(place.python, place.root, place.log, keep_open=lock)
        if state == "outdated":
            refuse(place, emptying=False)
            with open(place.stamp, encoding="utf-8") as file:
                old = file.read()
            place.remove_stamp()
            say("requirements.txt or pyproject.toml changed: bringing .venv up to date")
            try:
                installer.install()
            except SetupError:
                if not installer.has_changed_anything():
                    with open(place.stamp, "w", encoding="utf-8") as file:
                        file.write(old)
                raise
        else:
            say("setting up .venv, once: about 170 packages, some minutes, 1.6 GB on disk (5 GB with CUDA)")
            place.empty()
            if shutil.disk_usage(place.venv).free < SMALLEST_FREE_BYTES:
                raise OSError(errno.ENOSPC, "too little space to start")
            installer.make_venv(place.venv, base_python())
            installer.install()
        place.write_stamp(needs)
        say(f"the set-up is complete after {time.monotonic() - started:.0f} s")


def refuse(place: Place, emptying: bool) -> None:
    refusal = place.refusal(emptying)
    if refusal:
        raise SetupError(refusal)


def require_packages() -> None:
    if find_spec("typer") is None:
        raise SetupError(
            "this .venv is not this clone's own and lacks packages; run `pip install -r requirements.txt -e .` in it"
        )


def base_python() -> str:
    """Return the Python that environments are made from, also when this one runs in an environment itself."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return base if os.path.isfile(base) else sys.executable


def start(python: str, words: Sequence[str]) -> None:
    """Replace this process by `python -m course WORDS`; never comes back."""
    command = [python, "-m", "course", *words]
    if WINDOWS:  # execv there returns to the shell at once, before the new process has ended
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(python, command)


def explain(problem: OSError, place: Place) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds {place.root} is full; make room, 1.5 GB or more, and start again"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"the set-up may not write {problem.filename or place.root}; use a clone in a folder of your own"
    if problem.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP) and problem.filename:
        return f"{problem.filename} is in the way of the set-up; move it away and start again"
    return f"the set-up failed: {problem}; remove the folder .venv and start again"


@contextlib.contextmanager
def locked(path: str) -> Iterator[int]:
    """Hold the lock of the set-up and yield its file descriptor.

    Children that inherit the descriptor hold the lock too: when this process is killed, a pip that lives on
    keeps the next start waiting instead of writing into a folder that is being emptied.
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
                say("another start is setting up .venv; waiting for it")
                time.sleep(10)
        else:
            import fcntl

            # ENOLCK: some network file systems have no locks. Then two starts at once are on their own.
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another start is setting up .venv; waiting for it")
                fcntl.flock(file, fcntl.LOCK_EX)
            except OSError as problem:
                if problem.errno != errno.ENOLCK:
                    raise
        yield file.fileno()


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM end the set-up like Ctrl-C does, so that pip is ended with it."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
