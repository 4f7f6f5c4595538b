"""Check that answers are judged on a device as on the CPU.

    python -m benchmarks.device [--device cuda] [EXERCISE...]

All answers of the banks to ways 2 to 6, except those that `tests/device_cases.py` lists with a reason, are run on the
CPU and on the device, in float64 and float32 as in the checks; outcome, points and mistake must be the same. Then the
reference notebooks that use the device are replayed there, comparing every cell's output, and a class is graded on
both, comparing the scores. If exercises are named, only these are run, without the last two steps. `--device standin`
uses the tests' device made in Python. If the device cannot be used, a message says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat

from benchmarks.classes import draw_student
from course.exercise import Verdict
from course.grading.demo_class import notebook_of
from course.grading.standings import scores
from course.lessons import LESSONS, find
from course.runner.devices import CPU
from course.sandbox.device_access import usable
from course.try_answer import try_sources
from tests import standin
from tests.bank import SEED, entries
from tests.course_factory import make_course
from tests.device_cases import ON_DEVICES, comparable

REPOSITORY = Path(__file__).resolve().parents[1]
LESSONS_ON_DEVICES = [lesson for lesson in LESSONS if any(e.startswith(f"{lesson}.") for e in ON_DEVICES)]


def verdicts(exercise_id: str, device: str) -> dict[str, Verdict]:
    asked = {answer.id: answer.source for answer in comparable(exercise_id, entries(exercise_id))}
    return {t.file: t.verdict for t in try_sources(find(exercise_id), asked, device=device, seed=SEED)}


def told(verdict: Verdict) -> str:
    return f"{verdict.outcome}, {verdict.points:g} points, {verdict.mistake or 'no name'}"


def differing_scores(device: str, n_students: int, folder: Path) -> tuple[int, list[str]]:
    """Grade a class on the CPU and on a device; return how many notebooks were compared, and whose scores differ.

    Answers that need not be judged alike are replaced by the reference.
    """
    alike = {a.source for e in ON_DEVICES for a in comparable(e, entries(e))}
    scored = {}
    for where in (CPU, device):
        course = make_course(folder / where, LESSONS_ON_DEVICES)
        for i in range(n_students):
            drawn = draw_student(REPOSITORY, i)
            student = replace(drawn, answers={e: text for e, text in drawn.answers.items() if text in alike})
            for lesson in LESSONS_ON_DEVICES:
                path = course / "submitted" / student.name / lesson / f"{lesson}.ipynb"
                path.parent.mkdir(parents=True)
                path.write_text(nbformat.writes(notebook_of(REPOSITORY, lesson, student), version=4), encoding="utf-8")
        words = [sys.executable, "-m", "course", "grade", "--device", where]
        subprocess.run(words, cwd=course, stdout=subprocess.DEVNULL, check=True)
        scored[where] = scores(course)
    here, there = scored[CPU], scored[device]
    return len(here), [
        f"{name}: {here[name]:g} on the CPU; {there.get(name)}" for name in here if here[name] != there.get(name)
    ]


def replayed() -> bool:
    """Replay reference notebooks on torch's recommended device; print differences, return whether all agree."""
    sources = [str(REPOSITORY / "source" / lesson) for lesson in ("way2_tensors", "way3_autograd")]
    words = [
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "--nbval-sanitize-with",
        "tests/nbval.cfg",
        "-q",
        "-n",
        "0",
    ]
    run = subprocess.run([sys.executable, *words, *sources], cwd=REPOSITORY, text=True, stdout=subprocess.PIPE)
    if run.returncode:
        print(run.stdout, file=sys.stderr)
    return run.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--students", type=int, default=10, help="how many the class has")
    parser.add_argument("exercises", nargs="*")
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        if given.device == standin.NAME:
            os.environ.update(standin.as_package(Path(folder)))
        if usable(given.device) != given.device:
            print(f"Nothing was asked: {given.device} cannot be used here.")
            return 0
        words = [sys.executable, "-c", "import sys; from course.runner.devices import *; print(name_of(sys.argv[1]))"]
        named = subprocess.run([*words, given.device], text=True, capture_output=True, check=True)
        print(f"| exercise on {named.stdout.strip()} | answers | judged alike |\n|---|---|---|")
        n_differing = 0
        for exercise_id in given.exercises or ON_DEVICES:
            on_cpu, there = verdicts(exercise_id, "cpu"), verdicts(exercise_id, given.device)
            differing = [i for i in on_cpu if told(on_cpu[i]) != told(there[i])]
            n_differing += len(differing)
            print(f"| {exercise_id} | {len(on_cpu)} | {len(on_cpu) - len(differing)} |", flush=True)
            for i in differing:
                print(f"  {i}: {told(on_cpu[i])} on the CPU; {told(there[i])}", file=sys.stderr)
        if not given.exercises:
            same = replayed()
            print(f"| reference notebooks of ways 2 and 3, replayed | 2 | {'all' if same else 'not all'} |", flush=True)
            n, differing = differing_scores(given.device, given.students, Path(folder) / "class")
            print(f"| notebooks of a class | {n} | {n - len(differing)} |", *differing, sep="\n  ")
            n_differing += len(differing) + (not same)
    return 1 if n_differing else 0


if __name__ == "__main__":
    sys.exit(main())
