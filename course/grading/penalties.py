"""Late penalties, as computed by the course's late policy, an nbgrader plugin."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import Any

from nbgrader.plugins import BasePlugin  # type: ignore[import-untyped]  # nbgrader ships no types
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]  # as above

from course.configuration import CONFIG, place_of, reason_of
from course.errors import course_error
from course.grading.settings import quiet_log
from course.grading.standings import Mark
from course.language import later

SETTING = "c.AssignLatePenalties.plugin_class"
METHOD = "late_submission_penalty"
# Top-level modules and packages imported from the folder of a configuration. They are reloaded for each gradebook: a
# file may have changed, or the course may be another.
_BESIDE: set[str] = set()


class Penalties:
    """The late policy named in a course's settings.

    files: its source files beside the settings. Raises CourseError if it cannot be used.
    """

    def __init__(self, root: Path, config: Any) -> None:
        self._root = root
        self._file = root / CONFIG
        for name in [name for name in sys.modules if name.partition(".")[0] in _BESIDE]:
            del sys.modules[name]
        self._loaded = set(sys.modules)
        policy = config.AssignLatePenalties.get("plugin_class")
        self._name = policy if isinstance(policy, str) else getattr(policy, "__name__", repr(policy))
        told = later(
            "The late policy {name} ({place}; {setting} in {config}) cannot be used: {why}. Correct it and grade again."
        )
        with self._blamed(told):
            if isinstance(policy, str):
                policy = self._imported(policy)
            if policy is not None and not (isinstance(policy, type) and issubclass(policy, BasePlugin)):
                raise course_error("it is not a subclass of {kind} of nbgrader.plugins", kind=BasePlugin.__name__)
            self._step = AssignLatePenalties(config=config, log=quiet_log())
            self._name = self._name if policy is not None else self._step.plugin_class.__name__
            self._step.init_plugin()
            if not callable(getattr(self._step.plugin_inst, METHOD, None)):
                raise course_error("it has no method {method}(student_id, score, total_seconds_late)", method=METHOD)
        self.files = [f for place in self._beside() for f in (place.rglob("*.py") if place.is_dir() else [place])]

    def of(self, student: str, score: float, late_s: float) -> float | None:
        """Return the penalty on a notebook's score, from 0 to all of it, or None if there is none, as in nbgrader.

        Raises CourseError if the policy fails or does not return a number.
        """
        if late_s <= 0:
            return None
        told = later(
            "The late policy {name} ({place}; {setting} in {config}) fails for {student}, {late_s:.0f} s late with "
            "{score:g} points: {why}. Correct it and grade again."
        )
        with self._blamed(told, student=student, late_s=late_s, score=score):
            self._step.init_plugin()  # a new instance for each notebook: it may keep state
            penalty = self._step.plugin_inst.late_submission_penalty(student, score, late_s)
            if penalty is None:
                return None
            if isinstance(penalty, bool) or not isinstance(penalty, Real | Decimal) or penalty != penalty:
                raise course_error(
                    "it returns {penalty!r:.80}, which is not a number of points (None: no penalty)", penalty=penalty
                )
            return float(max(0, min(penalty, score)))

    def owed(self, student: str, mark: Mark) -> dict[str, float | None]:
        """Return the current penalty on each notebook of a submission, by id."""
        return {part: self.of(student, score, mark.late_s) for part, score in mark.scores.items()}

    def _imported(self, name: str) -> Any:
        module_name, _, class_name = name.rpartition(".")
        top = module_name.partition(".")[0]
        if not top:
            raise course_error("name a policy with its module, as in late.Late for the class Late in late.py")
        importlib.invalidate_caches()
        found = importlib.util.find_spec(top)
        if found is None:
            raise course_error("there is no {top}.py beside it, and no package of that name is installed", top=top)
        self._file = Path(found.origin or self._file)
        module = importlib.import_module(module_name)
        self._file = Path(module.__file__ or self._file)
        if not hasattr(module, class_name):
            raise course_error("it has no class {class_name}", class_name=class_name)
        return getattr(module, class_name)

    def _beside(self) -> list[Path]:
        """Return the files and folders beside the settings that have been imported for the policy so far."""
        tops = {name.partition(".")[0] for name in set(sys.modules) - self._loaded} - self._loaded
        modules = [sys.modules[top] for top in tops if top in sys.modules]
        places = [place for m in modules for place in (getattr(m, "__path__", None) or [getattr(m, "__file__", "")])]
        return [Path(place) for place in places if place and Path(place).parent == self._root]

    @contextmanager
    def _blamed(self, told: str, **of: Any) -> Iterator[None]:
        """Append the settings' folder to `sys.path` for the policy; turn what it raises into a CourseError."""
        path = str(self._root)
        added = path not in sys.path
        if added:
            sys.path.append(path)
        try:
            yield
        except (Exception, SystemExit) as error:
            where = {"name": self._name, "place": place_of(error, self._file), "setting": SETTING, "config": CONFIG}
            raise course_error(told, **where, why=reason_of(error), **of) from None
        finally:
            _BESIDE.update(place.stem for place in self._beside())
            if added:
                sys.path.remove(path)
