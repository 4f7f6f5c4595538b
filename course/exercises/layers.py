"""Named mistakes of the fourth way: wrong models, wrong losses, one layer backward, and loops over parameters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from course.checks import Mistake, Seen
from course.exercises.chain import PARTS, chain, parameter_names, part_shapes, powers, predict
from course.exercises.descent import (
    Descent,
    Slip,
    clears_before_update,
    constant,
    follows,
    in_line,
    matches,
    mentions,
    raises,
    rebinds,
    training_mistakes,
    unmoved,
    uses_up,
)
from course.exercises.draws import Sizes, relu
from course.exercises.two_layer import given

MODEL_SECTION, LOSS_SECTION, OBJECTS, BACKWARD_SECTION, TRAIN_SECTION, ADD_UP, LOOP, ONE_LAYER, PARAMETERS = (
    "Build the model",
    "Build the loss",
    "The loss as an object",
    "Backward through one linear layer",
    "Train over all parameters",
    "Gradients add up",
    "Why the update becomes a loop",
    "One linear layer",
    "Four parameters with names",
)

# ---------------------------------------------------------------- make_model

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


def _predicted(*activations: Any) -> Callable[[Seen], bool]:
    return lambda s: matches(s, "y_pred", [predict(s["x"], _parts(s), f) for f in activations])


def _in_numpy(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda h: np.asarray(function(torch.from_numpy(np.asarray(h))).numpy())


def _leaky(slope: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda h: np.where(h > 0, h, slope * h)


def _after(seen: Seen, *last: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Tell whether something was done to the prediction at the end, with the activation in its place or without."""
    forms = [f(predict(seen["x"], _parts(seen), a)) for f in last for a in (relu, lambda h: h)]
    return matches(seen, "y_pred", forms)


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
        when=lambda s: len(_shapes(s)) >= 6 and len([x for x in _shapes(s) if len(x) == 2]) >= 3 and not _unused(s),
        section="The picture and the shapes",
    ),
    Mistake(
        "unused-layer",
        "One of your layers is made and never called. Follow one example through the model: whom does it meet?",
        ("parameters", "learns"),
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
        when=lambda s: not s.fact("frozen") and mentions(s, "detach|no_grad|inference_mode|numpy|data"),
        section=PARAMETERS,
    ),
    Mistake(
        "no-relu",
        "Two linear layers in a row are one linear layer. What stands between yours?",
        ("y_pred",),
        when=_predicted(lambda h: h),
    ),
    Mistake(
        "leaky-relu",
        "Is your unit really off when it is off?",
        ("y_pred",),
        when=_predicted(*(_leaky(slope) for slope in (0.01, 0.1, 0.2, 0.001, 0.05, 0.3, 0.25))),
    ),
    Mistake(
        "other-activation",
        "A fine activation, but not the one that is asked for.",
        ("y_pred",),
        when=_predicted(*(_in_numpy(f) for f in _ACTIVATIONS)),
    ),
    Mistake("absolute-value", "Negative inputs are silenced, not flipped.", ("y_pred",), when=_predicted(np.abs)),
    Mistake(
        "relu-wrong-side",
        "Which side of zero does your activation keep?",
        ("y_pred",),
        when=_predicted(lambda h: np.minimum(h, 0)),
    ),
    Mistake(
        "relu-on-output",
        "Can your network ever predict a negative target?",
        ("y_pred",),
        when=lambda s: _after(s, relu),
    ),
    Mistake(
        "softmax-on-output",
        "The targets are numbers of any size, not probabilities.",
        ("y_pred",),
        when=lambda s: _after(s, _softmax(1), _softmax(0), _in_numpy(torch.sigmoid)),
    ),
    Mistake(
        "relu-on-input",
        "The activation sits between the two layers, not before the first.",
        ("y_pred",),
        when=lambda s: matches(s, "y_pred", [predict(relu(s["x"]), _parts(s), f) for f in (lambda h: h, relu)]),
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
        raised=r"before Module\.__init__\(\) call",
    ),
    Mistake(
        "no-forward",
        "PyTorch looks for a method of an exact name, at the level of the class.",
        raised=lambda s: raises(s, 'missing the required "forward"') and not _model_type(s, "ModuleList|ModuleDict"),
    ),
)

