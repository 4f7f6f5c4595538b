"""Late submissions: how late one is, and what the course's policy, a plugin of nbgrader, takes off for it."""

from __future__ import annotations

import datetime
import importlib.util
import math
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import Any

from nbgrader import api  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.plugins import BasePlugin  # type: ignore[import-untyped]  # as above
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]  # as above
from sqlalchemy import func, select

from course.configuration import CONFIG
from course.errors import CourseError, course_error
from course.grading.settings import quiet_log
from course.language import later

SETTING = "c.AssignLatePenalties.plugin_class"
METHOD = "late_submission_penalty"
# Modules that came from beside a configuration: read anew for each gradebook, as the file or the course may be another.
_BESIDE: set[str] = set()


def seconds_late(
    timestamp: datetime.datetime | None, duedate: datetime.datetime | None, extension: datetime.timedelta | None
) -> float:
    """Return how late a submission is, in seconds; 0 if it is not.

    Both times are in UTC and have no time zone, as nbgrader keeps them. Its own property stumbles over an extension of
    a due date that was taken away.
    """
    if timestamp is None or duedate is None:
        return 0.0
    return max(0.0, (timestamp - duedate - (extension or datetime.timedelta())).total_seconds())


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of a submission.

    score: points from checks. late_s: seconds late. parts: for each notebook its score, with what was given by hand,
    and what is taken off that.
    """

    score: float
    late_s: float = 0.0
    parts: tuple[tuple[float, float | None], ...] = ()

    @property
    def penalty(self) -> float:
        return sum(taken or 0.0 for _, taken in self.parts)


def standings(db: Any, lesson: str) -> dict[str, Standing]:
    """Read how each student's submission of a lesson stands."""
    submitted, part = api.SubmittedAssignment, api.SubmittedNotebook
    times = (submitted.timestamp, api.Assignment.duedate, submitted.extension)
    columns = (submitted.student_id, part.late_submission_penalty, *times)
    rows = (
        select(func.sum(api.Grade.auto_score), func.sum(api.Grade.score), *columns)
        .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
        .join(part, part.assignment_id == submitted.id)
        .join(api.Grade, api.Grade.notebook_id == part.id)
        .where(api.Assignment.name == lesson)
        .group_by(part.id, *columns)
    )
    found: dict[str, Standing] = {}
    for checks, score, student, penalty, *when in db.execute(rows):
        other = found.get(student, Standing(0.0))
        parts = (*other.parts, (float(score or 0), penalty))
        found[student] = Standing(other.score + float(checks or 0), seconds_late(*when), parts)
    return found


