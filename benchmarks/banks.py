"""Run all answers of the banks and write docs/generated/diagnosis.md and mutations.md.

    python -m benchmarks.banks [EXERCISE...]

Takes some minutes on two cores. If exercises are named, only these run, and the pages keep what they say of the others.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from course.lessons import all_exercises
from tests import tables


def main(chosen: list[str]) -> int:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    exercises = chosen or [e.id for e in all_exercises()]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as executor:
        found = []
        for row in executor.map(tables.rows_of, exercises):
            found.append(row)
            print(row.summary, *row.otherwise, *row.unneeded, sep="\n", flush=True)
    tables.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
