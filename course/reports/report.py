"""The report on a class, as data: what an instructor needs to know before the next lecture."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from course.language import later, listed, say, say_n
from course.reports.numbers import (
    HALF,
    ExerciseNumbers,
    Flow,
    Item,
    Mistake,
    Submission,
    Unnamed,
    exercise_numbers,
    flow_of,
    mistakes_of,
    share,
    unnamed_of,
)

# How many mistakes the summary names.
N_TOP = 3


@dataclass(frozen=True)
class Class:
    """A class according to the gradebook and the stored verdicts.

    students: all of them, even those without submissions. ungraded: (student, lesson) of work in submitted/ without
    points yet. left_out: (place, reason) of what grading leaves out.
    """

    students: tuple[str, ...]
    items: tuple[Item, ...]
    submissions: tuple[Submission, ...]
    ungraded: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LessonNumbers:
    """A class's progress in a lesson. mean: points from checks. full, late, waiting: numbers of submissions."""

    lesson: str
    max_points: float
    handed_in: int
    graded: int
    mean: float | None
    full: int
    late: int
    waiting: int


@dataclass(frozen=True)
class Hand:
    """A student who may need help. share: mean fraction of the points in graded lessons; None if there are none."""

    student: str
    share: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class NotGraded:
    """A submission that could not be graded, or something that was left out; student: "" if it belongs to nobody."""

    student: str
    lesson: str
    place: str
    why: str


@dataclass(frozen=True)
class Late:
    student: str
    lesson: str
    seconds: float
    penalty: float


@dataclass(frozen=True)
class Waiting:
    """A written answer, or another cell, to be graded by hand."""

    lesson: str
    cell: str
    n: int
    students: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """All numbers of a class report.

    summary: how far the class is, what most of it misunderstands, what to look at. no_verdicts: (student, lesson) of
    submissions with points but without stored verdicts.
    """

    summary: tuple[str, ...]
    students: int
    lessons: tuple[LessonNumbers, ...]
    exercises: tuple[ExerciseNumbers, ...]
    mistakes: tuple[Mistake, ...]
    flows: tuple[Flow, ...]
    nobody_failed: tuple[str, ...]
    nobody_passed: tuple[str, ...]
    unnamed: tuple[Unnamed, ...]
    hands: tuple[Hand, ...]
    not_graded: tuple[NotGraded, ...]
    no_verdicts: tuple[tuple[str, str], ...]
    waiting: tuple[Waiting, ...]
    late: tuple[Late, ...]


def report_on(klass: Class) -> Report:
    """Compute all numbers of a class."""
    items, submissions = klass.items, klass.submissions
    by_lesson = {item.lesson: [i for i in items if i.lesson == item.lesson] for item in items}
    lessons = tuple(_lesson(name, own, submissions) for name, own in by_lesson.items())
    exercises = tuple(exercise_numbers(item, by_lesson[item.lesson], submissions) for item in items)
    mistakes = tuple(mistakes_of(items, submissions))
    flows = (flow_of(item, submissions) for item in items if len(item.quantities) > 1)
    unnamed = tuple(unnamed_of(items, submissions))
    hands = tuple(hands_of(klass, lessons))
    return Report(
        (_how_far(len(klass.students), lessons), _misunderstood(mistakes), _look_at(exercises, unnamed, hands)),
        len(klass.students),
        lessons,
        exercises,
        mistakes,
        tuple(flow for flow in flows if flow.wrong),
        tuple(e.exercise for e in exercises if e.n and e.full == e.n),
        tuple(e.exercise for e in exercises if e.n and not e.full),
        unnamed,
        hands,
        tuple(_not_graded(klass)),
        tuple((s.student, s.lesson) for s in submissions if s.points and not s.status),
        tuple(_waiting(submissions)),
        tuple(Late(s.student, s.lesson, s.late_s, s.penalty) for s in submissions if s.late_s > 0),
    )


def _lesson(name: str, items: Sequence[Item], submissions: Sequence[Submission]) -> LessonNumbers:
    here = [s for s in submissions if s.lesson == name]
    most = sum(item.max_points for item in items)
    points = [share(s, items) * most for s in here if s.is_graded]
    mean = statistics.fmean(points) if points else None
    full = sum(p >= most - 1e-9 for p in points)
    late, waiting = sum(s.late_s > 0 for s in here), sum(bool(s.waiting) for s in here)
    return LessonNumbers(name, most, len(here), len(points), mean, full, late, waiting)


def reached(n_students: int, lessons: Sequence[LessonNumbers]) -> list[str]:
    """Return the lessons that at least half of the class has handed in."""
    return [lesson.lesson for lesson in lessons if lesson.handed_in and lesson.handed_in >= HALF * n_students]