class Penalties:
    """The late policy that a course's settings name.

    Raises CourseError if it cannot be used.
    """

    def __init__(self, root: Path, config: Any) -> None:
        self._root = root
        self._file = root / CONFIG
        policy = config.AssignLatePenalties.get("plugin_class")
        self._name = policy if isinstance(policy, str) else getattr(policy, "__name__", repr(policy))
        told = later(
            "The late policy {name} ({place}; {setting} in {config}) cannot be used: {why}. Correct it and grade again."
        )
        with self._blamed(told):
            if isinstance(policy, str):
                policy = self._imported(policy)
            if policy is not None and not (isinstance(policy, type) and issubclass(policy, BasePlugin)):
                raise course_error("it is no subclass of {kind} of nbgrader.plugins", kind=BasePlugin.__name__)
            self._step = AssignLatePenalties(config=config, log=quiet_log())
            self._name = self._name if policy is not None else self._step.plugin_class.__name__
            self._step.init_plugin()
            if not callable(getattr(self._step.plugin_inst, METHOD, None)):
                raise course_error("it has no method {method}(student_id, score, total_seconds_late)", method=METHOD)

    def of(self, student: str, score: float, late_s: float) -> float | None:
        """Return what is taken off a notebook's score, from 0 to all of it, or None for nothing, as nbgrader has it.

        Raises CourseError if the policy fails or what it returns is no number.
        """
        if late_s <= 0:
            return None
        told = later(
            "The late policy {name} ({place}; {setting} in {config}) fails for {student}, {late_s:.0f} s late with "
            "{score:g} points: {why}. Correct it and grade again."
        )
        with self._blamed(told, student=student, late_s=late_s, score=score):
            self._step.init_plugin()  # one for each notebook: it may count something
            penalty = self._step.plugin_inst.late_submission_penalty(student, score, late_s)
            if penalty is None:
                return None
            if isinstance(penalty, bool) or not isinstance(penalty, Real | Decimal) or penalty != penalty:
                raise course_error(
                    "it returns {penalty!r:.80}, which is no number of points (None: no penalty)", penalty=penalty
                )
            return float(max(0, min(penalty, score)))

    def are_owed(self, student: str, known: Standing) -> bool:
        """Tell whether penalties are what the policy says now."""
        owed = [(self.of(student, score, known.late_s) or 0.0, taken or 0.0) for score, taken in known.parts]
        return all(math.isclose(now, taken, abs_tol=1e-6) for now, taken in owed)

    def take_off(self, db: Any, submission: str, score: float) -> Standing:
        """Write a submission's penalties, in the transaction that is under way; score: its points from checks."""
        submitted = db.get(api.SubmittedAssignment, submission, populate_existing=True)
        late_s = seconds_late(submitted.timestamp, submitted.assignment.duedate, submitted.extension)
        for part in submitted.notebooks:
            db.refresh(part)
            penalty = self.of(submitted.student_id, part.score, late_s)
            if part.late_submission_penalty != penalty:
                part.late_submission_penalty = penalty
        parts = tuple((part.score, part.late_submission_penalty) for part in submitted.notebooks)
        return Standing(score, late_s, parts)

    def _imported(self, name: str) -> Any:
        module_name, _, class_name = name.rpartition(".")
        top = module_name.partition(".")[0]
        if not top:
            raise course_error("a policy is named with its module, as in late.Late for the class Late in late.py")
        if top in _BESIDE:
            for loaded in [m for m in sys.modules if m == top or m.startswith(f"{top}.")]:
                del sys.modules[loaded]
        importlib.invalidate_caches()
        found, fresh = importlib.util.find_spec(top), top not in sys.modules
        if found is None:
            raise course_error("there is no {top}.py beside it, and no package of that name is installed", top=top)
        if found.origin is not None:
            self._file = Path(found.origin)
            if fresh and self._file.parent in (self._root, self._root / top):
                _BESIDE.add(top)
        module = importlib.import_module(module_name)
        self._file = Path(module.__file__ or self._file)
        if not hasattr(module, class_name):
            raise course_error("it has no class {class_name}", class_name=class_name)
        return getattr(module, class_name)

    @contextmanager
    def _blamed(self, told: str, **of: Any) -> Iterator[None]:
        """Let the policy import what lies beside the settings, after all else; tell in one sentence what it raises."""
        path = str(self._root)
        added = path not in sys.path
        if added:
            sys.path.append(path)
        try:
            yield
        except (Exception, SystemExit) as error:
            raise course_error(
                told,
                name=self._name,
                place=self._place_of(error),
                setting=SETTING,
                config=CONFIG,
                why=_reason_of(error),
                **of,
            ) from None
        finally:
            if added:
                sys.path.remove(path)

    def _place_of(self, error: BaseException) -> str:
        """Say the file and, if the error came from there, the line."""
        if isinstance(error, SyntaxError) and error.filename:
            return f"{error.filename}, line {error.lineno}"
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(self._file)]
        return f"{self._file}, line {lines[-1]}" if lines else str(self._file)


def _reason_of(error: BaseException) -> str:
    said = " ".join(str(error).split()).rstrip(".")
    return said if isinstance(error, CourseError) else f"{type(error).__name__}: {said}"
