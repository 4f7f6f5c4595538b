"""Run a submission's cells, confined, and ask its exercises' questions.

A warm process (`warm`) has everything imported and forks once for each submission. The fork (`guard`) makes a world of
its own for student code (`confinement`), watches it from outside and passes on what it says. Inside (`inside`) cells
run and questions are asked. Nothing here knows what is right: answers travel, verdicts do not.
"""

from course.worker.pool import Pool
from course.worker.program import DEFAULT, Cell, CellResult, Limits, Program, Transcript, told_by_cell
from course.worker.warm import Warm

__all__ = ["DEFAULT", "Cell", "CellResult", "Limits", "Pool", "Program", "Transcript", "Warm", "told_by_cell"]
