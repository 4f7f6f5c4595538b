"""What ends a command with one sentence instead of a traceback."""

from __future__ import annotations

import errno
import sqlite3

FULL = (errno.ENOSPC, errno.EDQUOT)


class CourseError(Exception):
    """Say in one sentence what is wrong and what to do; the command line shows it without a traceback."""


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C or asked the process to end.

    number: of the signal. Like KeyboardInterrupt no Exception: what handles errors must not take it for one.
    """

    def __init__(self, number: int, told: str = "interrupted") -> None:
        super().__init__(told)
        self.number = number


def disk_is_full(error: BaseException | None) -> bool:
    """Tell whether a full disk is behind an error, however often it was wrapped on its way here."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
