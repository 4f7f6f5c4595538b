"""Run a submission's cells, confined, and ask its exercises' questions.

A fork server (`fork_server`) is small and supervises one submission after the other (`supervisor`): it watches each try
at one (`attempt`) from outside and passes on what it sends. Its `zygote` has everything imported and forks the process
for it, which goes into namespaces of its own and gives up what it need not have (`confinement`). Inside
(`sandboxed`) cells run and questions are asked. Nothing here knows what is right: answers travel, verdicts do not.
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
