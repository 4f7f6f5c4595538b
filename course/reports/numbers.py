"""Compute the numbers of a class report from the results of its submissions. Pure functions."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from course.judging.labels import LABELS
from course.language import say

# With fewer, a discrimination is mostly chance: if its true value is 0, three in ten classes of ten exceed ±0.35.
MIN_STUDENTS = 20
N_FIFTHS = 5
HALF = 0.5


@dataclass(frozen=True)
class Item:
    """A scored exercise. quantities: what is compared in it, in order; () for an instructor's own cell."""

    lesson: str
    name: str
    title: str
    max_points: float
    quantities: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.lesson}.{self.name}"


@dataclass(frozen=True)
class Submission:
    """The results of one submission.

    points: by exercise, {} if it could not be graded. status: of its grading; "" if no verdicts are stored, and then
    all fields below it are empty. outcomes, mistakes, wrong: by exercise, as stored by grading. waiting: names of cells
    to be graded by hand.
    """

    student: str
    lesson: str
    points: dict[str, float] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    late_s: float = 0.0
    penalty: float = 0.0
    status: str = ""
    notes: tuple[str, ...] = ()
    outcomes: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def is_graded(self) -> bool:
        """Whether its points say something about the exercises: those of an unreadable file do not."""
        return bool(self.points) and self.status != "unreadable"


@dataclass(frozen=True)
class ExerciseNumbers:
    """Classical item statistics of an exercise.

    n: graded submissions of its lesson. answered: those known to have an answer. full: those with full points.
    mean: in points. facility: the mean as a fraction of the maximum. discrimination: correlation of its points with
    those of the lesson's other exercises; None for the reason in `why_not`. fifths: facility in each fifth of the
    class, ordered by these other points, lowest first; () without a discrimination.
    """

    exercise: str
    title: str
    max_points: float
    n: int
    answered: int
    full: int
    mean: float | None
    facility: float | None
    discrimination: float | None
    why_not: str
    fifths: tuple[float, ...]

    @property
    def is_against(self) -> bool:
        """Whether those who do well elsewhere do worse here, by more than chance explains."""
        return self.discrimination is not None and self.discrimination < -2 / math.sqrt(self.n)


@dataclass(frozen=True)
class Shown:
    """A mistake in one exercise. mean: fraction of the lesson's points of those who made it; of_class: of everybody."""

    exercise: str
    n: int
    mean: float
    of_class: float
    line: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Return:
    """Of `of` students who made a mistake in lesson `first` and handed in lesson `then`, `n` made it there again."""

    first: str
    then: str
    n: int
    of: int


@dataclass(frozen=True)
class Mistake:
    """A mistake of the catalogue. n: students who made it in any exercise."""

    mistake: str
    n: int
    shown: tuple[Shown, ...]
    returns: tuple[Return, ...]


@dataclass(frozen=True)
class Step:
    """A quantity. right: answers correct up to it; wrong: those that first fail here; mistakes: these by name or ""."""

    quantity: str
    right: int
    wrong: int
    mistakes: dict[str, int]


@dataclass(frozen=True)
class Flow:
    """Where answers to an exercise first fail. n: all answers. no_result: those that returned nothing to compare."""

    exercise: str
    title: str
    n: int
    no_result: int
    steps: tuple[Step, ...]

    @property
    def wrong(self) -> int:
        return sum(step.wrong for step in self.steps)


@dataclass(frozen=True)
class Unnamed:
    """Wrong answers to an exercise that fail in the same place without a named mistake; said, line: of the first."""

    exercise: str
    outcome: str
    quantity: str
    n: int
    said: str
    line: str
    students: tuple[str, ...]


def correlation(some: Sequence[float], others: Sequence[float]) -> float | None:
    """Return Pearson's correlation, clipped to [-1, 1]; None if one side is constant."""
    if len({*some}) < 2 or len({*others}) < 2:
        return None
    try:
        return max(-1.0, min(1.0, statistics.correlation(some, others)))
    except statistics.StatisticsError:  # constant up to rounding
        return None


