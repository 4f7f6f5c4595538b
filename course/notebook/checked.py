"""The result of a check, and the hints that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from course.exercise import Exercise, Verdict
from course.exercise.idea import CATALOGUE
from course.judging.labels import LABELS, label_of, name_of
from course.judging.text import detail_of, read_again
from course.language import later, listed, paragraph, say
from course.runner import Answer, Question


@dataclass(frozen=True)
class Checked:
    """The result of checking one exercise: the verdict, the question it is about, and the answer to that question.

    error: the exception that student code raised there, if any.
    """

    exercise: Exercise
    verdict: Verdict
    question: Question
    answer: Answer
    error: BaseException | None = None

    @property
    def has_hint(self) -> bool:
        """Whether student code was asked and is wrong, so that there is a case and a hint."""
        return self.verdict.outcome in ("fail", "crashed", "refused", "timed_out") and not self.verdict.blocked_by


def never_checked(name: str) -> str:
    return say("`{name}` has not been checked since the kernel started: run its check first.", name=name)


def ways_on(checked: Checked) -> list[str]:
    """Return the line below a message that offers a hint and a case, as a list; [] if there is nothing to dig into."""
    if not checked.has_hint:
        return []
    told = later('`check.hint("{name}")` says more, `check.case("{name}")` hands out the inputs.')
    return [say(told, name=checked.exercise.name)]


def second_hint(checked: Checked) -> str:
    """Return a second hint: more about the named mistake or, if there is none, where to look."""
    verdict, name = checked.verdict, checked.exercise.name
    if verdict.passed:
        return say("`{name}` passed: there is nothing to look for.", name=name)
    if not checked.has_hint:
        return detail_of(verdict)
    return paragraph(
        say(CATALOGUE[verdict.mistake].more) if verdict.mistake else _where_to_look(checked),
        say("Read again: “{heading}”.", heading=read_again(verdict)) if read_again(verdict) else "",
        say('`check.case("{name}")` hands out the inputs, to try it yourself.', name=name),
    )


def _where_to_look(checked: Checked) -> str:
    """Return a hint about a wrong answer that no mistake of the catalogue explains."""
    verdict = checked.verdict
    if verdict.failure is not None:
        line = verdict.failure.line_number
        return paragraph(
            say("It happened in line {line} of your cell.", line=line) if line else "",
            say("Print what goes into that line, shapes first, and compare it with what the text says."),
        )
    first = verdict.first_wrong
    right = (row.name for row in verdict.rows if row.ok)
    names = listed(label_of(name) if name in LABELS else f"`{name_of(name)}`" for name in right)
    is_made = first is not None and first.problem != "fact"
    return paragraph(
        say("No mistake that the check knows gives exactly this."),
        say("Look at the lines that make `{name}`.", name=name_of(first.name)) if first and is_made else "",
        say("What comes before it is right ({names}).", names=names) if names else "",
        verdict.pattern,
    )
