"""Ways of asking a training loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.asking.answer import Answer, Question
from course.asking.arguments import arguments, changed, snapshot, to_argument
from course.asking.values import describe


def train(target: Any, question: Question, answer: Answer) -> None:
    """Call a training function that updates the arrays in the option "updates" in place.

    Values: "losses" and each updated array. Facts: "changed" (arguments that should have stayed); for tensors that
    record gradients "still_leaf" (names of those that still are leaves and record).
    """
    made = arguments(question)
    before = snapshot(made)
    updates = question.options["updates"]
    losses = target(*made.values())
    answer.values["losses"] = describe(losses)
    for name in updates:
        answer.values[name] = describe(made[name])
    answer.facts["changed"] = [n for n in changed(made, before) if n not in updates]
    answer.facts["moved"] = [n for n in changed(made, before) if n in updates]
    if question.options.get("leaves"):
        answer.facts["still_leaf"] = [n for n in updates if made[n].is_leaf and made[n].requires_grad]


def build_model(question: Question) -> Any:
    """Build the stack of layers the option "layers" names, with parameters from the inputs "<i>.weight" and so on."""
    import torch

    layers = [getattr(torch.nn, kind)(*sizes) for kind, *sizes in question.options["layers"]]
    model = torch.nn.Sequential(*layers).to(question.options.get("device", "cpu"))
    names = [name for name, _ in model.named_parameters()]
    model.load_state_dict({n: to_argument(question.inputs[n], question) for n in names})
    return model


def make_loss(kind: str) -> Callable[[Any, Any], Any]:
    """Return one of the losses a loop is asked with: it must use the one it is given."""
    powers = {"squares": 2, "fourth_powers": 4}
    power = powers[kind]

    def loss(y_pred: Any, y: Any) -> Any:
        return (y_pred - y).pow(power).sum()

    return loss


def train_model(target: Any, question: Question, answer: Answer) -> None:
    """Call a training function on a model it is handed.

    The option "optimizer", if there is one, is [name, settings]. Values: "losses", then every parameter by the name
    torch gives it. Facts: "changed"; "order", the order of the calls that matter, such as "zero_grad backward step".
    """
    import torch

    options = question.options
    model = build_model(question)
    data = {name: to_argument(question.inputs[name], question) for name in ("x", "y")}
    before = snapshot(data)
    order: list[str] = []
    plain_loss = make_loss(options["loss"])

    def loss_fn(y_pred: Any, y: Any) -> Any:
        loss = plain_loss(y_pred, y)
        if loss.requires_grad:
            loss.register_hook(lambda _: order.append("backward"))
        return loss

    values = {"model": model, "loss_fn": loss_fn, **data}
    _record(model, "zero_grad", order)
    if options.get("optimizer"):
        kind, settings = options["optimizer"]
        optimizer = getattr(torch.optim, kind)(model.parameters(), **settings)
        _record(optimizer, "zero_grad", order)
        _record(optimizer, "step", order)
        values["optimizer"] = optimizer
    parameters = dict(model.named_parameters())
    losses = target(*(values.get(name, options.get(name)) for name in options["args"]))
    answer.values["losses"] = describe(losses)
    for name, parameter in parameters.items():
        answer.values[name] = describe(parameter)
    now = dict(model.named_parameters())
    answer.facts["changed"] = changed(data, before)
    answer.facts["same_parameters"] = all(now.get(n) is p for n, p in parameters.items())
    answer.facts["order"] = order[:60]


def _record(owner: Any, name: str, order: list[str]) -> None:
    """Note each call of a method, and call it."""
    method = getattr(owner, name)

    def recorded(*args: Any, **kwargs: Any) -> Any:
        order.append(name)
        return method(*args, **kwargs)

    object.__setattr__(owner, name, recorded)