def fifths_of(points: Sequence[float], rest: Sequence[float]) -> tuple[float, ...]:
    """Return the mean of `points` in each fifth of the class, ordered by `rest`.

    Students tied in `rest` count with their common mean, so that no order is invented between them.
    """
    alike: dict[float, list[float]] = {}
    for own, other in zip(points, rest, strict=True):
        alike.setdefault(other, []).append(own)
    ordered = [statistics.fmean(own) for _, own in sorted(alike.items()) for _ in own]
    ends = [i * len(ordered) // N_FIFTHS for i in range(N_FIFTHS + 1)]
    return tuple(statistics.fmean(ordered[ends[i] : ends[i + 1]]) for i in range(N_FIFTHS))


def exercise_numbers(item: Item, items: Sequence[Item], submissions: Iterable[Submission]) -> ExerciseNumbers:
    """Return the statistics of an exercise; items: all of its lesson."""
    graded = [s for s in submissions if s.lesson == item.lesson and s.is_graded]
    points = [s.points.get(item.name, 0.0) for s in graded]
    # rounded, so that sums of the same points are equal
    rest = [round(sum(s.points.get(i.name, 0.0) for i in items if i != item), 9) for s in graded]
    answered = sum(s.outcomes.get(item.name, "not_attempted") != "not_attempted" for s in graded)
    full = sum(math.isclose(p, item.max_points) or p > item.max_points for p in points)
    mean = statistics.fmean(points) if points else None
    facility = None if mean is None or not item.max_points else mean / item.max_points
    found, why_not = None, ""
    if len(graded) < MIN_STUDENTS:
        why_not = say("fewer than {n} submissions: too few to say", n=MIN_STUDENTS)
    elif len(items) < 2:
        why_not = say("nothing else in its lesson")
    elif (found := correlation(points, rest)) is None:
        alike_here = len({*points}) < 2
        why_not = say("all have the same points here") if alike_here else say("all have the same points in the rest")
    parts = () if found is None else tuple(p / item.max_points for p in fifths_of(points, rest))
    return ExerciseNumbers(
        item.id, item.title, item.max_points, len(graded), answered, full, mean, facility, found, why_not, parts
    )


def share(submission: Submission, items: Iterable[Item]) -> float:
    """Return a submission's points as a fraction of its lesson's maximum."""
    own = [item for item in items if item.lesson == submission.lesson]
    return sum(submission.points.get(i.name, 0.0) for i in own) / (sum(i.max_points for i in own) or 1.0)


def mistakes_of(items: Sequence[Item], submissions: Sequence[Submission]) -> list[Mistake]:
    """Return the named mistakes, those made by most students first."""
    graded = [s for s in submissions if s.is_graded]
    shares = {(s.lesson, s.student): share(s, items) for s in graded}
    means = {
        lesson: statistics.fmean(shares[s.lesson, s.student] for s in graded if s.lesson == lesson)
        for lesson in {s.lesson for s in graded}
    }
    made: dict[str, dict[Item, list[Submission]]] = {}
    for item in items:
        for s in graded:
            if s.lesson == item.lesson and (mistake := s.mistakes.get(item.name)):
                made.setdefault(mistake, {}).setdefault(item, []).append(s)
    found = []
    for mistake, places in made.items():
        shown = []
        for item, here in places.items():
            here.sort(key=lambda s: s.student)
            mean = statistics.fmean(shares[s.lesson, s.student] for s in here)
            line = typical(s.wrong.get(item.name, {}).get("line", "") for s in here)
            students = tuple(s.student for s in here)
            shown.append(Shown(item.id, len(here), mean, means[item.lesson], line, students))
        everywhere = [s for here in places.values() for s in here]
        n = len({s.student for s in everywhere})
        found.append(Mistake(mistake, n, tuple(shown), returns_of(everywhere, graded)))
    return sorted(found, key=lambda m: (-m.n, m.mistake))


def returns_of(made: Iterable[Submission], graded: Iterable[Submission]) -> tuple[Return, ...]:
    """Return how often a mistake recurs, from each lesson it is made in to the next such lesson.

    made: the submissions with it, in the order of lessons.
    """
    who: dict[str, set[str]] = {}
    for submission in made:
        who.setdefault(submission.lesson, set()).add(submission.student)
    lessons = list(who)
    known = {(s.lesson, s.student) for s in graded} if len(lessons) > 1 else set()
    found = []
    for first, then in zip(lessons, lessons[1:], strict=False):
        both = {student for student in who[first] if (then, student) in known}
        found.append(Return(first, then, len(both & who[then]), len(both)))
    return tuple(found)


def typical(lines: Iterable[str]) -> str:
    """Return the most frequent line, the shortest in a tie; "" if there is none."""
    count = Counter(line for line in lines if line)
    return min(count, key=lambda line: (-count[line], len(line), line), default="")


def flow_of(item: Item, submissions: Iterable[Submission]) -> Flow:
    """Return where the answers to an exercise first fail; right answers reach the end."""
    answers = [s for s in submissions if s.is_graded and s.lesson == item.lesson]
    answers = [s for s in answers if s.outcomes.get(item.name, "not_attempted") != "not_attempted"]
    where = [(s.wrong.get(item.name, {}).get("quantity", ""), s.mistakes.get(item.name, "")) for s in answers]
    right = [s.outcomes[item.name] == "pass" for s in answers]
    no_result = sum(not quantity and not ok for (quantity, _), ok in zip(where, right, strict=True))
    left, steps = len(answers) - no_result, []
    others = sorted({quantity for quantity, _ in where} - {*item.quantities, ""})
    for quantity in (*item.quantities, *others):
        names = Counter(mistake for other, mistake in where if other == quantity)
        if quantity in LABELS and not names:  # a property of the answer is listed only if it fails
            continue
        left -= names.total()
        mistakes = dict(sorted(names.items(), key=lambda pair: (-pair[1], pair[0])))
        steps.append(Step(quantity, left, names.total(), mistakes))
    return Flow(item.id, item.title, len(answers), no_result, tuple(steps))


def unnamed_of(items: Iterable[Item], submissions: Iterable[Submission]) -> list[Unnamed]:
    """Return the wrong answers without a named mistake, by exercise and place, most first; without what was not run."""
    order = {item.id: item for item in items}
    groups: dict[tuple[str, str, str], list[Submission]] = {}
    for s in submissions:
        for name, told in s.wrong.items() if s.is_graded else ():
            outcome = s.outcomes.get(name, "")
            if name not in s.mistakes and outcome not in ("not_run", "") and f"{s.lesson}.{name}" in order:
                groups.setdefault((f"{s.lesson}.{name}", outcome, told["quantity"]), []).append(s)
    found = []
    for (exercise, outcome, quantity), here in groups.items():
        here.sort(key=lambda s: s.student)
        first = here[0].wrong[order[exercise].name]
        students = tuple(s.student for s in here)
        found.append(Unnamed(exercise, outcome, quantity, len(here), first["said"], first["line"], students))
    return sorted(found, key=lambda u: (-u.n, list(order).index(u.exercise), u.quantity))
