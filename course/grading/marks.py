"""Record what manual scores were given for, so that a cell waits for a person again only if that has changed.

nbgrader stores the scores, but not what they were given for. That is kept in a table beside nbgrader's in the same
database, so that it changes in the same transaction and is shared by all graders.
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

# graded: the answer graded last. marked: the answer a manual score was given for, if a newer one waits for a person.
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
    """A graded cell's new result; row: its previous row in the gradebook, None for a new cell.

    score: from checks, None if a person has to give it. answer: an identifier of what a person gives points for, None
    if nothing could be graded.
    """

    id: str
    row: Any
    score: float | None
    answer: str | None


def graded_cells_of(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells that nbgrader knows, by name; a task's source is everything the student wrote: its answer."""
    cells = by_name(notebook.cells)
    written = [c.source for c in notebook.cells if "nbgrader" not in c.metadata or utils.is_solution(c)]
    tasks = [name for name, cell in cells.items() if utils.is_task(cell)]
    return cells | {name: NotebookNode({**cells[name], "source": "\n".join(written)}) for name in tasks}


def result_of(id: str, row: Any, cell: NotebookNode | None, missing: float | None = 0.0) -> Result:
    """Score a graded cell as nbgrader does; missing: the score of an absent cell.

    A person judges the text of a written answer, identified by a hash that ignores trailing white space, or the score
    of an automatically scored cell.
    """
    if cell is None:
        return Result(id, row, missing, None if missing is None else str(missing))
    score: float | None = None if utils.is_task(cell) else utils.determine_grade(cell, quiet_log())[0]
    if score is not None and not utils.is_solution(cell):
        return Result(id, row, score, str(float(score)))
    lines = (line.rstrip() for line in cell.source.strip().splitlines())
    return Result(id, row, score, hashlib.sha256("\n".join(lines).encode()).hexdigest())


class ManualScoreBasis:
    """The table of what manual scores were given for, in the gradebook's database.

    If there is no table, because the database's user may not create one, every written answer with a manual score
    waits for a person again, as in nbgrader.
    """

    def __init__(self, engine: Engine) -> None:
        self._is_kept = False
        with suppress(ProgrammingError), engine.connect() as connection:
            connection.execute(select(ANSWERS).limit(1))
            self._is_kept = True

    def review(self, db: Any, results: list[Result]) -> dict[str, bool]:
        """Return whether a person has to look at each cell, by `Result.id`, and record what is graded now.

        db: the session or connection whose transaction writes the results.
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
    """Return what a cell's manual score was given for: the answer graded last, unless the cell waits for a person."""
    if row is None or row.manual_score is None:
        return None
    if row.needs_manual_grade:
        return before and before.marked
    if before is not None:
        return before.graded
    return None if row.auto_score is None else str(row.auto_score)
