"""What is wrong with the gradebook's database, in one sentence with what to do."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from course.grading.condition import older, read_only_part
from course.language import later, say

Trouble = Literal["taken", "busy", "gone", "refused"]
WHERE = later("COURSE_DB_URL, or c.CourseDirectory.db_url in nbgrader_config.py")


def place_of(address: URL) -> str:
    """Say where a database is, for a message: no user, no password."""
    if address.get_backend_name() == "sqlite":
        return say("file {path}", path=address.database)
    host = str(address.host or address.query.get("host") or say("this machine"))
    at = f"{host}:{address.port}" if address.port else host
    return say("database “{name}” on {host}", name=address.database, host=at)


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
            "Another program has held the gradebook ({place}) for minutes: end it, then run the command again. It goes "
            "on where it was."
        )
    if is_file:
        return later("The gradebook ({place}) cannot be used: {said}. `course doctor` looks into it.")
    if "role" in said and "does not exist" in said:
        return later(
            "The server knows no “{user}” ({place}): make it there with `createuser {user}`, or correct {where}."
        )
    if "database" in said and "does not exist" in said:
        return later("There is no {place}: make it there with `createdb --owner={user} {database}`.")
    if "password" in said:
        return later("The server does not let “{user}” in ({place}): put the right password into ~/.pgpass.")
    if "permission denied" in said:
        return later(
            "“{user}” may not do what grading does ({place}: {said}): there, say `ALTER DATABASE {database} OWNER TO "
            "{user}`."
        )
    if trouble == "gone":
        return later(
            "The gradebook's server does not answer ({place}: {said}). What was recorded is safe. Start the server, or "
            "correct {where}, then run the command again. It goes on where it was."
        )
    return later("The gradebook ({place}) cannot be used: {said}.")
