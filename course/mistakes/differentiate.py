"""Mistakes in a loss that is to be differentiated, and in computing its gradients."""

from __future__ import annotations

import numpy as np

from course.exercise import Mistake, Observation
from course.exercise.mistake import mistake
from course.mistakes.autograd import (
    A_NUMBER,
    before_first,
    missing_gradient,
    never_asked,
    nothing_reached,
    without_a_past,
)
from course.mistakes.evidence import NO_RECORD, first_wrong, mentions, passes, raised, raises, tensor_kind
from course.mistakes.gradient import OF_PRODUCTS, changed_after
from course.mistakes.source import clears


def _is_leaf(obs: Observation) -> bool:
    value = obs.value("loss")
    return value is not None and value.is_leaf


# Names that pass on values without their history; names that change a gradient on its way back but do not cut it.
_CUTS = ("detach", "data", "numpy", "item", "tolist", "tensor", "float", "deepcopy", "requires_grad", *NO_RECORD)
_CHANGES = ("hook", "saved", "Function", "backward")


def _cuts(obs: Observation) -> bool:
    return len(obs.fact("reached")) < 2 or (mentions(obs, *_CUTS) and not mentions(obs, *_CHANGES))


OF_LOSS: tuple[Mistake, ...] = (
    mistake("forward-in-no-grad", "has_history", condition=lambda s: mentions(s, *NO_RECORD)),
    mistake("graph-cut", "has_history", condition=lambda s: not mentions(s, *NO_RECORD)),
    mistake(
        "graph-cut",
        "reached",
        "grad_w1",
        "grad_w2",
        condition=lambda s: not s.fact("backward_error") and not _is_leaf(s) and _cuts(s),
    ),
    mistake("loss-rewrapped", "reached", condition=_is_leaf),
    mistake(
        "backward-in-loss",
        "reached",
        "nothing_filled",
        condition=lambda s: max(s.fact("passes", {}).values(), default=0) > 0,
    ),
    mistake("graph-cut", error=r"Can't call numpy\(\) on Tensor that requires grad"),
    *OF_PRODUCTS,
)

_FIRST = ("grad_w1", "grad_w2")


def _added_up(obs: Observation, *names: str) -> bool:
    """Return whether in the second call the named gradients are the sums over both calls, and the others right."""
    return all(
        obs.agrees(
            f"{name} again",
            obs.truth.get(f"{name} again", obs.truth[name]) + (np.asarray(obs.truth[name]) if name in names else 0.0),
        )
        for name in _FIRST
    )


def _gradient_nowhere(obs: Observation) -> bool:
    """Return whether None was returned in place of a gradient."""
    return any(tensor_kind(obs, name) == "none" for name in _FIRST)


def _went_without(obs: Observation) -> bool:
    """Return whether `allow_unused` let None be the gradient of a weight that the loss does not depend on."""
    asked = (keyword.arg for call in obs.code.calls for keyword in call.keywords)
    return _gradient_nowhere(obs) and "allow_unused" in asked


def _recorded_once(obs: Observation) -> bool:
    """Return whether the second call failed without a graph, while the first had one."""
    return obs.value("grad_w1") is not None and raises(obs, "does not require grad")


def _n_calls(obs: Observation) -> int:
    return sum(obs.value(name) is not None for name in ("grad_w1", "grad_w1 again"))


def _doubled(obs: Observation, name: str) -> bool:
    return obs.is_right(name) or obs.agrees(name, 2 * np.asarray(obs.truth[name]))


OF_GRADIENTS: tuple[Mistake, ...] = (
    mistake("grad-handed-out", "first_kept"),
    mistake(
        "gradient-in-tuple",
        *_FIRST,
        condition=lambda s: first_wrong(s).got.startswith("tuple of torch.Tensor") and s.code.calls_any("grad"),
    ),
    mistake("recording-switched-off", "still_leaf", error=_recorded_once),
    mistake("remembers", "same_again", condition=lambda s: all(s.agrees(f"{n} again", s.truth[n]) for n in _FIRST)),
    mistake("never-zeroed", "same_again", condition=lambda s: _added_up(s, *_FIRST)),
    mistake("one-not-zeroed", "same_again", condition=lambda s: _added_up(s, "grad_w1") or _added_up(s, "grad_w2")),
    mistake(
        "zeroed-too-early",
        *_FIRST,
        condition=lambda s: (
            (_gradient_nowhere(s) and passes(s) > 0 and not s.fact("filled") and not _went_without(s))
            or (clears(s.code) and all(not s.got(n).any() for n in _FIRST))
        ),
    ),
    mistake("zeroed-before-first", error=before_first),
    mistake(
        "loss-rewrapped", *_FIRST, condition=lambda s: _gradient_nowhere(s) and nothing_reached(s), error=without_a_past
    ),
    mistake(
        "backward-not-called",
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and passes(s) == 0 and not nothing_reached(s) and not _went_without(s),
        error=never_asked,
    ),
    mistake(
        "not-a-leaf",
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and passes(s) > 0 and bool(s.fact("filled")),
        error=lambda s: missing_gradient(s) and passes(s) > 0 and bool(s.fact("filled")),
    ),
    mistake(
        "backward-twice",
        *_FIRST,
        condition=lambda s: passes(s) >= 2 * _n_calls(s) and all(_doubled(s, n) for n in _FIRST),
        error=raised("backward through the graph a second time"),
    ),
    mistake(
        "gradient-transposed",
        *_FIRST,
        condition=lambda s: all(s.agrees(n, np.asarray(s.truth[n]).T) for n in _FIRST),
        topic="shapes",
    ),
    mistake(
        "weights-not-gradients",
        *_FIRST,
        condition=lambda s: all(s.agrees(n, s[n.removeprefix("grad_")]) for n in _FIRST),
    ),
    *changed_after(*_FIRST),
    mistake("loss-is-a-number", error=A_NUMBER),
    mistake("forward-in-no-grad", error=lambda s: raises(s, "does not require grad") and mentions(s, *NO_RECORD)),
    mistake(
        "graph-cut",
        *_FIRST,
        condition=_went_without,
        error=lambda s: (
            (raises(s, "does not require grad") and not mentions(s, *NO_RECORD) and not _recorded_once(s))
            or raises(s, "not have been used in the graph|Can't call numpy")
        ),
    ),
    *OF_PRODUCTS,
)

# ---------------------------------------------------------------- a loss as an object

OF_OBJECT: tuple[Mistake, ...] = (
    mistake("returns-none", "is_callable", condition=lambda s: s.fact("made") == "NoneType"),
    mistake(
        "loss-not-built",
        "is_callable",
        condition=lambda s: s.fact("made") != "NoneType",
        error=lambda s: (
            raises(s, "Boolean value of Tensor|missing [12] required positional")
            or bool(s.failure and s.failure.kind == "global" and s.fact("made") is None)
            or (bool(s.fact("is_class")) and raises(s, "TypeError|RuntimeError"))
            or raises(s, r"NameError: name '(y_pred|y|x|model)'")
        ),
    ),
    # built, but only when it is called
    mistake("loss-not-built", "loss", condition=lambda s: ".nn.modules." in first_wrong(s).got),
    mistake("loss-is-a-number", "loss", condition=lambda s: tensor_kind(s, "loss") == "number"),
    mistake(
        "graph-cut", "has_history", "grad_y_pred", error=raised(r"Can't call numpy\(\) on Tensor that requires grad")
    ),
    mistake("inputs-changed", error=r"leaf Variable that requires grad"),
)
