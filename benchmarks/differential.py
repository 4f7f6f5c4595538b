"""Check that an answer is judged alike by every command, and with every seed.

    python -m benchmarks.differential [--seeds N] [--kind right|wrong] [--notebooks N] [--lesson LESSON...]

Every answer of the banks is judged alone, by `course try` and by a notebook's check. Then the answers are packed into
notebooks, one per exercise in each, as many notebooks as the exercise with the most answers needs (the reference
replaces missing ones), and these are judged by `course try`, `course grade`, `nbgrader autograde` and stock nbgrader,
whose gradebook holds points only. With each of N seeds, points and message must be the same in all ways; with all
seeds, outcome, points and mistake must be the same, or the cases are at fault. The exit status is 1 for any difference.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from benchmarks.stock import REPOSITORY, cell_scores, environment, make_course
from course.atomic import write_atomically
from course.bank import BankAnswer
from course.exercise import Exercise, Verdict
from course.grading.gradebook import Gradebook
from course.grading.outputs import outputs_of
from course.grading.store import Store
from course.judging import as_text, judge
from course.lessons import LESSONS, exercises_of, find
from course.sandbox import Cell
from course.try_answer import examine_file, run_jobs
from tests import commands
from tests.attacks.corpus import filled, without_demonstrations
from tests.bank import entries

FIRST_SEED = 1000
# Seeds per process: the total size of what a process returns is limited.
AT_ONCE = 5
# How `substitution_note` begins.
HELPED = "Checked with "
# Code that runs before and after the answer is defined, and judges it as the check cell does.
START = """
import json
from course.judging import as_text
from course.notebook import Check
from course.notebook.watch import Watch
_check = Check({lesson!r}, globals(), "cpu")  # the setup cell makes a `check` of its own
"""
CHECK = """
verdicts = [_check._asked(_check._exercises[{name!r}], seed, Watch()).verdict for seed in {seeds!r}]
print("\\nsaid " + json.dumps([[v.outcome, v.points, v.mistake, as_text(v)] for v in verdicts]))
"""
Key = tuple[str, str, str]  # student, lesson, cell
Way = Callable[[list["Packed"], int], dict[Key, "Said"]]


@dataclass(frozen=True)
class Said:
    """The result of one way of judging: points, and the message if it gives one."""

    points: float
    message: str = ""


@dataclass
class Packed:
    """A notebook of answers from the banks; an exercise without one has the reference."""

    lesson: str
    student: str
    answers: dict[str, BankAnswer] = field(default_factory=dict)


def comparable(entry: BankAnswer) -> bool:
    """Return whether stock nbgrader survives an answer: an endless one, or a dead kernel, costs the whole notebook."""
    return entry.outcome != "timed_out" and "_exit" not in entry.source


def packed(lesson: str, kind: str) -> list[Packed]:
    """Pack all comparable answers of one kind into as few notebooks as possible."""
    exercises = exercises_of(lesson)
    of_each = {e.name: [x for x in entries(e.id) if x.kind == kind and comparable(x)] for e in exercises}
    count = max(len(found) for found in of_each.values())
    return [
        Packed(lesson, f"{kind}-{i:03d}", {name: found[i] for name, found in of_each.items() if i < len(found)})
        for i in range(count)
    ]


def spread(notebooks: list[Packed], n: int) -> list[Packed]:
    """Return n evenly spaced notebooks; the first ones are the fullest."""
    return notebooks if n >= len(notebooks) else [notebooks[i * len(notebooks) // n] for i in range(n)]


# ---------------------------------------------------------------- one answer alone


def alone(exercise_id: str, seeds: list[int], kinds: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """Judge each answer by `course try` and by a notebook's check; return differences between them or between seeds."""
    exercise = find(exercise_id)
    chosen = [e for e in entries(exercise_id) if comparable(e) and e.kind in kinds and (not names or e.name in names)]
    found, verdicts = [], dict[str, list[Verdict]]()
    for i in range(0, len(seeds), AT_ONCE):
        some = seeds[i : i + AT_ONCE]
        for name, tried, shown in _asked_alone(exercise, chosen, some):
            verdicts.setdefault(name, []).extend(tried)
            said = [[v.outcome, v.points, v.mistake, as_text(v)] for v in tried]
            found += [
                f"{name} with seed {seed}: course try {a}, notebook {b}"
                for seed, a, b in zip(some, said, shown, strict=True)
                if a != b
            ]
    # all seeds run in one process, so an answer that remembers results may return those of an earlier seed
    remembers = {e.id for e in chosen if "remembers" in e.mistakes}
    return found + [line for name, of in verdicts.items() if name not in remembers for line in by_the_seed(name, of)]


