"""The sandboxed process, process 1 of its own namespaces: it runs the cells and asks each exercise's questions."""

from __future__ import annotations

import ast
import itertools
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import course
from course.language import LANGUAGES, use
from course.runner import Answer, Failure, Options, Question, ask, packed_parts
from course.runner.devices import seed_torch
from course.runner.isolation import unattended
from course.sandbox import absent_check, device_access, messages
from course.sandbox.decode import is_too_long
from course.sandbox.job import CellResult, Job, Limits
from course.sandbox.shell import define, run_cell, run_graded

# Python specializes a function's bytecode once it has been called a few times.
N_WARM_UPS = 16


def warm_up(shell: Any, with_torch: bool) -> None:
    """Warm up imports and bytecode before forking.

    What Python imports, compiles or specializes at first use is then shared by all forks, not copied by each.
    """
    text = "def same(x):\n    return x\n"
    for _ in range(N_WARM_UPS):
        shell.run_cell(text, store_history=False)
        for torch in {False, with_torch}:
            options: Options = {"args": ["x"], "results": ["x"], "tensors": torch, "by_hand": torch}
            question = Question("rehearsal.same", "call", {"x": np.zeros((2, 2))}, options)
            packed_parts([ask(shell.user_ns, question)])
    del shell.user_ns["same"]


def run(job: Job, shell: Any, out: int, skip: frozenset[int], given: int | None = None) -> None:
    """Run a job's cells in order and send the result of each; ask questions where a cell says so.

    skip: indices of cells not to run, because an earlier attempt hung or died in them. given: descriptor from which to
    read the source of a sealed cell at its turn, if the job does not contain it.
    """
    use(LANGUAGES[0])  # student code runs the same whatever the grader's language
    absent_check.install(job.questions)
    random.seed(0)
    np.random.seed(0)
    if "torch" in sys.modules:
        seed_torch(sys.modules["torch"], 0, job.device)
        device_access.bound(job.device, job.limits.device_share)
        vars(course).update(find_device=partial(sys.modules["torch"].device, job.device))
    me = os.getpid()
    for i, cell in enumerate(job.cells):
        if i in skip:
            continue
        messages.send(out, messages.STARTED, json.dumps(i).encode())
        if cell.ask:
            answer(shell.user_ns, job.questions[cell.ask], out)
        else:
            with unattended():
                if cell.sealed:
                    source = cell.source if given is None else receive_source(given)
                    result = run_graded(shell, source, job.limits) if cell.graded else define(shell, source)
                else:
                    result = _result_of(shell, cell.source, job.limits)
            end_if_forked(me)
            messages.send(out, messages.FINISHED, json.dumps([i, vars(result)]).encode())


def receive_source(given: int) -> str:
    message = messages.Reader(given).poll(3600)
    return message[1].decode() if message else ""


def _result_of(shell: Any, source: str, limits: Limits) -> CellResult:
    result = run_cell(shell, source, limits.cell_s, limits.output_kib)
    return _go_on(shell, source, result, limits) if result.status == "refused" else result


def _go_on(shell: Any, source: str, result: CellResult, limits: Limits) -> CellResult:
    """Run a cell that used removed autograd again, statement by statement, continuing past those that use it.

    What it defines is needed for the questions here; its output is taken from the run with autograd, if there is one.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return result
    lines = source.splitlines(keepends=True)
    until = time.monotonic() + limits.cell_s
    for node in statements:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        # leading blank lines preserve its line numbers
        text = "\n" * (first - 1) + "".join(lines[first - 1 : node.end_lineno])
        left = until - time.monotonic()
        if left <= 0:
            return CellResult("timed_out")
        result = run_cell(shell, text, left, limits.output_kib)
        if result.status not in ("done", "refused"):
            break
    return result


def answer(namespace: dict[str, Any], questions: tuple[Question, ...], out: int) -> None:
    """Ask an exercise's questions, sending each answer as it comes: the supervisor keeps those given before a crash.

    The supervisor enforces the time limit: it ends this process and runs the job again without what hung.
    """
    me = os.getpid()
    for question in questions:
        try:
            answer = ask(namespace, question)
        except BaseException:  # only KeyboardInterrupt gets here, and there is no keyboard
            answer = Answer(failure=Failure("died"))
        end_if_forked(me)
        parts = packed_parts([answer])
        if is_too_long(sum(map(len, parts)), len(parts[1])):
            parts = packed_parts([Answer(failure=Failure("too_large"))])
        messages.send(out, messages.ANSWERED, *parts)


def end_if_forked(me: int) -> None:
    """Exit if this is a fork that student code made and returned from: only one process speaks for the submission."""
    if os.getpid() != me:
        os._exit(0)


def only_descriptors(*kept: int) -> Iterator[int]:
    """Close all descriptors but these, redirect the standard ones to /dev/null, and return the new numbers: 4, 5, …

    Student code finds the same numbers whatever else grading has open.
    """
    import fcntl  # not on Windows

    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    numbers = range(4, 4 + len(kept))
    copies = [fcntl.fcntl(fd, fcntl.F_DUPFD, numbers.stop) for fd in kept]
    close_all_but(*(os.dup2(fd, number, inheritable=False) for fd, number in zip(copies, numbers, strict=True)))
    return iter(numbers)


def close_all_but(*kept: int) -> None:
    """Close all descriptors except the standard ones and these."""
    for before, after in itertools.pairwise([2, *sorted(kept), os.sysconf("SC_OPEN_MAX")]):
        os.closerange(before + 1, after)


def forget_environment() -> None:
    """Remove all environment variables except those that student code may know."""
    kept = ("PATH", "LANG", "LC_ALL", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", *device_access.KEPT)
    for name in os.environ.keys() - set(kept):
        del os.environ[name]


def use_as_home(folder: Path) -> None:
    """Make a folder the current directory, the home directory and the place for temporary files."""
    os.chdir(folder)
    os.environ.update(HOME=str(folder), TMPDIR=str(folder), MPLBACKEND="Agg", MPLCONFIGDIR=str(folder))
    tempfile.tempdir = str(folder)


def make_event_loop(job: Job) -> None:
    """Create the event loop for cells that `await`: it needs a socket pair, which the sandbox does not allow."""
    if not job.files and not any(c.graded or "async" in c.source or "await" in c.source for c in job.cells):
        return
    import asyncio

    from IPython.core import async_helpers

    # IPython 7 has no loop of its own and uses the thread's
    asyncio.set_event_loop(getattr(async_helpers, "get_asyncio_loop", asyncio.new_event_loop)())


def put_files(files: dict[str, bytes]) -> None:
    """Write the files beside a notebook into the current folder; modules among them can be imported, as in a kernel."""
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if files:
        sys.path.insert(0, os.getcwd())
