"""Subsets of a model's parameters that a mistake can be about: the biases, one layer, all but one."""

from __future__ import annotations

from collections.abc import Callable

Names = tuple[str, ...]


def _is_bias(name: str) -> bool:
    return name.startswith("b") or name.endswith("bias")


def all_of(names: Names) -> Names:
    return names


def biases(names: Names) -> Names:
    return tuple(name for name in names if _is_bias(name))


def weights(names: Names) -> Names:
    return tuple(name for name in names if not _is_bias(name))


def layers(names: Names) -> list[Names]:
    """Return, for each boundary between two layers, the parameters of the layers before it and of those after it."""
    order = list(dict.fromkeys(name.partition(".")[0] for name in names))
    of = {layer: tuple(n for n in names if n.partition(".")[0] == layer) for layer in order}
    parts = [p for cut in range(1, len(order)) for p in (order[:cut], order[cut:])]
    return [tuple(name for layer in part for name in of[layer]) for part in parts]


def single(names: Names) -> list[Names]:
    """Return the sets of one parameter and the sets of all but one."""
    return [*((name,) for name in names), *(tuple(n for n in names if n != name) for name in names)]


def proper_subsets(names: Names) -> list[Names]:
    """Return the sets of parameters, neither empty nor all, that a loop may forget."""
    sets = [*single(names), biases(names), weights(names), *layers(names)]
    return [some for some in sets if 0 < len(some) < len(names)]


def biases_or_layers(names: Names) -> list[Names]:
    return [biases(names), *layers(names)]


def nth_subset(sets: Callable[[Names], list[Names]], i: float) -> Callable[[Names], Names]:
    """Return the choice of the i-th set, or of nothing if there are fewer sets."""
    return lambda names: sets(names)[int(i)] if i < len(sets(names)) else ()


def biases_and_outer_layers(names: Names) -> Names:
    """Return the biases, and all parameters outside `model[0]` and `model[2]`."""
    return tuple(name for name in names if _is_bias(name) or name.partition(".")[0] not in ("0", "2"))
