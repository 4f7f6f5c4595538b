"""Train with something done wrong: the losses that a mistaken loop hands back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from course.checks import TOLERANCE, Seen, same
from course.checks.mistake import FORM_MARGIN

Tensors = dict[str, torch.Tensor]
Objective = Callable[[Tensors], torch.Tensor]


@dataclass(frozen=True)
class Slip:
    """What a training loop does otherwise than it should.

    objective: another loss. shown: factor of the losses handed back. pace: factor of every step.
    lr: another learning rate. kept: parameters whose gradients are never cleared. still: parameters never updated.
    late: losses are taken after the update. wiped: parameters are set to zero after the update.
    stale: the first gradients are used in every step. moves: how many steps have an effect. more: further steps.
    """

    objective: Objective | None = None
    shown: float = 1.0
    pace: float = 1.0
    lr: float | None = None
    kept: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    late: bool = False
    wiped: bool = False
    stale: bool = False
    moves: int = 1_000_000
    more: int = 0


@dataclass(frozen=True)
class Descent:
    """How a question's training goes: its tensors, the names of what is trained, and the loss."""

    tensors: Tensors
    names: list[str]
    objective: Objective
    lr: float
    steps: int

    def losses(self, slip: Slip) -> np.ndarray:
        """Return the losses that a loop with this slip hands back."""
        return self.run(slip)[0]

    def run(self, slip: Slip) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Return the losses that a loop with this slip hands back, and the parameters it ends with."""
        now = {**self.tensors, **{name: self.tensors[name].clone() for name in self.names}}
        measure = slip.objective or self.objective
        rate = slip.pace * (self.lr if slip.lr is None else slip.lr)
        sums: dict[str, torch.Tensor] = {}
        shown = []
        for step in range(self.steps + slip.more):
            leaves = [now[name].requires_grad_() for name in self.names]
            value = measure(now)
            found = dict(zip(self.names, torch.autograd.grad(value, leaves), strict=True))
            if slip.stale and sums:
                found = sums
            elif sums:
                found = {n: g + sums[n] if n in slip.kept else g for n, g in found.items()}
            sums = found
            for name in self.names:
                now[name] = now[name].detach()
                if name not in slip.still and step < slip.moves:
                    now[name] = torch.zeros_like(now[name]) if slip.wiped else now[name] - rate * found[name]
            shown.append(float(measure(now)) if slip.late else float(value.detach()))
        return slip.shown * np.array(shown), {name: now[name].numpy() for name in self.names}


Look = Callable[[Seen], Descent]


def follows(seen: Seen, descent: Descent, slips: Sequence[Slip], first: int | None = None) -> bool:
    """Tell whether the losses are those of a loop with one of the slips; of the first few only, where it diverges."""
    got = seen.got("losses")
    for slip in slips:
        with np.errstate(all="ignore"):
            form = descent.losses(slip)[:first]
        if got[:first].shape == form.shape and near(got[:first], form, seen):
            return True
    return False


def ends_with(seen: Seen, descent: Descent, slip: Slip) -> bool:
    """Tell whether every parameter ends where a loop with the slip leaves it."""
    ends = descent.run(slip)[1]
    tolerance = FORM_MARGIN * TOLERANCE[seen.question.dtype]
    return all(same(seen.value(name), end, tolerance) for name, end in ends.items())


def near(got: np.ndarray, form: np.ndarray, seen: Seen) -> bool:
    """Compare loss by loss: a long one must not hide a short one."""
    margin = FORM_MARGIN * TOLERANCE[seen.question.dtype]
    return bool(np.all(np.isfinite(got)) and np.all(np.abs(got - form) <= margin * np.abs(form)))
