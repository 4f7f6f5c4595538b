"""The record of what `course build` wrote last, so that notebooks edited since are not overwritten silently.

`lessons/built.json` maps each built cell to a digest of its type, source and nbgrader metadata. It is checked in beside
the texts, because it applies in a fresh clone too. Students never get it: a digest would reveal a hidden seed.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

from course.building.built_notebooks import notebook_path
from course.building.lesson import text_name
from course.errors import CourseError, course_error
from course.language import LANGUAGES, later, listed, of_lesson, say

# Digests of cells by name, in order.
Cells = dict[str, str]
# Names beyond this number are only counted.
MAX_NAMED = 5


def digests(notebook: dict[str, Any]) -> Cells:
    """Return the cells' digests; outputs, and anything else that opening and saving a notebook changes, are ignored."""
    found: Cells = {}
    for i, cell in enumerate(notebook["cells"]):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        marks = cell["metadata"].get("nbgrader", {})
        content = json.dumps([cell["cell_type"], source, marks], sort_keys=True)
        found[str(cell.get("id", i))] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return found


class Written:
    """The notebooks in a course, compared with the record of what was written."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.path = root / "lessons" / "built.json"
        try:
            self._known: dict[str, dict[str, Cells]] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._known = {}

    def require_language(self, lesson: str, language: str) -> None:
        """Raise CourseError if a lesson's existing notebooks are in a language other than the one to be written."""
        there = of_lesson(lesson, self._root)
        if there not in (None, language):
            raise course_error(
                "{folder} has {lesson} in the language `{language}`, and it would be overwritten: name another folder "
                "with --out; `{again}` writes it all the same.",
                folder=self._root,
                lesson=lesson,
                language=there,
                again=self._overwriting(lesson, language),
            )

    def require_unchanged(self, step: str, lesson: str, anew: Cells) -> None:
        """Raise CourseError if a notebook is neither what was written last nor what is about to be written.

        The error names the cells that differ and says what to do. anew: the cells about to be written.
        """
        there = self._there(step, lesson)
        if there is None:
            return
        written = self._known.get(lesson, {}).get(step, {})
        if any(list(there.items()) == list(cells.items()) for cells in (written, anew)):
            return
        language = of_lesson(lesson, self._root) or LANGUAGES[0]
        again = self._overwriting(lesson, language)
        raise course_error(
            "{step}/{lesson}/{lesson}.ipynb is not as `course build` wrote it ({difference}) and would be overwritten: "
            "move the change into {text}, or leave this lesson as it is and build others; `{again}` puts it aside in "
            ".course/replaced/ and builds.",
            step=step,
            lesson=lesson,
            difference=_difference(there, written or anew),
            text=text_name(lesson, language),
            again=again,
        )

    def _overwriting(self, lesson: str, language: str) -> str:
        """Return the command that builds a lesson here in a language, overwriting what is here."""
        spoken = "" if language == LANGUAGES[0] else f" --language {language} --out {self._root}"
        return f"course build {lesson}{spoken} --overwrite"

    def is_from(self, step: str, lesson: str, cells: Cells) -> bool:
        """Return whether these cells were written last or, if nothing is recorded, are in the existing notebook."""
        written = self._known.get(lesson, {}).get(step) or self._there(step, lesson) or {}
        return list(written.items()) == list(cells.items())

    def put_aside(self, step: str, lesson: str, anew: Cells) -> Path | None:
        """Copy a notebook that was edited since it was written, or is unreadable; return the copy's path, or None."""
        path = notebook_path(step, lesson, self._root)
        try:
            self.require_unchanged(step, lesson, anew)
        except CourseError:
            pass
        else:
            if not path.is_file() or self._there(step, lesson) is not None:
                return None
        folder = self._root / ".course" / "replaced"
        folder.mkdir(parents=True, exist_ok=True)
        copies = (folder / f"{lesson}-{step}-{number}.ipynb" for number in itertools.count(1))
        copy = next(path for path in copies if not path.exists())
        copy.write_bytes(path.read_bytes())
        return copy

    def _there(self, step: str, lesson: str) -> Cells | None:
        """Return the cells of an existing notebook, or None if it is missing or unreadable and will be built afresh."""
        try:
            return digests(json.loads(notebook_path(step, lesson, self._root).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def note(self, lesson: str, cells: dict[str, Cells]) -> str:
        """Record a lesson's cells, given by step, and return the new content of `lessons/built.json`."""
        self._known[lesson] = cells
        return json.dumps({name: self._known[name] for name in sorted(self._known)}, indent=1) + "\n"


def _difference(there: Cells, written: Cells) -> str:
    """Return in words which cells differ."""
    kinds = {
        later("changed: {cells}"): [n for n in written if n in there and there[n] != written[n]],
        later("added: {cells}"): [n for n in there if n not in written],
        later("gone: {cells}"): [n for n in written if n not in there],
    }
    said = [say(kind, cells=_named(names)) for kind, names in kinds.items() if names]
    return say("; ").join(said) or say("its cells stand in another order")


def _named(names: list[str]) -> str:
    told, more = listed(f"`{name}`" for name in names[:MAX_NAMED]), len(names) - MAX_NAMED
    return say("{cells} and {n} more", cells=told, n=more) if more > 0 else told
