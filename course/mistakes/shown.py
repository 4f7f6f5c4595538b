"""The mistakes that each kind of exercise can show: those in the parts that the student writes."""

from __future__ import annotations

from dataclasses import replace

from course.exercise import Mistake
from course.exercise.mistake import mistake
from course.mistakes import (
    adam,
    autograd,
    data,
    descent,
    differentiate,
    function,
    gradient,
    loop,
    loss,
    mask,
    module,
    optimizer,
    partial,
    simulations,
)
from course.mistakes.activation import AROUND as AROUND_LAYERS
from course.mistakes.activation import (
    BETWEEN,
    ELSEWHERE,
    FROM_H,
    MASK_MULTIPLIED,
    MAXIMUM_OF_NUMBER,
    OF_FORWARD,
    RELU_BUILT,
    TUPLE_OF_MAX,
    by_chance,
)
from course.mistakes.mutant import Mutant
from course.network.losses import sum_of_squares
from course.network.network import RIGHT

Mistakes = tuple[Mistake, ...]

NETWORK = (*BETWEEN, *ELSEWHERE)
OWN_LOSS = (
    loss.wrong("loss-fn-ignored", loss.of_both(sum_of_squares)),
    loss.wrong("mean-not-sum", loss.of_both(lambda p, y: sum_of_squares(p, y) / p.value.size)),
)


def _with_right_mask(m: Mutant) -> Mutant:
    """Return the mutant with its wrong forward pass, but with the backward pass of the ReLU."""
    return replace(m, parts=lambda number: {**m.parts(number), "gate": lambda h, g: g * (h > 0)})


def _of_function(m: Mutant) -> Mutant:
    """Return the mutant as shown by a function with its own backward pass, which is not given h_relu."""
    if m.id == "no-mask":
        return replace(m, condition=lambda s: not (mask.from_output(s) or mask.asks_some(s)))
    return replace(m, id="upstream-gradient-ignored") if m.id == "gate-without-gradient" else m


