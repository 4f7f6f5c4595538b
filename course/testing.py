"""`course test`: everything this machine can test. The notebooks are replayed, then the tests run."""

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

# Options that select some of the tests: the user wants one thing then, and the notebooks can wait.
CHOOSING = (
    *("-k", "-m", "--deselect", "--collect-only", "--co", "--lf", "--last-failed"),
    *("--sw", "--stepwise", "--sw-skip", "--stepwise-skip", "--sw-reset", "--stepwise-reset"),
)
# Options that say how many processes there are, or need all tests in one.
IN_PROCESSES = ("-n", "--numprocesses", "--pdb", "--trace")


@dataclass(frozen=True)
class Stage:
    """One run of pytest: its title, its arguments and the number of threads for torch and NumPy."""

    title: str
    words: tuple[str, ...]
    n_threads: int


def stages(words: Sequence[str], *, ci: bool, n_processes: int) -> list[Stage]:
    """Return the runs; the tests come last, so that their summary line ends the output.

    The notebooks are replayed with two threads, because sums in another order change last digits, which a notebook must
    not print; with one thread, a test rebuilds and compares them. The replay is left out only if `words` select tests
    and this is not CI.
    """
    # Tests that share an expensive set-up stay in one process (tests/conftest.py), and start in the order of that file:
    # xdist would start with the modules of many tests, and end waiting for those of a few long ones.
    together = ("--dist", "loadscope", "--no-loadscope-reorder")
    parallel = ("-n", str(n_processes), *together) if n_processes > 1 else ()
    # nbval needs a notebook's cells in one process and in order.
    # Pixels may differ, also those in the HTML of a figure.
    sanitized = ("--nbval-sanitize-with", "tests/nbval.cfg")
    replay = ("--nbval", "--nbval-current-env", *sanitized, "-q", "-p", "no:cacheprovider", "source")
    plan = []
    if ci or not choose_tests(words):
        plan.append(Stage(say("notebooks of source/ with two threads"), (*replay, *parallel), 2))
    if have_option(words, IN_PROCESSES):
        parallel = ()
    plan.append(Stage(say("tests"), (*parallel, *words, *(() if name_tests(words) else ("tests",))), 1))
    return plan


def name_tests(words: Sequence[str]) -> bool:
    """Return whether any word is the path of a test, such as `tests/test_cli.py::test_help`."""
    return any(not word.startswith("-") and (CLONE / word.partition("::")[0]).exists() for word in words)


def choose_tests(words: Sequence[str]) -> bool:
    return name_tests(words) or have_option(words, CHOOSING)


def have_option(words: Sequence[str], options: Sequence[str]) -> bool:
    """Return whether any word is one of these options; a value may follow a long one after `=`, a short one at once."""
    return any(word.partition("=")[0] in options or word[:2] in options for word in words)


def run_tests(words: Sequence[str]) -> int:
    """Run every stage, even after one fails; return 0 only if all of them pass."""
    if not (CLONE / "tests").is_dir():
        raise course_error("there are no tests in {folder}; run `course test` from a clone of the course", folder=CLONE)
    # more processes than processors: tests of limits, servers and browsers spend much of their time waiting
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
        # pytest's summary line covers the last stage only.
        print(say("course: failed: {stages}", stages=listed(failed)), flush=True)
    return 1 if failed else 0


def run_stage(stage: Stage) -> int:
    # Waiting threads sleep: on busy processors, spinning made the replay with two threads twice as expensive.
    passive = {"OMP_WAIT_POLICY": "passive", "OPENBLAS_THREAD_TIMEOUT": "4"}
    environment = {**os.environ, "OMP_NUM_THREADS": str(stage.n_threads), **passive}
    # Tests call `nbgrader` and `jupyter` by name; these must be the ones beside this Python.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    # Kernels and commands import the package of this clone, whatever else is installed.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CLONE), os.environ.get("PYTHONPATH")]))
    # Hundreds of processes import the course, so its bytecode is cached.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "pytest", *stage.words]
    return subprocess.call(command, cwd=CLONE, env=environment)
