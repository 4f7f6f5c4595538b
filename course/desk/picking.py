"""Pick each student's notebook for each assignment, recognised by its cells and not by its name alone."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from course.desk.matching import FOR_WINDOWS, NOT_IN_NAMES
from course.desk.origin import Origin
from course.errors import CourseError
from course.grading.assignment import notebooks_of
from course.grading.cell import Raw, claimed_name
from course.grading.folder import CourseAssignments, folded, lesson_named, n_answers, named_in
from course.grading.graded import SECRET, TIMESTAMP
from course.grading.reading import NotPlain, begins_as_notebook, may_be_notebook, read_cells
from course.grading.release import MAX_FILES, MAX_FILES_BYTES, read_built
from course.language import later, listed, say

# A notebook with at least this share of an assignment's own cells belongs to it.
MIN_SHARE = 0.5
# How much of one student's is read in search of notebooks.
MAX_READ_BYTES = 2**30
# In bytes. Some file system would refuse what is longer.
MAX_NAME, MAX_PATH = 200, 1000


@dataclass
class Work:
    """A student's work for an assignment.

    notebooks: the file to take, by the notebook's name. beside: other files, by destination path. notes: files that
    were not taken, and doubts.
    """

    student: str
    lesson: str
    notebooks: dict[str, Origin] = field(default_factory=dict)
    beside: dict[str, Origin] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _taken: list[str] = field(default_factory=lambda: [_path_key(TIMESTAMP), _path_key(SECRET)])
    _n_bytes: int = 0

    @property
    def latest(self) -> Origin:
        return max(self.notebooks.values(), key=lambda o: o.order)

    def put_notebook(self, name: str, origin: Origin) -> None:
        self.notebooks[name] = origin
        self._taken.append(_path_key(f"{name}.ipynb"))

    def put_beside(self, place: str, origin: Origin) -> None:
        """Add another file, or a note on why it is left out."""
        key, path, why = _path_key(place), os.fsencode(place), ""
        if len(path) > MAX_PATH or max(map(len, path.split(b"/"))) > MAX_NAME:
            why = say("its name is longer than {n} bytes, or its path than {most}", n=MAX_NAME, most=MAX_PATH)
        elif any(key.startswith(other) or other.startswith(key) for other in self._taken):
            why = say("a file or folder of that name already exists")
        elif len(self.beside) >= MAX_FILES or self._n_bytes + origin.item.size > MAX_FILES_BYTES:
            why = say("more than {mib} MiB or {n} files", mib=MAX_FILES_BYTES // 2**20, n=MAX_FILES)
        if why:
            self.notes.append(say("without {place}: {why}", place=origin.item.place, why=why))
        else:
            self._taken.append(key)
            self._n_bytes += origin.item.size
            self.beside[place] = origin


def _path_key(place: str) -> str:
    """Return a path such that two are in each other's way if one begins with the other, on every file system."""
    return folded(place) + "/"


@dataclass(frozen=True)
class _Notebook:
    origin: Origin
    lesson: str
    name: str
    n_answers: int
    problem: str

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key, largest for the notebook to take: empty and unreadable ones rank below all others."""
        return (not self.problem, self.n_answers > 0, *self.origin.order)


class Lessons(CourseAssignments):
    """The assignments of a course; the instructor's own are recognised by the names of their cells."""

    @cached_property
    def _own(self) -> dict[tuple[str, str], set[str]]:
        found = {}
        for name, notebook in ((other, n) for other in self.others for n in notebooks_of(other, self.root)):
            with suppress(CourseError, OSError, ValueError):
                found[name, notebook] = set(read_built("release", name, self.root, notebook).named)
        return {key: cells for key, cells in found.items() if cells}

    def of(self, cells: list[Raw]) -> tuple[str, str]:
        """Return the assignment and the notebook that cells belong to, ("", "") if none."""
        if lesson := self.lesson_of(cells):
            return lesson, lesson
        names = set(map(claimed_name, cells))
        shares = {key: len(own & names) / len(own) for key, own in self._own.items()}
        best = max(shares, key=lambda key: shares[key], default=("", ""))
        return best if shares.get(best, 0) >= MIN_SHARE else ("", "")


