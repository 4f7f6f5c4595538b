"""What the commands share: options, handling of signals and errors, and closing private files to others."""

from __future__ import annotations

import contextlib
import errno
import math
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from course import __version__
from course.errors import Interrupted, machine_fault, plain, require_language
from course.language import later, listed, say, use
from course.privacy import close

# Ending takes a moment, and a signal meanwhile repeats the same request. After this many seconds it is a new one:
# whatever still runs has missed the first.
ENDING_S = 5.0
# Errors for a file or folder of the wrong kind, or one that somebody else owns.
IN_THE_WAY = (errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP, errno.EACCES, errno.EPERM)


LessonsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[LESSON]...", help="Lesson ids, such as way1_numpy. None: all.")
]
DeviceOption = Annotated[
    str, typer.Option(metavar="DEVICE", help="Where tensors live while an answer is asked: cpu, cuda, …")
]


def known(language: str | None) -> str | None:
    """Return the requested language; raise CourseError for an unknown one."""
    return None if language is None else require_language(language)


LanguageOption = Annotated[
    str | None,
    typer.Option(metavar="LANGUAGE", callback=known, help="en or zh. Default: the one that the lessons here are in."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]

UnconfinedOption = Annotated[
    bool,
    typer.Option(
        "--unconfined-i-trust-every-student",
        help="Where this machine cannot sandbox student code: run it all the same, as you, with all your rights.",
    ),
]


def speak(language: str | None) -> str | None:
    """Set the language of all messages and return it; raise CourseError for an unknown one."""
    if language is not None:
        use(require_language(language))
    return language


MessageLanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="LANGUAGE", callback=speak, help="Tell in en or zh. Default: the terminal's."),
]


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Make Ctrl-C and SIGTERM end a command in the same way, by raising `Interrupted` in it once."""
    pressed_s = -math.inf

    def end(number: int, _: FrameType | None) -> None:
        nonlocal pressed_s
        if time.monotonic() - pressed_s > ENDING_S:
            pressed_s = time.monotonic()
            raise Interrupted(number)

    before = {}
    if threading.current_thread() is threading.main_thread():  # no other can set handlers
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under `nohup` and a shell's `&`
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        if pressed_s < 0:  # else keep it: a second press must not disturb Python's shutdown
            for number, handler in before.items():
                signal.signal(number, handler)


def close_to_others(root: Path) -> None:
    """Close private files to other accounts, and print what changed: somebody may have been meant to read them."""
    if names := close(root):
        told = later("closed to other accounts on this machine: {names} (docs/privacy.md)")
        print("course: " + plain(say(told, names=listed(names))), file=sys.stderr)


def unforeseen(problem: Exception) -> str:
    """Return one sentence on an unexpected error; unless the machine or a file is at fault, write details to a file."""
    if fault := machine_fault(problem):
        return say("{fault}.", fault=fault)
    if isinstance(problem, OSError) and problem.errno in IN_THE_WAY and problem.filename:
        told = later("{path} is in the way, or not yours: {reason}. Fix that and try again.")
        return say(told, path=problem.filename, reason=problem.strerror)
    said = str(problem).strip().partition("\n")[0][:200]
    what = f"{type(problem).__name__}: {said}"
    with contextlib.suppress(OSError, ValueError):
        details = "".join(traceback.format_exception(problem))
        with tempfile.NamedTemporaryFile(
            "w", prefix="course-error-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(f"course {__version__}, Python {sys.version}, {sys.platform}\n{sys.argv}\n\n{details}")
        told = later(
            "internal error: {what}. `course doctor` may find the cause; the details, which whoever fixes it will "
            "need, are in {path}"
        )
        return say(told, what=what, path=file.name)
    return say("internal error: {what}. `course doctor` may find the cause", what=what)
