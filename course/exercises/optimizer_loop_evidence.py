"""What an answer to a training question shows of how it came about: which calls were made, what moved."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course.checks import Seen

PARAMETERS = ("0.weight", "0.bias", "2.weight", "2.bias")


def calls(seen: Seen, what: str) -> int:
    return int(seen.fact("calls", {}).get(what, 0))


def order_of(seen: Seen) -> list[str]:
    return list(seen.fact("order", []))


def n_steps(seen: Seen) -> int:
    return int(seen.option("steps"))


def moved(seen: Seen) -> bool:
    start = {n: seen.question.inputs[n].astype(seen.question.dtype) for n in PARAMETERS}
    return any(not np.array_equal(seen.got(n), start[n]) for n in PARAMETERS)


def constant(seen: Seen) -> np.ndarray:
    return np.full(n_steps(seen), seen.truth["losses"][0])


def first_loss_right(seen: Seen) -> bool:
    got = np.atleast_1d(seen.got("losses"))
    return bool(got.size > 0 and np.isclose(got[0], seen.truth["losses"][0], rtol=1e-5))


def cleared_between(seen: Seen) -> bool:
    """Tell whether the gradients are cleared after each backward pass, before the step that would read them."""
    order = order_of(seen)
    steps = [i for i, call in enumerate(order) if call == "step"]
    return bool(steps) and all("zero_grad" in since_backward(order[:i]) for i in steps)


def since_backward(order: list[str]) -> list[str]:
    if "backward" not in order:
        return []
    return order[len(order) - order[::-1].index("backward") :]


def step_first(seen: Seen) -> bool:
    order = order_of(seen)
    return "step" in order and "backward" in order and order.index("step") < order.index("backward")


def nothing_to_read(seen: Seen) -> bool:
    """Tell whether backward came before each step, nobody called zero_grad between, and still nothing moved."""
    order = order_of(seen)
    return (
        calls(seen, "forward") > 0
        and calls(seen, "optimizer") == 0
        and order.count("step") == order.count("backward") == n_steps(seen)
        and not step_first(seen)
        and not cleared_between(seen)
        and not moved(seen)
    )


def update_after_loop(seen: Seen) -> bool:
    order = order_of(seen)
    return order.count("step") == 1 and order[-1] == "step" and calls(seen, "backward") > 1


def says(pattern: str) -> Callable[[Seen], bool]:
    return lambda s: bool(s.failure and pattern in s.failure.message)