# ---------------------------------------------------------------- make_loss


def _loss(*forms: Callable[[np.ndarray, np.ndarray], Any]) -> Callable[[Seen], bool]:
    def when(seen: Seen) -> bool:
        value = seen.value("loss")
        if value is None or value.kind != "tensor":
            return False
        return matches(seen, "loss", [form(seen["y_pred"], seen["y"]) for form in forms])

    return when


def _torch_loss(function: Any, **options: Any) -> Callable[[np.ndarray, np.ndarray], Any]:
    return lambda p, y: function(torch.from_numpy(p), torch.from_numpy(y), **options).numpy()


_OTHER_LOSSES = tuple(
    _torch_loss(function, reduction=reduction)
    for function in (functional.huber_loss, functional.smooth_l1_loss, functional.cross_entropy,
                     functional.binary_cross_entropy_with_logits, functional.poisson_nll_loss, functional.soft_margin_loss)
    for reduction in ("sum", "mean")
)  # fmt: skip

LOSS_MISTAKES = (
    Mistake(
        "returns-none",
        "Did the function hand anything back? A loss is built, and then forgotten.",
        ("is_callable",),
        when=lambda s: s.fact("made") == "NoneType",
    ),
    Mistake(
        "loss-not-built",
        "A loss is used in two steps: first it is built, and nothing but its options go in; then it is called.",
        ("is_callable",),
        when=lambda s: s.fact("made") != "NoneType",
        raised=lambda s: (
            raises(s, "Boolean value of Tensor|missing [12] required positional|GlobalUsed")
            or (bool(s.fact("is_class")) and raises(s, "TypeError|RuntimeError"))
            or raises(s, r"NameError: name '(y_pred|y|x|model)'")
        ),
        section=OBJECTS,
    ),
    Mistake(
        "mean-not-sum",
        "Sum or average? The M in the name of that loss is a hint.",
        ("loss",),
        when=_loss(lambda p, y: np.mean((p - y) ** 2)),
        section=OBJECTS,
    ),
    Mistake(
        "batch-mean",
        "Your loss is averaged over the examples; here it is summed over them.",
        ("loss",),
        when=_loss(lambda p, y: np.sum((p - y) ** 2) / len(p)),
    ),
    Mistake(
        "output-mean",
        "Your loss is averaged over the outputs; here it is summed over them.",
        ("loss",),
        when=_loss(lambda p, y: np.sum((p - y) ** 2) / p.shape[1]),
    ),
    Mistake(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        ("loss",),
        when=_loss(lambda p, y: 0.5 * np.sum((p - y) ** 2)),
    ),
    Mistake(
        "root-of-loss",
        "You are one root away.",
        ("loss",),
        when=_loss(lambda p, y: np.linalg.norm(p - y), lambda p, y: np.sqrt(np.mean((p - y) ** 2))),
    ),
    Mistake(
        "not-squared",
        "Errors of opposite sign must not cancel.",
        ("loss",),
        when=_loss(lambda p, y: np.sum(p - y), lambda p, y: np.sum(y - p), lambda p, y: np.mean(p - y)),
    ),
    Mistake(
        "absolute-not-squared",
        "An error twice as large should count four times as much here.",
        ("loss",),
        when=_loss(lambda p, y: np.sum(np.abs(p - y)), lambda p, y: np.mean(np.abs(p - y))),
    ),
    Mistake(
        "square-of-sum",
        "Which comes first, the square or the sum? Opposite errors must not cancel.",
        ("loss",),
        when=_loss(lambda p, y: np.sum(p - y) ** 2),
    ),
    Mistake(
        "sign-flipped", "A sum of squares is never negative.", ("loss",), when=_loss(lambda p, y: -np.sum((p - y) ** 2))
    ),
    Mistake(
        "forgot-target",
        "Is your loss zero when the prediction is perfect?",
        ("loss",),
        when=_loss(lambda p, y: np.sum(p**2)),
    ),
    Mistake(
        "other-loss",
        "There are many losses in that list. Which one squares every difference?",
        ("loss",),
        when=_loss(*_OTHER_LOSSES),
    ),
    Mistake(
        "loss-not-scalar",
        "A loss is one number, without an axis.",
        ("loss",),
        when=_loss(
            lambda p, y: (p - y) ** 2,
            lambda p, y: np.sum((p - y) ** 2, axis=0),
            lambda p, y: np.sum((p - y) ** 2, axis=1),
            lambda p, y: np.mean((p - y) ** 2, axis=0),
            lambda p, y: np.mean((p - y) ** 2, axis=1),
            lambda p, y: np.abs(p - y),
            lambda p, y: np.sum((p - y) ** 2, keepdims=True),
            lambda p, y: np.sum((p - y) ** 2).reshape(1),
        ),
        section=OBJECTS,
    ),
    Mistake(
        "loss-is-a-number",
        "A Python number has forgotten how it came about: from it nobody can go backward.",
        ("loss",),
        when=lambda s: (value := s.value("loss")) is not None and value.kind == "number",
    ),
    Mistake(
        "graph-cut",
        "The value is right, but its history is lost on the way: nobody can go backward from it to the prediction.",
        ("has_history", "grad_y_pred"),
        when=lambda s: True,
        raised=r"Can't call numpy\(\) on Tensor that requires grad",
    ),
    Mistake(
        "inputs-changed",
        "A function that only computes leaves its inputs as they were.",
        raised=r"leaf Variable that requires grad",
    ),
)

