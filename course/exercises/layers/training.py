"""Named mistakes of a training loop over the parameters of a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from course.checks import Mistake, Seen
from course.exercises.chain import chain, parameter_names, powers
from course.exercises.descent import (
    Descent,
    Slip,
    clears_before_update,
    constant,
    follows,
    rebinds,
    training_mistakes,
    unmoved,
    uses_up,
)
from course.exercises.layers.headings import (
    ADD_UP,
    LOOP,
    PARAMETERS,
    TRAIN_SECTION,
)
from course.exercises.two_layer import given


def _tensors(seen: Seen) -> dict[str, torch.Tensor]:
    return given(seen.question)


def _objective(seen: Seen, kind: str, factor: Callable[[torch.Tensor], float] = lambda d: 1.0) -> Any:
    layers = seen.option("layers")

    def measure(t: dict[str, torch.Tensor]) -> torch.Tensor:
        difference = chain(t, layers)[0] - t["y"]
        return factor(difference) * powers(difference, kind)

    return measure


def descent(seen: Seen) -> Descent:
    return Descent(
        _tensors(seen),
        parameter_names(seen.question.inputs),
        _objective(seen, seen.option("loss")),
        float(seen.option("lr")),
        int(seen.option("steps")),
    )


def _layers(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in names))


def _of_layers(names: list[str], layers: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name.partition(".")[0] in layers)


def _some_layers_still(names: list[str]) -> list[tuple[str, ...]]:
    """Return the parameters left where they are if only the first layers, or only the last ones, are updated."""
    layers = _layers(names)
    cuts = range(1, len(layers))
    return [_of_layers(names, part) for cut in cuts for part in (layers[:cut], layers[cut:])]


def _biases(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name.endswith("bias"))


def _some_kept(names: list[str]) -> list[tuple[str, ...]]:
    single = [(name,) for name in names]
    all_but_one = [tuple(n for n in names if n != name) for name in names]
    weights = tuple(n for n in names if n not in _biases(names))
    return [*single, *all_but_one, _biases(names), weights, *_some_layers_still(names)]


def _biases_still(names: list[str]) -> list[tuple[str, ...]]:
    """Return the sets without biases; `model[0]` and `model[2]` by number leave later layers where they are, too."""
    later = tuple(name for name in names if name.partition(".")[0] not in ("0", "2"))
    return [_biases(names), tuple(dict.fromkeys([*_biases(names), *later]))]


def _other_losses(seen: Seen, scale: Callable[[torch.Tensor], float]) -> list[Slip]:
    """Return loops that ignore the loss they are handed and use one of their own."""
    return [Slip(objective=_objective(seen, "squares", scale))]


def _ignores_loss(seen: Seen) -> bool:
    """Tell whether the loop squares whatever it is asked: that shows where another loss was handed in."""
    if seen.option("loss") == "squares":
        return False
    return follows(seen, descent(seen), _other_losses(seen, lambda d: 1.0), 2)


TRAIN_MISTAKES = (
    *training_mistakes(
        descent,
        kept=_some_kept,
        still={
            "biases-skipped": ("Which of the four parameters never move? Look at their names.", _biases_still),
            "one-layer-only": ("Which layer never moves?", _some_layers_still),
            "weights-skipped": (
                "Only the biases move. What about the matrices?",
                lambda names: [tuple(n for n in names if n not in _biases(names))],
            ),
        },
        section=TRAIN_SECTION,
        adding_up=ADD_UP,
        made_anew=("make_model", "Linear", "Sequential"),
    ),
    Mistake(
        "mean-not-sum",
        "Your function brings a loss of its own, an average, and leaves the one it was handed aside.",
        ("losses",),
        when=lambda s: follows(s, descent(s), _other_losses(s, lambda d: 1 / d.numel()), 2),
        section=TRAIN_SECTION,
    ),
    Mistake(
        "loss-fn-ignored",
        "Your function squares the errors itself. What is the argument `loss_fn` for?",
        ("losses",),
        when=_ignores_loss,
        section=TRAIN_SECTION,
    ),
    Mistake(
        "trained-a-copy",
        "The losses fall, but the model that was handed in has not moved: what did you train?",
        ("parameters",),
        when=lambda s: unmoved(s) and bool(s.fact("same_parameters", True)),
        section=LOOP,
    ),
    Mistake(
        "parameters-replaced",
        "The model holds new parameters now. The old ones, which others may hold as well, should have changed.",
        ("parameters",),
        when=lambda s: not s.fact("same_parameters", True),
        section=LOOP,
    ),
    Mistake(
        "loop-variable-rebound",
        "A name in a loop is only a name. Did the tensor the model holds change?",
        ("losses",),
        when=lambda s: constant(s) and rebinds(s.code) and not uses_up(s.code) and not clears_before_update(s.code),
        section=LOOP,
    ),
    Mistake(
        "generator-used-up",
        "One can walk through that only once. What is left for the second time?",
        ("losses",),
        when=lambda s: (
            uses_up(s.code)
            and (constant(s) or follows(s, descent(s), [Slip(moves=1), Slip(moves=1, kept=tuple(descent(s).names))]))
        ),
        section=LOOP,
    ),
    Mistake(
        "names-not-unpacked",
        "What does this loop give you: one thing, or a pair?",
        raised=r"'tuple' object has no attribute|unsupported operand type\(s\) for -=: 'tuple'",
        section=PARAMETERS,
    ),
    Mistake(
        "parameters-not-called",
        "You named the method. Did you call it?",
        raised=r"'method' object is not iterable",
        section=PARAMETERS,
    ),
)
