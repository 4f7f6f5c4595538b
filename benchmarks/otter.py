"""The same class graded by `otter run`, otter-grader's way of grading without Docker.

The notebooks are byte for byte those that the other ways grade. Otter runs all their cells; the module that they import
as `course` is a stand-in that otter puts beside the notebook as a support file: `same_draw` is the course's, and
`check` is otter's own, so that every check cell runs otter's test of that exercise. Figures are not drawn.

The tests are plain: each calls the student's function on random inputs of three sizes, including the notebook's own,
and compares with values from torch's autograd. They omit what the course's checks do beyond that: naming mistakes,
refusing forbidden means, questions in float32 and with a second seed, inputs that are not contiguous, checking that
inputs are unchanged, and any protection from the student's code. Points are those of the course, with partial points
for gradients; written answers have none.
"""

from __future__ import annotations

import importlib.metadata
import inspect
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from benchmarks.classes import hand_in
from course import dataset
from course.lessons import LESSONS, exercises_of

VERSION = "7.0.0"
REPOSITORY = Path(__file__).resolve().parents[1]

STAND_IN = """
import functools
import inspect

import otter

notebook = functools.cache(otter.Notebook)


def check(exercise):
    return notebook().check(exercise, global_env=inspect.currentframe().f_back.f_globals)


def start(lesson, device="cpu", language="en"):
    return check


class Silent:
    def __getattr__(self, name):
        return lambda *args, **settings: None


check.progress = lambda: None
figures = Silent()
"""

# `otter generate course.py` for all folders in one process: its imports take longer than everything it does.
GENERATE = """
import os, sys
from otter.generate import main

for folder in sys.argv[1:]:
    os.chdir(folder)
    main(files=["course.py"], no_config=True, no_requirements=True, no_environment=True)
"""

SHARED = """
import copy

import numpy as np
import torch
from otter.test_files import test_case

OK_FORMAT = False
SIZES = (7, 5, 4, 3), (4, 3, 6, 2), (64, 1000, 100, 10)
LR, STEPS = 1e-4, 4


def draw(n, d_in, d_h, d_out):
    rng = np.random.default_rng([n, d_in])
    w1, w2 = rng.standard_normal((d_in, d_h)) / d_in**0.5, rng.standard_normal((d_h, d_out)) / d_h**0.5
    return [torch.from_numpy(a) for a in (rng.standard_normal((n, d_in)), rng.standard_normal((n, d_out)), w1, w2)]


def agree(got, wanted):
    got, wanted = (np.asarray(v.detach() if torch.is_tensor(v) else v, dtype=float) for v in (got, wanted))
    assert got.shape == wanted.shape, f"the shape is {got.shape} instead of {wanted.shape}"
    assert np.linalg.norm(got - wanted) <= 1e-9 * np.linalg.norm(wanted), "the values differ"


def agree_all(got, wanted):
    for one, other in zip(got, wanted, strict=True):
        agree(one, other)


def numbers(losses):
    return [float(loss) for loss in losses]


def network(x, y, w1, w2):
    w1, w2 = w1.clone().requires_grad_(), w2.clone().requires_grad_()
    h = x @ w1
    h_relu = h.clamp(min=0)
    y_pred = h_relu @ w2
    loss = (y_pred - y).square().sum()
    made = {"w1": w1, "w2": w2, "h": h, "h_relu": h_relu, "y_pred": y_pred}
    slopes = torch.autograd.grad(loss, list(made.values()))
    found = {**made, "loss": loss, **{"grad_" + name: slope for name, slope in zip(made, slopes)}}
    return {name: value.detach() for name, value in found.items()}


def trained(x, y, w1, w2):
    losses = []
    for _ in range(STEPS):
        seen = network(x, y, w1, w2)
        losses.append(seen["loss"])
        w1, w2 = w1 - LR * seen["grad_w1"], w2 - LR * seen["grad_w2"]
    return numbers(losses), w1, w2


def chain(n, d_in, d_h, d_out):
    torch.manual_seed(n)
    layers = torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)
    model = torch.nn.Sequential(*layers).double()
    return model, copy.deepcopy(model)


def trained_chain(model, optimizer, x, y):
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = (model(x) - y).square().sum()
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses


def each_quantity(ask):
    # one test case for each quantity that earns points by itself
    def case(i):
        return lambda env: ask(env, i)

    for i in range(len(points)):
        globals()[f"quantity_{i}"] = test_case()(case(i))
"""

