"""Ways of asking a training loop."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import Any

from course.runner.answer import Answer, Question
from course.runner.arguments import arguments, changed, snapshot, to_argument
from course.runner.functions import aside, filled, recording, watch_leaves
from course.runner.isolation import replaced
from course.runner.values import describe


def train(target: Any, question: Question, answer: Answer) -> None:
    """Call a training function that updates the arrays in the option "updates" in place.

    Values: "losses" and each updated array. Facts: "changed" (changed arguments that should not change); with the
    option "leaves" also "still_leaf" (updated tensors whose computations are still recorded). Even if the function
    fails: "moved" (which of the arrays to update changed), and what `watch_leaves` notes.
    """
    made = arguments(question)
    before = snapshot(made)
    updates = question.options["updates"]
    leaves = {name: made[name] for name in question.options.get("leaves", [])}
    with watch_leaves(leaves, answer):
        try:
            losses = target(*made.values())
        finally:
            answer.facts["moved"] = [n for n in changed(made, before) if n in updates]
    answer.values["losses"] = describe(losses)
    for name in updates:
        answer.values[name] = describe(made[name])
    answer.facts["changed"] = [n for n in changed(made, before) if n not in updates]
    if leaves:
        answer.facts["still_leaf"] = recording({n: made[n] for n in updates})


def build_model(question: Question) -> Any:
    """Build the `nn.Sequential` of the option "layers", with parameters from the inputs "<i>.weight" and so on.

    With the option "own_last", the parameters of the last layer belong to the model itself, under these names, instead
    of to a layer.
    """
    import torch

    layers = [getattr(torch.nn, kind)(*sizes) for kind, *sizes in question.options["layers"]]
    model = torch.nn.Sequential(*layers).to(question.device, getattr(torch, question.dtype))
    names = [name for name, _ in model.named_parameters()]
    model.load_state_dict({n: to_argument(question.inputs[n], question) for n in names})
    own = question.options.get("own_last")
    return _with_own_last(model, own) if own else model


def _with_own_last(model: Any, own: list[str]) -> Any:
    """Return a model of the same layers that owns the last layer's parameters itself, under the names `own`."""
    import torch

    class Net(torch.nn.Sequential):
        def __init__(self, *layers: Any) -> None:
            super().__init__(*layers[:-1])
            for name, parameter in zip(own, (layers[-1].weight, layers[-1].bias), strict=True):
                setattr(self, name, parameter)

        def forward(self, x: Any) -> Any:
            return torch.nn.functional.linear(super().forward(x), *(getattr(self, name) for name in own))

        def named_parameters(self, *words: Any, **options: Any) -> Any:  # in order of use
            return iter(sorted(super().named_parameters(*words, **options), key=lambda one: "." not in one[0]))

    return Net(*model)


def named_parameters(model: Any, question: Question) -> dict[str, Any]:
    """Return the parameters of a model built by `build_model`, by the names of the question's inputs."""
    last = len(question.options["layers"]) - 1
    own = dict(zip(question.options.get("own_last", []), (f"{last}.weight", f"{last}.bias"), strict=False))
    return {own.get(name, name): p for name, p in model.named_parameters()}


def handed_optimizer(question: Question, model: Any) -> Any:
    """Create the optimizer for a model from the option "optimizer", which is [class name, settings]."""
    import torch

    kind, settings = question.options["optimizer"]
    parameters: list[Any] = list(model.parameters())
    if question.options.get("groups"):
        parameters = [{"params": parameters[:1]}, {"params": parameters[1:]}]
    return getattr(torch.optim, kind)(parameters, **settings)


def make_loss(kind: str) -> Callable[[Any, Any], Any]:
    """Return one of the two losses that training loops are called with; a loop must use the one it is given."""
    power = {"squares": 2, "fourth_powers": 4}[kind]

    def loss(y_pred: Any, y: Any) -> Any:
        return (y_pred - y).pow(power).sum()

    return loss


