"""The exercises of the fifth way: an optimizer, and one step of Adam by hand."""

from __future__ import annotations

from functools import partial

from course.exercise import Case, Exercise
from course.language import later
from course.lessons import adam, optimizers, oracle
from course.lessons.inputs import STRIDED
from course.lessons.optimizers import training_draw
from course.mistakes import shown
from course.runner import Options

LESSON = "way5_optimizer"
# What the notebook calls its own data: a function that reaches for these ignores an argument.
TRAPS = [
    *("x", "y", "model", "loss_fn", "optimizer", "losses"),
    *("N", "D_IN", "D_H", "D_OUT", "n", "d_in", "d_h", "d_out", "lr", "steps"),
]
HEADINGS = {"adding up": later("Two mistakes that look fast"), "memory": later("What Adam remembers")}
OPTIONS: Options = {"tensors": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)

MAKE_OPTIMIZER = _exercise(
    name="make_optimizer",
    points=3,
    title=later("an Adam optimizer for a whole model"),
    section=later("Make the optimizer"),
    ask="make_optimizer",
    options=OPTIONS,
    truth=optimizers.truth_for("Adam"),
    properties=optimizers.properties,
    rows=optimizers.ROWS,
    cases=optimizers.CASES,
    mistakes=shown.MAKE_OPTIMIZER,
)

TRAINING = _exercise(
    name="train",
    points=8,
    title=later("the training loop with an optimizer"),
    section=later("Train with an optimizer"),
    ask="train_model",
    options={**OPTIONS, "args": ["model", "loss_fn", "optimizer", "x", "y", "steps"]},
    truth=oracle.train,
    properties=optimizers.training_properties,
    rows=optimizers.TRAINING_ROWS,
    builds_up=True,
    cases=(
        Case("Adam, in float64", training_draw("Adam", "squares", "float64", 4)),
        Case(
            "another optimizer, another loss, float32, one output: the function uses what it is handed",
            training_draw("SGD", "fourth_powers", "float32", 4, one_output=True),
        ),
        Case(STRIDED, training_draw("SGD", "squares", "float64", 3, strided=True)),
    ),
    mistakes=shown.TRAIN_OPTIMIZER,
)

ADAM_STEP = _exercise(
    name="adam_step",
    points=9,
    title=later("one step of Adam by hand"),
    section=later("One step of Adam by hand"),
    ask="step",
    options={
        **OPTIONS,
        # the lesson's cells about the memory and the tiny example leave these behind
        "traps": [*TRAPS, "param", "grad", "m", "v", "t", "beta1", "beta2", "eps", "memory", "number", "tiny"],
        "by_hand": True,
        "args": ["param", "grad", "m", "v", "t", "lr", "beta1", "beta2", "eps"],
        "state": list(adam.STATE),
    },
    truth=adam.truth,
    properties=adam.properties,
    rows=adam.ROWS,
    builds_up=True,
    cases=adam.CASES,
    mistakes=shown.ADAM_STEP,
)

EXERCISES = (MAKE_OPTIMIZER, TRAINING, ADAM_STEP)
