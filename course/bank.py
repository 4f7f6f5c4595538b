"""The banks: right and wrong answers to each exercise, as cells of percent files (`# %% name key="value"`).

`banks/<lesson>/<exercise>.py` holds the answers of one exercise, `banks/shared/<lesson>+<lesson>/<exercise>.py` those
that two lessons have in common.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.errors import course_error, read_text
from course.language import listed

NO_NAME = "none"
KEYS = ("mistake", "outcome", "note")
# Keys that jupytext adds while reading.
SPACING = {"lines_to_next_cell", "lines_to_end_of_cell_marker"}


@dataclass(frozen=True)
class Cell:
    """A cell of a percent file: the name in its marker, the marker's other keys, and the code below it."""

    name: str
    metadata: dict[str, Any]
    source: str


@dataclass(frozen=True)
class BankAnswer:
    """One answer of a bank, with the verdict that its marker expects.

    mistakes: the ids that a check may report, best first, including `NO_NAME` if no name is just as good; empty for a
    right answer. outcome: as `course try` reports it. note: why somebody would write this.
    """

    exercise: str
    name: str
    mistakes: tuple[str, ...]
    outcome: str
    note: str
    source: str

    @property
    def kind(self) -> str:
        return "wrong" if self.mistakes else "right"

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.name}"

    @property
    def mistake(self) -> str:
        """The id that this answer is an example of, or `NO_NAME`."""
        return self.mistakes[0] if self.mistakes else NO_NAME


def cells_of(text: str) -> list[Cell]:
    """Return the cells of a percent file; text above the first marker is a cell without a name."""
    if not re.search(r"^# ?%%", text, re.M):
        return [Cell("", {}, text)]
    import jupytext  # type: ignore[import-untyped]  # jupytext ships no types; takes a second that few files need

    cells = []
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        metadata = {key: value for key, value in cell.metadata.items() if key not in SPACING}
        cells.append(Cell(metadata.pop("title", ""), metadata, cell.source))
    return cells


def cases_of(text: str, file: str | Path) -> list[Cell]:
    """Return the cells of a percent file that holds several answers.

    Raises CourseError for a cell without a name, or with a name that another has.
    """
    cells: dict[str, Cell] = {}
    for cell in cells_of(text):
        if not cell.name:
            raise course_error('{file}: a cell has no name. Begin it with `# %% name mistake="…" note="…"`.', file=file)
        if cell.name in cells:
            raise course_error("{file}: two cells are called {cell}; rename one.", file=file, cell=cell.name)
        cells[cell.name] = cell
    return list(cells.values())


@cache
def answers(root: Path, exercise: str) -> tuple[BankAnswer, ...]:
    """Return the answers of one exercise in the banks below `root`, in the order of their files.

    Raises CourseError for a cell whose name is missing or taken, or with an unknown key.
    """
    lesson, name = exercise.split(".")
    shared = sorted((root / "banks" / "shared").glob(f"*/{name}.py"))
    found: dict[str, BankAnswer] = {}
    for file in (root / "banks" / lesson / f"{name}.py", *(f for f in shared if lesson in f.parent.name.split("+"))):
        for cell in cases_of(read_text(file), file):
            if cell.name in found:
                raise course_error(
                    "{file}: another answer to {exercise} is called {cell}; rename one.",
                    file=file,
                    exercise=exercise,
                    cell=cell.name,
                )
            if unknown := sorted(set(cell.metadata) - set(KEYS)):
                raise course_error(
                    "{file}::{cell}: a marker has {keys} only, not {others}.",
                    file=file,
                    cell=cell.name,
                    keys=listed(KEYS),
                    others=listed(unknown),
                )
            found[cell.name] = _answer(exercise, cell)
    return tuple(found.values())


def _answer(exercise: str, cell: Cell) -> BankAnswer:
    mistakes = tuple(m.strip() for m in cell.metadata["mistake"].split(" or ")) if "mistake" in cell.metadata else ()
    outcome = cell.metadata.get("outcome", "fail" if mistakes else "pass")
    return BankAnswer(exercise, cell.name, mistakes, outcome, cell.metadata.get("note", ""), cell.source)
