"""What was handed out: the released notebooks, the sources they were made from, and their scored cells."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course.errors import CourseError, course_error, plain
from course.exercise import Exercise
from course.grading.assignment import GradedCells, own_cells, require_same
from course.grading.cell import by_name, is_demonstration, name_of, squeezed
from course.grading.reading import NotPlain, read_plainly
from course.language import later, listed, of_notebook, say
from course.lessons import LESSONS, exercises_from, exercises_of
from course.lessons.stated import CHECK, Part, Stated, parts_of
from course.lessons.statement import read


@dataclass(frozen=True)
class Release:
    """A lesson's notebook as handed out: the reference for which cells exist, are locked, and what they are worth."""

    lesson: str
    notebook: NotebookNode
    text: bytes = b""

    def __reduce__(self) -> tuple[Callable[..., Release], tuple[str, bytes]]:
        return _received, (self.lesson, self.text)

    @cached_property
    def named(self) -> dict[str, NotebookNode]:
        """The cells nbgrader knows, by grade_id, in order."""
        return by_name(self.notebook.cells)

    @property
    def language(self) -> str:
        """The language it was handed out in and is graded in, whatever a student's copy says."""
        return of_notebook(self.notebook)

    @cached_property
    def demonstrations(self) -> set[str]:
        return {squeezed(c.source) for c in self.notebook.cells if is_demonstration(c)}

    @cached_property
    def squeezed(self) -> set[str]:
        """The text of every cell, without white space."""
        return {squeezed(c.source) for c in self.notebook.cells}

    @cached_property
    def lines(self) -> set[str]:
        """The lines of all prose, without white space."""
        prose = [c.source for c in self.notebook.cells if c.cell_type != "code"]
        return {squeezed(line) for source in prose for line in source.splitlines()}


def _parsed(lesson: str, text: bytes) -> Release:
    return Release(lesson, nbformat.reads(text.decode(), as_version=4), text)


@lru_cache(12)  # an examiner receives it with every submission
def _received(lesson: str, text: bytes) -> Release:
    return _parsed(lesson, text)


def read_built(step: str, lesson: str, root: Path, notebook: str = "") -> Release:
    """Read a notebook built by `course build`, or by nbgrader from one of the instructor's own.

    step: "source" or "release". notebook: its name, if it is not the lesson's.

    Raises CourseError if it is missing, cannot be read, or lacks cells of the lesson.
    """
    name = notebook or lesson
    path = root / step / lesson / f"{name}.ipynb"
    again = f"course build {lesson}" if lesson in LESSONS else f"nbgrader generate_assignment {lesson}"

    def wrong(told: str, **of: str) -> CourseError:
        return course_error(told, path=path, command=again, **of)

    try:
        built = _parsed(lesson, path.read_bytes())
        other = "source" if step == "release" else "release"
        wanted = _checked(root / other / lesson / f"{name}.ipynb") or _checked(path)
        lacking = [n for n in wanted if not {n, CHECK + n} <= built.named.keys()]
    except FileNotFoundError:
        raise wrong(later("{path} is missing: run `{command}`.")) from None
    except OSError as error:
        told = later("{path} cannot be read ({reason}): fix that, or run `{command}`.")
        raise wrong(told, reason=str(error.strerror)) from None
    except Exception:  # nbformat raises all kinds of exceptions on malformed input
        raise wrong(later("{path} is not a notebook: to make it again, run `{command}`.")) from None
    if lacking:
        told = later("{path} lacks the cells {names}: to make it again, run `{command}`.")
        raise wrong(told, names=listed(lacking))
    return built