def hands_of(klass: Class, lessons: Sequence[LessonNumbers]) -> list[Hand]:
    """Return who has less than half of the points so far or in the latest lesson, or lacks lessons half have handed in.

    Lacking means two such lessons, or all there are: a single one may be on its way.
    """
    due = reached(len(klass.students), lessons)
    own: dict[str, list[Submission]] = {student: [] for student in klass.students}
    for submission in klass.submissions:
        own.setdefault(submission.student, []).append(submission)
    found = []
    for student, handed_in in own.items():
        shares = {s.lesson: share(s, klass.items) for s in handed_in if s.is_graded}
        so_far = statistics.fmean(shares.values()) if shares else None
        reasons = []
        if so_far is not None and so_far < HALF:
            reasons.append(say("less than half of the points so far"))
        elif due and shares.get(due[-1], 1.0) < HALF:
            reasons.append(say("less than half of the points in {lesson}", lesson=due[-1]))
        lacks = [lesson for lesson in due if lesson not in {s.lesson for s in handed_in}]
        if len(lacks) > 1 or lacks and lacks == due:
            missing = say("has not handed in {lessons}", lessons=listed(lacks))
            reasons.append(missing if handed_in else say("has handed in nothing"))
        if reasons:
            found.append(Hand(student, so_far, tuple(reasons)))
    return sorted(found, key=lambda hand: (hand.share or 0.0, hand.student))


def _not_graded(klass: Class) -> list[NotGraded]:
    found = []
    for s in klass.submissions:
        if s.status == "unreadable":
            why = say("; ").join(s.notes) or say("no reason is known")
            found.append(NotGraded(s.student, s.lesson, "", say("unreadable: {why}", why=why)))
        elif not s.points:
            found.append(NotGraded(s.student, s.lesson, "", say("not graded: `course grade` says why")))
    found += [NotGraded(student, lesson, "", say("not graded yet")) for student, lesson in klass.ungraded]
    return found + [NotGraded("", "", place, why) for place, why in klass.left_out]


def _waiting(submissions: Sequence[Submission]) -> list[Waiting]:
    cells: dict[tuple[str, str], list[str]] = {}
    for s in submissions:
        for cell in s.waiting if s.points else ():
            cells.setdefault((s.lesson, cell), []).append(s.student)
    return [Waiting(lesson, cell, len(who), tuple(sorted(who))) for (lesson, cell), who in cells.items()]


def _how_far(n_students: int, lessons: Sequence[LessonNumbers]) -> str:
    due = reached(n_students, lessons)
    if not due:
        n_any = max((lesson.handed_in for lesson in lessons), default=0)
        told = later("No lesson has been handed in by half of the {n} students yet; {most} is the most.")
        return say(told, n=n_students, most=n_any)
    latest = next(lesson for lesson in lessons if lesson.lesson == due[-1])
    come = {"lesson": due[-1], "n": latest.handed_in, "all": n_students}
    if latest.mean is None:
        return say("The class has come to `{lesson}`: {n} of {all} students handed it in.", **come)
    return say(
        "The class has come to `{lesson}`: {n} of {all} students handed it in, with a mean of {mean:.1f} of "
        "{max_points:g} points.",
        **come,
        mean=latest.mean,
        max_points=latest.max_points,
    )


def _misunderstood(mistakes: Sequence[Mistake]) -> str:
    shared = [mistake for mistake in mistakes if mistake.n > 1][:N_TOP]
    if not shared:
        return say("No mistake with a name is shared by two students.")
    return say("Most shared: {mistakes}.", mistakes=say("; ").join(map(_shared, shared)))


def _shared(mistake: Mistake) -> str:
    where = max(mistake.shown, key=lambda s: s.n).exercise
    back = max(mistake.returns, key=lambda r: r.n, default=None)
    told = {"mistake": words(mistake.mistake), "n": mistake.n, "exercise": where}
    if back is None or not back.n:
        return say("{mistake} ({n} students, most in `{exercise}`)", **told)
    return say(
        "{mistake} ({n} students, most in `{exercise}`; {again} of {of} from `{first}` again in `{then}`)",
        **told,
        again=back.n,
        of=back.of,
        first=back.first,
        then=back.then,
    )


def _look_at(exercises: Sequence[ExerciseNumbers], unnamed: Sequence[Unnamed], hands: Sequence[Hand]) -> str:
    found = []
    known = [e for e in exercises if e.facility is not None]
    hardest = min(known, key=lambda e: e.facility or 0.0, default=None)
    if hardest is not None and (hardest.facility or 0.0) < 1:
        share = percent(hardest.facility or 0.0)
        told = later("`{exercise}`, the hardest with {percent} of its points")
        found.append(say(told, exercise=hardest.exercise, percent=share))
    if against := [e.exercise for e in exercises if e.is_against]:
        found.append(say("`{exercise}`, in which those who do well elsewhere do worse", exercise=against[0]))
    if unnamed:
        n = sum(u.n for u in unnamed)
        found.append(say_n("{n} wrong answer without a name", "{n} wrong answers without a name", n))
    if hands:
        found.append(say_n("{n} student who may need a hand", "{n} students who may need a hand", len(hands)))
    if not found:
        return say("Nothing stands out that would need a look.")
    return say("To look at: {things}.", things=say("; ").join(found))


def words(mistake: str) -> str:
    """Return a mistake's name as readable words, in the current language."""
    return say(mistake.replace("-", " "))


def percent(part: float) -> str:
    return say("{n:.0f} %", n=100 * part)
