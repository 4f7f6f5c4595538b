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
from course.grading.entries import MAX_NAMED, entries_of, files_of, is_folder, is_readable, place_of, some_of
from course.grading.reading import MAX_FILE_BYTES, NotPlain, is_notebook, read_cells, read_plainly, source_of
from course.grading.release import Release, read_built
from course.grading.submission import Submission, lesson_begun, mend
from course.language import language, later, of_lesson, say, say_n, using
from course.lessons import LESSONS

# Anything much larger is not a submission.
MAX_FILES = 500
# How much is looked into in search of one student's misplaced notebooks. A character of a cell, a bracket, and 64 bytes
# of anything take one to three microseconds each, and count as one; a file counts as a thousand more. A long notebook
# has 0.1 million.
MAX_EFFORT = 2_000_000
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
        self.entries = [] if os.path.islink(folder) else entries_of(folder)[:MAX_FILES]
        self._effort = 0

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
        is_there = os.path.lexists(folder)
        if lesson not in LESSONS:
            return task if is_there else None
        is_own = is_folder(folder) and not os.path.islink(self.folder)  # links: reported, scored, not followed
        beside = [path for path in islice(files_of(folder), MAX_FILES) if path != expected] if is_own else []
        others = [n for n in self.strays if n.lesson == lesson]
        wrong = [n for n in self.strays if n.path in beside and n not in others]
        strays = {n.path for n in self.strays}
        plain_files = tuple(self._name(p) for p in beside if p not in strays)
        if not others:
            if not is_there:
                return None
            told = self._not_graded(wrong)
            if not os.path.lexists(expected) and plain_files:
                told.append(say("in its folder there is {names}", names=some_of(plain_files)))
            return replace(task, found=tuple(told), beside=plain_files)
        if os.path.lexists(expected):
            others.append(self._read(expected, lesson))
        others.sort(key=lambda n: (n.n_answers, not n.problem, n.path == expected, _time(n.path), n.path.name))
        best = others.pop()
        graded = say("graded: {what}", what=self._named(best))
        if not os.path.lexists(expected):
            absent = later("graded: {what}; there is no {missing}")
            graded = say(absent, what=self._named(best), missing=self._name(expected))
        found = (graded, *self._not_graded([*others, *wrong]))
        return replace(task, file=None if best.path == expected else best.path, found=found, beside=plain_files)

    def _not_graded(self, notebooks: list[_Notebook]) -> list[str]:
        """Return a note on the notebooks that are not graded, if there are any."""
        names = [self._named(notebook) for notebook in notebooks[: MAX_NAMED + 1]]
        return [say("not graded: {what}", what=some_of(names))] if names else []

    def left_out(self) -> list[UngradedEntry]:
        """Return the entries that belong to no submission of any assignment; of many, only the first few."""
        found = [*islice(self._left_out(), MAX_NAMED + 1)]
        if len(found) > MAX_NAMED or len(self.entries) == MAX_FILES:
            found[MAX_NAMED:] = [self._left(self.folder, say("there is more in it than can be listed"))]
        return found

    def _left_out(self) -> Iterator[UngradedEntry]:
        if not self.entries and not any(os.path.lexists(self.folder / lesson) for lesson in LESSONS):
            yield self._without_anything(self.folder)
        for entry in self.entries:
            inside = [n for n in self.strays if n.path == entry or entry in n.path.parents]
            if entry.name in LESSONS or entry.name in self.known.others or any(n.lesson for n in inside):
                continue  # reported with its lesson's submission, when that is graded
            for notebook in inside:
                yield self._left(notebook.path, str(notebook))
            files = [self._name(p) for p in islice(files_of(entry), MAX_NAMED + 1)] if is_folder(entry) else []
            if not inside and not files and is_folder(entry):
                yield self._without_anything(entry)
            elif not inside:
                there = say("no notebook; there is {names}", names=some_of(files))
                yield self._left(entry, there if files else say("no notebook"))

    def _without_anything(self, folder: Path) -> UngradedEntry:
        """Return the entry for a folder in which nothing was found."""
        if os.path.islink(folder):
            return self._left(folder, say("the folder is a link to another place"))
        if not is_readable(folder):
            return self._left(folder, say("the folder cannot be read: change its permissions"))
        return self._left(folder, say("the folder is empty"), work=False)

    @cached_property
    def strays(self) -> list[_Notebook]:
        """The notebooks that are not in their expected place."""
        expected = {self.folder / lesson / f"{lesson}.ipynb" for lesson in LESSONS}
        found = list[Path]()
        for entry in self.entries:
            if entry.name not in self.known.others and not os.path.islink(entry):
                files = files_of(entry) if is_folder(entry) else iter([entry])
                found += [p for p in islice(files, MAX_FILES) if p not in expected and is_notebook(p)]
            if len(found) > MAX_FILES:
                break
        return [self._stray(path, named_in(path.relative_to(self.folder).parts)) for path in found]

    def _stray(self, path: Path, place: str) -> _Notebook:
        if self._effort > MAX_EFFORT:
            return _Notebook(path, place, problem=say("not looked into: the other notebooks are too many or too large"))
        return self._read(path, place)

    def _read(self, path: Path, place: str) -> _Notebook:
        """Inspect a notebook; place: the lesson that its name or its folder's refers to, "" if none."""
        try:
            data = read_plainly(path, MAX_FILE_BYTES)
            self._effort += 1000 + data.count(b"[") + data.count(b"{") + len(data) // 64
            cells, _ = read_cells(data)
        except NotPlain as reason:
            return _Notebook(path, place, problem=str(reason))
        except OSError as error:
            return _Notebook(path, place, problem=say("the file cannot be read ({reason})", reason=error.strerror))
        self._effort += sum(len(source_of(cell)) for cell in cells)
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
        return UngradedEntry(f"submitted/{place_of(path, self.folder.parent)}", told, self.folder.name, work)

    def _name(self, path: Path) -> str:
        return place_of(path, self.folder)

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
