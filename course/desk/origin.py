"""Determine the owner of a file from the name that Canvas, Moodle, Blackboard or an instructor gave it."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from course.desk.archive import Item, first_line_of, is_archive
from course.desk.people import Person
from course.grading.folder import folded, lesson_named
from course.language import say

MOODLE = re.compile(r"(?P<name>.*?)_(?P<participant>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.S)
CANVAS = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.S)
CANVAS_TEXT = re.compile(r"(?P<name>.*?)_(?P<late>LATE_)?(?P<user>\d+)_(?:text|link)\.html", re.S)
ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<anonymous>[^_]+)_(?P<attachment>\d+)_(?P<file>.+)", re.S)
BLACKBOARD = re.compile(r"(?P<head>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))", re.S)
# The group that each platform's mark in a name begins with: the name that a student gave the file comes after it.
MARKERS = {ANONYMOUS: "anonymous", MOODLE: "participant", BLACKBOARD: "time", CANVAS: "user", CANVAS_TEXT: "user"}
# Ambiguous in Canvas: one of three numbers is the end of a person's name or the beginning of a file's name.
THREE_NUMBERS = re.compile(r".*?_(?:LATE_)?\d+_\d+_\d+_.*", re.S)
# A platform's file names are all at the same depth; a student's file that happens to match is one among others.
MIN_SHARE, MAX_DEPTH = 0.5, 4
# Suffixes that systems add to a name that already exists.
_SUFFIX = r"(?: ?\((\d{1,3})\)|-(\d{1,3})|-Copy(\d{1,3})| - Copy| - Kopie)"
COPY = re.compile(f"{_SUFFIX}$", re.I)


@dataclass(frozen=True)
class Origin:
    """The owner of a file, and the attempt it belongs to.

    platform: "canvas", "moodle" or "blackboard"; "" for a file in a student's folder, whose owner may be new; "file"
    for any other. rest: the path that the student gave it. is_late: according to the platform. time: when it was handed
    in, in the platform's time zone. number: Canvas's, which increases. note: why it is not a file of the student's.
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
        """Sort key, larger for the later of two attempts."""
        least = datetime.datetime.min
        stem = PurePath(self.rest[-1]).stem
        ends_with_id = self.platform == "file" and stem.endswith(self.person.ids[:1] or " ")
        copy = None if ends_with_id else COPY.search(stem)  # an id's own number is not that of a copy
        n_copy = next((int(n) for n in copy.groups() if n), 1) if copy else 0
        return (self.time or least, self.number, n_copy, self.item.time or least, self.item.place)


def origins_of(items: list[Item], known: Iterable[Person] = ()) -> list[Origin]:
    """Return each file's origin, with its owner as named there, not yet matched with the gradebook.

    known: the students; a number at the end of a file's name that is the end of an id is not that of a copy.
    """
    found, plain = [], []
    depth = _depth_of_names(items)
    about = _about_attempts(items, depth)
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
    ids = {key for person in known for kind, key in person.strong_keys | person.weak_keys if kind in ("id", "login")}
    return [*found, *_plain(plain, ids, beside=bool(found))]


def owners_of(entries: Iterable[Item]) -> list[Hashable]:
    """Return whose each entry of a download is, with an archive as a folder; an entry without an owner is its own."""
    items = [replace(e, parts=(*e.parts, e.name)) if is_archive(e.name) else e for e in entries]
    owners = {o.item.parts: o.item.parts if o.person == Person() else o.person for o in origins_of(items)}
    return [owners[item.parts] for item in items]


def _depth_of_names(items: list[Item]) -> int | None:
    """Return the depth at which names are those of a platform, None if there is none."""
    shares = {}
    for depth in range(MAX_DEPTH):
        names = {item.parts[: depth + 1] for item in items if len(item.parts) > depth}
        fit = [name for name in names if _named(name[-1])]
        shares[depth] = len(fit) / len(names) if names else 0.0
    best = max(shares, key=lambda depth: (shares[depth], -depth))
    return best if shares[best] > MIN_SHARE else None


def _named(name: str, about: Container[str] = ()) -> re.Match[str] | None:
    """Return the match of the platform that made a name, None if none did: the one whose mark begins first.

    about: the attempts that Blackboard describes. Numbers in its titles may look like Canvas's, but Canvas gives each
    file another number, so none of its names seems to describe another's attempt.
    """
    fit = [found for pattern in MARKERS if (found := pattern.fullmatch(name))]
    fit = [found for found in fit if found.re is not BLACKBOARD or _time_of(found)]
    first = min(fit, key=lambda found: found.start(MARKERS[found.re]), default=None)
    if first and first.re is CANVAS:
        return next((found for found in fit if found.re is BLACKBOARD and _attempt(found) in about), first)
    return first


def _attempt(found: re.Match[str]) -> str:
    return f"{found['head']} {found['time']}"