def _asked_alone(
    exercise: Exercise, chosen: list[BankAnswer], seeds: list[int]
) -> Iterator[tuple[str, list[Verdict], list[Any]]]:
    """Yield each answer's name, and for each seed the verdict of `course try` and what a notebook's check says."""
    questions = {f"{exercise.name}/{seed}": tuple(exercise.questions(seed)) for seed in seeds}
    start = Cell("start", START.format(lesson=exercise.lesson))
    check = Cell("said", CHECK.format(name=exercise.name, seeds=seeds))
    sources = {e.id: e.source for e in chosen}
    # separately: a process for gradients by hand has no autograd, which the check needs to compute what is right
    checked = run_jobs(exercise, sources, {}, (start,), (check,))
    for (name, _, answers), (_, cells, _) in zip(run_jobs(exercise, sources, questions), checked, strict=True):
        text = cells["said"].text
        shown = json.loads(text.rpartition("\nsaid ")[2]) if "\nsaid " in text else [[cells["said"].error]] * len(seeds)
        yield name, [judge(exercise, questions[key], answers[key]) for key in questions], shown


def by_the_seed(name: str, verdicts: list[Verdict]) -> list[str]:
    said = {(v.outcome, v.points, v.mistake) for v in verdicts}
    return [f"{name} depends on the seed: {'; '.join(map(str, said))}"] if len(said) > 1 else []


# ---------------------------------------------------------------- whole notebooks


def write_notebook(one: Packed, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    sources = {name: entry.source for name, entry in one.answers.items()}
    file = folder / f"{one.lesson}.ipynb"
    nbformat.write(without_demonstrations(filled(one.lesson, "right", **sources)), str(file))
    return file


def message_of(outputs: list[NotebookNode]) -> str:
    """Return what a check cell shows, in a form to be compared."""
    return json.dumps([[o.output_type, o.get("data"), o.get("evalue")] for o in outputs], sort_keys=True)


@contextmanager
def course_of(notebooks: list[Packed], seed: int) -> Iterator[Path]:
    """Yield a course in which the notebooks are handed in and the next run uses this seed."""
    with tempfile.TemporaryDirectory(prefix="course-differential-") as folder:
        root = Path(folder)
        for name in ("source", "release"):
            shutil.copytree(REPOSITORY / name, root / name)
        shutil.copy(REPOSITORY / "nbgrader_config.py", root)
        for one in notebooks:
            write_notebook(one, root / "submitted" / one.student / one.lesson)
        seeds = dict.fromkeys((one.lesson for one in notebooks), seed)
        write_atomically(Store(root).folder / "run.json", json.dumps({"open": True, "seeds": seeds}).encode())
        yield root


def said_in(root: Path, notebooks: list[Packed]) -> dict[Key, Said]:
    """Return the points and messages in a graded course."""
    scores, found = cell_scores(root), dict[Key, Said]()
    for one in notebooks:
        file = root / "autograded" / one.student / one.lesson / f"{one.lesson}.ipynb"
        for cell in nbformat.read(file, as_version=4).cells if file.is_file() else ():
            key = (one.student, one.lesson, cell.metadata.get("nbgrader", {}).get("grade_id", ""))
            if key in scores:
                found[key] = Said(scores[key], message_of(cell.outputs))
    return found


def in_folder(root: Path, *words: str) -> None:
    commands.run(*words, cwd=root, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})


def by_grade(notebooks: list[Packed], seed: int, processes: int = 2) -> dict[Key, Said]:
    with course_of(notebooks, seed) as root:
        in_folder(root, "course", "grade", "--workers", str(processes))
        return said_in(root, notebooks)


def by_autograde(notebooks: list[Packed], seed: int) -> dict[Key, Said]:
    with course_of(notebooks, seed) as root:
        gradebook = Gradebook(root)
        for lesson in sorted({one.lesson for one in notebooks}):
            gradebook.ensure_lesson(lesson)
            in_folder(root, "nbgrader", "autograde", lesson, "--create")
        gradebook.close()
        return said_in(root, notebooks)


def by_try(notebooks: list[Packed], seed: int) -> dict[Key, tuple[Said, Verdict]]:
    found = {}
    with tempfile.TemporaryDirectory(prefix="course-differential-") as folder:
        for one in notebooks:
            file = write_notebook(one, Path(folder) / one.student)
            for name, verdict in examine_file(one.lesson, file, seed).verdicts.items():
                said = Said(verdict.points, message_of(outputs_of(verdict)))
                found[one.student, one.lesson, f"check_{name}"] = said, verdict
    return found


