"""nbgrader's formgrader in its own server, and a client that grades by hand in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TOKEN = "of-the-tests"


class Formgrader:
    """A client that sends the requests of formgrader's pages."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}formgrader/{path}",
            data,
            {"Authorization": f"token {TOKEN}"},
            method=method or ("GET" if body is None else "PUT"),
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def press(self, path: str) -> Any:
        """POST to the address behind a button; return nbgrader's response, which says what it did and printed."""
        return self.ask(path, method="POST")

    def parts(self, lesson: str) -> dict[str, str]:
        """Return the id of each student's submitted notebook of a lesson."""
        return {s["student"]: s["id"] for s in self.ask(f"api/submitted_notebooks/{lesson}/{lesson}") if s["id"]}

    def mark(self, part: str, points: float, comment: str) -> None:
        """Give points for the written answer and comment on it, as an instructor does who clicks through a class."""
        for grade in self.ask(f"api/grades?submission_id={part}"):
            if grade["name"] == "explain":
                self.ask(f"api/grade/{grade['id']}", {"manual_score": points, "extra_credit": None})
        for written in self.ask(f"api/comments?submission_id={part}"):
            if written["name"] == "explain":
                self.ask(f"api/comment/{written['id']}", {"manual_comment": comment})


@contextmanager
def serving(course: Path, environment: dict[str, str]) -> Iterator[Formgrader]:
    """Start a Jupyter server in a course folder, as `course lab` does but without JupyterLab's pages."""
    home = course / "home"
    home.mkdir(exist_ok=True)
    own = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime")}
    words = ["--no-browser", "--allow-root", "--ServerApp.port=0", f"--ServerApp.root_dir={course}"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "course.fast_import", "jupyter_server", *words, f"--IdentityProvider.token={TOKEN}"],
            cwd=course,
            env={**os.environ, **environment, **own},
            stdout=log,
            stderr=log,
        )
    try:
        info, until = home / "runtime" / f"jpserver-{server.pid}.json", time.monotonic() + 120
        while not info.exists() or not (text := info.read_text()).rstrip().endswith("}"):
            assert server.poll() is None and time.monotonic() < until, (home / "log").read_text()[-2000:]
            time.sleep(0.2)
        yield Formgrader(json.loads(text)["url"])
    finally:
        server.terminate()
        server.wait(timeout=60)
