"""Training loops on autograd with something done wrong: what they compute, and how they are told apart.

Ways 3 and 4 make the same mistakes, on two weights by name and on the parameters of a model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from course.checks import TOLERANCE, Mistake, Seen, same
from course.checks.mistake import FORM_MARGIN

Tensors = dict[str, torch.Tensor]
Objective = Callable[[Tensors], torch.Tensor]


@dataclass(frozen=True)
class Slip:
    """What a training loop does otherwise than it should.

    objective: another loss. shown: factor of the losses handed back. pace: factor of every step.
    lr: another learning rate. kept: parameters whose gradients are never cleared. still: parameters never updated.
    late: losses are taken after the update. wiped: parameters are set to zero after the update.
    stale: the first gradients are used in every step. moves: how many steps have an effect. more: further steps.
    """

    objective: Objective | None = None
    shown: float = 1.0
    pace: float = 1.0
    lr: float | None = None
    kept: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    late: bool = False
    wiped: bool = False
    stale: bool = False
    moves: int = 1_000_000
    more: int = 0


@dataclass(frozen=True)
class Descent:
    """How a question's training goes: its tensors, the names of what is trained, and the loss."""

    tensors: Tensors
    names: list[str]
    objective: Objective
    lr: float
    steps: int

    def run(self, slip: Slip) -> np.ndarray:
        """Return the losses that a loop with this slip hands back."""
        now = {**self.tensors, **{name: self.tensors[name].clone() for name in self.names}}
        measure = slip.objective or self.objective
        rate = slip.pace * (self.lr if slip.lr is None else slip.lr)
        sums: dict[str, torch.Tensor] = {}
        shown = []
        for step in range(self.steps + slip.more):
            leaves = [now[name].requires_grad_() for name in self.names]
            value = measure(now)
            found = dict(zip(self.names, torch.autograd.grad(value, leaves), strict=True))
            if slip.stale and sums:
                found = sums
            elif sums:
                found = {n: g + sums[n] if n in slip.kept else g for n, g in found.items()}
            sums = found
            for name in self.names:
                now[name] = now[name].detach()
                if name not in slip.still and step < slip.moves:
                    now[name] = torch.zeros_like(now[name]) if slip.wiped else now[name] - rate * found[name]
            shown.append(float(measure(now)) if slip.late else float(value.detach()))
        return slip.shown * np.array(shown)


Look = Callable[[Seen], Descent]


def follows(seen: Seen, descent: Descent, slips: Sequence[Slip], first: int | None = None) -> bool:
    """Tell whether the losses are those of a loop with one of the slips; of the first few only, where it diverges."""
    got = seen.got("losses")
    for slip in slips:
        with np.errstate(all="ignore"):
            form = descent.run(slip)[:first]
        if got[:first].shape == form.shape and _near(got[:first], form, seen):
            return True
    return False


def _near(got: np.ndarray, form: np.ndarray, seen: Seen) -> bool:
    """Compare loss by loss: a long one must not hide a short one."""
    margin = FORM_MARGIN * TOLERANCE[seen.question.dtype]
    return bool(np.all(np.isfinite(got)) and np.all(np.abs(got - form) <= margin * np.abs(form)))


# ---------------------------------------------------------------- what happened while it ran


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


def _missing_gradient(seen: Seen) -> bool:
    return raises(seen, r"NoneType")


def _not_recorded(seen: Seen) -> bool:
    return raises(seen, r"does not require grad")


def _constant(seen: Seen) -> bool:
    """Tell whether every loss is the first one, right, and nothing moved."""
    got = seen.got("losses")
    form = np.full(int(seen.option("steps")), seen.truth["losses"][0])
    return unmoved(seen) and got.shape == form.shape and _near(got, form, seen)


NEVER_ZEROED = "Where does the gradient of the step before go? Nobody takes it away, and the new one is added to it."
TOO_EARLY = "The gradients are gone before the update comes to use them."
UPHILL = "Uphill or downhill?"


