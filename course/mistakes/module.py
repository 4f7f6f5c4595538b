"""Mistakes in a model, from ready-made layers or as the student's own class."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable

from course.exercise import Mistake, Observation, error_of
from course.exercise.mistake import mistake
from course.mistakes.activation import RELU_BUILT
from course.mistakes.evidence import NO_RECORD, multiplied, product_failed, raises
from course.runner import FactName
from course.runner.syntax import last_name

NOTEBOOKS = {1000, 100, 10}


def _shapes(obs: Observation) -> list[tuple[int, ...]]:
    return [tuple(shape) for shape in obs.fact("shapes", {}).values()]


def _right_shapes(obs: Observation) -> list[tuple[int, ...]]:
    sizes = obs.option("sizes")
    d_in, d_h, d_out = sizes["d_in"], sizes["d_h"], sizes["d_out"]
    return sorted([(d_h, d_in), (d_h,), (d_out, d_h), (d_out,)])


def _sizes_swapped(obs: Observation) -> bool:
    sizes = obs.option("sizes")
    ends = [(sizes["d_in"], sizes["d_h"]), (sizes["d_h"], sizes["d_out"])]
    for turns in itertools.product((False, True), repeat=2):
        turned = [e[::-1] if turn else e for e, turn in zip(ends, turns, strict=True)]
        shapes = sorted(s for n_in, n_out in turned for s in ((n_out, n_in), (n_out,)))
        if any(turns) and shapes == sorted(_shapes(obs)) != _right_shapes(obs):
            return True
    return False


def _there_and_back(obs: Observation) -> bool:
    """Return whether the two layers, each with its sizes swapped, together have the right shapes again."""
    sizes = obs.option("sizes")
    return bool(sizes["d_in"] == sizes["d_out"])


def _other_sizes(obs: Observation) -> set[int]:
    """Return the sizes in the parameters' shapes that the question does not have."""
    sizes = obs.option("sizes")
    return {size for shape in _shapes(obs) for size in shape} - {sizes[k] for k in ("d_in", "d_h", "d_out")}


def _fixed_sizes(obs: Observation) -> bool:
    """Return whether parameters have sizes of the notebook instead of those in the question."""
    return bool(_other_sizes(obs) & NOTEBOOKS)


def unreached(obs: Observation) -> set[str]:
    """Return the parameters that require a gradient but got none, if others got one."""
    names = set(obs.fact("shapes", {})) - set(obs.fact("frozen", []))
    return names - set(obs.fact("reached", [])) if obs.fact("reached") else set()


def _complete(obs: Observation) -> bool:
    """Return whether the parameters are those of the two layers, in either layout, with or without biases."""
    found = [tuple(sorted(shape)) if len(shape) == 2 else shape for shape in _shapes(obs)]
    right = [tuple(sorted(shape)) if len(shape) == 2 else shape for shape in _right_shapes(obs)]
    weights = [shape for shape in right if len(shape) == 2]
    return all(found.count(s) <= right.count(s) for s in found) and all(s in found for s in weights)


def _hidden(obs: Observation, *facts: FactName) -> bool:
    return any(obs.fact(fact) for fact in facts)


def _only_biases_are_missing(obs: Observation) -> bool:
    loose = _hidden(obs, "hidden_layers", "raw_tensors", "hidden_tensors", "buffers")
    return _complete(obs) and len(_shapes(obs)) < len(_right_shapes(obs)) and not loose


def _second_layer_met_x(obs: Observation) -> bool:
    return multiplied(obs, "n d_in @ d_h d_out")


def _kind(pattern: str) -> Callable[[Observation], bool]:
    return lambda obs: re.search(pattern, str(obs.fact("model_type", ""))) is not None


_A_LIST = _kind("ModuleList|ModuleDict")
_NO_SUPER = (
    r"before Module\.__init__\(\) call|has no attribute '_(parameters|modules|buffers|backward_hooks|forward_hooks|"
    r"backward_pre_hooks)'|'super'|super\(|name '(Super|super__init__)'|Module\.__init__\(\) missing 1 required"
)


def _n_layers(obs: Observation) -> int:
    """Return the number of layers with parameters, by torch's parameter names; a reparametrised one counts once."""
    owners = (name.partition(".parametrizations.") for name in obs.fact("shapes", {}))
    return len({owner if inside else owner.rpartition(".")[0] for owner, inside, _ in owners})


def _starts(obs: Observation) -> set[str]:
    """Return how the weight matrices are initialised: "zero", "constant", "varied"."""
    return set(obs.fact("starts", {}).values())


