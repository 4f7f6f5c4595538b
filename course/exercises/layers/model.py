"""Named mistakes of a model of two linear layers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from course.checks import Mistake, Seen
from course.exercises.chain import PARTS, part_shapes, predict
from course.exercises.descent import (
    matches,
    proved,
    raises,
)
from course.exercises.inputs import Sizes, relu
from course.exercises.layers.headings import (
    ONE_LAYER,
    PARAMETERS,
)
from course.exercises.made_up import n_layers
from course.exercises.own_module_mistakes import NO_SUPER_INIT

_ACTIVATIONS = (
    torch.sigmoid,
    torch.tanh,
    functional.gelu,
    functional.elu,
    functional.silu,
    functional.softplus,
    functional.selu,
    functional.hardtanh,
    functional.relu6,
)


def _shapes(seen: Seen) -> list[tuple[int, ...]]:
    return sorted(tuple(shape) for shape in seen.fact("shapes", {}).values())


def _right_shapes(seen: Seen) -> dict[str, tuple[int, ...]]:
    return part_shapes(seen.option("sizes") | {})


def _linear(n_in: int, n_out: int) -> list[tuple[int, ...]]:
    return [(n_out, n_in), (n_out,)]


def _sizes_swapped(seen: Seen) -> bool:
    sizes: Sizes = seen.option("sizes")
    ends = [(sizes["d_in"], sizes["d_h"]), (sizes["d_h"], sizes["d_out"])]
    for turns in itertools.product((False, True), repeat=2):
        if any(turns):
            turned = [e[::-1] if turn else e for e, turn in zip(ends, turns, strict=True)]
            if _shapes(seen) == sorted(shape for e in turned for shape in _linear(*e)):
                return True
    return False


def _no_bias(seen: Seen) -> bool:
    right = _right_shapes(seen)
    biases = [right["first bias"], right["second bias"]]
    weights = [right["first weight"], right["second weight"]]
    left = [[], *[[bias] for bias in biases]]
    return any(_shapes(seen) == sorted([*weights, *some]) for some in left)


def _written_in(seen: Seen) -> bool:
    """Tell whether sizes of the notebook stand where others were asked for."""
    sizes: Sizes = seen.option("sizes")
    asked = {sizes["d_in"], sizes["d_h"], sizes["d_out"]}
    found = {size for shape in _shapes(seen) for size in shape}
    return bool((found - asked) & {1000, 100, 10}) and found <= asked | {1000, 100, 10}


def _unused(seen: Seen) -> bool:
    """Tell whether a parameter that could learn got no gradient, while others got one."""
    reached, frozen = seen.fact("reached", []), seen.fact("frozen", [])
    names = [name for name in seen.fact("shapes", {}) if name not in frozen]
    return bool(reached) and any(name not in reached for name in names)


def _parts(seen: Seen) -> dict[str, np.ndarray]:
    return {part: np.asarray(seen.truth[part]) for part in PARTS}


def _predicted(*activations: Any) -> Callable[[Seen], np.ndarray]:
    """Return the closed form of a prediction with one of several other activations."""
    return proved("y_pred", lambda s: matches(s, "y_pred", [predict(s["x"], _parts(s), f) for f in activations]))


def _in_numpy(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda h: np.asarray(function(torch.from_numpy(np.asarray(h))).numpy())


def _leaky(slope: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda h: np.where(h > 0, h, slope * h)


def _after(*last: Callable[[np.ndarray], np.ndarray]) -> Callable[[Seen], np.ndarray]:
    """Return the closed form of a prediction changed at the end, with the activation in its place or without."""

    def sign(seen: Seen) -> bool:
        plain = [predict(seen["x"], _parts(seen), activation) for activation in (relu, lambda h: h)]
        return matches(seen, "y_pred", [f(y_pred) for f in last for y_pred in plain])

    return proved("y_pred", sign)


def _softmax(axis: int) -> Callable[[np.ndarray], np.ndarray]:
    return _in_numpy(lambda t: torch.softmax(t, axis))


def _model_type(seen: Seen, pattern: str) -> bool:
    return re.search(pattern, str(seen.fact("model_type", ""))) is not None


_LAYERS_IN_LIST = "A list holds layers, but it is no chain: nobody calls them one after the other."

MODEL_MISTAKES = (
    Mistake(
        "returns-none",
        "Did the function hand anything back? A model is built, and then forgotten.",
        ("is_module",),
        when=lambda s: _model_type(s, "NoneType"),
    ),
    Mistake(
        "layers-in-list",
        _LAYERS_IN_LIST,
        ("is_module",),
        when=lambda s: _model_type(s, r"^builtins\.(list|tuple|dict)$"),
        raised=lambda s: (
            raises(s, "(list|tuple) is not a Module subclass")
            or (_model_type(s, "ModuleList|ModuleDict") and raises(s, "forward|not callable"))
        ),
    ),
    Mistake(
        "layers-in-list",
        "The model keeps layers in a plain list: neither it nor an optimizer will ever find their parameters.",
        ("parameters",),
        when=lambda s: bool(s.fact("hidden_layers")) and len(_shapes(s)) < 4,
        section=PARAMETERS,
    ),
    Mistake(
        "raw-tensors",
        "A tensor is no parameter: the model does not know that it is to learn.",
        ("parameters",),
        when=lambda s: bool(s.fact("raw_tensors") or s.fact("hidden_tensors")) and len(_shapes(s)) < 4,
        section=PARAMETERS,
    ),
    Mistake(
        "function-not-module",
        "A chain is made of objects. What you put between the two layers is a class or a function.",
        raised=lambda s: raises(s, "is not a Module subclass") and not raises(s, "(list|tuple) is not a Module"),
    ),
    Mistake(
        "linear-sizes-swapped",
        "When a layer is made its inputs come first; in its weight the outputs do.",
        ("parameters",),
        when=_sizes_swapped,
        raised=_sizes_swapped,
        section=ONE_LAYER,
    ),
    Mistake(
        "sizes-fixed",
        "Your code knows sizes that it should ask its arguments for.",
        ("parameters",),
        when=_written_in,
        raised=_written_in,
    ),
    Mistake(
        "no-bias",
        "Count the parameters of each layer: something that is added to every row is missing.",
        ("parameters",),
        when=_no_bias,
        section=ONE_LAYER,
    ),
    Mistake(
        "extra-layer",
        "Count the layers in the picture, then those in your model.",
        ("parameters",),
        when=lambda s: len(_shapes(s)) >= 6 and n_layers(s) > 2 and not _unused(s),
        section="The picture and the shapes",
    ),
    Mistake(
        "unused-layer",
        "One of your layers is made and never called. Follow one example through the model: whom does it meet?",
        ("parameters",),
        when=_unused,
        section=PARAMETERS,
    ),
    Mistake(
        "frozen-parameters",
        "A parameter that does not require a gradient never learns.",
        ("learns",),
        when=lambda s: bool(s.fact("frozen")),
        section=PARAMETERS,
    ),
    Mistake(
        "graph-cut",
        "Somewhere inside the model the record is cut: going backward does not reach the layers before that place.",
        ("learns",),
        when=lambda s: not s.fact("frozen"),
        section=PARAMETERS,
    ),
    Mistake(
        "no-relu",
        "Two linear layers in a row are one linear layer. What stands between yours?",
        ("y_pred",),
        form=_predicted(lambda h: h),
    ),
    Mistake(
        "leaky-relu",
        "Is your unit really off when it is off?",
        ("y_pred",),
        form=_predicted(*(_leaky(slope) for slope in (0.01, 0.1, 0.2, 0.001, 0.05, 0.3, 0.25))),
    ),
    Mistake(
        "other-activation",
        "A fine activation, but not the one that is asked for.",
        ("y_pred",),
        form=_predicted(*(_in_numpy(f) for f in _ACTIVATIONS)),
    ),
    Mistake("absolute-value", "Negative inputs are silenced, not flipped.", ("y_pred",), form=_predicted(np.abs)),
    Mistake(
        "relu-wrong-side",
        "Which side of zero does your activation keep?",
        ("y_pred",),
        form=_predicted(lambda h: np.minimum(h, 0)),
    ),
    Mistake(
        "relu-on-output",
        "Can your network ever predict a negative target?",
        ("y_pred",),
        form=_after(relu),
    ),
    Mistake(
        "softmax-on-output",
        "The targets are numbers of any size, not probabilities.",
        ("y_pred",),
        form=_after(_softmax(1), _softmax(0), _in_numpy(torch.sigmoid)),
    ),
    Mistake(
        "relu-on-input",
        "The activation sits between the two layers, not before the first.",
        ("y_pred",),
        form=proved(
            "y_pred",
            lambda s: matches(s, "y_pred", [predict(relu(s["x"]), _parts(s), f) for f in (lambda h: h, relu)]),
        ),
    ),
    Mistake(
        "layers-in-wrong-order",
        "Follow one example through the chain: which layer does it meet first?",
        raised=lambda s: raises(s, "shapes cannot be multiplied") and _shapes(s) == sorted(_right_shapes(s).values()),
        section="The picture and the shapes",
    ),
    Mistake(
        "no-super-init",
        "A module has to become a module before it can hold layers: who calls the constructor of the class above?",
        raised=NO_SUPER_INIT,
    ),
    Mistake(
        "no-forward",
        "PyTorch looks for a method of an exact name, at the level of the class.",
        raised=lambda s: raises(s, 'missing the required "forward"') and not _model_type(s, "ModuleList|ModuleDict"),
    ),
)
