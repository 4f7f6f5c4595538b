"""Points given by hand: what they were given for, so that a cell waits for a person again only if that has changed.

nbgrader keeps the points, and not what they were given for. That stands beside its tables in the same database, so that
it changes with them in one transaction, and for all who grade.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import Column, Engine, MetaData, String, Table, bindparam, select
from sqlalchemy.exc import ProgrammingError

from course.grading.cell import by_name
from course.grading.rows import write
from course.grading.settings import quiet_log

# graded: what was graded last. marked: what the points were given for, where a person has yet to look at another.
ANSWERS = Table(
    "course_answer",
    MetaData(),
    Column("grade_id", String(32), primary_key=True),
    Column("graded", String(64)),
    Column("marked", String(64)),
)
_KEPT = select(ANSWERS).where(ANSWERS.c.grade_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Result:
    """A graded cell's new result; row: its row of the gradebook as it was, None for a new one.

    score: from checks, None if a person has to give it. answer: a name for what a person gives points for, None if
    nothing could be graded.
    """

    id: str
    row: Any
    score: float | None
    answer: str | None


def graded_cells_of(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells that nbgrader knows, by name; a task with all that the student wrote, which is its answer."""
    cells = by_name(notebook.cells)
    written = [c.source for c in notebook.cells if "nbgrader" not in c.metadata or utils.is_solution(c)]
    tasks = [name for name, cell in cells.items() if utils.is_task(cell)]
    return cells | {name: NotebookNode({**cells[name], "source": "\n".join(written)}) for name in tasks}


def result_of(id: str, row: Any, cell: NotebookNode | None, missing: float | None = 0.0) -> Result:
    """Score a graded cell as nbgrader does; missing: the score of one that is not there.

    What a person judges is the text of a written answer, but for blanks at the ends of lines, and of an automatic cell
    its score.
    """
    if cell is None:
        return Result(id, row, missing, None if missing is None else str(missing))
    score: float | None = None if utils.is_task(cell) else utils.determine_grade(cell, quiet_log())[0]
    if score is not None and not utils.is_solution(cell):
        return Result(id, row, score, str(float(score)))
    lines = (line.rstrip() for line in cell.source.strip().splitlines())
    return Result(id, row, score, hashlib.sha256("\n".join(lines).encode()).hexdigest())


class GivenFor:
    """What points given by hand were given for, in the gradebook's database.

    Who may make no table there, and finds none, does without: then every written answer that has points waits for a
    person again, as in nbgrader.
    """

    def __init__(self, engine: Engine) -> None:
        self._is_kept = False
        with suppress(ProgrammingError), engine.connect() as connection:
            connection.execute(select(ANSWERS).limit(1))
            self._is_kept = True

    def review(self, db: Any, results: list[Result]) -> dict[str, bool]:
        """Tell for each cell whether a person has to look at it, and note what is graded now.

        db: the session whose transaction writes the results.
        """
        ids = {"ids": [r.id for r in results]}
        kept = {row.grade_id: row for row in db.execute(_KEPT, ids)} if self._is_kept else {}
        looks, new, old = {}, [], []
        for result in results:
            before = kept.get(result.id)
            marked = _marked(result.row, before)
            given = result.row is not None and result.row.manual_score is not None
            looks[result.id] = result.answer is None or result.answer != marked if given else result.score is None
            if before is None:
                new.append({"grade_id": result.id, "graded": result.answer, "marked": marked})
            elif (before.graded, before.marked) != (result.answer, marked):
                old.append({"of": result.id, "graded": result.answer, "marked": marked})
        if self._is_kept:
            write(db, ANSWERS, new, old)
        return looks


def _marked(row: Any, before: Any) -> Any:
    """Return what the points of a cell were given for: where nobody has to look at it, what was graded last."""
    if row is None or row.manual_score is None:
        return None
    if row.needs_manual_grade:
        return before and before.marked
    if before is not None:
        return before.graded
    return None if row.auto_score is None else str(row.auto_score)
