"""The exercises of the fifth way: an optimizer, and one step of Adam by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.asking import Answer, Question
from course.checks import Exercise, Probe, Row
from course.exercises import optimizers
from course.exercises.draws import Draw
from course.exercises.optimizer_loop import loop_oracle, training_draw
from course.exercises.two_layer import given

LESSON = "way5_optimizer"
# What the notebook calls its own data: a function that reaches for these ignores an argument.
TRAPS = ["x", "y", "model", "loss_fn", "optimizer", "losses", "lr", "steps", "N", "D_IN", "D_H", "D_OUT", "n", "d_in", "d_h", "d_out", "w1", "w2", "y_pred", "loss"]
OPTIONS: dict[str, Any] = {"tensors": True, "traps": TRAPS}
PARAMETERS = ("0.weight", "0.bias", "2.weight", "2.bias")

MAKE_OPTIMIZER = Exercise(
    lesson=LESSON,
    name="make_optimizer",
    points=3,
    title="an Adam optimizer for a whole model",
    section="Make the optimizer",
    ask="make_optimizer",
    options=OPTIONS,
    oracle=optimizers.oracle_for("Adam"),
    rows=optimizers.ROWS,
    probes=optimizers.PROBES,
    mistakes=optimizers.MISTAKES,
)

TRAINING = Exercise(
    lesson=LESSON,
    name="train",
    points=8,
    title="the training loop with an optimizer",
    section="Train with an optimizer",
    ask="train_model",
    options={**OPTIONS, "args": ["model", "loss_fn", "optimizer", "x", "y", "steps"]},
    oracle=loop_oracle,
    rows=(Row("losses", "losses"), *(Row(name, "tensor") for name in PARAMETERS)),
    probes=(
        Probe("Adam, in float64", training_draw("Adam", "squares", "float64", 4)),
        Probe(
            "another optimizer, another loss, float32: the function uses what it is handed",
            training_draw("SGD", "fourth_powers", "float32", 4, strided=True),
        ),
    ),
)

# ---------------------------------------------------------------- adam_step

STATE = ("m", "v", "param")
N_STEPS = 2


def _adam_draw(shape: tuple[int, ...], dtype: str, first_t: int, eps: float, **options: Any) -> Draw:
    """Return a draw of parameters, gradients and memory.

    The betas are unlike the usual ones, which a function might know by heart; nearer to 1 than this, a `beta` that
    was once float32 would cost a right answer its digits.
    """

    def draw(rng: np.random.Generator) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        inputs = {
            "param": rng.standard_normal(shape),
            "grads": rng.choice([-1.0, 1.0], (N_STEPS, *shape)) * rng.uniform(0.3, 2.5, (N_STEPS, *shape)),
            "m": rng.standard_normal(shape) if first_t > 1 else np.zeros(shape),
            "v": rng.uniform(0.3, 2.0, shape) if first_t > 1 else np.zeros(shape),
        }
        numbers = {
            "lr": round(float(rng.uniform(0.02, 0.2)), 3),
            "beta1": round(float(rng.uniform(0.55, 0.8)), 2),
            "beta2": round(float(rng.uniform(0.88, 0.96)), 2),
            "eps": eps,
        }
        return inputs, {"dtype": dtype, "first_t": first_t, **numbers, **options}

    return draw


def rehearse_adam(question: Question) -> dict[str, Any]:
    """Do Adam's steps in float64, through torch's own optimizer with the memory put into it."""
    import torch

    t, o = given(question), question.options
    leaf = t["param"].clone().requires_grad_()
    mover = torch.optim.Adam([leaf], lr=o["lr"], betas=(o["beta1"], o["beta2"]), eps=o["eps"], foreach=False)
    mover.state[leaf] = {
        "step": torch.tensor(float(o["first_t"] - 1)),
        "exp_avg": t["m"].clone(),
        "exp_avg_sq": t["v"].clone(),
    }
    truth: dict[str, Any] = {"grad unchanged": True}
    for i, gradient in enumerate(t["grads"]):
        leaf.grad = gradient
        mover.step()
        memory = mover.state[leaf]
        for name, tensor in (("m", memory["exp_avg"]), ("v", memory["exp_avg_sq"]), ("param", leaf.detach())):
            truth[f"{name} after step {i + 1}"] = tensor.clone().numpy()
    return truth


def adam_oracle(question: Question, answer: Answer) -> dict[str, Any]:
    answer.facts["grad unchanged"] = "grad" not in answer.facts.get("changed", [])
    return rehearse_adam(question)


ADAM_STEP = Exercise(
    lesson=LESSON,
    name="adam_step",
    points=9,
    title="one step of Adam by hand",
    section="One step of Adam by hand",
    ask="step",
    options={
        **OPTIONS,
        "by_hand": True,
        "args": ["param", "grad", "m", "v", "t", "lr", "beta1", "beta2", "eps"],
        "state": list(STATE),
    },
    oracle=adam_oracle,
    rows=(
        Row("grad unchanged", "fact", problem="The function changed `grad`; it is only to be read."),
        *(Row(f"{name} after step {i + 1}", "tensor") for i in range(N_STEPS) for name in STATE),
    ),
    probes=(
        Probe("from the first step on, in float64", _adam_draw((3, 4), "float64", 1, 1e-8)),
        Probe(
            "from step 5 on, with a memory, in float32",
            _adam_draw((4, 2), "float32", 5, 1e-8, strided=True),
        ),
        Probe("a large eps, so that its place shows; one axis only", _adam_draw((5,), "float64", 1, 0.1)),
    ),
)

EXERCISES = (MAKE_OPTIMIZER, TRAINING, ADAM_STEP)
