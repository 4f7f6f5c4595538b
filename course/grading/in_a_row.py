"""A formgrader page with all answers to one written question: the mark scheme once, points given by keyboard.

Formgrader itself goes through a class notebook by notebook. This page lists the same answers one below the other, and
saves points and comments as they are entered, through formgrader's own API; it stores nothing itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry  # type: ignore[import-untyped]  # it ships no types
from nbgrader.server_extensions.formgrader.base import (  # type: ignore[import-untyped]  # as above
    BaseHandler,
    check_notebook_dir,
    check_xsrf,
)
from tornado import web

from course.grading.cell import name_of
from course.grading.mark_scheme import questions_of
from course.grading.pages import MOST_OF_A_TEXT, Room, prose
from course.language import language, of_notebook, say, say_n, using

ADDRESS = r"/formgrader/written/([^/]+)/([^/]+)/([^/]*)/?"
# The beginning of a comment that gives the points of each part: 2/2 + 0.5/1. It is the same in every language.
_BY_PART = re.compile(r"(\d+(?:\.\d+)?/\d+(?:\.\d+)?(?: \+ \d+(?:\.\d+)?/\d+(?:\.\d+)?)*)(?:\s*\n|$)\s*")


@dataclass(frozen=True)
class Answer:
    """A student's answer with its grade and comment.

    html: the answer. parts: the points of each part, "" if not given. words: the comment without them.
    """

    student: str
    submission: str
    grade: Any
    comment: Any
    html: str
    parts: tuple[str, ...]
    words: str


def extend(formgrader: Any) -> None:
    """Add this page and a link to it to formgrader's module, and make formgrader's templates escape names."""
    handlers = formgrader.handlers.default_handlers
    if (ADDRESS, InARow) not in handlers:
        handlers.append((ADDRESS, InARow))
        formgrader.Environment = _environment


def _environment(loader: BaseLoader) -> Environment:
    templates = Path(__file__).parent / "templates"
    own = FileSystemLoader([templates / "formgrader", templates / "classic"])
    loaders = ChoiceLoader([own, loader, PrefixLoader({"nbgrader": loader})])
    environment = Environment(loader=loaders, autoescape=True)
    environment.globals.update(say=say, say_n=say_n, language=language)
    return environment


class InARow(BaseHandler):
    """The page's handler. The URL names lesson, notebook and question; `?names` shows the students' names."""

    @web.authenticated
    @check_xsrf
    @check_notebook_dir
    def get(self, assignment: str, notebook: str, name: str) -> None:
        with Gradebook(self.db_url, self.coursedir.course_id) as gradebook, using(self._language(assignment, notebook)):
            questions = questions_of(self.coursedir, assignment, notebook)
            question = questions.get(name or next(iter(questions), ""))
            if question is None:
                raise web.HTTPError(404, say("This notebook has no such written question."))
            try:
                answers = list(self._answers(gradebook, assignment, notebook, question.name, question.parts))
            except MissingEntry:
                raise web.HTTPError(404, say("The gradebook does not have this question yet.")) from None
            # those that wait for a person come first; the order of submission ids does not reveal students
            answers.sort(key=lambda answer: (not answer.grade.needs_manual_grade, answer.submission))
            shown = {"question": question, "questions": list(questions), "answers": answers, "prose": prose}
            named = self.get_argument("names", None) is not None
            place = {"base_url": self.base_url, "assignment": assignment, "notebook": notebook}
            self.write(self.render("in_a_row.html", named=named, **place, **shown))

    def _language(self, assignment: str, notebook: str) -> str:
        path = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment)
        try:
            return of_notebook(json.loads(Path(path, f"{notebook}.ipynb").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return language()

    def _answers(
        self, gradebook: Any, assignment: str, notebook: str, name: str, parts: tuple[float, ...]
    ) -> Iterator[Answer]:
        graded = gradebook.find_graded_cell(name, notebook, assignment)
        solution = gradebook.find_solution_cell(name, notebook, assignment)
        comments = {c.notebook_id: c for c in gradebook.db.query(Comment).filter(Comment.cell_id == solution.id)}
        for grade in gradebook.db.query(Grade).filter(Grade.cell_id == graded.id):
            student = grade.student.id
            folder = self.coursedir.format_path(self.coursedir.autograded_directory, student, assignment)
            source = _source_of(Path(folder, f"{notebook}.ipynb"), name)
            if source is not None and grade.notebook_id in comments:
                comment = comments[grade.notebook_id]
                given, words = by_part(comment.manual_comment or "", parts, grade.manual_score)
                html = prose(Room(MOST_OF_A_TEXT).cut(source, "*{}*\n\n"))
                yield Answer(student, grade.notebook_id, grade, comment, html, given, words)


def _source_of(path: Path, name: str) -> str | None:
    """Return the source of a named cell of a graded notebook; None if there is none."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError):
        return None
    sources = [c["source"] for c in cells if name_of(c) == name]
    return "".join(sources[0]) if sources else None


def by_part(comment: str, parts: tuple[float, ...], score: float | None) -> tuple[tuple[str, ...], str]:
    """Return the points of each part from the beginning of a comment, and the rest of the comment.

    If they do not add up to the score, somebody has changed it since, and they are ordinary text of the comment.
    """
    told = _BY_PART.match(comment)
    found = [part.split("/") for part in told[1].split(" + ")] if told else []
    if told and tuple(float(most) for _, most in found) == parts and sum(float(points) for points, _ in found) == score:
        return tuple(points for points, _ in found), comment[told.end() :]
    return ("",) * len(parts), comment
