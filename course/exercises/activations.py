"""What students take for a ReLU, going forward and going back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

Array = np.ndarray


@dataclass(frozen=True)
class Activation:
    """A wrong activation: the mistake's id and hint, and what it makes of h."""

    id: str
    hint: str
    of: Callable[[Array], Array]


@dataclass(frozen=True)
class Gate:
    """A wrong way back: the mistake's id and hint, and what it makes of h and the gradient that arrives."""

    id: str
    hint: str
    of: Callable[[Array, Array], Array]


def relu(h: Array) -> Array:
    return np.where(h > 0, h, 0.0)


def _leaky(slope: float) -> Callable[[Array], Array]:
    return lambda h: np.where(h > 0, h, slope * h)


def _gelu(h: Array) -> Array:
    exact: Array = torch.nn.functional.gelu(torch.from_numpy(np.ascontiguousarray(h))).numpy()
    return exact


_OTHERS: tuple[Callable[[Array], Array], ...] = (
    lambda h: 1 / (1 + np.exp(-h)),
    np.tanh,
    _gelu,
    lambda h: np.logaddexp(0.0, h),
    lambda h: np.where(h > 0, h, np.expm1(np.minimum(h, 0))),
    lambda h: h / (1 + np.exp(-h)),
    lambda h: np.clip(h, 0, 6),
    lambda h: np.clip(h, 0, 1),
)
# torch's own default, the slopes of other texts, and those of LeakyReLU's papers
_SLOPES = (0.01, 0.1, 0.2, 0.001, 0.05, 0.3)

ACTIVATIONS = (
    Activation("no-relu", "What should a hidden unit say when its input is negative?", lambda h: h),
    Activation("relu-wrong-side", "Which side of zero does your activation keep?", lambda h: np.minimum(h, 0)),
    Activation("absolute-value", "Negative inputs are silenced, not flipped.", np.abs),
    Activation("relu-is-mask", "You kept who is on, and lost how strongly.", lambda h: (h > 0).astype(float)),
    *(Activation("leaky-relu", "Is your unit really off when it is off?", _leaky(slope)) for slope in _SLOPES),
    *(
        Activation("other-activation", "A fine activation, but not the one that is asked for.", other)
        for other in _OTHERS
    ),
)

_TIMES = "The slope of a ReLU is 0 or 1."
_UPSTREAM = "The slope of your function is half of the chain rule. Where is the other half, the gradient that arrives?"
_INVERTED = "You let through exactly the units that were off."
_LEAK = "Is the slope really 0 where the unit is off?"

GATES = (
    Gate("no-mask", "Units that were off in the forward pass learn nothing from this example.", lambda h, g: g),
    Gate(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what yours compares with zero.",
        lambda h, g: relu(g),
    ),
    Gate("mask-inverted", _INVERTED, lambda h, g: g * (h < 0)),
    Gate("times-activation", _TIMES, lambda h, g: g * h),
    Gate("times-activation", _TIMES, lambda h, g: g * relu(h)),
    Gate("upstream-gradient-ignored", _UPSTREAM, lambda h, g: (h > 0).astype(float)),
    Gate("sign-flipped", "Nudge an input that is on: which way does the output move?", lambda h, g: -g * (h > 0)),
    *(Gate("leaky-relu", _LEAK, lambda h, g, a=slope: np.where(h > 0, g, a * g)) for slope in _SLOPES),  # type: ignore[misc]
)