MAKE_DATA: Mistakes = data.OF_GENERATOR
MAKE_TENSORS: Mistakes = data.OF_TENSORS
MAKE_WEIGHTS: Mistakes = data.OF_WEIGHTS
FORWARD: Mistakes = (
    *OF_FORWARD,
    *simulations.forward.mistakes_from((*BETWEEN, *AROUND_LAYERS, FROM_H)),
    *gradient.OF_FORWARD,
    *mask.OF_FORWARD,
    data.REMEMBERS,
)
FORWARD_OF_TENSORS: Mistakes = (*FORWARD, RELU_BUILT, MAXIMUM_OF_NUMBER)
LOSS_NUMBER: Mistakes = (*simulations.number.mistakes_from(loss.ONE_NUMBER), *loss.OF_A_NUMBER, partial.OF_LOSS)
LOSS_OF_TENSORS: Mistakes = (*LOSS_NUMBER, loss.AN_ARRAY, loss.REDUCTION_UNKNOWN)
BACKWARD: Mistakes = (
    *simulations.backward.mistakes_from(
        (*gradient.FIRST, *gradient.PRODUCTS, *gradient.RESULTS_ONLY, *mask.BY_NUMBERS)
    ),
    *mask.OF_BACKWARD,
    *gradient.OF_BACKWARD,
    *partial.OF_GRADIENTS,
    data.REMEMBERS,
)
TRAIN_BY_HAND: Mistakes = (
    *loop.OF_HAND,
    partial.OF_LOOP,
    *simulations.BY_HAND.mistakes_from(
        (
            *loop.BY_HAND,
            *(loop.by_own_rate(m) for m in gradient.FIRST if m.id != "sign-flipped"),
            *(loop.by_own_rate(m) for m in gradient.PRODUCTS if m.id != "w1-skips-gate"),
            *loop.LINE_TWICE,
            loop.STEP_SCALED,
            *(m for m in mask.IN_A_LOOP if m.id != "sign-flipped"),
            *loss.NOTED,
            *BETWEEN,
            *map(_with_right_mask, BETWEEN),
            *AROUND_LAYERS,
        )
    ),
)
LOSS_TENSOR: Mistakes = (
    *simulations.differentiated.mistakes_from((*NETWORK, *loss.HANDED_BACK, *descent.PENALTIES)),
    *loss.OF_A_TENSOR,
    *differentiate.OF_LOSS,
    RELU_BUILT,
    TUPLE_OF_MAX,
    MAXIMUM_OF_NUMBER,
    MASK_MULTIPLIED,
    by_chance("loss"),
    partial.OF_WHOLE_LOSS,
)
GRADIENTS: Mistakes = (
    # the gradients of that one equal those of a loss without its target
    *simulations.gradients.mistakes_from(
        m for m in (*NETWORK, *loss.ONE_NUMBER, *descent.PENALTIES) if m.id != "difference-of-squares"
    ),
    *differentiate.OF_GRADIENTS,
    *partial.OF_WEIGHTS,
    TUPLE_OF_MAX,
)
_RECORDED = (
    *descent.OF_DESCENT,
    *loop.OF_LISTS,
    *autograd.ADDING_UP,
    *autograd.STALE,
    *autograd.TWICE,
    *loop.LINE_TWICE,
    *descent.OTHER_RATES,
    *loss.IN_TRAINING,
    loop.STEP_HALVED,
)
TRAIN_RECORDED: Mistakes = (
    *loop.OF_ANY_LOOP,
    partial.OF_LOOP,
    *simulations.WEIGHTS.mistakes_from((*_RECORDED, *loop.ONE_WEIGHT, *loop.ONE_BY_ONE, *NETWORK)),
    *loop.BY_LIBRARY,
    *autograd.of_loop(("make_weights", "rand"), simulations.one_step),
    *autograd.OF_WEIGHTS,
    TUPLE_OF_MAX,
)
MAKE_MODEL: Mistakes = (*module.OF_MODEL, *module.BESIDE, *module.OF_START, *simulations.model.mistakes_from(NETWORK))
MAKE_LOSS: Mistakes = (*differentiate.OF_OBJECT, *simulations.tensor.mistakes_from(loss.HANDED_BACK), *loss.OF_A_TENSOR)
LINEAR_BACKWARD: Mistakes = (*gradient.OF_LAYER, data.REMEMBERS)
TRAIN_MODEL: Mistakes = (
    *loop.OF_ANY_LOOP,
    partial.OF_LOOP,
    *simulations.PARAMETERS.mistakes_from(
        (
            *_RECORDED,
            *autograd.USED_UP_AFTER_ONE,
            *loop.SOME_LAYERS,
            autograd.SOME_PARAMETERS,
            *OWN_LOSS,
        )
    ),
    *loop.BY_LIBRARY,
    *autograd.of_loop(("make_model", "Linear", "Sequential"), simulations.one_step),
    *autograd.OF_MODEL,
)
# Adam almost hides a constant factor, and the case with another optimizer has only one output.
_LOSSES = tuple(m for m in loss.IN_TRAINING if m.id != "output-mean")
TRAIN_OPTIMIZER: Mistakes = (
    partial.OF_LOOP,
    autograd.FROZEN_AFTERWARDS,
    *simulations.PARAMETERS.mistakes_from((*optimizer.IN_LOOP, *autograd.ADDING_UP, *_LOSSES, *OWN_LOSS)),
    *optimizer.OF_LOOP,
)
MAKE_OPTIMIZER: Mistakes = optimizer.OF_MAKING
ADAM_STEP: Mistakes = adam.OF_STEP
NETWORK_CLASS: Mistakes = (
    *module.OF_CLASS,
    *module.BESIDE,
    *module.OF_START,
    *simulations.model.mistakes_from(NETWORK),
    *(
        mistake(
            "unused-layer",
            "y_pred",
            value=lambda s, biases=biases: simulations.predicted(s, RIGHT, biases),  # type: ignore[misc]
            condition=lambda s: bool(module.unreached(s)),
            topic="",
        )
        for biases in (("b1",), ("b2",), ("b1", "b2"))
    ),
)
RELU_FUNCTION: Mistakes = (
    *simulations.output.mistakes_from(BETWEEN),
    *simulations.gate.mistakes_from(_of_function(m) for m in mask.BY_NUMBERS),
    *function.OF_FUNCTION,
)
