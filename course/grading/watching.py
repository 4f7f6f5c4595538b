"""`course grade --watch`: grade what arrives in submitted/, until interrupted.

It polls names, sizes and times instead of relying on file system notifications: network file systems do not report
what another machine wrote.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from course.errors import CourseError, Interrupted, plain
from course.grading.batch import GraderFactory, chosen_lessons, fault_of
from course.grading.entries import MAX_DEPTH, entries_of, is_folder, is_readable
from course.grading.finding import look_through, student_meant
from course.grading.folder import MAX_FILES, Task, UngradedEntry
from course.grading.graded import Graded
from course.grading.grader import Grader
from course.grading.progress import print_arrived, print_left_out
from course.grading.reading import MAX_FILE_BYTES, NotPlain, open_plainly
from course.language import listed, say, say_n

# Seconds between two polls; if a poll takes long, as on a network file system, `REST` times its duration.
LOOK_S, REST = 5.0, 10
# A submission that looks incomplete may still be arriving: it is given this long to change.
ON_ITS_WAY_S = 60.0
# How long after the last submission the class report is written.
QUIET_S = 60.0
# The delay after an error that may pass, such as a full disk.
RETRY_S = 60.0

# Path, size and times of each file.
Snapshot = frozenset[tuple[str, int, int, int]]


class Watch:
    """Grades submissions that are new or have changed, each once two polls have found it unchanged."""

    def __init__(
        self,
        root: Path,
        opened: GraderFactory,
        lessons: list[str] | None = None,
        student: str | None = None,
        *,
        again: bool = False,
        as_json: bool = False,
        when_quiet: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to watch; opened: opens a grader. when_quiet: writes the class report.

        Raises CourseError if there is no such student.
        """
        self.root, self.submitted = root, root / "submitted"
        self._opened, self._again, self._as_json, self._when_quiet = opened, again, as_json, when_quiet
        self._lessons, self._student = lessons, student_meant(student, entries_of(self.submitted)) if student else None
        self._graded: dict[str, Snapshot] = {}
        self._seen: dict[str, tuple[Snapshot, float]] = {}  # snapshots of the last poll, and since when unchanged
        self._told: set[UngradedEntry] = set()
        self._fault = ""
        self._n_graded = 0
        self._unreported_s: float | None = None  # when the last one not yet in a report was graded

    def go_on(self) -> NoReturn:
        """Watch until interrupted by a signal.

        Raises CourseError for an error at the first poll; later ones are reported and retried.
        """
        begun = False
        try:
            while True:
                try:
                    for _ in self._looks():
                        begun, self._fault = True, ""
                except Exception as error:
                    fault = fault_of(error, self.root) or (str(error) if isinstance(error, CourseError) else "")
                    if not fault:
                        raise
                    if not begun:
                        raise CourseError(fault) from error
                    if fault != self._fault:
                        told = say("{fault}; trying again every {n} s", fault=fault.rstrip("."), n=f"{RETRY_S:g}")
                        self._say(told)
                    self._fault = fault
                    time.sleep(RETRY_S)
        except Interrupted as end:
            self._report()
            told = say_n(
                "interrupted; {n} submission is graded and recorded, and the next `course grade` goes on from there.",
                "interrupted; {n} submissions are graded and recorded, and the next `course grade` goes on from there.",
                self._n_graded,
            )
            raise Interrupted(end.number, told) from None

    def _looks(self) -> Iterator[None]:
        """Poll with one grader, yielding after each poll, until the inputs of grading (`_graded_by`) have changed."""
        lessons = chosen_lessons(self._lessons, self.root)
        with self._opened(self._again) as (grader, run):
            by = before = self._graded_by(grader)
            self._graded.clear()
            self._say(
                say(
                    "watching {folder} every {n} s; what is the same twice in a row is graded. Ctrl-C ends it.",
                    folder=self.submitted,
                    n=f"{LOOK_S:g}",
                )
            )
            while (now := self._graded_by(grader)) == by or now != before:  # wait for a change to settle
                before, began_s = now, time.monotonic()
                resting = self._resting() if now == by else {}
                took_s = time.monotonic() - began_s
                self._grade(run, lessons, resting)
                yield
                self._report(QUIET_S)
                time.sleep(max(LOOK_S, REST * took_s))
        names = listed(sorted({os.path.relpath(place, self.root) for place, *_ in by ^ now}))
        self._say(say("what grading depends on has changed ({names}): everything is looked at again", names=names))

    def _grade(self, run: Callable[..., Generator[Graded]], lessons: list[str], resting: dict[str, Snapshot]) -> None:
        """Grade the entries that have stopped changing.

        Nothing is recorded of a folder that changes while it is graded; it is graded once it has stopped changing.
        """
        found = look_through(self.root, lessons, [self.submitted / name for name in sorted(resting)])
        new = [left for left in found.left_out if left.work and left not in self._told]
        self._told.update(new)
        if self._as_json:
            print_left_out(new)
        else:
            for left in new:
                self._say(say("to look at: {place} is not graded ({reason})", place=left.place, reason=left.reason))
        changed: set[str] = set()

        def still(task: Task) -> bool:
            if snapshot_of(self.submitted / task.student) != resting[task.student]:
                changed.add(task.student)
            return task.student not in changed

        if found.tasks:
            with closing(run(found.tasks, still=still)) as runs:
                for graded in (one for one in runs if not one.skipped):
                    print_arrived(graded, self._as_json)
                    self._n_graded += graded.status != "failed"
                    self._unreported_s = time.monotonic()
            self._again = False
        self._graded |= {name: sight for name, sight in resting.items() if name not in changed}

    def _resting(self) -> dict[str, Snapshot]:
        """Poll submitted/; return snapshots, by name, of what has stopped changing and is not graded in that state."""
        now_s, seen = time.monotonic(), dict[str, tuple[Snapshot, float]]()
        for entry in entries_of(self.submitted):
            if self._student in (None, entry.name) and (sight := snapshot_of(entry)):
                before = self._seen.get(entry.name)
                seen[entry.name] = before if before and before[0] == sight else (sight, now_s)
        self._seen = seen
        return {
            name: sight
            for name, (sight, since_s) in seen.items()
            if since_s < now_s
            and self._graded.get(name) != sight
            and (now_s - since_s > ON_ITS_WAY_S or not seems_on_its_way(self.submitted / name))
        }

    def _graded_by(self, grader: Grader) -> Snapshot:
        """Return a snapshot of what points depend on besides submissions: release, settings, gradebook, due dates."""
        places = [folder.resolve() for step in ("release", "source") for folder in entries_of(self.root / step)]
        places += [*self.root.glob("*.py"), *grader.gradebook.policy.files]
        seen = [snapshot_of(place) or frozenset() for place in places]
        gradebook = self.root / "gradebook.db"
        number = gradebook.stat().st_ino if gradebook.exists() else 0  # a restored copy has another inode
        due = hash(tuple(frozenset(times.items()) for times in grader.gradebook.deadlines()))
        return frozenset({(str(gradebook), number, 0, 0), (str(self.root / say("due dates")), due, 0, 0)}.union(*seen))

    def _report(self, after_s: float = 0.0) -> None:
        """Write the class report if it is out of date and nothing has been graded for a number of seconds."""
        if self._unreported_s is not None and time.monotonic() - self._unreported_s >= after_s:
            self._unreported_s = None
            self._when_quiet()

    def _say(self, sentence: str) -> None:
        print(f"course: {plain(sentence)}", file=sys.stderr, flush=True)


