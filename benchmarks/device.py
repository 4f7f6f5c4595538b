"""Whether answers are judged on a device as on the CPU.

    python -m benchmarks.device [--device cuda] [EXERCISE...]

Every answer of the banks to ways 2 to 6 is asked on the CPU and on the device, in float64 and float32 as the checks
do; outcome, points and mistake have to be the same, but for what `tests/device_cases.py` lists with its reason.
`--device standin` takes the device made in Python that the tests have. Where there is no such device it says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from course.exercise import Verdict
from course.lessons import find
from course.sandbox.device_access import usable
from course.try_answer import try_sources
from tests import standin
from tests.bank import SEED, entries
from tests.device_cases import ON_DEVICES, comparable

NAME_OF = """
import sys, torch
name = getattr(getattr(torch, sys.argv[1].partition(":")[0]), "get_device_name", None)
print(name() if name else sys.argv[1])
"""


def verdicts(exercise_id: str, device: str) -> dict[str, Verdict]:
    asked = {answer.id: answer.source for answer in comparable(exercise_id, entries(exercise_id))}
    return {t.file: t.verdict for t in try_sources(find(exercise_id), asked, device=device, seed=SEED)}


def told(verdict: Verdict) -> str:
    return f"{verdict.outcome}, {verdict.points:g} points, {verdict.mistake or 'no name'}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("exercises", nargs="*", default=ON_DEVICES)
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        if given.device == standin.NAME:
            os.environ.update(standin.as_package(Path(folder)))
        if usable(given.device) != given.device:
            print(f"Nothing was asked: {given.device} cannot be used here.")
            return 0
        named = subprocess.run(
            [sys.executable, "-c", NAME_OF, given.device], text=True, capture_output=True, check=True
        )
        print(f"| exercise on {named.stdout.strip()} | answers | judged alike |\n|---|---|---|")
        n_differing = 0
        for exercise_id in given.exercises:
            on_cpu, there = verdicts(exercise_id, "cpu"), verdicts(exercise_id, given.device)
            differing = [i for i in on_cpu if told(on_cpu[i]) != told(there[i])]
            n_differing += len(differing)
            print(f"| {exercise_id} | {len(on_cpu)} | {len(on_cpu) - len(differing)} |", flush=True)
            for i in differing:
                print(f"  {i}: {told(on_cpu[i])} on the CPU; {told(there[i])}", file=sys.stderr)
    return 1 if n_differing else 0


if __name__ == "__main__":
    sys.exit(main())
