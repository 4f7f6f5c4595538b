"""Supervise one submission: run its job to the end, restarting it without whatever hung or crashed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

from course.language import say
from course.runner import Answer, Failure, Question, pack_answers
from course.sandbox.attempt import Attempt
from course.sandbox.job import CellResult, Job, Questions, result_parts, with_other_numbers
from course.sandbox.processes import address_space
from course.sandbox.zygote import Zygote

# After this many cells that hung or killed the process, the rest is not run: each costs a whole attempt. An answer that
# does so costs one, too, but at most one for each exercise.
MAX_LOST_CELLS = 4
# How much is kept of one submission: characters that its cells print, and bytes of its answers.
MAX_PRINTED, MAX_ANSWERED = 4 * 2**20, 40 * 2**20
# Address space that the supervisor itself may take beyond what it has at the start, in bytes.
MAX_OWN = 512 * 2**20
# How often a cell's process may be killed by SIGKILL. Confined code cannot send that to itself: it comes from outside,
# as when memory is short, or from the limit on a process's CPU time.
MAX_KILLED = 4
_STATUS = {"total": "timed_out", "forged": "crashed"}
_LOST = ("timed_out", "crashed", "out_of_memory", "too_many_processes")


def limit_own_memory() -> None:
    """Bound the address space this process may take from now on, whatever student code sends it."""
    import resource  # not on Windows

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + MAX_OWN, hard))


def supervise(job: Job, zygotes: dict[bool, Zygote], sealed: dict[int, int]) -> list[bytes]:
    """Run a job to its end, or to its limits, and return a packed `RunResult`, in parts.

    zygotes: under True the one without autograd, if there is torch. sealed: by index of each sealed cell, the file
    that holds its source (`messages.read_to_memfd`).

    A cell that hangs beyond its alarm or takes the process down is recorded, and the job runs again without it.
    Exercises by hand are asked in a separate run, without autograd.
    """
    import resource  # not on Windows

    before_it = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    until = began + job.limits.total_s
    status = "done"
    cells: dict[str, CellResult] = {}
    answers: dict[str, list[bytes]] = {}
    peak_mib, n_tries, starved = 0.0, 0, False
    sources = {job.cells[i].name: file for i, file in sealed.items()}
    for part, by_hand in _parts(job, True in zygotes):
        # skip cells that already hung or crashed
        lost = {i: cells[c.name].status for i, c in enumerate(part.cells) if c.name in cells and not c.ask}
        lost = {i: why for i, why in lost.items() if why in _LOST}
        before = set(lost)
        tries = _run_part(part, zygotes[by_hand], until, lost, answers, sources)
        run = tries[-1]
        n_tries += len(tries)
        starved = starved or any(t.starved for t in tries)
        peak_mib = max(peak_mib, *(t.peak_mib for t in tries))
        told = [] if run.at in lost else [run.why]
        for i in sorted(set(lost) - before):
            if not part.cells[i].ask:
                cells[part.cells[i].name] = CellResult(_STATUS.get(lost[i], lost[i]))
            if not part.cells[i].ask or lost[i] not in ("timed_out", "crashed"):  # these cost only their exercise
                told.append(lost[i])
        why = next((w for w in told if w != "done"), "done")
        status = _STATUS.get(why, why) if status == "done" else status
        for cell in part.cells:
            if not cell.ask and cell.name not in cells:
                cells[cell.name] = run.cells.get(cell.name, CellResult("not_run"))
            elif cell.ask and cell.ask not in answers:
                given = run.answers.get(cell.ask, [])
                failed = "timed_out" if run.why in ("total", "timed_out") else "died"
                answers[cell.ask] = _completed(given, job.questions[cell.ask], failed)
        _truncate(cells, answers)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = {
        "wall_s": round(time.monotonic() - began, 4),
        "cpu_s": round(usage.ru_utime + usage.ru_stime - before_it.ru_utime - before_it.ru_stime, 4),
        "memory_mib": round(peak_mib, 1),
        "tries": float(n_tries),
        "starved": float(starved),
    }
    return result_parts(status, cells, answers, used)


def asked_by(questions: Questions, by_hand: bool, several: bool) -> Questions:
    """Return the questions for a zygote; of those that another one asks, only what a call looks like, in other numbers.

    A process with autograd could answer those for exercises by hand, and leave the answers where the other finds them.
    """
    if not several:
        return questions
    return {n: q if is_by_hand(q) == by_hand else tuple(map(with_other_numbers, q[:1])) for n, q in questions.items()}


def is_by_hand(questions: tuple[Question, ...]) -> bool:
    return any(question.options.get("by_hand") for question in questions)


def _parts(job: Job, has_torch: bool) -> list[tuple[Job, bool]]:
    """Split the job into a run with autograd and one without, omitting one that would ask nothing."""
    asked = [c.ask for c in job.cells if c.ask]
    by_hand = {n for n in asked if has_torch and is_by_hand(job.questions[n])}
    parts = []
    if not by_hand or set(asked) - by_hand:
        parts.append((replace(job, cells=tuple(c for c in job.cells if c.ask not in by_hand)), False))
    if by_hand:
        wanted = tuple(c for c in job.cells if not c.ask or c.ask in by_hand)
        last = max(i for i, c in enumerate(wanted) if c.ask)
        # if there is no other run, the cells after the last question are run for their output
        parts.append((replace(job, cells=wanted[: last + 1] if parts else wanted), True))
    return parts


def _run_part(
    job: Job,
    zygote: Zygote,
    until: float,
    lost: dict[int, str],
    answers: dict[str, list[bytes]],
    sources: dict[str, int],
) -> list[Attempt]:
    """Run until an attempt gets through, each without what hung or died before; return all attempts.

    What hung or died is added to `lost`, with the reason; answers that an exercise gave before that are kept.
    """
    n_cells = 0
    tries = []
    crashed: Counter[int | None] = Counter()
    while True:
        run = Attempt(job, until, sources)
        tries.append(run)
        run.start(zygote, frozenset(lost))
        why = run.watch()
        if why == "crashed" and time.monotonic() < until:
            # it may have been killed from outside, as when memory is short; a crash of its own will recur
            crashed[run.at] += 1
            if crashed[run.at] < (MAX_KILLED if run.was_killed and job.confined else 2):
                continue
        if run.was_killed and run.last < 0:
            raise ChildProcessError(say("the worker was ended from outside before it ran anything"))
        if why in ("done", "total") or run.at is None:
            return tries
        lost[run.at] = why
        name = job.cells[run.at].ask
        if name:
            failed = "timed_out" if why == "timed_out" else "died"
            answers[name] = _completed(run.answers.get(name, []), job.questions[name], failed)
            _truncate({}, answers)
        n_cells += not name
        if n_cells == MAX_LOST_CELLS or time.monotonic() > until:
            return tries


def _completed(given: list[bytes], questions: tuple[Question, ...], failed: str) -> list[bytes]:
    """Return an answer to each question, packed, with failures for those not given."""
    return [*given, *(_failed(failed) for _ in questions[len(given) :])]


def _failed(kind: str) -> bytes:
    return pack_answers([Answer(failure=Failure(kind))])


def _truncate(cells: dict[str, CellResult], answers: dict[str, list[bytes]]) -> None:
    """Truncate what was printed and answered to the amount kept of a submission; what came first is kept."""
    room = MAX_PRINTED
    for name, result in cells.items():
        cells[name] = replace(result, text=result.text[:room])
        room -= len(cells[name].text)
    room = MAX_ANSWERED
    for given in answers.values():
        for i, blob in enumerate(given):
            room -= len(blob)
            if room < 0:
                given[i] = _failed("too_large")
