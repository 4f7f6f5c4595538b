"""Read and write rows of nbgrader's tables without its ORM objects, which take longer than the database."""

from __future__ import annotations

from functools import cache
from typing import Any

from nbgrader.api import new_uuid  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import Connection, Select, Table, Update, bindparam, insert, select, update


@cache  # SQLAlchemy takes as long to build a statement as the database to answer it
def rows(table: Table, *by: str) -> Select[Any]:
    """Return a SELECT of a table's rows with given values of the columns `by`, passed as parameters of those names."""
    return select(table).where(*(table.c[name] == bindparam(name) for name in by))


@cache  # as above
def _change(table: Table) -> Update:
    return update(table).where(table.primary_key.columns[0] == bindparam("of"))


def row_of(db: Connection, table: Table, **fields: Any) -> str:
    """Return the id of the row with these values, inserted if it is missing as nbgrader does, but without a commit."""
    if found := db.execute(rows(table, *fields), fields).first():
        return str(found.id)
    write(db, table, [{"id": (made := str(new_uuid())), **fields}], [])
    return made


def write(db: Connection, table: Table, new: list[dict[str, Any]], old: list[dict[str, Any]]) -> None:
    """Insert new rows and update old ones, whose ids are under the key `of`."""
    if new:
        db.execute(insert(table), new)
    if old:
        db.execute(_change(table), old)
