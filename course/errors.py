"""What ends a command with one sentence instead of a traceback."""

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
FILES = later("No more files can be opened: raise the limit (`ulimit -n`), or grade fewer at a time with --workers")
# What a machine runs out of, by the number of the error.
SHORT_OF = {
    errno.EAGAIN: later(
        "No more processes can be started: raise the limit (`ulimit -u`, a container's or service's limit of PIDs), or "
        "grade fewer at a time with --workers"
    ),
    errno.ENOMEM: later(
        "The memory of this machine is used up: end other programs, or grade fewer at a time with --workers"
    ),
    errno.EMFILE: FILES,
    errno.ENFILE: FILES,
    errno.EIO: later("The disk fails to read or write (input/output error): look into the system's log (`dmesg`)"),
    errno.EROFS: later("The disk is read-only: work in a folder that can be written"),
}


class CourseError(Exception):
    """Say in one sentence what is wrong and what to do; the command line shows it without a traceback."""


def course_error(template: str, /, **fields: Any) -> CourseError:
    """Return the error with a message, which is given as to `say`."""
    return CourseError(say(template, **fields))


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C or asked the process to end.

    number: of the signal. Like KeyboardInterrupt no Exception: what handles errors must not take it for one.
    """

    def __init__(self, number: int, told: str = "") -> None:
        super().__init__(told or say("interrupted"))
        self.number = number


class MachineFault(CourseError):
    """This machine cannot go on, whatever it is given to do: no submission is to blame."""


def require_language(language: str) -> str:
    """Return the language; raise CourseError, which says which there are, for one that the course is not in."""
    if language not in LANGUAGES:
        raise course_error(
            "There is no language `{language}`: the lessons exist in {known}.",
            language=language,
            known=listed(LANGUAGES),
        )
    return language


def nearest(typed: str, names: Iterable[str]) -> str:
    """Ask whether the name most like what was typed is meant, in a sentence; "" where none is like it."""
    alike = {name.casefold(): name for name in names}
    short = [name for name in alike if typed and name.startswith(typed.casefold())]
    close = short if len(short) == 1 else difflib.get_close_matches(typed.casefold(), alike, n=1)
    return say("Is “{name}” meant?", name=plain(alike[close[0]])) if close else ""


def read_text(path: Path) -> str:
    """Read a file that a user named.

    Raises CourseError if it is not there or no text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise course_error("{path} cannot be read: it is not text in UTF-8.", path=path) from None
    except OSError as error:
        raise course_error("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None


def disk_is_full(error: BaseException | None) -> bool:
    """Tell whether a full disk is behind an error, however often it was wrapped on its way here."""
    return any(
        getattr(e, "errno", None) in FULL
        or getattr(e, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
        or isinstance(e, shutil.Error)
        and any(f"[Errno {number}]" in str(e) for number in FULL)  # it keeps of each error only what it said
        for e in _behind(error)
    )


def machine_fault(error: BaseException | None) -> str:
    """Say what this machine lacks, if that is behind an error, and what to do; else "". A full disk is one of many."""
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
    """Yield an error and all that it was made of."""
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
    """Return a text with all that a terminal or a reader obeys instead of showing it spelled out.

    Names of files and folders come from students: control characters would clear a screen, marks for writing from
    right to left turn a name around. Spaces of any width stay: numbers are grouped by narrow ones.
    """
    shown = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() or category(c) == "Zs" else c.encode("unicode_escape").decode() for c in shown)


def plain_lines(text: str) -> str:
    """Return a text of several lines as `plain` does, but for the ends of its lines."""
    return "\n".join(map(plain, text.split("\n")))


def read_only(path: Path) -> Path | None:
    """Return what keeps a path from being written: itself, or the folder in which it would be made; None if nothing."""
    place = path
    while not place.exists() and place != place.parent:
        place = place.parent
    return None if os.access(place, os.W_OK) or not os.access(place, os.R_OK) else place


def unwritten(error: BaseException) -> str:
    """Say which file or folder is read-only, if that is why one could not be written; else ""."""
    name = getattr(error, "filename", None)
    place = read_only(Path(name)) if isinstance(error, OSError) and isinstance(name, str) else None
    told = later("{path} is read-only, and grading writes there: make it writable")
    return say(told, path=place) if place else ""