# The tests; otter passes a test the notebook's objects that have the names of its parameters.
FORWARD = """
@test_case()
def asked(forward):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        seen = network(x, y, w1, w2)
        agree_all(forward(give(x), give(w1), give(w2)), [seen[name] for name in ("h", "h_relu", "y_pred")])
"""
LOSS = """
@test_case()
def asked(loss_fn):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        seen = network(x, y, w1, w2)
        agree(loss_fn(give(seen["y_pred"]), give(y)), seen["loss"])
"""
BACKWARD = """
def ask(env, i):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        seen = network(x, y, w1, w2)
        got = env["backward"](*map(give, (x, y, w2, seen["h"], seen["h_relu"], seen["y_pred"])))
        agree(got[i], seen[("grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1")[i]])


each_quantity(ask)
"""
TRAIN = """
@test_case()
def asked(train):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        own1, own2 = give(w1), give(w2)
        losses, *weights = trained(x, y, w1, w2)
        agree(numbers(train(give(x), give(y), own1, own2, LR, STEPS)), losses)
        agree_all([own1, own2], weights)
"""
MODEL = """
@test_case()
def asked({name}):
    for n, d_in, d_h, d_out in SIZES:
        x, model = draw(n, d_in, d_h, d_out)[0], {name}(d_in, d_h, d_out)
        assert isinstance(model, torch.nn.Module)
        own = {tuple(p.shape): p for p in model.parameters()}
        w1, w2 = (own[b, a].T if (b, a) in own else own[a, b] for a, b in ((d_in, d_h), (d_h, d_out)))
        y_pred = (x @ w1 + own.get((d_h,), 0)).clamp(min=0) @ w2 + own.get((d_out,), 0)
        agree(model(x), y_pred)
        leaves = list(own.values())
        agree_all(*(torch.autograd.grad(y.square().sum(), leaves) for y in (model(x), y_pred)))
"""
OPTIMIZER = """
@test_case()
def asked(make_optimizer):
    for sizes in SIZES:
        x, y, _, _ = draw(*sizes)
        model, twin = chain(*sizes)
        optimizer = make_optimizer(model, 0.01)
        assert isinstance(optimizer, torch.optim.{kind})
        wanted = trained_chain(twin, torch.optim.{kind}(twin.parameters(), lr=0.01), x, y)
        agree(trained_chain(model, optimizer, x, y), wanted)
        agree_all(model.parameters(), twin.parameters())
"""
TRAIN_MODEL = """
@test_case()
def asked(train):
    for sizes in SIZES:
        x, y, _, _ = draw(*sizes)
        model, twin = chain(*sizes)
        wanted = trained_chain(twin, torch.optim.{kind}(twin.parameters(), lr=LR), x, y)
        agree(numbers(train(model, torch.nn.MSELoss(reduction="sum"), {handed})), wanted)
        agree_all(model.parameters(), twin.parameters())
"""
OWN_OPTIMIZER = "torch.optim.{kind}(model.parameters(), lr=LR), x, y, STEPS"