def _answers_differ(obs: Observation) -> bool:
    return error_of(obs.got("y_pred"), obs.got("y_pred repeated")) > 1e-3


def _made_turned(obs: Observation) -> bool:
    """Return whether a product failed in layers that were created with their sizes swapped."""
    turned_both = _there_and_back(obs) and sorted(_shapes(obs)) == _right_shapes(obs)
    return product_failed(obs) and (_sizes_swapped(obs) or turned_both)


# Layers that are not linear, recognised by their effect on the prediction or by torch's message.
BESIDE: tuple[Mistake, ...] = (
    mistake("dropout", "y_pred", condition=lambda s: s.code.mentions("dropout", "Dropout")),
    mistake("extra-layer", error=r"more than 1 value per channel"),
    mistake("leaky-relu", "parameters", condition=lambda s: s.code.mentions("PReLU", "prelu"), topic=""),
)
OF_START: tuple[Mistake, ...] = (
    mistake("remembers", "built_anew"),
    mistake("weights-zero", "varied_start", condition=lambda s: "zero" in _starts(s)),
    mistake("constant-weights", "varied_start", condition=lambda s: _starts(s) & {"constant", "zero"} == {"constant"}),
)
# Mistakes in a model from ready-made layers.
OF_MODEL: tuple[Mistake, ...] = (
    mistake("returns-none", "is_module", condition=_kind("NoneType")),
    mistake("prediction-not-model", "is_module", condition=_kind(r"^torch\.Tensor$")),
    mistake(
        "layers-in-list",
        "is_module",
        condition=_kind(r"^builtins\.(list|tuple|dict)$"),
        error=lambda s: (
            raises(s, "(list|tuple) is not a Module subclass") or (_A_LIST(s) and raises(s, "forward|not callable"))
        ),
        topic="",
    ),
    mistake("layers-in-list", "parameters", condition=lambda s: bool(s.fact("hidden_layers")) and len(_shapes(s)) < 4),
    mistake(
        "raw-tensors",
        "parameters",
        condition=lambda s: _hidden(s, "raw_tensors", "hidden_tensors") and len(_shapes(s)) < 4,
    ),
    mistake(
        "function-not-module",
        error=lambda s: raises(s, "is not a Module subclass") and not raises(s, "(list|tuple) is not a Module"),
    ),
    mistake("linear-sizes-swapped", "parameters", condition=_sizes_swapped, error=_made_turned, topic="layer"),
    mistake("sizes-fixed", "parameters", condition=_fixed_sizes, error=_fixed_sizes),
    mistake("no-bias", "parameters", condition=_only_biases_are_missing),
    mistake(
        "extra-layer", "parameters", condition=lambda s: len(_shapes(s)) >= 6 and _n_layers(s) > 2 and not unreached(s)
    ),
    mistake("unused-layer", "parameters", condition=lambda s: bool(unreached(s))),
    mistake("frozen-parameters", "learns", condition=lambda s: bool(s.fact("frozen"))),
    mistake("graph-cut", "learns", condition=lambda s: not s.fact("frozen"), topic="parameters"),
    mistake(
        "layers-in-wrong-order",
        error=lambda s: _second_layer_met_x(s) and sorted(_shapes(s)) == _right_shapes(s),
    ),
    mistake("no-super-init", error=_NO_SUPER),
    mistake("no-forward", error=lambda s: raises(s, 'missing the required "forward"') and not _A_LIST(s)),
)


def _turned_layers(obs: Observation) -> bool:
    """Return whether a layer was created as (out, in): its bias then has the length of the input."""
    sizes = obs.option("sizes")
    turned = [((sizes[b], sizes[a])[::-1], (sizes[a],)) for a, b in (("d_in", "d_h"), ("d_h", "d_out"))]
    names = obs.fact("shapes", {})
    weights = {n.removesuffix("weight"): tuple(s) for n, s in names.items() if n.endswith("weight")}
    biases = {n.removesuffix("bias"): tuple(s) for n, s in names.items() if n.endswith("bias")}
    return any((w, biases.get(n)) in turned for n, w in weights.items())


def _in_no_grad(obs: Observation) -> bool:
    value = obs.value("y_pred")
    cut = value is not None and not value.requires_grad and not obs.fact("frozen")
    return cut and obs.code.mentions(*NO_RECORD)


