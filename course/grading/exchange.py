"""nbgrader's exchange, where files that students control meet files that only the instructor may read.

`nbgrader submit` gives each submission a secret. The name of its feedback page in the exchange is derived from it, so
that only its author can find the page. The secret travels submitted/ → autograded/ → feedback/. `nbgrader_config.py`
makes nbgrader's commands and formgrader use the two classes.
"""

from __future__ import annotations

import datetime
import glob
import os
import re
import shutil
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback  # type: ignore[import-untyped]
from nbgrader.utils import ignore_patterns, notebook_hash  # type: ignore[import-untyped]  # nbgrader ships no types

from course.atomic import write_atomically
from course.errors import disk_is_full
from course.grading.graded import SECRET
from course.grading.reading import NotPlain, read_plainly
from course.language import later, listed, of_terminal, say, using

# nbgrader's secrets have 128; one that is much longer, or not a line of text, was not written by it.
MOST_CHARACTERS = 1000


def read_secret(folder: Path) -> tuple[str | None, list[str]]:
    """Return the secret of a submission, or None, and a note if it has one that cannot be used.

    A submission that did not come through nbgrader's exchange has none, which is not an error.
    """
    path = folder / SECRET
    if not os.path.lexists(path):
        return None, []
    try:
        secret = read_plainly(path, 4 * MOST_CHARACTERS).decode()
    except (ValueError, OSError, NotPlain):
        secret = ""
    if not secret.strip() or len(secret) > MOST_CHARACTERS or not secret.isprintable():
        return None, [say("its {file} is unusable, so its feedback cannot be released", file=SECRET)]
    return secret, []


def carry_secret(submitted: Path, graded: Path) -> list[str]:
    """Copy a submission's secret beside its graded notebook, or remove an old one there; return notes on it."""
    secret, notes = read_secret(submitted)
    if secret is None:
        (graded / SECRET).unlink(missing_ok=True)
    else:
        write_atomically(graded / SECRET, secret.encode())
    return notes


class _InOneLanguage:
    """A mixin that logs in the terminal's language, which nbgrader itself does not know."""

    def start(self) -> Any:
        with using(of_terminal()):
            return super().start()  # type: ignore[misc]  # defined in nbgrader's class, the other base


class ReleaseFeedback(_InOneLanguage, ExchangeReleaseFeedback):
    """Release each page that its student can fetch, and name the students whose pages nobody can fetch.

    nbgrader's own class stops at the first submission that was put into submitted/ by hand, and gives a page in the
    exchange the permissions that it has in the course folder.
    """

    def copy_files(self) -> None:
        folders = self._folders()
        secrets = {student: read_secret(folder)[0] for student, folder in folders.items()}
        n_users = Counter(secrets.values())
        wanted, excluded = self.coursedir.student_id or "*", self.coursedir.student_id_exclude.split(",")
        left_out: dict[str, list[str]] = {}
        for student, folder in folders.items():
            if student in excluded or not (student == wanted or fnmatch(student, wanted)):
                continue
            secret = secrets[student]
            if secret is not None and n_users[secret] == 1:
                self._release(folder, secret)
                self.log.info(say("Released the feedback for {student}", student=student))
            else:
                left_out.setdefault(self._reason(student, secret), []).append(student)
        for reason, students in left_out.items():
            told = later("No feedback was released for {students}: {reason}")
            self.log.warning(say(told, students=listed(students), reason=reason))

    def _folders(self) -> dict[str, Path]:
        """Return the folder of each student's feedback pages for this assignment."""
        step, assignment = self.coursedir.feedback_directory, self.coursedir.assignment_id
        pattern = self.coursedir.format_path(step, "(?P<student>[^/]*)", assignment, escape=True)
        found = ((re.fullmatch(pattern, path), path) for path in glob.glob(self._path(step, "*")))
        return {match["student"]: Path(path) for match, path in sorted(found, key=lambda f: f[1]) if match}

    def _path(self, step: str, student: str) -> str:
        return os.path.normpath(self.coursedir.format_path(step, student, self.coursedir.assignment_id))

    def _release(self, folder: Path, secret: str) -> None:
        for page in sorted(folder.glob("*.html")):
            name = Path(self.dest_path) / notebook_hash(secret=secret, notebook_id=page.stem)
            beside = name.with_name(f"{name.name}-tmp.html")
            shutil.copyfile(page, beside)
            beside.chmod(0o644)  # the student reads it; nobody else can know its name
            beside.replace(f"{name}.html")

    def _reason(self, student: str, secret: str | None) -> str:
        if secret is not None:
            told = later(
                "they have the same {file} and would get each other's pages; hand out those in feedback/ yourself"
            )
            return say(told, file=SECRET)
        if read_secret(Path(self._path(self.coursedir.autograded_directory, student)))[0] is not None:
            again = f"nbgrader generate_feedback {self.coursedir.assignment_id} --force"
            return say("the pages in feedback/ are older than their grading; run `{command}` first", command=again)
        told = later(
            "nobody can fetch it without the {file} of `nbgrader submit`; hand out the pages in feedback/ yourself"
        )
        return say(told, file=SECRET)


class Collect(_InOneLanguage, ExchangeCollect):
    """Collect submissions without following links in them, which would be read with the instructor's permissions.

    A submission that cannot be copied, or whose name nbgrader did not make, is reported and does not stop the others.
    """

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except Exception:  # nbgrader and dateutil raise many kinds of errors for bad names
            record = {"username": ""}
        if not record["username"] or os.path.islink(path) or not os.path.isdir(path):
            self.log.warning(say("Not collected: {path} was not made by `nbgrader submit`", path=path))
            return {"username": "", "timestamp": datetime.datetime.min}
        return record

    def init_src(self) -> None:
        super().init_src()
        self.src_records: list[dict[str, Any]] = [record for record in self.src_records if record["username"]]

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        most = 1000 * self.coursedir.max_dir_size
        if self.get_size(src) > most:
            self.log.warning(say("Not collected: {path} is larger than CourseDirectory.max_dir_size", path=src))
            return
        usual = ignore_patterns(self.coursedir.ignore, self.coursedir.include, self.coursedir.max_file_size, self.log)

        def left_out(folder: str, names: list[str]) -> list[str]:
            links = [name for name in names if os.path.islink(os.path.join(folder, name))]
            if links:
                told = later("Not collected: {names} in {folder}, links to other files")
                self.log.warning(say(told, names=listed(links), folder=folder))
            return [*links, *usual(folder, [name for name in names if name not in links])]

        def copy(file: str, to: str) -> None:
            try:
                Path(to).write_bytes(read_plainly(Path(file), most))
            except NotPlain as reason:
                raise OSError(str(reason)) from None

        try:
            shutil.copytree(src, dest, ignore=left_out, copy_function=copy)
        except OSError as error:
            if disk_is_full(error):
                raise
            lost = error.args[0] if isinstance(error, shutil.Error) else [(src, dest, error)]
            reasons = [say("{file}: {reason}", file=Path(file).name, reason=reason) for file, _, reason in lost]
            self.log.warning(
                say("Not collected completely: {path} ({reasons})", path=src, reasons=say("; ").join(reasons))
            )
        for folder, _, _ in os.walk(dest):
            os.chmod(folder, 0o2770 if self.coursedir.groupshared else 0o700)
