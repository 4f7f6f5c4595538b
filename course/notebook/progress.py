"""Points so far: of one notebook, from the checks in its kernel, and of all lessons, from the saved notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from course.exercise import Exercise
from course.judging.card import mark_of
from course.judging.labels import OUTCOMES
from course.language import language, later, of_notebook, say, using
from course.notebook.checked import Checked
from course.notebook.output import aligned, show_parts

DONE = later(
    "Every check has passed. If the lesson has a question to answer in words, a person reads it: its points come on "
    "top. Save the notebook; this file is what you hand in."
)
UNOFFICIAL = later("Not official: as your checks said when you last saved each notebook. Written answers come on top.")


def progress_of(exercises: Sequence[Exercise], checked: Mapping[str, Checked]) -> list[str]:
    """Return the parts to show: the total, a line for each exercise, and what to do next."""
    lines, total, next_one = list[tuple[str, str]](), 0.0, ""
    for exercise in exercises:
        found = checked.get(exercise.name)
        points = 0.0 if found is None else found.verdict.points
        total += points
        passed = found is not None and found.verdict.passed
        lines.append((f"{' ' if found is None else mark_of(found.verdict)} {exercise.name}", _standing(found)))
        next_one = next_one or ("" if passed else exercise.name)
    most = sum(e.points for e in exercises)
    sum_up = say("Points so far: {points:g} of {max_points:g}", points=total, max_points=most)
    return [sum_up, *([aligned(lines)] if lines else []), _next(next_one, checked)]


def _standing(checked: Checked | None) -> str:
    if checked is None:
        return say("not checked since the kernel started")
    verdict = checked.verdict
    points = {"points": verdict.points, "max_points": verdict.max_points}
    if verdict.outcome in ("pass", "fail"):
        return say("{points:g} of {max_points:g}", **points)
    return say("{points:g} of {max_points:g}, {outcome}", **points, outcome=say(OUTCOMES[verdict.outcome]))


def _next(name: str, checked: Mapping[str, Checked]) -> str:
    if not name:
        return say(DONE)
    if name in checked:
        return say("Next: `{name}`. Run its check again to see what is not right yet.", name=name)
    told = later("Next: the check of `{name}`. Run > Run All Above Selected Cell runs all that stands above a cell.")
    return say(told, name=name)


def points(folder: str | Path = ".") -> None:
    """Show the points of every lesson in a folder, as of the last time each notebook was saved.

    The output is in the language of the first lesson.
    """
    paths = [path for path in sorted(Path(folder).glob("*/*.ipynb")) if path.stem == path.parent.name]
    notebooks = {path.stem: read_notebook(path) for path in paths}
    with using(next(map(of_notebook, notebooks.values()), language())):
        _show_points(notebooks)


def _show_points(notebooks: Mapping[str, dict[str, Any]]) -> None:
    lines = list[list[str]]()
    for lesson, notebook in notebooks.items():
        told = list(_told_by_checks(notebook))
        run = [earned for earned, _ in told if earned is not None]
        said = say("{points:g} of {max_points:g}", points=sum(run), max_points=sum(most for _, most in told))
        lines.append([lesson, said, say("{run} of {all} checks run", run=len(run), all=len(told))])
    table = aligned(lines or [[say("There is no lesson in this folder.")]])
    show_parts(say("Points so far"), table, say(UNOFFICIAL))


def read_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook's parsed JSON, or {} if it cannot be read."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _told_by_checks(notebook: Mapping[str, Any]) -> Iterator[tuple[float | None, float]]:
    """Yield the points of each check cell, None if it was not run, and the points it can earn."""
    for cell in notebook.get("cells", []):
        about: dict[str, Any] = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and about.get("grade"):
            noted = [o["metadata"]["course"] for o in cell["outputs"] if "course" in o.get("metadata", {})]
            yield noted[-1]["points"] if noted else None, float(about.get("points", 0))