def _name_not_shared(obs: Observation) -> bool:
    if obs.failure is None:
        return False
    name = re.search(r"(?:has no attribute|name) '(\w+)'", obs.failure.message)
    if name is None:
        return False
    if obs.failure.type_name == "AttributeError":  # the layers were local variables of __init__
        return not _shapes(obs) and name[1] in obs.code.assigned
    return obs.failure.type_name == "NameError" and name[1] in obs.code.attributes | obs.code.assigned


def _self_missing(obs: Observation) -> bool:
    """Return whether a method got one argument too many because its signature lacks `self`."""
    found = re.search(r"(forward|__init__)\(\) takes (\d) positional arguments? but (\d) were given", obs.message)
    if not found or int(found[3]) != int(found[2]) + 1:
        return False
    methods = [node for node in obs.code.nodes if isinstance(node, ast.FunctionDef) and node.name == found[1]]
    return any("self" not in {argument.arg for argument in method.args.args} for method in methods)


_MISSPELLED = {"_init_", "__init_", "_init__", "init", "__int__", "__inti__"}


# Mistakes in the student's own class.
OF_CLASS: tuple[Mistake, ...] = (
    mistake("not-a-module", "is_module", condition=lambda s: not s.fact("is_module")),
    mistake("no-super-init", error=_NO_SUPER),
    mistake(
        "init-misspelled",
        error=lambda s: (
            "__init__() takes 1 positional argument but 4 were given" in s.message
            and not s.code.defined.isdisjoint(_MISSPELLED)
        ),
    ),
    mistake(
        "super-with-arguments",
        error=lambda s: (
            "__init__() takes 1 positional argument but" in s.message
            and any(last_name(c.func) == "__init__" and (c.args or c.keywords) for c in s.code.calls)
        ),
    ),
    mistake("missing-self", error=_self_missing),
    mistake("layer-without-self", error=_name_not_shared),
    mistake("no-forward", "has_forward", error=r"missing the required \"forward\" function"),
    mistake("forward-returns-none", "gave_prediction", condition=lambda s: not s.fact("gave_prediction")),
    RELU_BUILT,
    mistake("layers-in-wrong-order", error=lambda s: _second_layer_met_x(s) and _complete(s) and not s.fact("ran")),
    mistake("result-not-used", error=lambda s: _second_layer_met_x(s) and _complete(s) and bool(s.fact("ran"))),
    mistake(
        "linear-sizes-swapped",
        error=lambda s: product_failed(s) and (not _complete(s) or _there_and_back(s)) and _turned_layers(s),
    ),
    mistake("sizes-fixed", "parameters", condition=_fixed_sizes),
    mistake("layers-in-list", "parameters", condition=lambda s: _hidden(s, "hidden_layers") and not _answers_differ(s)),
    mistake(
        "raw-tensors",
        "parameters",
        condition=lambda s: (
            _hidden(s, "raw_tensors", "hidden_tensors", "buffers")
            and not _hidden(s, "hidden_layers")
            and not _answers_differ(s)
            and _n_layers(s) <= 2
        ),
    ),
    mistake(
        "layers-in-forward",
        "parameters",
        # for a single sample, a lone hidden unit may be off in both calls
        condition=lambda s: not _shapes(s) and (_answers_differ(s) or s.option("sizes")["n"] == 1),
    ),
    mistake(
        "layers-in-forward",
        "parameters",
        condition=lambda s: (
            0 < len(_shapes(s)) < 4
            and not _hidden(s, "raw_tensors", "hidden_tensors", "buffers", "hidden_layers")
            and (_answers_differ(s) or s.option("sizes")["n"] == 1)
            and not s.code.mentions("dropout", "Dropout")
        ),
    ),
    mistake("no-bias", "parameters", condition=_only_biases_are_missing),
    mistake(
        "extra-layer",
        "parameters",
        condition=lambda s: (
            (_n_layers(s) > 2 or (_n_layers(s) == 1 and sum(len(shape) > 1 for shape in _shapes(s)) > 2))
            and not unreached(s)
            and not _fixed_sizes(s)
        ),
    ),
    mistake("unused-layer", "parameters", condition=lambda s: bool(unreached(s)) and not _fixed_sizes(s)),
    mistake("frozen-parameters", "gradients", condition=lambda s: bool(s.fact("frozen"))),
    mistake("forward-in-no-grad", "gradients", condition=_in_no_grad),
    mistake(
        "graph-cut",
        "gradients",
        condition=lambda s: (
            not s.fact("frozen") and bool(set(s.fact("shapes", {})) - set(s.fact("reached", []))) and not _in_no_grad(s)
        ),
    ),
)
