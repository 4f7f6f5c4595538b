"""What `course build` wrote last: a notebook that somebody has changed since is not overwritten in silence.

`lessons/built.json` names each built cell with a digest of its type, text and nbgrader marks. It is checked in beside
the texts, for it holds in a fresh clone too, and students never get it: a digest would give a hidden seed away.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from course.building.built_notebooks import notebook_path
from course.building.lesson import text_name
from course.errors import CourseError, course_error
from course.language import LANGUAGES, later, listed, of_lesson, say

# Cells by name, in order, as digests.
Cells = dict[str, str]
# More names than these are counted only.
MAX_NAMED = 5


def digests(notebook: dict[str, Any]) -> Cells:
    """Return what counts of a notebook's cells; outputs, and what opening and saving it changes, do not."""
    found: Cells = {}
    for i, cell in enumerate(notebook["cells"]):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        marks = cell["metadata"].get("nbgrader", {})
        content = json.dumps([cell["cell_type"], source, marks], sort_keys=True)
        found[str(cell.get("id", i))] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return found


class Written:
    """The notebooks that lie in a course, and what was written of them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.path = root / "lessons" / "built.json"
        try:
            self._known: dict[str, dict[str, Cells]] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._known = {}

    def require_language(self, lesson: str, language: str) -> None:
        """Raise CourseError if a lesson's notebooks are in another language than those to be written now."""
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
        """Raise CourseError if a notebook is neither what was written last nor what is to be written now.

        anew: what is to be written. It names the cells that differ, and says what to do.
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
        """Return the command that writes a lesson here in a language, whatever lies here."""
        spoken = "" if language == LANGUAGES[0] else f" --language {language} --out {self._root}"
        return f"course build {lesson}{spoken} --overwrite"

    def is_from(self, step: str, lesson: str, cells: Cells) -> bool:
        """Tell whether these cells were written last; where nothing is known of it, whether they lie there."""
        written = self._known.get(lesson, {}).get(step) or self._there(step, lesson) or {}
        return list(written.items()) == list(cells.items())

    def put_aside(self, step: str, lesson: str, anew: Cells) -> Path | None:
        """Keep a copy of a notebook that was changed since it was written, or is none; return where, or None."""
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
        number = 1 + sum(1 for _ in folder.glob(f"{lesson}-{step}-*.ipynb"))
        copy = folder / f"{lesson}-{step}-{number}.ipynb"
        copy.write_bytes(path.read_bytes())
        return copy

    def _there(self, step: str, lesson: str) -> Cells | None:
        """Return the cells of a notebook as it lies there; None if it is none, and building makes it anew."""
        try:
            return digests(json.loads(notebook_path(step, lesson, self._root).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def note(self, lesson: str, cells: dict[str, Cells]) -> str:
        """Return the text of the record with what a lesson's notebooks are from now on, by step."""
        self._known[lesson] = cells
        return json.dumps({name: self._known[name] for name in sorted(self._known)}, indent=1) + "\n"


def _difference(there: Cells, written: Cells) -> str:
    """Say which cells differ."""
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
