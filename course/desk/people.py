"""Match the people of a list from a learning platform or an instructor with the students of a gradebook."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.grading.folder import folded
from course.language import say


@dataclass(frozen=True)
class Person:
    """A person as described in a list.

    ids: candidates for their id in the gradebook, best first. name: as shown, possibly “last, first”. lms_id: Canvas's
    number. participant: Moodle's number for them in one assignment. handed_in: the submission time as written in the
    list. doubt: why a number alone does not identify them, so that the name has to match too.
    """

    ids: tuple[str, ...] = ()
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    participant: str = ""
    handed_in: str = ""
    doubt: str = ""

    @property
    def shown(self) -> str:
        full_name = self.name or f"{self.first_name} {self.last_name}".strip()
        return full_name or next(filter(None, (*self.ids, self.email)), "?")

    @property
    def both_names(self) -> tuple[str, str]:
        """First and last name, split from `name` if not given."""
        if self.first_name or self.last_name:
            return self.first_name, self.last_name
        if "," in self.name:
            last, _, first = self.name.partition(",")
            return first.strip(), last.strip()
        first, _, last = self.name.strip().rpartition(" ")
        return first, last

    @property
    def name_keys(self) -> set[str]:
        """The name as in file names: letters and digits only, in either order."""
        first, last = self.both_names
        return {key for text in (self.name, f"{first}{last}", f"{last}{first}") if (key := name_key(text))}

    @property
    def strong_keys(self) -> set[tuple[str, str]]:
        """Keys that belong to nobody else."""
        keys = {("id", folded(i)) for i in self.ids}
        keys |= {("email", folded(self.email))} if self.email else set()
        keys |= {("lms", self.lms_id)} if self.lms_id else set()
        return keys | ({("participant", self.participant)} if self.participant else set())

    @property
    def weak_keys(self) -> set[tuple[str, str]]:
        """Keys that others may have too: a name, and the part of an id or email address before the @."""
        logins = {("login", folded(text.partition("@")[0])) for text in (*self.ids, self.email) if text}
        return logins | {("name", key) for key in self.name_keys}

    def contradicts(self, other: Person) -> bool:
        """Return whether these are two people even if their names are the same."""
        pairs = ((self.email, other.email), (self.lms_id, other.lms_id), (self.participant, other.participant))
        return any(a and b and folded(a) != folded(b) for a, b in pairs)


def name_key(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


class Class:
    """The students of a gradebook, each a `Person` by id."""

    def __init__(self, students: dict[str, Person]) -> None:
        self.students = students
        self._by_key: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_weak_key: dict[tuple[str, str], set[str]] = defaultdict(set)
        for student, person in students.items():
            keys = person.strong_keys | {("id", folded(student))}
            # an address may serve as the id, in the list or in the gradebook
            keys |= {("email", folded(student))} if "@" in student else set()
            keys |= {("id", folded(person.email))} if person.email else set()
            for key in keys:
                self._by_key[key].add(student)
            for key in person.weak_keys:
                self._by_weak_key[key].add(student)

    def same_as(self, people: Sequence[Person], *, once: bool = True) -> list[tuple[str, str]]:
        """Return for each person the matching student, or "" and why that is uncertain ("" if there is no match).

        A name alone is enough if nobody else has it, neither here nor in the list, and so is an email address that
        begins with an id. once: no student matches two people; otherwise several may, but only by strong keys.
        """
        by_keys = [set().union(*(self._by_key.get(key, set()) for key in p.strong_keys)) for p in people]
        taken = set().union(*by_keys)
        n_alike = Counter(key for p in people for key in p.weak_keys)
        found = []
        for person, strong in zip(people, by_keys, strict=True):
            if not strong:
                alike = {key: self._by_weak_key.get(key, set()) - taken for key in person.weak_keys}
                alike = {k: {s for s in ss if not person.contradicts(self.students[s])} for k, ss in alike.items()}
                strong = set().union(*alike.values())
                if strong and any(students and n_alike[key] > 1 for key, students in alike.items()):
                    found.append(
                        ("", say("others in the list have the same name, and one may be {names}", names=_or(strong)))
                    )
                    continue
            if len(strong) > 1:
                found.append(("", say("it may be {names}", names=_or(strong))))
            else:
                found.append((next(iter(strong), ""), ""))
        n_found = Counter(student for student, _ in found if student)
        return [
            ("", say("several of these seem to be {student}", student=student))
            if n_found[student] > 1 and (once or not strong)
            else (student, why)
            for (student, why), strong in zip(found, by_keys, strict=True)
        ]


def _or(names: Iterable[str]) -> str:
    return say(" or ").join(sorted(names))
