"""The tiny examples that the lesson texts work out on paper.

A check runs them in addition to its graded cases. They earn no points and name no mistake, so all numbers may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.exercise import Exercise
from course.runner import Options, Question


@dataclass(frozen=True)
class Example:
    """One example: the inputs, and the results according to the text.

    results: by name, in order of computation, with as many digits as in the text; a tuple is the shape of random
    numbers.
    """

    inputs: Mapping[str, Any]
    results: Mapping[str, Any]
    options: Options = field(default_factory=lambda: Options())

    def question(self, exercise: Exercise, device: str = "cpu") -> Question:
        arrays = {name: np.array(numbers, dtype=np.float64) for name, numbers in self.inputs.items()}
        return Question(
            exercise.id, exercise.ask, arrays, {**exercise.options, "seed": 0, "device": device, **self.options}
        )


# ---------------------------------------------------------------- ways 1 to 3: one network

X, Y = [[1, 2], [3, -1]], [[-4], [5]]
W1, W2 = [[1, -1], [1, 2]], [[1], [-2]]
FORWARD = {"h": [[3, 3], [2, -5]], "h_relu": [[3, 3], [2, 0]], "y_pred": [[-3], [2]]}
BACKWARD = {
    "grad_y_pred": [[2], [-6]],
    "grad_w2": [[-6], [6]],
    "grad_h_relu": [[2, -4], [-6, 12]],
    "grad_h": [[2, -4], [-6, 0]],
    "grad_w1": [[-16, -4], [10, -8]],
}
NETWORK = {"x": X, "y": Y, "w1": W1, "w2": W2}
TRAINED = {"w1": [[1.16, -0.96], [0.90, 2.08]], "w2": [[1.06], [-2.06]]}

_DATA = Example(
    {}, {"x": (2, 3), "y": (2, 1), "w1": (3, 4), "w2": (4, 1)}, {"rng": 0, "n": 2, "d_in": 3, "d_h": 4, "d_out": 1}
)
_FORWARD = Example({"x": X, "w1": W1, "w2": W2}, FORWARD)
_LOSS = Example({"y_pred": FORWARD["y_pred"], "y": Y}, {"loss": 10})
_BACKWARD = Example({"x": X, "y": Y, "w2": W2, **FORWARD}, BACKWARD)
_ONE_STEP = Example(NETWORK, {"losses": [10], **TRAINED}, {"lr": 0.01, "steps": 1})
_TWO_LOSSES = Example(NETWORK, {"losses": [10, 5.43]}, {"lr": 0.01, "steps": 2})

# ---------------------------------------------------------------- ways 4 to 6: layers with biases

_MODEL_SIZES: Options = {"d_in": 2, "d_h": 2, "d_out": 1}
PARAMETERS = {"0.weight": [[1, 1], [0, -1]], "0.bias": [0, 1], "2.weight": [[2, 5]], "2.bias": [1]}


def _model(x: list[list[int]], y_pred: list[list[int]]) -> Example:
    return Example({"x": x, "other_x": x, **PARAMETERS}, {"y_pred": y_pred}, _MODEL_SIZES)


# one weight and one bias
_LINE = {"0.weight": [[3]], "0.bias": [1]}
_POINT = {"x": [[2]], "y": [[5]]}
_LINE_OPTIONS: Options = {"layers": [["Linear", 1, 1]], "loss": "squares", "steps": 2}


def _line(losses: list[float], optimizer: str, lr: float) -> Example:
    return Example({**_POINT, **_LINE}, {"losses": losses}, {**_LINE_OPTIONS, "optimizer": [optimizer, {"lr": lr}]})


_GRADIENT_DESCENT = Example(
    {**_POINT, **_LINE}, {"losses": [4, 1], "0.weight": [[2.4]], "0.bias": [0.7]}, {**_LINE_OPTIONS, "lr": 0.05}
)
# data that give the gradients of the text, 8 and -0.002
_ADAM_DATA = {"x": [[4], [0]], "y": [[12], [2.001]]}

_BY_HAND = {
    "make_data": (_DATA,),
    "forward": (_FORWARD,),
    "loss_fn": (_LOSS,),
    "backward": (_BACKWARD,),
    "train": (_ONE_STEP, _TWO_LOSSES),
}
EXAMPLES: dict[str, tuple[Example, ...]] = {
    **{f"{way}.{name}": example for way in ("way1_numpy", "way2_tensors") for name, example in _BY_HAND.items()},
    "way3_autograd.make_weights": (Example({}, {"w1": (2, 3), "w2": (3, 1)}, {"d_in": 2, "d_h": 3, "d_out": 1}),),
    "way3_autograd.loss_fn": (Example(NETWORK, {"loss": 10}),),
    "way3_autograd.gradients": (
        Example(NETWORK, {name: BACKWARD[name] for name in ("grad_w1", "grad_w2")}, {"again": {}}),
    ),
    "way3_autograd.train": (
        Example(NETWORK, {"losses": [10], "w2": TRAINED["w2"]}, {"lr": 0.01, "steps": 1}),
        _TWO_LOSSES,
    ),
    "way4_sequential.make_model": (_model([[1, 2]], [[7]]),),
    "way4_sequential.make_loss": (Example({"y_pred": [[1, 2], [0, -1]], "y": [[0, 2], [2, 1]]}, {"loss": 9}),),
    "way4_sequential.linear_backward": (
        Example(
            {"x": [[1, 0, 2], [0, 1, -1]], "weight": [[1, 2, 0], [0, -1, 1]], "grad_out": [[1, -1], [2, 0]]},
            {"grad_x": [[1, 3, -1], [2, 4, 0]], "grad_weight": [[1, 2, 0], [-1, 0, -2]], "grad_bias": [3, -1]},
        ),
    ),
    "way4_sequential.train": (_GRADIENT_DESCENT,),
    "way5_optimizer.make_optimizer": (
        Example(
            {**_ADAM_DATA, **_LINE}, {"0.weight": [[2.9]], "0.bias": [1.1]}, {**_LINE_OPTIONS, "lr": 0.1, "steps": 1}
        ),
    ),
    "way5_optimizer.train": (_line([4, 2.89], "Adam", 0.1),),
    "way5_optimizer.adam_step": (
        Example(
            {"param": [1], "grads": [[4], [0]], "m": [0], "v": [0]},
            {
                "m after step 1": [2],
                "v after step 1": [4],
                "param after step 1": [0.9],
                "m after step 2": [1],
                "v after step 2": [3],
                "param after step 2": [0.8491],
            },
            {"lr": 0.1, "beta1": 0.5, "beta2": 0.75, "eps": 1e-12, "first_t": 1},
        ),
    ),
    "way6_module.TwoLayerNet": (_model([[1, 2], [3, -1]], [[7], [15]]),),
    "way6_module.ReLU": (
        Example(
            {"h": [[2, -1], [-3, 0.5]], "grad_out": [[-4, 5], [6, -7]]},
            {"output": [[2, 0], [0, 0.5]], "gradient": [[-4, 0], [0, -7]]},
        ),
    ),
    "way6_module.make_optimizer": (
        Example({**_POINT, **_LINE}, {"0.weight": [[2.6]], "0.bias": [0.8]}, {**_LINE_OPTIONS, "lr": 0.05, "steps": 1}),
    ),
    "way6_module.train": (_line([4, 1], "SGD", 0.05),),
}
