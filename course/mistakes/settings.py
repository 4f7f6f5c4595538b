"""How each kind of exercise shows the network: which quantities, computed from its inputs with other parts."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course.exercise import Observation
from course.exercise.mistake import Prediction
from course.mistakes.evidence import n_steps, parameter_names, tensor_kind
from course.mistakes.mutant import Setting, Simulate
from course.network.losses import LOSSES
from course.network.network import Network
from course.network.optimizers import AdamOptimizer, Optimizer, Sgd
from course.network.tape import Array, Variable, gradients
from course.network.training import Loop, Problem
from course.runner import Question

Layers = list[tuple[Variable, Variable | None]]


def _forward(obs: Observation, network: Network, loop: Loop) -> Prediction:
    return network.forward(obs["x"], [(Variable(obs["w1"]), None), (Variable(obs["w2"]), None)])


def _number(obs: Observation, network: Network, loop: Loop) -> Prediction:
    return {"loss": network.loss(obs["y_pred"], obs["y"])}


def _tensor(obs: Observation, network: Network, loop: Loop) -> Prediction:
    if tensor_kind(obs, "loss") != "tensor":
        raise KeyError("loss")  # a number of any size is another mistake
    return _number(obs, network, loop)


def _backward(obs: Observation, network: Network, loop: Loop) -> Prediction:
    return network.backward(*(obs[name] for name in ("x", "y", "w2", "h", "h_relu", "y_pred")))


def _weights(obs: Observation) -> dict[str, Array]:
    return {name: obs[name] for name in ("w1", "w2")}


def _differentiated(obs: Observation, network: Network, loop: Loop) -> Prediction:
    if tensor_kind(obs, "loss") not in ("tensor", ""):
        raise KeyError("loss")
    return network.differentiate(obs["x"], obs["y"], _weights(obs))


def _gradients(obs: Observation, network: Network, loop: Loop) -> Prediction:
    found = network.differentiate(obs["x"], obs["y"], _weights(obs))
    return {name: found[name] for name in ("grad_w1", "grad_w2")}


def predicted(obs: Observation, network: Network, without: tuple[str, ...] = ()) -> Array:
    """Return y_pred of a network with the student's own parameters, without some of the biases."""
    own = {role: Variable(obs[role]) for role in ("w1", "b1", "w2", "b2") if role not in without}
    layers: Layers = [(own[f"w{i}"], own.get(f"b{i}")) for i in (1, 2)]
    return network.predict(Variable(obs["x"]), layers).value


def _model(obs: Observation, network: Network, loop: Loop) -> Prediction:
    return {"y_pred": predicted(obs, network)}


def _output(obs: Observation, network: Network, loop: Loop) -> Prediction:
    return {"output": network.activation(Variable(obs["h"])).value}


def _gate(obs: Observation, network: Network, loop: Loop) -> Prediction:
    h, arrived = obs["h"], obs["grad_h_relu"]
    leaf = Variable(h)
    gate = network.gate
    return {"gradient": gradients(network.activation(leaf), [leaf], arrived)[0] if gate is None else gate(h, arrived)}


# ---------------------------------------------------------------- training


def _start(obs: Observation) -> dict[str, Array]:
    return {name: obs[name] for name in parameter_names(obs)}


def _optimizer(obs: Observation) -> Optimizer:
    kind, settings = obs.option("optimizer") or ("SGD", {"lr": obs.option("lr")})
    return AdamOptimizer(**settings) if kind == "Adam" else Sgd(**settings)


def _trained(problem: Callable[[Observation, Network], Problem]) -> Simulate:
    def simulate(obs: Observation, network: Network, loop: Loop) -> Prediction:
        return loop.train(problem(obs, network), _start(obs), _optimizer(obs), n_steps(obs))

    return simulate


# The first losses of each mistaken training, by question: they rule out nearly all, and are the same for a whole class.
_BEGINNINGS: weakref.WeakKeyDictionary[Question, dict[tuple[Network, Loop], Array]] = weakref.WeakKeyDictionary()
N_FIRST = 2
# Looser than what decides: this only saves time.
FIRST_WITHIN = 1e-3


def _begins_otherwise(
    problem: Callable[[Observation, Network], Problem],
) -> Callable[[Observation, Network, Loop], bool]:
    """Return whether the losses that came back begin otherwise than those of a training."""

    def rules_out(obs: Observation, network: Network, loop: Loop) -> bool:
        known = _BEGINNINGS.setdefault(obs.question, {})
        if (network, loop) not in known:
            made = loop.train(problem(obs, network), _start(obs), _optimizer(obs), N_FIRST)
            known[network, loop] = made["losses"]
        first, got = known[network, loop], obs.got("losses").ravel()
        n = min(len(first), len(got), N_FIRST if loop.more >= 0 else 0)
        return not np.allclose(got[:n], first[:n], rtol=FIRST_WITHIN, atol=0)

    return rules_out


def _by_hand(obs: Observation, network: Network) -> Problem:
    return Problem(network, obs["x"], obs["y"], by_hand=True)


def _recorded(obs: Observation, network: Network) -> Problem:
    return Problem(network, obs["x"], obs["y"], LOSSES[obs.option("loss") or "squares"])


def _training(problem: Callable[[Observation, Network], Problem], *rows: str) -> Setting:
    return Setting(_trained(problem), rows, whole=True, pure=False, rules_out=_begins_otherwise(problem))


def one_step(obs: Observation) -> bool:
    """Tell whether the parameters are where one step of plain descent leads."""
    found: Mapping[str, Any] = Loop(moves=1).train(_recorded(obs, Network()), _start(obs), _optimizer(obs), 1)
    return all(obs.agrees(name, found[name]) for name in parameter_names(obs))


FORWARD = Setting(_forward, ("h", "h_relu", "y_pred"))
NUMBER = Setting(_number, ("loss",))
# of a loss as an object, and of a whole network with its loss
TENSOR = Setting(_tensor, ("loss",), pure=False)
DIFFERENTIATED = Setting(_differentiated, ("loss",), pure=False)
GRADIENTS = Setting(_gradients, ("grad_w1", "grad_w2"), whole=True)
BACKWARD = Setting(_backward, ("grad_y_pred", "grad_w2", "grad_h_relu", "grad_h", "grad_w1"))
MODEL = Setting(_model, ("y_pred",), pure=False)
OUTPUT = Setting(_output, ("output",))
GATE = Setting(_gate, ("gradient",))
BY_HAND = _training(_by_hand, "losses", "w1", "w2")
WEIGHTS = _training(_recorded, "losses", "w1", "w2")
PARAMETERS = _training(_recorded, "losses", "parameters")