def training_mistakes(
    look: Look,
    *,
    kept: Callable[[list[str]], list[tuple[str, ...]]],
    still: dict[str, tuple[str, Callable[[list[str]], list[tuple[str, ...]]]]],
    section: str,
    adding_up: str,
    made_anew: str,
) -> tuple[Mistake, ...]:
    """Return the mistakes that show in the losses, or as an exception, of any training loop on autograd.

    kept: the sets of parameters that may be left uncleared while others are cleared. still: by mistake, a hint and
    the sets that may be left where they are. section, adding_up: headings to read again. made_anew: pattern of the
    names that make new weights.
    """

    def losses(
        mistake_id: str,
        hint: str,
        slips: Callable[[Seen, Descent], list[Slip]],
        first: int | None = None,
        where: str = "",
    ) -> Mistake:
        def when(seen: Seen) -> bool:
            descent = look(seen)
            return follows(seen, descent, slips(seen, descent), first)

        return Mistake(mistake_id, hint, ("losses",), when=when, section=where or section)

    def size(seen: Seen) -> float:
        return float(seen.option("sizes")["n"] * seen.option("sizes")["d_out"])

    def n(seen: Seen) -> float:
        return float(seen.option("sizes")["n"])

    def scaled(factor: float) -> list[Slip]:
        return [Slip(shown=factor, pace=factor), Slip(pace=factor), Slip(shown=factor)]

    def other_rates(descent: Descent) -> list[Slip]:
        rates = (1e-6, 5e-7, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 0.05, 0.1, 0.5)
        return [Slip(lr=rate) for rate in rates if abs(rate / descent.lr - 1) > 1e-3]

    return (
        losses("never-zeroed", NEVER_ZEROED, lambda s, d: [Slip(kept=tuple(d.names))], where=adding_up),
        losses(
            "one-not-zeroed",
            "Some gradients are cleared and others add up. Which one did you leave out?",
            lambda s, d: [Slip(kept=names) for names in kept(d.names)],
            where=adding_up,
        ),
        losses(
            "weights-zeroed",
            "What should become zero at the end of a step, and what did?",
            lambda s, d: [Slip(wiped=True)],
        ),
        losses("uphill", UPHILL, lambda s, d: [Slip(pace=-1.0)], first=2),
        losses(
            "no-learning-rate",
            "A gradient is a slope, not yet a step: something decides how long the step is.",
            lambda s, d: [Slip(lr=1.0)],
            first=2,
        ),
        losses(
            "lr-ignored",
            "Your steps do not have the length that the argument `lr` asks for.",
            lambda s, d: other_rates(d),
            first=2,
        ),
        *(
            losses(mistake_id, hint, lambda s, d, sets=sets: [Slip(still=names) for names in sets(d.names)])
            for mistake_id, (hint, sets) in still.items()
        ),
        losses(
            "loss-after-update",
            "Each loss belongs to the parameters before that step's update.",
            lambda s, d: [Slip(late=True)],
        ),
        losses(
            "mean-not-sum", "Sum or average? Loss and learning rate must agree on it.", lambda s, d: scaled(1 / size(s))
        ),
        losses(
            "batch-mean",
            "Your loss is averaged over the examples; here it is summed over them.",
            lambda s, d: scaled(1 / n(s)),
        ),
        losses("half-loss", "Convenient, but the text defines the loss without that factor.", lambda s, d: scaled(0.5)),
        Mistake(
            "backward-twice",
            "One backward pass fills the gradients of all parameters. What does a second one do to them?",
            ("losses",),
            when=lambda s: passes(s) > int(s.option("steps")) and follows(s, look(s), [Slip(pace=2.0)]),
            raised=lambda s: raises(s, r"backward through the graph a second time") and unmoved(s),
            section=adding_up,
        ),
        Mistake(
            "forward-outside-loop",
            "The prediction changes with the parameters: what has to be computed anew in every step?",
            ("losses",),
            when=lambda s: follows(s, look(s), [Slip(stale=True), Slip(moves=0)]) and not unmoved(s) and passes(s) != 0,
            raised=lambda s: (
                raises(s, r"backward through the graph a second time|modified by an inplace operation")
                and not unmoved(s)
            ),
            section=section,
        ),
        losses("steps-off-by-one", "Count the losses: one for each step.", lambda s, d: [Slip(more=-1), Slip(more=1)]),
        Mistake(
            "return-in-loop",
            "Only one step was taken. Where does your loop end, and where does your function?",
            ("losses",),
            lambda s: s.truth["losses"][:1],
        ),
        Mistake(
            "last-loss-only",
            "One loss for every step is asked for, not only the last.",
            ("losses",),
            when=lambda s: s.got("losses").size == 1 and _near(s.got("losses").ravel(), s.truth["losses"][-1:], s),
        ),
        Mistake(
            "zeroed-too-early",
            TOO_EARLY,
            ("losses",),
            when=lambda s: _constant(s) and clears_before_update(s.source),
            raised=lambda s: _missing_gradient(s) and passes(s) > 0 and unmoved(s) and not s.fact("filled"),
            section=adding_up,
        ),
        Mistake(
            "zeroed-before-first",
            "Before the first backward pass there is no gradient yet: nothing that could be set to zero.",
            raised=lambda s: _missing_gradient(s) and passes(s) == 0 and in_line(s, r"zero|\*=\s*0|fill_"),
            section=adding_up,
        ),
        Mistake(
            "backward-not-called",
            "Who fills the gradients? Without that call they stay None.",
            raised=lambda s: _missing_gradient(s) and passes(s) == 0 and not in_line(s, r"zero|\*=\s*0|fill_"),
            section=section,
        ),
        Mistake(
            "loss-is-a-number",
            "A Python number has forgotten how it came about. From what can one go backward?",
            raised=r"AttributeError: '(\w+\.)?(float|float64|float32|ndarray)' object has no attribute 'backward'",
            section=section,
        ),
        Mistake(
            "update-recorded",
            "Autograd is still recording while you change a leaf. In which lines should it not?",
            raised=r"leaf Variable that requires grad",
            section=section,
        ),
        Mistake(
            "forward-in-no-grad",
            "Nothing was recorded in the forward pass. How far up does your block without recording begin?",
            raised=lambda s: (
                _not_recorded(s) and passes(s) == 0 and mentions(s, "no_grad|inference_mode|set_grad_enabled")
            ),
            section=section,
        ),
        Mistake(
            "grad-set-to-zero-number",
            "A gradient is a tensor, or it is not there: the number 0 is neither.",
            raised=r"assigned grad expected to be a Tensor",
            section=adding_up,
        ),
        Mistake(
            "no-update",
            "The parameters never change: what should happen to them at the end of each step?",
            ("losses",),
            when=lambda s: (
                _constant(s) and not clears_before_update(s.source) and not rebinds(s.source) and not _uses_up(s.source)
            ),
            section=section,
        ),
        Mistake(
            "weights-reinitialised",
            "The weights you were handed are to be trained; your function makes some of its own.",
            ("losses",),
            when=lambda s: unmoved(s) and not s.fact("filled") and not _constant(s) and mentions(s, made_anew),
            section=section,
        ),
    )


def _uses_up(source: str) -> bool:
    """Tell whether the generator of the parameters is given a name: it can be walked through only once."""
    return re.search(r"=\s*\w+\.(named_)?parameters\(\)\s*$", source, re.M) is not None


def constant(seen: Seen) -> bool:
    return _constant(seen)


def uses_up(seen: Seen) -> bool:
    return _uses_up(seen.source)


def matches(seen: Seen, name: str, forms: Sequence[Any]) -> bool:
    """Tell whether a value is one of several closed forms."""
    tolerance = FORM_MARGIN * TOLERANCE[seen.question.dtype]
    return any(same(seen.value(name), np.asarray(form, dtype=np.float64), tolerance) for form in forms)
