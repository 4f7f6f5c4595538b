"""The truth of a question that a lesson's text defines: autograd through its forward pass, or its solution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.language import listed, say
from course.lessons.stated_inputs import shape_of
from course.lessons.statement import Statement, misstated
from course.runner import Question


def _given(question: Question, name: str) -> Any:
    """Return an input as student code receives it, with floats in float64."""
    value = question.inputs.get(name)
    if value is None:
        return question.number(name)
    return question.given(name) if value.dtype.kind == "f" else value.copy()


def gradients(said: Statement, forward: Callable[..., Any], question: Question) -> dict[str, np.ndarray]:
    """Return the gradients of a forward pass, from torch's autograd in float64.

    An input that the forward pass does not take is the upstream gradient.

    Raises ValueError, TypeError or whatever the forward pass raises.
    """
    import torch  # only here, because a lesson may do without torch

    wanted = [item.name.removeprefix("grad_") for item in said.results]
    given = {item.name: _given(question, item.name) for item in said.inputs}
    made = {n: torch.from_numpy(v) if isinstance(v, np.ndarray) else v for n, v in given.items()}
    leaves = {n: torch.as_tensor(made[n], dtype=torch.float64).requires_grad_() for n in wanted}
    takes = parameters_of(forward)
    above = [made[n] for n in made if n not in takes]
    with torch.enable_grad():
        out = forward(**{n: leaves.get(n, made[n]) for n in takes})
        if not isinstance(out, torch.Tensor):
            raise TypeError(
                say(
                    "`{name}` returns {kind}: one tensor can be differentiated",
                    name=said.forward,
                    kind=type(out).__name__,
                )
            )
        if not above and out.numel() != 1:
            raise misstated(
                "`{name}` returns {shape}: state the gradient of that as an input",
                name=said.forward,
                shape=tuple(out.shape),
            )
        if above and above[0].shape != out.shape:
            raise misstated(
                "the gradient that arrives has the shape {arrives}, and `{name}` returns {shape}: they are to be "
                "the same",
                arrives=tuple(above[0].shape),
                name=said.forward,
                shape=tuple(out.shape),
            )
        grads = torch.autograd.grad(out, list(leaves.values()), above[0] if above else None)
    return {item.name: grad.numpy() for item, grad in zip(said.results, grads, strict=True)}


def parameters_of(function: Callable[..., Any]) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def results(said: Statement, solution: Callable[..., Any], question: Question) -> dict[str, np.ndarray]:
    """Return the solution's results in float64.

    Raises ValueError if their number, shape or type is not as stated, or whatever the solution raises.
    """
    given = [_given(question, item.name) for item in said.inputs]
    if said.tensors:
        import torch  # as above

        given = [torch.from_numpy(v) if isinstance(v, np.ndarray) else v for v in given]
    with np.errstate(all="ignore"):  # the build reports values that are not finite
        came = solution(*given)
    found = [came] if len(said.results) == 1 else list(came) if isinstance(came, tuple | list) else [came]
    if len(found) != len(said.results):
        raise misstated(
            "it gives {n} results, and {stated} are stated ({names})",
            n=len(found),
            stated=len(said.results),
            names=listed(r.name for r in said.results),
        )
    right = {}
    for item, value in zip(said.results, found, strict=True):
        array = np.asarray(value.detach().numpy() if hasattr(value, "detach") else value)
        stated = shape_of(item, question.options["sizes"])
        if array.shape != stated:
            raise misstated(
                "`{name}` comes out with the shape {shape}; stated is {stated}",
                name=item.name,
                shape=array.shape,
                stated=stated,
            )
        if array.dtype.kind not in "biuf":
            raise misstated("`{name}` holds no real numbers ({dtype})", name=item.name, dtype=array.dtype)
        right[item.name] = array.astype(np.float64)
    return right
