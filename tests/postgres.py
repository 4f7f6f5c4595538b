"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, stopped and started at will.

pytest-postgresql starts one too, but not for root (PostgreSQL refuses root), and root is who runs the tests on CI.
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

# `locked` alone needs a password; it is the first rule that fits that counts.
RULES = "local all locked scram-sha-256\nlocal all all trust\n"
PASSWORD = "s3cret-of-the-tests"


def binaries() -> Path | None:
    """Return the folder with PostgreSQL's programs: Debian keeps them off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


class Server:
    """A running server, and its databases."""

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
        # to a file: the server keeps what it is given open, and a pipe would not end before it
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
        # no sync to disk: only a power cut would lose what the kernel holds
        words = f"-c listen_addresses= -k {self.folder} -F -c max_connections=50"
        self._run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", words)

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server; `immediate` is as if its power went."""
        self._run("pg_ctl", "stop", "-w", "-D", "data", "-m", mode)

    def command(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.folder), user="grader", dbname=database, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def url(self, database: str, user: str = "grader") -> str:
        """Return the URL of a new, empty database, or of one that is there."""
        if not self.command(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
            self.command(f"CREATE DATABASE {database}")
        return f"postgresql://{user}@/{database}?host={self.folder}"


@contextmanager
def running() -> Iterator[Server]:
    """Start a server and stop it in the end, whatever happens."""
    # not in pytest's own folders: nobody else may enter those, and a socket's path is short
    folder = Path(tempfile.mkdtemp(prefix="course-pg-")).resolve()
    server = None
    try:
        server = Server(folder)
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists() and server is not None:
            server.stop()
        shutil.rmtree(folder)
