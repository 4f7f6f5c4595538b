"""Evidence in an answer besides its values: the exception, the sizes in its message, what moved, the source code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercise import Observation, RowResult
from course.runner.syntax import contain

Shape = tuple[int | None, int | None]
NO_RECORD = ("no_grad", "inference_mode", "set_grad_enabled")


def raises(obs: Observation, pattern: str) -> bool:
    """Return whether an exception was raised whose "TypeName: text" matches the pattern."""
    return obs.failure is not None and re.search(pattern, obs.error) is not None


def raised(pattern: str) -> Callable[[Observation], bool]:
    return lambda obs: raises(obs, pattern)


def line_has(obs: Observation, pattern: str) -> bool:
    """Return whether the line of student code that failed matches the pattern."""
    return obs.failure is not None and re.search(pattern, obs.failure.line) is not None


def mentions(obs: Observation, *parts: str) -> bool:
    """Return whether the code, or a function of the notebook that it calls, uses a name containing one of these."""
    return contain(obs.fact("mentions", []), parts) or obs.code.mentions(*parts)


def first_wrong(obs: Observation) -> RowResult:
    """Return the first wrong row of this question; raise KeyError if all are right."""
    if obs.first_wrong is None:
        raise KeyError("no wrong row")
    return obs.first_wrong


def n_samples(obs: Observation) -> float:
    return float(obs.option("sizes")["n"])


def n_entries(obs: Observation) -> float:
    """Return the number of entries of y_pred."""
    sizes = obs.option("sizes")
    return float(sizes["n"] * sizes["d_out"])


def n_steps(obs: Observation) -> int:
    return int(obs.option("steps"))


def tensor_kind(obs: Observation, name: str) -> str:
    """Return the kind of the value returned under a name, "" if there is none."""
    value = obs.value(name)
    return "" if value is None else value.kind


# ---------------------------------------------------------------- sizes in exception messages


def _factors(text: str) -> tuple[Shape, Shape] | None:
    """Parse the shapes of two factors that do not fit from a message of NumPy or torch; None if it has none."""
    found = re.search(r"core dimension 0.*\(size (\d+) is different from (\d+)\)", text)
    if found:  # NumPy's @ names only the inner sizes
        return (None, int(found[2])), (int(found[1]), None)
    found = re.search(r"shapes \((\d+),(\d+)\) and \((\d+),(\d*)\) not aligned", text)
    found = found or re.search(r"\((\d+)x(\d+) and (\d+)x(\d+)\)", text)
    if found:
        a, b, c, d = (int(size) if size else None for size in found.groups())
        return (a, b), (c, d)
    found = re.search(r"mat \((\d+)x(\d+)\), vec \((\d+)\)", text)
    return ((int(found[1]), int(found[2])), (int(found[3]), None)) if found else None


def multiplied(obs: Observation, *products: str) -> bool:
    """Return whether the error is about a matrix product of one of these shapes, such as "n d_in @ n d_h".

    Sizes are pairwise different, so the two inner ones, which every message names, are strong evidence.
    """
    factors = _factors(obs.message)
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
    """Return the length of the second factor of the product that failed; None if unknown."""
    factors = _factors(obs.message)
    return None if factors is None else factors[1][0]


def elementwise_shape_error(obs: Observation) -> bool:
    """Return whether an elementwise operation failed on two of the network's shapes (with NumPy, not transposes)."""
    text = obs.message
    sizes = set(obs.option("sizes").values())
    found = re.search(r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)", text)
    if found:
        a, b, c, d = map(int, found.groups())
        return {a, b, c, d} <= sizes and (a, b) != (d, c)
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", text)
    return found is not None and {int(found[1]), int(found[2])} <= sizes


def elementwise_transpose_error(obs: Observation) -> bool:
    """Return whether an elementwise operation failed on an array and one of the transposed shape."""
    for pattern in (
        r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)",
        r"shape of the mask \[(\d+), (\d+)\].* shape of the indexed tensor \[(\d+), (\d+)\]",
        r"got \[(\d+), (\d+)\] but expected shape compatible with \[(\d+), (\d+)\]",
    ):
        found = re.search(pattern, obs.message)
        if found:
            return (found[1], found[2]) == (found[4], found[3]) and found[1] != found[2]
    return False


# ---------------------------------------------------------------- training


def parameter_names(obs: Observation) -> tuple[str, ...]:
    """Return the names of the trained parameters: all inputs but the data."""
    return tuple(name for name in obs.question.inputs if name not in ("x", "y"))


def unmoved(obs: Observation, *names: str) -> bool:
    """Return whether parameters, by default all, still have their initial values."""
    if "moved" in obs.answer.facts and not names:
        return not obs.fact("moved")
    return all(np.array_equal(obs.got(n), obs[n]) for n in names or parameter_names(obs))


def same_loss(obs: Observation) -> bool:
    """Return whether every loss equals the first right one."""
    return obs.agrees("losses", np.full(n_steps(obs), obs.truth["losses"][0]))


def constant(obs: Observation) -> bool:
    """Return whether every loss equals the first right one, and no parameter moved."""
    return unmoved(obs) and same_loss(obs)


def near(got: Any, right: Any) -> bool:
    """Return whether losses are right up to a relative tolerance, however small they are."""
    return bool(np.allclose(got, right, rtol=1e-4, atol=0))


def losses_right_so_far(obs: Observation, n_losses: int) -> bool:
    """Return whether that many losses were returned, and all that can be compared are right."""
    got, truth = obs.got("losses").ravel(), np.asarray(obs.truth["losses"])
    n = min(len(got), len(truth))
    return len(got) == n_losses and n > 0 and near(got[:n], truth[:n])


def first_loss_right(obs: Observation) -> bool:
    got = np.atleast_1d(obs.got("losses"))
    return got.size > 0 and near(got[0], obs.truth["losses"][0])


def passes(obs: Observation) -> int:
    """Return how many backward passes reached a parameter; for a model, how many did not fail."""
    reached: dict[str, int] | None = obs.fact("passes")
    if reached is not None:
        return max(reached.values(), default=0)
    calls = int(obs.fact("calls", {}).get("backward", 0))
    # the failed call was counted too, but propagated no gradient
    return calls - raises(obs, "does not require grad|backward through the graph|modified by an inplace")


def calls(obs: Observation, what: str) -> int:
    return int(obs.fact("calls", {}).get(what, 0))


def order_of(obs: Observation) -> list[Any]:
    """Return the recorded calls in order: zero_grad, backward, step."""
    return list(obs.fact("order", []))
