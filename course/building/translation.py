"""A lesson in another language: lessons/<language>/ translates the English text cell by cell; stale cells are reported.

Prose and written answers are always translated, code only if it contains text for readers; all other code is taken from
the English lesson. `of` in a cell's header is the digest of the English cell that was translated.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from course.atomic import write_atomically
from course.building.earlier import what_changed
from course.building.lesson import CELL_TYPE_OF_ROLE, Cell, Lesson, text_name
from course.errors import CourseError, course_error
from course.language import listed, paragraph, say
from course.regions import CODE_STUB, SOLUTION, without_regions

# Faults beyond this number are only counted.
MOST_TOLD = 5
# A string with two words, or one before a colon or a space, is text for readers; `sum` and "requires_grad" are not.
_WORDS = re.compile(r"\b[A-Za-z]{2,}\s+[A-Za-z]{2,}|^\s*[a-z]{3,}[: ]")
_OF = re.compile(r'\s+of="?[^"\s]*"?')


def translated(english: Lesson, rendered: Lesson, root: Path) -> Lesson:
    """Return the English lesson with its cells in another language.

    root: the course folder, whose Git history may show how an English cell was changed.

    Raises CourseError, with advice, for cells that are missing, misplaced, outdated or not in the English lesson; it
    names the first few.
    """
    cells = {cell.name: cell for cell in english.cells}
    found = {cell.name: cell for cell in rendered.cells}
    faults = [*_misplaced(english, rendered), *_missing(english, found, rendered)]
    for cell in rendered.cells:
        if cell.name in cells and (what := _fault(cells[cell.name], cell, rendered, root)):
            faults.append(str(rendered.fault(what, cell)))
    if faults:
        more = say("And {n} more.", n=len(faults) - MOST_TOLD) if len(faults) > MOST_TOLD else ""
        raise CourseError(paragraph(*faults[:MOST_TOLD], more))
    made = tuple(
        replace(cell, source=found[cell.name].source, line=found[cell.name].line) if cell.name in found else cell
        for cell in english.cells
    )
    return Lesson(english.id, made, rendered.language)


def _misplaced(english: Lesson, rendered: Lesson) -> Iterator[str]:
    order = {cell.name: i for i, cell in enumerate(english.cells)}
    for cell in rendered.cells:
        if cell.name not in order:
            yield str(_stranger(english, rendered, cell))
    known = [cell for cell in rendered.cells if cell.name in order]
    for before, cell in pairwise(known):
        if order[cell.name] <= order[before.name]:
            told = say("in {file} it stands before `{other}`: move it.", file=text_name(english.id), other=before.name)
            yield str(rendered.fault(told, cell))


def _stranger(english: Lesson, rendered: Lesson, cell: Cell) -> CourseError:
    told = say("{file} has no cell of this name: delete it, or correct the name.", file=text_name(english.id))
    return rendered.fault(told, cell)


def _missing(english: Lesson, found: Mapping[str, Cell], rendered: Lesson) -> Iterator[str]:
    for cell in english.cells:
        if cell.name not in found and (words := _readable_text(cell)):
            yield say(
                "{file}: the cell `{cell}` is missing (“{words}”, {english}, line {line}): render it there, "
                'with role="{role}" name="{cell}" of="{digest}" in its header.',
                file=text_name(rendered.id, rendered.language),
                cell=cell.name,
                words=words,
                english=text_name(english.id),
                line=cell.line,
                role=cell.role,
                digest=cell.digest,
            )


def _fault(english: Cell, cell: Cell, rendered: Lesson, root: Path) -> str:
    """Return what is wrong with a translated cell, or "" if nothing is."""
    if cell.role != english.role:
        return say('in English its role is {role}: write role="{role}".', role=english.role)
    if cell.question not in (None, english.question):
        return say("its line `# question:` is not the English one's: leave the line out, it is not to be rendered.")
    if cell.of != english.digest:
        advice = say(
            "Render that here, then run `course build --language {language} --accept {lesson}.{cell}`.",
            language=rendered.language,
            lesson=rendered.id,
            cell=cell.name,
        )
        return paragraph(what_changed(cell.of, english, rendered.id, root), advice)
    if CELL_TYPE_OF_ROLE[cell.role] == "markdown":
        return ""
    if cell.role == "check" or cell.source == english.source:
        return say("it says what the English cell says: delete it, code that is not rendered is taken from there.")
    if not same_code(english.source, cell.source):
        return say(
            "its code is not the English cell's: only strings, comments, docstrings and `language=` may differ, "
            "and a solution has to begin and end at the same lines."
        )
    return ""


def same_code(one: str, other: str) -> bool:
    """Return whether two cells differ only in text for readers, both with their solutions and as students get them."""
    return all(
        _bare(cut(one)) == _bare(cut(other))
        for cut in (str, lambda source: without_regions(source, SOLUTION, CODE_STUB))
    )


def _bare(source: str) -> str:
    """Return a dump of the code's syntax tree without strings, or the error if the code is invalid."""
    try:
        return ast.dump(_Wordless().visit(ast.parse(source)))
    except SyntaxError as error:
        return f"{error.lineno}: {error.msg}"


