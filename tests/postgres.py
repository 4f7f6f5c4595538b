"""A PostgreSQL server for the tests, with its data and socket in a temporary folder; it can be stopped and restarted.

pytest-postgresql starts one too, but not as root (PostgreSQL refuses to run as root), and CI runs the tests as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

# Only `locked` needs a password; the first matching rule applies.
RULES = "local all locked scram-sha-256\nlocal all all trust\n"
PASSWORD = "s3cret-of-the-tests"


def binaries() -> Path | None:
    """Return the folder with PostgreSQL's programs, which Debian keeps off the PATH, or None."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


class Server:
    """A server and its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self._account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._run("initdb", "-D", "data", "-U", "grader", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        (folder / "data" / "pg_hba.conf").write_text(RULES)
        self.start()
        self.command(f"CREATE ROLE locked LOGIN PASSWORD '{PASSWORD}'")
        self.command("CREATE ROLE guest LOGIN")

    def _run(self, program: str, *words: str) -> None:
        folder = binaries()
        assert folder is not None
        # a file, not a pipe: the server keeps its output open, so a pipe would not be closed before the server ends
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(
                [str(folder / program), *words],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=120,
                **self._account,
            )
            assert done.returncode == 0, (self.folder / "said").read_text()[-2000:]

    def start(self) -> None:
        # no fsync: only a power cut would lose data
        words = f"-c listen_addresses= -k {self.folder} -F -c max_connections=50"
        self._run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", words)

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server; `immediate` stops it as in a power cut."""
        self._run("pg_ctl", "stop", "-w", "-D", "data", "-m", mode)

    def command(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.folder), user="grader", dbname=database, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def url(self, database: str, user: str = "grader") -> str:
        """Return the URL of a database, which is created if it does not exist."""
        if not self.command(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
            self.command(f"CREATE DATABASE {database}")
        return f"postgresql://{user}@/{database}?host={self.folder}"


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it on exit."""
    # not in pytest's folders, which other accounts cannot enter; also, a socket's path must be short
    folder = Path(tempfile.mkdtemp(prefix="course-pg-")).resolve()
    server = None
    try:
        server = Server(folder)
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists() and server is not None:
            server.stop()
        shutil.rmtree(folder)
