"""The progress bar of a class run, and the summary at its end."""

from __future__ import annotations

import datetime
import json
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from course.errors import plain
from course.grading.folder import UngradedEntry
from course.grading.graded import Graded
from course.language import later, listed, paragraph, say, say_n
from course.terminal import Printer

# The words for each status of a submission.
STATUS_WORDS = {
    "graded": later("graded"),
    "repaired": later("repaired"),
    "unreadable": later("unreadable"),
    "timed_out": later("timed out"),
    "out_of_memory": later("out of memory"),
    "too_many_processes": later("too many processes"),
    "crashed": later("crashed"),
    "failed": later("failed"),
}


def shown(runs: Iterator[Graded], total: int, as_json: bool) -> Iterator[Graded]:
    """Yield the results, showing a progress bar or printing a line of JSON for each."""
    if as_json:
        for graded in runs:
            print(json.dumps(asdict(graded)), flush=True)
            yield graded
        return
    columns = (
        TextColumn(say("grading")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[look]}"),
    )
    with Progress(*columns, console=Console(file=sys.stderr)) as progress:
        task = progress.add_task("grading", total=total, rate="", look="")
        began, n_look = time.monotonic(), 0
        for n_done, graded in enumerate(runs, start=1):
            n_look += graded.needs_a_look
            rate = f"{n_done / max(time.monotonic() - began, 1e-3):.1f}/s"
            look = say("{n} to look at", n=n_look) if n_look else ""
            progress.update(task, advance=1, rate=rate, look=look)
            yield graded


def print_left_out(left_out: list[UngradedEntry]) -> None:
    """Print a line of JSON, without a score, for each thing in submitted/ that is not graded."""
    for left in left_out:
        said = {"status": "left_out", "student": left.student, "place": left.place, "notes": [left.reason]}
        print(json.dumps(said), flush=True)


def summarise(
    results: list[Graded], seconds: float, left_out: list[UngradedEntry], due: dict[str, datetime.datetime]
) -> None:
    """Print the number of submissions by status, marks, lateness, what needs a look, and what was not graded.

    due: when each lesson is due, in UTC.
    """
    printer = Printer()

    def tell(line: str) -> None:
        printer.line(f"  {line}")

    statuses = Counter(r.status for r in results)
    told = listed(say("{n} {ended}", n=n, ended=say(STATUS_WORDS[status])) for status, n in statuses.most_common())
    parts = [
        say_n(
            "{n} submission in {seconds:.1f} s: {told}",
            "{n} submissions in {seconds:.1f} s: {told}",
            len(results),
            seconds=seconds,
            told=told,
        )
    ]
    if skipped := sum(r.skipped for r in results):
        parts.append(say("{n} unchanged since the last run", n=skipped))
    late = [r for r in results if r.total_seconds_late > 0]
    if n_less := sum(round(r.late_submission_penalty, 2) > 0 for r in late):
        parts.append(say("{n} late, {n_less} of them with points taken off", n=len(late), n_less=n_less))
    elif late:
        parts.append(say("{n} late, none of them with points taken off", n=len(late)))
    printer.line(say("{told}.", told=say("; ").join(parts)))
    for lesson in sorted({result.lesson for result in results}):
        scores = [r.score for r in results if r.lesson == lesson and r.status not in ("failed", "unreadable")]
        most = max(r.max_score for r in results if r.lesson == lesson)
        if scores:
            mean, n_full = statistics.fmean(scores), sum(score >= most for score in scores)
            marks = {"lesson": lesson, "n": len(scores), "mean": mean, "most": most, "full": n_full}
            tell(say("marks: {lesson}: {n}, with a mean of {mean:.1f} of {most:g} points; {full} with all", **marks))
    for lesson in sorted({result.lesson for result in late} & due.keys()):
        when = f"{due[lesson]:%Y-%m-%d %H:%M}"
        tell(say("due: {lesson}: {time} UTC, or when an extension ends", lesson=lesson, time=when))
    for result in late:
        tell(
            say(
                "late: {student} {lesson}: {duration}, {points:g} points taken off",
                student=result.student,
                lesson=result.lesson,
                duration=duration(result.total_seconds_late),
                points=round(result.late_submission_penalty, 2),
            )
        )
    for result in results:
        if result.needs_a_look:
            about = {"student": result.student, "lesson": result.lesson, "why": why_look_at(result)}
            tell(say("to look at: {student} {lesson}: {why}", **about))
    for left in left_out:
        tell(say("to look at: {place}: not graded ({reason})", place=left.place, reason=left.reason))


def why_look_at(result: Graded) -> str:
    """Return the status of a submission that needs a look and the reasons, in words."""
    refused = (name for name, outcome in result.outcomes.items() if outcome == "refused")
    told = (say("{exercise} was refused (autograd)", exercise=name) for name in refused)
    notes = [*result.notes, *result.to_look_at, *told]
    ended = say(STATUS_WORDS[result.status])
    return say("{ended} ({notes})", ended=ended, notes=say("; ").join(notes)) if notes else ended


def print_arrived(result: Graded, as_json: bool) -> None:
    """Print a line for a submission that has just been graded."""
    if as_json:
        print(json.dumps(asdict(result)), flush=True)
        return
    told = [say("{points:g} of {max_points:g} points", points=result.score, max_points=result.max_score)]
    if result.total_seconds_late > 0:
        about = {"duration": duration(result.total_seconds_late), "points": round(result.late_submission_penalty, 2)}
        told.append(say("late: {duration}, {points:g} points taken off", **about))
    if result.needs_a_look:
        told.append(say("to look at: {why}", why=why_look_at(result)))
    line = f"{datetime.datetime.now():%H:%M:%S} {result.student} {result.lesson}: " + say("; ").join(told)
    print(plain(line), flush=True)


def duration(time_s: float) -> str:
    """Format a time, rounded up to seconds, in its two largest units that are not zero."""
    left, parts = math.ceil(time_s), []
    units = ((later("{n} d"), 86400), (later("{n} h"), 3600), (later("{n} min"), 60), (later("{n} s"), 1))
    for unit, length_s in units:
        count, left = divmod(left, length_s)
        if count:
            parts.append(say(unit, n=count))
    return paragraph(*parts[:2])
