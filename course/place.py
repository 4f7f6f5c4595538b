"""A clone and its `.venv`: the folder's state, and whether it may be filled or emptied.

Standard library only, like everything that runs before `.venv` exists.

Two small files describe `.venv`. `made-by-course` is written first and marks the folder as ours to empty, for this
clone on this machine. `stamp` is written last and records the requirements, location and Python for which the folder is
complete. No stamp means that a set-up was interrupted, so the folder is emptied and filled anew; an outdated stamp
means that the requirements changed, so it is updated in place. A folder that another clone made, or that lies behind a
link or a mount, is never emptied: `Place.refusal` says why.
"""

import contextlib
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from course.atomic import write_atomically
from course.installation import SetupError
from course.language import later, say

WINDOWS = os.name == "nt"


class Place:
    """A clone and its `.venv`.

    `root` is the clone's folder. Paths are strings, because `os` functions are all that is needed.
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
        """Return whether somebody else made `.venv`, such as another clone."""
        if not os.path.isdir(self.venv) or not os.listdir(self.venv):
            return False
        return not os.path.exists(self.marker) or bool(self.other_clone())

    def other_clone(self) -> str:
        """Return the clone that `.venv` was made for if it is another one, not this one before a move; else "".

        A location that no longer exists is where this clone was moved from, if it was on this machine: a container sees
        the clones of its host in other locations.
        """
        noted = {**read_notes(self.stamp), **read_notes(self.marker)}
        for root in {read_notes(file).get("root", self.root) for file in (self.stamp, self.marker)}:
            if os.path.realpath(root) != self.root:
                if os.path.exists(root):
                    return root
                if noted.get("host", socket.gethostname()) != socket.gethostname():
                    return say("{folder} on {host}", folder=root, host=noted["host"])
        return ""

    def refuse(self, emptying: bool) -> None:
        """Raise SetupError if `.venv` may not be filled, or emptied first."""
        refusal = self.refusal(emptying)
        if refusal:
            raise SetupError(refusal)

    def refusal(self, emptying: bool) -> str:
        """Return why `.venv` may not be filled, or emptied first; "" if it may."""
        what, away = say("the folder .venv"), say("move it away, or delete it if nobody needs it,")
        is_link, mounted = os.path.islink(self.venv), is_mounted(self.venv)
        if is_link:
            what, away = say(".venv, a link to {target},", target=os.path.realpath(self.venv)), say("remove the link")
        elif mounted:
            away = say("unmount it")
        if is_link and not os.path.exists(self.venv):
            return say("{what} leads nowhere; {away} and start again", what=what, away=away)
        if os.path.lexists(self.venv) and not os.path.isdir(self.venv):
            return say("{path} is not a folder; move it away and start again", path=self.venv)
        if not os.path.exists(self.venv) or not os.listdir(self.venv):
            return ""
        if not os.path.exists(self.marker):
            return say(
                "{what} was not made by the course, so it stays as it is; move it away and start "
                "again, or activate it, run `pip install -r requirements.txt -e .` and use the command `course`",
                what=what,
            )
        other = self.other_clone()
        if other:
            told = later(
                "{what} is the environment of another clone, {other}, and stays as it is; {away} and start again"
            )
            return say(told, what=what, other=other, away=away)
        if not WINDOWS and os.stat(self.venv).st_uid != os.geteuid():
            told = later(
                "{what} belongs to another user: let that user start the course here, or {away} and start again"
            )
            return say(told, what=what, away=away)
        leading = way_out(self.venv)
        if leading:
            told = later("{what} leads out of .venv, where the set-up changes nothing; remove it and start again")
            return say(told, what=leading)
        if emptying and (is_link or mounted):
            told = later(
                "{what} is not complete, and nothing is emptied through a link or a mount; empty it and start again"
            )
            return say(told, what=what)
        return ""

    def needs(self) -> str:
        """Return a digest of the two files that name the packages."""
        digest = hashlib.sha256()
        for name in ("requirements.txt", "pyproject.toml"):
            with open(os.path.join(self.root, name), "rb") as file:
                digest.update(file.read() + b"\0")
        return digest.hexdigest()

    def state(self) -> str:
        """Return the state of `.venv`: `ready`, `outdated` (installing again repairs it) or `unusable` (start over)."""
        stamped = read_notes(self.stamp)
        # Scripts in `.venv` contain its absolute path, so a clone that was moved starts over. An upgrade of the
        # system's Python leaves a dangling link to it behind.
        if stamped.get("root") != self.root or not os.path.isfile(self.python):
            return "unusable"
        # Only inside is it known which Python the link leads to now.
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

        The marker is written first and stays throughout, so that an interrupted set-up is still recognised as ours.
        Raises SetupError if something could be lost that is not ours.
        """
        self.refuse(emptying=True)
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


def read_notes(path: str) -> dict[str, str]:
    """Read the marker or the stamp, a word and its value per line; {} if it cannot be read."""
    try:
        with open(path, encoding="utf-8") as file:
            return dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
    except (OSError, ValueError):
        return {}


def is_mounted(folder: str) -> bool:
    return os.path.ismount(folder) or os.path.realpath(folder) in mounts()


def way_out(folder: str) -> str:
    """Return a link to an outside folder, or a mount, inside a folder, "" if none: pip and emptying would follow it.

    A link to a file is harmless: the link itself is replaced.
    """
    real = os.path.realpath(folder)
    for place in mounts():
        if place.startswith(real + os.sep):
            return say("what is mounted at {place}", place=place)
    for parent, folders, _ in os.walk(real):
        for path in (os.path.join(parent, name) for name in folders):
            if os.path.islink(path) and not os.path.realpath(path).startswith(real + os.sep):
                return say("the link {path}", path=path)
    return ""


def mounts() -> "list[str]":
    """Return all mount points, bind mounts of the same disk included; [] on systems other than Linux."""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
            places = [line.split()[4] for line in file]
    except OSError:
        return []
    return [re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place) for place in places]
