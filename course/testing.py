"""Everything that this machine can test: the notebooks replayed, then the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.errors import course_error
from course.language import listed, say

CLONE = Path(__file__).resolve().parents[1]

# Words that choose some of the tests: then somebody looks for one thing and the notebooks can wait.
CHOOSING = ("-k", "-m", "--lf", "--last-failed", "--sw", "--stepwise", "--deselect", "--collect-only", "--co")


@dataclass(frozen=True)
class Stage:
    """One run of pytest: what it is called, its words and the number of threads torch and NumPy get."""

    title: str
    words: tuple[str, ...]
    n_threads: int


def stages(words: Sequence[str], *, ci: bool, n_processes: int, root: Path = CLONE) -> list[Stage]:
    """Plan the runs; the tests come last, so that their closing line ends the output.

    The notebooks are replayed with two threads, because sums in another order change last digits and a notebook must
    not print those; with one thread a test builds them anew and compares. The replay is left out only when `words`
    choose tests and this is not CI.
    """
    # What tests share and was dear to set up stays in one process (tests/conftest.py), and they begin in the order of
    # that file: xdist would begin with the modules of many tests, and end waiting for those of a few long ones.
    together = ("--dist", "loadscope", "--no-loadscope-reorder")
    parallel = ("-n", str(n_processes), *together) if n_processes > 1 else ()
    # nbval needs a notebook's cells in one process and in order.
    # Pixels may differ, and a figure's page holds them too.
    sanitized = ("--nbval-sanitize-with", "tests/nbval.cfg")
    replay = ("--nbval", "--nbval-current-env", *sanitized, "-q", "-p", "no:cacheprovider", "source")
    plan = []
    if ci or not choose_tests(words, root):
        plan.append(Stage(say("notebooks of source/ with two threads"), (*replay, *parallel), 2))
    if any(word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for word in words):
        parallel = ()
    plan.append(Stage(say("tests"), (*parallel, *words, *(() if name_tests(words, root) else ("tests",))), 1))
    return plan


def name_tests(words: Sequence[str], root: Path = CLONE) -> bool:
    """Tell whether a word is the path of a test, such as `tests/test_cli.py::test_help`."""
    return any(not word.startswith("-") and (root / word.partition("::")[0]).exists() for word in words)


def choose_tests(words: Sequence[str], root: Path = CLONE) -> bool:
    return name_tests(words, root) or any(word.startswith(CHOOSING) for word in words)


def run_tests(words: Sequence[str]) -> int:
    """Run every stage, also after one has failed; return 0 only if all of them passed."""
    if not (CLONE / "tests").is_dir():
        raise course_error("there are no tests in {folder}; run `course test` from a clone of the course", folder=CLONE)
    # more than there are processors: tests of limits, servers and browsers wait for much of their time
    plan = stages(words, ci=bool(os.environ.get("CI")), n_processes=min((os.cpu_count() or 1) + 2, 4))
    failed = []
    for stage in plan:
        print(f"\ncourse: {stage.title}", flush=True)
        started = time.monotonic()
        if run_stage(stage):
            failed.append(stage.title)
            if stage is not plan[-1]:
                seconds = time.monotonic() - started
                print(say("course: {stage}: failed after {s:.0f} s", stage=stage.title, s=seconds), flush=True)
    if failed not in ([], [plan[-1].title]):
        # pytest's closing line tells of the last stage only.
        print(say("course: failed: {stages}", stages=listed(failed)), flush=True)
    return 1 if failed else 0


def run_stage(stage: Stage) -> int:
    # Threads that wait sleep: with busy processors, waiting awake made the replay with two threads twice as dear.
    passive = {"OMP_WAIT_POLICY": "passive", "OPENBLAS_THREAD_TIMEOUT": "4"}
    environment = {**os.environ, "OMP_NUM_THREADS": str(stage.n_threads), **passive}
    # Tests call `nbgrader` and `jupyter` by name; these must be the ones beside this Python.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    # Kernels and commands import the package of this clone, whatever else is installed.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CLONE), os.environ.get("PYTHONPATH")]))
    # Hundreds of processes import the course: it is compiled once.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "pytest", *stage.words]
    return subprocess.call(command, cwd=CLONE, env=environment)
