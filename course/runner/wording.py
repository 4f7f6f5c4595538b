"""Normalise what student code raises and prints: the same words on every machine, without names of the course."""

from __future__ import annotations

import bdb
import contextlib
import difflib
import re
import sys
import tempfile
from pathlib import Path

from course.language import later

MAX_TEXT = 600
# The length to which an exception's message is cut before it is searched.
MAX_RAW = 20 * MAX_TEXT

# Names that Python, IPython and ipykernel give to a cell; the suffix of a syntax error; memory addresses; thread ids.
# Each pattern is bounded, so that searching takes time linear in the length of the text.
_NEUTRAL = (
    (re.compile(r"<ipython-input-[\w-]{1,80}>"), "<cell>"),
    (re.compile(r" \((?:<[^<>\n]{1,80}>|\d{1,20}\.py), (line \d+)\)"), r" (\1)"),
    (re.compile(r" at (?:address )?0x[0-9a-fA-F]+"), ""),
    (re.compile(r"\b0x[0-9a-fA-F]{9,}"), "0x…"),
    (re.compile(r"\b(id|ident|started|daemon)(\W{1,2})\d{12,}"), r"\1\2…"),
)
# What may be a path: with spaces if quoted, otherwise without.
_QUOTED = re.compile(r"""(?<!\w)(?:'[^'\n]*'|"[^"\n]*")""")
_WORD = re.compile(r"[^\s'\"`<>|;,()\[\]{}]+")
_NO_GPU = re.compile(
    r"not compiled with \w+ enabled|NVIDIA driver on your system|No CUDA GPUs|no CUDA-capable|invalid device ordinal"
    r"|not linked with support for|Cannot access accelerator|Cannot get CUDA generator|is_available\(\) is False"
    r"|from the '(?:CUDA|MPS|HIP|XPU)' backend"
)
# These replace messages of torch and Python; a check shows them in the student's language.
NO_GPU = later(
    "the device it names is not there. Use the one that is given (the argument `device`, or `x.device`), and no "
    "`.cuda()`"
)
# Torch's messages about tensors on several devices: of products and of indices, and for various makes of device.
ABOUT_DEVICES = re.compile(
    r"found at least two devices|to (?:be on|have) the same device|tensors to be on same device"
    r"|(?:either on cpu or )on the same device as|is on \w+, but expected|Placeholder storage has not been allocated"
)
TWO_DEVICES = later(
    "the tensors in this line do not all lie on the same device. One that is made without `device=` lies on the CPU: "
    "make it with `device=x.device`, `x` being one of the others, or move it there with `.to(x.device)`"
)
NO_DEBUGGER = later("there is no debugger when code is checked or graded. Take it out")
NO_KEYBOARD = later(
    "nobody is at the keyboard when code is checked or graded. Write the value down in place of `input()`"
)
REPLACED_MESSAGES = (NO_GPU, TWO_DEVICES, NO_DEBUGGER, NO_KEYBOARD)


def neutral(text: str) -> str:
    """Return a text without what differs between machines: paths are cut to their last name, addresses removed.

    Takes time linear in the length of the text.
    """
    if not text:  # the usual case
        return text
    for folder in _folders():
        text = text.replace(folder, "/-/…")
    for pattern, shown in _NEUTRAL:
        text = pattern.sub(shown, text)
    text = _QUOTED.sub(lambda found: found[0][0] + _last_name(found[0][1:-1]) + found[0][0], text)
    return _WORD.sub(lambda found: _without_paths(found[0]), text)


def _without_paths(word: str) -> str:
    """Shorten the paths in a word such as `PATH=/usr/bin:/bin`, but not URLs."""
    if "/" not in word and "\\" not in word or "://" in word.replace("file://", ""):
        return word
    if re.match(r"[A-Za-z]:[/\\]", word):  # on Windows
        path, colon, rest = word[2:].partition(":")
        return _last_name(word[:2] + path) + colon + rest
    return "".join(_last_name(part) for part in re.split(r"([:=])", word.replace("file://", "")))


def _last_name(path: str) -> str:
    """Return the last name of an absolute path, and anything else unchanged."""
    if not re.match(r"(?:file://)?(?:/[^/]+/+[^/]|[A-Za-z]:[/\\])", path):
        return path
    names = [name for name in re.split(r"[/\\]+", path) if name]
    return "<cell>" if "ipykernel_" in path else names[-1]


def _folders() -> list[str]:
    """Return folders of this machine whose paths may contain spaces or differ from run to run, longest first."""
    places = {sys.prefix, sys.base_prefix, str(Path.home()), tempfile.gettempdir(), str(Path(__file__).parents[2])}
    return sorted((place for place in places if len(place) > 1), key=len, reverse=True)


def describe_exception(error: BaseException) -> tuple[str, str]:
    """Return the type name and message of an exception, worded for the student whose code raised it."""
    name = type(error).__name__[:80]
    try:
        message = str(error)[:MAX_RAW]
    except Exception:  # the student's own exception class may fail even in `str`
        message = ""
    if isinstance(error, bdb.BdbQuit):
        return name, NO_DEBUGGER
    if _NO_GPU.search(message):  # torch's message and exception type depend on how it was built
        return RuntimeError.__name__, NO_GPU
    if ABOUT_DEVICES.search(message):
        return name, TWO_DEVICES
    return name, neutral(message)[:MAX_TEXT] + _meant(error)


# A similarity cutoff that allows for one extra, missing or transposed letter.
ALIKE = 0.8


def _meant(error: BaseException) -> str:
    """Return a "Did you mean" hint, as Python adds when it displays an AttributeError, or "" if no name is close."""
    with contextlib.suppress(Exception):  # an object of the student's may raise on inspection
        if isinstance(error, AttributeError) and error.name and not error.name.startswith("_"):
            known = [name for name in dir(error.obj) if not name.startswith("_")]
            near = difflib.get_close_matches(error.name, known, 1, ALIKE)
            return f". Did you mean: '{near[0]}'?" if near and "Did you mean" not in str(error) else ""
    return ""
