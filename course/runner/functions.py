"""Ways of asking a function: call it, differentiate its loss, or let it update its arguments in place."""

from __future__ import annotations

import bdb
import contextlib
import functools
import itertools
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course.runner.answer import Answer, Question, Value
from course.runner.arguments import arguments, changed, fill, snapshot, store_results, to_argument
from course.runner.devices import is_on_device
from course.runner.isolation import captured_output
from course.runner.source import branches_on, signature_of
from course.runner.values import SEQUENCES, describe, is_tensor


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """Discard what a call prints and raises that only prepares for another one, or follows it."""
    with captured_output():
        try:
            yield
        except bdb.BdbQuit:  # the student's own wish
            raise
        except Exception:
            pass


def filled(leaves: dict[str, Any]) -> list[str]:
    """Return the names of the leaves whose `.grad` is not None."""
    return [name for name, leaf in leaves.items() if leaf.grad is not None]


@contextlib.contextmanager
def watch_leaves(leaves: dict[str, Any], answer: Answer) -> Iterator[None]:
    """Record what autograd does to the leaves, even if student code fails.

    Facts: "passes" (how often a backward pass reached each leaf), "filled" (leaves that have a `.grad` at the end).
    """
    passes = answer.facts["passes"] = dict.fromkeys(leaves, 0)

    def note(name: str, _: Any) -> None:
        passes[name] += 1

    for name, leaf in leaves.items():
        leaf.register_hook(functools.partial(note, name))
    try:
        yield
    finally:
        answer.facts["filled"] = filled(leaves)


def overlap(things: Sequence[Any]) -> bool:
    """Return whether a write to one of several arrays or tensors changes another of them."""
    pairs = itertools.combinations(things, 2)
    return any(
        np.shares_memory(a, b) if isinstance(a, np.ndarray) else _writes_through(a, b)
        for a, b in pairs
        if share_memory(a, b)
    )


def share_memory(a: Any, b: Any) -> bool:
    """Return whether two arrays (by their bounds only) or two tensors share memory; False if that is unknown."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return np.may_share_memory(a, b)
    if not (is_tensor(a) and is_tensor(b)):
        return False
    addresses = _address(a), _address(b)
    return addresses[0] == addresses[1] if all(addresses) else a is b or _writes_through(a, b)


def _address(tensor: Any) -> int:
    """Return the address of a tensor's storage, or 0 if it is unknown: not every device provides one."""
    try:
        return int(tensor.untyped_storage().data_ptr())
    except Exception:
        return 0


def _writes_through(a: Any, b: Any) -> bool:
    """Return whether a write to one tensor changes another; the numbers are restored afterwards."""
    with contextlib.suppress(Exception):  # such as a tensor that cannot be written to
        plain, before = a.detach(), a.detach().clone()
        seen: list[Any] = []
        try:
            for number in (0, 1):
                plain.fill_(number)
                seen.append(describe(b).array)
        finally:
            plain.copy_(before)
        return seen[0] is not None and not np.array_equal(seen[0], seen[1], equal_nan=True)
    return False


def call(target: Any, question: Question, answer: Answer) -> None:
    """Call the function; with the option "again", call it once more with other inputs for some arguments.

    With the option "refilled", unless arguments are leaves, the same arrays hold other numbers in a call before.

    Values: the results, named by the option "results"; those of the second call, with the suffix " again", and the
    first results after it, with the suffix " kept". With the option "to_learn" also "gradient <result>", which autograd
    writes into a result's `.grad` from the sum of its cubes.
    Facts: "changed" (names of changed arguments); "same_memory" (pairs of results that share memory); "drew"
    (whether numbers were drawn from the argument `rng`); "still_leaf" (of the option "leaves", those whose
    computations are still recorded); what `watch_leaves` notes. With the option "anew" also "built_anew" (no result
    shares memory with another or with those of another call), with "refilled" "stale" (the results are still those
    of the earlier call), with "elsewhere" "device_honoured".
    """
    made = arguments(question)
    stream = made["rng"].bit_generator.state if "rng" in made else None
    before = snapshot(made)
    results = question.options["results"]
    leaves = {name: made[name] for name in question.options.get("leaves", [])}
    again = question.options.get("again", {})
    earlier = _earlier_results(target, made, results) if question.options.get("refilled") and not leaves else {}
    with watch_leaves(leaves, answer):
        result = target(*made.values())
        if store_results(result, results, answer) and again:
            others = {name: to_argument(question.inputs[other], question) for name, other in again.items()}
            store_results(target(*{**made, **others}.values()), results, answer, " again")
            store_results(result, results, answer, " kept")
    answer.facts["changed"] = changed(made, before)
    if earlier:
        answer.facts["stale"] = all(_same_array(answer.values.get(name), value) for name, value in earlier.items())
    if leaves:
        answer.facts["still_leaf"] = recording(leaves)
    if question.options.get("anew") and not question.options.get("original"):  # those are slow and show no more
        things = [
            t for r in (result, target(*arguments(question).values())) for t in (r if isinstance(r, SEQUENCES) else [r])
        ]
        answer.facts["built_anew"] = not overlap(things)
    if stream is not None:
        answer.facts["drew"] = made["rng"].bit_generator.state != stream
    if question.options.get("elsewhere"):
        place = question.device
        placed = all(is_on_device(value.device, place) for value in answer.values.values() if value.kind == "tensor")
        answer.facts["device_honoured"] = placed and _honours_device(target, question, answer)
    if isinstance(result, SEQUENCES) and len(result) == len(results):
        pairs = itertools.combinations(zip(results, result, strict=True), 2)
        answer.facts["same_memory"] = [[m, n] for (m, a), (n, b) in pairs if a is not None and share_memory(a, b)]
        if question.options.get("to_learn"):
            for name, tensor in zip(results, result, strict=True):
                answer.values[f"gradient {name}"] = describe(_filled_gradient(tensor))