# ---------------------------------------------------------------- linear_backward


_RESULTS = ("grad_x", "grad_weight", "grad_bias")


def _all_scaled(mistake_id: str, hint: str, factor: Callable[[Seen], float]) -> tuple[Mistake, ...]:
    """Return the mistake that scales a result, in whichever it shows first."""
    return tuple(Mistake(mistake_id, hint, (n,), lambda s, n=n: factor(s) * s.truth[n]) for n in _RESULTS)  # type: ignore[misc]


def _n(seen: Seen) -> int:
    return int(seen["x"].shape[0])


def _one_of(name: str, *forms: Callable[[Seen], Any]) -> Callable[[Seen], bool]:
    return lambda s: matches(s, name, [form(s) for form in forms])


def _ones(seen: Seen) -> np.ndarray:
    return np.ones_like(seen["grad_out"])


def _wrong_shapes(seen: Seen) -> bool:
    return raises(seen, "shapes cannot be multiplied|size mismatch|inconsistent tensor size")


_LAYOUT = "A layer keeps its weight with the outputs first, and its gradient has the same shape."
_TURNED = r"weight\s*\.\s*(t\(|T\b|mT\b|transpose|permute)"
_RESHAPED = "Another shape is not the same as swapped axes."
_BIAS_MEAN = "Sum or average? The bias was added to every row, and every row has its say."

