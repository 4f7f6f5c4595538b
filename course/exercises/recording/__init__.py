"""Named mistakes of the third way: what was recorded and what was not, and wrong losses with what follows from them."""

from course.exercises.recording.gradients import GRADIENTS_MISTAKES
from course.exercises.recording.headings import GRADIENTS_SECTION, LOSS_SECTION, TRAIN_SECTION, WEIGHTS_SECTION
from course.exercises.recording.loss import LOSS_MISTAKES
from course.exercises.recording.losses import WEIGHTS
from course.exercises.recording.training import TRAIN_MISTAKES
from course.exercises.recording.weights import WEIGHTS_MISTAKES

__all__ = [
    "GRADIENTS_MISTAKES",
    "GRADIENTS_SECTION",
    "LOSS_MISTAKES",
    "LOSS_SECTION",
    "TRAIN_MISTAKES",
    "TRAIN_SECTION",
    "WEIGHTS",
    "WEIGHTS_MISTAKES",
    "WEIGHTS_SECTION",
]
