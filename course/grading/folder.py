"""The contents of one student's folder: which notebook to grade for a lesson, and what belongs to none."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import islice
from pathlib import Path

from course.errors import CourseError
from course.grading.assignment import assignments_of
from course.grading.cell import Raw, by_name, names_bound, squeezed
from course.grading.reading import MAX_FILE_BYTES, NotPlain, is_notebook, read_cells, read_plainly, source_of
from course.grading.release import Release, read_built
from course.grading.submission import Submission, lesson_begun, mend
from course.language import language, later, listed, of_lesson, say, say_n, using
from course.lessons import LESSONS

# Files that systems, browsers and nbgrader leave beside a notebook. Names that begin with a dot or "~$" count, too.
OF_THE_SYSTEM = {"__MACOSX", "Thumbs.db", "desktop.ini", "$RECYCLE.BIN", "timestamp.txt", "submission_secret.txt"}
# A folder in a folder of the same name is common; anything much deeper or larger is not a submission.
MAX_DEPTH, MAX_FILES = 5, 500
# How many names to list at most for a folder that holds many files.
MAX_NAMED = 10
# This many cells that no other lesson has identify a lesson's notebook; a single one may have been copied.
MIN_CELLS = 2


@dataclass(frozen=True)
class Task:
    """One submission to grade.

    folder: the student's folder for the lesson, with the timestamp of the submission.
    file: the notebook, if its name or place is not the expected one.
    found: notes on which notebook was chosen, if that was in doubt. beside: files in the folder that are not used.
    """

    lesson: str
    student: str
    folder: Path
    file: Path | None = None
    found: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def notebook(self) -> Path:
        return self.path_of(self.lesson)

    def path_of(self, name: str) -> Path:
        """Return the path of a notebook; an assignment that is not a lesson may have several."""
        return self.file if self.file and name == self.lesson else self.folder / f"{name}.ipynb"

    def told(self, submission: Submission) -> Submission:
        """Return the submission with the notes on how it was found before its repairs."""
        return replace(submission, repairs=(*self.found, *submission.repairs))


@dataclass(frozen=True)
class UngradedEntry:
    """Something in submitted/ that is not graded.

    place: path from submitted/ on. reason: what it is or lacks, and what to do. work: whether it may be student work.
    """

    place: str
    reason: str
    student: str = ""
    work: bool = True


def looked_for(student: str = "STUDENT") -> str:
    return say("looked for submitted/{student}/LESSON/LESSON.ipynb", student=student)


def entries_of(folder: Path) -> list[Path]:
    """Return a folder's entries in order, without those that systems and browsers leave; none if it is unreadable."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        names = [e.name for e in entries]
        return [folder / n for n in sorted(names) if not n.startswith((".", "~$")) and n not in OF_THE_SYSTEM]
    return []


def files_of(folder: Path, depth: int = MAX_DEPTH) -> Iterator[Path]:
    """Yield the files in a folder and below; links are yielded, not followed."""
    for path in entries_of(folder):
        if path.is_dir() and not path.is_symlink():
            if depth:
                yield from files_of(path, depth - 1)
        else:
            yield path


def folded(name: str) -> str:
    """Return a name folded for comparison: case, white space and Unicode form make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def lesson_named(name: str) -> str:
    """Return the lesson that the name of a file or folder refers to, "" if none."""
    words = re.sub(r"[\W_]+", "", folded(name))
    whole = [lesson for lesson in LESSONS if lesson.replace("_", "") in words]
    short = [lesson for lesson in LESSONS if re.search(lesson.partition("_")[0] + r"(?!\d)", words)]
    return (whole or short or [""])[0]


class CourseAssignments:
    """The assignments of a course: its lessons as released, and the names of the others."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # The language in which a lesson was released, read without the other lessons; None if it was not released.
        self.language_of = cache(partial(of_lesson, root=root))

    @cached_property
    def releases(self) -> dict[str, Release]:
        found = {}
        for lesson in LESSONS:
            with contextlib.suppress(CourseError, OSError, ValueError):
                found[lesson] = read_built("release", lesson, self.root)
        return found

    @cached_property
    def others(self) -> set[str]:
        return set(assignments_of(self.root)) - set(LESSONS)

    def lesson_of(self, cells: list[Raw]) -> str:
        """Return the lesson that a notebook's cells belong to, whatever its name says; "" if none."""
        texts = {squeezed(source_of(cell)) for cell in cells}
        common = {}
        for lesson, release in self.releases.items():
            others = (other.squeezed for other in self.releases.values() if other is not release)
            common[lesson] = len(texts & release.squeezed.difference(*others))
        most = max(common, key=lambda lesson: common[lesson], default="")
        return lesson_begun(cells) or (most if common.get(most, 0) >= MIN_CELLS else "")


@dataclass(frozen=True)
class _Notebook:
    """A student's notebook: its lesson ("" if unknown), its number of answers, and the reason if it cannot be used."""

    path: Path
    lesson: str = ""
    n_answers: int = 0
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return self.problem
        return say_n("{n} answer", "{n} answers", self.n_answers) if self.n_answers else say("no answers")


