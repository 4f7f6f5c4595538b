"""Mistakes about what stands between the two layers, and about where it stands."""

from __future__ import annotations

import numpy as np

from course.asking.syntax import is_zero, last_name
from course.checks import Mistake, Seen
from course.checks.idea import idea
from course.mistakes.evidence import line_has, message, multiplied
from course.mistakes.mutant import Mutant, mutant
from course.network.activations import OTHERS, clipped, each, identity, leaky, relu, sigmoid, softmax, softplus

NO_RELU = idea(
    "no-relu",
    "What should a hidden unit say when its input is negative?",
    "Without a function between them two layers are one: x·w1·w2 is a product with a single matrix. Compare `h` with "
    "what goes into the second layer, entry by entry.",
    "forward",
)
RELU_WRONG_SIDE = idea(
    "relu-wrong-side",
    "Which side of zero does your activation keep?",
    "Try your activation on −2 and on 3: a ReLU gives 0 and 3.",
    "forward",
)
ABSOLUTE_VALUE = idea(
    "absolute-value",
    "Negative inputs are silenced, not flipped.",
    "Try your activation on −2: a ReLU gives 0 there, yours gives 2.",
    "forward",
)
LEAKY_RELU = idea(
    "leaky-relu",
    "Is your unit really off when it is off?",
    "Left of zero a ReLU is exactly 0, and so is its derivative. Yours lets a small share of the input through.",
    "forward",
)
RELU_IS_MASK = idea(
    "relu-is-mask",
    "You kept which units are active, but lost their values.",
    "`h > 0` has a yes or no for each entry. What goes on to the next layer is the entry itself where the answer is "
    "yes.",
    "forward",
)
OTHER_ACTIVATION = idea(
    "other-activation",
    "A fine activation, but not the one that is asked for: a ReLU has a corner at zero and no upper end.",
    "A ReLU gives exactly 0 for −1 and exactly 1 for 1. Try yours on these two numbers.",
    "forward",
)
RELU_CAPPED = idea(
    "relu-capped",
    "A ReLU has a floor; does it have a ceiling too?",
    "Try your activation on 1000. In this network hidden values have a standard deviation of about 31, so a ceiling is "
    "met all the time.",
    "forward",
)
RELU_ON_OUTPUT = idea(
    "relu-on-output",
    "Can your network ever predict a negative target?",
    "The activation stands once, between the two layers. Nothing comes after the second product.",
    "forward",
)
SOFTMAX_ON_OUTPUT = idea(
    "softmax-on-output",
    "The targets are numbers of any size, not probabilities.",
    "Nothing comes after the second layer: its product is the prediction, as it is.",
    "forward",
)
RELU_ON_INPUT = idea(
    "relu-on-input",
    "The activation sits between the two layers, not before the first.",
    "The first product takes x as it is, with its negative entries. Only its result goes through the ReLU.",
    "forward",
)
Y_PRED_FROM_H = idea(
    "y-pred-from-h",
    "Which of the two arrays goes on to the second layer, the one before the activation or the one after it?",
    "`h_relu` is right. Look at what the second product is made with.",
    "forward",
)
H_OVERWRITTEN = idea(
    "h-overwritten",
    "h has no negative entries any more. On the way back, will you still know which of them were negative?",
    "Something writes into `h` itself: an operation in place, or a second name for the same array. Give the "
    "activation an array of its own.",
    "forward",
)
MAX_REDUCES = idea(
    "max-reduces",
    "One of these functions reduces an axis, the other compares element by element.",
    "The largest entry of an array is one number. Here every entry is compared with zero, and the shape stays.",
    "maximum",
)
BATCH_AXIS_LAST = idea(
    "batch-axis-last",
    "Does a row or a column hold one sample?",
    "Everything in this network has a row for each sample: x is (n, d_in), h is (n, d_h), y is (n, d_out).",
    "shapes",
)

# Slopes of LeakyReLU in torch, in its papers and in other texts; a ceiling of 6 is torch's ReLU6.
SLOPES = (0.01, 0.1, 0.2, 0.25, 0.3, 0.001, 0.05, 0.5)
CEILINGS = (6.0, 1.0)


def _h_is_kept(seen: Seen) -> bool:
    return not seen.fact("changed")


