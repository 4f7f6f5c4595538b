"""The training loop, built from replaceable parts: gradients by hand or by autograd, updates by any optimizer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course.network.losses import Loss, sum_of_squares
from course.network.network import Arrays, Network, leaves_of, linear, stack
from course.network.optimizers import Optimizer, Sgd
from course.network.tape import Array, variable

Names = tuple[str, ...]
# From the names of all parameters to the chosen ones.
Choice = Callable[[Names], Names]


def none_of(names: Names) -> Names:
    return ()


@dataclass(frozen=True)
class Problem:
    """What is trained: a network on x (n, d_in) and y (n, d_out).

    right: the loss that is passed in; by hand it is the sum of squares. by_hand: whether gradients come from the
    backward pass by hand, for w1 and w2, or from autograd, for any number of layers.
    """

    network: Network
    x: Array
    y: Array
    right: Loss = sum_of_squares
    by_hand: bool = False

    def measure(
        self, now: Arrays, rows: slice = slice(None), back: Arrays | None = None
    ) -> tuple[float, dict[str, Array]]:
        """Return the reported loss and the gradients at given parameters, for some rows of the data.

        back: by hand only, the weights that the gradient is propagated back through, if they were updated already.
        """
        x, y = self.x[rows], self.y[rows]
        if not self.by_hand:
            found = self.network.differentiate(x, y, now, self.right)
            return float(found["loss"].sum()), {name: found[f"grad_{name}"] for name in now}
        state = self.network.forward(x, stack(leaves_of({name: now[name] for name in ("w1", "w2")})))
        found = self.network.backward(x, y, (back or now)["w2"], **state)
        loss = float(self.network.loss(state["y_pred"], y)) + self.network.penalised(now)
        return loss, {n: found[f"grad_{n}"] for n in ("w1", "w2")}


@dataclass(frozen=True, eq=False)
class Loop:
    """A training loop. The defaults are right; a mistake is a loop with a part replaced.

    optimizer: the optimizer used, from the right one. kept: parameters whose gradients are never cleared;
    cleared_every: gradients are cleared once in this many steps, counted from step `cleared_from`; moves_every:
    parameters are updated once in this many steps.
    still: parameters that are never updated.
    pace: factor on every gradient. decay: fraction of each parameter added to its gradient, from the learning rate.
    up: parameters updated by gradient ascent.
    schedule: factor on every step, from its index and the number of steps. rates: some parameters, and a factor on
    their steps from the learning rate.
    late: losses are recorded after the update. wiped: updated parameters become zero.
    stale: every step uses the first gradients; once: by hand, every step uses the first forward pass.
    at_end: only the last step updates. moves: only this many first steps do. skipped: list index of a step that does
    not. more: additional steps, or fewer if negative. twice: parameters that are updated twice in a step. fresh: the
    optimizer is created anew for every step. also_by_hand: plain gradient descent in addition.
    best: at the end, parameters are restored to those of the lowest loss, among the "noted" (recorded) ones, or "all",
    which includes the final loss.
    order: "together"; "w2 first", with the gradient propagated through the new w2; "one by one", with everything
    recomputed in between, or "one by one, w1 first". batch: updates after every so many rows, 0 for all; summed: the
    recorded loss is the sum of those before each of these updates.
    listed: transforms the recorded losses. final: the final loss is recorded too.
    """

    optimizer: Callable[[Optimizer], Optimizer] = lambda right: right
    kept: Choice = none_of
    cleared_every: int = 1
    cleared_from: int = 0
    moves_every: int = 1
    still: Choice = none_of
    pace: float = 1.0
    decay: Callable[[float], float] = lambda lr: 0.0
    up: Choice = none_of
    schedule: Callable[[int, int], float] | None = None
    rates: tuple[Choice, Callable[[float], float]] = (none_of, lambda lr: 1.0)
    late: bool = False
    wiped: bool = False
    stale: bool = False
    once: bool = False
    at_end: bool = False
    moves: int | None = None
    skipped: int | None = None
    more: int = 0
    twice: Choice = none_of
    fresh: bool = False
    also_by_hand: bool = False
    best: str = ""
    order: str = "together"
    batch: int = 0
    summed: bool = False
    listed: Callable[[Array], Array] = lambda losses: losses
    final: bool = False

    def train(
        self, problem: Problem, parameters: Arrays, right: Optimizer, steps: int, first: int | None = None
    ) -> dict[str, Array]:
        """Return "losses", one for each step, and the final parameters; first: take only this many of the steps."""
        mover = _Mover(self.optimizer(right))
        now = dict(parameters)
        names = tuple(parameters)
        kept, still, twice, up = self.kept(names), self.still(names), self.twice(names), self.up(names)
        lr = getattr(right, "lr", 0.0)
        faster, factor, decay = self.rates[0](names), self.rates[1](lr), self.decay(lr)
        sums: dict[str, Array] = {}
        noted: list[float] = []
        lowest = (np.inf, now)
        for step in range(max(0, steps + self.more))[:first]:
            loss, found = problem.measure(parameters, back=now) if self.once else problem.measure(now)
            if sums:
                clears = step >= self.cleared_from and (step - self.cleared_from) % self.cleared_every == 0
                held = kept if clears else names
                found = sums if self.stale else {n: g + sums[n] if n in held else g for n, g in found.items()}
            sums = found
            found = {name: -g if name in up else g for name, g in found.items()}
            found = {name: g + decay * now[name] for name, g in found.items()} if decay else found
            if self.fresh:
                mover = _Mover(self.optimizer(right))
            before = now
            if self.batch:
                on_the_way, now = self._in_batches(problem, now, mover)
                loss = on_the_way if self.summed else loss
            elif self._moves_in(step, steps + self.more):
                now = self._moved(problem, now, found, mover)
                if faster or self.schedule:
                    paced = self.schedule(step, steps) if self.schedule else 1.0
                    by = {name: paced * (factor if name in faster else 1.0) for name in names}
                    now = {name: before[name] + by[name] * (now[name] - before[name]) for name in names}
                if twice:
                    again = self._moved(problem, now, found, mover)
                    now = {name: (again if name in twice else now)[name] for name in names}
                if self.also_by_hand:
                    now = {name: now[name] - lr * found[name] for name in names}
                if self.wiped:
                    now = {name: np.zeros_like(array) for name, array in now.items()}
                now = {name: before[name] if name in still else now[name] for name in names}
            noted.append(problem.measure(now)[0] if self.late else loss)
            lowest = min(lowest, (loss, before), key=lambda pair: pair[0])
        if self.final:
            noted.append(problem.measure(now)[0])
        if self.best and not (self.best == "all" and problem.measure(now)[0] < lowest[0]):
            now = lowest[1]
        return {"losses": self.listed(np.array(noted)), **now}

    def _moves_in(self, step: int, steps: int) -> bool:
        if self.at_end:
            return step == steps - 1
        skips = self.skipped is not None and step == self.skipped % steps
        return not skips and not (step + 1) % self.moves_every and (self.moves is None or step < self.moves)

    def _moved(self, problem: Problem, now: dict[str, Array], found: Arrays, mover: _Mover) -> dict[str, Array]:
        match self.order:
            case "one by one" | "one by one, w1 first":
                for name in tuple(now) if self.order.endswith("w1 first") else reversed(tuple(now)):
                    gradient = problem.measure(now)[1][name]
                    now = {**now, name: mover.step(name, now[name], self.pace * gradient)}
                return now
            case "w2 first":
                w2 = mover.step("w2", now["w2"], self.pace * found["w2"])
                back = problem.measure(now, back={"w2": w2})[1]
                return {"w1": mover.step("w1", now["w1"], self.pace * back["w1"]), "w2": w2}
        return {name: mover.step(name, now[name], self.pace * found[name]) for name in now}

    def _in_batches(self, problem: Problem, now: dict[str, Array], mover: _Mover) -> tuple[float, dict[str, Array]]:
        """Update after each batch of rows; return the sum of their losses, each before its update."""
        total = 0.0
        for first in range(0, len(problem.x), self.batch):
            loss, gradients = problem.measure(now, slice(first, first + self.batch))
            now = {name: mover.step(name, now[name], gradients[name]) for name in now}
            total += loss
        return total, now


class _Mover:
    """An optimizer with its state for each parameter."""

    def __init__(self, optimizer: Optimizer) -> None:
        self._optimizer = optimizer
        self._memory: dict[str, tuple[Array, ...]] = {}
        self._t: dict[str, int] = {}

    def step(self, name: str, parameter: Array, gradient: Array) -> Array:
        self._t[name] = self._t.get(name, 0) + 1
        moved, *memory = self._optimizer.step(parameter, gradient, self._memory.get(name, ()), self._t[name])
        self._memory[name] = tuple(memory)
        return moved


def descend(problem: Problem, parameters: Arrays, lr: float, steps: int) -> dict[str, Array]:
    """Train by plain gradient descent, as in ways 1 to 4."""
    return Loop().train(problem, parameters, Sgd(lr), steps)


def nearest_kink(x: Array, parameters: Arrays) -> float:
    """Return the smallest distance of a hidden value to the kink of the ReLU, in standard deviations of its layer."""
    flow, nearest = variable(x), np.inf
    for layer in stack(leaves_of(parameters))[:-1]:
        h = linear(flow, *layer).value
        if h.size > 1:
            nearest = min(nearest, float(np.min(np.abs(h)) / np.std(h)))
        flow = variable(np.maximum(h, 0.0))
    return nearest
