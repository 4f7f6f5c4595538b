"""Which student of the course each of the people is whose files are imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from course.desk.origin import Origin
from course.desk.people import Class, Person
from course.desk.roster import why_no_id
from course.grading.folder import folded
from course.language import later, say

ASK_FOR = {
    "moodle": later(
        "nobody of this name is known; Moodle's files carry no id; --roster takes the assignment's grading worksheet"
    ),
    "canvas": later("nobody of this name is known; --roster takes Canvas's gradebook"),
}


@dataclass
class Matched:
    """Who is who.

    students: everybody the course or the list knows, by id. of: the student that somebody is. doubts: who that cannot
    be told of, and why. new: ids that nobody has had before.
    """

    students: dict[str, Person] = field(default_factory=dict)
    of: dict[Person, str] = field(default_factory=dict)
    doubts: dict[Person, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)


def match(
    origins: Iterable[Origin], known: dict[str, Person], roster: list[Person] | None, *, take_new: bool
) -> Matched:
    """Tell who is who.

    known: the students of the gradebook and of submitted/. take_new: let somebody nobody knows be a new student; where
    nobody is known at all, everybody is.
    """
    matched = Matched(dict(known))
    taken = {folded(student) for student in known}
    for person, (student, why) in zip(roster or [], Class(known).same_as(roster or []), strict=True):
        if not why and not student:
            student = next((i for i in person.ids if not why_no_id(i) and folded(i) not in taken), "")
            why = "" if student else say("it has no id that can be a folder's name, or somebody else has it")
        if why:
            matched.doubts[person] = say("in the list: {why}", why=why)
            continue
        taken.add(folded(student))
        before = known.get(student, Person())
        matched.students[student] = _joined(person, before, student)
    people = {origin.person: origin.platform for origin in origins}
    may_be_new = not roster and (take_new or not known)
    found = Class(matched.students).same_as(list(people), once=False)
    for (person, platform), (student, why) in zip(people.items(), found, strict=True):
        if person.doubt and not (student and person.name_keys & matched.students[student].name_keys):
            student, why = "", person.doubt
        if not student and not why:
            new = next(iter(person.ids), "")
            why = _why_not_new(new, platform, taken, may_be_new, bool(roster))
            if not why:
                taken.add(folded(new))
                matched.new.add(new)
                matched.students[new] = person
                student = new
        if why:
            matched.doubts[person] = why
        else:
            matched.of[person] = student
    return matched


def _joined(person: Person, before: Person, student: str) -> Person:
    """Return what the list and the gradebook say of somebody together; where they differ, the list counts."""
    first, last = person.both_names
    return replace(
        person,
        ids=(student, *(i for i in (*person.ids, *before.ids) if i != student)),
        first_name=first or before.first_name,
        last_name=last or before.last_name,
        email=person.email or before.email,
        lms_id=person.lms_id or before.lms_id,
    )


def _why_not_new(new: str, platform: str, taken: set[str], may_be_new: bool, is_listed: bool) -> str:
    if is_listed:
        return say("not in the list")
    if not new or platform == "file":
        told = later("nobody of this name is known; --roster takes a list of the class")
        return say(ASK_FOR.get(platform, told))
    if why := why_no_id(new):
        return why
    if folded(new) in taken:
        return say("it differs from another only in case, spaces or ways of writing accents")
    return "" if may_be_new else say("nobody in the course is called so; --yes takes them for a new student")
