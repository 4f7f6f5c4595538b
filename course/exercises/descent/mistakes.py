"""Named mistakes of any training loop on autograd, on two weights by name or on the parameters of a model."""

from __future__ import annotations

from collections.abc import Callable

from course.checks import Mistake, Seen
from course.exercises.descent.evidence import (
    adds_up_losses,
    clears_before_update,
    constant,
    in_line,
    mentions,
    missing_gradient,
    not_recorded,
    passes,
    proved,
    raises,
    rebinds,
    unmoved,
    uses_up,
)
from course.exercises.descent.rehearsal import Descent, Look, Slip, ends_with, follows, near

NEVER_ZEROED = "Where does the gradient of the step before go? Nobody takes it away, and the new one is added to it."
TOO_EARLY = "The gradients are gone before the update comes to use them."
NO_RECORD = ("no_grad", "inference_mode", "set_grad_enabled")
UPHILL = "Uphill or downhill?"


def _goes_over_old_steps(seen: Seen) -> bool:
    """Tell whether a later step went backward through what an earlier one had recorded."""
    again = raises(seen, r"backward through the graph a second time|modified by an inplace operation")
    return again and not unmoved(seen)


# From the names of all parameters to the sets of names a mistake may concern.
Sets = Callable[[list[str]], list[tuple[str, ...]]]


def training_mistakes(
    look: Look,
    *,
    kept: Sets,
    still: dict[str, tuple[str, Sets]],
    section: str,
    adding_up: str,
    made_anew: tuple[str, ...],
) -> tuple[Mistake, ...]:
    """Return the mistakes that show in the losses, or as an exception, of any training loop on autograd.

    kept: the sets of parameters that may be left uncleared while others are cleared. still: by mistake, a hint and
    the sets that may be left where they are. section, adding_up: headings to read again. made_anew: parts of the
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

        return Mistake(mistake_id, hint, ("losses",), proved("losses", when), section=where or section)

    def size(seen: Seen) -> float:
        return float(seen.option("sizes")["n"] * seen.option("sizes")["d_out"])

    def n(seen: Seen) -> float:
        return float(seen.option("sizes")["n"])

    def scaled(factor: float) -> list[Slip]:
        return [Slip(shown=factor, pace=factor), Slip(pace=factor), Slip(shown=factor)]

    def other_rates(descent: Descent) -> list[Slip]:
        rates = (1e-6, 5e-7, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 0.05, 0.1, 0.5)
        return [Slip(lr=rate) for rate in rates if abs(rate / descent.lr - 1) > 1e-3]

    def left_still(sets: Sets) -> Callable[[Seen, Descent], list[Slip]]:
        return lambda s, d: [Slip(still=names) for names in sets(d.names)]

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
        *(losses(mistake_id, hint, left_still(sets)) for mistake_id, (hint, sets) in still.items()),
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
            "update-after-loop",
            "The parameters move only once. Which lines belong to every step?",
            ("losses",),
            when=lambda s: (
                follows(s, look(s), [Slip(moves=0)]) and not unmoved(s) and ends_with(s, look(s), Slip(moves=1))
            ),
            section=section,
        ),
        Mistake(
            "forward-outside-loop",
            "The prediction changes with the parameters: what has to be computed anew in every step?",
            ("losses",),
            when=lambda s: (
                follows(s, look(s), [Slip(stale=True), Slip(moves=0)])
                and not unmoved(s)
                and passes(s) != 0
                and not ends_with(s, look(s), Slip(moves=1))
            ),
            raised=lambda s: _goes_over_old_steps(s) and not adds_up_losses(s.code),
            section=section,
        ),
        Mistake(
            "total-loss-backward",
            "What goes backward holds the losses of the steps before as well. Each step has one loss of its own.",
            raised=lambda s: _goes_over_old_steps(s) and adds_up_losses(s.code),
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
            when=lambda s: s.got("losses").size == 1 and near(s.got("losses").ravel(), s.truth["losses"][-1:], s),
        ),
        Mistake(
            "zeroed-too-early",
            TOO_EARLY,
            ("losses",),
            when=lambda s: constant(s) and clears_before_update(s.code),
            raised=lambda s: missing_gradient(s) and passes(s) > 0 and unmoved(s) and not s.fact("filled"),
            section=adding_up,
        ),
        Mistake(
            "zeroed-before-first",
            "Before the first backward pass there is no gradient yet: nothing that could be set to zero.",
            raised=lambda s: missing_gradient(s) and passes(s) == 0 and in_line(s, r"zero|\*=\s*0|fill_"),
            section=adding_up,
        ),
        Mistake(
            "backward-not-called",
            "Who fills the gradients? Without that call they stay None.",
            raised=lambda s: missing_gradient(s) and passes(s) == 0 and not in_line(s, r"zero|\*=\s*0|fill_"),
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
            raised=lambda s: not_recorded(s) and passes(s) == 0 and mentions(s, *NO_RECORD),
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
                constant(s) and not clears_before_update(s.code) and not rebinds(s.code) and not uses_up(s.code)
            ),
            section=section,
        ),
        Mistake(
            "weights-reinitialised",
            "The weights you were handed are to be trained; your function makes some of its own.",
            ("losses",),
            when=lambda s: unmoved(s) and not s.fact("filled") and not constant(s) and mentions(s, *made_anew),
            section=section,
        ),
    )
