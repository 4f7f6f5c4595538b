"""Imports go one way: cli -> (building, grading, reports) -> judging, lessons -> mistakes -> exercise -> runner."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.desk.wheel import EXTRAS
from course.desk.wheel import ROOMS as STUDENT_ROOMS

ROOT = Path(__file__).resolve().parents[1]

# Room -> the rooms that it may import. Its own is always allowed; a new room must be added here.
JUDGING = {"judging", "lessons", "mistakes", "network", "exercise", "runner", "dataset", "errors"}
ROOMS: dict[str, set[str]] = {
    "__init__": set(),
    "language": set(),  # every room may import it, since each has messages
    "atomic": set(),
    "terminal": {"errors"},
    "errors": set(),
    "privacy": set(),
    "spreadsheet": set(),
    "regions": set(),
    "runner": set(),
    "dataset": set(),
    "fast_import": set(),
    "bank": {"errors"},
    "network": set(),
    "figures": set(),
    "configuration": {"errors"},
    "exercise": {"runner"},
    "judging": {"exercise", "runner"},
    "mistakes": {"network", "exercise", "runner"},
    "lessons": {"mistakes", "network", "exercise", "runner", "dataset", "errors"},
    "notebook": JUDGING,
    "building": JUDGING | {"atomic", "configuration", "fast_import", "regions"},
    "desk": JUDGING | {"atomic", "building", "configuration", "grading", "sandbox", "spreadsheet", "terminal"},
    "cluster": {"errors", "sandbox"},
    "grading": JUDGING
    | {"atomic", "bank", "cluster", "configuration", "fast_import", "regions", "sandbox", "spreadsheet", "terminal"},
    "reports": JUDGING | {"atomic", "bank", "grading"},
    "sandbox": {"atomic", "runner", "dataset", "errors"},
    "try_answer": JUDGING | {"bank", "building", "grading", "sandbox"},
    "demo": JUDGING | {"building", "terminal", "grading", "reports", "try_answer", "sandbox"},
    "lab": {"configuration", "desk", "errors"},
    "testing": {"errors"},
    "doctor": {"errors", "grading", "privacy", "sandbox", "terminal"},
    "installation": set(),
    "place": {"atomic", "installation"},
    "bootstrap": {"installation", "place"},
    "commands": JUDGING | {"building", "terminal", "desk", "grading", "privacy", "reports", "__init__"},
    "cli": JUDGING
    | {
        "commands",
        "building",
        "terminal",
        "grading",
        "reports",
        "try_answer",
        "demo",
        "desk",
        "lab",
        "testing",
        "doctor",
        "privacy",
        "__init__",
    },
    "__main__": {"bootstrap", "cli"},
}
NOTEBOOK_LIBRARIES = {"nbgrader", "nbformat", "jupytext"}
KNOWS_NOTEBOOK_FILES = {"bank", "building", "desk", "grading"}


def imported(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of everything that `source` imports, also inside functions."""
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def room_of(name: str) -> str:
    """Return the room of `course.room.module`; names defined in the package itself belong to `__init__`."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "__init__"


def faults(source: str, module: str, is_package: bool = False) -> list[str]:
    """List the imports of a module that its room may not make."""
    room, found = room_of(module), []
    for line, name in imported(source, module, is_package):
        top = name.partition(".")[0]
        if top in NOTEBOOK_LIBRARIES and room not in KNOWS_NOTEBOOK_FILES:
            found.append(f"{module}:{line} imports {top}, which only {', '.join(sorted(KNOWS_NOTEBOOK_FILES))} may")
        if top == "course" and name != "course":
            target = room_of(name)
            if target != room and target not in {*ROOMS[room], "language", *(["__init__"] if name == "course" else [])}:
                found.append(f"{module}:{line} imports {name}: {room} may not import {target}")
    return found


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted((ROOT / "course").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts), path))
    return found


@pytest.mark.parametrize(("module", "path"), modules(), ids=[name for name, _ in modules()])
def test_a_module_imports_only_what_its_room_may(module, path):
    room = module.split(".")[1]
    assert room in ROOMS, f"{path} is a new room: say in {Path(__file__).name} what it may import"
    assert faults(path.read_text(encoding="utf-8"), module, path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("course.runner.values", "from course.errors import CourseError"),
        ("course.runner.values", "import course.exercise.compare"),
        ("course.runner.values", "from ..exercise import compare"),
        ("course.judging.judge", "def late():\n    from course.lessons import LESSONS"),
        ("course.judging.judge", "from course import lessons"),
        ("course.lessons.way1_numpy", "from course.notebook import start"),
        ("course.building.release", "from course.grading import grade"),
        ("course.grading.worker", "import course.reports"),
        ("course.notebook", "import nbformat"),
        ("course.doctor", "from nbgrader.api import Gradebook"),
        ("course.bootstrap", "from course.errors import CourseError"),
    ],
)
def test_a_wrong_direction_is_found(module, source):
    assert len(set(faults(source, module))) >= 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("course.grading.worker", "from course.runner import ask\nimport nbformat\nfrom . import store"),
        ("course.judging.judge", "from course.exercise.compare import compare\nimport numpy"),
        ("course.cli", "from course.building import build\nfrom course import __version__"),
    ],
)
def test_a_right_direction_is_left_alone(module, source):
    assert faults(source, module) == []


def test_no_module_imports_itself_by_way_of_others():
    known = {module for module, _ in modules()}
    needs: dict[str, set[str]] = {}
    for module, path in modules():
        found = imported(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
        # imports of a module's own package do not count: it re-exports from its modules
        needs[module] = {name for _, name in found if name in known and not module.startswith(f"{name}.")} - {module}
    left = dict(needs)
    while free := [module for module, wanted in left.items() if not wanted & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}, "each of these imports another of them"


def test_a_students_check_needs_only_what_the_wheel_of_students_depends_on():
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(line for extra in EXTRAS for line in project["optional-dependencies"][extra])]
    # in the standard library since Python 3.14, and imported only there
    installed = {Requirement(line).name.lower() for line in wanted} | {"annotationlib"}
    for module, path in modules():
        if room_of(module) in STUDENT_ROOMS:
            for line, name in imported(path.read_text(encoding="utf-8"), module, path.name == "__init__.py"):
                top = name.partition(".")[0]
                known = top == "course" or top in sys.stdlib_module_names or top.lower() in installed
                # imported where answers pass between processes, which no check in a notebook does
                known = known or (module, top) == ("course.runner.answer", "safetensors")
                assert known, f"{module}:{line} imports {top}, which is not among the wheel's dependencies"
                assert top != "course" or room_of(name) in {*STUDENT_ROOMS, "__init__"}, f"{name} is not in the wheel"


def loaded_after(statement: str) -> set[str]:
    """Run `statement` in a new Python process and return the modules that are then loaded."""
    script = f"{statement}\nimport sys\nprint(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, text=True).split())


def test_what_runs_beside_student_code_loads_neither_oracle_nor_torch():
    loaded = loaded_after("import course.runner")
    of_course = {name for name in loaded if name.startswith("course.") and not name.startswith("course.runner")}
    assert of_course == {"course.language"}
    assert "torch" not in loaded, "the first lesson is asked in a process that has no torch"


def test_the_first_lesson_starts_with_numpy_alone():
    loaded = loaded_after("from course import start\nstart('way1_numpy')") - loaded_after("import numpy.random")
    others = {name.partition(".")[0] for name in loaded} - {"course"} - sys.stdlib_module_names
    assert others == set(), "torch, say, takes seconds, and a student may have none"


def test_who_judges_loads_nothing_of_nbgrader():
    loaded = loaded_after("import course.grading.examiners")
    assert loaded & {"nbgrader", "nbconvert", "sqlalchemy", "torch"} == set(), "each examiner would wait for it"


def test_what_is_graded_is_judged_anew_when_anything_that_judges_changes():
    from course.grading.store import judging_files

    judging = "from course.lessons import all_exercises\nall_exercises()"
    names = {name for name in loaded_after(judging) if name.startswith("course.")} - {"course.errors"}
    files = {Path(*name.split(".")) for name in names}
    known = {path.relative_to(ROOT).with_suffix("") for path in judging_files()}
    known |= {path.parent for path in known if path.name == "__init__"}
    assert files <= known and Path("course/exercise/catalogue") in known
