"""Run a submission's cells, confined, and ask its exercises' questions.

A fork server (`fork_server`) is a small process that supervises one submission at a time (`supervisor`): it watches
each attempt at one (`attempt`) from outside and forwards what it sends. Its `zygote` has everything imported and forks
the process for the attempt, which enters its own namespaces and drops the access it does not need (`confinement`).
Inside (`sandboxed`), cells run and questions are asked. Nothing here knows the right answers: only answers are passed
on, never verdicts.
"""

from course.sandbox.fork_server import ForkServer, WorkerLost
from course.sandbox.job import DEFAULT, Cell, CellResult, Job, Limits, RunResult, with_cell_errors
from course.sandbox.pool import MAX_ATTEMPTS, Pool

__all__ = [
    "DEFAULT",
    "MAX_ATTEMPTS",
    "Cell",
    "CellResult",
    "Limits",
    "Pool",
    "Job",
    "RunResult",
    "ForkServer",
    "WorkerLost",
    "with_cell_errors",
]
