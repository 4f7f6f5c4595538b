"""Read what a student handed in, and mend it from the release: no damage stops a class."""

from __future__ import annotations

import ast
import copy
import json
import os
import re
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from course.errors import CourseError
from course.exercises import exercises_of

# The release notebooks are some tens of kilobytes; one with plots and long answers stays under a few MiB.
MAX_BYTES = 32 * 2**20
MAX_CELLS = 2000
# Code and prose; pictures in outputs are not counted. A long notebook of a diligent student has 0.1 MiB.
MAX_TEXT_BYTES = 4 * 2**20
# Text longer than this is searched, not parsed: Python's parser is no match for hostile text.
MAX_PARSED = 100_000


@dataclass(frozen=True)
class Release:
    """A lesson as it was handed out: the record of which cells there are, which are locked, what they are worth."""

    lesson: str
    notebook: NotebookNode
    text: bytes = b""

    @cached_property
    def named(self) -> dict[str, NotebookNode]:
        """The cells nbgrader knows, by grade_id, in order."""
        return {c.metadata.nbgrader.grade_id: c for c in self.notebook.cells if "nbgrader" in c.metadata}

    @cached_property
    def demonstrations(self) -> set[str]:
        return {c.source for c in self.notebook.cells if "demonstration" in c.metadata.get("tags", [])}


@dataclass(frozen=True)
class Submission:
    """A submission after mending.

    cells: the student's order, with locked cells as released and lost cells put back.
    repairs: in words, what had to be mended. restored: locked cells that had been changed; students do that by
    accident and nothing is lost by it. unreadable: why nothing could be read, else "".
    """

    cells: tuple[NotebookNode, ...]
    repairs: tuple[str, ...] = ()
    unreadable: str = ""
    restored: tuple[str, ...] = ()


def load_release(lesson: str, root: Path) -> Release:
    """Read release/<lesson>/<lesson>.ipynb.

    Raises CourseError if it is not there, or is not that lesson.
    """
    return read_built("release", lesson, root)


def read_built(step: str, lesson: str, root: Path) -> Release:
    """Read a notebook that `course build` made; step is "source" or "release".

    Raises CourseError if it is not there, or is not that lesson.
    """
    path, again = root / step / lesson / f"{lesson}.ipynb", f"run `course build {lesson}`."
    try:
        text = path.read_bytes()
        built = Release(lesson, nbformat.reads(text.decode(), as_version=4), text)
        lacking = [e.name for e in exercises_of(lesson) if not {e.name, f"check_{e.name}"} <= built.named.keys()]
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: {again}") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}): put that right, or {again}") from None
    except Exception:  # nbformat raises whatever what it reads makes it stumble over
        raise CourseError(f"{path} is not a notebook: to make it anew, {again}") from None
    if lacking:
        raise CourseError(f"{path} lacks cells of {', '.join(lacking)}: to make it anew, {again}")
    return built


def release_of(text: str, lesson: str, file: str) -> Release:
    """Take a notebook for what was handed out, where that is not here: its cells are known by their own names.

    Raises CourseError if it is no notebook.
    """
    try:
        release = Release(lesson, nbformat.reads(text, as_version=4), text.encode())
        if not release.named:
            raise CourseError(f"{file} cannot be tried: it has no cells of {lesson}, or they lost their names.")
    except CourseError:
        raise
    except Exception:  # nbformat raises whatever what it reads makes it stumble over
        raise CourseError(f"{file} cannot be tried: it is not a notebook.") from None
    return release


def read_submission(path: Path, release: Release) -> Submission:
    """Read one submitted notebook; damage is mended or told, never raised."""
    try:
        return mend(read_plainly(path, MAX_BYTES).decode("utf-8-sig"), release)
    except UnicodeDecodeError:
        return unreadable(release, "the file is not text in UTF-8")
    except NotPlain as reason:
        return unreadable(release, str(reason))
    except OSError as error:
        return unreadable(release, f"the file cannot be read ({error.strerror})")


class NotPlain(Exception):
    """What lies there is no file of the student's own; the message says what it is."""


def read_plainly(path: Path, most: int) -> bytes:
    """Read a file that was handed in, submitted/STUDENT/LESSON/FILE, if it is a plain one.

    A link could stand for another student's work or for a solution, a pipe or a device never ends.
    Raises NotPlain, or OSError.
    """
    for folder in (path.parent.parent, path.parent):
        if folder.is_symlink():
            raise NotPlain("its folder is a link to another place")
    try:
        seen = path.lstat()
    except FileNotFoundError:
        raise NotPlain("there is no notebook of that name") from None
    if stat.S_ISLNK(seen.st_mode) or seen.st_nlink > 1 and stat.S_ISREG(seen.st_mode):
        raise NotPlain("the notebook is a link to another file; a copy is needed")
    if not stat.S_ISREG(seen.st_mode):
        raise NotPlain("what has the notebook's name is no file")
    if seen.st_size > most:
        raise NotPlain(f"the notebook is larger than {most // 2**20} MiB")
    # again at the file that was opened: what lies there may have been exchanged meanwhile
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if not os.path.samestat(os.fstat(file.fileno()), seen):
            raise NotPlain("the notebook was exchanged while it was read")
        return file.read(most)


