"""Find the submissions: a notebook for each student and lesson, and by name everything that is not graded."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from course.errors import CourseError, machine_fault, nearest, plain
from course.grading.entries import MAX_NAME_BYTES, entries_of, is_folder, is_name_of_student, place_of
from course.grading.folder import (
    CourseAssignments,
    StudentFolder,
    Task,
    UngradedEntry,
    folded,
    lesson_named,
    looked_for,
)
from course.language import later, paragraph, say
from course.lessons import LESSONS

LOOKED_FOR = "submitted/STUDENT/LESSON/LESSON.ipynb"


@dataclass
class Found:
    """The contents of submitted/: the submissions in a fixed order, and what is not graded."""

    tasks: list[Task] = field(default_factory=list)
    left_out: list[UngradedEntry] = field(default_factory=list)


def find(root: Path, lessons: Iterable[str], student: str | None = None) -> Found:
    """Find the submissions for some lessons, of one student or all.

    Raises CourseError if there is nothing to grade, naming up to three of the things that are there instead.
    """
    submitted = root / "submitted"
    entries = entries_of(submitted)
    if student is not None:
        entries = [submitted / student_meant(student, entries)]
    found = look_through(root, lessons, entries)
    if not found.tasks:
        told = say("There is nothing to grade: submissions are expected in {path}.", path=root / LOOKED_FOR)
        there = (
            say("There is {place}: {reason}.", place=plain(left.place), reason=plain(left.reason))
            for left in found.left_out[:3]
        )
        raise CourseError(paragraph(told, *there))
    return found


def look_through(root: Path, lessons: Iterable[str], entries: list[Path]) -> Found:
    """Find the submissions for some lessons in the given entries of submitted/."""
    folders = [p for p in entries if is_folder(p) or os.path.islink(p)]
    known, found, chosen = CourseAssignments(root), Found(), list(lessons)
    for entry in entries:
        if entry not in folders:
            why = say("not a student's folder; {where}", where=looked_for())
            found.left_out.append(UngradedEntry(place_of(entry, root), why))
        elif not is_name_of_student(entry.name):
            told = later("the name is not UTF-8 text, or longer than {n} bytes: rename the folder")
            found.left_out.append(UngradedEntry(place_of(entry, root), say(told, n=MAX_NAME_BYTES)))
        elif lesson_named(entry.name) == entry.name and not any(os.path.lexists(entry / n) for n in LESSONS):
            found.left_out += _turned_round(entry, root)
        else:
            tasks, left_out = _in_students_folder(entry, known, chosen)
            found.tasks += tasks
            found.left_out += left_out
    found.left_out += _twins(folders)
    found.tasks.sort(key=lambda task: (chosen.index(task.lesson), task.student))
    return found


def _in_students_folder(
    folder: Path, known: CourseAssignments, lessons: list[str]
) -> tuple[list[Task], list[UngradedEntry]]:
    """Return a student's submissions, and what is not graded; an error is that student's and stops no other's."""
    try:
        one = StudentFolder(folder, known)
        return [task for lesson in lessons if (task := one.task(lesson))], one.left_out()
    except Exception as error:
        if isinstance(error, CourseError) or machine_fault(error):
            raise
        why = say("it cannot be looked at: {error}", error=plain(f"{type(error).__name__}: {error}"))
        return [], [UngradedEntry(place_of(folder, folder.parents[1]), why, folder.name)]


def find_task(root: Path, lesson: str, student: str) -> Task:
    """Return a student's submission for a lesson; if there is none, a task for the place where it would be."""
    folder = root / "submitted" / student
    return StudentFolder(folder, CourseAssignments(root)).task(lesson) or Task(lesson, student, folder / lesson)


def student_meant(student: str, entries: list[Path]) -> str:
    """Return the name of a student's folder from a typed name, which may be in another Unicode normal form.

    Raises CourseError if no entry of submitted/ matches.
    """
    names = [entry.name for entry in entries]
    if student in names:
        return student
    same = [n for n in names if unicodedata.normalize("NFC", n) == unicodedata.normalize("NFC", student)]
    if len(same) == 1:
        return same[0]
    told = say("There is no student “{student}” in submitted/.", student=student)
    raise CourseError(paragraph(told, nearest(student, names)))


def _turned_round(folder: Path, root: Path) -> list[UngradedEntry]:
    lesson = folder.name
    found = []
    for path in entries_of(folder):
        where = f"submitted/{plain(path.name)}/{lesson}" if is_folder(path) else f"submitted/STUDENT/{lesson}"
        above = later("the lesson's folder is above the student's; it belongs in {place}/")
        alone = later("it is not in a student's folder; it belongs in {place}/")
        found.append(UngradedEntry(place_of(path, root), say(above if is_folder(path) else alone, place=where)))
    return found or [UngradedEntry(place_of(folder, root), say("an empty folder with a lesson's name"), work=False)]


def _twins(folders: list[Path]) -> list[UngradedEntry]:
    """Report folders that may be the same student's: their names differ only in case, white space or Unicode form."""
    first: dict[str, str] = {}
    found = []
    for folder in folders:
        other = first.setdefault(folded(folder.name), folder.name)
        if other != folder.name and is_name_of_student(folder.name):
            reason = say("graded as a student in its own right; it may be the same as submitted/{other}", other=other)
            found.append(UngradedEntry(f"submitted/{folder.name}", reason, folder.name, work=False))
    return found