BACKWARD_MISTAKES = (
    *_all_scaled(
        "sign-flipped",
        "A gradient says which way the loss grows. The minus sign comes in with the update, not here.",
        lambda s: -1.0,
    ),
    *_all_scaled(
        "extra-factor-2", "The factor from the loss has already travelled along in what arrives.", lambda s: 2.0
    ),
    Mistake(
        "batch-mean",
        "Sums over the examples are asked for; yours are averages.",
        ("grad_x", "grad_weight"),
        when=lambda s: any(matches(s, n, [s.truth[n] / _n(s)]) for n in _RESULTS[:2] if not s.is_right(n)),
    ),
    Mistake(
        "upstream-gradient-ignored",
        "A layer's slope is half of the chain rule. Where is the other half, the gradient that arrives?",
        ("grad_x", "grad_weight"),
        when=lambda s: (
            (s.is_right("grad_x") or matches(s, "grad_x", [_ones(s) @ s["weight"], s["weight"]]))
            and matches(s, "grad_weight", [_ones(s).T @ s["x"], s["x"]])
        ),
    ),
    Mistake(
        "upstream-gradient-ignored",
        "A layer's slope is half of the chain rule. Where is the other half, the gradient that arrives?",
        ("grad_x",),
        when=lambda s: s.is_right("grad_weight") and matches(s, "grad_x", [s["weight"], _ones(s) @ s["weight"]]),
    ),
    Mistake(
        "weight-layout",
        _LAYOUT,
        ("grad_weight",),
        lambda s: s.truth["grad_weight"].T,
        raised=lambda s: _wrong_shapes(s) and in_line(s, _TURNED),
        section=ONE_LAYER,
    ),
    Mistake(
        "x-not-transposed",
        "The batch axis is the one that is summed away: it has to stand inside the product.",
        raised=lambda s: _wrong_shapes(s) and in_line(s, r"\bx\b") and not in_line(s, _TURNED),
    ),
    Mistake(
        "product-order",
        "Write the two shapes side by side: which inner sizes have to agree?",
        raised=lambda s: _wrong_shapes(s) and not in_line(s, r"\bx\b") and not in_line(s, _TURNED),
    ),
    Mistake(
        "elementwise-product",
        "Going back through a product of matrices is a product of matrices again.",
        raised=lambda s: raises(s, "must match the size of tensor|broadcast"),
    ),
    Mistake(
        "gradient-transposed",
        "A gradient has the shape of what it is the gradient of.",
        ("grad_x",),
        lambda s: s.truth["grad_x"].T,
    ),
    Mistake(
        "reshape-not-transpose",
        _RESHAPED,
        ("grad_weight",),
        when=_one_of(
            "grad_weight",
            lambda s: np.ascontiguousarray(s.truth["grad_weight"].T).reshape(s["weight"].shape),
            lambda s: s["grad_out"].reshape(s["grad_out"].shape[::-1]) @ s["x"],
            lambda s: (s["x"].reshape(s["x"].shape[::-1]) @ s["grad_out"]).T,
            lambda s: (s["x"].reshape(s["x"].shape[::-1]) @ s["grad_out"]).reshape(s["weight"].shape),
        ),
    ),
    Mistake(
        "reshape-not-transpose",
        _RESHAPED,
        ("grad_x",),
        when=_one_of(
            "grad_x",
            lambda s: np.ascontiguousarray(s.truth["grad_x"].T).reshape(s["x"].shape),
            lambda s: s["grad_out"] @ s["weight"].T.reshape(s["weight"].shape),
        ),
    ),
    Mistake(
        "bias-gradient-not-summed",
        "The bias is one row for all examples. What becomes of the axis of the rows?",
        ("grad_bias",),
        lambda s: s["grad_out"],
    ),
    Mistake("bias-gradient-mean", _BIAS_MEAN, ("grad_bias",), lambda s: s.truth["grad_bias"] / _n(s)),
    Mistake(
        "bias-gradient-wrong-axis",
        "The bias has one entry for each output: which axis must vanish?",
        ("grad_bias",),
        when=_one_of("grad_bias", lambda s: s["grad_out"].sum(1), lambda s: s["grad_out"].sum(1, keepdims=True)),
    ),
    Mistake(
        "bias-gradient-one-number",
        "Summed away one axis too many.",
        ("grad_bias",),
        when=_one_of("grad_bias", lambda s: s["grad_out"].sum(), lambda s: s["grad_out"].sum().reshape(1)),
    ),
    Mistake(
        "bias-gradient-keepdim",
        "A gradient has the shape of what it belongs to. What is the shape of the bias?",
        ("grad_bias",),
        when=_one_of(
            "grad_bias", lambda s: s["grad_out"].sum(0, keepdims=True), lambda s: s["grad_out"].sum(0)[:, None]
        ),
    ),
    Mistake(
        "bias-gradient-ones",
        "The slope of the layer is 1; what arrives from behind has to be multiplied in.",
        ("grad_bias",),
        when=_one_of(
            "grad_bias", lambda s: np.ones(s["weight"].shape[0]), lambda s: _n(s) * np.ones(s["weight"].shape[0])
        ),
    ),
)

# ---------------------------------------------------------------- train


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
        made_anew="make_model|Linear|Sequential",
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
        when=lambda s: constant(s) and rebinds(s.source) and not uses_up(s) and not clears_before_update(s.source),
        section=LOOP,
    ),
    Mistake(
        "generator-used-up",
        "One can walk through that only once. What is left for the second time?",
        ("losses",),
        when=lambda s: (
            uses_up(s)
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
