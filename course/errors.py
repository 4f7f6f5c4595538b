"""Errors that end a command with one sentence instead of a traceback, and escaping of what is printed."""

from __future__ import annotations

import difflib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import category

from course.language import LANGUAGES, later, listed, say

FULL = (errno.ENOSPC, errno.EDQUOT)
FILES = later("Too many open files: raise the limit (`ulimit -n`), or grade fewer submissions at a time with --workers")
# Messages for what a machine lacks, by errno.
SHORT_OF = {
    errno.EAGAIN: later(
        "No more processes can be started: raise the limit (`ulimit -u`, or the PID limit of a container or "
        "service), or grade fewer submissions at a time with --workers"
    ),
    errno.ENOMEM: later(
        "This machine is out of memory: close other programs, or grade fewer submissions at a time with --workers"
    ),
    errno.EMFILE: FILES,
    errno.ENFILE: FILES,
    errno.EIO: later("The disk cannot be read or written (input/output error): check the system log (`dmesg`)"),
    errno.EROFS: later("The disk is read-only: work in a folder that is writable"),
}


class CourseError(Exception):
    """An error that says in one sentence what is wrong and what to do; the command line shows no traceback."""


def course_error(template: str, /, **fields: Any) -> CourseError:
    """Return a CourseError with a message, given as to `say`."""
    return CourseError(say(template, **fields))


class Interrupted(BaseException):
    """Raised when somebody presses Ctrl-C or asks the process to end.

    number: the signal's. Like KeyboardInterrupt not an Exception, so that error handlers do not catch it.
    """

    def __init__(self, number: int, told: str = "") -> None:
        super().__init__(told or say("interrupted"))
        self.number = number


class MachineFault(CourseError):
    """A fault of this machine, not of a submission: it cannot continue, whatever it is given to do."""


def require_language(language: str) -> str:
    """Return the language; raise CourseError, which lists the known ones, for an unknown one."""
    if language not in LANGUAGES:
        raise course_error(
            "There is no language `{language}`: the lessons exist in {known}.",
            language=language,
            known=listed(LANGUAGES),
        )
    return language


def nearest(typed: str, names: Iterable[str]) -> str:
    """Return a question whether the name closest to what was typed is meant, "" if none is close."""
    alike = {name.casefold(): name for name in names}
    short = [name for name in alike if typed and name.startswith(typed.casefold())]
    close = short if len(short) == 1 else difflib.get_close_matches(typed.casefold(), alike, n=1)
    return say("Did you mean “{name}”?", name=plain(alike[close[0]])) if close else ""


def read_text(path: Path) -> str:
    """Read a file named by the user.

    Raises CourseError if it cannot be read or is not text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise course_error("{path} cannot be read: it is not UTF-8 text.", path=path) from None
    except OSError as error:
        raise course_error("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None


def disk_is_full(error: BaseException | None) -> bool:
    """Return whether a full disk caused an error, however often that was wrapped."""
    return any(
        getattr(e, "errno", None) in FULL
        or getattr(e, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
        or isinstance(e, shutil.Error)
        and any(f"[Errno {number}]" in str(e) for number in FULL)  # it keeps only the messages of its errors
        for e in _behind(error)
    )


def machine_fault(error: BaseException | None) -> str:
    """Return what this machine lacks (a full disk is one case) and what to do, if that caused an error; else ""."""
    for e in _behind(error):
        if isinstance(e, MachineFault):
            return str(e)
        number = errno.EAGAIN if "can't start new thread" in str(e) else getattr(e, "errno", None)
        if number == errno.EROFS and (told := unwritten(e)):
            return told
        if number in SHORT_OF:
            return say(SHORT_OF[number])
        if getattr(e, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR:
            return say(SHORT_OF[errno.EIO])
    return say("The disk is full: make room") if disk_is_full(error) else ""


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all errors behind it: causes, contexts, wrapped ones and members of groups."""
    waiting, seen = [error], set[int]()
    while waiting:
        error = waiting.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        waiting += [error.__cause__, error.__context__, getattr(error, "orig", None)]
        waiting += getattr(error, "exceptions", ())


def plain(text: str) -> str:
    """Escape the characters of a text that a terminal or browser would interpret instead of showing.

    Names of files and folders come from students: control characters could clear the screen, and right-to-left marks
    reverse a name. Spaces of any width stay, because narrow ones group the digits of numbers.
    """
    shown = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() or category(c) == "Zs" else c.encode("unicode_escape").decode() for c in shown)


def plain_lines(text: str) -> str:
    """Escape a text of several lines as `plain` does, keeping its line breaks."""
    return "\n".join(map(plain, text.split("\n")))


def read_only(path: Path) -> Path | None:
    """Return the path, or its nearest existing parent, if it can be read and not written, else None."""
    place = path
    while not os.path.exists(place) and place != place.parent:
        place = place.parent
    return None if os.access(place, os.W_OK) or not os.access(place, os.R_OK) else place


def unwritten(error: BaseException) -> str:
    """Return a sentence on the read-only file or folder that caused an error, "" if none did."""
    name = getattr(error, "filename", None)
    place = read_only(Path(name)) if isinstance(error, OSError) and isinstance(name, str) else None
    told = later("{path} is read-only, and the course writes there: make it writable")
    return say(told, path=place) if place else ""
