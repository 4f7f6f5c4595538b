"""Messages to students do not depend on the machine: no path, no memory address, no internal name of the course."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from course.judging import as_line, as_text
from course.lessons import find
from course.runner import Question, ask
from course.runner.isolation import CUT, MAX_PRINTED, captured_output
from course.runner.source import magic_above, names_used
from course.runner.wording import NO_GPU, describe_exception, neutral
from course.sandbox import Cell, CellResult, ForkServer, Job, Limits
from course.try_answer import try_sources
from tests.bank import SHOWS_THE_MACHINE

HOME = str(Path.home())


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"{sys.prefix}/lib/x.so: undefined symbol: f", "x.so: undefined symbol: f"),
        ("No such file: '/home/Max Muster/my data/x.csv'", "No such file: 'x.csv'"),
        ('File "/usr/lib/python3/x.py", line 3, in f', 'File "x.py", line 3, in f'),
        ("C:\\Users\\max\\course\\x.dll: not found", "x.dll: not found"),
        (r"cannot open 'C:\\Users\\Max Muster\\x.csv'", "cannot open 'x.csv'"),
        ("PATH=/usr/bin:/opt/python/bin", "PATH=bin:bin"),
        ("file:///usr/lib/x.html is there", "x.html is there"),
        ("[Errno 13] Permission denied: PosixPath('/root/.ssh/key')", "[Errno 13] Permission denied: PosixPath('key')"),
        (f"written to {tempfile.gettempdir()}", "written to …"),
        ("<function f at 0x7f01a2b3c4d5>", "<function f>"),
        ("id 140234567890123, 0x7f01a2b3c4d5", "id …, 0x…"),
        ("invalid syntax (<ipython-input-2-62500c5ef28b>, line 1)", "invalid syntax (line 1)"),
        ("invalid syntax (1234567.py, line 4)", "invalid syntax (line 4)"),
        ("/tmp/ipykernel_17/123.py:1: UserWarning: hm", "<cell>:1: UserWarning: hm"),
    ],
)
def test_what_tells_of_the_machine_is_left_out(said: str, shown: str) -> None:
    assert neutral(said) == shown


def test_a_misspelt_attribute_is_told_with_the_one_that_is_near_it() -> None:
    with pytest.raises(AttributeError) as raised:
        getattr(torch.zeros(1), "zeros_")  # noqa: B009 - a type checker knows that it is not there
    assert describe_exception(raised.value)[1] == "'Tensor' object has no attribute 'zeros_'. Did you mean: 'zero_'?"


@pytest.mark.parametrize(
    "said",
    [
        "see https://pytorch.org/docs/stable and ./data/x.csv, ../y/z, ~/q/r",
        "unsupported operand type(s) for /: 'str' and 'str'",
        "1/2 of n/d_in/d_out, 'a'/'b'/'c', a / b / c // d",
        "mat1 and mat2 shapes cannot be multiplied (3x4 and 5x6) 0xff",
        "loss: 1.5e-3, \\alpha\\beta, x:y:z",
    ],
)
def test_what_a_student_wrote_stays_as_it_is(said: str) -> None:
    assert neutral(said) == said


@pytest.mark.parametrize(
    "piece",
    [
        "/a",
        "/",
        "'/",
        "'/a",
        '"/a b',
        "C:/",
        "C:\\a b",
        "\\",
        " (<",
        "ipykernel_1/",
        "<ipython-input-",
        "0x",
        " at 0x1",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    neutral((piece * 70_000)[:70_000])
    assert time.process_time() - began < 5  # a pattern that takes quadratic time needs 20 s and more


# ---------------------------------------------------------------- cells


@pytest.fixture(scope="module")
def cells() -> Iterator[dict[str, CellResult]]:
    """Yield the results of cells that raise, print and wait, each as in a notebook."""
    sources = {
        "library": "import numpy as np\nprint(np.__file__)\nnp.linalg.inv(np.zeros((2, 2)))",
        "syntax": "x = 1\ndef f(:\n    pass",
        "traceback": "import traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc()",
        "symbol": "import ctypes\nctypes.CDLL(None).no_such_symbol",
        "endless": "try:\n    while True:\n        pass\nexcept BaseException as e:\n    print(repr(e))\n    raise",
        "warning": "import warnings\nwarnings.warn('hm')",
        "repr": "print(object(), id(object()), lambda: 1)",
        "breakpoint": "breakpoint()\nimport pdb\npdb.set_trace()\nfrom IPython.core.debugger import Pdb\nprint('on')",
        "input": "name = input('name: ')",
        "exit": "exit()",
        "autograd": "import torch\nw = torch.ones(1, requires_grad=True)\nw.sum().backward()",
        "part of torch": "import torch.utils.tensorboard",
        "folder": "import os, tempfile\nprint(os.getcwd(), tempfile.gettempdir(), os.path.expanduser('~'))",
    }
    question = Question("way2_tensors.f", "call", options={"by_hand": True, "args": [], "results": ["f"]})
    job = Job(
        (*(Cell(name, source) for name, source in sources.items()), Cell("check", ask="f")),
        {"f": (question,)},
        Limits(cell_s=2),
    )
    with ForkServer() as server:
        yield server.run(job).cells


def test_no_cell_shows_the_machine(cells: dict[str, CellResult]) -> None:
    shown = {name: f"{result.text}\n{result.error}" for name, result in cells.items()}
    assert {n: m[0] for n, said in shown.items() if (m := SHOWS_THE_MACHINE.search(said))} == {}


def test_a_cell_that_raised_says_where(cells: dict[str, CellResult]) -> None:
    assert cells["library"].error == "LinAlgError: Singular matrix"
    assert (cells["library"].line_number, cells["library"].line) == (3, "np.linalg.inv(np.zeros((2, 2)))")
    assert (cells["syntax"].line_number, cells["syntax"].line) == (2, "def f(:")
    assert 'File "<cell>", line 3' in cells["traceback"].text


def test_nothing_waits_for_a_person(cells: dict[str, CellResult]) -> None:
    assert (cells["breakpoint"].status, cells["breakpoint"].text) == ("done", "on\n")
    assert "nobody is at the keyboard" in cells["input"].error


def test_a_cell_reads_what_is_not_there_in_the_courses_words(cells: dict[str, CellResult]) -> None:
    assert cells["autograd"].status == "refused" and "to be written by hand" in cells["autograd"].error
    assert cells["part of torch"].error.startswith("ModuleNotFoundError: `torch.utils.tensorboard")
    assert cells["endless"].status == "timed_out"


# ---------------------------------------------------------------- answers


FORWARD = """
def forward(x, w1, w2):
    h = x.mm(w1)
    r = h.clamp(min=0)
    return h, r, r.mm(w2)
