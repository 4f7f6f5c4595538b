"""Ways of asking for modules, losses, optimizers and autograd functions: build one and observe what it does."""

from __future__ import annotations

import contextlib
import inspect
import itertools
from typing import Any

from course.runner.answer import Answer, Question
from course.runner.arguments import arguments, changed, snapshot, to_argument
from course.runner.devices import CPU
from course.runner.functions import differentiate_loss, share_memory
from course.runner.isolation import AutogradUsed, Trap
from course.runner.training import build_model, named_parameters
from course.runner.training import make_loss as plain_loss
from course.runner.values import describe, is_tensor


def _class_name(thing: Any) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__}"


def _holds(thing: Any, kind: type) -> bool:
    items = list(thing.values()) if isinstance(thing, dict) else thing
    return isinstance(items, list | tuple) and any(isinstance(item, kind) for item in items)


def make_model(target: Any, question: Question, answer: Answer) -> None:
    """Build a model, perturb its parameters, call it on `x`, differentiate, and call it on `x` and `other_x`.

    The model is in training mode, and for `other_x` in evaluation mode, which reveals layers that act in only one of
    them. Perturbing the parameters reveals a bias that starts at zero and is never used. If the inputs contain
    parameters, they are copied in by shape instead; ValueError is raised if one of the model's has no match.
    Values: "y_pred"; "y_pred repeated", from the same `x`; "y_pred again", from `other_x`; "parameter <name>";
    "gradient <name>" of the sum of squares.
    Facts: "is_module"; "model_type"; "shapes" (of the parameters); "starts" (what each weight matrix was before the
    perturbation); "reached" (parameters with a gradient); "frozen" (parameters that do not require grad);
    "buffers"; "raw_tensors", "hidden_layers" and "hidden_tensors" (attributes that torch does not register);
    "changed"; "built_anew" (a second call shares no parameters with the first); "has_forward"; "ran" (the innermost
    layers whose forward pass returned, in order, even if the call fails).
    """
    import torch

    options = question.options
    device = question.device

    def build() -> Any:
        # tensors that are neither parameters nor buffers stay where they were created when a model is moved
        with contextlib.nullcontext() if device == CPU else torch.device(device):
            return target(*(question.number(name) for name in options["args"]))

    model = build()
    answer.facts["is_module"] = is_module = isinstance(model, torch.nn.Module)
    answer.facts["model_type"] = _class_name(model)
    if isinstance(model, Trap):
        iter(model)  # springs the trap
    if not is_module:
        return
    model.to(device)
    if question.dtype == "float32":  # the notebooks use float64, whose data a float32 model would reject
        model.float()
    data = {name: to_argument(question.inputs[name], question) for name in ("x", "other_x")}
    before = snapshot(data)
    if any(map(torch.nn.parameter.is_lazy, model.parameters())):  # lazy parameters are uninitialised until a call
        with torch.no_grad():
            model(data["x"])
    attributes = {n: a for n, a in vars(model).items() if not n.startswith("_")}
    answer.facts["raw_tensors"] = [n for n, a in attributes.items() if is_tensor(a)]
    answer.facts["hidden_layers"] = [n for n, a in attributes.items() if _holds(a, torch.nn.Module)]
    answer.facts["buffers"] = [name for name, _ in model.named_buffers()]
    answer.facts["hidden_tensors"] = [n for n, a in attributes.items() if _holds(a, torch.Tensor)]
    answer.facts["has_forward"] = getattr(model.forward, "__func__", None) is not torch.nn.Module.forward
    parameters = dict(model.named_parameters())
    answer.facts["shapes"] = {name: list(p.shape) for name, p in parameters.items()}
    answer.facts["starts"] = {name: _start(p) for name, p in parameters.items() if p.dim() == 2 and min(p.shape) > 1}
    answer.facts["frozen"] = [name for name, p in parameters.items() if not p.requires_grad]
    given = {array.shape: array for name, array in question.inputs.items() if name not in data}
    with torch.no_grad():
        for parameter in parameters.values():
            if not given:
                parameter.add_(torch.randn_like(parameter), alpha=0.3)
            elif tuple(parameter.shape) in given:
                parameter.copy_(to_argument(given[tuple(parameter.shape)], question))
            else:
                raise ValueError("no such parameter is given")
    _set_mode(model, training=True)
    ran: list[str] = []
    answer.facts["ran"] = ran
    hooks = [
        layer.register_forward_hook(lambda *_, name=name: ran.append(name))
        for name, layer in model.named_modules()
        if not any(layer.children())
    ]
    try:
        y_pred = model(data["x"])
    finally:
        for hook in hooks:
            hook.remove()
    for name, parameter in parameters.items():
        answer.values["parameter " + name] = describe(parameter)
    answer.values["y_pred"] = describe(y_pred)
    answer.facts["reached"] = []
    learning = {n: p for n, p in parameters.items() if p.requires_grad}
    if is_tensor(y_pred) and y_pred.requires_grad and learning:
        loss = y_pred.pow(2).sum()
        grads = torch.autograd.grad(loss, list(learning.values()), allow_unused=True)
        for (name, _), grad in zip(learning.items(), grads, strict=True):
            if grad is not None:
                answer.facts["reached"].append(name)
                answer.values["gradient " + name] = describe(grad)
    # after differentiating, so that in-place writes of a further call cannot affect the first one's gradients
    with torch.no_grad():
        answer.values["y_pred repeated"] = describe(model(data["x"]))
        _set_mode(model, training=False)
        answer.values["y_pred again"] = describe(model(data["other_x"]))
    answer.facts["changed"] = changed(data, before)
    other = build()
    pairs = itertools.product(_ready(model), _ready(other))
    answer.facts["built_anew"] = other is not model and not any(share_memory(p, q) for p, q in pairs)


