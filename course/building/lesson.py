"""Parse lesson texts: lessons/<lesson>.py becomes cells with a role, a name and a line number.

lessons/<language>/<lesson>.py has the translated cells, each with a digest of the English cell that it translates.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import jupytext  # type: ignore[import-untyped]  # jupytext ships no types

from course.errors import CourseError, course_error
from course.language import LANGUAGES, all_of, later, listed, say
from course.regions import SOLUTION

CELL_TYPE_OF_ROLE = {
    "prose": "markdown",
    "written": "markdown",
    "setup": "code",
    "exercise": "code",
    "check": "code",
    "demonstration": "code",
    "figure": "code",
}

# The roles of cells that nbgrader awards points for.
WORTH_POINTS = ("check", "written")
_QUESTION = re.compile(r"\s*#+\s*question\s*:(.*)", re.IGNORECASE)
# Cell names become nbgrader grade_ids and notebook cell ids, which allow 64 characters.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_HEADER = re.compile(r"# %%")
# Metadata that jupytext adds when reading, about spacing in the text.
_OF_JUPYTEXT = {"lines_to_next_cell", "lines_to_end_of_cell_marker"}


class Contract(Protocol):
    """The attributes of an exercise that the build needs.

    section: the heading that its messages refer students to
    """

    @property
    def name(self) -> str: ...
    @property
    def points(self) -> float: ...
    @property
    def section(self) -> str: ...


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson text; line is the line number of its header, counted from 1.

    points: the points in its header. question: for a question that the text defines itself, the statement after
    `# question:`, a line that is not in `source`. of: in a translation, the digest of the English cell.
    """

    role: str
    name: str
    source: str
    line: int
    points: float | None = None
    question: str | None = None
    of: str = ""

    @property
    def digest(self) -> str:
        """The digest of the source, which the header of a translation records."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Lesson:
    """A lesson text: its id, its cells in order, its language."""

    id: str
    cells: tuple[Cell, ...]
    language: str = LANGUAGES[0]

    def fault(self, what: str, cell: Cell | None = None, /, **fields: Any) -> CourseError:
        """Return an error for the author with file, line and cell; `what` and its fields are a message as for `say`."""
        file, what = text_name(self.id, self.language), say(what, **fields)
        if cell is None:
            return course_error("{file}: {what}", file=file, what=what)
        return course_error(
            "{file}, line {line}, cell `{cell}`: {what}", file=file, line=cell.line, cell=cell.name, what=what
        )


def text_name(lesson: str, language: str = LANGUAGES[0]) -> str:
    """Return the path of a lesson text, relative to the course folder."""
    folder = "" if language == LANGUAGES[0] else f"{language}/"
    return f"lessons/{folder}{lesson}.py"


def read_lesson(path: Path) -> Lesson:
    """Parse one lesson text, in the language that its folder is named after.

    Raises CourseError for a missing file, text that cannot be parsed, or a cell with a missing or invalid header.
    """
    language = path.parent.name if path.parent.name in LANGUAGES else LANGUAGES[0]
    name = text_name(path.stem, language)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise course_error("{file} does not exist: write the lesson text there.", file=name) from None
    except UnicodeDecodeError:
        raise course_error("{file} is not UTF-8 text: save it as UTF-8.", file=name) from None
    return lesson_of(text, path.stem, language)


def lesson_of(text: str, lesson: str, language: str = LANGUAGES[0]) -> Lesson:
    """Parse the source of a lesson text; raises CourseError as `read_lesson` does."""
    name = text_name(lesson, language)
    notebook = jupytext.reads(text, fmt="py:percent")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    if len(lines) != len(notebook.cells):
        first = notebook.cells[0].source.splitlines()[:1] if notebook.cells else []
        raise course_error(
            "{file}: text stands before the first `# %%` header ({text!r}): give it a header of its own, or delete it.",
            file=name,
            text="".join(first),
        )

    cells = []
    for cell, line in zip(notebook.cells, lines, strict=True):
        metadata = {key: value for key, value in cell.metadata.items() if key not in _OF_JUPYTEXT}
        cells.append(_cell(metadata, cell.cell_type, cell.source, name, line, language))
    return Lesson(lesson, tuple(cells), language)


def _cell(metadata: dict[str, Any], cell_type: str, source: str, file: str, line: int, language: str) -> Cell:
    role, name = metadata.pop("role", None), metadata.pop("name", None)
    english = language == LANGUAGES[0]
    if role is None or name is None:
        template = (
            later('{file}, line {line}: this cell has no role: write `# %% role="…" name="…"` above it.')
            if role is None
            else later('{file}, line {line}: this cell has no name: write `# %% role="…" name="…"` above it.')
        )
        raise course_error(template, file=file, line=line)
    cell = {"file": file, "line": line, "cell": name}
    points = metadata.pop("points", None) if english and role in WORTH_POINTS else None
    of = "" if english else str(metadata.pop("of", ""))
    if metadata:
        known = ["role", "name"] + (["of"] if not english else ["points"] if role in WORTH_POINTS else [])
        raise course_error(
            "{file}, line {line}, cell `{cell}`: the header also says {keys}: only {known} belong there.",
            **cell,
            keys=listed(sorted(metadata)),
            known=all_of(known),
        )
    if points is not None and (not isinstance(points, int | float) or isinstance(points, bool) or points <= 0):
        raise course_error(
            "{file}, line {line}, cell `{cell}`: points={points!r} is no number above 0: write `points=3`.",
            **cell,
            points=points,
        )
    if role not in CELL_TYPE_OF_ROLE:
        raise course_error(
            "{file}, line {line}, cell `{cell}`: there is no role `{role}`: choose one of {roles}.",
            **cell,
            role=role,
            roles=listed(CELL_TYPE_OF_ROLE),
        )
    if not _NAME.fullmatch(name):
        raise course_error(
            "{file}, line {line}: the name `{cell}` does not fit: use letters, digits and underscores, at most 64, "
            "beginning with a letter.",
            **cell,
        )
    if cell_type != CELL_TYPE_OF_ROLE[role]:
        header = "`# %% [markdown] …`" if CELL_TYPE_OF_ROLE[role] == "markdown" else "`# %% …`"
        raise course_error(
            "{file}, line {line}, cell `{cell}`: a {role} cell is {kind}: begin its header with {header}.",
            **cell,
            role=role,
            kind=CELL_TYPE_OF_ROLE[role],
            header=header,
        )
    question, source = _question(role, source, cell)
    return Cell(role, name, source, line, points, question, of)


def _question(role: str, source: str, cell: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return the statement in a cell's line `# question: …`, or None, and the source without that line."""
    found, kept, inside = list[str](), list[str](), False
    for line in source.split("\n"):
        inside = (inside or f"BEGIN {SOLUTION}" in line) and f"END {SOLUTION}" not in line
        said = _QUESTION.fullmatch(line)
        if said is None or role in ("prose", "written"):
            kept.append(line)
        elif role != "exercise" or inside:
            raise course_error(
                "{file}, line {line}, cell `{cell}`: `# question:` belongs into an exercise cell, before its solution: "
                "move it.",
                **cell,
            )
        else:
            found.append(said[1])
    if len(found) > 1:
        raise course_error(
            "{file}, line {line}, cell `{cell}`: `# question:` stands there {n} times: write one line, or two cells.",
            **cell,
            n=len(found),
        )
    return (found[0], "\n".join(kept).strip("\n")) if found else (None, source)
