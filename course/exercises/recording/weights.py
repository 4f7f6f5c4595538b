"""Named mistakes of making weights that record."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course.checks import Mistake, Seen
from course.exercises.recording.headings import (
    SHAPES,
)

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
        ("device_honoured",),
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
        "sizes-fixed",
        "Your code knows sizes that it should ask its arguments for.",
        _NAMES,
        when=lambda s: [s.got(n).shape for n in _NAMES] == [(1000, 100), (100, 10)],
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
        ("dtypes", *_NAMES),
        when=lambda s: s.fact("dtypes") != [s.question.dtype] * 2 and _right_shapes(s),
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