BETWEEN = (
    mutant(NO_RELU, activation=identity),
    mutant(RELU_WRONG_SIDE, activation=clipped(-np.inf, 0.0)),
    mutant(RELU_WRONG_SIDE, activation=each(lambda h: np.maximum(-h, 0), lambda h: -1.0 * (h < 0))),
    mutant(ABSOLUTE_VALUE, activation=each(np.abs, np.sign)),
    Mutant(LEAKY_RELU, lambda a: {"activation": leaky(a)}, numbers=SLOPES, fits=lambda a: 0 < a < 1),
    mutant(RELU_IS_MASK, activation=each(lambda h: h > 0, lambda h: 0.0 * h)),
    Mutant(RELU_CAPPED, lambda a: {"activation": clipped(0.0, a)}, numbers=CEILINGS, fits=lambda a: a > 0),
    *(mutant(OTHER_ACTIVATION, activation=f) for f in OTHERS.values()),
    Mutant(OTHER_ACTIVATION, lambda a: {"activation": clipped(-a, a)}, numbers=(), fits=lambda a: a > 0),
    Mutant(OTHER_ACTIVATION, lambda a: {"activation": softplus(a)}, numbers=(), fits=lambda a: a > 0),
)
_SHARES = (softmax(1), softmax(0), sigmoid)
AROUND = (
    mutant(RELU_ON_OUTPUT, on_output=relu),
    *(mutant(SOFTMAX_ON_OUTPUT, on_output=f) for f in _SHARES),
    mutant(RELU_ON_INPUT, on_input=relu, condition=_h_is_kept),
)
# Where h_relu is not handed back the activation may be missing in its own place as well.
ELSEWHERE = (
    *AROUND,
    mutant(RELU_ON_OUTPUT, on_output=relu, activation=identity),
    *(mutant(SOFTMAX_ON_OUTPUT, on_output=f, activation=identity) for f in _SHARES),
    mutant(RELU_ON_INPUT, on_input=relu, activation=identity, condition=_h_is_kept),
)
FROM_H = mutant(Y_PRED_FROM_H, carried=lambda h, h_relu: h)


def _measured(seen: Seen, off: np.ndarray) -> float:
    """Return the factor between what came out and what went in where units are off; KeyError if none is off."""
    if not off.any():
        raise KeyError("every unit is on")
    return float(np.median(seen.got("h_relu")[off] / seen["h"][off]))


def _leaky(seen: Seen) -> np.ndarray:
    h = seen["h"]
    if not (h < 0).any():
        return h
    slope = _measured(seen, h < 0)
    if not 0 < slope < 1:
        raise KeyError("h_relu")
    return np.where(h > 0, h, slope * h)


def _capped(seen: Seen) -> np.ndarray:
    """Return h_relu cut off at the largest entry that came back, if several entries lie there."""
    got = seen.got("h_relu")
    ceiling = float(np.max(got))
    if ceiling <= 0:
        raise KeyError("h_relu")
    return np.clip(seen["h"], 0, ceiling)


def _reduced(seen: Seen) -> np.ndarray:
    h, shape = seen["h"], seen.got("h_relu").shape
    for axis in (0, 1, None):
        for keep in (False, True):
            reduced = np.max(h, axis=axis, keepdims=keep)
            if shape in (np.shape(reduced), np.shape(np.maximum(reduced, 0))):
                return np.asarray(np.maximum(reduced, 0) if np.min(seen.got("h_relu")) >= 0 else reduced)
    raise KeyError("h_relu")


def _max_raised(seen: Seen) -> bool:
    text = f"{seen.failure.type_name}: {message(seen)}" if seen.failure else ""
    if "return_types.max" in text or line_has(seen, r"\b(np|torch)\.max\( ?0 ?,"):
        return True
    flat = "must be a matrix" in text or "enough dimensions" in text or "at least 1D" in text
    maximum = [call for call in seen.code.calls if last_name(call.func) in ("max", "amax", "nanmax")]
    reduces = any(not (call.args and is_zero(call.args[0])) for call in maximum)
    return reduces and (flat or multiplied(seen, "n n", "d_h d_out"))


TUPLE_OF_MAX = MAX_REDUCES.shows(
    error=r"return_types|max\(\): |'tuple' object has no attribute|unsupported operand .*tuple"
)
MASK_MULTIPLIED = RELU_IS_MASK.shows(error=r"got: bool !=|not implemented for 'Bool'")

# Where `h` and `h_relu` are handed back, beside the mutants.
OF_FORWARD: tuple[Mistake, ...] = (
    H_OVERWRITTEN.shows("h", value=lambda s: np.maximum(s["h"], 0), condition=lambda s: s.is_right("h_relu")),
    BATCH_AXIS_LAST.shows("h", value=lambda s: s["h"].T),
    LEAKY_RELU.shows("h_relu", value=_leaky),
    RELU_CAPPED.shows("h_relu", value=_capped),
    MAX_REDUCES.shows("h_relu", value=_reduced, error=_max_raised),
    MASK_MULTIPLIED,
)
