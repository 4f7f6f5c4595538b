"""Where gradients must be written by hand, a search of the whole process finds nothing that computes them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from course.building.built_notebooks import REPOSITORY
from course.runner import Question
from course.sandbox import Cell, ForkServer, Job

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="grading confines on Linux only")]
# Objects that the search must find when left in the process: the name, and a part of the path to it.
PLANTED = {
    "run_backward": "_ImperativeEngine",
    "threshold_backward": "torch",
    "threshold_backward.default": "of a OpOverload",
    "mse_loss_backward.default": "of a OpOverload",
    "_fused_adam_": "torch",
    "redispatch_boxed": "_DispatchOperatorHandle",
    "_make_dual": "torch",
    "mse_loss_backward": "torch._decomp",
    "AddBackward0": "_functions",
    "Expr.diff": "sympy",
}


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Search once for all tests: the process as it is, and with some of the removals left out."""
    command = [sys.executable, "-m", "tests.search_by_hand"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=True)
    read: dict[str, list[str]] = json.loads(ran.stdout)
    return read


def test_nothing_that_computes_a_gradient_can_be_reached(found: dict[str, list[str]]) -> None:
    assert found["as it is"] == []


def test_the_search_names_nothing_else(found: dict[str, list[str]]) -> None:
    heads = [way.partition(":")[0] for way in found["planted"]]
    assert [head for head in heads if not any(name in head for name in PLANTED)] == []


@pytest.mark.parametrize("name", PLANTED)
def test_the_search_names_what_was_left_and_the_way_to_it(name: str, found: dict[str, list[str]]) -> None:
    ways = [way for way in found["planted"] if name in way.partition(":")[0]]
    assert any(PLANTED[name] in way for way in ways), ways


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
    "cffi": lambda: __import__("cffi").FFI().cast("long *", id(0))[0],
    "its backend": lambda: __import__("_cffi_backend").FFI().cast("long *", id(0))[0],
}
for name, way in ways.items():
    try:
        way()
    except (TypeError, AttributeError, ImportError):
        continue
    print(name)
print("tried")
"""


def test_nothing_is_called_through_ctypes_or_cffi_where_gradients_are_written_by_hand() -> None:
    question = Question("lesson.f", "call", {}, {"args": [], "results": ["value"], "by_hand": True})
    cells = (Cell("calls", CALLS), Cell("f", "def f():\n    return 1"), Cell("check_f", ask="f"))
    with ForkServer(torch=True) as server:
        seen = server.run(Job(cells, {"f": (question,)}))
    assert seen.cells["calls"].text == "tried\n", seen.cells
    assert seen.answers["f"][0].failure is None


# Modules that torch's functions import lazily when called, and others that students may import.
LATE = """
import copy, pickle, torch
x = torch.ones(2, 3)
def on_a_device():
    with torch.device("cpu"):
        return torch.randn(2)
def by_default():
    torch.set_default_device("cpu")
    try:
        return torch.randn(2)
    finally:
        torch.set_default_device(None)
ways = {
    "device": on_a_device,
    "default device": by_default,
    "its name": lambda: torch.get_default_device(),
    "close": lambda: torch.testing.assert_close(x, x),
    "deterministic": lambda: torch.use_deterministic_algorithms(False),
    "compiled": lambda: torch.compile(lambda: x)(),
    "products": lambda: torch.einsum("ij,kj,kl->il", x, x, x) + torch.linalg.multi_dot([x, x.T, x]),
    "printed": lambda: f"{x} {x.to_sparse()} {x.to(torch.complex64)} {x[0, 0]:.2f}",
    "copied": lambda: pickle.loads(pickle.dumps(copy.deepcopy(x))),
    "mapped": lambda: torch.func.vmap(lambda row: row.clamp(min=0))(x),
    "batches": lambda: list(torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x))),
    "drawn": lambda: torch.distributions.Normal(0.0, 1.0).sample((2,)),
    "masked": lambda: torch.masked.sum(x),
    "attention": lambda: torch.nn.functional.scaled_dot_product_attention(x[None], x[None], x[None]),
    "counted": lambda: __import__("torch.utils.flop_counter"),
    "pruned": lambda: __import__("torch.nn.utils.prune"),
}
for name, way in ways.items():
    try:
        way()
    except Exception as error:
        print(name, repr(error))
print("tried")
"""


def test_what_torch_imports_late_is_there() -> None:
    question = Question("lesson.f", "call", {}, {"args": [], "results": ["value"], "by_hand": True})
    cells = (Cell("late", LATE), Cell("f", "def f():\n    return 1"), Cell("check_f", ask="f"))
    with ForkServer(torch=True) as server:
        seen = server.run(Job(cells, {"f": (question,)}))
    assert seen.cells["late"].text == "tried\n", seen.cells
