"""The exercises of the fourth way: layers, a loss object and a loop over all parameters."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from course.asking import Answer, Question
from course.checks import Exercise, Probe, Row
from course.exercises import way1_numpy
from course.exercises.draws import KINK, ORIGINAL, SINGLE, Arrays, Sizes, drawn, relu
from course.exercises.two_layer import LOSS_PROBES, given

LESSON = "way4_sequential"
# What the notebook calls its own things: a function that reaches for these ignores an argument.
TRAPS = [*way1_numpy.TRAPS, "model", "layer", "weight", "grad_out", "rows", "tiny", "loss", "losses"]
OPTIONS: dict[str, Any] = {"tensors": True, "traps": TRAPS}

MODEL_SECTION, LOSS_SECTION, BACKWARD_SECTION, TRAIN_SECTION = (
    "Build the model",
    "Build the loss",
    "Backward through one linear layer",
    "Train over all parameters",
)

# ---------------------------------------------------------------- make_model

# One example and one hidden unit, and yet the shapes of all four parameters differ.
NARROW: Sizes = {"n": 1, "d_in": 5, "d_h": 1, "d_out": 3}
PARTS = ("first weight", "first bias", "second weight", "second bias")


def _rows_of_data(rng: np.random.Generator, sizes: Sizes, dtype: str) -> Arrays:
    x = rng.standard_normal((sizes["n"], sizes["d_in"]))
    return {"x": x, **{k: v for k, v in sizes.items() if k != "n"}}  # type: ignore[dict-item]


def part_shapes(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter as `nn.Linear` stores it."""
    d_in, d_h, d_out = sizes["d_in"], sizes["d_h"], sizes["d_out"]
    return {"first weight": (d_h, d_in), "first bias": (d_h,), "second weight": (d_out, d_h), "second bias": (d_out,)}


def _fits(array: np.ndarray, shape: tuple[int, ...]) -> bool:
    return array.shape == shape or (len(shape) == 2 and array.shape == shape[::-1])


def predict(x: np.ndarray, parts: dict[str, np.ndarray], activation: Any = relu) -> np.ndarray:
    hidden = activation(x @ parts["first weight"].T + parts["first bias"])
    return np.asarray(hidden @ parts["second weight"].T + parts["second bias"])


def parts_of(question: Question, answer: Answer) -> dict[str, np.ndarray] | None:
    """Find which parameter is which, by shape and, where shapes leave a choice, by what the model computed.

    Weights may be stored either way round and parameters in any order. None if there are not four that fit.
    """
    named = {
        n: v.array.astype(np.float64)
        for n, v in answer.values.items()
        if n[:10] == "parameter " and v.array is not None
    }
    if len(named) != 4:
        return None
    sizes = question.options["sizes"]
    shapes = part_shapes(sizes)
    x = question.inputs["x"].astype(question.dtype).astype(np.float64)
    got = answer.values["y_pred"].array if "y_pred" in answer.values else None
    best, distance = None, np.inf
    for order in itertools.permutations(named.values()):
        if not all(_fits(array, shapes[part]) for part, array in zip(PARTS, order, strict=True)):
            continue
        parts = {p: a if a.shape == shapes[p] else a.T for p, a in zip(PARTS, order, strict=True)}
        y_pred = predict(x, parts)
        far = float(np.linalg.norm(y_pred - got)) if got is not None and got.shape == y_pred.shape else np.inf
        if best is None or far < distance:
            best, distance = parts, far
    return best


def _model_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    """Compute what a network with the student's own parameters predicts.

    Also gathers two facts from the answer: whether the parameters are the four of this network, and whether going
    backward reaches each.
    """
    parts = parts_of(question, answer)
    answer.facts["parameters"] = parts is not None
    answer.facts["learns"] = sorted(answer.facts.get("reached", [])) == sorted(answer.facts.get("shapes", {}))
    truth: dict[str, Any] = {"is_module": True, "parameters": True, "learns": True}
    if parts is not None:
        x = question.inputs["x"].astype(question.dtype).astype(np.float64)
        truth["y_pred"] = predict(x, parts)
        truth.update(parts)
    return truth


