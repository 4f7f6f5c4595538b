"""What the commands share: options, how they end, and what they close to others first."""

from __future__ import annotations

import contextlib
import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from course.errors import Interrupted, course_error, plain
from course.language import LANGUAGES, later, listed, say, use
from course.privacy import close

# To end takes a moment, and what is pressed meanwhile is the same wish once more. Whatever still runs after so many
# seconds has missed it.
ENDING_S = 5.0


LessonsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[LESSON]...", help="Lesson ids, such as way1_numpy. None: all.")
]
DeviceOption = Annotated[
    str, typer.Option(metavar="DEVICE", help="Where tensors live while an answer is asked: cpu, cuda, …")
]


def known(language: str | None) -> str | None:
    """Return a language that was asked for; raise CourseError for one that there is not."""
    if language not in (None, *LANGUAGES):
        told = later("There is no language `{language}`: the course is in {names}.")
        raise course_error(told, language=language, names=listed(LANGUAGES))
    return language


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
    """Say everything in the language that was asked for; raise CourseError for one that there is not."""
    if language is not None:
        use(str(known(language)))
    return language


TellInOption = Annotated[
    str | None,
    typer.Option("--language", metavar="LANGUAGE", callback=speak, help="Tell in en or zh. Default: the terminal's."),
]


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end a command in the same way: `Interrupted` is raised in it, once."""
    pressed_s = -math.inf

    def end(number: int, _: FrameType | None) -> None:
        nonlocal pressed_s
        if time.monotonic() - pressed_s > ENDING_S:
            pressed_s = time.monotonic()
            raise Interrupted(number)

    before = {}
    if threading.current_thread() is threading.main_thread():  # no other can have handlers
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` and a shell's `&` leave it
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        if pressed_s < 0:  # else a second press shall not disturb what Python does at its end
            for number, handler in before.items():
                signal.signal(number, handler)


def close_to_others(root: Path) -> None:
    """Say it where it changes something: somebody else may have been meant to read there."""
    if names := close(root):
        told = later("closed to other accounts on this machine: {names} (docs/privacy.md)")
        print("course: " + plain(say(told, names=listed(names))), file=sys.stderr)
