"""Questions and truth for the two-layer network as a model of the student's, from ready-made layers or as a class.

The truth is computed from the student's own parameters, matched by shape in either layout; their names and order are
free.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course.exercise import Property, Quantity, error_of, same, tolerance_of
from course.language import later
from course.lessons.inputs import NARROW, THERE_AND_BACK, cases_of, rows_of_data
from course.lessons.oracle import given
from course.runner import Answer, Facts, Question

# Because the truth is computed from the student's own parameters, an answer forged with parameters that do nothing
# would pass. The parameters must therefore look like those of a model that was perturbed and used.
# Before a model is called, 0.3 times standard normal noise is added to every parameter; this many entries reveal it.
# The root mean square of eight such entries is below SMALLEST once in 10¹⁰ draws: a bias initialised to zero passes.
N_TO_TELL = 8
SMALLEST, LARGEST = 0.01, 1e3
# Among this many hidden values, some are on and some are off.
N_HIDDEN_TO_TELL = 200


def were_moved(parameters: list[np.ndarray]) -> bool:
    """Return whether parameters can be those of a perturbed model: none is nearly zero, and none dwarfs the others."""
    sizes = [float(np.sqrt(np.mean(np.square(p, dtype=np.float64)))) for p in parameters if p.size >= N_TO_TELL]
    return all(SMALLEST <= size <= LARGEST for size in sizes)


def were_used(h: np.ndarray) -> bool:
    """Return whether the hidden values before the ReLU have both signs."""
    share = float(np.mean(h > 0)) if h.size >= N_HIDDEN_TO_TELL else 0.5
    return 0.01 < share < 0.99


# ---------------------------------------------------------------- questions

VARIED_START = Property(
    "varied_start",
    problem=later(
        "The model starts with weights that are all alike: its hidden units could never become different ones."
    ),
)
BUILT_ANEW = Property(
    "built_anew",
    problem=later(
        "Built a second time, the model has the very parameters of the first: training one would train the other."
    ),
)

CASES = cases_of(rows_of_data, single=NARROW, square=THERE_AND_BACK, small=False, huge=True)

ROWS = (
    Property("is_module", problem=later("What the class makes is no `torch.nn.Module`.")),
    Property("gave_prediction", problem=later("`forward` handed nothing back.")),
    Property(
        "parameters",
        problem=later(
            "`parameters()` of your network should list the numbers of its two layers, and nothing else; it does not."
        ),
    ),
    Quantity("y_pred", "tensor"),
    Quantity("y_pred again", "tensor"),
    VARIED_START,
    Property("has_forward", problem=later("Your network can be called, but it has no method `forward`.")),
    Property("gradients", problem=later("The gradients that reach the parameters are not those of this network.")),
    BUILT_ANEW,
)


# ---------------------------------------------------------------- truth

Roles = dict[str, tuple[str, bool]]


def _is_there(answer: Answer, name: str, shape: list[int]) -> bool:
    value = answer.values.get("parameter " + name)
    return value is not None and value.array is not None and list(value.array.shape) == list(shape)


def all_roles(question: Question, answer: Answer) -> list[Roles]:
    """Return each assignment of the student's parameters to roles by shape, noting which are stored as (in, out).

    There are several if shapes coincide, first the one with the layers in order of use, and none if a parameter is
    missing or left over.
    """
    d_in, d_h, d_out = (question.options["sizes"][k] for k in ("d_in", "d_h", "d_out"))
    wanted = {"w1": (d_in, d_h), "w2": (d_h, d_out), "b1": (d_h,), "b2": (d_out,)}
    ways: list[Roles] = [{}]
    for name, shape in answer.facts.get("shapes", {}).items():
        fitting = {
            role: (name, tuple(shape) == straight)
            for role, straight in wanted.items()
            if tuple(shape) in (straight, straight[::-1] if len(straight) == 2 else (1, *straight))
        }
        ways = [{**way, role: use} for way in ways for role, use in fitting.items() if role not in way]
    return [way for way in ways if len(way) == len(wanted)]


def truth(question: Question) -> dict[str, Any]:
    return {}


def reference(question: Question, answer: Answer) -> dict[str, Any]:
    """Return predictions and gradients in float64 for the student's parameters, or {} if these are not a network's."""
    ways = all_roles(question, answer)
    if not ways or not all(_is_there(answer, name, shape) for name, shape in answer.facts["shapes"].items()):
        return {}
    truths = [_with_roles(question, answer, found) for found in ways]
    if not were_moved([truths[0][role] for role in ways[0]]) or not were_used(truths[0]["h"]):
        return {}
    fitting = [t for t in truths if same(answer.values.get("y_pred"), t["y_pred"], tolerance_of(question))]
    return next((t for t in fitting if _same_gradients(question, answer, t)), (fitting or truths)[0])


def properties(question: Question, answer: Answer, truth: dict[str, Any]) -> Facts:
    """Return facts about the prediction, the parameters, their initial values and their gradients."""
    y_pred = answer.values.get("y_pred")
    return {
        "gave_prediction": y_pred is None or y_pred.kind != "none",
        "parameters": bool(truth),
        "varied_start": varied_start(answer),
        "learns": sorted(answer.facts.get("reached", [])) == sorted(answer.facts.get("shapes", {})),
        "gradients": bool(truth) and _same_gradients(question, answer, truth),
    }


def _with_roles(question: Question, answer: Answer, found: Roles) -> dict[str, Any]:
    truth: dict[str, Any] = {}
    leaves: dict[str, torch.Tensor] = {}
    for role, (name, straight) in found.items():
        array = answer.values["parameter " + name].array
        leaf = torch.tensor(np.asarray(array, dtype=np.float64))
        if role in ("b1", "b2"):
            leaf = leaf.reshape(-1)
        elif not straight:
            leaf = leaf.T
        leaves[role] = leaf.clone().requires_grad_()
    x, other_x = (given(question)[name] for name in ("x", "other_x"))

    def hidden(x: torch.Tensor) -> torch.Tensor:
        return x @ leaves["w1"] + leaves["b1"]

    def onward(h: torch.Tensor) -> torch.Tensor:
        return torch.relu(h) @ leaves["w2"] + leaves["b2"]

    h = hidden(x)
    y_pred = onward(h)
    slopes = dict(zip(leaves, torch.autograd.grad(y_pred.square().sum(), list(leaves.values())), strict=True))
    truth["y_pred"], truth["y_pred again"] = y_pred.detach().numpy(), onward(hidden(other_x)).detach().numpy()
    truth |= {"x": x.numpy(), "h": h.detach().numpy()}
    truth |= {role: leaf.detach().numpy() for role, leaf in leaves.items()}
    return truth | {f"gradient {name}": slopes[role].numpy() for role, (name, _) in found.items()}


def _same_gradients(question: Question, answer: Answer, truth: dict[str, Any]) -> bool:
    wanted = {name: slope for name, slope in truth.items() if name.startswith("gradient ")}
    return all(_same_slope(answer, name, slope, tolerance_of(question)) for name, slope in wanted.items())


def _same_slope(answer: Answer, name: str, slope: np.ndarray, tolerance: float) -> bool:
    value = answer.values.get(name)
    if value is None or value.array is None:
        return False
    got = np.asarray(value.array, dtype=np.float64)
    got = got.reshape(slope.shape) if slope.ndim == 1 else got if got.shape == slope.shape else got.T
    return error_of(got, slope) <= tolerance


def varied_start(answer: Answer) -> bool:
    """Return whether no weight matrix is initialised to a single number or with identical rows."""
    return set(answer.facts.get("starts", {}).values()) <= {"varied"}
