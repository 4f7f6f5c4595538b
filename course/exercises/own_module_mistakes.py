"""Named mistakes of the network as a class: predictions of a network that differs in one place, and facts."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from course.asking import FactName
from course.asking.syntax import last_name
from course.checks import Mistake, Seen, error_of
from course.exercises.activations import ACTIVATIONS, relu
from course.exercises.descent import NO_RECORD
from course.exercises.made_up import n_layers
from course.exercises.own_module import all_roles


def _layers(seen: Seen, without: tuple[str, ...] = ()) -> dict[str, np.ndarray]:
    zero = np.zeros(1)
    return {role: zero if role in without else seen.truth.get(role, zero) for role in ("w1", "b1", "w2", "b2")}


def _net(
    activation: Callable[[np.ndarray], np.ndarray],
    on_output: Callable[[np.ndarray], np.ndarray] = lambda y: y,
    on_input: Callable[[np.ndarray], np.ndarray] = lambda x: x,
    without: tuple[str, ...] = (),
) -> Callable[[Seen], np.ndarray]:
    """Return the prediction of a network that differs from the right one in one place."""

    def form(seen: Seen) -> np.ndarray:
        p = _layers(seen, without)
        return on_output(activation(on_input(seen["x"]) @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"])

    return form


def _shapes(seen: Seen) -> list[tuple[int, ...]]:
    return [tuple(shape) for shape in seen.fact("shapes", {}).values()]


def _complete(seen: Seen) -> bool:
    return bool(all_roles(seen.question, seen.answer))


def _unreached(seen: Seen) -> set[str]:
    return set(seen.fact("shapes", {})) - set(seen.fact("reached", []))


def _answers_differ(seen: Seen) -> bool:
    return error_of(seen.got("y_pred"), seen.got("y_pred repeated")) > 1e-3


def _hidden(seen: Seen, *facts: FactName) -> bool:
    return any(seen.fact(fact) for fact in facts)


def _fixed_sizes(seen: Seen) -> bool:
    sizes = seen.option("sizes")
    given_sizes = {sizes[k] for k in ("d_in", "d_h", "d_out")}
    return any(size in (1000, 100, 10) and size not in given_sizes for shape in _shapes(seen) for size in shape)


def _product_fails(seen: Seen) -> bool:
    return bool(seen.failure and re.search(r"shapes cannot be multiplied|size mismatch", seen.failure.message))


def _turned_layers(seen: Seen) -> bool:
    """Tell whether a layer was made as (out, in): its bias then has the length of what goes in."""
    sizes = seen.option("sizes")
    turned = [((sizes[b], sizes[a])[::-1], (sizes[a],)) for a, b in (("d_in", "d_h"), ("d_h", "d_out"))]
    names = seen.fact("shapes", {})
    weights = {n.removesuffix("weight"): tuple(s) for n, s in names.items() if n.endswith("weight")}
    biases = {n.removesuffix("bias"): tuple(s) for n, s in names.items() if n.endswith("bias")}
    return any((w, biases.get(n)) in turned for n, w in weights.items())


def _no_grad_in_source(seen: Seen) -> bool:
    return seen.code.mentions(*NO_RECORD)


def _whole_graph_cut(seen: Seen) -> bool:
    value = seen.value("y_pred")
    return value is not None and not value.requires_grad and not seen.fact("frozen")


# Layers come before the parent has set itself up; or `super` is not called, called amiss, or asked for another method.
NO_SUPER_INIT = (
    r"before Module\.__init__\(\) call|has no attribute '_(parameters|modules|buffers|backward_hooks|forward_hooks|"
    r"backward_pre_hooks)'|'super'|super\(|name '(Super|super__init__)'|Module\.__init__\(\) missing 1 required"
)
_REGISTRATION = "How a module finds its parameters"
_CLASSES = "Classes in two minutes"
_SHAPES = "The picture and the shapes"
_CUT = "Somewhere in forward the graph is cut: who tells the first layer how to change?"
_SWAPPED = "First the size that goes in, then the size that comes out: compare with the shape table."

MISTAKES: tuple[Mistake, ...] = (
    Mistake(
        "not-a-module",
        "From which class does yours inherit?",
        ("is_module",),
        when=lambda s: not s.fact("is_module"),
        section=_CLASSES,
    ),
    Mistake(
        "no-super-init",
        "The parent has to set itself up before it can take a layer. Which line does that, and where does it stand?",
        raised=NO_SUPER_INIT,
        section=_CLASSES,
    ),
    Mistake(
        "init-misspelled",
        "Count the underscores around `init`.",
        raised=lambda s: (
            "__init__() takes 1 positional argument but 4 were given" in _message(s)
            and not s.code.defined.isdisjoint({"_init_", "__init_", "_init__", "init", "__int__", "__inti__"})
        ),
        section=_CLASSES,
    ),
    Mistake(
        "super-with-arguments",
        "The parent makes no layers and wants no sizes: what belongs between its parentheses?",
        raised=lambda s: (
            "__init__() takes 1 positional argument but" in _message(s)
            and any(last_name(c.func) == "__init__" and (c.args or c.keywords) for c in s.code.calls)
        ),
        section=_CLASSES,
    ),
    Mistake(
        "missing-self",
        "A method is handed the object itself before anything else. Where is it in your list of arguments?",
        raised=r"forward\(\) takes 1 positional argument but 2 were given|"
        r"__init__\(\) takes 3 positional arguments but 4 were given",
        section=_CLASSES,
    ),
    Mistake(
        "layer-without-self",
        "A name in one method is unknown in the other. What do both of them know?",
        raised=lambda s: _name_not_shared(s),
        section=_CLASSES,
    ),
    Mistake(
        "no-forward",
        "PyTorch looks for a method of one exact name, at the level of the class. Is it spelled and indented so?",
        raised=r"missing the required \"forward\" function",
    ),
    Mistake(
        "forward-returns-none",
        "forward computes something. Does it hand it back?",
        ("gave_prediction",),
        when=lambda s: not s.fact("gave_prediction"),
    ),
    Mistake(
        "relu-module-not-called",
        "You built an activation around your numbers. Did you hand it the numbers once it was built?",
        raised=r"must be Tensor, not ReLU|got ReLU|'ReLU' object|unsupported operand type.*ReLU",
    ),
    Mistake(
        "layers-in-wrong-order",
        "Follow one example through forward: which layer does it meet first?",
        raised=lambda s: _product_fails(s) and _complete(s) and not s.fact("ran"),
        section=_SHAPES,
    ),
    Mistake(
        "result-not-used",
        "One layer has done its work, and the next is handed something else. Follow the result through forward.",
        raised=lambda s: _product_fails(s) and _complete(s) and bool(s.fact("ran")),
    ),
    Mistake(
        "linear-sizes-swapped",
        _SWAPPED,
        raised=lambda s: _product_fails(s) and not _complete(s) and _turned_layers(s),
        section=_SHAPES,
    ),
    Mistake(
        "sizes-fixed",
        "Your class knows sizes that it should ask its arguments for.",
        ("parameters",),
        when=_fixed_sizes,
    ),
    Mistake(
        "layers-in-list",
        "Who knows of layers that lie in a plain list? Ask your network for its parameters.",
        ("parameters",),
        when=lambda s: _hidden(s, "hidden_layers") and not _answers_differ(s),
        section=_REGISTRATION,
    ),
    Mistake(
        "raw-tensors",
        "Your numbers are tensors, but no parameters: nobody will ever train them.",
        ("parameters",),
        when=lambda s: (
            _hidden(s, "raw_tensors", "hidden_tensors", "buffers")
            and not _hidden(s, "hidden_layers")
            and not _answers_differ(s)
            and n_layers(s) <= 2
        ),
        section=_REGISTRATION,
    ),
    Mistake(
        "layers-in-forward",
        "Ask your network twice and it gives two answers: how old are its layers?",
        ("parameters",),
        # of a single example a lone hidden unit may twice know nothing
        when=lambda s: not _shapes(s) and (_answers_differ(s) or s.option("sizes")["n"] == 1),
        section=_REGISTRATION,
    ),
    Mistake(
        "extra-layer",
        "Count the layers in the picture, then in your network.",
        ("parameters",),
        when=lambda s: (
            (n_layers(s) > 2 or (n_layers(s) == 1 and sum(len(shape) > 1 for shape in _shapes(s)) > 2))
            and not _unreached(s)
            and not _fixed_sizes(s)
        ),
        section=_SHAPES,
    ),
    Mistake(
        "unused-layer",
        "One of your layers is made and never called. Follow x through forward.",
        ("parameters",),
        when=lambda s: bool(_unreached(s) and s.fact("reached")) and not _fixed_sizes(s),
    ),
    *(
        Mistake(
            "unused-layer",
            "One of your parameters is made and never used. Follow x through forward.",
            ("y_pred",),
            _net(relu, without=without),
            lambda s: bool(_unreached(s)),
        )
        for without in (("b1",), ("b2",), ("b1", "b2"))
    ),
    *(Mistake(a.id, a.hint, ("y_pred",), _net(a.of)) for a in ACTIVATIONS),
    Mistake(
        "relu-on-output",
        "Can your network ever predict a negative target?",
        ("y_pred",),
        _net(relu, on_output=relu),
    ),
    Mistake(
        "softmax-on-output",
        "These are targets of any size, not probabilities.",
        ("y_pred",),
        _net(relu, on_output=lambda y: np.exp(y) / np.sum(np.exp(y), axis=1, keepdims=True)),
    ),
    Mistake(
        "relu-on-input",
        "The activation sits between the two layers, not before the first.",
        ("y_pred",),
        _net(lambda h: h, on_input=relu),
    ),
    Mistake(
        "frozen-parameters",
        "Some of your parameters record no gradients, so nobody can train them.",
        ("gradients",),
        when=lambda s: bool(s.fact("frozen")),
        section=_REGISTRATION,
    ),
    Mistake(
        "forward-in-no-grad",
        "Nothing is recorded while your network computes. What is there to go back through?",
        ("gradients",),
        when=lambda s: _whole_graph_cut(s) and _no_grad_in_source(s),
    ),
    Mistake(
        "graph-cut",
        _CUT,
        ("gradients",),
        when=lambda s: (
            not s.fact("frozen") and bool(_unreached(s)) and not (_whole_graph_cut(s) and _no_grad_in_source(s))
        ),
    ),
)


def _message(seen: Seen) -> str:
    return seen.failure.message if seen.failure else ""


def _name_not_shared(seen: Seen) -> bool:
    if seen.failure is None:
        return False
    name = re.search(r"(?:has no attribute|name) '(\w+)'", seen.failure.message)
    if name is None:
        return False
    if seen.failure.type_name == "AttributeError":  # the layers had local names in __init__
        return not _shapes(seen) and name[1] in seen.code.assigned
    return seen.failure.type_name == "NameError" and name[1] in seen.code.attributes
