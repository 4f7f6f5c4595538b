"""By-hand answers that use something that could get around the sandbox are reported; right answers never are."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from course.grading.graded import Graded
from course.grading.pages import prose
from course.grading.progress import summarise
from course.grading.reaches import MOST, TO_LOOK_AT, ShowToLookAt, suspicious_uses
from course.lessons import LESSONS, all_exercises, exercises_of
from tests import bank
from tests.attacks.corpus import filled

BY_HAND = [exercise.id for exercise in all_exercises() if exercise.options.get("by_hand")]
# The other exercises of lessons that have by-hand exercises.
BESIDE = [
    exercise.id
    for exercise in all_exercises()
    if exercise.id not in BY_HAND and any(exercise.id.partition(".")[0] == one.partition(".")[0] for one in BY_HAND)
]
RIGHT = "def backward(x, y, w2, h, h_relu, y_pred):\n    return 2 * (y_pred - y)\n"
INSIDE = "def backward(x, y, w2, h, h_relu, y_pred):\n    {}\n"


def cells_of(*sources: str, answer: str = "backward") -> list[NotebookNode]:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[-1].metadata["nbgrader"] = {"grade_id": answer, "solution": True}
    return cells


def told(*sources: str) -> list[str]:
    return suspicious_uses(cells_of(*sources), exercises_of("way2_tensors"))


@pytest.mark.parametrize(
    ("what", "sources"),
    [
        ("ctypes", ["import ctypes\n" + INSIDE.format("return ctypes.c_int(1)")]),
        ("_ctypes", ["from _ctypes import dlopen\n" + INSIDE.format("return dlopen(None)")]),
        ("__array_interface__", [INSIDE.format("class At: __array_interface__ = {'data': (id(h), False)}")]),
        ("as_strided", ["import numpy as np\n" + INSIDE.format("return np.lib.stride_tricks.as_strided(h)")]),
        ("gc", [INSIDE.format("import gc; return gc.get_objects()")]),
        ("sys.modules", ["import sys as s\n" + INSIDE.format("return s.modules")]),
        (
            "concurrent.interpreters",
            [INSIDE.format("from concurrent import interpreters as i; return i.create()")],
        ),
        ("torch._C", ["import torch as t\n" + INSIDE.format("return t._C")]),
        ("torch.ops", ["from torch import ops\n" + INSIDE.format("return ops.aten.relu(h)")]),
        ("torch.jit", ["import torch.jit as j\n" + INSIDE.format("return j.script")]),
        ("importlib", ["import importlib\n" + INSIDE.format("return importlib.reload")]),
        ("inspect.getclosurevars", ["import inspect\n" + INSIDE.format("return inspect.getclosurevars(f)")]),
        ("__subclasses__", [INSIDE.format("return object.__subclasses__()")]),
        ("__globals__", ["def helper():\n    return print.__globals__\n", INSIDE.format("return helper()")]),
        ("f_back", ["class Tool:\n    def look(self, frame):\n        return frame.f_back\n", INSIDE.format("Tool()")]),
        ("getattr", [INSIDE.format("return getattr(h, 'grad' + '_fn')")]),
        ("exec", ["exec('import gc')", RIGHT]),
        ("sys.modules", ["%matplotlib inline\nimport sys\nfor m in sys.modules: pass", RIGHT]),
        ("torch._make_dual", ["import torch\nmake = torch._make_dual", INSIDE.format("return make(h, h)")]),
        # names in other syntax
        ("as_strided", ["from numpy.lib.stride_tricks import as_strided\n" + INSIDE.format("return as_strided(h)")]),
        ("__array_interface__", [INSIDE.format("return SimpleNamespace(__array_interface__={})")]),
        ("__array_interface__", [INSIDE.format("return setattr(A, '__array_interface__', {})")]),
        ("__array_interface__", [INSIDE.format("return type('A', (), {'__array_interface__': {}})")]),
        ("__globals__", [INSIDE.format("return attrgetter('helper.__globals__')(h)")]),
        ("__globals__", ["def backward():\n    match f:\n        case object(__globals__=g): return g"]),
        ("allow_pickle", [INSIDE.format("return np.load(x, allow_pickle=True)")]),
        # by way of other modules
        ("logging.sys.modules", ["import logging\n" + INSIDE.format("return logging.sys.modules")]),
        ("….m.m.", ["a" + ".m" * 20 + ".sys.modules", RIGHT]),
        ("….sys.modules", [INSIDE.format("return (logging or h).sys.modules")]),
        ("random._os.system", ["import random\n" + INSIDE.format("return random._os.system('')")]),
        ("torch.utils.flop_counter.aten", ["from torch.utils.flop_counter import aten\n" + INSIDE.format("aten")]),
        ("argon2.low_level.ffi", ["from argon2.low_level import ffi\n" + INSIDE.format("return ffi")]),
        ("_cffi_backend", [INSIDE.format("import _cffi_backend as b; return b")]),
        ("currentframe", ["import logging\n" + INSIDE.format("return logging.currentframe()")]),
        ("walk_stack", ["import traceback\n" + INSIDE.format("return [*traceback.walk_stack(None)]")]),
        ("os.*", ["from os import *", RIGHT]),
        ("torch.ops", ["import torch as m", "import math as m", INSIDE.format("return m.ops")]),
        ("torch.ops", ["import torch", INSIDE.format("return getattr(torch, 'ops').aten")]),
        # passed on, and used under another name
        ("sys", ["import sys\nown = sys", INSIDE.format("return own.modules")]),
        ("torch", ["import torch as t\nown = t", INSIDE.format("return own._C")]),
        ("exec", ["run = exec", INSIDE.format("run('a' + h)")]),
        ("getattr", ["get = getattr", INSIDE.format("return get(h, 'grad' + '_fn')")]),
        ("operator.attrgetter", ["import operator", INSIDE.format("return operator.attrgetter('a' + h)(h)")]),
        # text that is run
        ("pickle.loads", ["import pickle\n" + INSIDE.format("return pickle.loads(h)")]),
        ("gc", [INSIDE.format("timeit('import gc')")]),
        ("timeit.timeit", ["from timeit import timeit as t\n" + INSIDE.format("return t(h)")]),
        ("__import__", [INSIDE.format("return sympy.simplify('__import__(h)')")]),
        ("sympify", [INSIDE.format("return sympy.sympify(h)")]),
        ("get_type_hints", [INSIDE.format("return typing.get_type_hints(h)")]),
        ("get_ipython", [INSIDE.format("get_ipython().ex(h)")]),
        ("get_ipython", [INSIDE.format("shell = get_ipython(); shell.ev(h)")]),
        # cells that are Python only to IPython, or only without it
        ("gc", ["here = %pwd\nimport gc\n" + INSIDE.format("return gc")]),
        ("gc", ["import gc\nprint?\n" + INSIDE.format("return gc")]),
        ("gc", ["import gc\nx = (7\n% 3)\n" + INSIDE.format("return gc")]),
        ("gc", ["\n%%capture\n%%time\nhere = %pwd\nimport gc\n" + INSIDE.format("return gc")]),
        ("gc", [">>> import gc\n>>> gc.collect()", RIGHT]),
    ],
)
def test_a_reach_is_told_with_its_line(what: str, sources: list[str]) -> None:
    (line, *_) = [line for line in told(*sources) if f"reaches for `{what}" in line]
    number, text = line.split(": line ", 1)[1].split(" of ", 1)
    shown = text.rsplit(", `", 1)[1][:-1]
    assert any(shown in line for source in sources for line in source.split("\n")[int(number) - 1 : int(number)])


@pytest.mark.parametrize(
    "source",
    [
        "import gc\ngc.collect()\n" + RIGHT,  # at the top level, not part of an answer
        "import gc\n\ndef unused():\n    gc.collect()\n\n" + RIGHT,
    ],
)
def test_the_line_belongs_to_whom_it_is_told_of(source: str) -> None:
    assert not any("`backward`" in line.partition("reaches")[0] for line in told(source))


@pytest.mark.parametrize("exercise_id", BY_HAND)
def test_no_right_answer_of_the_banks_is_told(exercise_id: str) -> None:
    lesson, _, name = exercise_id.partition(".")
    right = [entry for entry in bank.entries(exercise_id) if entry.kind == "right"]
    found = {e.id: suspicious_uses(cells_of(e.source, answer=name), exercises_of(lesson)) for e in right}
    assert right and {e: lines for e, lines in found.items() if lines} == {}


@pytest.mark.parametrize("exercise_id", BESIDE)
def test_what_is_not_by_hand_is_told_of_no_right_answer_though_demonstrations_use_it(exercise_id: str) -> None:
    lesson, _, name = exercise_id.partition(".")
    right = [entry for entry in bank.entries(exercise_id) if entry.kind == "right"]
    found = {
        entry.id: suspicious_uses(filled(lesson, **{name: entry.source}).cells, exercises_of(lesson)) for entry in right
    }
    assert {answer: lines for answer, lines in found.items() if lines} == {}


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("rest", ["right", "blank"])
def test_no_lesson_is_told(lesson: str, rest: str) -> None:
    assert suspicious_uses(filled(lesson, rest).cells, exercises_of(lesson)) == []


def test_what_is_not_by_hand_may_use_what_it_likes() -> None:
    source = "import gc\n\ndef make_model(d_in, d_h, d_out):\n    gc.collect()\n"
    assert suspicious_uses(cells_of(source, answer="make_model"), exercises_of("way4_sequential")) == []


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\n!pip install torch\nprint?",
        "%%time\nx = 1",
        "%%bash\necho it's $HOME",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "x = 7 \\\n% 3",
        "import os, sys, torch\nprint(sys.version, os.getcwd(), torch.__version__)",
        "from IPython.display import display\nfrom timeit import default_timer\nimport pickle\npickle.dumps(1)",
        "plt.title('train, eval / compile'); model.eval(); re.compile('a'); getattr(torch, 'float32')",
        '"""It uses no grad_fn, gc or eval."""',
        "gc = code = 3\nprint(gc, gc.real, code)\ndef grad_fn(aten): return aten\ngrad_fn(2)",
        "vars = types = [1]\nfor v in vars: print(v, types)",
    ],
)
def test_what_only_looks_like_a_reach_is_not_told(source: str) -> None:
    assert told(source, RIGHT) == []


@pytest.mark.parametrize(
    "source",
    [
        "from __future__ import barry_as_FLUFL\n1 <> 2",
        "%a\n" * 3000,  # IPython would take minutes
    ],
)
def test_a_cell_that_runs_but_cannot_be_read_is_told(source: str) -> None:
    (line,) = told(source, RIGHT)
    assert "cannot be read" in line and source.partition("\n")[0] in line


def test_another_syntax_for_the_cells_below_is_told() -> None:
    (line,) = told("from __future__ import barry_as_FLUFL", "1 <> 2", RIGHT)
    assert "barry_as_FLUFL" in line


@pytest.mark.parametrize("source", ["x = " + "[" * 5000, "\0", "print 1"])
def test_a_cell_that_does_not_run_is_not_told(source: str) -> None:
    assert told(source, RIGHT) == []


def test_what_there_is_no_room_for_is_counted_and_named() -> None:
    many = "import runpy, shelve, mmap, marshal, pydoc, dill, gc\n" + "\n".join(f"torch._a{i}" for i in range(50))
    lines = told(many, INSIDE.format("return runpy, shelve, mmap, marshal, pydoc, dill, gc"))
    assert len(lines) == MOST + 1 and lines[MOST] == "52 more lines reach for `dill`, `gc`, `torch`"


@pytest.mark.parametrize(
    "text", ["`. **By the course**", "``` <b>By the course</b>", "$`$ **By the course** [a](http://b)"]
)
def test_what_a_student_wrote_never_reads_as_the_words_of_the_course(text: str) -> None:
    (line,) = told(f"import gc  # {text}", INSIDE.format("return gc"))
    assert line.count("`") == 6
    nb = nbformat.v4.new_notebook(metadata={TO_LOOK_AT: [line]})
    made, _ = ShowToLookAt()(nb, {"submission_id": "1"})
    assert "By the course" not in re.sub("<code>.*?</code>", "", prose(made.cells[0].source))


def test_the_summary_tells_it_under_to_look_at(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = told("import gc\n" + INSIDE.format("return gc"))
    graded = Graded("way2_tensors", "ada", "graded", 20.0, 20.0, to_look_at=(line,))
    assert graded.needs_a_look
    summarise([graded], 1.0, [], {})
    assert f"to look at: ada way2_tensors: graded ({line})" in capsys.readouterr().out


@pytest.mark.parametrize(("resources", "shown"), [({"submission_id": "1"}, True), ({}, False)])
def test_formgrader_shows_it_and_feedback_does_not(resources: dict[str, str], shown: bool) -> None:
    nb = nbformat.v4.new_notebook(metadata={TO_LOOK_AT: ["`backward` reaches for `gc`"]})
    made, _ = ShowToLookAt()(nb, dict(resources))
    assert [("reaches for `gc`" in cell.source) for cell in made.cells] == [True] * shown
