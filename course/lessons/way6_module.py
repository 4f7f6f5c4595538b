"""The exercises of the sixth way: a module, a function with its own backward pass, the plain optimizer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from course.exercise import Exercise
from course.language import later
from course.lessons import custom_function, custom_module, optimizers, way5_optimizer
from course.mistakes import shown
from course.runner import Options

LESSON = "way6_module"
# What the notebook calls its own data: a function or class that reaches for these ignores an argument.
TRAPS = [*way5_optimizer.TRAPS, "net", "y_pred", "h", "h_relu"]
HEADINGS = {
    "picture": later("The picture and the shapes"),
    "classes": later("Classes in two minutes"),
    "parameters": later("How a module finds its parameters"),
    "function": later("A function with its own backward pass"),
    "mask": later("A function with its own backward pass"),
}
OPTIONS: Options = {"tensors": True, "traps": TRAPS}
_exercise = partial(Exercise, lesson=LESSON, headings=HEADINGS)

TWO_LAYER_NET = _exercise(
    name="TwoLayerNet",
    points=7,
    title=later("the network as a class of your own"),
    section=later("Write the class"),
    ask="make_model",
    options={**OPTIONS, "is_class": True, "args": ["d_in", "d_h", "d_out"]},
    truth=custom_module.truth,
    reference=custom_module.reference,
    properties=custom_module.properties,
    rows=custom_module.ROWS,
    cases=custom_module.CASES,
    mistakes=shown.NETWORK_CLASS,
)

RELU = _exercise(
    name="ReLU",
    points=6,
    title=later("a ReLU with a backward pass of its own"),
    section=later("Your own ReLU"),
    ask="autograd_function",
    options={**OPTIONS, "is_class": True, "by_hand": True},
    truth=custom_function.truth,
    properties=custom_function.properties,
    rows=custom_function.ROWS,
    cases=custom_function.CASES,
    mistakes=shown.RELU_FUNCTION,
)

MAKE_OPTIMIZER = replace(
    way5_optimizer.MAKE_OPTIMIZER.worth(2),
    lesson=LESSON,
    title=later("the plain optimizer for a whole model"),
    section=later("The plain optimizer"),
    options=OPTIONS,
    truth=optimizers.truth_for("SGD"),
    headings=HEADINGS,
)

TRAINING = replace(
    way5_optimizer.TRAINING.worth(5),
    lesson=LESSON,
    section=later("Train from memory"),
    options={**way5_optimizer.TRAINING.options, **OPTIONS},
    headings=HEADINGS,
)

EXERCISES = (TWO_LAYER_NET, RELU, MAKE_OPTIMIZER, TRAINING)