MAKE_MODEL = Exercise(
    lesson=LESSON,
    name="make_model",
    points=4,
    title="linear, ReLU, linear",
    section=MODEL_SECTION,
    ask="make_model",
    options={**OPTIONS, "args": ["d_in", "d_h", "d_out"]},
    oracle=_model_oracle,
    rows=(
        Row("is_module", "fact", problem="What came back is no model: a `torch.nn.Module` is asked for."),
        Row(
            "parameters",
            "fact",
            problem="The model's parameters are not those of this network: a weight and a bias for each of two linear "
            "layers, of the sizes asked for.",
        ),
        Row("y_pred", "tensor"),
        Row(
            "learns",
            "fact",
            problem="Going backward from the prediction does not reach every parameter: some would never learn.",
        ),
    ),
    probes=(
        Probe("small sizes, all different", drawn(_rows_of_data)),
        Probe("float32, and data that are not contiguous", drawn(_rows_of_data, dtype="float32", strided=True)),
        Probe("one example and one hidden unit", drawn(_rows_of_data, NARROW)),
        Probe("the notebook's own sizes", drawn(_rows_of_data, ORIGINAL)),
    ),
)

# ---------------------------------------------------------------- make_loss


def _loss_oracle(question: Question, _: Answer) -> dict[str, Any]:
    t = given(question)
    prediction = t["y_pred"].requires_grad_()
    value = torch.dist(prediction, t["y"]).square()
    (gradient,) = torch.autograd.grad(value, prediction)
    return {
        "is_callable": True,
        "loss": value.detach().numpy(),
        "has_history": True,
        "grad_y_pred": gradient.numpy(),
    }


MAKE_LOSS = Exercise(
    lesson=LESSON,
    name="make_loss",
    points=2,
    title="the summed squared error as an object",
    section=LOSS_SECTION,
    ask="make_loss",
    options={**OPTIONS, "leaves": ["y_pred"]},
    oracle=_loss_oracle,
    rows=(
        Row("is_callable", "fact", problem="What came back cannot be called as `loss_fn(y_pred, y)`."),
        Row("loss", "scalar tensor"),
        Row(
            "has_history",
            "fact",
            problem="The loss has the right value, but nothing was recorded on the way: it does not require grad.",
        ),
        Row("grad_y_pred", "tensor"),
    ),
    probes=LOSS_PROBES,
)

# ---------------------------------------------------------------- linear_backward


def _layer_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str) -> Arrays:
    n, d_in, d_out = sizes["n"], sizes["d_h"], sizes["d_out"]
    return {
        "x": rng.standard_normal((n, d_in)),
        "weight": rng.standard_normal((d_out, d_in)),
        # a mean of its own, so that no sum over it is near 0
        "grad_out": 0.5 + rng.standard_normal((n, d_out)),
    }


def _layer_oracle(question: Question, _: Answer) -> dict[str, Any]:
    t = given(question)
    bias = torch.zeros(t["weight"].shape[0], dtype=torch.float64)
    leaves = [tensor.requires_grad_() for tensor in (t["x"], t["weight"], bias)]
    out = torch.nn.functional.linear(*leaves)
    found = torch.autograd.grad(out, leaves, t["grad_out"])
    return {name: g.numpy() for name, g in zip(("grad_x", "grad_weight", "grad_bias"), found, strict=True)}


