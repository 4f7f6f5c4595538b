"""Run a submission's cells, confined, and ask its exercises' questions.

A warm process (`warm`) has everything imported and forks once for each submission. The fork (`guard`) makes a world of
its own for student code (`confinement`), watches it from outside and passes on what it says. Inside (`inside`) cells
run and questions are asked. Nothing here knows what is right: answers travel, verdicts do not.
"""

from course.worker.pool import MAX_ATTEMPTS, Pool
from course.worker.program import DEFAULT, Cell, CellResult, Limits, Program, Transcript, told_by_cell
from course.worker.warm import Warm, WorkerLost

__all__ = [
    "DEFAULT",
    "MAX_ATTEMPTS",
    "Cell",
    "CellResult",
    "Limits",
    "Pool",
    "Program",
    "Transcript",
    "Warm",
    "WorkerLost",
    "told_by_cell",
]