def _checked(path: Path) -> list[str]:
    """Return the names of exercises of which a notebook has cell and graded check; none if it is not a notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    names = {mark.get("grade_id"): mark.get("grade") for mark in marks}
    return [name for name in names if names.get(f"{CHECK}{name}")]


def built_parts(lesson: str, root: Path) -> tuple[Part, ...] | None:
    """Return the exercises of a lesson as built; None if it has not been built.

    Raises CourseError if the built notebook cannot be read.
    """
    if not (root / "release" / lesson / f"{lesson}.ipynb").exists():
        return None
    known = [e.name for e in exercises_of(lesson)] if lesson in LESSONS else []
    code = code_of(read_built("release", lesson, root))
    parts = parts_of(lesson, known, code)
    is_solved = (root / "source" / lesson / f"{lesson}.ipynb").is_file()
    if is_solved and any(isinstance(part, Stated) and not part.code for part in parts):
        parts = parts_of(lesson, known, code, code_of(read_built("source", lesson, root)))
    return parts


def code_of(built: Release) -> list[tuple[str, str]]:
    """Return name and source of each code cell; the name is "" if nbgrader does not know the cell."""
    return [(name_of(c), c.source) for c in built.notebook.cells if c.cell_type == "code"]


def right_ones(lesson: str, root: Path, parts: tuple[Part, ...]) -> dict[str, str]:
    """Return the correct answers, by exercise, that may run beside student code: a reference solution may not."""
    solved = read_built("source", lesson, root).named if parts else {}
    secret = {p.name for p in parts if isinstance(p, Stated) and not read(p.statement).forward}
    return {p.name: solved[p.name].source for p in parts if p.name not in secret}


def release_of(text: str, lesson: str, file: str) -> Release:
    """Use a notebook as its own release where the real one is not available: its cells are known by their own names.

    Raises CourseError if it is not a notebook or has no cells with names.
    """
    try:
        release = _parsed(lesson, text.encode())
        named = release.named
    except Exception:  # nbformat raises all kinds of exceptions on malformed input
        raise course_error("{file} cannot be tried: it is not a notebook.", file=file) from None
    if not named:
        raise course_error(
            "{file} cannot be tried: it has no cells of {lesson}, or they have lost their names.",
            file=file,
            lesson=lesson,
        )
    return release


# Files are copied into the private folder of each run, which is in memory; they may take half of that.
MAX_FILES_BYTES = 32 * 2**20
MAX_FILES = 500
# Notebooks, files that nbgrader writes itself or ignores by default, and hidden files.
LEFT_OUT = ("*.ipynb", "timestamp.txt", "submission_secret.txt", "*.pyc", "__pycache__", "feedback", ".*")


def files_beside(submitted: Path, source: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return the files beside a submission and beside its source notebook, by relative path, and notes on omitted ones.

    As in nbgrader, if both have a file of the same name, the instructor's counts.
    """
    found: dict[str, bytes] = {}
    left_out: list[str] = []
    room = MAX_FILES_BYTES
    linked = submitted.is_symlink() or submitted.parent.is_symlink()
    for folder in (source,) if linked else (source, submitted):
        # bound the number of a student's files that are looked at
        for path in islice(_files_in(folder), 2 * MAX_FILES):
            name = path.relative_to(folder).as_posix()
            if name in found:
                continue
            try:
                name.encode()
                content = path.read_bytes() if folder is source else read_plainly(path, room)
            except (NotPlain, OSError, UnicodeEncodeError):
                left_out.append(say("{name} (it cannot be read, is a link, or too large)", name=plain(name)))
                continue
            if len(content) > room or len(found) == MAX_FILES:
                told = later("{name} (more than {mib} MiB or {n} files)")
                left_out.append(say(told, name=plain(name), mib=MAX_FILES_BYTES // 2**20, n=MAX_FILES))
                continue
            found[name] = content
            room -= len(content)
    if not left_out:
        return found, []
    names, more = listed(left_out[:3]), len(left_out) - 3
    if more > 0:
        return found, [say("graded without {names} and {n} more", names=names, n=more)]
    return found, [say("graded without {names}", names=names)]


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not _is_left_out(f))
        yield from (Path(parent) / name for name in sorted(names) if not _is_left_out(name))


def _is_left_out(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in LEFT_OUT)


class Assignments:
    """The assignments of a course, lessons included, each read once per run."""

    def __init__(self, root: Path, graded_cells: Callable[[str], dict[str, GradedCells]]) -> None:
        """Prepare to read assignments; graded_cells: returns an assignment's scored cells, from the gradebook."""
        self._root = root
        self._recorded = graded_cells
        self._releases: dict[tuple[str, str], Release] = {}
        self._graded: dict[str, dict[str, GradedCells]] = {}
        self._references: dict[str, dict[str, str]] = {}
        self._parts: dict[str, tuple[Part, ...]] = {}

    def release(self, lesson: str, notebook: str) -> Release:
        if (lesson, notebook) not in self._releases:
            self._releases[lesson, notebook] = read_built("release", lesson, self._root, notebook)
        return self._releases[lesson, notebook]

    def graded(self, lesson: str) -> dict[str, GradedCells]:
        """Return the automatically scored cells of each notebook of a lesson, or of another assignment."""
        if lesson not in self._graded:
            graded = self._recorded(lesson)
            for notebook, cells in graded.items():
                require_same(lesson, notebook, self.release(lesson, notebook).notebook, cells)
            self._graded[lesson] = graded
        return self._graded[lesson]

    def parts(self, lesson: str) -> tuple[Part, ...]:
        """Return the parts that define a lesson's exercises as handed out; empty if it has none."""
        if lesson not in self._parts:
            self._parts[lesson] = built_parts(lesson, self._root) or ()
        return self._parts[lesson]

    def exercises(self, lesson: str, notebook: str) -> tuple[Exercise, ...]:
        """Return the exercises of a notebook: only the one named like its lesson has any."""
        return exercises_from(lesson, self.parts(lesson)) if lesson == notebook else ()

    def own_cells(self, lesson: str) -> list[str]:
        """Return the names of a lesson's graded cells that are not checks of the course."""
        graded = self.graded(lesson).items()
        return [n for notebook, cells in graded for n in own_cells(cells, self.exercises(lesson, notebook))]

    def invalidate(self, lesson: str) -> None:
        """Drop what is cached of a lesson: in a process that grades repeatedly, it may have changed."""
        self._graded.pop(lesson, None)
        self._references.pop(lesson, None)
        self._parts.pop(lesson, None)
        self._releases = {key: release for key, release in self._releases.items() if key[0] != lesson}

    def reference(self, lesson: str) -> dict[str, str]:
        """Return a lesson's correct answers by exercise, except those that must not run beside student code."""
        if lesson not in self._references:
            self._references[lesson] = right_ones(lesson, self._root, self.parts(lesson))
        return self._references[lesson]

    def files(self, lesson: str, submitted: Path) -> tuple[dict[str, bytes], list[str]]:
        """Return the files that graded cells may read, and notes; the course's own checks read none."""
        if self.parts(lesson) and not self.own_cells(lesson):
            return {}, []
        return files_beside(submitted, self._root / "source" / lesson)
