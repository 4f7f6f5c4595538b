"""What an answer shows beside its numbers: the exception, the sizes in it, what moved, what the text says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course.asking.syntax import contain
from course.checks import RowResult, Seen

Shape = tuple[int | None, int | None]
NO_RECORD = ("no_grad", "inference_mode", "set_grad_enabled")


def message(seen: Seen) -> str:
    return seen.failure.message if seen.failure else ""


def raises(seen: Seen, pattern: str) -> bool:
    """Tell whether an exception was raised whose "TypeName: text" has the pattern in it."""
    failure = seen.failure
    return failure is not None and re.search(pattern, f"{failure.type_name}: {failure.message}") is not None


def raised(pattern: str) -> Callable[[Seen], bool]:
    return lambda seen: raises(seen, pattern)


def line_has(seen: Seen, pattern: str) -> bool:
    """Tell whether the line of student code that failed has a pattern in it."""
    return seen.failure is not None and re.search(pattern, seen.failure.line) is not None


def mentions(seen: Seen, *parts: str) -> bool:
    """Tell whether the code, or a function of the notebook that it calls, uses a name with one of these in it."""
    return contain(seen.fact("uses", []), parts) or seen.code.mentions(*parts)


def first_wrong(seen: Seen) -> RowResult:
    """Return the first wrong row of this question; KeyError if all are right."""
    for row in seen.rows:
        if not row.ok:
            return row
    raise KeyError("no wrong row")


def n_samples(seen: Seen) -> float:
    return float(seen.option("sizes")["n"])


def n_entries(seen: Seen) -> float:
    """Return how many entries y_pred has."""
    sizes = seen.option("sizes")
    return float(sizes["n"] * sizes["d_out"])


def n_steps(seen: Seen) -> int:
    return int(seen.option("steps"))


def tensor_kind(seen: Seen, name: str) -> str:
    """Return what kind of value came back under a name, "" for none."""
    value = seen.value(name)
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


def multiplied(seen: Seen, left: str, right: str) -> bool:
    """Tell whether the error is about a product of matrices of these shapes, such as "n d_in" and "n d_h".

    Sizes are pairwise different, so the two inner ones, which every message names, say much.
    """
    factors = _factors(message(seen))
    if factors is None:
        return False
    sizes = seen.option("sizes")
    wanted = [sizes[name] for name in (*left.split(), *right.split())]
    got = [*factors[0], *factors[1]]
    return all(g is None or g == w for g, w in zip(got, wanted, strict=True))


def product_failed(seen: Seen) -> bool:
    return raises(seen, r"shapes cannot be multiplied|size mismatch|inconsistent tensor size|core dimension 0")


def vector_length(seen: Seen) -> int | None:
    """Return the length of the second factor of a product that failed."""
    factors = _factors(message(seen))
    return None if factors is None else factors[1][0]


def met_entry_by_entry(seen: Seen) -> bool:
    """Tell whether two of the network's arrays that do not have the same shape met in an operation entry by entry."""
    text = message(seen)
    sizes = set(seen.option("sizes").values())
    found = re.search(r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)", text)
    if found:
        a, b, c, d = map(int, found.groups())
        return {a, b, c, d} <= sizes and (a, b) != (d, c)
    found = re.search(r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", text)
    return found is not None and {int(found[1]), int(found[2])} <= sizes


def met_its_transpose(seen: Seen) -> bool:
    """Tell whether an array met one of the transposed shape in an operation entry by entry."""
    for pattern in (
        r"broadcast together with shapes \((\d+),(\d+)\) \((\d+),(\d+)\)",
        r"shape of the mask \[(\d+), (\d+)\].* shape of the indexed tensor \[(\d+), (\d+)\]",
        r"got \[(\d+), (\d+)\] but expected shape compatible with \[(\d+), (\d+)\]",
    ):
        found = re.search(pattern, message(seen))
        if found:
            return (found[1], found[2]) == (found[4], found[3]) and found[1] != found[2]
    return False


# ---------------------------------------------------------------- training


def parameter_names(seen: Seen) -> tuple[str, ...]:
    """Return the names of what is trained: the inputs but the data."""
    return tuple(name for name in seen.question.inputs if name not in ("x", "y"))


def unmoved(seen: Seen, *names: str) -> bool:
    """Tell whether parameters, by default all, are what they were."""
    if "moved" in seen.answer.facts and not names:
        return not seen.fact("moved")
    return all(np.array_equal(seen.got(n), seen[n]) for n in names or parameter_names(seen))


def same_loss(seen: Seen) -> bool:
    """Tell whether every loss is the first right one."""
    return seen.agrees("losses", np.full(n_steps(seen), seen.truth["losses"][0]))


def constant(seen: Seen) -> bool:
    """Tell whether every loss is the first right one, and nothing moved."""
    return unmoved(seen) and same_loss(seen)


def losses_right_so_far(seen: Seen, n_losses: int) -> bool:
    """Tell whether that many losses came back, and all that can be compared are right."""
    got, truth = seen.got("losses").ravel(), np.asarray(seen.truth["losses"])
    n = min(len(got), len(truth))
    return len(got) == n_losses and n > 0 and bool(np.allclose(got[:n], truth[:n], rtol=1e-4))


def first_loss_right(seen: Seen) -> bool:
    got = np.atleast_1d(seen.got("losses"))
    return bool(got.size > 0 and np.isclose(got[0], seen.truth["losses"][0], rtol=1e-4))


def passes(seen: Seen) -> int:
    """Return how many backward passes reached a parameter."""
    reached: dict[str, int] | None = seen.fact("passes")
    if reached is not None:
        return max(reached.values(), default=0)
    calls = int(seen.fact("calls", {}).get("backward", 0))
    # the call that failed was counted, and passed nothing back
    return calls - raises(seen, "does not require grad|backward through the graph|modified by an inplace")


def calls(seen: Seen, what: str) -> int:
    return int(seen.fact("calls", {}).get(what, 0))


def order_of(seen: Seen) -> list[Any]:
    """Return the calls that matter, in their order: zero_grad, backward, step."""
    return list(seen.fact("order", []))