def by_stock(notebooks: list[Packed], _: int, processes: int = 2) -> dict[Key, Said]:
    """Grade with nbgrader's own steps, one process per lesson."""
    lessons = sorted({one.lesson for one in notebooks})
    with tempfile.TemporaryDirectory(prefix="course-differential-") as folder:
        root = Path(folder) / "stock"
        make_course(root, lessons, ("source", "release"))
        for one in notebooks:
            write_notebook(one, root / "submitted" / one.student / one.lesson)
        (root / "home" / "tmp").mkdir(parents=True)
        own = environment(REPOSITORY, root / "home")

        def autograde(lesson: str) -> None:
            words = [sys.executable, "-m", "nbgrader", "autograde", lesson]  # it imports nothing of the course
            subprocess.run(words, cwd=root, env=own, capture_output=True, check=False)

        with ThreadPoolExecutor(processes) as executor:
            list(executor.map(autograde, lessons))
        return {key: Said(points) for key, points in cell_scores(root).items()}


def differences(
    notebooks: list[Packed], ways: dict[str, dict[Key, Said]], seed: int, helped: Collection[Key] = ()
) -> list[str]:
    """Return the checks whose points, or messages if several ways give one, are not the same in all ways.

    helped: checks repeated with right functions in place of those they build on, which stock nbgrader does not do.
    """
    found = []
    for one in notebooks:
        for exercise in exercises_of(one.lesson):
            key = one.student, one.lesson, f"check_{exercise.name}"
            said = {way: of.get(key) for way, of in ways.items() if way != by_stock.__name__ or key not in helped}
            points = {way: s and round(s.points, 6) for way, s in said.items()}
            messages = {way: s.message for way, s in said.items() if s and s.message}
            entry = one.answers.get(exercise.name)
            where = f"{exercise.id} {entry.id if entry else 'reference'} in {one.student} with seed {seed}"
            if len(set(points.values())) > 1 or None in points.values():
                found.append(f"{where}: points {points}")
            elif len(set(messages.values())) > 1:
                found.append(f"{where}: {messages}")
    return found


def compare(notebooks: list[Packed], seeds: list[int], others: Iterable[Way] = (by_autograde, by_stock)) -> list[str]:
    """Judge notebooks by `course try`, `course grade` and `others`, with every seed; return all differences."""
    found, verdicts = [], dict[Key, list[Verdict]]()
    for seed in seeds:
        tried = by_try(notebooks, seed)
        for key, (_, verdict) in tried.items():
            verdicts.setdefault(key, []).append(verdict)
        ways = {"by_try": {key: said for key, (said, _) in tried.items()}}
        # stock nbgrader uses the seeds in the check cells, whatever the seed here
        chosen = [by_grade, *(way for way in others if way is not by_stock or seed == seeds[0])]
        helped = {key for key, (_, verdict) in tried.items() if verdict.remark.startswith(HELPED)}
        found += differences(notebooks, ways | {way.__name__: way(notebooks, seed) for way in chosen}, seed, helped)
    return found + [line for key, of in verdicts.items() for line in by_the_seed("/".join(key), of)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--kind", choices=["right", "wrong"], action="append")
    parser.add_argument("--notebooks", type=int, default=sys.maxsize, help="so many a lesson and kind, evenly chosen")
    parser.add_argument("--lesson", choices=LESSONS, action="append")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    seeds = [FIRST_SEED + i for i in range(options.seeds)]
    kinds, lessons, n = options.kind or ["right", "wrong"], options.lesson or LESSONS, 0

    def told(what: str, found: list[str]) -> int:
        print(f"{what}: {len(found)} differ", *(f"  {line}" for line in found), sep="\n", flush=True)
        return len(found)

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as executor:
        exercises = [e.id for lesson in lessons for e in exercises_of(lesson)]
        each: Callable[[str], list[str]] = partial(alone, seeds=seeds, kinds=kinds)
        for exercise, found in zip(exercises, executor.map(each, exercises), strict=True):
            n += told(f"{exercise}, {len(seeds)} seeds, each answer alone", found)
    for lesson, kind in itertools.product(lessons, kinds):
        notebooks = spread(packed(lesson, kind), options.notebooks)
        n += told(
            f"{lesson}, {len(seeds)} seeds, {len(notebooks)} notebooks of {kind} answers", compare(notebooks, seeds)
        )
    return 1 if n else 0


if __name__ == "__main__":
    sys.exit(main())
