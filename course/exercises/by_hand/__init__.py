"""Named mistakes of the network by hand: closed forms of what each one computes, for the first two ways."""

from course.exercises.by_hand.backward import BACKWARD_MISTAKES
from course.exercises.by_hand.data import DATA_MISTAKES
from course.exercises.by_hand.forward import FORWARD_MISTAKES
from course.exercises.by_hand.loss import LOSS_MISTAKES
from course.exercises.by_hand.training import TRAIN_MISTAKES

__all__ = ["BACKWARD_MISTAKES", "DATA_MISTAKES", "FORWARD_MISTAKES", "LOSS_MISTAKES", "TRAIN_MISTAKES"]
