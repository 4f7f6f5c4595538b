"""What is wrong with the gradebook's database, in one sentence with what to do."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from course.grading.condition import older, read_only_part

Trouble = Literal["taken", "busy", "gone", "refused"]
WHERE = "COURSE_DB_URL, or c.CourseDirectory.db_url in nbgrader_config.py"


def place_of(address: URL) -> str:
    """Say where a database is, for a message: no user, no password."""
    if address.get_backend_name() == "sqlite":
        return f"file {address.database}"
    host = address.host or address.query.get("host") or "this machine"
    return f"database “{address.database}” on {host}" + (f":{address.port}" if address.port else "")


def trouble_of(error: DBAPIError) -> Trouble:
    """Tell errors of a shared database apart.

    taken: someone else has just made the same row. busy: someone else holds it. gone: the server does not answer.
    refused: trying again does not help.
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
    # libpq gives no code for a connection that could not be made
    return "gone" if isinstance(error, OperationalError) and state is None else "refused"


def sentence_of(error: SQLAlchemyError, address: URL) -> str:
    """Return the first line of what the database itself said, with no password in it."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    said = said.rpartition("FATAL:")[2].strip().splitlines()[0]
    for secret in (address.password, address.query.get("password")):
        if secret:
            said = said.replace(str(secret), "***")
    return said.rstrip(".")


def explain(error: SQLAlchemyError, address: URL) -> str:
    """Say what is wrong with the database and what to do. The server's own words are known in English only."""
    said, place, user = sentence_of(error, address), place_of(address), address.username or "this user"
    trouble = trouble_of(error) if isinstance(error, DBAPIError) else "refused"
    again = "then run the command again. It goes on where it was."
    if trouble == "busy":
        return f"Another program has held the gradebook ({place}) for minutes: end it, {again}"
    if "no such column" in said or getattr(getattr(error, "orig", None), "sqlstate", "") == "42703":
        return older(place)
    if address.get_backend_name() == "sqlite":
        if shut := read_only_part(address, place):
            return shut
        return f"The gradebook ({place}) cannot be used: {said}. `course doctor` looks into it."
    if "role" in said and "does not exist" in said:
        return f"The server knows no “{user}” ({place}): make it there with `createuser {user}`, or correct {WHERE}."
    if "database" in said and "does not exist" in said:
        return f"There is no {place}: make it there with `createdb --owner={user} {address.database}`."
    if "password" in said:
        return f"The server does not let “{user}” in ({place}): put the right password into ~/.pgpass."
    if "permission denied" in said:
        return (
            f"“{user}” may not do what grading does ({place}: {said}): there, say "
            f"`ALTER DATABASE {address.database} OWNER TO {user}`."
        )
    if trouble == "gone":
        return (
            f"The gradebook's server does not answer ({place}: {said}). What was recorded is safe. Start the server, "
            f"or correct {WHERE}, {again}"
        )
    return f"The gradebook ({place}) cannot be used: {said}."