def _time_of(found: re.Match[str]) -> datetime.datetime | None:
    with contextlib.suppress(ValueError):
        return datetime.datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
    return None


def _by_platform(item: Item, at: int, about: dict[str, Person]) -> Origin | None:
    part, below = item.parts[at], item.parts[at + 1 :]
    found = _named(part, about)
    if found is None:
        return None
    if found.re is MOODLE:
        person = Person(name=found["name"], participant=found["participant"])
        rest = (*([found["file"]] if found["file"] else []), *below)
        note = "" if found["kind"] == "file" else "text typed into Moodle, no file"
        return Origin(item, person, "moodle", rest or (part,), note=note)
    if found.re is BLACKBOARD:
        person = about.get(_attempt(found)) or _by_login(found)
        note = "what Blackboard says of the attempt" if found["about"] else ""
        return Origin(item, person, "blackboard", (found["file"] or part, *below), time=_time_of(found), note=note)
    if found.re is ANONYMOUS:
        person = Person((f"anon_{found['anonymous']}",))
    else:
        doubt = say("its numbers are ambiguous") if THREE_NUMBERS.fullmatch(part) else ""
        person = Person((found["user"],), found["name"], lms_id=found["user"], doubt=doubt)
    is_late = bool(found["late"])
    if found.re is CANVAS_TEXT:
        return Origin(item, person, "canvas", (part,), is_late, note="text typed into Canvas, no file")
    return Origin(item, person, "canvas", (found["file"], *below), is_late, number=int(found["attachment"]))


def _by_login(found: re.Match[str]) -> Person:
    return Person((found["head"].rpartition("_")[2],))


def _about_attempts(items: list[Item], at: int | None) -> dict[str, Person]:
    """Return the person that Blackboard's own text file names for each attempt, as a login may have any characters.

    at: the depth of the platform's names.
    """
    found = {}
    for item in items:
        name = BLACKBOARD.fullmatch(item.name) if len(item.parts) - 1 == at else None
        if name and name["about"]:
            said = re.fullmatch(r"\s*[^:]+:\s*(.+?)\s*\(([^()]+)\)\s*", first_line_of(item))
            is_theirs = said and name["head"].endswith(f"_{said[2]}")
            found[_attempt(name)] = Person((said[2],), said[1]) if said and is_theirs else _by_login(name)
    return found


def _word_for_everybody(origins: Iterable[Origin]) -> set[str]:
    """Return the word that replaces all names if a Moodle assignment is marked blind, in the site's language."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for origin in origins:
        numbers[origin.person.name].add(origin.person.participant)
    everybody = len(numbers) == 1 and len(next(iter(numbers.values()))) > 2
    return set(numbers) if everybody else {"Participant"} & set(numbers)


def _unnamed(origin: Origin) -> Origin:
    number = origin.person.participant
    person = Person((f"Participant_{number}",), participant=number)
    return Origin(origin.item, person, origin.platform, origin.rest, note=origin.note)


def _plain(items: list[Item], ids: Container[str], *, beside: bool) -> list[Origin]:
    """Return the origins of files without a platform's name: the owner is the first folder, else the file's own name.

    A lesson's folder above it and folders around all files are skipped.
    ids: those of known students.
    beside: the files lie among those of a platform, so their owners must be known already.
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
            stem = PurePath(parts[0]).stem
            lesson = lesson_named(_with_and_without_suffixes(stem)[-1])
            owners = _with_and_without_suffixes(re.sub(_words_of(lesson), "", stem) if lesson else stem)
            owner = next((name for name in owners if folded(name) in ids), owners[-1])
            person = Person((owner,) if owner else (), re.sub(r"[_.-]+", " ", owner))
            found.append(Origin(item, person, "file", parts))
    return found


def _with_and_without_suffixes(name: str) -> list[str]:
    """Return a file's name, then without one suffix of a copy after another."""
    found = [name]
    while (shorter := COPY.sub("", found[-1])) != found[-1]:
        found.append(shorter)
    return found


def _words_of(lesson: str) -> str:
    """Return a pattern of a lesson's name, with the suffixes of a copy that follow it."""
    first, _, rest = lesson.partition("_")
    between = r"[\s_.-]*"
    return f"(?i){between}{first}(?:{between}{rest})?(?:{_SUFFIX}+$)?{between}"


def _folder_around(paths: list[tuple[str, ...]]) -> int:
    """Return how many folders enclose all files, not counting a student's own."""
    depth = 0
    while paths and all(len(path) > depth + 2 for path in paths) and len({path[depth] for path in paths}) == 1:
        if len({path[depth + 1] for path in paths}) == 1 and paths[0][depth] not in ("submitted", "submissions"):
            break
        if all(lesson_named(path[depth + 1]) for path in paths):
            break
        depth += 1
    return depth