def pick(
    origins: Iterable[tuple[str, Origin]], lessons: Lessons, only: str | None
) -> tuple[list[Work], list[tuple[str, Origin, str]]]:
    """Return each student's work, and the files that were left out, with the reason.

    origins: each with its student. only: the one assignment to import, None for all.
    """
    works: dict[tuple[str, str], Work] = {}
    found: dict[tuple[str, str, str], list[_Notebook]] = defaultdict(list)
    others: list[tuple[str, Origin]] = []
    left: list[tuple[str, Origin, str]] = []
    n_read: Counter[str] = Counter()
    for student, origin in origins:
        is_read = not origin.note and may_be_notebook(origin.rest[-1])
        n_read[student] += origin.item.size * is_read
        if is_read and n_read[student] > MAX_READ_BYTES:
            told = later("not read: more than {n} MiB of one student")
            left.append((student, origin, say(told, n=MAX_READ_BYTES // 2**20)))
            continue
        notebook = _looked_into(origin, lessons, only) if is_read else None
        if origin.note:
            left.append((student, origin, origin.note))
        elif notebook is None:
            others.append((student, origin))
        elif not notebook.lesson:
            left.append((student, origin, notebook.problem))
        elif only and notebook.lesson != only:
            why = say("it is the notebook of {lesson}, not of {only}", lesson=notebook.lesson, only=only)
            left.append((student, origin, why))
        else:
            found[student, notebook.lesson, notebook.name].append(notebook)
    for (student, lesson, name), several in sorted(found.items()):
        *rest, best = sorted(several, key=lambda n: n.order)
        work = works.setdefault((student, lesson), Work(student, lesson))
        work.put_notebook(name, best.origin)
        if best.problem:
            work.notes.append(best.problem)
        if rest:
            passed = listed(n.origin.item.place for n in rest)
            told = later("of {n}, the latest is taken: {place}, not {others}")
            work.notes.append(say(told, n=len(several), place=best.origin.item.place, others=passed))
    of_student: dict[str, list[Work]] = defaultdict(list)
    for work in works.values():
        of_student[work.student].append(work)
    _put_beside(of_student, others, left)
    return list(works.values()), [(s, o, why) for s, o, why in left if not o.note or s not in of_student]


def _looked_into(origin: Origin, lessons: Lessons, only: str | None) -> _Notebook | None:
    """Return what may be a notebook as one, with its assignment ("" if none); None if it is not a notebook."""
    name = origin.rest[-1]
    by_name = ".ipynb" in name.casefold()
    path_says = named_in(reversed(origin.rest)) or only or ""
    try:
        data = origin.item.read()
        if not by_name and not begins_as_notebook(data):
            return None
        cells, _ = read_cells(data)
    except NotPlain as why:
        told = later("it cannot be read: {why}") if path_says else later("a notebook that cannot be read: {why}")
        return _Notebook(origin, path_says, path_says, 0, say(told, why=why)) if by_name else None
    lesson, notebook = lessons.of(cells)
    if lesson:
        release = lessons.releases.get(lesson)
        return _Notebook(origin, lesson, notebook, n_answers(cells, release) if release else 1, "")
    if path_says:
        told = later("taken as {lesson} because you name it: it has none of any lesson's cells")
        if lesson_named(name):
            told = later("taken as {lesson} by its name: it has none of any lesson's cells")
        return _Notebook(origin, path_says, path_says, 0, say(told, lesson=path_says))
    return _Notebook(origin, "", "", 0, say("a notebook with none of any lesson's cells"))


def _put_beside(
    of_student: dict[str, list[Work]], others: list[tuple[str, Origin]], left: list[tuple[str, Origin, str]]
) -> None:
    """Add other files to the assignment whose notebook is above or beside them, or to the student's only one."""
    for student, origin in others:
        own = of_student.get(student, [])
        name = origin.rest[-1]
        if not own:
            left.append((student, origin, say("no notebook")))
            continue
        same_try = any(o.time == origin.time for work in own for o in work.notebooks.values())
        if name in (TIMESTAMP, SECRET) or not same_try:
            continue
        near = [w for w in own if any(_is_below(origin, o) for o in w.notebooks.values())]
        chosen = near if len(near) == 1 else own
        if len(chosen) != 1:
            left.append((student, origin, say("it may belong to several lessons")))
            continue
        chosen[0].put_beside(_place_beside(origin, chosen[0]), origin)


def _is_below(origin: Origin, notebook: Origin) -> bool:
    above = notebook.item.parts[:-1]
    return bool(above) and len(notebook.rest) > 1 and origin.item.parts[: len(above)] == above


def _place_beside(origin: Origin, work: Work) -> str:
    """Return a file's destination path, relative to the notebook as before, with names valid on every system."""
    above = next((o.rest[:-1] for o in work.notebooks.values() if _is_below(origin, o)), ())
    parts = origin.rest[len(above) :] if origin.rest[: len(above)] == above else origin.rest
    kept = [NOT_IN_NAMES.sub("_", part).strip(" .") or "_" for part in parts]
    return "/".join(f"_{part}" if FOR_WINDOWS.fullmatch(part) else re.sub(r"^~\$", "_", part) for part in kept)
