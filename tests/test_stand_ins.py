"""The stand-ins used when student code is graded: for the notebook's check, and for torch where it is missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.lessons import find
from course.runner import Answer
from course.sandbox import Cell, ForkServer, Job, with_cell_errors
from tests.bank import entry

TRIED = """
check = start("way1_numpy")
case = check.case("backward")
check.hint("backward")
tried = [g.shape for g in backward(**case)]
assert tried[-1] == (case.x.shape[1], case.h.shape[1]) and check.case("nothing").yours == {}
"""


def ran(*cells: Cell, exercise: str, confined: bool = True) -> tuple[Any, list[Answer]]:
    """Return the results of the cells, and the answers to an exercise of the first lesson."""
    questions = {exercise: tuple(find(f"way1_numpy.{exercise}").questions(1))}
    with ForkServer(torch=False) as server:
        result = server.run(
            Job((Cell("setup", "import numpy as np\nfrom course import start"), *cells), questions, confined=confined)
        )
    return result.cells, [*with_cell_errors(result.cells[cells[0].name], result.answers.get(exercise, ()))]


def test_a_cell_that_tries_a_function_on_its_case_runs_when_it_is_graded() -> None:
    cells, _ = ran(
        Cell("backward", entry("way1_numpy.backward", "times_mask").source), Cell("own", TRIED), exercise="backward"
    )
    assert cells["own"].status == "done", cells["own"]


def test_the_case_of_a_graded_check_holds_no_number_that_will_be_asked() -> None:
    seen = "def forward(x, w1, w2):\n    return np.isin(x, seen), np.isin(w1, seen), np.isin(w2, seen)"
    own = 'seen = np.concatenate([a.ravel() for a in start("way1_numpy").case("forward").values()])'
    _, answers = ran(Cell("forward", seen), Cell("own", own), Cell("check", ask="forward"), exercise="forward")
    values = [value.array for answer in answers for value in answer.values.values()]
    assert values and not any(np.any(array) for array in values)


@pytest.mark.parametrize("confined", [True, False])
@pytest.mark.parametrize("name", ["torch_imported_and_not_used", "relu_from_torch", "torch_inside"])
def test_torch_is_refused_where_it_is_used_and_its_import_alone_is_not(name: str, confined: bool) -> None:
    answer = entry("way1_numpy.forward", name)
    _, answers = ran(
        Cell("forward", answer.source), Cell("check", ask="forward"), exercise="forward", confined=confined
    )
    refused = {a.failure.kind if a.failure else "" for a in answers}
    assert refused == ({""} if answer.kind == "right" else {"autograd"})


def test_sympy_gives_nothing_there_and_its_import_costs_nothing() -> None:
    answer = (
        "import sympy\nfrom sympy import diff\n" + entry("way1_numpy.forward", "torch_imported_and_not_used").source
    )
    used = Cell("used", "print(bool(diff), bool(sympy.Symbol('x')))")
    cells, answers = ran(Cell("forward", answer), used, Cell("check", ask="forward"), exercise="forward")
    assert cells["used"].text == "False False\n"
    assert [a.failure for a in answers if a.failure] == []
