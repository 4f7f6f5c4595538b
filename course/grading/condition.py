"""Whether a gradebook can be written as it is: its age, its keys, the rights of its file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import URL, Connection, inspect

from course.errors import CourseError, read_only
from course.language import later, say

# Keys to tables that are not there.
DANGLING = """SELECT 1 FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'
AND k."table" NOT IN (SELECT name FROM sqlite_master WHERE type = 'table')"""


def older(place: str) -> str:
    told = later("The gradebook ({place}) was made by an older nbgrader: run `nbgrader db upgrade`, then try again.")
    return say(told, place=place)


def refuse_older(connection: Connection, place: str) -> None:
    """Raise CourseError if an older nbgrader made the tables: one more beside them would bar the upgrade."""
    found = inspect(connection).get_multi_columns()
    columns = {table: {column["name"] for column in of} for (_, table), of in found.items()}
    for name, table in api.Base.metadata.tables.items():
        if not set(table.columns.keys()) <= columns.get(name, set(table.columns.keys())):
            raise CourseError(older(place))


def hold_to_keys(connection: Connection) -> None:
    """Let SQLite refuse rows of a lesson that was recorded anew meanwhile.

    Not where nbgrader's upgrade left keys to tables that it drops: with such a key nothing could be written.
    """
    if not connection.exec_driver_sql(DANGLING).first():
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def what_is_wrong_with(file: Path) -> str:
    """Return what SQLite says of a gradebook's file, "" if it is whole; it is read without being locked."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            (verdict,) = database.execute("pragma quick_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return "" if verdict == "ok" else str(verdict)


def read_only_part(address: URL, place: str) -> str:
    """Say that a gradebook's file, or the folder in which SQLite keeps its journal, is read-only; else ""."""
    if address.get_backend_name() != "sqlite" or not address.database:
        return ""
    file = Path(address.database).absolute()
    shut = file.parent.is_dir() and (read_only(file) or read_only(file.parent))
    told = later("The gradebook ({place}) cannot be written: {path} is read-only. Make it writable and try again.")
    return say(told, place=place, path=shut) if shut else ""
