"""Named mistakes of the fourth way: wrong models, wrong losses, one layer backward, and loops over parameters."""

from course.exercises.layers.backward import BACKWARD_MISTAKES
from course.exercises.layers.headings import BACKWARD_SECTION, LOSS_SECTION, MODEL_SECTION, TRAIN_SECTION
from course.exercises.layers.loss import LOSS_MISTAKES
from course.exercises.layers.model import MODEL_MISTAKES
from course.exercises.layers.training import TRAIN_MISTAKES

__all__ = [
    "BACKWARD_MISTAKES",
    "BACKWARD_SECTION",
    "LOSS_MISTAKES",
    "LOSS_SECTION",
    "MODEL_MISTAKES",
    "MODEL_SECTION",
    "TRAIN_MISTAKES",
    "TRAIN_SECTION",
]