def mend(text: str, release: Release) -> Submission:
    """Mend the text of a notebook file."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError, MemoryError):
        return unreadable(release, "the file is not a notebook (its JSON is broken)")
    cells = _cells_of(raw)
    if cells is None:
        return unreadable(release, "the file is not a notebook (it has no list of cells)")
    if len(cells) > MAX_CELLS:
        return unreadable(release, f"the notebook has more than {MAX_CELLS} cells")
    if sum(len(_source_of(cell)) for cell in cells) > MAX_TEXT_BYTES:
        return unreadable(release, f"the notebook has more than {MAX_TEXT_BYTES // 2**20} MiB of text")
    return _Mending(release, cells).mend()


def unreadable(release: Release, why: str) -> Submission:
    """Return what stands for a submission that cannot be read: the release, and why."""
    return Submission(tuple(copy.deepcopy(c) for c in release.notebook.cells), (), why)


def _cells_of(raw: Any) -> list[dict[str, Any]] | None:
    """Return the cells of a notebook of format 3 or 4, whatever else is wrong with it."""
    if not isinstance(raw, dict):
        return None
    cells = raw.get("cells")
    if cells is None and isinstance(raw.get("worksheets"), list):
        sheets = [s for s in raw["worksheets"] if isinstance(s, dict)]
        cells = [c for s in sheets for c in (s.get("cells") or [])]
    if not isinstance(cells, list):
        return None
    return [c for c in cells if isinstance(c, dict)]


def _source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    # a lone surrogate is valid JSON, but no file takes it
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""


def _claimed_name(cell: dict[str, Any]) -> str:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def _defines(source: str) -> set[str]:
    """Return the functions and classes a cell defines at its top level."""
    try:
        tree = ast.parse(source if len(source) <= MAX_PARSED else "(")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"^(?:def|class)\s+(\w+)", source, re.M))
    return {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}


def new_cell(kind: str, source: str, name: str) -> NotebookNode:
    """Make a cell; nbformat's own makers validate each one, which takes longer than all other mending together."""
    code: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return nbformat.from_dict({"cell_type": kind, "id": name, "metadata": {}, "source": source, **code})


def _squeezed(source: str) -> str:
    return re.sub(r"\s+", "", source)


class _Mending:
    """Match the cells of a damaged notebook with those of the release."""

    def __init__(self, release: Release, cells: list[dict[str, Any]]) -> None:
        self.release = release
        self.named = release.named
        self.cells = cells
        self.repairs: list[str] = []
        self.restored: list[str] = []
        self.owner: dict[int, str] = {}  # position of a submitted cell -> the released cell it stands for

    def mend(self) -> Submission:
        for name, released in self.named.items():
            self._match(name, released)
        made = [self._cell(i, cell) for i, cell in enumerate(self.cells)]
        present = set(self.owner.values())
        for name in self.named:
            if name not in present:
                self.repairs.append(f"the cell `{name}` was lost and has been put back")
                self._put_back(made, name)
        return Submission(tuple(made), tuple(self.repairs), restored=tuple(self.restored))

    def _match(self, name: str, released: NotebookNode) -> None:
        """Choose which submitted cell stands for a released one."""
        free = [i for i in range(len(self.cells)) if i not in self.owner]
        claiming = [i for i in free if _claimed_name(self.cells[i]) == name]
        if not claiming:
            claiming = [i for i in free if self.cells[i].get("id") == name and not _claimed_name(self.cells[i])]
        if not claiming and self._is_blank_to_fill(released):
            claiming = [i for i in free if not _claimed_name(self.cells[i]) and self._looks_like(i, name, released)]
        if not claiming:
            return
        if len(claiming) > 1:
            self.repairs.append(f"the cell `{name}` was there {len(claiming)} times")
        # Of several copies the last that was worked on counts: run from top to bottom, it is the one that holds.
        worked = [i for i in claiming if _squeezed(_source_of(self.cells[i])) != _squeezed(released.source)]
        chosen = (worked or claiming)[-1]
        if released.metadata.nbgrader.locked and not released.metadata.nbgrader.solution:
            chosen = claiming[0]
        self.owner[chosen] = name
        if _claimed_name(self.cells[chosen]) != name:
            self.repairs.append(f"the cell `{name}` had lost its mark and was recognised")
        elif _source_of(self.cells[chosen]) != released.source and not released.metadata.nbgrader.solution:
            self.restored.append(name)
        elif self.cells[chosen].get("cell_type") != released.cell_type:
            self.repairs.append(f"the cell `{name}` had another type and was set back")

    @staticmethod
    def _is_blank_to_fill(released: NotebookNode) -> bool:
        return bool(released.metadata.nbgrader.solution)

    def _looks_like(self, i: int, name: str, released: NotebookNode) -> bool:
        cell = self.cells[i]
        return released.cell_type == "code" and cell.get("cell_type") == "code" and name in _defines(_source_of(cell))

    def _cell(self, i: int, cell: dict[str, Any]) -> NotebookNode:
        """Make a clean cell: the released one with the student's text, or a plain one of the student's own."""
        name = self.owner.get(i)
        if name is not None:
            made = copy.deepcopy(self.named[name])
            if made.metadata.nbgrader.solution:
                made.source = _source_of(cell)
            return made
        kind, source = str(cell.get("cell_type")), _source_of(cell)
        made = new_cell(kind if kind in ("code", "raw") else "markdown", source, f"own-{i}")
        if kind == "code" and source in self.release.demonstrations:
            made.metadata["tags"] = ["demonstration"]
        return made

    def _put_back(self, made: list[NotebookNode], name: str) -> None:
        """Insert a lost cell after the nearest cell that comes before it in the release."""
        order = list(self.named)
        places = {c.metadata.nbgrader.grade_id: i for i, c in enumerate(made) if "nbgrader" in c.metadata}
        before = [places[n] for n in order[: order.index(name)] if n in places]
        made.insert(max(before) + 1 if before else 0, copy.deepcopy(self.named[name]))
