"""Which answers of the banks are asked on a device other than the CPU, and which of these need not be judged alike."""

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
# By exercise and id, with the reason.
DIFFERS: dict[str, dict[str, str]] = {
    "way2_tensors.make_data": {"right/branch_on_device": _BRANCHES},
    "way2_tensors.forward": {"wrong/numpy_maximum": _NUMPY, "wrong/mixed_precision": _AUTOCAST},
    "way2_tensors.loss_fn": {"wrong/mixed_precision": _AUTOCAST},
    "way2_tensors.backward": {"wrong/mixed_precision": _AUTOCAST},
    "way3_autograd.loss_fn": {"wrong/numpy_without_detach": _NUMPY, "wrong/mixed_precision": _AUTOCAST},
    "way3_autograd.gradients": {"wrong/numpy_of_grad": _NUMPY, "wrong/mixed_precision": _AUTOCAST},
    "way3_autograd.train": {"wrong/fixed_number_of_steps": _SLOW, "wrong/mixed_precision": _AUTOCAST},
    "way4_sequential.make_model": {"right/lazy": _LAZY},
    "way4_sequential.train": {"right/state_dict_in_place": _NUMPY},
    "way5_optimizer.train": {"right/zeroed_over_the_groups": _NUMPY},
    "way5_optimizer.adam_step": {"right/through_numpy": _NUMPY},
    "way6_module.TwoLayerNet": {"right/lazy_layers": _LAZY},
    "way6_module.ReLU": {"right/through_numpy": _NUMPY},
}


def comparable(exercise: str, answers: Iterable[BankAnswer]) -> list[BankAnswer]:
    """Return the answers whose verdict on a device has to be that on the CPU."""
    return [answer for answer in answers if answer.id not in DIFFERS.get(exercise, {})]


def sample(exercise: str, answers: Iterable[BankAnswer], n_wrong: int = 3) -> list[BankAnswer]:
    """Return all right answers and some wrong ones."""
    asked = comparable(exercise, answers)
    wrong = [answer for answer in asked if answer.kind == "wrong"]
    return [answer for answer in asked if answer.kind == "right"] + wrong[:: max(1, len(wrong) // n_wrong)][:n_wrong]
