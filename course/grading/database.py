"""The gradebook's database: opened wherever it lies, and shared with others.

A file of SQLite by default, a PostgreSQL server for several graders at once.
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
    explain,
    hold_to_keys,
    place_of,
    read_only_part,
    refuse_older,
    sentence_of,
    trouble_of,
)
from course.grading.marks import ANSWERS
from course.grading.settings import course_folder
from course.language import say

# A formgrader or another grader holds a row, or SQLite's file, for milliseconds: who waits so long waits for something
# that hangs, and then the piece of work is begun anew, until the third number is over.
TURN_WAIT_S = 30
TAKEN_TRIES = 20
BUSY_WAIT_S = 300
# A server that is restarted is back within seconds. One that is down for longer needs a person.
GONE_WAIT_S = 60
CONNECT_WAIT_S = 10
# Any number that no other program of this database uses: it names the lock under which the gradebook is made.
LOCK = 20_170_104

# nbgrader looks these up for every score it sums; without an index that is a walk through the whole class each time.
INDEXES = (
    ("grade", "notebook_id"),
    ("comment", "notebook_id"),
    ("submitted_notebook", "assignment_id"),
    ("submitted_assignment", "student_id"),
)

Result = TypeVar("Result")

EXAMPLE = "postgresql://grader@db.example.org/course"


def address_of(url: str) -> URL:
    """Read a database's URL, without opening anything.

    Raises CourseError if it is none; what it says never contains a part of the URL that may be a password.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise course_error(
            "The gradebook's URL cannot be read ({where}). One looks like {example}", where=say(WHERE), example=EXAMPLE
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
    """Make an engine that keeps no connection open.

    Raises CourseError if the kind of database is unknown or its driver is not installed.
    """
    # that a connection was lost is told in a sentence of ours; psycopg's would stand on the terminal beside it
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    # SQLite: how long a statement waits for its turn
    more = {"connect_args": {"timeout": TURN_WAIT_S}} if address.get_backend_name() == "sqlite" else {}
    try:
        return create_engine(address, poolclass=NullPool, **more)
    except NoSuchModuleError:
        raise course_error(
            "“{drivername}” is no kind of database: a URL begins with postgresql:// or sqlite:/// ({where}).",
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
    """Open a course's gradebook; in an empty database it is made first, by one process alone and all at once.

    Raises CourseError that says what is wrong and what to do.
    """
    address = address_of(url)
    engine = engine_of(address)
    with readable_db_errors(address):
        # others may be making it; but a server that does not answer at the start is not waited for
        retrying(lambda: _make(engine, course_id), address, gone_wait_s=0)
        gradebook = api.Gradebook(address.render_as_string(hide_password=False), course_id)
        gradebook.db.remove()
    return gradebook


@contextmanager
def opened_gradebook(root: Path) -> Iterator[tuple[api.Gradebook, URL]]:
    """Open the gradebook of a course for a while; what the database says is told in one sentence.

    Raises CourseError.
    """
    course = course_folder(root)
    address = address_of(course.db_url)
    with open_gradebook(course.db_url, course.course_id) as gradebook, readable_db_errors(address):
        yield gradebook, address


def _make(engine: Engine, course_id: str) -> None:
    """Make nbgrader's tables, their indexes and the course's row, in one transaction.

    nbgrader itself does it in many, so that two who begin at once fall over each other, and a kill leaves a part.
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
    # nbgrader runs the program `alembic` to learn this, which takes seconds
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
        # only who owns a table may index it, and not everybody may make one; others do without
        with suppress(ProgrammingError), connection.begin_nested():
            ANSWERS.create(connection, checkfirst=True)
        with suppress(ProgrammingError), connection.begin_nested():
            for table, column in INDEXES:
                connection.execute(text(f"CREATE INDEX IF NOT EXISTS course_{table}_{column} ON {table} ({column})"))
        connection.commit()


def count_submissions(url: str) -> tuple[int, str]:
    """Return how many submissions a gradebook holds, and where it is; nothing is made.

    Raises CourseError that says what is wrong, also if it cannot be written, and what to do.
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
    """Begin a transaction that reads and then writes, so that nobody can write between the two.

    SQLite would otherwise begin with a read, and two that then both want to write cannot wait for each other.
    """
    if connection.dialect.name == "sqlite":
        # no longer: Ctrl-C is not heard while SQLite waits, and who writes tries again
        connection.exec_driver_sql("PRAGMA busy_timeout = 1000")
        hold_to_keys(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{TURN_WAIT_S}s'")


@contextmanager
def writing(db: Any) -> Iterator[Connection]:
    """Make what is done with a session's connection one transaction that reads and then writes.

    With the session go its objects: what another process wrote is never hidden by an old one, a lost connection is not
    used again, and a grader of thousands keeps none of them.
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
    """Hold other graders of the same gradebook back while nbgrader records a lesson, in many transactions.

    The lock ends with the process that holds it, however it ends.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"SELECT pg_advisory_lock({LOCK})"))
            try:
                yield
            finally:
                connection.invalidate()  # with the connection goes the lock
        return
    # beside the file, which graders in several folders may share
    path = Path(engine.url.database or "").parent / ".course" / "gradebook.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        lock(file.fileno())
        yield


def retrying(work: Callable[[], Result], address: URL, *, gone_wait_s: float | None = None) -> Result:
    """Do work that is one transaction; where the database was shared or gone for a moment, do it again.

    Raises CourseError if the database is unusable, and ValueError if it refuses this very work.
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
                raise ValueError(
                    say("the gradebook does not take it: {said}", said=sentence_of(error, address))
                ) from None
            if trouble != "taken" and time.monotonic() >= end:
                raise CourseError(explain(error, address)) from None
        # jitter, so that clients do not retry in lockstep; and a server that starts is left in peace
        time.sleep(random.uniform(0.5, 1.5) if trouble == "gone" else random.uniform(0.05, 0.5))


@contextmanager
def readable_db_errors(address: URL) -> Iterator[None]:
    """Turn what the database says into one sentence with what to do.

    Raises CourseError.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise CourseError(explain(error, address)) from None
