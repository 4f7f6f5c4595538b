"""Collect the data of a report: the gradebook, and what grading stored about each submission."""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Container
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from course.atomic import write_atomically
from course.bank import answers as bank_answers
from course.errors import CourseError, course_error
from course.exercise.verdict import RENAMED
from course.grading.assignment import CHECK, assignments_of
from course.grading.cell import name_of
from course.grading.finding import find
from course.grading.graded import Graded
from course.grading.release import built_parts, code_of, read_built
from course.grading.standings import Mark, Marks, checks_of_class, marks_of_class, students_of_class
from course.grading.store import Store
from course.language import say
from course.lessons import exercises_from
from course.reports.numbers import Item, Submission
from course.reports.report import Class
from course.reports.similar import Answer, code_only

KEY = Path(".course") / "report.key"


def collect(root: Path, lessons: list[str] | None = None) -> Class:
    """Return a class's data for some lessons, or for all that were graded.

    Raises CourseError if nothing has been graded.
    """
    marks, checks, store = marks_of_class(root), checks_of_class(root), Store(root)
    graded = [name for name in assignments_of(root) if name in checks]
    chosen = [name for name in graded if not lessons or name in lessons]
    if not any(marks.get(lesson) for lesson in chosen):
        raise course_error("There is nothing to report yet: `course grade` comes first.")
    items = [item for lesson in chosen for item in _items(root, lesson, checks[lesson])]
    submissions = [
        _submission(mark, checks[lesson], store.done(lesson, student)[0])
        for lesson in chosen
        for student, mark in sorted(marks.get(lesson, {}).items())
    ]
    ungraded, left_out = _not_graded(root, chosen, marks)
    return Class(tuple(sorted(students_of_class(root))), tuple(items), tuple(submissions), ungraded, left_out)


def _items(root: Path, lesson: str, checks: dict[str, float]) -> list[Item]:
    """Return a lesson's exercises that the gradebook scores, then the instructor's own cells."""
    try:
        exercises = exercises_from(lesson, built_parts(lesson, root) or ())
    except CourseError:  # the points are known without them
        exercises = ()
    left = dict(checks)
    found = []
    for e in exercises:
        if CHECK + e.name in left:
            quantities = tuple(row.name for row in e.rows)
            found.append(Item(lesson, e.name, e.said_title(), left.pop(CHECK + e.name), quantities))
    return found + [
        Item(lesson, name.removeprefix(CHECK), say("a cell of your own"), points)
        for name, points in sorted(left.items())
        if points
    ]


def _submission(mark: Mark, checks: Container[str], graded: Graded) -> Submission:
    """Return the results of a submission, with renamed mistakes under their current names."""
    scored = {cell.name: cell.score for cell in mark.cells if cell.name in checks}
    points = {name.removeprefix(CHECK): score for name, score in scored.items() if score is not None}
    return Submission(
        graded.student,
        graded.lesson,
        points,
        tuple(sorted(mark.waiting)),
        mark.late_s,
        mark.penalty,
        graded.status,
        graded.notes,
        graded.outcomes,
        {name: RENAMED.get(mistake, mistake) for name, mistake in graded.mistakes.items()},
        graded.wrong,
    )


def _not_graded(root: Path, lessons: list[str], marks: Marks) -> tuple[Any, Any]:
    """Return (student, lesson) of submissions without points yet, and (place, reason) of what grading leaves out."""
    try:
        found = find(root, lessons)
    except CourseError:  # submitted/ is empty or missing
        return (), ()
    ungraded = [(t.student, t.lesson) for t in found.tasks if t.student not in marks.get(t.lesson, ())]
    return tuple(ungraded), tuple((left.place, left.reason) for left in found.left_out)


def anonymous(klass: Class, root: Path) -> Class:
    """Return the class with a keyed hash in place of each name, in an order that reveals nothing.

    Notes and places are removed, because they contain file names. String literals in lines of code are emptied.
    """
    name = pseudonyms(root)

    def hidden(s: Submission) -> Submission:
        wrong = {n: _without_words(told, s.outcomes.get(n, "")) for n, told in s.wrong.items()}
        return replace(s, student=name(s.student), notes=(), wrong=wrong)

    return replace(
        klass,
        students=tuple(sorted(map(name, klass.students))),
        submissions=tuple(sorted(map(hidden, klass.submissions), key=lambda s: s.student)),
        ungraded=tuple((name(student), lesson) for student, lesson in klass.ungraded),
        left_out=tuple((say("a file or folder"), say("left out: `course grade` names it")) for _ in klass.left_out),
    )


def pseudonyms(root: Path) -> Callable[[str], str]:
    """Return a function from a student to a pseudonym: a keyed hash, the same in each report on the course."""
    key = _key(root)
    return cache(lambda s: "s-" + hmac.digest(key, s.encode("utf-8", "surrogatepass"), "sha256").hex()[:8])


def answers_to(lesson: str, root: Path) -> list[Answer]:
    """Return a class's answers to a lesson's exercises, as graded; untouched blanks are left out."""
    handed_in = sorted((root / "autograded").glob(f"*/{lesson}/{lesson}.ipynb"))
    released = read_built("release", lesson, root).named if handed_in else {}
    blanks = {n: c.source for n, c in released.items() if c.cell_type == "code" and c.metadata.nbgrader.solution}
    store, found = Store(root), []
    for path in handed_in:
        student = path.parent.parent.name
        outcomes = store.done(lesson, student)[0].outcomes
        try:
            cells = json.loads(path.read_bytes())["cells"]
        except (OSError, ValueError, KeyError, TypeError):  # deleted meanwhile, or damaged
            continue
        for cell in cells:
            name, source = name_of(cell), "".join(cell["source"])
            if name in blanks and source.strip() not in ("", blanks[name].strip()):
                found.append(Answer(student, f"{lesson}.{name}", source, outcomes.get(name, "pass") == "pass"))
    return found


def typical_of(lesson: str, root: Path) -> list[tuple[str, str]]:
    """Return (exercise, source) of code that anybody may have: handed-out code, reference answers and the banks'."""
    found = []
    for step in ("release", "source"):
        with contextlib.suppress(CourseError):  # the sources may be elsewhere
            found += code_of(read_built(step, lesson, root))
    named = {name for name, _ in found if (root / "banks" / lesson / f"{name}.py").is_file()}
    banks = ((name, answer.source) for name in sorted(named) for answer in bank_answers(root, f"{lesson}.{name}"))
    return [(f"{lesson}.{name}", source) for name, source in (*found, *banks)]


def _without_words(told: dict[str, str], outcome: str) -> dict[str, str]:
    return {**told, "line": code_only(told["line"]), "said": told["said"] if outcome == "fail" else ""}


def _key(root: Path) -> bytes:
    """Return the key of this course's pseudonyms, created on first use.

    Raises CourseError if it has been emptied.
    """
    path = root / KEY
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            mine = Path(folder) / KEY.name
            write_atomically(mine, secrets.token_hex(32).encode(), rights=rights(root))
            try:
                os.link(mine, path)
            except FileExistsError:  # another report was first
                pass
            except OSError:  # a file system without hard links
                os.replace(mine, path)
    key = path.read_bytes()
    if not key.strip():
        raise course_error(
            "{path} is empty, and pseudonyms cannot be the same as in earlier reports: restore it from a backup, or "
            "delete it for new ones.",
            path=path,
        )
    return key


def rights(root: Path) -> int:
    """Return the mode of files about a class: for the owner, and for the group if it has access to `.course`."""
    kept = root / ".course"
    return (kept.stat().st_mode if kept.exists() else 0) & 0o060 | 0o600