def recording(leaves: dict[str, Any]) -> list[str]:
    """Return the names of the tensors whose computations are recorded: leaves that require grad, unless it is off."""
    import torch

    return [n for n, leaf in leaves.items() if leaf.is_leaf and leaf.requires_grad and torch.is_grad_enabled()]


def _earlier_results(target: Any, made: dict[str, Any], results: list[str]) -> dict[str, Value]:
    """Call the function with other numbers in the same arrays, restore the right ones, and return what came back."""
    earlier = Answer()
    right = snapshot(made)
    for i, (name, numbers) in enumerate(right.items()):
        fill(made[name], (2 + i) * numbers + 1 + i)
    with aside():  # these numbers need not fit each other, and an answer may say so
        store_results(target(*made.values()), results, earlier)
    for name, numbers in right.items():
        fill(made[name], numbers)
    return earlier.values


def _same_array(a: Value | None, b: Value) -> bool:
    return a is not None and a.array is not None and b.array is not None and np.array_equal(a.array, b.array)


def _filled_gradient(weight: Any) -> Any:
    """Return what autograd writes into a weight's `.grad` from the sum of its cubes, or None if it writes nothing.

    Whether a weight requires grad is only a claim of the student's process; the judge relies on these numbers.
    """
    import torch

    if not is_tensor(weight):
        return None
    with warnings.catch_warnings(), contextlib.suppress(RuntimeError):
        warnings.simplefilter("ignore")  # torch warns if the `.grad` of a non-leaf is read
        weight.grad = None
        with torch.enable_grad():
            weight.pow(3).sum().backward()
        return weight.grad
    return None


def _honours_device(target: Any, question: Question, answer: Answer) -> bool:
    """Return whether results are on the device given as `device`, using torch's "meta" in place of a second device.

    Its tensors have shapes but no numbers, so right code can fail on it, or treat it as the CPU if it branches on the
    device. Only returned tensors that are on another device count against the code.
    """
    import torch

    made = {**arguments(question), "device": torch.device("meta")}
    position = list(made).index("device")
    try:
        parameters = list(signature_of(target).parameters)
        if branches_on(answer.source, parameters[position]):
            return True
        result = target(*made.values())
        things = result if isinstance(result, SEQUENCES) else [result]
        return all(thing.device.type == "meta" for thing in things if is_tensor(thing))
    except Exception:
        return True


def differentiate(target: Any, question: Question, answer: Answer) -> None:
    """Call a function that returns a loss, and differentiate the loss with respect to the option "leaves".

    Values: "loss", and "grad_<leaf>" for each leaf. Facts: "has_history" (the loss requires grad); "reached" (leaves
    that got a gradient); "backward_error" (why autograd failed, if it did); "changed"; what `watch_leaves` notes.
    """
    made = arguments(question)
    before = snapshot(made)
    with watch_leaves({name: made[name] for name in question.options["leaves"]}, answer):
        loss = target(*made.values())
    answer.values["loss"] = describe(loss)
    answer.facts["passes"] = dict(answer.facts["passes"])  # without the backward pass below
    answer.facts["changed"] = changed(made, before)
    differentiate_loss(loss, {name: made[name] for name in question.options["leaves"]}, answer)


def differentiate_loss(loss: Any, leaves: dict[str, Any], answer: Answer) -> None:
    import torch

    answer.facts["has_history"] = has_history = bool(is_tensor(loss) and loss.requires_grad)
    answer.facts["reached"] = []
    if not has_history or loss.numel() != 1:
        return
    try:
        grads = torch.autograd.grad(loss.sum(), list(leaves.values()), allow_unused=True)
    except RuntimeError as error:  # student code already ran backward, or overwrote a saved tensor
        answer.facts["backward_error"] = str(error)[:200]
        return
    for (name, leaf), grad in zip(leaves.items(), grads, strict=True):
        if grad is not None:
            answer.facts["reached"].append(name)
        answer.values["grad_" + name] = describe(torch.zeros_like(leaf) if grad is None else grad)


def step(target: Any, question: Question, answer: Answer) -> None:
    """Call a function that updates its arguments in place, once for each row of the input "grads".

    The other inputs are the state before the first step; "grads" holds one gradient per step, and the argument "t"
    counts from the option "first_t".
    Values: "<name> after step <i>" for each name in the option "state". Facts: "changed" (changed arguments that should
    not change).
    """
    options = question.options
    made = {name: to_argument(question.inputs[name], question) for name in options["state"]}
    spoilt: list[str] = []
    for i, grad in enumerate(question.inputs["grads"]):
        gradient = {"grad": to_argument(grad, question)}
        before = snapshot(gradient)
        values = {**made, **gradient, "t": int(options["first_t"]) + i}
        target(*(values[name] if name in values else question.number(name) for name in options["args"]))
        spoilt += changed(gradient, before)
        for name in options["state"]:
            answer.values[f"{name} after step {i + 1}"] = describe(made[name])
    answer.facts["changed"] = sorted(set(spoilt))
