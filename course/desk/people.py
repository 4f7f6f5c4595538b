"""Who is who: the students of a gradebook, and the people of a list that a learning platform or an instructor made."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.grading.folder import folded
from course.language import say


@dataclass(frozen=True)
class Person:
    """Somebody as a list has them.

    ids: what may be their id in the gradebook, best first. name: as shown, perhaps with the last name and a comma
    first. lms_id: Canvas's number. participant: Moodle's number of them in one assignment. handed_in: when, in the
    list's words. doubt: why a number alone does not say who it is, but the name has to fit.
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
        return self.name or f"{self.first_name} {self.last_name}".strip() or (*self.ids, self.email, "?")[0]

    @property
    def both_names(self) -> tuple[str, str]:
        """First and last name, where they can be told apart."""
        if self.first_name or self.last_name:
            return self.first_name, self.last_name
        if "," in self.name:
            last, _, first = self.name.partition(",")
            return first.strip(), last.strip()
        first, _, last = self.name.strip().rpartition(" ")
        return first, last

    @property
    def name_keys(self) -> set[str]:
        """The name as file names have it: letters and digits only, the one name first or the other."""
        first, last = self.both_names
        return {key for text in (self.name, f"{first}{last}", f"{last}{first}") if (key := name_key(text))}

    @property
    def strong_keys(self) -> set[tuple[str, str]]:
        """What belongs to nobody else."""
        keys = {("id", folded(i)) for i in self.ids}
        keys |= {("email", folded(self.email))} if self.email else set()
        keys |= {("lms", self.lms_id)} if self.lms_id else set()
        return keys | ({("participant", self.participant)} if self.participant else set())

    @property
    def weak_keys(self) -> set[tuple[str, str]]:
        """What others may have too: a name, and what comes before the @ of an address where that is used as an id."""
        logins = {("login", folded(text.partition("@")[0])) for text in (*self.ids, self.email) if text}
        return logins | {("name", key) for key in self.name_keys}

    def contradicts(self, other: Person) -> bool:
        """Tell whether these are two people, although their names may be the same."""
        pairs = ((self.email, other.email), (self.lms_id, other.lms_id), (self.participant, other.participant))
        return any(a and b and folded(a) != folded(b) for a, b in pairs)


def name_key(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


class Class:
    """The students that a gradebook knows, each a `Person` by id."""

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
        """Return for each person the student they are, or "" and why that cannot be told ("" if they are nobody here).

        A name alone is enough if nobody else has it, neither here nor in the list, and an address if it begins with
        an id. once: nobody is in the list twice; else only by what belongs to nobody else.
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