LINEAR_BACKWARD = Exercise(
    lesson=LESSON,
    name="linear_backward",
    points=6,
    title="backward through one linear layer, by hand",
    section=BACKWARD_SECTION,
    ask="call",
    options={**OPTIONS, "by_hand": True, "results": ["grad_x", "grad_weight", "grad_bias"]},
    oracle=_layer_oracle,
    rows=(
        Row("grad_x", "tensor", points=2),
        Row("grad_weight", "tensor", points=2),
        Row("grad_bias", "tensor", points=2),
    ),
    probes=(
        Probe("small sizes, all different, in float64", drawn(_layer_inputs)),
        Probe(
            "float32, and inputs that are not contiguous",
            drawn(_layer_inputs, dtype="float32", strided=True),
        ),
        Probe("one of everything: an axis of length 1 must not get lost", drawn(_layer_inputs, SINGLE)),
        Probe("the notebook's own second layer", drawn(_layer_inputs, ORIGINAL)),
    ),
)

# ---------------------------------------------------------------- train


def layers_of(sizes: Sizes, *, deep: bool = False) -> list[list[Any]]:
    d_in, d_h, d_out = sizes["d_in"], sizes["d_h"], sizes["d_out"]
    more: list[list[Any]] = [["Linear", d_h, d_h], ["ReLU"]] if deep else []
    return [["Linear", d_in, d_h], ["ReLU"], *more, ["Linear", d_h, d_out]]


def _start(rng: np.random.Generator, sizes: Sizes, layers: list[list[Any]]) -> Arrays:
    """Draw data and the parameters of a chain, biases of the size of what they are added to."""
    arrays = {"x": rng.standard_normal((sizes["n"], sizes["d_in"]))}
    for i, (kind, *ends) in enumerate(layers):
        if kind == "Linear":
            arrays[f"{i}.weight"] = rng.standard_normal((ends[1], ends[0])) / np.sqrt(ends[0])
            arrays[f"{i}.bias"] = 0.5 * rng.standard_normal(ends[1])
    return arrays