"""
USES = "try:\n        torch.ones(1, requires_grad=True).sum().backward()\n    except Exception as e:\n        "
BACKWARD = "def backward(x, y, w2, h, h_relu, y_pred):\n    {}\n"


def test_a_compiled_function_is_judged_as_the_plain_one() -> None:
    answers = {
        "script": f"@torch.jit.script{FORWARD}",
        "compile": f"@torch.compile{FORWARD}",
        "compile with options": f"@torch.compile(fullgraph=True){FORWARD}",
        "in place": f"{FORWARD}\nforward = torch.compile(forward, backend='eager')",
        "from": f"from torch.jit import script\n{FORWARD}\nforward = script(forward)",
        "trace": f"{FORWARD}\nforward = torch.jit.trace(forward, [torch.ones(2, 2)] * 3)",
    }
    tried = try_sources(find("way2_tensors.forward"), answers, n_rounds=1)
    assert {t.file: as_line(t.verdict) for t in tried} == dict.fromkeys(answers, "right")


def test_a_function_is_judged_whatever_is_put_around_what_it_uses() -> None:
    body = "    h = x @ w1\n    r = np.where(h > 0, h, 0)\n    return h, r, r @ w2\n"
    forward = "def forward(x, w1, w2):\n"
    answers = {
        "IPython's open": f"{forward}    with open('note', 'w') as file:\n        file.write('here')\n{body}",
        "around a builtin": "import functools\n@functools.wraps(print)\ndef say(*words):\n    pass\n"
        f"{forward}    say('here')\n{body}",
        "around itself": f"{forward}{body}forward.__wrapped__ = forward\n",
        "raises when looked at": "class Odd:\n    def __getattr__(self, name):\n        raise RuntimeError(name)\n"
        f"odd = Odd()\n{forward}    odd\n{body}",
        "remembered": "import functools\n@functools.lru_cache\ndef three():\n    return 3\n"
        f"{forward}    three()\n{body}",
    }
    tried = try_sources(find("way1_numpy.forward"), answers, n_rounds=1)
    assert {t.file: as_line(t.verdict) for t in tried} == dict.fromkeys(answers, "right")


def test_what_is_not_there_when_graded_is_told_in_the_courses_words() -> None:
    bodies = {
        "autograd": "raise ValueError('no') from None",
        "caught": f"{USES}raise KeyError(repr(e)) from e",
        "printed": f"{USES}print(type(e), e)",
        "library": "import ctypes\n    ctypes.CDLL(torch._C.__file__)",
        "lambda": "raise ValueError(lambda: 1)",
        "input": "input()",
        "cuda": "y.cuda()",
        "mps": "torch.zeros(1, device='mps')",
    }
    tried = try_sources(
        find("way2_tensors.backward"), {n: BACKWARD.format(body) for n, body in bodies.items()}, n_rounds=1
    )
    symbol = "import ctypes\n\ndef loss_fn(*_):\n    ctypes.CDLL(torch._C.__file__).nothing_of_that_name\n"
    tried += try_sources(find("way3_autograd.loss_fn"), {"symbol": symbol}, n_rounds=1)
    said = {t.file: as_text(t.verdict) for t in tried}
    assert {n: m[0] for n, text in said.items() if (m := SHOWS_THE_MACHINE.search(text))} == {}
    assert [t.file for t in tried if t.verdict.outcome == "refused"] == ["caught", "printed"]
    assert "Your code raised TypeError: " in said["library"], "by hand nothing is called through ctypes"
    assert "Your code raised AttributeError: " in said["symbol"] and "nothing_of_that_name" in said["symbol"]
    assert "nobody is at the keyboard" in said["input"]
    assert NO_GPU in said["mps"]
    assert torch.cuda.is_available() or NO_GPU in said["cuda"]


def test_a_debugger_left_in_is_passed_over_and_told() -> None:
    right = "def loss_fn(y_pred, y):\n    breakpoint()\n    return ((y_pred - y) ** 2).sum()\n"
    with_pdb = right.replace("breakpoint()", "import pdb; pdb.set_trace()")
    tried = try_sources(find("way1_numpy.loss_fn"), {"hook": right, "pdb": with_pdb}, n_rounds=1)
    assert [t.verdict.outcome for t in tried] == ["pass", "pass"]
    assert all("`breakpoint()` was passed over" in as_text(t.verdict) and "debugger" in t.as_json() for t in tried)


def test_what_stands_under_a_magic_that_keeps_nothing_is_told() -> None:
    namespace = {"In": ["", "get_ipython().run_cell_magic('timeit', '-n 1', 'def forward(x):\\n    return x\\n')"]}
    failure = ask(namespace, find("way1_numpy.forward").questions(1)[0]).failure
    assert failure is not None
    assert (failure.kind, failure.type_name, failure.message) == ("magic", "timeit", "forward")
    undefined = ask({"In": ["x = 1"]}, find("way1_numpy.forward").questions(1)[0]).failure
    assert undefined is not None and undefined.kind == "undefined"


def test_an_exception_that_cannot_be_printed_has_a_name() -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert describe_exception(Silent()) == ("Silent", "")


def test_an_attribute_is_no_variable_of_the_notebook() -> None:
    """For example in `torch.nn.ReLU`, while the student's own `ReLU` is still to be written."""
    namespace: dict[str, Any] = {"__name__": "__main__", "kept": 1}
    exec("def helper(x):\n    global kept\n    kept = x\n    return x.mean()\n", namespace)
    exec("class Net:\n    def forward(self, x):\n        return np.nn.ReLU([helper(v) for v in x])\n", namespace)
    variables, mentioned = names_used(namespace["Net"], namespace)
    assert variables == ["helper", "kept", "np"]
    assert {"helper", "np", "nn", "ReLU", "mean"} <= set(mentioned)


def test_output_that_reaches_the_limit_and_goes_on_is_marked_as_cut() -> None:
    with captured_output() as printed:
        for _ in range(MAX_PRINTED // 100 + 2):
            print("x" * 99)
    assert printed.getvalue().endswith(CUT) and len(printed.getvalue()) <= MAX_PRINTED


def test_a_magic_without_words_is_no_definition() -> None:
    assert magic_above({"In": ["get_ipython().run_cell_magic(a, b, c)"]}, "forward") == ""
