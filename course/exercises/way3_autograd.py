"""The exercises of the third way: the gradients come from autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course.asking import Answer, Question
from course.checks import TOLERANCE, Exercise, Probe, Row, same
from course.exercises import way1_numpy
from course.exercises.inputs import SINGLE, Arrays, Sizes, cases_of, drawn, network
from course.exercises.recording import (
    GRADIENTS_MISTAKES,
    GRADIENTS_SECTION,
    LOSS_MISTAKES,
    LOSS_SECTION,
    TRAIN_MISTAKES,
    TRAIN_SECTION,
    WEIGHTS,
    WEIGHTS_MISTAKES,
    WEIGHTS_SECTION,
)
from course.exercises.recording.losses import true_loss
from course.exercises.two_layer import given, train_inputs, train_oracle

LESSON = "way3_autograd"
# What the notebook calls its own data: a function that reaches for these ignores an argument.
TRAPS = [*way1_numpy.TRAPS, "DEVICE", "DTYPE", "loss", "losses"]
OPTIONS: dict[str, Any] = {"tensors": True, "traps": TRAPS}

# ---------------------------------------------------------------- make_weights

# Long enough for the mean of a centred draw to lie within a tenth of its spread.
LONG: Sizes = {"n": 4, "d_in": 80, "d_h": 70, "d_out": 60}


def _sizes_only(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> dict[str, Any]:
    return {k: v for k, v in sizes.items() if k != "n"}


def is_a_start(array: np.ndarray) -> bool:
    """Tell whether numbers can start a network: finite, and, where there are enough to tell, centred and not alike.

    The mean of a centred draw of this length lies within 6 of its standard errors but for one in a billion.
    """
    if not np.all(np.isfinite(array)):
        return False
    if array.size < 1000:
        return True
    spread = float(array.std())
    alike = bool(np.all(array == array[:1]) or np.all(array == array[:, :1]))
    return spread > 0 and not alike and abs(float(array.mean())) < 6 * spread / np.sqrt(array.size)


def _weights_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    """Return the student's own numbers where they can start a network, else others; any centred draw is right.

    Facts that hold for both weights are gathered here: dtype, recording, leaves.
    """
    sizes = question.options["sizes"]
    truth: dict[str, Any] = {}
    for name, shape in {"w1": ("d_in", "d_h"), "w2": ("d_h", "d_out")}.items():
        wanted = tuple(sizes[k] for k in shape)
        value = answer.values.get(name)
        array = None if value is None else value.array
        fits = array is not None and array.shape == wanted and is_a_start(array.astype(np.float64))
        truth[name] = array.astype(np.float64) if fits and array is not None else np.full(wanted, 1e9)
    values = [answer.values[name] for name in WEIGHTS if name in answer.values]
    answer.facts["dtype"] = [value.dtype for value in values]
    answer.facts["records"] = [value.requires_grad for value in values]
    answer.facts["leaf"] = [value.is_leaf for value in values]
    return {**truth, "dtype": [question.dtype] * 2, "records": [True, True], "leaf": [True, True]}


MAKE_WEIGHTS = Exercise(
    lesson=LESSON,
    name="make_weights",
    points=3,
    title="weights that record what is done with them",
    section=WEIGHTS_SECTION,
    ask="call",
    options={**OPTIONS, "elsewhere": True, "results": WEIGHTS, "args": ["d_in", "d_h", "d_out", "dtype", "device"]},
    oracle=_weights_oracle,
    rows=(
        *(Row(n, "tensor", problem=f"The numbers in `{n}` are no random start for a network.") for n in WEIGHTS),
        Row("dtype", "fact", problem="At least one of the weights does not have the dtype that was asked for."),
        Row(
            "device honoured",
            "fact",
            problem="Asked for another device, the function still puts at least one of the weights on the CPU.",
        ),
        Row("records", "fact", problem="At least one of the weights does not record: its `requires_grad` is False."),
        Row(
            "leaf",
            "fact",
            problem="At least one of the weights is no leaf: autograd takes it for the result of a computation, "
            "and its `.grad` will stay empty.",
        ),
    ),
    probes=(
        Probe(
            "float64 where the default is float32, with numbers enough to see where they are centred",
            drawn(_sizes_only, LONG, default_dtype="float32"),
        ),
        Probe(
            "float32 where the default is float64",
            drawn(_sizes_only, dtype="float32", default_dtype="float64"),
        ),
        Probe("one of everything", drawn(_sizes_only, SINGLE)),
    ),
    mistakes=WEIGHTS_MISTAKES,
)

# ---------------------------------------------------------------- loss_fn and gradients


def _inputs(rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float) -> Arrays:
    return network(rng, sizes, scale)


def _differentiated(question: Question) -> dict[str, Any]:
    t = given(question)
    leaves = [t[name].requires_grad_() for name in WEIGHTS]
    value = true_loss(t)
    grad_w1, grad_w2 = (g.numpy() for g in torch.autograd.grad(value, leaves))
    return {"loss": value.detach().numpy(), "grad_w1": grad_w1, "grad_w2": grad_w2}


def _loss_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    """Return the loss, and as much of what follows from it as the answer lets one ask for.

    Without a history nothing is reached, and what is not reached has no gradient: one problem, one row.
    """
    right = _differentiated(question)
    truth = {"loss": right["loss"], "has_history": True, "reached": WEIGHTS}
    reached = answer.facts.get("reached")
    if not answer.facts.get("has_history"):
        truth["reached"] = reached
    elif reached == WEIGHTS:
        truth |= {name: right[name] for name in ("grad_w1", "grad_w2")}
    return truth


def _gradients_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    """Return the gradients; note in the answer whether the second call gave what the first gave."""
    tolerance = TOLERANCE[question.dtype]
    pairs = [(answer.values.get(n), answer.values.get(f"{n} again")) for n in ("grad_w1", "grad_w2")]
    answer.facts["same again"] = all(
        a is None or a.array is None or same(b, a.array.astype(np.float64), tolerance) for a, b in pairs
    )
    return {**_differentiated(question), "same again": True}


LOSS_FN = Exercise(
    lesson=LESSON,
    name="loss_fn",
    points=4,
    title="a loss that knows where it comes from",
    section=LOSS_SECTION,
    ask="differentiate",
    options={**OPTIONS, "leaves": WEIGHTS},
    oracle=_loss_oracle,
    rows=(
        Row("loss", "scalar tensor"),
        Row(
            "has_history",
            "fact",
            problem="The loss has the right value, but nothing was recorded on the way: it does not require grad.",
        ),
        Row(
            "reached",
            "fact",
            problem="The loss has the right value, but going backward from it does not reach both weights.",
        ),
        Row("grad_w1", "tensor"),
        Row("grad_w2", "tensor"),
    ),
    probes=cases_of(_inputs),
    mistakes=LOSS_MISTAKES,
)

GRADIENTS = Exercise(
    lesson=LESSON,
    name="gradients",
    points=5,
    title="both gradients, the same at every call",
    section=GRADIENTS_SECTION,
    ask="call",
    options={**OPTIONS, "leaves": WEIGHTS, "results": ["grad_w1", "grad_w2"], "calls": 2},
    oracle=_gradients_oracle,
    rows=(
        Row("grad_w1", "tensor"),
        Row("grad_w2", "tensor"),
        Row(
            "same again",
            "fact",
            problem="Called a second time with the same arguments, the function hands back other gradients.",
        ),
    ),
    probes=cases_of(_inputs),
    mistakes=GRADIENTS_MISTAKES,
)

# ---------------------------------------------------------------- train


def _train_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    return {**train_oracle(question, answer), "still_leaf": WEIGHTS}


TRAINING = Exercise(
    lesson=LESSON,
    name="train",
    points=8,
    title="the training loop with autograd",
    section=TRAIN_SECTION,
    ask="train",
    options={
        **OPTIONS,
        "args": ["x", "y", "w1", "w2", "lr", "steps"],
        "leaves": WEIGHTS,
        "updates": WEIGHTS,
    },
    oracle=_train_oracle,
    rows=(
        Row("losses", "losses"),
        Row("w1", "tensor"),
        Row("w2", "tensor"),
        Row(
            "still_leaf",
            "fact",
            problem="After training at least one of the weights is no leaf any more, or does not record.",
        ),
    ),
    probes=cases_of(train_inputs, steps=True),
    mistakes=TRAIN_MISTAKES,
)

EXERCISES = (MAKE_WEIGHTS, LOSS_FN, GRADIENTS, TRAINING)