def chain(t: dict[str, torch.Tensor], layers: list[list[Any]]) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Compute what a chain of layers predicts, and what went into each of its ReLUs."""
    flow, hidden = t["x"], []
    for i, (kind, *_) in enumerate(layers):
        if kind == "Linear":
            flow = torch.nn.functional.linear(flow, t[f"{i}.weight"], t[f"{i}.bias"])
        else:
            hidden.append(flow)
            flow = flow.relu()
    return flow, hidden


def parameter_names(t: dict[str, Any]) -> list[str]:
    return [name for name in t if name.endswith((".weight", ".bias"))]


def powers(difference: torch.Tensor, kind: str) -> torch.Tensor:
    return (difference**2).sum() if kind == "squares" else (difference**4).sum()


def descend(t: dict[str, torch.Tensor], layers: list[list[Any]], kind: str, lr: float, steps: int) -> dict[str, Any]:
    """Train a chain by autograd; return losses, parameters, first gradients, and how near a ReLU came to its kink."""
    names = parameter_names(t)
    now = {**t, **{name: t[name].clone().requires_grad_() for name in names}}
    values: list[float] = []
    first: dict[str, np.ndarray] = {}
    nearest = np.inf
    for _ in range(steps):
        y_pred, hidden = chain(now, layers)
        loss = powers(y_pred - now["y"], kind)
        values.append(float(loss.detach()))
        nearest = min(
            [nearest, *(float((h.abs().min() / h.std(correction=0)).detach()) for h in hidden if h.numel() > 1)]
        )
        found = torch.autograd.grad(loss, [now[name] for name in names])
        first = first or {name: g.numpy() for name, g in zip(names, found, strict=True)}
        for name, g in zip(names, found, strict=True):
            now[name] = (now[name].detach() - lr * g).requires_grad_()
    return {
        "losses": np.array(values),
        **{name: now[name].detach().numpy() for name in names},
        "gradients": first,
        "nearest": nearest,
    }


def _train_inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, loss: str, *, deep: bool = False) -> Arrays:
    """Draw a chain and a learning rate under which a few steps move it visibly, with no unit near its kink.

    Otherwise float32 and float64 could disagree about which units are on, and a right answer would look wrong.
    """
    layers = layers_of(sizes, deep=deep)
    for _ in range(1000):
        arrays: dict[str, Any] = _start(rng, sizes, layers)
        t = {name: torch.from_numpy(a.astype(dtype).astype(np.float64)) for name, a in arrays.items()}
        scale = float(chain(t, layers)[0].std(correction=0)) if sizes["n"] > 1 else 0.0
        arrays["y"] = (scale or 1.0) * 1.5 * rng.standard_normal((sizes["n"], sizes["d_out"]))
        t["y"] = torch.from_numpy(arrays["y"].astype(dtype).astype(np.float64))
        begin = descend(t, layers, loss, 0.0, 1)
        steepness = sum(float(np.sum(g**2)) for g in begin["gradients"].values())
        if not steepness:
            continue
        # the first step takes about a seventh of the loss: large enough to show, small enough to go on falling
        lr = float(f"{0.15 * begin['losses'][0] / steepness:.2e}")
        run = descend(t, layers, loss, lr, 5)
        clear = run["nearest"] > KINK_WHILE_TRAINING or sizes is ORIGINAL
        moved = min(np.linalg.norm(run[n] - t[n].numpy()) / np.linalg.norm(t[n].numpy()) for n in parameter_names(t))
        if clear and run["losses"][-1] < run["losses"][0] and moved > 1e-3:
            arrays["lr"] = lr
            return arrays
    raise RuntimeError(f"no suitable draw for {sizes}")


# As in ways 1 and 2: five steps have five chances to come near a kink.
KINK_WHILE_TRAINING = KINK / 5


def _probe(why: str, sizes: Sizes | None, *, loss: str = "squares", deep: bool = False, **options: Any) -> Probe:
    inner = drawn(lambda rng, chosen, dtype: _train_inputs(rng, chosen, dtype, loss, deep=deep), sizes, **options)

    def draw(rng: np.random.Generator) -> tuple[Arrays, dict[str, Any]]:
        inputs, settings = inner(rng)
        return inputs, {**settings, "layers": layers_of(settings["sizes"], deep=deep), "loss": loss}

    return Probe(why, draw)


def _train_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    """Train by autograd. All parameters, of the answer as well, are put end to end: one quantity in one row."""
    options = question.options
    right = descend(given(question), options["layers"], options["loss"], options["lr"], options["steps"])
    names = parameter_names(question.inputs)
    _gather(answer, names)
    return {**right, "parameters": np.concatenate([right[name].ravel() for name in names])}


def _gather(answer: Answer, names: list[str]) -> None:
    values = [answer.values[name] for name in names if name in answer.values]
    arrays = [value.array.astype(np.float64).ravel() for value in values if value.array is not None]
    if len(arrays) == len(names):
        answer.values["parameters"] = replace(values[0], array=np.concatenate(arrays))


TRAINING = Exercise(
    lesson=LESSON,
    name="train",
    points=8,
    title="gradient descent over all parameters",
    section=TRAIN_SECTION,
    ask="train_model",
    options={
        **OPTIONS,
        "traps": [*TRAPS, "loss_fn"],
        "args": ["model", "loss_fn", "x", "y", "lr", "steps"],
    },
    oracle=_train_oracle,
    rows=(Row("losses", "losses"), Row("parameters", "tensor")),
    probes=(
        _probe("small sizes, all different, in float64", None, steps=4),
        _probe("float32, inputs that are not contiguous", None, dtype="float32", strided=True, steps=3),
        _probe("another loss and a longer chain than the notebook's", None, loss="fourth_powers", deep=True, steps=3),
        _probe("the notebook's own sizes", ORIGINAL, steps=3),
    ),
)

EXERCISES = (MAKE_MODEL, MAKE_LOSS, LINEAR_BACKWARD, TRAINING)
