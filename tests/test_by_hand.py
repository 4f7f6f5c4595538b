"""Where gradients are written by hand nothing is left that computes them: a search of the whole process finds none."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from course.building.built_notebooks import REPOSITORY
from course.runner import Question
from course.sandbox import Cell, ForkServer, Job

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="grading confines on Linux only")]
# What the search finds where one of these is left in the process; the name, and a part of the way to it.
PLANTED = {
    "run_backward": "_ImperativeEngine",
    "threshold_backward": "torch",
    "_fused_adam_": "torch",
    "redispatch_boxed": "_DispatchOperatorHandle",
    "_make_dual": "torch",
    "mse_loss_backward": "torch._decomp",
    "AddBackward0": "_functions",
}


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Search once for all tests: in the process as it is, and with each of the removals left out."""
    command = [sys.executable, "-m", "tests.search_by_hand"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=True)
    read: dict[str, list[str]] = json.loads(ran.stdout)
    return read


def test_nothing_that_computes_a_gradient_can_be_reached(found: dict[str, list[str]]) -> None:
    assert found[""] == []


@pytest.mark.parametrize("name", PLANTED)
def test_the_search_names_what_was_left_and_the_way_to_it(name: str, found: dict[str, list[str]]) -> None:
    (way,) = found[name]
    assert name in way.partition(":")[0]
    assert PLANTED[name] in way


CALLS = """
import ctypes, _ctypes
ways = {
    "library": lambda: ctypes.CDLL(None).getpid(),
    "slot": lambda: _ctypes.CFuncPtr.__call__(ctypes.pythonapi.Py_GetVersion),
    "known": lambda: ctypes.pythonapi.Py_GetVersion(),
    "own type": lambda: ctypes.CFUNCTYPE(ctypes.c_int)(1)(),
    "text": lambda: ctypes.string_at(id(0), 8),
    "object": lambda: _ctypes.PyObj_FromPtr(id(ctypes)),
    "address": lambda: _ctypes.call_function(0, ()),
    "symbol": lambda: _ctypes.dlsym(0, "getpid"),
}
for name, way in ways.items():
    try:
        way()
    except (TypeError, AttributeError):
        continue
    print(name)
print("tried")
"""


def test_nothing_is_called_through_ctypes_where_gradients_are_written_by_hand() -> None:
    question = Question("lesson.f", "call", {}, {"args": [], "results": ["value"], "by_hand": True})
    cells = (Cell("calls", CALLS), Cell("f", "def f():\n    return 1"), Cell("check_f", ask="f"))
    with ForkServer(torch=True) as server:
        seen = server.run(Job(cells, {"f": (question,)}))
    assert seen.cells["calls"].text == "tried\n", seen.cells
    assert seen.answers["f"][0].failure is None
