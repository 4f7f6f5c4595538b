"""How each kind of exercise shows the network: its quantities, simulated from the inputs with parts replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercise import Observation
from course.exercise.mistake import Prediction, kept, n_comparable
from course.mistakes.evidence import n_steps, parameter_names, tensor_kind
from course.mistakes.mutant import Simulation
from course.network.losses import LOSSES
from course.network.network import GRADIENTS, RIGHT, Network, leaves_of, stack
from course.network.optimizers import AdamOptimizer, Optimizer, Sgd
from course.network.tape import Array, variable
from course.network.training import Loop, Problem


def _asked_for(
    *rows: str, whole: bool = False, pure: bool = True
) -> Callable[[Callable[[Observation, Network], Prediction]], Simulation]:
    """Return a decorator that makes a simulation of the network a `Simulation`; rows: the quantities it can show in."""
    return lambda simulate: Simulation(lambda obs, network, loop: simulate(obs, network), rows, whole, pure)


def _once(obs: Observation, key: Any, make: Callable[[], Prediction]) -> Prediction:
    """Return a prediction, cached by question and key."""
    return kept(obs.question, key, lambda: [make()])[0]


def _weights(obs: Observation) -> dict[str, Array]:
    return {name: obs[name] for name in ("w1", "w2")}


@_asked_for("h", "h_relu", "y_pred")
def forward(obs: Observation, network: Network) -> Prediction:
    return network.forward(obs["x"], stack(leaves_of(_weights(obs))))


@_asked_for("loss")
def number(obs: Observation, network: Network) -> Prediction:
    return {"loss": network.loss(obs["y_pred"], obs["y"])}


@_asked_for("loss", pure=False)
def tensor(obs: Observation, network: Network) -> Prediction:
    """Return the loss for an exercise on a loss object; raise KeyError unless the answer is a tensor."""
    if tensor_kind(obs, "loss") != "tensor":
        raise KeyError("loss")  # a plain number, right or wrong, is another mistake
    return _once(obs, ("loss", network), lambda: {"loss": network.loss(obs["y_pred"], obs["y"])})


@_asked_for("loss", pure=False)
def differentiated(obs: Observation, network: Network) -> Prediction:
    """Return loss and gradients of the whole network; raise KeyError if the answer's loss is not a tensor."""
    if tensor_kind(obs, "loss") not in ("tensor", ""):
        raise KeyError("loss")
    return _once(obs, ("all", network), lambda: network.differentiate(obs["x"], obs["y"], _weights(obs)))


@_asked_for("grad_w1", "grad_w2", whole=True)
def gradients(obs: Observation, network: Network) -> Prediction:
    found = network.differentiate(obs["x"], obs["y"], _weights(obs))
    return {name: found[name] for name in ("grad_w1", "grad_w2")}


@_asked_for(*GRADIENTS)
def backward(obs: Observation, network: Network) -> Prediction:
    return network.backward(*(obs[name] for name in ("x", "y", "w2", "h", "h_relu", "y_pred")))


def predicted(obs: Observation, network: Network, without: tuple[str, ...] = ()) -> Array:
    """Return y_pred of a network with the student's own parameters, without those named in `without`."""
    own = {role: obs[role] for role in ("w1", "b1", "w2", "b2") if role not in without}
    return network.predict(variable(obs["x"]), stack(leaves_of(own))).value


@_asked_for("y_pred", pure=False)
def model(obs: Observation, network: Network) -> Prediction:
    return {"y_pred": predicted(obs, network)}


@_asked_for("output")
def output(obs: Observation, network: Network) -> Prediction:
    return {"output": network.activation(variable(obs["h"])).value}


@_asked_for("gradient")
def gate(obs: Observation, network: Network) -> Prediction:
    return {"gradient": network.through_gate(obs["h"], obs["grad_h_relu"])}


# ---------------------------------------------------------------- training

# Comparing this many first losses rules out nearly all mutants, and then nearly all of the others.
N_FIRST = (2, 30)
# Looser than the deciding tolerance: this only saves time.
FIRST_WITHIN = 1e-3


def _train(
    obs: Observation,
    network: Network,
    loop: Loop,
    first: int | None = None,
    *,
    by_hand: bool = False,
    start: dict[str, Array] | None = None,
) -> dict[str, Array]:
    problem = Problem(network, obs["x"], obs["y"], LOSSES[obs.option("loss") or "squares"], by_hand)
    kind, settings = obs.option("optimizer") or ("SGD", {"lr": obs.option("lr")})
    optimizer: Optimizer = AdamOptimizer(**settings) if kind == "Adam" else Sgd(**settings)
    start = start or {name: obs[name] for name in parameter_names(obs)}
    return loop.train(problem, start, optimizer, n_steps(obs), first)


def _training(*rows: str, by_hand: bool = False) -> Simulation:
    def simulate(obs: Observation, network: Network, loop: Loop) -> Prediction:
        return _once(obs, (network, loop), lambda: _train(obs, network, loop, by_hand=by_hand))

    def rules_out(obs: Observation, network: Network, loop: Loop) -> bool:
        """Return whether the returned losses begin differently from those of the simulated training."""
        steps = [n for n in N_FIRST if n < n_steps(obs)] if loop.more >= 0 else []
        return any(begins_otherwise(obs, network, loop, n) for n in steps)

    def begins_otherwise(obs: Observation, network: Network, loop: Loop, steps: int) -> bool:
        def losses() -> Prediction:  # parameters of the notebook's own sizes would be too large to be cached
            return {"losses": _train(obs, network, loop, steps, by_hand=by_hand)["losses"]}

        first, got = _once(obs, (network, loop, steps), losses)["losses"], obs.got("losses").ravel()
        n = min(len(first), len(got), n_comparable(obs, first))
        first, got = first[:n], got[:n]
        return not ((got == first) | (np.abs(got - first) <= FIRST_WITHIN * np.abs(first))).all()

    return Simulation(simulate, rows, whole=True, pure=False, rules_out=rules_out)


BY_HAND = _training("losses", "w1", "w2", by_hand=True)
WEIGHTS = _training("losses", "w1", "w2")
PARAMETERS = _training("losses", "parameters")


def one_step(obs: Observation) -> bool:
    """Return whether the parameters are where one step of plain gradient descent leads."""
    found = _train(obs, RIGHT, Loop(), 1)
    return all(obs.agrees(name, found[name]) for name in parameter_names(obs))


def restarts(obs: Observation) -> bool:
    """Return whether the losses of a second call are those of an optimizer without a memory of the first."""
    started = _train(obs, RIGHT, Loop(), start={name: obs.got(name) for name in parameter_names(obs)})
    return obs.agrees("losses again", started["losses"])
