"""Named mistakes of the third way: what was recorded and what was not, and wrong losses with what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from course.checks import Mistake, Seen
from course.exercises.descent import (
    Descent,
    Slip,
    constant,
    follows,
    in_line,
    matches,
    mentions,
    passes,
    raises,
    rebinds,
    training_mistakes,
    unmoved,
)
from course.exercises.two_layer import given

WEIGHTS = ["w1", "w2"]
WEIGHTS_SECTION, LOSS_SECTION, ADD_UP, GRADIENTS_SECTION, TRAIN_SECTION, RECORDING, SHAPES = (
    "Make the weights",
    "The loss as a tensor",
    "Gradients add up",
    "Ask for the gradients",
    "The training loop",
    "Update without recording",
    "First the shapes",
)

# ---------------------------------------------------------------- wrong losses

Tensors = dict[str, torch.Tensor]
Form = Callable[[Tensors], torch.Tensor]
relu = torch.nn.functional.relu


def _through(activation: Callable[[torch.Tensor], torch.Tensor]) -> Form:
    """Return the loss of a network with another activation."""
    return lambda t: torch.dist(activation(t["x"] @ t["w1"]) @ t["w2"], t["y"]) ** 2


def _residual(t: Tensors) -> torch.Tensor:
    return relu(t["x"] @ t["w1"]) @ t["w2"] - t["y"]


def _of(measure: Callable[[torch.Tensor], torch.Tensor]) -> Form:
    """Return another measure of the same residual."""
    return lambda t: measure(_residual(t))


def _leaky(slope: float) -> Form:
    return _through(lambda h: torch.where(h > 0, h, slope * h))


# Wrong networks and wrong losses: id, hint, closed forms. Each shows in a loss, in gradients and in training.
NETWORKS: tuple[tuple[str, str, tuple[Form, ...]], ...] = (
    (
        "no-relu",
        "Two products with nothing between them: what should a hidden unit say when its input is negative?",
        (_through(lambda h: h),),
    ),
    ("relu-wrong-side", "Which side of zero does your activation keep?", (_through(lambda h: h.clamp(max=0)),)),
    ("absolute-value", "Negative inputs are silenced, not flipped.", (_through(torch.abs),)),
    (
        "leaky-relu",
        "Is your unit really off when it is off?",
        tuple(_leaky(slope) for slope in (0.01, 0.1, 0.2, 0.001, 0.05, 0.3)),
    ),
    (
        "relu-is-mask",
        "You kept who is on, and lost how strongly.",
        (_through(lambda h: (h > 0).to(h)), _through(lambda h: (h >= 0).to(h))),
    ),
    (
        "other-activation",
        "A smooth curve is no ReLU: that one has a corner at zero and no ceiling.",
        tuple(
            _through(f)
            for f in (
                torch.sigmoid,
                torch.tanh,
                torch.nn.functional.softplus,
                torch.nn.functional.gelu,
                torch.nn.functional.elu,
                torch.nn.functional.silu,
            )
        ),
    ),
    ("h-clipped-above", "A ReLU has a floor; does it have a ceiling too?", (_through(lambda h: h.clamp(0, 1)),)),
    (
        "relu-on-output",
        "Can your network ever predict a negative target?",
        (
            lambda t: torch.dist(relu(relu(t["x"] @ t["w1"]) @ t["w2"]), t["y"]) ** 2,
            lambda t: torch.dist(relu(t["x"] @ t["w1"] @ t["w2"]), t["y"]) ** 2,
        ),
    ),
    (
        "relu-on-input",
        "The activation sits between the two products, not before the first.",
        (lambda t: torch.dist(relu(t["x"]) @ t["w1"] @ t["w2"], t["y"]) ** 2,),
    ),
    (
        "forgot-target",
        "Is your loss zero when the prediction is perfect?",
        (lambda t: (relu(t["x"] @ t["w1"]) @ t["w2"]).square().sum(),),
    ),
    (
        "mean-not-sum",
        "Sum or average? The text asks for one of them.",
        (_of(lambda d: (d * d).mean()),),
    ),
    (
        "batch-mean",
        "Your loss is averaged over the examples; here it is summed over them.",
        (_of(lambda d: (d * d).sum() / d.shape[0]),),
    ),
    (
        "output-mean",
        "Your loss is averaged over the outputs; here it is summed over them.",
        (_of(lambda d: (d * d).sum() / d.shape[1]),),
    ),
    (
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        (_of(lambda d: 0.5 * (d * d).sum()),),
    ),
    (
        "root-of-loss",
        "You are one root away.",
        (_of(lambda d: (d * d).sum().sqrt()), _of(lambda d: (d * d).mean().sqrt())),
    ),
    (
        "not-squared",
        "Errors of opposite sign must not cancel.",
        (_of(lambda d: d.sum()), _of(lambda d: -d.sum()), _of(lambda d: d.mean())),
    ),
    (
        "absolute-not-squared",
        "An error twice as large should count four times as much here.",
        (_of(lambda d: d.abs().sum()), _of(lambda d: d.abs().mean())),
    ),
    (
        "square-of-sum",
        "First square each difference, then add them up: the other way round opposite errors cancel.",
        (_of(lambda d: d.sum() ** 2),),
    ),
    (
        "sign-flipped",
        "A sum of squares is never negative.",
        (_of(lambda d: -(d * d).sum()),),
    ),
)

_NOT_SCALAR: tuple[Form, ...] = (
    _of(lambda d: d * d),
    *(
        _of(lambda d, axis=axis, keep=keep: (d * d).sum(axis, keepdim=keep))  # type: ignore[misc]
        for axis in (0, 1, (0, 1))
        for keep in (False, True)
        if keep or axis != (0, 1)
    ),
    _of(lambda d: (d * d).sum().reshape(1)),
    _of(lambda d: (d * d).mean(1)),
    _of(lambda d: (d * d).mean(0)),
    _of(lambda d: d.T @ d),
    _of(lambda d: d @ d.T),
)


def _is_tensor(seen: Seen) -> bool:
    value = seen.value("loss")
    return value is not None and value.kind == "tensor"


def _loss_is(forms: tuple[Form, ...]) -> Callable[[Seen], bool]:
    return lambda s: _is_tensor(s) and matches(s, "loss", [f(given(s.question)).numpy() for f in forms])


def _gradients_are(form: Form, seen: Seen) -> bool:
    t = given(seen.question)
    leaves = [t[name].requires_grad_() for name in WEIGHTS]
    value = form(t)
    if not value.requires_grad:
        return False
    found = torch.autograd.grad(value, leaves, allow_unused=True)
    wrong = [torch.zeros_like(leaf) if g is None else g for leaf, g in zip(leaves, found, strict=True)]
    return all(matches(seen, f"grad_{n}", [g.numpy()]) for n, g in zip(WEIGHTS, wrong, strict=True))


# ---------------------------------------------------------------- make_weights

_NAMES = ("w1", "w2")


def _every(seen: Seen, test: Callable[[np.ndarray], bool]) -> bool:
    """Tell whether a test holds for each weight whose numbers are wrong."""
    wrong = [name for name in _NAMES if not seen.is_right(name)]
    return bool(wrong) and all(test(seen.got(name)) for name in wrong)


def _right_shapes(seen: Seen) -> bool:
    return all(seen.got(name).shape == np.shape(seen.truth[name]) for name in _NAMES)


def _turned(seen: Seen) -> bool:
    return any(
        seen.got(name).shape == np.shape(seen.truth[name])[::-1] != np.shape(seen.truth[name]) for name in _NAMES
    )


def _swapped(seen: Seen) -> bool:
    first, second = (seen.got(name).shape for name in _NAMES)
    return (second, first) == (np.shape(seen.truth["w1"]), np.shape(seen.truth["w2"]))


WEIGHTS_MISTAKES = (
    Mistake(
        "uniform-data",
        "Your numbers are never negative. Which distribution has mean zero?",
        _NAMES,
        when=lambda s: _right_shapes(s) and _every(s, lambda a: a.min() >= 0 and a.std() > 0),
    ),
    Mistake(
        "constant-weights",
        "All hidden units start alike, so all of them learn alike: they stay one and the same unit for ever.",
        _NAMES,
        when=lambda s: (
            _right_shapes(s)
            and _every(s, lambda a: bool(np.all(a == a[:1]) or np.all(a == a[:, :1])) and bool(a.any()))
        ),
    ),
    Mistake(
        "weights-zero",
        "A network of zeros sends nothing forward and nothing back. Which hidden unit would ever begin to learn?",
        _NAMES,
        when=lambda s: _right_shapes(s) and _every(s, lambda a: not a.any()),
    ),
    Mistake(
        "device-ignored",
        "One of the arguments says where the numbers are to live.",
        ("device honoured",),
        when=lambda s: True,
    ),
    Mistake(
        "weights-transposed",
        "Read the shapes of the product of x and w1 aloud: which inner sizes must agree?",
        _NAMES,
        when=lambda s: _turned(s) and not _swapped(s),
        section=SHAPES,
    ),
    Mistake(
        "order-of-results",
        "All the pieces are there; look at the order the text asks for.",
        _NAMES,
        when=_swapped,
    ),
    Mistake(
        "dtype-ignored",
        "One of the arguments says in which dtype the numbers are wanted.",
        ("dtype",),
        when=lambda s: True,
    ),
    Mistake(
        "no-requires-grad",
        "Who told autograd to watch both of them? Ask each weight whether it requires a gradient.",
        ("records",),
        when=lambda s: True,
    ),
    Mistake(
        "not-a-leaf",
        "Something was computed with the weight after it began to record, and the result of a computation is no leaf.",
        ("leaf",),
        when=lambda s: True,
        section="A tensor that records",
    ),
)

# ---------------------------------------------------------------- loss_fn

_NO_RECORD = "no_grad|inference_mode|set_grad_enabled"
_CUT = "Somewhere between a weight and the loss the record is cut: go along the path and look for the place."
_IN_NO_GRAD = "Autograd was told not to record while the loss was computed. Where does that belong?"


def _broadcast_error(seen: Seen) -> bool:
    return raises(seen, r"must match the size of tensor|broadcast")


def _product_error(seen: Seen) -> bool:
    return raises(seen, r"shapes cannot be multiplied|size mismatch")


SHAPE_ERRORS = (
    Mistake(
        "elementwise-product",
        "Weights mix features; that is no element-by-element operation.",
        raised=_broadcast_error,
        section=SHAPES,
    ),
    Mistake(
        "product-order",
        "Read the two shapes aloud: which inner sizes have to agree?",
        raised=lambda s: _product_error(s) and not in_line(s, r"\b(64|1000|100|10)\b"),
        section=SHAPES,
    ),
    Mistake(
        "max-reduces",
        "One of these functions reduces an axis, the other compares element by element.",
        raised=r"return_types|max\(\): |'tuple' object has no attribute|unsupported operand .*tuple",
    ),
)

LOSS_MISTAKES = (
    *(Mistake(mistake_id, hint, ("loss",), when=_loss_is(forms)) for mistake_id, hint, forms in NETWORKS),
    Mistake("loss-not-scalar", "A loss is one number, without an axis.", ("loss",), when=_loss_is(_NOT_SCALAR)),
    Mistake(
        "loss-is-a-number",
        "A Python number has forgotten how it came about: from it nobody can go backward.",
        ("loss",),
        when=lambda s: (value := s.value("loss")) is not None and value.kind == "number",
    ),
    Mistake(
        "forward-in-no-grad",
        _IN_NO_GRAD,
        ("has_history",),
        when=lambda s: mentions(s, _NO_RECORD),
    ),
    Mistake("graph-cut", _CUT, ("has_history",), when=lambda s: not mentions(s, _NO_RECORD)),
    Mistake(
        "graph-cut",
        _CUT,
        ("reached", "grad_w1", "grad_w2"),
        when=lambda s: not s.fact("backward_error") and not _is_leaf(s),
    ),
    Mistake(
        "loss-rewrapped",
        "That loss is a new tensor that knows its value and not its past. Why did the old one not require grad?",
        ("reached",),
        when=lambda s: _is_leaf(s),
    ),
    Mistake(
        "backward-in-loss",
        "Your function goes backward itself. Who wants to differentiate the loss afterwards finds nothing left.",
        ("reached",),
        when=lambda s: max(s.fact("passes", {}).values(), default=0) > 0,
    ),
    *SHAPE_ERRORS,
    Mistake(
        "graph-cut",
        _CUT,
        raised=r"Can't call numpy\(\) on Tensor that requires grad",
    ),
)


def _is_leaf(seen: Seen) -> bool:
    value = seen.value("loss")
    return value is not None and value.is_leaf


# ---------------------------------------------------------------- gradients


def _again(name: str) -> str:
    return f"{name} again"


def _doubled(seen: Seen, name: str) -> bool:
    return matches(seen, name, [2 * np.asarray(seen.truth[name])])


def _gradient_nowhere(seen: Seen) -> bool:
    """Tell whether None came back in place of a gradient, and nothing went wrong with returning."""
    values = [seen.value(f"grad_{name}") for name in WEIGHTS]
    return any(v is not None and v.kind == "none" for v in values)


_FIRST = ("grad_w1", "grad_w2")
_SECOND = ("grad_w1 again", "grad_w2 again")
_ZEROED = "Before the first backward pass there is no gradient yet: nothing that could be set to zero."

GRADIENTS_MISTAKES = (
    *(
        Mistake(
            mistake_id,
            hint,
            _FIRST,
            when=lambda s, forms=forms: any(_gradients_are(f, s) for f in forms),  # type: ignore[misc]
            section=LOSS_SECTION,
        )
        for mistake_id, hint, forms in NETWORKS
    ),
    Mistake(
        "never-zeroed",
        "Right once, twice as much the second time: where did the first gradient go?",
        ("grad_w1 again",),
        when=lambda s: _doubled(s, "grad_w1 again") and _doubled(s, "grad_w2 again"),
        section=ADD_UP,
    ),
    Mistake(
        "one-not-zeroed",
        "One of the two gradients is cleared, the other adds up. Which one did you leave out?",
        _SECOND,
        when=lambda s: (
            [_doubled(s, n) for n in _SECOND] in ([True, False], [False, True])
            and sum(s.is_right(n) for n in _SECOND) == 1
        ),
        section=ADD_UP,
    ),
    Mistake(
        "zeroed-too-early",
        "What you hand back was set to zero before anybody could read it.",
        _FIRST,
        when=lambda s: _zeros(s) or (_gradient_nowhere(s) and passes(s) > 0 and not s.fact("filled")),
        section=ADD_UP,
    ),
    Mistake(
        "zeroed-before-first",
        _ZEROED,
        raised=lambda s: raises(s, "NoneType") and passes(s) == 0 and in_line(s, r"zero|\*=\s*0|fill_"),
        section=ADD_UP,
    ),
    Mistake(
        "backward-not-called",
        "Who fills the gradients? Without that call they stay None.",
        _FIRST,
        when=lambda s: _gradient_nowhere(s) and passes(s) == 0,
        raised=lambda s: raises(s, "NoneType") and passes(s) == 0 and not in_line(s, r"zero|\*=\s*0|fill_"),
    ),
    Mistake(
        "not-a-leaf",
        "You ask a computed tensor for its gradient. Autograd leaves gradients at the leaves only.",
        _FIRST,
        when=lambda s: _gradient_nowhere(s) and passes(s) > 0 and bool(s.fact("filled")),
        raised=lambda s: raises(s, "NoneType") and passes(s) > 0 and bool(s.fact("filled")),
        section="A tensor that records",
    ),
    Mistake(
        "backward-twice",
        "One backward pass fills the gradients of both weights. What does a second one do to them?",
        _FIRST,
        when=lambda s: passes(s) >= 2 * _calls(s) and all(s.is_right(n) or _doubled(s, n) for n in _FIRST),
        raised=lambda s: raises(s, "backward through the graph a second time"),
        section=ADD_UP,
    ),
    Mistake(
        "inputs-changed",
        "Asked for are gradients only: whoever takes a step as well answers the next question at another point.",
        (*_FIRST, *_SECOND),
        when=lambda s: bool(s.fact("changed")),
    ),
    Mistake(
        "gradient-transposed",
        "A gradient has the shape of what it is the gradient of.",
        _FIRST,
        when=lambda s: all(matches(s, n, [np.asarray(s.truth[n]).T]) for n in _FIRST),
    ),
    Mistake(
        "weights-not-gradients",
        "These are the weights themselves; asked for is how the loss changes with them.",
        _FIRST,
        when=lambda s: all(matches(s, f"grad_{n}", [s[n]]) for n in WEIGHTS),
    ),
    Mistake(
        "loss-is-a-number",
        "A Python number has forgotten how it came about: from it nobody can go backward.",
        raised=r"AttributeError: '(\w+\.)?(float|float64|float32|ndarray)' object has no attribute 'backward'",
        section=LOSS_SECTION,
    ),
    Mistake(
        "forward-in-no-grad",
        _IN_NO_GRAD,
        raised=lambda s: raises(s, "does not require grad") and mentions(s, _NO_RECORD),
        section=RECORDING,
    ),
    Mistake(
        "graph-cut",
        _CUT,
        raised=lambda s: (
            (raises(s, "does not require grad") and not mentions(s, _NO_RECORD))
            or raises(s, "not have been used in the graph|Can't call numpy")
        ),
        section=LOSS_SECTION,
    ),
    *SHAPE_ERRORS,
)


def _calls(seen: Seen) -> int:
    return sum(seen.value(name) is not None for name in ("grad_w1", "grad_w1 again"))


def _zeros(seen: Seen) -> bool:
    return all(not seen.got(name).any() for name in _FIRST)


# ---------------------------------------------------------------- train


def _true_loss(t: Tensors) -> torch.Tensor:
    return torch.dist(relu(t["x"] @ t["w1"]) @ t["w2"], t["y"]) ** 2


def _descent(seen: Seen) -> Descent:
    return Descent(given(seen.question), WEIGHTS, _true_loss, float(seen.option("lr")), int(seen.option("steps")))


# A wrong loss of these kinds is named by its factor; the others change the way down.
_BY_FACTOR = ("mean-not-sum", "batch-mean", "half-loss")


def _start(seen: Seen, name: str) -> Any:
    return np.asarray(seen.question.inputs[name].astype(seen.question.dtype), dtype=np.float64)


TRAIN_MISTAKES = (
    *training_mistakes(
        _descent,
        kept=lambda names: [(name,) for name in names],
        still={"one-weight-only": ("Which parameter never moved?", lambda names: [(name,) for name in names])},
        section=TRAIN_SECTION,
        adding_up=ADD_UP,
        made_anew="make_weights|randn|rand",
    ),
    *(
        Mistake(
            mistake_id,
            hint,
            ("losses",),
            when=lambda s, forms=forms: follows(s, _descent(s), [Slip(objective=f) for f in forms], 2),  # type: ignore[misc]
            section=LOSS_SECTION,
        )
        for mistake_id, hint, forms in NETWORKS
        if mistake_id not in (*_BY_FACTOR, "relu-is-mask", "sign-flipped")
    ),
    Mistake(
        "weights-rebound",
        "Did the tensor the caller holds change, or only your name for it?",
        ("losses",),
        when=lambda s: constant(s) and rebinds(s.source),
        raised=lambda s: (
            passes(s) > 0
            and unmoved(s)
            and ((raises(s, "NoneType") and bool(s.fact("filled"))) or raises(s, "does not require grad"))
        ),
        section=RECORDING,
    ),
    Mistake(
        "weights-rebound",
        "Did the tensor the caller holds change, or only your name for it?",
        ("w1", "w2"),
        when=lambda s: all(s.is_right(n) or np.array_equal(s.got(n), _start(s, n)) for n in WEIGHTS),
        section=RECORDING,
    ),
    *SHAPE_ERRORS,
)
