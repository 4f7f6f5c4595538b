"""Named mistakes of the network by hand: closed forms of what each one computes, for the first two ways."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.draws import relu
from course.exercises.two_layer import rehearse

# Headings of the lessons, where they are the same in both.
FORWARD, LOSS, BACKWARD, GATE, TRAIN = (
    "The forward pass",
    "The loss",
    "Write the backward pass",
    "The gate",
    "The training loop",
)


def _broadcast_error(seen: Seen) -> bool:
    text = seen.failure.message if seen.failure else ""
    return "broadcast" in text or "must match the size of tensor" in text


def _product_error(seen: Seen) -> bool:
    text = seen.failure.message if seen.failure else ""
    return "shapes cannot be multiplied" in text or "not aligned" in text or "mismatch in its core dimension" in text


def _size(seen: Seen) -> float:
    sizes = seen.option("sizes")
    return float(sizes["n"] * sizes["d_out"])


def _n(seen: Seen) -> float:
    return float(seen.option("sizes")["n"])


# ---------------------------------------------------------------- forward


def _h_from(x: np.ndarray, seen: Seen) -> np.ndarray:
    return x @ seen["w1"]


def _in_place(seen: Seen) -> bool:
    return bool(seen.row_ok("h_relu"))


FORWARD_MISTAKES = (
    Mistake(
        "relu-on-input",
        "The activation sits between the two products, not before the first.",
        ("h",),
        lambda s: _h_from(relu(s["x"]), s),
    ),
    Mistake(
        "h-overwritten",
        "h has no negative entries any more. On the way back, will you still know which of them were negative?",
        ("h",),
        lambda s: relu(s["x"] @ s["w1"]),
        when=_in_place,
    ),
    Mistake(
        "relu-wrong-side",
        "Which side of zero does your activation keep?",
        ("h_relu",),
        lambda s: np.minimum(s.truth["h"], 0),
    ),
    Mistake(
        "no-relu",
        "What should a hidden unit say when its input is negative?",
        ("h_relu",),
        lambda s: s.truth["h"],
    ),
    Mistake(
        "max-reduces",
        "One of these functions reduces an axis, the other compares element by element.",
        ("h_relu",),
        lambda s: _reduced(s),
        raised=r"TypeError: .*(return_types\.max|tuple)|AttributeError: .*return_types|AxisError|axis .* is out of bounds",
        section="Maximum and max",
    ),
    Mistake(
        "absolute-value",
        "Negative inputs are silenced, not flipped.",
        ("h_relu",),
        lambda s: np.abs(s.truth["h"]),
    ),
    *(
        Mistake(
            "leaky-relu",
            "Is your unit really off when it is off?",
            ("h_relu",),
            lambda s, a=slope: np.where(s.truth["h"] > 0, s.truth["h"], a * s.truth["h"]),
        )
        for slope in (0.01, 0.1, 0.2, 0.001, 0.05, 0.3)
    ),
    Mistake(
        "relu-is-mask",
        "You kept who is on, and lost how strongly.",
        ("h_relu",),
        lambda s: (s.truth["h"] > 0).astype(float),
    ),
    Mistake(
        "softplus",
        "A smooth version bends near zero; the ReLU has a corner there.",
        ("h_relu",),
        lambda s: np.logaddexp(0.0, s.truth["h"]),
    ),
    Mistake(
        "sigmoid",
        "That curve saturates; a ReLU lets a large input through as large as it is.",
        ("h_relu",),
        lambda s: 1 / (1 + np.exp(-s.truth["h"])),
    ),
    Mistake(
        "tanh",
        "That curve saturates, and lets negative values through.",
        ("h_relu",),
        lambda s: np.tanh(s.truth["h"]),
    ),
    Mistake(
        "h-clipped-above",
        "A ReLU has a floor; does it have a ceiling too?",
        ("h_relu",),
        lambda s: np.clip(s.truth["h"], 0, 1),
    ),
    Mistake(
        "relu-on-output",
        "Can your network ever predict a negative target?",
        ("y_pred",),
        lambda s: relu(s.truth["y_pred"]),
    ),
    Mistake(
        "prediction-from-h",
        "Which of the two arrays goes on to the second layer, the one before the activation or the one after it?",
        ("y_pred",),
        lambda s: s.truth["h"] @ s["w2"],
    ),
    Mistake(
        "elementwise-product",
        "Weights mix features; that is no element-by-element operation.",
        raised=_broadcast_error,
        section="First the shapes",
    ),
    Mistake(
        "product-order",
        "Read the two shapes aloud: which inner sizes have to agree?",
        raised=_product_error,
        section="First the shapes",
    ),
)


def _reduced(seen: Seen) -> np.ndarray:
    h = seen.truth["h"]
    for axis in (0, 1, None):
        reduced = np.max(h, axis=axis)
        if seen.got("h_relu").shape == np.shape(reduced):
            return np.asarray(reduced)
    raise KeyError("h_relu")


# ---------------------------------------------------------------- loss


def _d(seen: Seen) -> np.ndarray:
    return np.asarray(seen["y_pred"] - seen["y"])


LOSS_MISTAKES = (
    Mistake(
        "mean-not-sum",
        "Sum or average? Loss and gradient must agree on it.",
        ("loss",),
        lambda s: np.mean(_d(s) ** 2),
        when=lambda s: _size(s) > 1,
    ),
    Mistake(
        "batch-mean",
        "Your loss is averaged over the examples; here it is summed over them.",
        ("loss",),
        lambda s: np.sum(_d(s) ** 2) / _n(s),
    ),
    Mistake(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        ("loss",),
        lambda s: 0.5 * np.sum(_d(s) ** 2),
    ),
    Mistake("root-of-loss", "You are one root away.", ("loss",), lambda s: np.linalg.norm(_d(s))),
    Mistake("root-of-loss", "You are one root away.", ("loss",), lambda s: np.sqrt(np.mean(_d(s) ** 2))),
    *(
        Mistake(
            "not-squared",
            "Errors of opposite sign must not cancel.",
            ("loss",),
            lambda s, sign=sign: sign * np.sum(_d(s)),
        )
        for sign in (1, -1)
    ),
    Mistake(
        "absolute-not-squared",
        "An error twice as large should count four times as much here.",
        ("loss",),
        lambda s: np.sum(np.abs(_d(s))),
    ),
    Mistake(
        "square-of-sum",
        "First square each difference, then add them up: the other way round opposite errors cancel.",
        ("loss",),
        lambda s: np.sum(_d(s)) ** 2,
    ),
    Mistake(
        "squares-subtracted",
        "The square of a difference is not the difference of the squares.",
        ("loss",),
        lambda s: np.sum(s["y_pred"] ** 2) - np.sum(s["y"] ** 2),
    ),
    Mistake("sign-flipped", "A sum of squares is never negative.", ("loss",), lambda s: -np.sum(_d(s) ** 2)),
    Mistake(
        "forgot-target",
        "Is your loss zero when the prediction is perfect?",
        ("loss",),
        lambda s: np.sum(s["y_pred"] ** 2),
    ),
    *(
        Mistake(
            "loss-not-scalar",
            "A loss is one number.",
            ("loss",),
            lambda s, a=axis: np.sum(_d(s) ** 2, axis=a),
        )
        for axis in (0, 1, ())
    ),
    Mistake("loss-not-scalar", "A loss is one number.", ("loss",), lambda s: np.mean(_d(s) ** 2, axis=1)),
)

# ---------------------------------------------------------------- backward


def _t(name: str) -> Any:
    return lambda s: s.truth[name]


def _scaled(mistake_id: str, hint: str, factor: Any) -> Mistake:
    """Return the mistake that scales the first gradient: all that follow are scaled with it."""
    return Mistake(mistake_id, hint, ("grad_y_pred",), lambda s: factor(s) * s.truth["grad_y_pred"])


def _masked(seen: Seen, mask: np.ndarray) -> np.ndarray:
    return np.asarray(seen.truth["grad_h_relu"] * mask)


def _reshaped(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    return array.reshape(shape)


MASKS = (
    Mistake(
        "no-mask",
        "Units that were off in the forward pass learn nothing from this example.",
        ("grad_h",),
        _t("grad_h_relu"),
        section=GATE,
    ),
    Mistake(
        "mask-from-relu-output",
        "Your mask asks where h_relu is negative. How often is that true after a ReLU?",
        ("grad_h",),
        lambda s: _masked(s, s["h_relu"] >= 0),
        section=GATE,
    ),
    Mistake(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what your mask compares with zero.",
        ("grad_h",),
        lambda s: _masked(s, s.truth["grad_h_relu"] > 0),
        section=GATE,
    ),
    Mistake(
        "mask-inverted",
        "You let through exactly the units that were off.",
        ("grad_h",),
        lambda s: _masked(s, s["h"] < 0),
        section=GATE,
    ),
    *(
        Mistake(
            "times-activation",
            "The slope of a ReLU is 0 or 1.",
            ("grad_h",),
            lambda s, n=name: _masked(s, s[n]),
            section=GATE,
        )
        for name in ("h", "h_relu")
    ),
    Mistake(
        "gate-without-gradient",
        "You have the gate; what passes through it?",
        ("grad_h",),
        lambda s: (s["h"] > 0).astype(float),
        section=GATE,
    ),
    Mistake(
        "activation-not-slope",
        "Going back, the gradient passes the gate; the activation itself was the way forward.",
        ("grad_h",),
        lambda s: relu(s.truth["grad_h_relu"] * s["h"]),
        section=GATE,
    ),
)

BACKWARD_MISTAKES = (
    _scaled("missing-factor-2", "Differentiate u² once more, slowly.", lambda s: 0.5),
    _scaled(
        "sign-flipped",
        "Nudge y_pred up where it is too big already: does the loss grow or shrink?",
        lambda s: -1.0,
    ),
    _scaled(
        "sign-flipped",
        "Nudge y_pred up where it is too big already: does the loss grow or shrink?",
        lambda s: -0.5,
    ),
    _scaled("mean-not-sum", "Sum or average? Loss and gradient must agree on it.", lambda s: 1 / _size(s)),
    _scaled("batch-mean", "Your gradient belongs to a loss averaged over the batch.", lambda s: 1 / _n(s)),
    _scaled("extra-factor-2", "The factor from the square comes in once.", lambda s: 2.0),
    Mistake(
        "kept-the-square",
        "The derivative of a square is not a square.",
        ("grad_y_pred",),
        lambda s: 2 * _d(s) ** 2,
    ),
    Mistake(
        "kept-the-square",
        "The derivative of a square is not a square.",
        ("grad_y_pred",),
        lambda s: _d(s) ** 2,
    ),
    Mistake(
        "forgot-target",
        "Does your gradient vanish when the prediction is perfect?",
        ("grad_y_pred",),
        lambda s: 2 * s["y_pred"],
    ),
    Mistake(
        "loss-not-gradient",
        "This is the loss itself. How does it change when one entry of y_pred moves?",
        ("grad_y_pred",),
        lambda s: np.sum(_d(s) ** 2),
    ),
    Mistake(
        "w2-from-h",
        "Which array was actually multiplied by w2 on the way forward?",
        ("grad_w2",),
        lambda s: s["h"].T @ s.truth["grad_y_pred"],
    ),
    Mistake(
        "extra-factor-2",
        "The factor from the loss has already travelled along.",
        ("grad_w2",),
        lambda s: 2 * s.truth["grad_w2"],
    ),
    *(
        Mistake(
            "gradient-transposed",
            "A gradient has the shape of what it is the gradient of.",
            (name,),
            lambda s, n=name: np.asarray(s.truth[n]).T,
        )
        for name in ("grad_w2", "grad_h_relu", "grad_w1", "grad_y_pred", "grad_h")
    ),
    Mistake(
        "reshape-not-transpose",
        "Another shape is not the same as swapped axes.",
        ("grad_w2",),
        lambda s: _reshaped(s["h_relu"], s["h_relu"].shape[::-1]) @ s.truth["grad_y_pred"],
    ),
    Mistake(
        "reshape-not-transpose",
        "Another shape is not the same as swapped axes.",
        ("grad_w2",),
        lambda s: _reshaped(np.asarray(s.truth["grad_w2"]).T, np.shape(s.truth["grad_w2"])),
    ),
    Mistake(
        "reshape-not-transpose",
        "Another shape is not the same as swapped axes.",
        ("grad_h_relu",),
        lambda s: s.truth["grad_y_pred"] @ _reshaped(s["w2"], s["w2"].shape[::-1]),
    ),
    Mistake(
        "reshape-not-transpose",
        "Another shape is not the same as swapped axes.",
        ("grad_w1",),
        lambda s: _reshaped(s["x"], s["x"].shape[::-1]) @ s.truth["grad_h"],
    ),
    Mistake(
        "reshape-not-transpose",
        "Another shape is not the same as swapped axes.",
        ("grad_w1",),
        lambda s: _reshaped(np.asarray(s.truth["grad_w1"]).T, np.shape(s.truth["grad_w1"])),
    ),
    Mistake(
        "alias-not-copy",
        "Two names, one array: you changed grad_h, now look at the other one.",
        ("grad_h_relu",),
        lambda s: s.truth["grad_h"],
        when=lambda s: s.row_ok("grad_h"),
        section="Masks and copies",
    ),
    Mistake(
        "alias-not-copy",
        "Two names, one array: you changed grad_h, now look at the other one.",
        ("grad_h_relu",),
        lambda s: _masked(s, s.truth["grad_h_relu"] > 0),
        when=lambda s: ["grad_h_relu", "grad_h"] in s.fact("same_memory", []),
        section="Masks and copies",
    ),
    Mistake(
        "masked-too-early",
        "The gate comes after this one: the gradient that arrives at h_relu has not passed it yet.",
        ("grad_h_relu",),
        lambda s: s.truth["grad_h"],
        when=lambda s: ["grad_h_relu", "grad_h"] not in s.fact("same_memory", []) and not s.row_ok("grad_h"),
        section=GATE,
    ),
    *MASKS,
    Mistake(
        "w1-skips-gate",
        "You computed the gate and walked around it.",
        ("grad_w1",),
        lambda s: s["x"].T @ s.truth["grad_h_relu"],
        section="The gradient of w1",
    ),
    Mistake(
        "extra-factor-2",
        "The factor from the loss has already travelled along.",
        ("grad_w1",),
        lambda s: 2 * s.truth["grad_w1"],
    ),
    Mistake(
        "batch-mean",
        "Your gradient belongs to a loss averaged over the batch.",
        ("grad_w2",),
        lambda s: s.truth["grad_w2"] / _n(s),
    ),
    Mistake(
        "x-not-transposed",
        "The batch axis is the one that is summed away: it has to stand inside the product.",
        raised=lambda s: _product_error(s) and bool(_line_has(s, r"\bx\b") and _line_has(s, "grad_h")),
        section="The gradient of w1",
    ),
    Mistake(
        "gradient-transposed",
        "Write the two shapes under the product: do the inner sizes agree, and is the outer shape that of the weight?",
        raised=lambda s: _product_error(s) and not (_line_has(s, r"\bx\b") and _line_has(s, "grad_h")),
        section="The gradient of w2",
    ),
    Mistake(
        "elementwise-product",
        "Going back through a product of matrices is a product of matrices again.",
        raised=_broadcast_error,
    ),
)


def _line_has(seen: Seen, pattern: str) -> bool:
    import re

    return bool(seen.failure and re.search(pattern, seen.failure.line))


# ---------------------------------------------------------------- train


def _losses(**wrong: Any) -> Any:
    return lambda s: rehearse(s, **wrong)["losses"]


def _begin(seen: Seen, wrong: dict[str, Any]) -> bool:
    """Tell whether the first two losses are those of a mistaken loop: what diverges cannot be compared to the end."""
    with np.errstate(all="ignore"):
        form = rehearse(seen, **wrong)["losses"][:2]
    got = seen.got("losses")[:2]
    return bool(got.shape == form.shape and np.allclose(got, form, rtol=1e-4))


def start_of(seen: Seen, name: str) -> np.ndarray:
    return np.asarray(seen.question.inputs[name].astype(seen.question.dtype), dtype=np.float64)


def unmoved(seen: Seen, name: str) -> bool:
    return bool(np.array_equal(seen.got(name), start_of(seen, name)))


def _update(mistake_id: str, hint: str, section: str = TRAIN, **wrong: Any) -> Mistake:
    return Mistake(mistake_id, hint, ("losses",), _losses(**wrong), section=section)


def _mean(d: np.ndarray) -> float:
    return float((d**2).mean())


_MEAN = "Sum or average? Loss and gradient must agree on it."
_BATCH = "Your gradient belongs to a loss averaged over the batch."


def _forward_once(seen: Seen) -> np.ndarray:
    return np.full(int(seen.option("steps")), seen.truth["losses"][0])


def _moved_by_first_gradient(seen: Seen) -> bool:
    way = int(seen.option("steps")) * float(seen.option("lr"))
    return all(
        np.allclose(seen.got(n), start_of(seen, n) - way * seen.truth["grad_" + n], rtol=1e-3, atol=1e-6)
        for n in ("w1", "w2")
    )


TRAIN_MISTAKES = (
    _update(
        "w2-updated-first",
        "Both gradients belong to the same point: take no step before you have both.",
        w2_first=True,
    ),
    _update(
        "w2-updated-first",
        "Both gradients belong to the same point: take no step before you have both.",
        w1_first=True,
    ),
    Mistake(
        "uphill",
        "Uphill or downhill?",
        ("losses",),
        None,
        when=lambda s: _begin(s, {"factor": -1.0}),
        section=TRAIN,
    ),
    Mistake(
        "no-learning-rate",
        "A gradient is a slope, not yet a step: something decides how long the step is.",
        ("losses",),
        None,
        when=lambda s: _begin(s, {"lr": 1.0}) and abs(float(s.option("lr")) - 1.0) > 1e-6,
        section=TRAIN,
    ),
    _update("one-weight-only", "Which parameter never moved?", update_only=("w1",)),
    _update("one-weight-only", "Which parameter never moved?", update_only=("w2",)),
    _update("missing-factor-2", "Differentiate u² once more, slowly.", BACKWARD, factor=0.5),
    _update("mean-not-sum", _MEAN, loss_of=_mean),
    Mistake(
        "mean-not-sum",
        _MEAN,
        ("losses",),
        lambda s: rehearse(s, loss_of=_mean, factor=1 / _size(s))["losses"],
        section=TRAIN,
    ),
    Mistake(
        "mean-not-sum",
        _MEAN,
        ("losses",),
        lambda s: rehearse(s, factor=1 / _size(s))["losses"],
        section=TRAIN,
    ),
    Mistake("batch-mean", _BATCH, ("losses",), lambda s: rehearse(s, factor=1 / _n(s))["losses"], section=TRAIN),
    Mistake(
        "batch-mean",
        _BATCH,
        ("losses",),
        lambda s: rehearse(s, factor=1 / _n(s), loss_of=lambda d: float((d**2).sum()) / _n(s))["losses"],
        section=TRAIN,
    ),
    _update(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        LOSS,
        loss_of=lambda d: 0.5 * float((d**2).sum()),
    ),
    _update(
        "half-loss",
        "Convenient, but the text defines the loss without that factor.",
        LOSS,
        loss_of=lambda d: 0.5 * float((d**2).sum()),
        factor=0.5,
    ),
    _update(
        "no-mask",
        "Units that were off in the forward pass learn nothing from this example.",
        GATE,
        mask=lambda h, g: 1.0,
    ),
    _update(
        "mask-from-gradient-sign",
        "The gate is set by the forward value, not by the gradient: look at what your mask compares with zero.",
        GATE,
        mask=lambda h, g: g > 0,
    ),
    _update("mask-inverted", "You let through exactly the units that were off.", GATE, mask=lambda h, g: h < 0),
    _update("w2-from-h", "Which array was actually multiplied by w2 on the way forward?", BACKWARD, from_h=True),
    _update(
        "forgot-target",
        "Does your gradient vanish when the prediction is perfect?",
        BACKWARD,
        forget_target=True,
    ),
    _update("loss-after-update", "Each loss belongs to the weights before that step's update.", late_loss=True),
    Mistake(
        "forward-outside-loop",
        "The prediction changes with the weights: what has to be computed anew in every step?",
        ("losses",),
        _forward_once,
        when=_moved_by_first_gradient,
        section=TRAIN,
    ),
    Mistake(
        "weights-rebound",
        "Did the array the caller holds change, or only your name for it?",
        ("w1", "w2"),
        None,
        when=lambda s: unmoved(s, "w1") and unmoved(s, "w2"),
        section=TRAIN,
    ),
    Mistake(
        "weights-rebound",
        "Did the array the caller holds change, or only your name for it?",
        ("w2",),
        lambda s: start_of(s, "w2"),
        section=TRAIN,
    ),
    Mistake(
        "weights-rebound",
        "Did the array the caller holds change, or only your name for it?",
        ("w1",),
        lambda s: start_of(s, "w1"),
        when=lambda s: s.row_ok("w2"),
        section=TRAIN,
    ),
    Mistake(
        "no-update",
        "The weights never change: what should happen to them at the end of each step?",
        ("losses",),
        _forward_once,
        when=lambda s: unmoved(s, "w1") and unmoved(s, "w2"),
        section=TRAIN,
    ),
    Mistake(
        "one-step-missing",
        "Count the losses: one for each step.",
        ("losses",),
        lambda s: s.truth["losses"][:-1],
        section=TRAIN,
    ),
    Mistake(
        "first-step-only",
        "Only one step was taken. Where does your loop end?",
        ("losses",),
        lambda s: s.truth["losses"][:1],
    ),
    Mistake(
        "last-loss-only",
        "One loss for every step is asked for, not only the last.",
        ("losses",),
        lambda s: s.truth["losses"][-1],
        section=TRAIN,
    ),
)
