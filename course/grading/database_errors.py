"""Errors of the gradebook's database (schema version, foreign keys, permissions), in one sentence with what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from sqlalchemy import URL, Connection, inspect
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from course.errors import CourseError, read_only
from course.grading.graded import notes_folder
from course.language import later, say

Trouble = Literal["taken", "busy", "gone", "refused"]
WHERE = later("COURSE_DB_URL, or c.CourseDirectory.db_url in nbgrader_config.py")


def place_of(address: URL) -> str:
    """Return where a database is, for a message, without user and password."""
    if address.get_backend_name() == "sqlite":
        return say("file {path}", path=address.database)
    host = str(address.host or address.query.get("host") or say("this machine"))
    at = f"{host}:{address.port}" if address.port else host
    return say("database “{name}” on {host}", name=address.database, host=at)


def trouble_of(error: DBAPIError) -> Trouble:
    """Classify an error of a shared database.

    taken: another client has just created the same row. busy: another client holds a lock. gone: the server does not
    answer. refused: retrying does not help.
    """
    state, said = getattr(error.orig, "sqlstate", None), str(error.orig)
    if isinstance(error, IntegrityError):
        return "taken"
    if type(error.orig).__module__.startswith("sqlite3"):
        return "busy" if "locked" in said or "busy" in said else "refused"
    if state in ("40001", "40P01", "55P03"):  # serialization failure, deadlock, lock timeout
        return "busy"
    if error.connection_invalidated or str(state)[:3] in ("57P", "080", "08P") or state == "53300":
        return "gone"  # shut down or starting, connection lost, too many connections
    # libpq gives no code for a connection that failed
    return "gone" if isinstance(error, OperationalError) and state is None else "refused"


def sentence_of(error: SQLAlchemyError, address: URL) -> str:
    """Return the first line of the database's own message, without passwords."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    said = said.rpartition("FATAL:")[2].strip().splitlines()[0]
    for secret in (address.password, address.query.get("password")):
        if secret:
            said = said.replace(str(secret), "***")
    return said.rstrip(".")


def explain(error: SQLAlchemyError, address: URL) -> str:
    """Return what is wrong with the database and what to do. The server's messages are recognised in English only."""
    said, place = sentence_of(error, address), place_of(address)
    if "no such column" in said or getattr(getattr(error, "orig", None), "sqlstate", "") == "42703":
        return older(place)
    trouble = trouble_of(error) if isinstance(error, DBAPIError) else "refused"
    if address.get_backend_name() == "sqlite" and trouble != "busy" and (shut := read_only_part(address, place)):
        return shut
    user = address.username or say("this user")
    told = _sentence(trouble, said, address.get_backend_name() == "sqlite")
    return say(told, said=said, place=place, user=user, database=address.database, where=say(WHERE))


def _sentence(trouble: Trouble, said: str, is_file: bool) -> str:
    if trouble == "busy":
        return later(
            "Another program has kept the gradebook ({place}) locked for minutes: end it, then run the command "
            "again. It continues where it stopped."
        )
    if is_file:
        return later("The gradebook ({place}) cannot be used: {said}. `course doctor` may find the cause.")
    if "role" in said and "does not exist" in said:
        return later(
            "The server has no user “{user}” ({place}): create it there with `createuser {user}`, or correct {where}."
        )
    if "database" in said and "does not exist" in said:
        return later("There is no {place}: create it there with `createdb --owner={user} {database}`.")
    if "password" in said:
        return later("The server refuses “{user}” ({place}): put the right password into ~/.pgpass.")
    if "permission denied" in said:
        return later(
            "“{user}” lacks the permissions that grading needs ({place}: {said}): there, run `ALTER DATABASE "
            "{database} OWNER TO {user}`."
        )
    if trouble == "gone":
        return later(
            "The gradebook's server does not answer ({place}: {said}). What was recorded is safe. Start the "
            "server, or correct {where}, then run the command again. It continues where it stopped."
        )
    return later("The gradebook ({place}) cannot be used: {said}.")


# Foreign keys to tables that do not exist.
DANGLING = """SELECT 1 FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'
AND k."table" NOT IN (SELECT name FROM sqlite_master WHERE type = 'table')"""


def older(place: str) -> str:
    told = later("The gradebook ({place}) was made by an older nbgrader: run `nbgrader db upgrade`, then try again.")
    return say(told, place=place)


def refuse_older(connection: Connection, place: str) -> None:
    """Raise CourseError if an older nbgrader made the tables: adding one to them would block the upgrade."""
    found = inspect(connection).get_multi_columns()
    columns = {table: {column["name"] for column in of} for (_, table), of in found.items()}
    for name, table in api.Base.metadata.tables.items():
        if not set(table.columns.keys()) <= columns.get(name, set(table.columns.keys())):
            raise CourseError(older(place))


def enforce_foreign_keys(connection: Connection) -> None:
    """Enforce foreign keys in SQLite, so that it rejects rows of a lesson that was recorded anew meanwhile.

    Do not if nbgrader's upgrade left keys to tables that it dropped: with such a key nothing could be written.
    """
    if not connection.exec_driver_sql(DANGLING).first():
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def _opened(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5))


def integrity_error_of(file: Path) -> str:
    """Return what SQLite finds wrong with a gradebook's file, "" if it is intact; the file is opened read-only."""
    try:
        with _opened(file) as database:
            (verdict,) = database.execute("pragma quick_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return "" if verdict == "ok" else str(verdict)


def lost(address: URL, root: Path) -> str:
    """Return a message if the gradebook's file is missing or empty although submissions were graded, else "".

    A server's may be empty: a class moves there by being graded again.
    """
    notes = notes_folder(root)
    # first the notes, which are written after the rows
    if address.get_backend_name() != "sqlite" or not address.database or not any(notes.glob("*/*.json")):
        return ""
    file = Path(address.database).absolute()
    try:
        with _opened(file) as database:
            found = database.execute("SELECT 1 FROM submitted_assignment").fetchone() is not None
    except sqlite3.DatabaseError as problem:  # any other is reported where the gradebook is opened
        found = file.exists() and "no such table" not in str(problem)
    told = later(
        "The gradebook ({place}) is missing or empty, although submissions have been graded here: restore a backup, "
        "which has the points given by hand and the due dates, or set COURSE_DB_URL if the gradebook is elsewhere. If "
        "submissions were removed on purpose, or to start a new gradebook, delete {notes}."
    )
    return "" if found else say(told, place=place_of(address), notes=notes)


def read_only_part(address: URL, place: str) -> str:
    """Return a message if the gradebook's file, or the folder of SQLite's journal, is read-only, else ""."""
    if address.get_backend_name() != "sqlite" or not address.database:
        return ""
    file = Path(address.database).absolute()
    shut = file.parent.is_dir() and (read_only(file) or read_only(file.parent))
    told = later("The gradebook ({place}) cannot be written: {path} is read-only. Make it writable and try again.")
    return say(told, place=place, path=shut) if shut else ""
