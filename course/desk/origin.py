"""Whose a file is, by the name that Canvas, Moodle, Blackboard or an instructor gave it."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from course.desk.archive import Item, lines_of
from course.desk.people import Person
from course.grading.folder import lesson_named
from course.language import say

MOODLE = re.compile(r"(?P<name>.*?)_(?P<participant>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.S)
CANVAS = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.S)
CANVAS_TEXT = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?:text|link)\.html", re.S)
ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<anonymous>[^_]+)_(?P<attachment>\d+)_(?P<file>.+)", re.S)
BLACKBOARD = re.compile(r"(?P<head>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))", re.S)
# Where a name in Canvas ends with a number, or a file's name begins with one, two of three numbers may be meant.
THREE_NUMBERS = re.compile(r".*?_(?:LATE_)?\d+_\d+_\d+_.*", re.S)
# Each file of a platform has its name at the same depth; a file that a student called so is one among others.
MIN_SHARE, MAX_DEPTH = 0.5, 4
# What systems put behind a name that was there already.
COPY = re.compile(r"(?: ?\((\d{1,3})\)|-(\d{1,3})|-Copy(\d{1,3})| - Copy| - Kopie)$", re.I)


@dataclass(frozen=True)
class Origin:
    """Whose a file is, and which try it is of.

    platform: "canvas", "moodle", "blackboard", or "" for files in folders or with names of their own. rest: the path
    that the student gave it. is_late: the platform says so. time: when it was handed in, in the platform's time zone.
    number: Canvas's, which grows. note: why it is no file of the student's.
    """

    item: Item
    person: Person
    platform: str
    rest: tuple[str, ...]
    is_late: bool = False
    time: datetime.datetime | None = None
    number: int = 0
    note: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """What is larger for the later one of two tries."""
        least = datetime.datetime.min
        copy = COPY.search(PurePath(self.rest[-1]).stem)
        n_copy = next((int(n) for n in copy.groups() if n), 1) if copy else 0
        return (self.time or least, self.number, n_copy, self.item.time or least, self.item.place)


def origins_of(items: list[Item]) -> list[Origin]:
    """Return whose each file is; who it is in the gradebook is another question."""
    found, plain = [], []
    about = _about_attempts(items)
    depth = _depth_of_names(items)
    for item in items:
        at_depth = depth is not None and len(item.parts) > depth
        origin = _by_platform(item, depth, about) if depth is not None and at_depth else None
        if origin is None:
            plain.append(item)
        else:
            found.append(origin)
    blind = _word_for_everybody(found)
    if blind:
        found = [_unnamed(o) if o.platform == "moodle" and o.person.name in blind else o for o in found]
    return [*found, *_plain(plain, beside=bool(found))]


def _depth_of_names(items: list[Item]) -> int | None:
    """Return at which depth names are those of a platform, None if they are not."""
    shares = {}
    for depth in range(MAX_DEPTH):
        names = {item.parts[: depth + 1] for item in items if len(item.parts) > depth}
        fit = [
            n for n in names if any(p.fullmatch(n[-1]) for p in (MOODLE, BLACKBOARD, ANONYMOUS, CANVAS, CANVAS_TEXT))
        ]
        shares[depth] = len(fit) / len(names) if names else 0.0
    best = max(shares, key=lambda depth: (shares[depth], -depth))
    return best if shares[best] > MIN_SHARE else None


def _by_platform(item: Item, at: int, about: dict[str, Person]) -> Origin | None:
    part, below = item.parts[at], item.parts[at + 1 :]
    if found := MOODLE.fullmatch(part):
        person = Person(name=found["name"], participant=found["participant"])
        rest = (*([found["file"]] if found["file"] else []), *below)
        note = "" if found["kind"] == "file" else "text typed into Moodle, no file"
        return Origin(item, person, "moodle", rest or (part,), note=note)
    if found := BLACKBOARD.fullmatch(part):
        time = datetime.datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
        login = found["head"].rpartition("_")[2]
        person = about.get(f"{found['head']} {found['time']}", Person((login,)))
        note = "what Blackboard says of the attempt" if found["about"] else ""
        return Origin(item, person, "blackboard", (found["file"] or part, *below), time=time, note=note)
    if found := ANONYMOUS.fullmatch(part):
        person = Person((f"anon_{found['anonymous']}",))
        return _of_canvas(item, person, found, below)
    if found := CANVAS.fullmatch(part) or CANVAS_TEXT.fullmatch(part):
        doubt = say("its numbers can be read in two ways") if THREE_NUMBERS.fullmatch(part) else ""
        person = Person((found["user"],), found["name"], lms_id=found["user"], doubt=doubt)
        if "file" not in found.groupdict():
            return Origin(item, person, "canvas", (part,), bool(found["late"]), note="text typed into Canvas, no file")
        return _of_canvas(item, person, found, below)
    return None


def _of_canvas(item: Item, person: Person, found: re.Match[str], below: tuple[str, ...]) -> Origin:
    rest = (found["file"], *below)
    return Origin(item, person, "canvas", rest, bool(found["late"]), number=int(found["attachment"]))


def _about_attempts(items: list[Item]) -> dict[str, Person]:
    """Return whom Blackboard's own texts name for each attempt: the login may have any characters."""
    found = {}
    for item in items:
        name = BLACKBOARD.fullmatch(item.name)
        if name and name["about"]:
            said = next(
                (re.fullmatch(r"\s*[^:]+:\s*(.+?)\s*\(([^()]+)\)\s*", line) for line in lines_of(item, 1)), None
            )
            if said and name["head"].endswith(f"_{said[2]}"):
                found[f"{name['head']} {name['time']}"] = Person((said[2],), said[1])
    return found