TESTS = {
    "way1_numpy.make_data": """
@test_case()
def asked(make_data):
    for n, d_in, d_h, d_out in SIZES:
        rng = np.random.default_rng(n)
        shapes = (n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)
        agree_all(make_data(np.random.default_rng(n), n, d_in, d_h, d_out), map(rng.standard_normal, shapes))
""",
    "way2_tensors.make_data": """
@test_case()
def asked(make_data):
    for n, d_in, d_h, d_out in SIZES:
        got = make_data(n, d_in, d_h, d_out, torch.float64, torch.device("cpu"))
        for tensor, shape in zip(got, ((n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)), strict=True):
            assert tensor.shape == shape and tensor.dtype == torch.float64
            assert abs(tensor.mean()) < 6 / tensor.numel() ** 0.5
            assert abs(tensor.square().mean() - 1) < 9 / tensor.numel() ** 0.5
""",
    "way3_autograd.make_weights": """
@test_case()
def asked(make_weights):
    for n, d_in, d_h, d_out in SIZES:
        got = make_weights(d_in, d_h, d_out, torch.float64, torch.device("cpu"))
        for tensor, shape in zip(got, ((d_in, d_h), (d_h, d_out)), strict=True):
            assert tensor.shape == shape and tensor.dtype == torch.float64
            assert tensor.is_leaf and tensor.requires_grad and tensor.min() < 0 < tensor.max()
""",
    "way3_autograd.loss_fn": """
@test_case()
def asked(loss_fn):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        seen, leaves = network(x, y, w1, w2), [w1.requires_grad_(), w2.requires_grad_()]
        loss = loss_fn(x, y, *leaves)
        agree(loss, seen["loss"])
        agree_all(torch.autograd.grad(loss, leaves), [seen["grad_w1"], seen["grad_w2"]])
""",
    "way3_autograd.gradients": """
@test_case()
def asked(gradients):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        seen, leaves = network(x, y, w1, w2), [w1.requires_grad_(), w2.requires_grad_()]
        for _ in range(2):
            agree_all(gradients(x, y, *leaves), [seen["grad_w1"], seen["grad_w2"]])
""",
    "way3_autograd.train": TRAIN.replace("give(w1), give(w2)", "give(w1).requires_grad_(), give(w2).requires_grad_()"),
    "way4_sequential.make_loss": """
@test_case()
def asked(make_loss):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        seen = network(x, y, w1, w2)
        y_pred = seen["y_pred"].requires_grad_()
        loss = make_loss()(y_pred, y)
        agree(loss, seen["loss"])
        agree_all(torch.autograd.grad(loss, y_pred), [seen["grad_y_pred"]])
""",
    "way4_sequential.linear_backward": """
def ask(env, i):
    for x, y, w1, w2 in (draw(*sizes) for sizes in SIZES):
        leaves = [t.requires_grad_() for t in (x @ w1, w2.T.contiguous(), torch.zeros(y.shape[1], dtype=y.dtype))]
        out = leaves[0] @ leaves[1].T + leaves[2]
        got = env["linear_backward"](give(leaves[0]), give(leaves[1]), y)
        agree(got[i], torch.autograd.grad(out, leaves, y)[i])


each_quantity(ask)
""",
    "way5_optimizer.adam_step": """
@test_case()
def asked(adam_step):
    for grads in (draw(*sizes)[0] for sizes in SIZES):
        param = grads.flip(0).clone()
        leaf, m, v = param.clone().requires_grad_(), torch.zeros_like(param), torch.zeros_like(param)
        adam = torch.optim.Adam([leaf], lr=0.1, betas=(0.8, 0.9), eps=1e-3)
        for t in range(1, STEPS):
            leaf.grad = t * grads
            adam.step()
            adam_step(param, t * grads, m, v, t, 0.1, 0.8, 0.9, 1e-3)
            agree_all([param, m, v], [leaf, adam.state[leaf]["exp_avg"], adam.state[leaf]["exp_avg_sq"]])
""",
    "way6_module.ReLU": """
@test_case()
def asked(ReLU):
    for h in (draw(*sizes)[0].requires_grad_() for sizes in SIZES):
        arrives = h.detach().flip(0)
        agree(ReLU.apply(h), h.clamp(min=0))
        agree_all(*(torch.autograd.grad(out, h, arrives) for out in (ReLU.apply(h), h.clamp(min=0))))
""",
    "way4_sequential.make_model": MODEL.replace("{name}", "make_model"),
    "way6_module.TwoLayerNet": MODEL.replace("{name}", "TwoLayerNet"),
    "way4_sequential.train": TRAIN_MODEL.replace("{handed}", "x, y, LR, STEPS").replace("{kind}", "SGD"),
}
for _lesson in ("way1_numpy", "way2_tensors"):
    _own = {"forward": FORWARD, "loss_fn": LOSS, "backward": BACKWARD, "train": TRAIN}
    TESTS |= {f"{_lesson}.{name}": text for name, text in _own.items()}