class _Wordless(ast.NodeTransformer):
    """Blank strings, drop `language=` and sort the values in f-strings, whose order depends on the language."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        fields = [self.visit(value) for value in node.values if isinstance(value, ast.FormattedValue)]
        return ast.JoinedStr(sorted(fields, key=ast.dump))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("start", "find_device"):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "language"]
        return node


def _readable_text(cell: Cell) -> str:
    """Return the first words of a cell's text for readers, or "" if it has none."""
    if CELL_TYPE_OF_ROLE[cell.role] == "markdown":
        said: Iterable[str] = [cell.source]
    elif cell.role == "check":
        said = ()
    else:
        tokens = tokenize.generate_tokens(io.StringIO(cell.source).readline)
        comments = [
            t.string.strip("# ") for t in tokens if t.type == tokenize.COMMENT and not t.string.startswith("###")
        ]
        strings = [n.value for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Constant)]
        said = [*comments, *(s for s in strings if isinstance(s, str) and _WORDS.search(s))]
    words = next((text for text in said if text.strip()), "").split()
    return " ".join(words[:5]) + ("…" if len(words) > 5 else "")


def accept(wanted: Iterable[str], texts: Mapping[str, tuple[Lesson, Lesson]], root: Path) -> None:
    """Mark translated cells as up to date by writing the current English digests into their headers.

    wanted: cells by name, or as LESSON.CELL. texts: the English and the translated lesson, by lesson name.

    Raises CourseError if there is no such cell, or more than one.
    """
    for name in wanted:
        lesson, _, cell_name = name.rpartition(".")
        found = [
            (english, cell, rendered)
            for one, (english, rendered) in texts.items()
            for cell in rendered.cells
            if cell.name == cell_name and lesson in ("", one)
        ]
        if not found:
            raise course_error(
                "--accept {cell}: no such cell is rendered in {lessons}.", cell=name, lessons=listed(texts)
            )
        if len(found) > 1:
            ids = listed(f"{rendered.id}.{cell_name}" for _, _, rendered in found)
            raise course_error("--accept {cell}: there are several such cells: name one of {ids}.", cell=name, ids=ids)
        (english, cell, rendered), path = found[0], root / text_name(found[0][2].id, found[0][2].language)
        same = [c for c in english.cells if c.name == cell_name]
        if not same:
            raise _stranger(english, rendered, cell)
        lines = path.read_bytes().decode().splitlines(keepends=True)
        header = lines[cell.line - 1]
        end = header[len(header.rstrip()) :]
        lines[cell.line - 1] = f'{_OF.sub("", header.rstrip())} of="{same[0].digest}"{end}'
        write_atomically(path, "".join(lines).encode())
