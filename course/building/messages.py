"""Message catalogues: the messages in the code and their translations (gettext, managed with Babel).

`course/locale/*/LC_MESSAGES/course.po` is edited by hand. `python -m course.building.messages` updates it from the code
and compiles it.
"""

from __future__ import annotations

import io
import tomllib
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from course.atomic import write_atomically
from course.exercise.idea import WORDS
from course.language import LANGUAGES, LOCALE

PACKAGE = LOCALE.parent
SAYING = PACKAGE / "language.py", PACKAGE / "__main__.py"
# Functions that take messages, and which of their arguments those are.
SAID_FIRST = ("say", "later", "drawn", "course_error", "fault", "_fault", "misstated", "show_figure")
KEYWORDS: Any = {"say_n": (1, 2), **dict.fromkeys(SAID_FIRST)}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
# A header has two timestamps, which would make every change a merge conflict.
TIME = datetime(2026, 1, 1, tzinfo=UTC)


def messages() -> Catalog:
    """Return all messages in the code, the HTML templates and the catalogue of mistakes, with the files they are in."""
    template = Catalog(project="course", creation_date=TIME, fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in METHODS and says(path):
            for _, message, _, _ in extract_from_file(METHODS[path.suffix], path, KEYWORDS):
                template.add(message, locations=[_place(path)])
    for mistake, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items():
        for message in (mistake.replace("-", " "), words["hint"], words["more"]):
            template.add(message, locations=[_place(WORDS)])
    return template


def says(path: Path) -> bool:
    """Return whether a file may contain messages; a module that does uses course.language or a function based on it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return "say" in text
    return path in SAYING or any(way in text for way in ("from course.language import ", "course_error(", "drawn("))


def _place(path: Path) -> tuple[str, int]:
    return path.relative_to(PACKAGE).as_posix(), 0


def catalogue_file(language: str) -> Path:
    """Return the path of a language's editable catalogue; the compiled one is beside it, as `.mo`."""
    return LOCALE / language / "LC_MESSAGES" / "course.po"


def catalogue(language: str) -> Catalog:
    """Return a language's translations as stored in its file."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, domain="course")


def brought_up_to_date(language: str) -> Catalog:
    """Return a language's translations, updated to the messages in the code.

    A translation whose message is gone stays in the file as obsolete, and is restored with the message; one whose
    message changed is marked fuzzy, and is not used until somebody has reviewed it.
    """
    kept = catalogue(language)
    for gone in kept.obsolete.values():
        kept[gone.id] = gone
    kept.obsolete.clear()
    kept.update(messages())
    return kept


def po(translations: Catalog) -> bytes:
    """Return the content of the editable file."""
    file = io.BytesIO()
    write_po(file, translations, width=120, include_lineno=False)
    return file.getvalue()


def mo(translations: Catalog) -> bytes:
    """Return the content of the compiled file: the translations that are complete and not fuzzy."""
    file, done = io.BytesIO(), deepcopy(translations)
    for message in done:
        if not all(forms(message.string)):
            message.string = ""  # for an incomplete plural message, Babel would compile the English
    write_mo(file, done)
    return file.getvalue()


def untranslated(translations: Catalog) -> list[str]:
    """Return the messages that are still shown in English, being untranslated or fuzzy."""
    return [str(m.id) for m in translations if m.id and (m.fuzzy or not all(forms(m.string)))]


def forms(text: Any) -> tuple[str, ...]:
    """Return a message's forms: a single one, or the singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or [""])


def main() -> None:
    """Update and compile the catalogue of every language, and print how many messages are untranslated."""
    for language in LANGUAGES[1:]:
        translations = brought_up_to_date(language)
        path = catalogue_file(language)
        write_atomically(path, po(translations))
        write_atomically(path.with_suffix(".mo"), mo(translations))
        print(f"{path}: {len(untranslated(translations))} of {len(translations)} messages wait for a translation")


if __name__ == "__main__":
    main()
