"""Named mistakes of asking autograd for gradients."""

from __future__ import annotations

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.descent import (
    NO_RECORD,
    in_line,
    matches,
    mentions,
    passes,
    raises,
)
from course.exercises.recording.headings import (
    ADD_UP,
    LOSS_SECTION,
    RECORDING,
)
from course.exercises.recording.loss import CUT, IN_NO_GRAD, SHAPE_ERRORS
from course.exercises.recording.losses import ANEW, WEIGHTS, follows_from


def _doubled(seen: Seen, name: str) -> bool:
    return matches(seen, name, [2 * np.asarray(seen.truth[name])])


def _second(seen: Seen, added: int) -> list[bool]:
    """Tell for each gradient of the second call whether it is the right one, with those of the first call added."""
    return [matches(seen, f"{n} again", [seen.truth[f"{n} again"] + added * np.asarray(seen.truth[n])]) for n in _FIRST]


def _gradient_nowhere(seen: Seen) -> bool:
    """Tell whether None came back in place of a gradient, and nothing went wrong with returning."""
    values = [seen.value(f"grad_{name}") for name in WEIGHTS]
    return any(v is not None and v.kind == "none" for v in values)


_FIRST = ("grad_w1", "grad_w2")
_AGAIN = "same_again"
_ZEROED = "Before the first backward pass there is no gradient yet: nothing that could be set to zero."

GRADIENTS_MISTAKES = (
    *(
        Mistake(mistake_id, hint, ("grad_w1",), follows_from(forms, "grad_w1"), section=LOSS_SECTION)
        for mistake_id, hint, forms in ANEW
    ),
    Mistake(
        "never-zeroed",
        "Right once, twice as much the second time: where did the first gradient go?",
        (_AGAIN,),
        when=lambda s: _second(s, 1) == [True, True],
        section=ADD_UP,
    ),
    Mistake(
        "one-not-zeroed",
        "One of the two gradients is cleared, the other adds up. Which one did you leave out?",
        (_AGAIN,),
        when=lambda s: (
            (_second(s, 1), _second(s, 0)) in (([True, False], [False, True]), ([False, True], [True, False]))
        ),
        section=ADD_UP,
    ),
    Mistake(
        "zeroed-too-early",
        "What you hand back was set to zero before anybody could read it.",
        _FIRST,
        when=lambda s: (_gradient_nowhere(s) and passes(s) > 0 and not s.fact("filled")) or _zeros(s),
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
        IN_NO_GRAD,
        raised=lambda s: raises(s, "does not require grad") and mentions(s, *NO_RECORD),
        section=RECORDING,
    ),
    Mistake(
        "graph-cut",
        CUT,
        raised=lambda s: (
            (raises(s, "does not require grad") and not mentions(s, *NO_RECORD))
            or raises(s, "not have been used in the graph|Can't call numpy")
        ),
        section=LOSS_SECTION,
    ),
    *SHAPE_ERRORS[:2],
)


def _calls(seen: Seen) -> int:
    return sum(seen.value(name) is not None for name in ("grad_w1", "grad_w1 again"))


def _zeros(seen: Seen) -> bool:
    return all(not seen.got(name).any() for name in _FIRST)