for _lesson, _kind in (("way5_optimizer", "Adam"), ("way6_module", "SGD")):
    _own = {"make_optimizer": OPTIMIZER, "train": TRAIN_MODEL.replace("{handed}", OWN_OPTIMIZER)}
    TESTS |= {f"{_lesson}.{name}": text.replace("{kind}", _kind) for name, text in _own.items()}


def prepare(folder: Path) -> Path:
    """Create an environment in `folder` with otter-grader besides this Python's packages; return its python.

    This Python's packages are used as they are, through a .pth file, and otter-grader may not change their versions. An
    environment created earlier for the same Python is reused. Raises RuntimeError if it cannot be created.
    """
    base = Path(folder).resolve() / "otter"
    python = base / "bin" / "python"
    ours = "\n".join(sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})) + "\n"
    complete = base / "complete"
    if complete.is_file() and complete.read_text(encoding="utf-8") == ours + VERSION:
        return python
    _run(sys.executable, "-m", "venv", "--clear", base)
    home = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (home / "ours.pth").write_text(ours, encoding="utf-8")
    pins = {f"{d.name}=={d.version}" for d in importlib.metadata.distributions(path=ours.split())}
    (base / "constraints.txt").write_text("\n".join(sorted(pins)), encoding="utf-8")
    _run(python, "-m", "pip", "install", "-q", "-c", base / "constraints.txt", f"otter-grader=={VERSION}")
    # Make this environment's kernel the notebook's, whatever kernels the machine offers.
    _run(python, "-m", "ipykernel", "install", "--sys-prefix", "--name", "python3")
    _run(python, "-c", "import otter, torch")
    complete.write_text(ours + VERSION, encoding="utf-8")
    return python


def make_class(folder: Path, python: Path, n_students: int) -> None:
    """Write a class's notebooks into `folder`, and create each lesson's autograder with `otter generate`."""
    hand_in(REPOSITORY, folder, n_students)
    for lesson in LESSONS:
        place = folder / "assignments" / lesson
        (place / "tests").mkdir(parents=True)
        (place / "course.py").write_text(inspect.getsource(dataset) + STAND_IN, encoding="utf-8")
        give = "t.detach().numpy().copy()" if lesson == "way1_numpy" else "t.detach().clone()"
        for exercise in exercises_of(lesson):
            test = TESTS[exercise.id]
            parts = [row.points for row in exercise.rows if row.points] if "each_quantity" in test else []
            head = f"name = {exercise.name!r}\npoints = {parts or exercise.points!r}\n"
            text = f"{head}{SHARED}\n\ndef give(t):\n    return {give}\n\n{test}"
            (place / "tests" / f"{exercise.name}.py").write_text(text, encoding="utf-8")
    _run(python, "-c", GENERATE, *(folder.resolve() / "assignments" / lesson for lesson in LESSONS))


def grade(folder: Path, python: Path) -> dict[tuple[str, str], float]:
    """Grade a class one notebook after the other; return the points by student and lesson.

    As with otter, a notebook without results earns nothing. Raises RuntimeError if one fails and none earns anything.
    """
    points, failure = {}, None
    for notebook in sorted((folder / "submitted").glob("*/*/*.ipynb")):
        student, lesson = notebook.parts[-3:-1]
        autograder, out = folder / "assignments" / lesson / "autograder.zip", folder / "graded" / student / lesson
        out.mkdir(parents=True, exist_ok=True)
        points[student, lesson] = 0.0
        try:
            _run(python, "-m", "otter", "run", "-a", autograder, notebook, "-o", out)
            tests = json.loads((out / "results.json").read_text(encoding="utf-8"))["tests"]
            points[student, lesson] = float(sum(test.get("score", 0) for test in tests))
        except RuntimeError as problem:
            failure = problem
    if failure and not any(points.values()):
        raise failure
    return points


def _run(*words: object) -> str:
    """Run a command and return what it prints. Raises RuntimeError with the end of its messages if it fails."""
    # Without PYTHONPATH, the stand-in is imported, not the course itself.
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(word) for word in words], env=bare, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))} failed:\n{(done.stderr or done.stdout)[-2000:]}")
    return done.stdout