def _ready(model: Any) -> list[Any]:
    """Return the parameters of a model that are initialised."""
    import torch

    return [p for p in model.parameters() if not torch.nn.parameter.is_lazy(p)]


def _set_mode(model: Any, *, training: bool) -> None:
    """Do what `model.train()` and `model.eval()` do, which a student's class may have overridden."""
    for module in model.modules():
        module.training = training


def _start(weight: Any) -> str:
    """Return what a matrix was initialised to: "zero", "constant" (or all rows alike) or "varied"."""
    if not weight.detach().any():
        return "zero"
    return "constant" if bool((weight == weight[:1]).all()) else "varied"


def make_loss(target: Any, question: Question, answer: Answer) -> None:
    """Build a loss function, call it on other data, then on `y_pred` and `y`, and differentiate by `y_pred`.

    Values: "loss", "grad_y_pred". Facts: "made" (type of what was built), "is_class", "is_callable", "changed", and
    those of `differentiate_loss`.
    """
    loss_fn = target()
    answer.facts["made"] = describe(loss_fn).type_name
    answer.facts["is_class"] = inspect.isclass(loss_fn)
    answer.facts["is_callable"] = callable(loss_fn)
    if not callable(loss_fn):
        return
    made = arguments(question)
    before = snapshot(made)
    # other data, of another size, which must not influence the loss that follows
    rows = slice(len(made["y"]) // 2, None)
    loss_fn(made["y_pred"].detach()[rows] + 1, made["y"][rows] - 1)
    loss = loss_fn(made["y_pred"], made["y"])
    answer.values["loss"] = describe(loss)
    answer.facts["changed"] = changed(made, before)
    differentiate_loss(loss, {"y_pred": made["y_pred"]}, answer)


def make_optimizer(target: Any, question: Question, answer: Answer) -> None:
    """Build an optimizer for a model and let it take as many steps as the option "steps".

    Values: every parameter afterwards, under the names of the inputs. Facts: "is_optimizer"; "class"; "settings" (a
    dict per parameter group); "covered" (names of the model's parameters that it was given); "n_held" (the number of
    parameters it was given in all); "made_again" (a second call returns another object).
    """
    import torch

    options = question.options
    model = build_model(question)
    other = target(model, options["lr"])
    optimizer = target(model, options["lr"])
    answer.facts["made_again"] = other is None or optimizer is not other
    answer.facts["class"] = _optimizer_class(optimizer)
    answer.facts["is_optimizer"] = is_optimizer = isinstance(optimizer, torch.optim.Optimizer)
    if not is_optimizer:
        return
    groups = optimizer.param_groups
    held = {id(p) for group in groups for p in group["params"]}
    answer.facts["covered"] = [name for name, p in named_parameters(model, question).items() if id(p) in held]
    answer.facts["n_held"] = len(held)
    answer.facts["settings"] = [{k: _plain_setting(v) for k, v in group.items() if _is_setting(v)} for group in groups]
    loss_fn = plain_loss("squares")
    x, y = (to_argument(question.inputs[name], question) for name in ("x", "y"))
    for _ in range(int(options["steps"])):
        model.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
    for name, parameter in named_parameters(model, question).items():
        answer.values[name] = describe(parameter)


def _optimizer_class(optimizer: Any) -> str:
    """Return the full name of an optimizer's torch class, or of its own class if that overrides `step`."""
    kind = type(optimizer)
    torchs = next((base for base in kind.__mro__ if base.__module__.startswith("torch.optim")), kind)
    # torch wraps the `step` of each class of which an optimizer is created
    own, theirs = (inspect.unwrap(getattr(k, "step", type)) for k in (kind, torchs))
    known = torchs if own is theirs else kind
    return f"{known.__module__}.{known.__qualname__}"


def _is_setting(value: Any) -> bool:
    plain = bool | int | float | str | None
    if is_tensor(value):  # a learning rate may be a tensor
        return bool(value.numel() == 1)
    return isinstance(value, plain) or (isinstance(value, tuple) and all(isinstance(v, plain) for v in value))


def _plain_setting(value: Any) -> Any:
    if is_tensor(value):
        return value.item()
    return list(value) if isinstance(value, tuple) else value


def autograd_function(target: Any, question: Question, answer: Answer) -> None:
    """Apply an autograd function forward and backward.

    Inputs: "h", and "grad_out", the gradient with respect to the output. Values: "output", "gradient". Facts:
    "is_function", "has_history", "changed" and "saved" (which of "input" and "output" forward saved for backward).
    """
    import torch

    answer.facts["is_function"] = is_function = issubclass(target, torch.autograd.Function)
    if not is_function:
        return
    leaf = to_argument(question.inputs["h"], question, leaf=True)
    grad_out = to_argument(question.inputs["grad_out"], question)
    made = {"h": leaf, "grad_out": grad_out}
    before = snapshot(made)
    output = target.apply(leaf)
    answer.values["output"] = describe(output)
    answer.facts["has_history"] = has_history = bool(is_tensor(output) and output.requires_grad)
    answer.facts["changed"] = changed(made, before)
    if has_history:
        answer.facts["saved"] = _saved(output, {"input": leaf, "output": output})
    if has_history and output.shape == leaf.shape:
        # another call, whose data must not influence the backward pass of the first
        target.apply(leaf.detach().flip(tuple(range(leaf.dim()))).requires_grad_())
        answer.values["gradient"] = describe(_backward(output, leaf, grad_out))
        answer.facts["changed"] = changed(made, before)


def _backward(output: Any, leaf: Any, grad_out: Any) -> Any:
    """Call the function's backward pass as autograd's engine does, which is off in by-hand exercises."""
    import torch

    node = output.grad_fn
    if not isinstance(node, torch.autograd.function.BackwardCFunction):  # the output's history is torch's own
        raise AutogradUsed
    with torch.no_grad():
        made = node.apply(grad_out)
    made = made if isinstance(made, tuple) else (made,)
    if not made or any(other is not None for other in made[1:]):
        count = f"(expected 1, got {len(made)})"
        raise RuntimeError(f"function {type(node).__name__} returned an incorrect number of gradients {count}")
    gradient = made[0]
    if is_tensor(gradient) and gradient.shape != leaf.shape:
        shapes = f"got {list(gradient.shape)} but expected shape compatible with {list(leaf.shape)}"
        raise RuntimeError(f"Function {type(node).__name__} returned an invalid gradient at index 0 - {shapes}")
    return gradient


def _equal(a: Any, b: Any) -> bool:
    return a.shape == b.shape and a.device == b.device and bool((a == b).all())


def _saved(output: Any, known: dict[str, Any]) -> list[str]:
    """Return which of the known tensors an autograd function saved, by `save_for_backward` or as attributes."""
    try:
        kept = [*output.grad_fn.saved_tensors, *vars(output.grad_fn).values()]
    except Exception:  # the output's `grad_fn` is not the function's own, or its saved tensors cannot be read
        return []
    return [name for name, tensor in known.items() if any(is_tensor(k) and _equal(k, tensor) for k in kept)]
