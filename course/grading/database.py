"""Access to the gradebook's database, which other programs may use at the same time.

It is an SQLite file by default, or on a PostgreSQL server for several graders at once.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from alembic.script import ScriptDirectory
from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.dbutil import ALEMBIC_DIR  # type: ignore[import-untyped]  # as above
from sqlalchemy import URL, Connection, Engine, create_engine, func, insert, inspect, make_url, select, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    NoSuchModuleError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.pool import NullPool

from course.atomic import lock
from course.errors import CourseError, course_error
from course.grading.database_errors import (
    WHERE,
    Trouble,
    enforce_foreign_keys,
    explain,
    lost,
    place_of,
    read_only_part,
    refuse_older,
    sentence_of,
    trouble_of,
)
from course.grading.marks import ANSWERS
from course.grading.settings import course_folder
from course.language import say

# Formgrader or another grader locks a row, or SQLite's file, for milliseconds: after TURN_WAIT_S the holder of the lock
# hangs. The transaction is then retried until BUSY_WAIT_S are over; one that conflicts with others, TAKEN_TRIES times.
TURN_WAIT_S = 30
TAKEN_TRIES = 20
BUSY_WAIT_S = 300
# A restarted server is back within seconds. One that is down for longer needs a person.
GONE_WAIT_S = 60
CONNECT_WAIT_S = 10
# The key of the PostgreSQL advisory lock under which the gradebook is created and lessons are recorded; any number will
# do that no other program uses in this database.
LOCK = 20_170_104

# nbgrader looks rows up by these columns for every score it sums; without an index, each lookup scans the whole class.
INDEXES = (
    ("grade", "notebook_id"),
    ("comment", "notebook_id"),
    ("submitted_notebook", "assignment_id"),
    ("submitted_assignment", "student_id"),
)

Result = TypeVar("Result")

EXAMPLE = "postgresql://grader@db.example.org/course"


def address_of(url: str) -> URL:
    """Parse a database URL without connecting; a PostgreSQL URL gets timeouts unless it sets them itself.

    Raises CourseError if it is invalid; the message never contains a part of the URL that may be a password.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: the port is not a number
        raise course_error(
            "The gradebook's URL cannot be parsed ({where}). An example: {example}", where=say(WHERE), example=EXAMPLE
        ) from None
    if "@" in (address.host or ""):
        raise course_error(
            "A password in the gradebook's URL writes @ as %40; it is better kept in ~/.pgpass, where only you can "
            "read it ({where}).",
            where=say(WHERE),
        )
    if address.get_backend_name() == "postgresql":
        given = {"connect_timeout": str(CONNECT_WAIT_S), "tcp_user_timeout": str(1000 * TURN_WAIT_S)}
        return address.update_query_dict({k: v for k, v in given.items() if k not in address.query})
    return address


def engine_of(address: URL) -> Engine:
    """Return an engine that keeps no connection open.

    Raises CourseError if the kind of database is unknown or its driver is not installed.
    """
    # lost connections are reported by `explain`; psycopg would print a message of its own beside it
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    # SQLite: how long a statement waits for the lock
    more = {"connect_args": {"timeout": TURN_WAIT_S}} if address.get_backend_name() == "sqlite" else {}
    try:
        return create_engine(address, poolclass=NullPool, **more)
    except NoSuchModuleError:
        raise course_error(
            "“{drivername}” is not a kind of database: a URL begins with postgresql:// or sqlite:/// ({where}).",
            drivername=address.drivername,
            where=say(WHERE),
        ) from None
    except ImportError as missing:
        raise course_error(
            "The driver {name} for {drivername}:// is not installed. For PostgreSQL begin the URL with "
            "postgresql:// and run `pip install -r requirements.txt`.",
            name=missing.name,
            drivername=address.drivername,
        ) from None


def open_gradebook(url: str, course_id: str) -> api.Gradebook:
    """Open a course's gradebook; in an empty database create it first, in one process and one transaction.

    Raises CourseError with what is wrong and what to do.
    """
    address = address_of(url)
    engine = engine_of(address)
    with readable_db_errors(address):
        # retry because others may be creating it, but do not wait for a server that does not answer at the start
        retrying(lambda: _make(engine, course_id), address, gone_wait_s=0)
        gradebook = api.Gradebook(address.render_as_string(hide_password=False), course_id)
        gradebook.db.remove()
    return gradebook


@contextmanager
def opened_gradebook(root: Path) -> Iterator[tuple[api.Gradebook, URL]]:
    """Open the gradebook of a course for the block; yield it and its URL.

    Raises CourseError, with one sentence, for any error of the database.
    """
    course = course_folder(root)
    address = address_of(course.db_url)
    if gone := lost(address, root):
        raise CourseError(gone)
    with open_gradebook(course.db_url, course.course_id) as gradebook, readable_db_errors(address):
        yield gradebook, address


