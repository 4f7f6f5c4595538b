"""What is seen of a class run: a bar while it goes on, a summary at its end."""

from __future__ import annotations

import datetime
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from course.errors import plain
from course.grading.folder import LeftOut
from course.grading.graded import Graded


def shown(runs: Iterator[Graded], total: int, as_json: bool) -> Iterator[Graded]:
    """Pass results on, with a progress bar or a line of JSON for each."""
    if as_json:
        for graded in runs:
            print(json.dumps(asdict(graded)), flush=True)
            yield graded
        return
    columns = (
        TextColumn("grading"),
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
            look = f"{n_look} to look at" if n_look else ""
            progress.update(task, advance=1, rate=rate, look=look)
            yield graded


def print_left_out(left_out: list[LeftOut]) -> None:
    """Print a line of JSON for each thing in submitted/ that is not graded; it has no score."""
    for left in left_out:
        said = {"status": "left_out", "student": left.student, "place": left.place, "notes": [left.reason]}
        print(json.dumps(said), flush=True)


def summarise(
    results: list[Graded], seconds: float, left_out: list[LeftOut], due: dict[str, datetime.datetime]
) -> None:
    """Print how many submissions ended how, which need a look, and what was not graded at all.

    due: when each lesson is due, in UTC.
    """
    console = Console()

    def tell(kind: str, line: str) -> None:
        console.print(f"  {kind}: {plain(line)}", markup=False, highlight=False, soft_wrap=True)

    statuses = Counter(r.status for r in results)
    told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in statuses.most_common())
    skipped = sum(r.skipped for r in results)
    unchanged = f"; {skipped} unchanged since the last run" if skipped else ""
    late = [r for r in results if r.total_seconds_late > 0]
    n_less = sum(r.late_submission_penalty > 0 for r in late)
    tardy = f"; {len(late)} late, {n_less or 'none'} of them with points taken off" if late else ""
    console.print(f"{len(results)} submissions in {seconds:.1f} s: {told}{unchanged}{tardy}.")
    for lesson in sorted({result.lesson for result in late} & due.keys()):
        tell("due", f"{lesson}: {due[lesson]:%Y-%m-%d %H:%M} UTC, or when an extension ends")
    for result in late:
        tell(
            "late",
            f"{result.student} {result.lesson}: {duration(result.total_seconds_late)},"
            f" {result.late_submission_penalty:g} points taken off",
        )
    for result in results:
        if result.needs_a_look:
            tell("to look at", f"{result.student} {result.lesson}: {why_look_at(result)}")
    for left in left_out:
        tell("to look at", f"{left.place}: not graded ({left.reason})")


def why_look_at(result: Graded) -> str:
    """Say what became of a submission that needs a look, and why."""
    refused = [n for n, o in result.outcomes.items() if o == "refused"]
    notes = [*result.notes, *result.to_look_at, *(f"{n} was refused (autograd)" for n in refused)]
    return result.status.replace("_", " ") + (f" ({'; '.join(notes)})" if notes else "")


def print_arrived(result: Graded, as_json: bool) -> None:
    """Print a line for a submission that has just been graded."""
    if as_json:
        print(json.dumps(asdict(result)), flush=True)
        return
    points = f"{result.score:g} of {result.max_score:g} points"
    late = f"; late: {duration(result.total_seconds_late)}" if result.total_seconds_late > 0 else ""
    look = f"; to look at: {why_look_at(result)}" if result.needs_a_look else ""
    print(
        plain(f"{datetime.datetime.now():%H:%M:%S} {result.student} {result.lesson}: {points}{late}{look}"), flush=True
    )


def duration(time_s: float) -> str:
    """Write a time in the two largest units that it has."""
    left, parts = math.ceil(time_s), []
    for unit, length_s in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, length_s)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])
