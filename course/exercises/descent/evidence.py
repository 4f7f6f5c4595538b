"""What a training loop leaves behind that tells one mistake from another with the same losses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.checks import TOLERANCE, Seen, same
from course.checks.mistake import FORM_MARGIN
from course.exercises.descent.rehearsal import near


def passes(seen: Seen) -> int:
    """Return how many backward passes there were."""
    reached = seen.fact("passes")
    if reached is not None:
        return max(reached.values(), default=0)
    calls = int(seen.fact("calls", {}).get("backward", 0))
    # the call that failed was counted, and passed nothing back
    return calls - raises(seen, "does not require grad|backward through the graph|modified by an inplace")


def unmoved(seen: Seen) -> bool:
    return not seen.fact("moved")


def raises(seen: Seen, pattern: str) -> bool:
    failure = seen.failure
    return failure is not None and re.search(pattern, f"{failure.type_name}: {failure.message}") is not None


def in_line(seen: Seen, pattern: str) -> bool:
    return seen.failure is not None and re.search(pattern, seen.failure.line) is not None


def mentions(seen: Seen, pattern: str) -> bool:
    """Tell whether the code uses a name: in its text, or in that of the notebook's functions it calls."""
    return any(re.search(pattern, name) for name in seen.fact("uses", [])) or bool(re.search(pattern, seen.source))


_CLEARING = re.compile(r"zero_|zero_grad\(|\.grad\s*(=|\*=|,.*=)|fill_\(\s*0")
_UPDATE = re.compile(
    r"-=|\+=\s*-|\b(sub_|add_|copy_|addcmul_|_foreach_\w+)\(|\.data\s*=|\]\s*=[^=]|out=|load_state_dict"
)
_BACKWARD = re.compile(r"\.backward\(")


def clears_before_update(source: str) -> bool:
    """Tell whether gradients are cleared between the backward pass and the update."""
    state = ""
    for line in source.splitlines():
        text = line.partition("#")[0]
        clears = bool(_CLEARING.search(text)) and not re.search(r"losses\s*\[", text)
        if _BACKWARD.search(text):
            state = "backward"
        elif clears and state == "backward":
            state = "cleared"
        elif (
            _UPDATE.search(text)
            and not clears
            and not re.search(r"\b(loss\w*|total|step|t|i)\s*(\[.*\])?\s*[-+]?=", text)
        ):
            if state == "cleared":
                return True
            state = ""
    return False


def rebinds(source: str) -> bool:
    """Tell whether the result of an update is given a name: `p = p - …`, or a clone that is changed."""
    return bool(
        re.search(r"^\s*\w+\s*(,\s*\w+\s*)?=.*(-|\bsub\(|\badd\().*(\blr\b|grad|\bg\w*\b)", source, re.M)
        or re.search(r"=.*(clone\(|deepcopy\(|detach\()", source)
    )


def missing_gradient(seen: Seen) -> bool:
    return raises(seen, r"NoneType")


def not_recorded(seen: Seen) -> bool:
    return raises(seen, r"does not require grad")


def constant(seen: Seen) -> bool:
    """Tell whether every loss is the first one, right, and nothing moved."""
    got = seen.got("losses")
    form = np.full(int(seen.option("steps")), seen.truth["losses"][0])
    return unmoved(seen) and got.shape == form.shape and near(got, form, seen)


def uses_up(seen: Seen) -> bool:
    """Tell whether the generator of the parameters is given a name: it can be walked through only once."""
    return re.search(r"=\s*\w+\.(named_)?parameters\(\)\s*$", seen.source, re.M) is not None


def matches(seen: Seen, name: str, forms: Sequence[Any]) -> bool:
    """Tell whether a value is one of several closed forms."""
    tolerance = FORM_MARGIN * TOLERANCE[seen.question.dtype]
    return any(same(seen.value(name), np.asarray(form, dtype=np.float64), tolerance) for form in forms)


def proved(name: str, sign: Callable[[Seen], bool]) -> Callable[[Seen], np.ndarray]:
    """Return a closed form that is the student's own value where the sign holds, and none elsewhere.

    So the sign has to hold on every question, on those that were answered right as well: a mistake that shows on one
    question only is another one.
    """

    def form(seen: Seen) -> np.ndarray:
        if not sign(seen):
            raise KeyError(name)
        return seen.got(name)

    return form