def _make(engine: Engine, course_id: str) -> None:
    """Create nbgrader's tables, their indexes and the course's row in one transaction.

    nbgrader itself uses many, so that two concurrent starts collide, and a killed process leaves a partial gradebook.
    """

    def missing(connection: Connection) -> set[str]:
        return set(api.Base.metadata.tables) - set(inspect(connection).get_table_names())

    def known(connection: Connection) -> bool:
        return connection.execute(select(api.Course.id).filter_by(id=course_id)).first() is not None

    def complete(connection: Connection) -> bool:
        return inspect(connection).has_table(ANSWERS.name) and all(
            inspect(connection).has_index(table, f"course_{table}_{column}") for table, column in INDEXES
        )

    with engine.connect() as connection:
        if not missing(connection) and known(connection) and complete(connection):
            return
        refuse_older(connection, place_of(connection.engine.url))
    # nbgrader runs the program `alembic` to find this out, which takes seconds
    version = ScriptDirectory(ALEMBIC_DIR).get_current_head()
    with engine.connect() as connection:
        begin(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        if missing(connection) == set(api.Base.metadata.tables):
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(
                text("INSERT INTO alembic_version (version_num) VALUES (:version)"), {"version": version}
            )
        api.Base.metadata.create_all(connection)
        if not known(connection):
            connection.execute(insert(api.Course), [{"id": course_id}])
        # only a table's owner may index it, and not every user may create tables; others do without
        with suppress(ProgrammingError), connection.begin_nested():
            ANSWERS.create(connection, checkfirst=True)
        with suppress(ProgrammingError), connection.begin_nested():
            for table, column in INDEXES:
                connection.execute(text(f"CREATE INDEX IF NOT EXISTS course_{table}_{column} ON {table} ({column})"))
        connection.commit()


def count_submissions(url: str) -> tuple[int, str]:
    """Return how many submissions a gradebook holds, and where it is; create nothing.

    Raises CourseError with what is wrong and what to do, also if the gradebook is read-only.
    """
    address = address_of(url)
    if shut := read_only_part(address, place_of(address)):
        raise CourseError(shut)
    with readable_db_errors(address), engine_of(address).connect() as connection:
        refuse_older(connection, place_of(address))
        table = api.SubmittedAssignment.__table__
        made = inspect(connection).has_table(table.name)
        return (connection.scalar(select(func.count()).select_from(table)) or 0 if made else 0), place_of(address)


def begin(connection: Connection) -> None:
    """Begin a transaction that reads and then writes.

    On SQLite, take the write lock at once: two transactions that both begin with a read and then want to write cannot
    wait for each other. On PostgreSQL, limit how long a statement waits for a lock.
    """
    if connection.dialect.name == "sqlite":
        # not longer: Ctrl-C has no effect while SQLite waits, and writers try again
        connection.exec_driver_sql("PRAGMA busy_timeout = 1000")
        enforce_foreign_keys(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{TURN_WAIT_S}s'")


@contextmanager
def writing(db: Any) -> Iterator[Connection]:
    """Run the block as one transaction that reads and then writes, on the connection of a session.

    The session's objects are discarded with it: a stale one never hides what another process wrote, a lost connection
    is not reused, and a grader of thousands keeps none of them in memory.
    """
    try:
        connection: Connection = db.connection()
        begin(connection)
        yield connection
        db.commit()
    finally:
        db.remove()


@contextmanager
def exclusive(engine: Engine) -> Iterator[None]:
    """Keep other graders of the same gradebook out while nbgrader records a lesson, in many transactions.

    The lock is released when the process that holds it ends, however it ends.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"SELECT pg_advisory_lock({LOCK})"))
            try:
                yield
            finally:
                connection.invalidate()  # releases the lock
        return
    # beside the database file, which graders in several folders may share
    path = Path(engine.url.database or "").parent / ".course" / "gradebook.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        lock(file.fileno())
        yield


def retrying(work: Callable[[], Result], address: URL, *, gone_wait_s: float | None = None) -> Result:
    """Run one transaction, and run it again if the database was locked, in conflict or unreachable for a moment.

    gone_wait_s: how long to wait for a server that does not answer, by default GONE_WAIT_S.
    Raises CourseError if the database is unusable, and ValueError if it rejects this transaction's data.
    """
    until: dict[Trouble, float] = {}
    tries = 0
    while True:
        try:
            return work()
        except DBAPIError as error:
            trouble, tries = trouble_of(error), tries + 1
            gone_s = GONE_WAIT_S if gone_wait_s is None else gone_wait_s
            wait_s = {"busy": BUSY_WAIT_S, "gone": gone_s}.get(trouble, 0)
            end = until.setdefault(trouble, time.monotonic() + wait_s)
            if trouble == "refused" and isinstance(error, DataError) or trouble == "taken" and tries >= TAKEN_TRIES:
                raise ValueError(say("the gradebook rejects it: {said}", said=sentence_of(error, address))) from None
            if trouble != "taken" and time.monotonic() >= end:
                raise CourseError(explain(error, address)) from None
        # jitter, so that clients do not retry in lockstep; a server that is starting gets longer pauses
        time.sleep(random.uniform(0.5, 1.5) if trouble == "gone" else random.uniform(0.05, 0.5))


@contextmanager
def readable_db_errors(address: URL) -> Iterator[None]:
    """Turn errors of the database in the block into one sentence that says what to do.

    Raises CourseError.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise CourseError(explain(error, address)) from None
