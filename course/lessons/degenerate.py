"""Tell a model's answer from one that was made up: where truth is computed from the student's own parameters, an
answer of parameters that do nothing would be right by itself."""

from __future__ import annotations

import numpy as np

from course.exercise import Property
from course.language import later
from course.runner import Answer

# Before a model is asked, every parameter is moved by 0.3 times standard normal numbers; so many entries show it.
# The root mean square of eight of them is below SMALLEST once in 10¹⁰ draws: a bias that starts at zero is no forgery.
N_TO_TELL = 8
SMALLEST, LARGEST = 0.01, 1e3
# Of so many hidden values some are on and some are off.
N_HIDDEN_TO_TELL = 200


def were_moved(parameters: list[np.ndarray]) -> bool:
    """Tell whether parameters can be those of a model that was moved: none is all but zero, none drowns the rest."""
    sizes = [float(np.sqrt(np.mean(np.square(p, dtype=np.float64)))) for p in parameters if p.size >= N_TO_TELL]
    return all(SMALLEST <= size <= LARGEST for size in sizes)


def were_used(h: np.ndarray) -> bool:
    """Tell whether hidden values before the ReLU leave it something to do."""
    share = float(np.mean(h > 0)) if h.size >= N_HIDDEN_TO_TELL else 0.5
    return 0.01 < share < 0.99


VARIED_START = Property(
    "varied_start",
    problem=later(
        "The model starts with weights that are all alike: its hidden units could never become different ones."
    ),
)


BUILT_ANEW = Property(
    "built_anew",
    problem=later(
        "Built a second time, the model has the very parameters of the first: training one would train the other."
    ),
)


def varied_start(answer: Answer) -> bool:
    """Tell whether no weight matrix starts as one number, or with all of its rows alike."""
    return set(answer.facts.get("starts", {}).values()) <= {"varied"}