class StudentFolder:
    """The contents of one student's folder."""

    def __init__(self, folder: Path, known: CourseAssignments) -> None:
        self.folder = folder
        self.known = known
        self.entries = [] if folder.is_symlink() else entries_of(folder)

    def task(self, lesson: str) -> Task | None:
        """Return the submission to grade for a lesson, with the notebook that has most answers; None if there is none.

        Its notes are in the lesson's language, because they are part of the digest of the submission's state.
        """
        with using(self.known.language_of(lesson) or language()):
            return self._task(lesson)

    def _task(self, lesson: str) -> Task | None:
        folder = self.folder / lesson
        expected = folder / f"{lesson}.ipynb"
        task = Task(lesson, self.folder.name, folder)
        is_there = folder.is_dir() or folder.is_symlink()
        if lesson not in LESSONS:
            return task if is_there else None
        if not is_there or folder.is_symlink() or self.folder.is_symlink():  # links: reported, scored, not followed
            beside = []
        else:
            beside = [path for path in files_of(folder) if path != expected]
        others = [n for n in self.strays if n.lesson == lesson]
        wrong = [n for n in self.strays if n.path in beside and n not in others]
        told = [say("not graded: {what}", what=self._named(n)) for n in wrong]
        strays = {n.path for n in self.strays}
        plain_files = tuple(self._name(p) for p in beside if p not in strays)
        if not others:
            if not is_there:
                return None
            if not os.path.lexists(expected) and plain_files and not folder.is_symlink():
                told.append(say("in its folder there is {names}", names=listed(plain_files[:MAX_NAMED])))
            return replace(task, found=tuple(told), beside=plain_files)
        if os.path.lexists(expected):
            others.append(self._read(expected, lesson))
        others.sort(key=lambda n: (n.n_answers, not n.problem, n.path == expected, _time(n.path), n.path.name))
        best = others.pop()
        graded = say("graded: {what}", what=self._named(best))
        if not os.path.lexists(expected):
            absent = later("graded: {what}; there is no {missing}")
            graded = say(absent, what=self._named(best), missing=self._name(expected))
        told = [graded, *(say("not graded: {what}", what=self._named(n)) for n in others), *told]
        return replace(task, file=None if best.path == expected else best.path, found=tuple(told), beside=plain_files)

    def left_out(self) -> Iterator[UngradedEntry]:
        """Yield the entries that belong to no submission of any assignment."""
        linked = self.folder.is_symlink()
        if not self.entries and not any((self.folder / lesson).exists() for lesson in LESSONS):
            why = say("the folder is a link to another place") if linked else say("the folder is empty")
            yield self._left(self.folder, why, work=linked)
        for entry in self.entries:
            inside = [n for n in self.strays if n.path == entry or entry in n.path.parents]
            if entry.name in LESSONS or entry.name in self.known.others or any(n.lesson for n in inside):
                continue  # reported with its lesson's submission, when that is graded
            for notebook in inside:
                yield self._left(notebook.path, str(notebook))
            files = [self._name(p) for p in islice(files_of(entry), MAX_NAMED)] if entry.is_dir() else []
            if not inside and not files and entry.is_dir():
                yield self._left(entry, say("the folder is empty"), work=False)
            elif not inside:
                there = say("no notebook; there is {names}", names=listed(files))
                yield self._left(entry, there if files else say("no notebook"))

    @cached_property
    def strays(self) -> list[_Notebook]:
        """The notebooks that are not in their expected place."""
        expected = {self.folder / lesson / f"{lesson}.ipynb" for lesson in LESSONS}
        found = []
        for entry in self.entries:
            if entry.name not in self.known.others and not entry.is_symlink():
                files = files_of(entry) if entry.is_dir() else iter([entry])
                found += [p for p in islice(files, MAX_FILES) if p not in expected and is_notebook(p)]
        return [self._read(path, named_in(path.relative_to(self.folder).parts)) for path in found]

    def _read(self, path: Path, place: str) -> _Notebook:
        """Inspect a notebook; place: the lesson that its name or its folder's refers to, "" if none."""
        try:
            cells, _ = read_cells(read_plainly(path, MAX_FILE_BYTES))
        except NotPlain as reason:
            return _Notebook(path, place, problem=str(reason))
        except OSError as error:
            return _Notebook(path, place, problem=say("the file cannot be read ({reason})", reason=error.strerror))
        lesson = self.known.lesson_of(cells)
        if place and lesson and lesson != place:
            return _Notebook(
                path, problem=say("it is the notebook of {other}, not of {lesson}", other=lesson, lesson=place)
            )
        lesson = lesson or place
        if lesson not in self.known.releases:
            return _Notebook(path, problem=say("it has none of any lesson's cells"))
        return _Notebook(path, lesson, n_answers(cells, self.known.releases[lesson]))

    def _left(self, path: Path, reason: str, *, work: bool = True) -> UngradedEntry:
        told = say("{reason}; {where}", reason=reason, where=looked_for(self.folder.name))
        return UngradedEntry(
            f"submitted/{path.relative_to(self.folder.parent).as_posix()}", told, self.folder.name, work
        )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _named(self, notebook: _Notebook) -> str:
        return f"{self._name(notebook.path)} ({notebook})"


def named_in(parts: Iterable[str]) -> str:
    """Return the first lesson that one of the names refers to, "" if none does."""
    return next((lesson for part in parts if (lesson := lesson_named(part))), "")


def n_answers(cells: list[Raw], release: Release) -> int:
    """Return how many blanks of a notebook are filled: with valid Python that binds a name, or with text."""
    made = by_name(mend(cells, release).cells)
    return sum(
        squeezed(made[name].source) not in ("", squeezed(cell.source))
        and (cell.cell_type != "code" or bool(names_bound(made[name].source, strictly=True)))
        for name, cell in release.named.items()
        if cell.metadata.nbgrader.solution
    )


def _time(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
