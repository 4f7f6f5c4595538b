"""Judge every answer of the banks on several draws, and say whose verdict depends on the draw.

    python -m benchmarks.draws [--seeds N] [EXERCISE...]

Outcome, points and mistake should be the same whatever is drawn; where they are not, the cases are at fault, not the
answer. About as long as `benchmarks.banks` for each draw.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from course.bank import answers
from course.judging import judge
from course.lessons import all_exercises, find
from course.try_answer import run_sources
from tests.bank import REPOSITORY

FIRST = 1000


def judged(exercise_id: str, seeds: int) -> tuple[str, dict[str, dict[tuple[str, float, str], list[int]]]]:
    """Return, for each answer whose verdict is not always the same, its verdicts with the seeds that they came of."""
    exercise = find(exercise_id)
    sources = {entry.id: entry.source for entry in answers(REPOSITORY, exercise_id)}
    found: dict[str, dict[tuple[str, float, str], list[int]]] = {}
    for seed in range(FIRST, FIRST + seeds):
        questions = tuple(exercise.questions(seed))
        for name, answered in run_sources(exercise, sources, {"once": questions}):
            verdict = judge(exercise, questions, answered["once"])
            said = (verdict.outcome, verdict.points, verdict.mistake or "none")
            found.setdefault(name, {}).setdefault(said, []).append(seed)
    return exercise_id, {name: verdicts for name, verdicts in found.items() if len(verdicts) > 1}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("exercise", nargs="*")
    chosen = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    n = 0
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as executor:
        exercises = chosen.exercise or [e.id for e in all_exercises()]
        for exercise, differing in executor.map(partial(judged, seeds=chosen.seeds), exercises):
            n += len(differing)
            print(f"{exercise}: {len(differing)} depend on the draw", flush=True)
            for name, verdicts in differing.items():
                print(f"  {name}: " + "; ".join(f"{v} in {len(s)} ({s[0]})" for v, s in verdicts.items()), flush=True)
    print(f"{n} answers have a verdict that depends on the draw, over {chosen.seeds} draws")
    return 1 if n else 0


if __name__ == "__main__":
    raise SystemExit(main())
