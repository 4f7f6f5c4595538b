"""Read the attacks: one file each, with a header that says what it tries, where it stands and what is to come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course.building.built_notebooks import notebook_path

HERE = Path(__file__).parent
BLANK = "raise NotImplementedError"


@dataclass(frozen=True)
class Attack:
    """One file of the corpus.

    place: an exercise's full id, or a lesson and "first" or "last" for a cell of the student's own.
    rest: whether the other answers are "right" or "blank". status: one, or several with "|" between.
    outcome: of the exercise at the place, "" for any.
    """

    kind: str
    name: str
    what: str
    place: str
    rest: str
    status: str
    points: float
    outcome: str
    source: str

    @property
    def student(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def lesson(self) -> str:
        return re.split(r"[. ]", self.place)[0]


def read(file: Path) -> Attack:
    text = file.read_text(encoding="utf-8")
    header = dict(re.findall(r"^# (attack|place|rest|expect|outcome): (.*)$", text, re.M))
    status, points = header["expect"].split()
    return Attack(
        file.parent.name,
        file.stem,
        header["attack"],
        header["place"],
        header.get("rest", "blank"),
        status,
        float(points),
        header.get("outcome", ""),
        text,
    )


def attacks() -> list[Attack]:
    return [read(file) for file in sorted(HERE.glob("*/*.py"))]


def notebook(kind: str, lesson: str) -> NotebookNode:
    return nbformat.read(str(notebook_path(kind, lesson)), as_version=4)


def filled(lesson: str, rest: str = "right", **answers: str) -> NotebookNode:
    """Return a lesson's release with the reference answers, or without, but for those given."""
    reference = {c.metadata.nbgrader.grade_id: c.source for c in notebook("source", lesson).cells if _is_answer(c)}
    made = notebook("release", lesson)
    for cell in made.cells:
        if _is_answer(cell):
            name = cell.metadata.nbgrader.grade_id
            cell.source = answers.get(name, reference[name] if rest == "right" else cell.source)
    return made


def _is_answer(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("solution"))


def without_demonstrations(made: NotebookNode) -> NotebookNode:
    """Return a notebook without the cells that only show something, which take most of its time."""
    made.cells = [c for c in made.cells if "demonstration" not in c.metadata.get("tags", [])]
    return made


def submission(attack: Attack) -> NotebookNode:
    """Return the notebook that an attack hands in."""
    if "." in attack.place:
        return without_demonstrations(
            filled(attack.lesson, attack.rest, **{attack.place.partition(".")[2]: attack.source})
        )
    made = without_demonstrations(filled(attack.lesson, attack.rest))
    cell = nbformat.v4.new_code_cell(attack.source, id="attack")
    made.cells.insert(0 if attack.place.endswith("first") else len(made.cells), cell)
    return made
