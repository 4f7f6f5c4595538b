"""The exercises of the sixth way: a module, a function with its own backward pass, the plain optimizer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course.checks import Exercise
from course.exercises import optimizers, own_function, own_module, way5_optimizer
from course.mistakes import shown

LESSON = "way6_module"
# What the notebook calls its own data: a function or class that reaches for these ignores an argument.
TRAPS = [*way5_optimizer.TRAPS, "net", "y_pred", "h", "h_relu"]
HEADINGS = {
    "picture": "The picture and the shapes",
    "classes": "Classes in two minutes",
    "parameters": "How a module finds its parameters",
    "function": "A function with its own backward pass",
    "mask": "A function with its own backward pass",
}
OPTIONS: dict[str, Any] = {"tensors": True, "traps": TRAPS}

TWO_LAYER_NET = Exercise(
    lesson=LESSON,
    name="TwoLayerNet",
    points=7,
    title="the network as a class of your own",
    section="Write the class",
    ask="make_model",
    options={**OPTIONS, "is_class": True, "args": ["d_in", "d_h", "d_out"]},
    truth=own_module.truth,
    reference=own_module.reference,
    properties=own_module.properties,
    rows=own_module.ROWS,
    probes=own_module.PROBES,
    mistakes=shown.NETWORK_CLASS,
    headings=HEADINGS,
)

RELU = Exercise(
    lesson=LESSON,
    name="ReLU",
    points=6,
    title="a ReLU with a backward pass of its own",
    section="Your own ReLU",
    ask="autograd_function",
    options={**OPTIONS, "is_class": True, "by_hand": True},
    truth=own_function.truth,
    properties=own_function.properties,
    rows=own_function.ROWS,
    probes=own_function.PROBES,
    mistakes=shown.RELU_FUNCTION,
    headings=HEADINGS,
)

MAKE_OPTIMIZER = Exercise(
    lesson=LESSON,
    name="make_optimizer",
    points=2,
    title="the plain optimizer for a whole model",
    section="The plain optimizer",
    ask="make_optimizer",
    options=OPTIONS,
    truth=optimizers.truth_for("SGD"),
    properties=optimizers.properties,
    rows=optimizers.ROWS,
    probes=optimizers.PROBES,
    mistakes=shown.MAKE_OPTIMIZER,
    headings=HEADINGS,
)

TRAINING = replace(
    way5_optimizer.TRAINING.worth(5),
    lesson=LESSON,
    section="Train from memory",
    options={**way5_optimizer.TRAINING.options, **OPTIONS},
    headings=HEADINGS,
)

EXERCISES = (TWO_LAYER_NET, RELU, MAKE_OPTIMIZER, TRAINING)
