"""`course import`: put a learning platform's download into submitted/, each submission whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from course.atomic import lock
from course.desk.archive import Item, Source
from course.desk.imported import BY_HOW_MUCH, NEW_STUDENT, WRITTEN, Line, followed, tell
from course.desk.matching import Matched, match, read_roster
from course.desk.origin import Origin, origins_of, owners_of
from course.desk.people import Class, Person
from course.desk.picking import Lessons, Work, pick
from course.desk.placing import NEW, clear_staging, put_folder, staging, write_folder
from course.desk.times import in_utc, time_in
from course.errors import course_error, machine_fault
from course.grading.assignment import require_assignments
from course.grading.batch import fault_of
from course.grading.entries import entries_of, is_folder, is_name_of_student
from course.grading.graded import SECRET, TIMESTAMP, read_timestamp, time_of
from course.grading.reading import MAX_FILE_BYTES, NotPlain, read_plainly
from course.grading.standings import deadlines, enrol, students_of_class
from course.language import say

# A hidden file beside the notebook records its origin, so that a later import can tell which of two is newer.
NOTE = ".import.json"
# What nbgrader's table of students calls the fields of a `Person`.
COLUMNS = {"first_name": "first_name", "last_name": "last_name", "email": "email", "lms_user_id": "lms_id"}


@dataclass(frozen=True)
class ImportOptions:
    """The options of an import: see `course import --help`."""

    lesson: str | None = None
    dry_run: bool = False
    take_certain: bool = False
    replace: bool = False
    zone: str | None = None


def import_work(
    path: Path, options: ImportOptions, *, roster: Path | None = None, as_json: bool = False, root: Path | None = None
) -> int:
    """Import a zip file or folder, and report the outcome for each student's work.

    If somebody's work cannot be matched with a student, nothing is written unless `take_certain`.
    Returns 1 if anything was left out, not matched or not replaced, else 0. Raises CourseError, with advice.
    """
    here = (root or Path.cwd()).resolve()
    require_assignments([options.lesson] if options.lesson else [], here)
    in_utc(datetime.datetime(2000, 1, 1), options.zone)  # raises for an unknown zone, before anything is written
    known = {student: Person((student,), **about) for student, about in students_of_class(here).items()}
    for folder in entries_of(here / "submitted"):
        if is_folder(folder) and is_name_of_student(folder.name):
            known.setdefault(folder.name, Person((folder.name,)))
    people = read_roster(roster) if roster else None
    written: list[Line] = []
    with _faults_told(written, here), closing(Source(path)) as source:
        source.unpack(owners_of(source.entries))
        items = [item for item in source.items if item.name != TIMESTAMP]
        origins = origins_of(items, [*known.values(), *(people or [])])
        matched = match(origins, known, people, take_new=options.take_certain)
        work = Import(here, options, source, matched)
        theirs = [(matched.of[o.person], o) for o in origins if o.person in matched.of]
        works, left = pick(followed(theirs, "reading"), Lessons(here), options.lesson)
        lines = [work.doubt(person, why, origins) for person, why in matched.doubts.items()]
        held_back = bool(lines) and not options.take_certain
        work.writes = not (held_back or options.dry_run)
        with work.alone():
            if work.writes:  # students first: the import that follows an interrupted one knows them
                in_list = set(known) | set(matched.of.values()) if people is None else set(matched.students)
                students = {s: matched.students[s] for s in in_list if s in matched.students}
                enrol(here, {s: {c: getattr(p, name) for c, name in COLUMNS.items()} for s, p in students.items()})
            for line in map(work.line_of, followed(works, "importing")):
                lines.append(line)
                if work.writes and line.status in WRITTEN:
                    written.append(line)
        lines += [Line("left_out", student, "", o.item.place, notes=(why,)) for student, o, why in left]
        lines += work.refused()
        lines += work.missing({(line.student, line.lesson) for line in lines})
    has_list = roster is not None
    tell(lines, written=work.writes, held_back=held_back, has_list=has_list, as_json=as_json, path=path)
    return int(any(line.needs_a_look for line in lines) or held_back)


@contextmanager
def _faults_told(written: list[Line], root: Path) -> Iterator[None]:
    """Turn a fault of the machine into a CourseError that says how much was written before."""
    try:
        yield
    except Exception as error:
        if not (fault := fault_of(error, root)):
            raise
        raise course_error(
            "{fault}; imported so far: {n}; the next `course import` goes on from there.", fault=fault, n=len(written)
        ) from error


class Import:
    """One run of an import. Existing work is replaced only by newer work, unless `options.replace`."""

    def __init__(self, root: Path, options: ImportOptions, source: Source, matched: Matched) -> None:
        self.root, self.options, self.source, self.matched = root, options, source, matched
        self.submitted = root / "submitted"
        self.writes = False
        self._due, self._extensions = deadlines(root)
        self._stamps = {item.parts: item for item in source.items if item.name == TIMESTAMP}

    def doubt(self, person: Person, why: str, origins: list[Origin]) -> Line:
        places = [o.item.place for o in origins if o.person == person]
        place = places[0] if places else ""
        if len(places) > 1:
            place = say("{place} and {n} more", place=place, n=len(places) - 1)
        return Line("unmatched", person.shown, "", place, notes=(why,))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock that makes a second import wait, and remove what a killed one left; only if this one writes."""
        if not self.writes:
            yield
            return
        if self.submitted.is_symlink() or (self.submitted.exists() and not self.submitted.is_dir()):
            raise course_error("{path} is not a folder: move it elsewhere and try again.", path=self.submitted)
        self.submitted.mkdir(mode=0o700, exist_ok=True)
        (self.root / ".course").mkdir(mode=0o700, exist_ok=True)
        with (self.root / ".course" / "import.lock").open("w") as file:
            lock(file.fileno())
            clear_staging(self.submitted)
            yield

    def refused(self) -> list[Line]:
        """Return a line for each file that was not read, with its student if certain."""
        why = dict(self.source.refused)
        students = self.matched.students
        items = [Item(tuple(place.split("/")), 0, None, bytes) for place in why]
        origins = origins_of(items, students.values())
        owners = Class(students).same_as([o.person for o in origins], once=False)
        places = [o.item.place for o in origins]
        return [Line("left_out", s or "", "", p, notes=(why[p],)) for p, (s, _) in zip(places, owners, strict=True)]

    def missing(self, there: set[tuple[str, str]]) -> list[Line]:
        """Return a line for each student of the list and lesson with nothing in the import ("" may be any lesson)."""
        return [
            Line("missing", student, lesson)
            for lesson in sorted({lesson for _, lesson in there if lesson})
            for student in sorted(self.matched.listed)
            if there.isdisjoint({(student, lesson), (student, "")})
            and not os.path.lexists(self.submitted / student / lesson)
        ]

    def line_of(self, work: Work) -> Line:
        """Write a student's work for an assignment into submitted/, and return the outcome.

        Raises OSError only if the machine is at fault.
        """
        try:
            return self._placed(work)
        except OSError as error:
            if machine_fault(error):
                raise
            why = say("it cannot be written: {why}", why=error.strerror or error)
            return Line("left_out", work.student, work.lesson, work.latest.item.place, notes=(why,))

    def _placed(self, work: Work) -> Line:
        notes, latest = list(work.notes), work.latest
        time, is_late, guessed = self._time(work, latest, notes)
        try:
            files = {f"{name}.ipynb": o.item.read() for name, o in work.notebooks.items()}
        except NotPlain as broken:
            notes.append(say("it cannot be read: {why}", why=broken))
            return Line("left_out", work.student, work.lesson, latest.item.place, is_late, notes=tuple(notes))
        for name, origin in work.beside.items():
            try:
                files[name] = origin.item.read()
            except NotPlain as broken:
                notes.append(say("without {place}: {why}", place=origin.item.place, why=broken))
        note = _note(latest, files, guessed)
        place = self.submitted / work.student / work.lesson
        status, why = self._compared(place, files, time, note)
        if why:
            notes.append(why)
        if work.student in self.matched.new:
            notes.append(NEW_STUDENT)
        if status in WRITTEN and self.writes:
            self._write(place, {**files, **_stamp(time), NOTE: json.dumps(note).encode()})
        shown = time.isoformat(" ") if time and not guessed else ""
        return Line(status, work.student, work.lesson, latest.item.place, is_late, shown, tuple(notes))

    def _time(self, work: Work, latest: Origin, notes: list[str]) -> tuple[datetime.datetime | None, bool, bool]:
        """Return when work was handed in, in UTC, whether that is late, and whether the time is only a lower bound."""
        time, person = None, self.matched.students[work.student]
        stamp = self._stamps.get((*latest.item.parts[:-1], TIMESTAMP))
        if latest.time:
            time = in_utc(latest.time, self.options.zone)
        elif latest.platform == "moodle" and (said := time_in(person.handed_in)):
            time = in_utc(said, self.options.zone)
        elif latest.platform == "" and stamp and not any(p.casefold().endswith(".zip") for p in latest.item.parts):
            with suppress(NotPlain):
                time = time_of(stamp.read())
        due = self._due.get(work.lesson)
        until = due + self._extensions.get((work.lesson, work.student), datetime.timedelta()) if due else None
        if time is not None:
            return time, latest.is_late or bool(until and time > until), False
        if not latest.is_late:
            return None, False, False
        if until is None:
            notes.append(say("by an unknown time, and the gradebook has no due date: it will not count as late"))
            return None, True, False
        notes.append(BY_HOW_MUCH)
        return until.replace(microsecond=0) + datetime.timedelta(seconds=1), True, True

    def _compared(
        self, place: Path, files: dict[str, bytes], time: datetime.datetime | None, note: dict[str, object]
    ) -> tuple[str, str]:
        """Return the status that existing work at `place` leads to, and a note on it, "" if it needs none."""
        if place.is_symlink() or place.parent.is_symlink():
            return "kept", say("{path} is a link to another place: remove it", path=place.relative_to(self.root))
        if not place.exists() or (place.is_dir() and not any(place.iterdir())):
            return "imported", ""
        if not place.is_dir():
            return "kept", say("{path} is a file: remove it", path=place.relative_to(self.root))
        before, old = read_timestamp(place)[0], _note_in(place)
        if all(_content(place / name) == content for name, content in files.items()):
            return ("same", "") if before or not time else ("replaced", say("the same, with its time of submission"))
        if self.options.replace:
            return "replaced", ""
        newer = _is_newer(time, note, before, old)
        if newer is None:
            return "kept", say(
                "submitted/ holds a different version, and nothing says which is newer; --replace takes this one"
            )
        return (
            ("replaced", "") if newer else ("kept", say("the version in submitted/ is newer; --replace takes this one"))
        )

    def _write(self, place: Path, files: dict[str, bytes]) -> None:
        rights = self.submitted.stat().st_mode & 0o7777
        secret = _content(place / SECRET)  # nbgrader's: without it no feedback can be fetched
        with staging(self.submitted) as made:
            new = made / NEW / place.parent.name / place.name
            write_folder(new, {**files, **({SECRET: secret} if secret is not None else {})}, rights)
            if place.parent.exists():
                put_folder(new, place, made)
            else:
                new.parent.chmod(rights)
                put_folder(new.parent, place.parent, made)


