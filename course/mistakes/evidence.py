"""What an answer shows beside its numbers: the exception, the sizes in it, what moved, what the text says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercise import Observation, RowResult
from course.runner.syntax import contain

Shape = tuple[int | None, int | None]
NO_RECORD = ("no_grad", "inference_mode", "set_grad_enabled")


def message(obs: Observation) -> str:
    return obs.failure.message if obs.failure else ""


def raises(obs: Observation, pattern: str) -> bool:
    """Tell whether an exception was raised whose "TypeName: text" has the pattern in it."""
    failure = obs.failure
    return failure is not None and re.search(pattern, f"{failure.type_name}: {failure.message}") is not None


def raised(pattern: str) -> Callable[[Observation], bool]:
    return lambda obs: raises(obs, pattern)


def line_has(obs: Observation, pattern: str) -> bool:
    """Tell whether the line of student code that failed has a pattern in it."""
    return obs.failure is not None and re.search(pattern, obs.failure.line) is not None


def mentions(obs: Observation, *parts: str) -> bool:
    """Tell whether the code, or a function of the notebook that it calls, uses a name with one of these in it."""
    return contain(obs.fact("mentions", []), parts) or obs.code.mentions(*parts)


def first_wrong(obs: Observation) -> RowResult:
    """Return the first wrong row of this question; KeyError if all are right."""
    for row in obs.rows:
        if not row.ok:
            return row
    raise KeyError("no wrong row")


def n_samples(obs: Observation) -> float:
    return float(obs.option("sizes")["n"])


def n_entries(obs: Observation) -> float:
    """Return how many entries y_pred has."""
    sizes = obs.option("sizes")
    return float(sizes["n"] * sizes["d_out"])


def n_steps(obs: Observation) -> int:
    return int(obs.option("steps"))


def tensor_kind(obs: Observation, name: str) -> str:
    """Return what kind of value came back under a name, "" for none."""
    value = obs.value(name)
    return "" if value is None else value.kind


# ---------------------------------------------------------------- sizes in the text of an exception


def _factors(text: str) -> tuple[Shape, Shape] | None:
    """Read the shapes of two factors that do not fit out of the message of NumPy or torch; None where it names none."""
    found = re.search(r"core dimension 0.*\(size (\d+) is different from (\d+)\)", text)
    if found:  # NumPy's @ names the inner sizes only
        return (None, int(found[2])), (int(found[1]), None)
    found = re.search(r"shapes \((\d+),(\d+)\) and \((\d+),(\d*)\) not aligned", text)
    found = found or re.search(r"\((\d+)x(\d+) and (\d+)x(\d+)\)", text)
    if found:
        a, b, c, d = (int(size) if size else None for size in found.groups())
        return (a, b), (c, d)
    found = re.search(r"mat \((\d+)x(\d+)\), vec \((\d+)\)", text)
    return ((int(found[1]), int(found[2])), (int(found[3]), None)) if found else None


def multiplied(obs: Observation, *products: str) -> bool:
    """Tell whether the error is about a product of matrices of one of these shapes, such as "n d_in @ n d_h".

    Sizes are pairwise different, so the two inner ones, which every message names, say much.
    """
    factors = _factors(message(obs))
    if factors is None:
        return False
    sizes = obs.option("sizes")
    got = [*factors[0], *factors[1]]
    return any(
        all(g is None or g == sizes[name] for g, name in zip(got, product.replace("@", "").split(), strict=True))
        for product in products
    )


def product_failed(obs: Observation) -> bool:
    return raises(obs, r"shapes cannot be multiplied|size mismatch|inconsistent tensor size|core dimension 0")


def vector_length(obs: Observation) -> int | None:
    """Return the length of the second factor of a product that failed."""
    factors = _factors(message(obs))
    return None if factors is None else factors[1][0]


def met_entry_by_entry(obs: Observation) -> bool:
    """Tell whether two of the network's arrays that do not have the same shape met in an operation entry by entry."""
    text = message(obs)
    sizes = set(obs.option("sizes").values())
    found = re.search(r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)", text)
    if found:
        a, b, c, d = map(int, found.groups())
        return {a, b, c, d} <= sizes and (a, b) != (d, c)
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", text)
    return found is not None and {int(found[1]), int(found[2])} <= sizes


def met_its_transpose(obs: Observation) -> bool:
    """Tell whether an array met one of the transposed shape in an operation entry by entry."""
    for pattern in (
        r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)",
        r"shape of the mask \[(\d+), (\d+)\].* shape of the indexed tensor \[(\d+), (\d+)\]",
        r"got \[(\d+), (\d+)\] but expected shape compatible with \[(\d+), (\d+)\]",
    ):
        found = re.search(pattern, message(obs))
        if found:
            return (found[1], found[2]) == (found[4], found[3]) and found[1] != found[2]
    return False


# ---------------------------------------------------------------- training


def parameter_names(obs: Observation) -> tuple[str, ...]:
    """Return the names of what is trained: the inputs but the data."""
    return tuple(name for name in obs.question.inputs if name not in ("x", "y"))


def unmoved(obs: Observation, *names: str) -> bool:
    """Tell whether parameters, by default all, are what they were."""
    if "moved" in obs.answer.facts and not names:
        return not obs.fact("moved")
    return all(np.array_equal(obs.got(n), obs[n]) for n in names or parameter_names(obs))


def same_loss(obs: Observation) -> bool:
    """Tell whether every loss is the first right one."""
    return obs.agrees("losses", np.full(n_steps(obs), obs.truth["losses"][0]))


def constant(obs: Observation) -> bool:
    """Tell whether every loss is the first right one, and nothing moved."""
    return unmoved(obs) and same_loss(obs)


def near(got: Any, right: Any) -> bool:
    """Tell whether losses are the right ones, however small these are."""
    return bool(np.allclose(got, right, rtol=1e-4, atol=0))


def losses_right_so_far(obs: Observation, n_losses: int) -> bool:
    """Tell whether that many losses came back, and all that can be compared are right."""
    got, truth = obs.got("losses").ravel(), np.asarray(obs.truth["losses"])
    n = min(len(got), len(truth))
    return len(got) == n_losses and n > 0 and near(got[:n], truth[:n])


def first_loss_right(obs: Observation) -> bool:
    got = np.atleast_1d(obs.got("losses"))
    return got.size > 0 and near(got[0], obs.truth["losses"][0])


def passes(obs: Observation) -> int:
    """Return how many backward passes reached a parameter."""
    reached: dict[str, int] | None = obs.fact("passes")
    if reached is not None:
        return max(reached.values(), default=0)
    calls = int(obs.fact("calls", {}).get("backward", 0))
    # the call that failed was counted, and passed nothing back
    return calls - raises(obs, "does not require grad|backward through the graph|modified by an inplace")


def calls(obs: Observation, what: str) -> int:
    return int(obs.fact("calls", {}).get(what, 0))


def order_of(obs: Observation) -> list[Any]:
    """Return the calls that matter, in their order: zero_grad, backward, step."""
    return list(obs.fact("order", []))
