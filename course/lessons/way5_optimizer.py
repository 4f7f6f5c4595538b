"""The exercises of way 5: an optimizer, and one step of Adam by hand."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import numpy as np
import torch

from course.exercise import Case, Exercise, Property, Quantity
from course.language import later
from course.lessons import optimizers, oracle
from course.lessons.inputs import MANY_STEPS, N_RISING, SMALL_LOSS, STILL, STRIDED, Draw
from course.lessons.optimizers import late_draw, training_draw
from course.lessons.oracle import given
from course.lessons.training import still_records
from course.mistakes import shown
from course.runner import Options, Question

LESSON = "way5_optimizer"
# Names of the notebook's own globals: a function that uses one of them ignores an argument.
TRAPS = [
    *("x", "y", "model", "loss_fn", "optimizer", "losses"),
    *("N", "D_IN", "D_H", "D_OUT", "n", "d_in", "d_h", "d_out", "lr", "steps"),
]
HEADINGS = {"adding up": later("Two mistakes that look fast"), "memory": later("What Adam remembers")}
OPTIONS: Options = {"tensors": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)

MAKE_OPTIMIZER = _exercise(
    name="make_optimizer",
    points=3,
    title=later("an Adam optimizer for a whole model"),
    section=later("Make the optimizer"),
    ask="make_optimizer",
    options=OPTIONS,
    truth=optimizers.truth_for("Adam"),
    properties=optimizers.properties,
    rows=optimizers.ROWS,
    cases=optimizers.CASES,
    mistakes=shown.MAKE_OPTIMIZER,
)

TRAINING = _exercise(
    name="train",
    points=8,
    title=later("the training loop with an optimizer"),
    section=later("Train with an optimizer"),
    ask="train_model",
    options={**OPTIONS, "args": ["model", "loss_fn", "optimizer", "x", "y", "steps"]},
    truth=lambda question: {**oracle.train(question), **still_records(question)},
    properties=optimizers.training_properties,
    rows=optimizers.TRAINING_ROWS,
    builds_up=True,
    cases=(
        Case(
            "Adam, in float64, more rows than in the notebook",
            training_draw("Adam", "squares", "float64", 4, fixed={"n": 130}, continued=True),
        ),
        Case(
            "another optimizer, of two parameter groups, another loss, float32, one output: what is handed in is used",
            training_draw("SGD", "fourth_powers", "float32", 4, fixed={"d_out": 1}, groups=True),
        ),
        Case(SMALL_LOSS, training_draw("SGD", "squares", "float64", N_RISING, small=True)),
        Case(MANY_STEPS, late_draw),
        Case(STILL, training_draw("SGD", "squares", "float64", N_RISING, extreme=True)),
        Case(STRIDED, training_draw("SGD", "squares", "float64", 3, strided=True)),
    ),
    mistakes=shown.TRAIN_OPTIMIZER,
)

# ---------------------------------------------------------------- adam_step

# The rule is that of Kingma and Ba, Adam: a method for stochastic optimization, 2015, Algorithm 1.
STATE = ("m", "v", "param")
N_STEPS = 2


def _beta(rng: np.random.Generator, lowest: float, highest: float) -> float:
    """Draw a two-decimal number that float32 represents poorly, so that conversion to float32 along the way shows."""
    while True:
        beta = round(float(rng.uniform(lowest, highest)), 2)
        if abs(float(np.float32(beta)) - beta) > 1e-8:
            return beta


def _adam_draw(
    shape: tuple[int, ...],
    dtype: str,
    first_t: int,
    eps: float,
    *,
    n_zeros: int = 2,
    beta1: float | None = None,
    **options: Any,
) -> Draw:
    """Return a draw of a parameter, gradients, and the moments m and v, which are zero before the first step.

    n_zeros: the number of zero entries in the second gradient; there the moments still move the parameter. beta1: drawn
    if not given.
    The betas differ from the usual ones, which a function might have hard-coded. Any closer to 1, a beta that passed
    through float32 would cost a right answer its precision.
    """

    def draw(rng: np.random.Generator, _: np.random.Generator) -> tuple[dict[str, np.ndarray], Options]:
        signs = rng.choice([-1.0, 1.0], (N_STEPS, *shape))
        grads = signs * rng.uniform(0.3, 2.5, (N_STEPS, *shape))
        grads[1].ravel()[:n_zeros] = 0.0
        inputs = {
            "param": rng.standard_normal(shape),
            "grads": grads,
            "m": rng.standard_normal(shape) if first_t > 1 else np.zeros(shape),
            "v": rng.uniform(0.3, 2.0, shape) if first_t > 1 else np.zeros(shape),
        }
        numbers = {
            "lr": round(float(rng.uniform(0.05, 0.2)), 3),
            "beta1": _beta(rng, 0.55, 0.8) if beta1 is None else beta1,
            "beta2": _beta(rng, 0.88, 0.96),
            "eps": eps,
        }
        asked = {"sizes": {"t": first_t}, "dtype": dtype, "first_t": first_t, **numbers, **options}
        return inputs, cast(Options, asked)

    return draw


def _adam_truth(question: Question) -> dict[str, Any]:
    """Return the results of torch's own Adam in float64, started with the question's moments."""
    t, o = given(question), question.options
    leaf = t["param"].clone().requires_grad_()
    mover = torch.optim.Adam([leaf], lr=o["lr"], betas=(o["beta1"], o["beta2"]), eps=o["eps"], foreach=False)
    memory = {"exp_avg": t["m"].clone(), "exp_avg_sq": t["v"].clone()}
    mover.state[leaf] = {"step": torch.tensor(float(o["first_t"] - 1)), **memory}
    right: dict[str, Any] = {}
    for i, gradient in enumerate(t["grads"]):
        leaf.grad = gradient
        mover.step()
        for name, tensor in zip(STATE, (memory["exp_avg"], memory["exp_avg_sq"], leaf.detach()), strict=True):
            right[f"{name} after step {i + 1}"] = tensor.clone().numpy()
    return right


ADAM_STEP = _exercise(
    name="adam_step",
    points=9,
    title=later("one step of Adam by hand"),
    section=later("One step of Adam by hand"),
    ask="step",
    options={
        **OPTIONS,
        # globals from the lesson's cells about Adam's memory and the tiny example
        "traps": [*TRAPS, "param", "grad", "m", "v", "t", "beta1", "beta2", "eps", "memory", "number", "tiny"],
        "by_hand": True,
        "args": ["param", "grad", "m", "v", "t", "lr", "beta1", "beta2", "eps"],
        "state": list(STATE),
    },
    truth=_adam_truth,
    properties=lambda question, answer, truth: {"grad_unchanged": "grad" not in answer.facts.get("changed", [])},
    rows=(
        Property("grad_unchanged", problem=later("The function changed `grad`; it is only to be read.")),
        Quantity("m after step 1", "tensor", points=2),
        Quantity("v after step 1", "tensor", points=2),
        Quantity("param after step 1", "tensor"),
        # an error in the moments at the second step shows in the parameter
        Quantity("param after step 2", "tensor", points=5),
    ),
    builds_up=True,
    cases=(
        Case(
            "from the first step on, one axis; a large eps, so that its place shows",
            _adam_draw((5,), "float64", 1, 0.1),
        ),
        Case(
            "from step 5 on, with a memory and then no gradient at all, three axes, in float32",
            _adam_draw((2, 3, 2), "float32", 5, 1e-8, n_zeros=12),
        ),
        Case(
            "from step 120 on, two axes; a beta of 0 is a number, too",
            _adam_draw((4, 2), "float64", 120, 1e-8, beta1=0.0),
        ),
        Case(STRIDED, _adam_draw((4, 2), "float64", 3, 1e-8, strided=True)),
    ),
    mistakes=shown.ADAM_STEP,
)

EXERCISES = (MAKE_OPTIMIZER, TRAINING, ADAM_STEP)