def _note(latest: Origin, files: dict[str, bytes], guessed: bool) -> dict[str, object]:
    written = latest.item.time.isoformat() if latest.item.time and latest.item.time.year > 1980 else ""
    about = {"platform": latest.platform, "number": latest.number, "downloaded": written, "guessed_time": guessed}
    return {**about, "from": latest.item.place, "notebooks": _digest(files)}


def _note_in(place: Path) -> dict[str, object]:
    """Return the recorded origin of the work in a folder; {} if it was changed since, or was not imported."""
    with suppress(ValueError, OSError, NotPlain):
        note = json.loads(read_plainly(place / NOTE, 10_000))
        files = {path.name: _content(path) or b"" for path in place.glob("*.ipynb")}
        if isinstance(note, dict) and note.get("notebooks") == _digest(files):
            return note
    return {}


def _digest(files: dict[str, bytes]) -> str:
    return hashlib.sha256(b"".join(files[name] for name in sorted(files) if name.endswith(".ipynb"))).hexdigest()


def _is_newer(
    time: datetime.datetime | None, new: dict[str, object], before: datetime.datetime | None, old: dict[str, object]
) -> bool | None:
    """Return whether a submission is newer than the existing one, None if that cannot be determined."""
    if time and before and not new["guessed_time"] and not old.get("guessed_time") and time != before:
        return time > before
    if not old or old.get("platform") != new["platform"]:
        return None
    for what in ("number", "downloaded"):
        a, b = new[what], old.get(what)
        if a and b and type(a) is type(b) and a != b:
            return a > b  # type: ignore[operator]
    return None


def _content(path: Path) -> bytes | None:
    with suppress(OSError, NotPlain):
        return read_plainly(path, MAX_FILE_BYTES)
    return None


def _stamp(time: datetime.datetime | None) -> dict[str, bytes]:
    return {TIMESTAMP: f"{time.isoformat(' ')} UTC".encode()} if time else {}
