"""The translation of messages: whole sentences, looked up by their English template (gettext).

A message is a template with named fields: `say("`{name}` is None.", name=name)`. No sentence is put together from
pieces, because word order differs between languages. `course/locale/` has the translations.
"""

from __future__ import annotations

import gettext
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

# Every language of the lessons and messages; the first is the one the code is written in.
LANGUAGES = ("en", "zh")
LOCALE = Path(__file__).parent / "locale"
# The language of a process, and that within `using`: separate, because a kernel may run each cell in a new context.
_usual = [LANGUAGES[0]]
_spoken: ContextVar[str] = ContextVar("language")


def say(template: str, /, **fields: Any) -> str:
    """Return a message in the current language; every `{field}` of the template has to be given."""
    translated = _translations(language()).gettext(template) if template else ""
    return translated.format(**fields) if fields else translated


def say_n(one: str, many: str, n: int, /, **fields: Any) -> str:
    """Return the singular or plural of a message in the current language, chosen by `n`, which is also a field."""
    return _translations(language()).ngettext(one, many, n).format(n=n, **fields)


def later(template: str, /) -> str:
    """Mark a template for translation and return it unchanged; `say` translates it where it is shown."""
    return template


def listed(things: Iterable[str]) -> str:
    """Join names or other things with commas."""
    return say(", ").join(things)


def all_of(things: Sequence[str]) -> str:
    """Join things with commas, and “and” before the last."""
    *others, last = things or [""]
    return say("{others} and {last}", others=listed(others), last=last) if others else last


def paragraph(*sentences: str) -> str:
    """Join sentences, leaving out empty ones.

    Chinese sentences are joined without a space; one that does not end like a sentence, such as a message of Python's,
    gets a full stop.
    """
    said = [sentence for sentence in sentences if sentence]
    if language() != "zh":
        return " ".join(said)
    return "".join([*map(_closed, said[:-1]), *said[-1:]])


def _closed(sentence: str) -> str:
    if sentence.endswith((".", "!", "?")):
        return sentence + " "
    return sentence if sentence.endswith(tuple("。！？：；…”）")) else sentence + "。"


def in_words(number: float) -> str:
    """Return a large number in words: in millions, or in Chinese in units of ten thousand."""
    unit = 1e4 if language() == "zh" else 1e6
    return say("{n:g} million", n=number / unit)


def cells(text: str) -> int:
    """Return how many columns a text takes in a fixed-width font; a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Return a text padded with spaces to `width` columns."""
    return text + " " * (width - cells(text))


def language() -> str:
    """Return the current language, as in LANGUAGES."""
    return _spoken.get(_usual[0])


def use(language: str) -> None:
    """Set the language of messages outside of `using`; raise ValueError for one not in LANGUAGES."""
    _usual[0] = _known(language)
    _translations(language)  # load it now: a sandboxed process cannot


@contextmanager
def using(language: str) -> Iterator[None]:
    """Set the language of messages in the `with` block; raise ValueError for one not in LANGUAGES."""
    before = _spoken.set(_known(language))
    try:
        yield
    finally:
        _spoken.reset(before)


def of_notebook(notebook: Mapping[str, Any]) -> str:
    """Return the language in a notebook's metadata; English if it names none or an unknown one."""
    found: Any = notebook
    for name in ("metadata", "course", "language"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if found in LANGUAGES else LANGUAGES[0]


def of_lesson(lesson: str, root: Path) -> str | None:
    """Return the language of a lesson's notebooks in a course; None if it has none."""
    for step in ("release", "source"):
        try:
            return of_notebook(json.loads((root / step / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, AttributeError):
            return LANGUAGES[0]
    return None


def of_course(root: Path) -> str:
    """Return the language in which a course addresses its people: that of its first lesson."""
    lessons = sorted(path.name for path in (root / "release").glob("*"))
    return next(filter(None, (of_lesson(lesson, root) for lesson in lessons)), LANGUAGES[0])


def in_notebook(language: str) -> dict[str, Any]:
    """Return the notebook metadata for a language; {} for English."""
    return {} if language == LANGUAGES[0] else {"course": {"language": language}}


def of_terminal(environ: Mapping[str, str] = os.environ) -> str:
    """Return the language of the terminal's locale; English if the course is not available in it."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    named = re.split(r"[_.@]", locale)[0].lower()
    return named if named in LANGUAGES else LANGUAGES[0]


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"There is no language `{language}`: the course is in {', '.join(LANGUAGES)}.")
    return language


@cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == LANGUAGES[0]:
        return gettext.NullTranslations()
    return gettext.translation("course", LOCALE, [language])
