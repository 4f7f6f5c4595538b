"""Put students into the gradebook, as `nbgrader db student import` does, all in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import insert, select, update

from course.grading.database import opened_gradebook, retrying, writing

MAX_TEXT = 128  # of nbgrader's columns


def enrol(root: Path, students: dict[str, dict[str, str]]) -> int:
    """Add students, and what is new about those who are there; return how many rows changed.

    students: by id, the values of nbgrader's columns; what is empty stays as it is in the gradebook.
    """
    with opened_gradebook(root) as (gradebook, address):
        return retrying(lambda: _enrol(gradebook.db, students), address)


def _enrol(db: Any, students: dict[str, dict[str, str]]) -> int:
    n_changed = 0
    with writing(db):
        table = api.Student.__table__
        there = {row.id: row for row in db.execute(select(table))}
        for student, values in students.items():
            values = {name: value[:MAX_TEXT] for name, value in values.items() if value}
            if student not in there:
                db.execute(insert(table), [{"id": student, **values}])
            elif any(getattr(there[student], name) != value for name, value in values.items()):
                db.execute(update(table).where(table.c.id == student).values(**values))
            else:
                continue
            n_changed += 1
    return n_changed