def _word_for_everybody(origins: Iterable[Origin]) -> set[str]:
    """Return what stands in place of names where an assignment in Moodle is marked blind, in the site's language."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for origin in origins:
        numbers[origin.person.name].add(origin.person.participant)
    everybody = len(numbers) == 1 and len(next(iter(numbers.values()))) > 2
    return set(numbers) if everybody else {"Participant"} & set(numbers)


def _unnamed(origin: Origin) -> Origin:
    number = origin.person.participant
    person = Person((f"Participant_{number}",), participant=number)
    return Origin(origin.item, person, origin.platform, origin.rest, note=origin.note)


def _plain(items: list[Item], *, beside: bool) -> list[Origin]:
    """Take the first folder for the student, a lesson's folder above it or a single one around all aside.

    beside: they lie among files of a platform, so that nobody new may be found in them.
    """
    around = _folder_around([item.parts for item in items])
    found = []
    for item in items:
        parts = item.parts[around:]
        if len(parts) > 1 and lesson_named(parts[0]):
            parts = parts[1:]
        if len(parts) > 1:
            owner = re.sub(r"(?i)\.zip$", "", parts[0])
            person = Person((owner,), owner.replace("_", " "))
            found.append(Origin(item, person, "file" if beside else "", parts[1:]))
        else:
            stem = COPY.sub("", PurePath(parts[0]).stem)
            lesson = lesson_named(stem)
            owner = COPY.sub("", re.sub(_words_of(lesson), "", stem)) if lesson else stem
            person = Person((owner,) if owner else (), re.sub(r"[_.-]+", " ", owner))
            found.append(Origin(item, person, "file", parts))
    return found


def _words_of(lesson: str) -> str:
    first, _, rest = lesson.partition("_")
    between = r"[\s_.-]*"
    return f"(?i){between}{first}(?:{between}{rest})?{between}"


def _folder_around(paths: list[tuple[str, ...]]) -> int:
    """Return how many folders lie around all files together, without the students' own."""
    depth = 0
    while paths and all(len(path) > depth + 2 for path in paths) and len({path[depth] for path in paths}) == 1:
        if len({path[depth + 1] for path in paths}) == 1 and paths[0][depth] not in ("submitted", "submissions"):
            break
        if all(lesson_named(path[depth + 1]) for path in paths):
            break
        depth += 1
    return depth
