"""Which bank answers are run on a device other than the CPU, and whose verdicts may differ there."""

from __future__ import annotations

from collections.abc import Iterable

from course.bank import BankAnswer
from course.lessons import all_exercises

ON_DEVICES = [e.id for e in all_exercises() if e.lesson != "way1_numpy"]

_NUMPY = "NumPy reads the memory of the CPU, and no other"
_BRANCHES = "it asks whether the device is called cuda"
_AUTOCAST = "what torch.autocast does is each device's own affair"
_SLOW = "500 steps: where a device is made in Python that takes longer than an answer may"
_LAZY = "torch makes lazy parameters on no device that is made in Python"
# By answer id for all exercises, and by exercise and answer id, with the reason.
EVERYWHERE = {"wrong/mixed_precision": _AUTOCAST}
DIFFERS: dict[str, dict[str, str]] = {
    "way2_tensors.make_data": {"right/branch_on_device": _BRANCHES},
    "way2_tensors.forward": {"wrong/numpy_maximum": _NUMPY},
    "way3_autograd.loss_fn": {"wrong/numpy_without_detach": _NUMPY},
    "way3_autograd.gradients": {"wrong/numpy_of_grad": _NUMPY},
    "way3_autograd.train": {"wrong/fixed_number_of_steps": _SLOW},
    "way4_sequential.make_model": {"right/lazy": _LAZY},
    "way4_sequential.train": {"right/state_dict_in_place": _NUMPY},
    "way5_optimizer.train": {"right/zeroed_over_the_groups": _NUMPY, "wrong/always_500_steps": _SLOW},
    "way5_optimizer.adam_step": {"right/through_numpy": _NUMPY},
    "way6_module.TwoLayerNet": {"right/lazy_layers": _LAZY},
    "way6_module.ReLU": {"right/through_numpy": _NUMPY},
    "way6_module.train": {"wrong/always_500_steps": _SLOW},
}


def comparable(exercise: str, answers: Iterable[BankAnswer]) -> list[BankAnswer]:
    """Return the answers whose verdict on a device must equal that on the CPU."""
    return [answer for answer in answers if answer.id not in {**EVERYWHERE, **DIFFERS.get(exercise, {})}]


def sample(exercise: str, answers: Iterable[BankAnswer], n_right: int = 4, n_wrong: int = 2) -> list[BankAnswer]:
    """Return some right and some wrong answers, evenly spread over the bank, where similar ones are neighbours.

    Answers that never end are left out: on any device they would use up the whole time limit.
    """
    asked = [answer for answer in comparable(exercise, answers) if answer.outcome != "timed_out"]
    kinds = [[answer for answer in asked if answer.kind == kind] for kind in ("right", "wrong")]
    return [
        answer
        for those, n in zip(kinds, (n_right, n_wrong), strict=True)
        for answer in those[:: max(1, len(those) // n)][:n]
    ]