def train_model(target: Any, question: Question, answer: Answer) -> None:
    """Call a training function on a given model and, with the option "optimizer", a given optimizer.

    Values: "losses", then every parameter, under the names of the inputs; with the option "continued" also "losses
    again", from a second call that starts without gradients, unless it fails. Facts, even if the function fails:
    "order" (the order of the calls that matter, such as ["zero_grad", "backward", "step"]); "calls" (how often the
    model's forward pass ran, how often of these without autograd ("unrecorded"), how often the loss and any backward
    pass ran, and how many optimizers were created); "moved" (parameters that changed); "filled" (parameters that have a
    `.grad` at the end). Otherwise also "changed"; "same_parameters" (the model still has its original parameters);
    "still_leaf" (parameters whose computations are still recorded).
    """
    import torch

    options = question.options
    model = build_model(question)
    data = {name: to_argument(question.inputs[name], question) for name in ("x", "y")}
    before = snapshot(data)
    order: list[str] = []
    calls = {"forward": 0, "unrecorded": 0, "loss": 0, "backward": 0, "optimizer": 0}
    answer.facts["order"], answer.facts["calls"] = order, calls
    plain_loss = make_loss(options["loss"])

    def loss_fn(y_pred: Any, y: Any) -> Any:
        calls["loss"] += 1
        loss = plain_loss(y_pred, y)
        if loss.requires_grad:
            loss.register_hook(lambda _: _note("backward", order))
        return loss

    entrance = next(model.children())

    def note_forward(layer: Any, *_: Any) -> None:
        if layer is entrance:  # a deep copy of the model has this hook too
            calls["forward"] += 1
            calls["unrecorded"] += not torch.is_grad_enabled()

    entrance.register_forward_hook(note_forward)
    values = {"model": model, "loss_fn": loss_fn, **data}
    watched = [(model, "zero_grad")]
    if options.get("optimizer"):
        optimizer = handed_optimizer(question, model)
        watched += [(optimizer, "zero_grad"), (optimizer, "step")]
        values["optimizer"] = optimizer
    parameters = named_parameters(model, question)
    start = snapshot(parameters)
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: answer.facts.update({"moved": changed(parameters, start), "filled": filled(parameters)}))
        stack.enter_context(_counted(torch.optim.Optimizer, "__init__", calls, "optimizer"))
        for owner in (torch.autograd, torch.autograd.graph):
            stack.enter_context(_counted(owner, "_engine_run_backward", calls, "backward"))
        for thing, method in watched:
            stack.enter_context(_recorded(thing, method, order))
        args = [values[name] if name in values else question.number(name) for name in options["args"]]
        losses = target(*args)
    answer.values["losses"] = describe(losses)
    for name, parameter in parameters.items():
        answer.values[name] = describe(parameter)
    now = named_parameters(model, question)
    answer.facts["changed"] = changed(data, before)
    answer.facts["same_parameters"] = all(now.get(n) is p for n, p in parameters.items())
    answer.facts["still_leaf"] = recording(parameters)
    if options.get("continued"):
        answer.facts["order"], answer.facts["calls"] = list(order), dict(calls)  # those of the first call
        for parameter in parameters.values():
            parameter.grad = None
        with aside():
            answer.values["losses again"] = describe(target(*args))


MAX_NOTED = 60


def _note(call: str, order: list[str]) -> None:
    if len(order) < MAX_NOTED:
        order.append(call)


def _counted(owner: Any, name: str, calls: dict[str, int], what: str) -> contextlib.AbstractContextManager[None]:
    """Count the calls of a torch function within the context."""
    function = getattr(owner, name)

    def counted(*args: Any, **kwargs: Any) -> Any:
        calls[what] += 1
        return function(*args, **kwargs)

    return replaced(owner, name, counted)


def _recorded(owner: Any, name: str, order: list[str]) -> contextlib.AbstractContextManager[None]:
    """Record each call of a method of one object within the context.

    The class is patched, not the object: a deep copy of a patched object would call the method of the original.
    """
    home = next(kind for kind in type(owner).__mro__ if name in vars(kind))
    method = getattr(home, name)

    @functools.wraps(method)
    def recorded(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self is owner:
            _note(name, order)
        return method(self, *args, **kwargs)

    return replaced(home, name, recorded)
