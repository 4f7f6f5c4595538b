"""One step of Adam by hand: questions and truth.

The rule is that of Kingma and Ba, Adam: a method for stochastic optimization, 2015, Algorithm 1.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import torch

from course.exercise import Case, Property, Quantity
from course.language import later
from course.lessons.inputs import STRIDED, Draw
from course.lessons.oracle import given
from course.runner import Answer, Facts, Options, Question

STATE = ("m", "v", "param")
N_STEPS = 2
ROWS = (
    Property("grad_unchanged", problem=later("The function changed `grad`; it is only to be read.")),
    Quantity("m after step 1", "tensor", points=2),
    Quantity("v after step 1", "tensor", points=2),
    Quantity("param after step 1", "tensor"),
    # what is wrong in the memory at the second step shows in the parameter
    Quantity("param after step 2", "tensor", points=5),
)

# ---------------------------------------------------------------- questions


def _draw(shape: tuple[int, ...], dtype: str, first_t: int, eps: float, **options: Any) -> Draw:
    """Return a draw of a parameter, gradients, and a memory that is zero before the first step.

    The betas are unlike the usual ones, which a function might know by heart. Nearer to 1 than this, a beta that was
    float32 at some time would cost a right answer its digits.
    """

    def draw(rng: np.random.Generator, _: np.random.Generator) -> tuple[dict[str, np.ndarray], Options]:
        signs = rng.choice([-1.0, 1.0], (N_STEPS, *shape))
        inputs = {
            "param": rng.standard_normal(shape),
            "grads": signs * rng.uniform(0.3, 2.5, (N_STEPS, *shape)),
            "m": rng.standard_normal(shape) if first_t > 1 else np.zeros(shape),
            "v": rng.uniform(0.3, 2.0, shape) if first_t > 1 else np.zeros(shape),
        }
        numbers = {
            "lr": round(float(rng.uniform(0.02, 0.2)), 3),
            "beta1": round(float(rng.uniform(0.55, 0.8)), 2),
            "beta2": round(float(rng.uniform(0.88, 0.96)), 2),
            "eps": eps,
        }
        asked = {"sizes": {"t": first_t}, "dtype": dtype, "first_t": first_t, **numbers, **options}
        return inputs, cast(Options, asked)

    return draw


CASES = (
    Case("from the first step on, one axis; a large eps, so that its place shows", _draw((5,), "float64", 1, 0.1)),
    Case("from step 5 on, with a memory, in float32", _draw((4, 2), "float32", 5, 1e-8)),
    Case(STRIDED, _draw((4, 2), "float64", 3, 1e-8, strided=True)),
)

# ---------------------------------------------------------------- truth


def properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    return {"grad_unchanged": "grad" not in answer.facts.get("changed", [])}


def truth(question: Question) -> dict[str, Any]:
    """Let torch's own Adam take the steps, in float64, with the question's memory put into it."""
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