def snapshot_of(entry: Path) -> Snapshot | None:
    """Return a snapshot of an entry of submitted/; None if it cannot be read now, as when a network is down."""
    try:
        if not is_folder(entry):
            return frozenset({(str(entry), *_stamp(entry.lstat()))})
        files = itertools.islice(_below(entry, MAX_DEPTH), MAX_FILES)
        return frozenset((file.path, *_stamp(file.stat(follow_symlinks=False))) for file in files)
    except PermissionError:  # this does not pass, and grading reports it
        return frozenset({(str(entry), 0, 0, 0)})
    except OSError:
        return None


def _below(folder: os.PathLike[str], depth: int) -> Iterator[os.DirEntry[str]]:
    """Yield the files in a folder and below, except hidden ones: programs that copy write to such files first."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif depth and is_readable(Path(entry.path)):
                yield from _below(entry, depth - 1)
            else:
                yield entry


def _stamp(about: os.stat_result) -> tuple[int, int, int]:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns


def seems_on_its_way(entry: Path) -> bool:
    """Return whether something may still be missing: a notebook is cut off, or a folder is empty."""
    for path in entries_of(entry) if is_folder(entry) else [entry]:
        files = entries_of(path) if is_folder(path) else [path]
        if not files or any(file.suffix == ".ipynb" and not _is_closed(file) for file in files):
            return True
    return False


def _is_closed(file: Path) -> bool:
    """Return whether a file ends with a brace, as notebooks do, in any encoding."""
    try:
        with open_plainly(file, MAX_FILE_BYTES) as opened:
            opened.seek(max(0, os.fstat(opened.fileno()).st_size - 100))
            return opened.read().rstrip(b"\0 \r\n\t").endswith(b"}")
    except (NotPlain, OSError):  # grading reports why
        return True
