"""The worker itself: process 1 of a world of its own. It runs the cells and lets each exercise be asked in a fork."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict
from typing import Any

from course.asking import Answer, Failure, Question, ask, pack_answers
from course.asking.guard import AutogradUsed
from course.worker import frames
from course.worker.program import CellResult, Limits, Program
from course.worker.shell import run_cell


def run(program: Program, shell: Any, out: int, skip: frozenset[int]) -> None:
    """Run a program's cells in order, telling what comes of each; ask where a cell says so.

    skip: cells not to run, because an earlier try hung or died in them.
    """
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)
    limits = program.limits
    for i, cell in enumerate(program.cells):
        if i in skip:
            continue
        frames.send(out, frames.STARTED, json.dumps(i).encode())
        if cell.ask:
            blob = answer_in_fork(shell.user_ns, list(program.questions[cell.ask]), limits.answer_s)
            frames.send(out, frames.ANSWERED, json.dumps(i).encode().ljust(16) + blob)
        else:
            result = run_cell(shell, cell.source, limits.cell_s, limits.output_kib)
            if result.error.startswith(AutogradUsed.__name__):
                result = _go_on(shell, cell.source, result, limits)
            frames.send(out, frames.FINISHED, json.dumps([i, asdict(result)]).encode())


def _go_on(shell: Any, source: str, result: CellResult, limits: Limits) -> CellResult:
    """Run a cell that used autograd where there is none once more, statement by statement, past those that use it.

    What it defines by hand is asked for here; what it shows besides belongs to the other run.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return result
    lines = source.splitlines(keepends=True)
    until = time.monotonic() + limits.cell_s
    for node in statements:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        # empty lines before it keep its line numbers
        text = "\n" * (first - 1) + "".join(lines[first - 1 : node.end_lineno])
        left = until - time.monotonic()
        if left <= 0:
            return CellResult("timed_out")
        result = run_cell(shell, text, left, limits.output_kib)
        if result.status != "done" and not result.error.startswith(AutogradUsed.__name__):
            break
    return result


def answer_in_fork(namespace: dict[str, Any], questions: list[Question], seconds: float) -> bytes:
    """Ask in a fork, so that an answer that exits, crashes or hangs costs this exercise only."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with contextlib.suppress(BaseException):
            signal.setitimer(signal.ITIMER_REAL, 0)
            answers = []
            for question in questions:
                answers.append(ask(namespace, question))
                frames.send(write, frames.ANSWERED, pack_answers(answers[-1:]))
        os._exit(0)
    os.close(write)
    blob = _collect(read, child, seconds, len(questions))
    os.close(read)
    return blob


def _collect(read: int, child: int, seconds: float, n_questions: int) -> bytes:
    """Gather the answers a fork gives in its time; what is missing becomes a failure that says why."""
    reader = frames.Reader(read)
    until = time.monotonic() + seconds
    blobs: list[bytes] = []
    why = "died"
    try:
        while len(blobs) < n_questions and not reader.ended:
            left = until - time.monotonic()
            if left <= 0:
                why = "timed_out"
                break
            message = reader.poll(left)
            if message is not None:
                blobs.append(message[1])
    except frames.FrameError:
        why = "too_large"
    with contextlib.suppress(OSError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    missing = [pack_answers([Answer(failure=Failure(why))])] * (n_questions - len(blobs))
    lengths = [len(b) for b in [*blobs, *missing]]
    return json.dumps(lengths).encode() + b"\n" + b"".join([*blobs, *missing])


def split_answers(blob: bytes) -> list[bytes]:
    """Take apart what `answer_in_fork` put together.

    Raises ValueError for anything else.
    """
    head, _, rest = blob.partition(b"\n")
    lengths = json.loads(head)
    parts = []
    for length in lengths:
        if not isinstance(length, int) or not 0 <= length <= len(rest):
            raise ValueError("not answers")
        parts.append(rest[:length])
        rest = rest[length:]
    return parts
