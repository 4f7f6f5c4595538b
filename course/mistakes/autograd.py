"""Mistakes with autograd: what is recorded, when gradients are cleared, and what goes backward."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable

import numpy as np

from course.asking import Code
from course.asking.syntax import contain, is_zero, last_name, names_in, targets, walk
from course.checks import Mistake, Seen
from course.checks.general import AUTOGRAD  # noqa: F401 - the general idea of this topic
from course.checks.idea import idea
from course.mistakes.data import NOT_A_LEAF
from course.mistakes.evidence import (
    NO_RECORD,
    calls,
    constant,
    line_has,
    mentions,
    order_of,
    passes,
    raised,
    raises,
    tensor_kind,
    unmoved,
)
from course.mistakes.gradient import OF_PRODUCTS, TRANSPOSED
from course.mistakes.loop import (
    FORWARD_OUTSIDE,
    NO_UPDATE,
    REINITIALISED,
    UPDATE_AFTER_LOOP,
    WEIGHTS_REBOUND,
    all_of,
    nth,
    some_of,
    takes_away,
)
from course.mistakes.loss import LOSS_IS_A_NUMBER, LOSS_REWRAPPED
from course.mistakes.mutant import Mutant, looped

NEVER_ZEROED = idea(
    "never-zeroed",
    "Gradients add up until somebody clears them. What does step number 2 see?",
    "The first step is right, from the second on the old gradient is still in `.grad`. Clear it once in every step.",
    "adding up",
)
ONE_NOT_ZEROED = idea(
    "one-not-zeroed",
    "Some gradients are cleared and others add up. Which one did you leave out?",
    "All parameters have a `.grad` of their own, and each has to be cleared in every step.",
    "adding up",
)
TOO_EARLY = idea(
    "zeroed-too-early",
    "The gradients are gone before anybody has used them.",
    "Clearing stands between `backward()` and the place where the gradient is read. Clear before the backward pass, or "
    "after the update.",
    "adding up",
)
BEFORE_FIRST = idea(
    "zeroed-before-first",
    "Before the first backward pass there is no gradient yet: nothing that could be set to zero.",
    "`.grad` is None at first. Clear after the update, or ask whether it is there.",
    "adding up",
)
BACKWARD_TWICE = idea(
    "backward-twice",
    "One backward pass fills the gradients of all parameters. What does a second one do to them?",
    "`backward()` runs more than once in a step, and what it finds is added up.",
    "adding up",
)
NO_BACKWARD_CALL = idea(
    "backward-not-called",
    "Who fills the gradients? Until somebody calls it they stay None.",
    "Nothing goes backward in your loop. A method that is only named, without parentheses, is not called.",
)
UPDATE_RECORDED = idea(
    "update-recorded",
    "Autograd is still recording while you change a leaf. In which lines should it not?",
    "The update is no part of the network. Put it where nothing is recorded.",
    "recording",
)
IN_NO_GRAD = idea(
    "forward-in-no-grad",
    "Nothing was recorded in the forward pass. How far up does your block without recording begin?",
    "Under `no_grad` the loss has no history. The forward pass stands outside of it, the update inside.",
    "recording",
)
GRAPH_CUT = idea(
    "graph-cut",
    "Somewhere between a parameter and the loss the record is cut: go along the path and look for the place.",
    "`detach`, `.data`, `.item()`, `.numpy()`, `torch.tensor(…)` give numbers without their history.",
    "loss",
)
BACKWARD_IN_LOSS = idea(
    "backward-in-loss",
    "Your function goes backward itself. Who wants to differentiate the loss afterwards finds nothing left.",
    "The loss is returned as it is. Going backward is up to whoever called the function.",
)
GRAD_NUMBER = idea(
    "grad-set-to-zero-number",
    "A gradient is a tensor, or it is not there: the number 0 is neither.",
    "Set every entry to zero in place, or set `.grad` to None.",
    "adding up",
)
TOTAL_LOSS = idea(
    "total-loss-backward",
    "What goes backward holds the losses of the steps before as well. Each step has one loss of its own.",
    "A running total, or a sum of the list of losses, remembers all earlier steps. Keep numbers in the list.",
)
WEIGHTS_NOT_GRADIENTS = idea(
    "weights-not-gradients",
    "These are the weights themselves; asked for is how the loss changes with them.",
    "After a backward pass the gradient of a tensor is in its `.grad`.",
)
HANDED_OUT = idea(
    "grad-handed-out",
    "You hand out the very tensor that the next call writes into. What does its owner find in it then?",
    "`.grad` belongs to the weight. Hand out a copy, or set `.grad` to None before the next backward pass.",
)
SWITCHED_OFF = idea(
    "recording-switched-off",
    "Whoever called your function wants to go on with these weights. Do they still record?",
    "Something sets `requires_grad` to False, or detaches in place, and nobody takes it back.",
)
LOOP_VARIABLE = idea(
    "loop-variable-rebound",
    "A name in a loop is only a name. Did the tensor the model holds change?",
    "`p = p - …` gives the name another tensor. Change the one it stands for, in place.",
    "rebinding",
)
USED_UP = idea(
    "generator-used-up",
    "One can walk through that only once. What is left for the second time?",
    "`parameters()` gives a generator. Ask the model for it anew each time, or make a list of it.",
    "parameters",
)
TUPLES = idea(
    "names-not-unpacked",
    "What does this loop give you: one thing, or a pair?",
    "`named_parameters()` gives pairs of a name and a tensor.",
    "parameters",
)
NOT_CALLED = idea(
    "parameters-not-called",
    "You named the method that lists the parameters. Did you call it?",
    "A method without parentheses is the method itself.",
    "parameters",
)
TRAINED_A_COPY = idea(
    "trained-a-copy",
    "You train a twin. The model you were given does not move.",
    "A copy of the model, or tensors cloned from its parameters, are others than those the caller holds.",
    "rebinding",
)
REPLACED = idea(
    "parameters-replaced",
    "The model holds new parameters now. The old ones, which others may hold as well, should have changed.",
    "Change each parameter in place: an optimizer, or whoever else knows it, still holds the old one.",
    "rebinding",
)


# ---------------------------------------------------------------- what the text says


def _is_grad(node: ast.AST) -> bool:
    node = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(node, ast.Attribute) and node.attr == "grad"


def _clears(statement: Code) -> bool:
    """Tell whether a statement sets gradients to zero, or to nothing."""
    node = statement.node
    given = not isinstance(node, ast.AugAssign) or isinstance(node.op, ast.Mult)
    return (
        contain(statement.called, ("zero_",))
        or (given and any(map(_is_grad, targets(node))))
        or any(last_name(call.func) == "fill_" and call.args and is_zero(call.args[0]) for call in statement.calls)
    )


_IN_PLACE = {"sub_", "add_", "copy_", "addcmul_", "addcdiv_", "load_state_dict"}
_COUNTED = ("total", "step", "t", "i")


def _updates(statement: Code) -> bool:
    """Tell whether a statement changes a parameter in place: no sum of losses, and no counter."""
    node = statement.node
    changed = [target.value if isinstance(target, ast.Subscript) else target for target in targets(node)]
    if any(last_name(target).startswith("loss") or last_name(target) in _COUNTED for target in changed):
        return False
    if isinstance(node, ast.AugAssign) and (
        isinstance(node.op, ast.Sub) or (isinstance(node.op, ast.Add) and takes_away(node.value))
    ):
        return True
    return (
        any(name in _IN_PLACE or name.startswith("_foreach_") for name in statement.called)
        or any(isinstance(t, ast.Subscript) or last_name(t) == "data" for t in targets(node))
        or any(keyword.arg == "out" for call in statement.calls for keyword in call.keywords)
    )


@functools.lru_cache(maxsize=4)
def clears_before_update(code: Code) -> bool:
    """Tell whether gradients are cleared between the backward pass and the update."""
    state = ""
    for statement in code.statements:
        if "backward" in statement.called:
            state = "backward"
        elif _clears(statement):
            state = "cleared" if state == "backward" else state
        elif _updates(statement):
            if state == "cleared":
                return True
            state = ""
    return False


def _takes_a_step(value: Code) -> bool:
    """Tell whether an expression subtracts something, and has a gradient or a learning rate in it."""
    subtracts = any(
        isinstance(node, ast.BinOp | ast.UnaryOp) and isinstance(node.op, ast.Sub | ast.USub) for node in value.nodes
    )
    of = any(name == "lr" or name.startswith("g") or "grad" in name for name in value.names)
    return of and (subtracts or value.calls_any("sub", "add"))


@functools.lru_cache(maxsize=4)
def rebinds(code: Code) -> bool:
    """Tell whether the result of an update is given a name: `p = p - …`, or a clone that is changed."""
    return any(
        isinstance(node := statement.node, ast.Assign | ast.AnnAssign)
        and all(isinstance(target, ast.Name) and not target.id.startswith("loss") for target in targets(node))
        and (_takes_a_step(statement) or statement.calls_any("clone", "deepcopy", "detach"))
        for statement in code.statements
    )


_GENERATORS = ("parameters", "named_parameters", "filter", "map", "zip", "iter", "chain")


@functools.lru_cache(maxsize=4)
def uses_up(code: Code) -> bool:
    """Tell whether a generator, such as that of the parameters, has a name: it can be walked through only once."""
    return any(
        isinstance(value := getattr(node, "value", None), ast.GeneratorExp)
        or (isinstance(value, ast.Call) and last_name(value.func) in _GENERATORS)
        for node in code.nodes
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)
    )


@functools.lru_cache(maxsize=4)
def adds_up_losses(code: Code) -> bool:
    """Tell whether what goes backward holds the losses of earlier steps too: `total += loss`, or `sum(losses)`."""
    calls = [call for call in code.calls if last_name(call.func) == "backward" and isinstance(call.func, ast.Attribute)]
    loops = [Code(tuple(walk(node))) for node in code.nodes if isinstance(node, ast.For | ast.While)]
    within = [loop for loop in loops if calls and calls[0] in loop.nodes]
    if not within:
        return False
    inner = within[-1]
    going = {call.func.value for call in calls if isinstance(call.func, ast.Attribute)}
    names = {node.id for node in going if isinstance(node, ast.Name)}
    kept_up = {name for node in inner.nodes for name in _grows(node)}
    begun_anew = set[str]()
    for node in inner.nodes:
        given = {target.id for target in targets(node) if isinstance(target, ast.Name)}
        if isinstance(node, ast.Assign) and not given & names_in(node.value):
            begun_anew |= given
            going |= {node.value} if given & names else set()
    summed = {name for node in going for name in _summed(node)}
    return bool((names | summed) & kept_up - begun_anew)


def _grows(node: ast.AST) -> list[str]:
    """Return the variables that a statement or call adds something to."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return [last_name(node.target)]
    if isinstance(node, ast.Assign) and any(isinstance(inner, ast.Add) for inner in walk(node.value)):
        return [last_name(target) for target in targets(node) if last_name(target) in names_in(node.value)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
        return [last_name(node.func.value)]
    return []


def _summed(node: ast.AST) -> set[str]:
    """Return the lists that Python's own sum, or a stack of tensors, puts together in an expression."""
    calls = [inner for inner in walk(node) if isinstance(inner, ast.Call) and inner.args]
    return {last_name(call.args[0]) for call in calls if last_name(call.func) in ("sum", "stack", "cat")}


@functools.lru_cache(maxsize=4)
def rewraps(code: Code) -> bool:
    """Tell whether a tensor is told to record after it was computed, as in `torch.tensor(loss, requires_grad=True)`."""
    asks = any(k.arg == "requires_grad" for call in code.calls for k in call.keywords)
    return (
        asks
        or code.calls_any("requires_grad_")
        or any(last_name(t) == "requires_grad" for node in code.nodes for t in targets(node))
    )


# ---------------------------------------------------------------- what is seen


def _nothing_reached(seen: Seen) -> bool:
    """Tell whether code goes backward and reaches no parameter, from a loss that is told to record afterwards."""
    if seen.fact("passes") is None:  # of a model: the loss that was handed in notes what goes back through it
        reached = "backward" in order_of(seen) or calls(seen, "backward") == 0
    else:
        reached = passes(seen) > 0
    return not reached and rewraps(seen.code) and seen.code.calls_any("backward")


def _missing_gradient(seen: Seen) -> bool:
    return raises(seen, "NoneType")


def _over_old_steps(seen: Seen) -> bool:
    """Tell whether a later step went backward through what an earlier one had recorded."""
    return raises(seen, r"backward through the graph a second time|modified by an inplace operation") and not unmoved(
        seen
    )


_CLEARING = r"zero|\*=\s*0|fill_"
A_NUMBER = r"AttributeError: '(\w+\.)?(float|float64|float32|ndarray)' object has no attribute 'backward'"

# Of gradients that add up, for any loop on autograd.
ADDING_UP: tuple[Mutant, ...] = (
    looped(NEVER_ZEROED, kept=all_of),
    Mutant(ONE_NOT_ZEROED, loop=lambda i: {"kept": nth(some_of, i)}, numbers=tuple(map(float, range(14)))),
)


def of_loop(made_anew: tuple[str, ...], one_step: Callable[[Seen], bool]) -> tuple[Mistake, ...]:
    """Return the mistakes of a loop of one's own on autograd.

    made_anew: parts of the names that make new parameters. one_step: whether the parameters are where one step leads.
    """
    return (
        BACKWARD_TWICE.shows(error=lambda s: raises(s, "backward through the graph a second time") and unmoved(s)),
        FORWARD_OUTSIDE.shows(
            "losses",
            condition=lambda s: (
                not unmoved(s)
                and passes(s) != 0
                and not one_step(s)
                and s.agrees("losses", np.full(int(s.option("steps")), s.truth["losses"][0]))
            ),
            error=lambda s: _over_old_steps(s) and not adds_up_losses(s.code),
            always=True,
        ),
        TOTAL_LOSS.shows(error=lambda s: _over_old_steps(s) and adds_up_losses(s.code)),
        UPDATE_AFTER_LOOP.shows(
            "losses",
            condition=lambda s: (
                one_step(s) and s.agrees("losses", np.full(int(s.option("steps")), s.truth["losses"][0]))
            ),
            always=True,
        ),
        TOO_EARLY.shows(
            "losses",
            condition=lambda s: constant(s) and clears_before_update(s.code) and not _nothing_reached(s),
            error=lambda s: (
                _missing_gradient(s)
                and passes(s) > 0
                and unmoved(s)
                and not s.fact("filled")
                and not _nothing_reached(s)
            ),
            always=True,
        ),
        BEFORE_FIRST.shows(
            error=lambda s: (
                _missing_gradient(s) and passes(s) == 0 and line_has(s, _CLEARING) and not _nothing_reached(s)
            )
        ),
        NO_BACKWARD_CALL.shows(
            error=lambda s: (
                _missing_gradient(s) and passes(s) == 0 and not line_has(s, _CLEARING) and not _nothing_reached(s)
            )
        ),
        LOSS_REWRAPPED.shows(
            "losses",
            condition=lambda s: constant(s) and _nothing_reached(s),
            error=lambda s: _missing_gradient(s) and _nothing_reached(s),
            always=True,
        ),
        LOSS_IS_A_NUMBER.shows(error=A_NUMBER),
        UPDATE_RECORDED.shows(error=r"leaf Variable that requires grad"),
        IN_NO_GRAD.shows(error=lambda s: _not_recorded(s) and passes(s) == 0 and mentions(s, *NO_RECORD)),
        GRAD_NUMBER.shows(error=r"assigned grad expected to be a Tensor"),
        NO_UPDATE.shows(
            "losses",
            condition=lambda s: (
                constant(s)
                and not clears_before_update(s.code)
                and not rebinds(s.code)
                and not uses_up(s.code)
                and not _nothing_reached(s)
            ),
            always=True,
        ),
        REINITIALISED.shows(
            "losses",
            condition=lambda s: unmoved(s) and not s.fact("filled") and not constant(s) and mentions(s, *made_anew),
        ),
    )


def _not_recorded(seen: Seen) -> bool:
    return raises(seen, r"does not require grad")


def _both(test: Callable[[Seen, str], bool], *names: str) -> Callable[[Seen], bool]:
    return lambda seen: all(test(seen, name) for name in names)


# Of a loop on two weights by name.
OF_WEIGHTS: tuple[Mistake, ...] = (
    WEIGHTS_REBOUND.shows(
        "losses",
        condition=lambda s: constant(s) and rebinds(s.code) and not _nothing_reached(s) and not uses_up(s.code),
        error=lambda s: (
            passes(s) > 0
            and unmoved(s)
            and ((_missing_gradient(s) and bool(s.fact("filled"))) or raises(s, "does not require grad"))
        ),
        always=True,
    ),
    WEIGHTS_REBOUND.shows("w1", "w2", condition=_both(lambda s, n: s.is_right(n) or unmoved(s, n), "w1", "w2")),
    *OF_PRODUCTS,
)
# Of a loop over the parameters of a model.
OF_MODEL: tuple[Mistake, ...] = (
    TRAINED_A_COPY.shows("parameters", condition=lambda s: unmoved(s) and bool(s.fact("same_parameters", True))),
    REPLACED.shows("parameters", condition=lambda s: not s.fact("same_parameters", True)),
    LOOP_VARIABLE.shows(
        "losses",
        condition=lambda s: (
            constant(s)
            and rebinds(s.code)
            and not uses_up(s.code)
            and not clears_before_update(s.code)
            and not _nothing_reached(s)
        ),
        always=True,
    ),
    USED_UP.shows("losses", condition=lambda s: uses_up(s.code) and constant(s), always=True),
    TUPLES.shows(error=r"'tuple' object has no attribute|unsupported operand type\(s\) for -=: 'tuple'"),
    NOT_CALLED.shows(error=r"'method' object is not iterable"),
)
TWICE = (looped(BACKWARD_TWICE, lambda s: passes(s) > int(s.option("steps")), pace=2.0),)
STALE = (looped(FORWARD_OUTSIDE, stale=True),)
USED_UP_AFTER_ONE: tuple[Mutant, ...] = (
    looped(USED_UP, lambda s: uses_up(s.code), moves=1),
    looped(USED_UP, lambda s: uses_up(s.code), moves=1, kept=all_of),
)

# ---------------------------------------------------------------- a loss to be differentiated, and its gradients


def _is_leaf(seen: Seen) -> bool:
    value = seen.value("loss")
    return value is not None and value.is_leaf


OF_LOSS: tuple[Mistake, ...] = (
    IN_NO_GRAD.shows("has_history", condition=lambda s: mentions(s, *NO_RECORD)),
    GRAPH_CUT.shows("has_history", condition=lambda s: not mentions(s, *NO_RECORD)),
    GRAPH_CUT.shows(
        "reached", "grad_w1", "grad_w2", condition=lambda s: not s.fact("backward_error") and not _is_leaf(s)
    ),
    LOSS_REWRAPPED.shows("reached", condition=_is_leaf),
    BACKWARD_IN_LOSS.shows("reached", condition=lambda s: max(s.fact("passes", {}).values(), default=0) > 0),
    GRAPH_CUT.shows(error=r"Can't call numpy\(\) on Tensor that requires grad"),
    *OF_PRODUCTS,
)

_FIRST = ("grad_w1", "grad_w2")


def _second(seen: Seen, *factors: int) -> bool:
    """Tell whether the gradients of the second call are so many times the right ones."""
    return all(
        seen.agrees(f"{name} again", k * np.asarray(seen.truth[name])) for name, k in zip(_FIRST, factors, strict=True)
    )


def _added_up(seen: Seen, *names: str) -> bool:
    """Tell whether in the second call these are the sum of both gradients, and the others right."""
    return all(
        seen.agrees(
            f"{name} again",
            seen.truth.get(f"{name} again", seen.truth[name])
            + (np.asarray(seen.truth[name]) if name in names else 0.0),
        )
        for name in _FIRST
    )


def _gradient_nowhere(seen: Seen) -> bool:
    """Tell whether None came back in place of a gradient, and nothing went wrong with returning."""
    return any(tensor_kind(seen, name) == "none" for name in _FIRST)


def _n_calls(seen: Seen) -> int:
    return sum(seen.value(name) is not None for name in ("grad_w1", "grad_w1 again"))


def _doubled(seen: Seen, name: str) -> bool:
    return seen.is_right(name) or seen.agrees(name, 2 * np.asarray(seen.truth[name]))


OF_GRADIENTS: tuple[Mistake, ...] = (
    HANDED_OUT.shows("first_kept", condition=lambda s: True),
    SWITCHED_OFF.shows("still_leaf", condition=lambda s: True),
    NEVER_ZEROED.shows("same_again", condition=lambda s: _added_up(s, *_FIRST)),
    ONE_NOT_ZEROED.shows("same_again", condition=lambda s: _added_up(s, "grad_w1") or _added_up(s, "grad_w2")),
    TOO_EARLY.shows(
        *_FIRST,
        condition=lambda s: (
            (_gradient_nowhere(s) and passes(s) > 0 and not s.fact("filled")) or all(not s.got(n).any() for n in _FIRST)
        ),
    ),
    BEFORE_FIRST.shows(
        error=lambda s: _missing_gradient(s) and passes(s) == 0 and line_has(s, _CLEARING) and not _nothing_reached(s)
    ),
    LOSS_REWRAPPED.shows(
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and _nothing_reached(s),
        error=lambda s: _missing_gradient(s) and _nothing_reached(s),
    ),
    NO_BACKWARD_CALL.shows(
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and passes(s) == 0 and not _nothing_reached(s),
        error=lambda s: (
            _missing_gradient(s) and passes(s) == 0 and not line_has(s, _CLEARING) and not _nothing_reached(s)
        ),
    ),
    NOT_A_LEAF.shows(
        *_FIRST,
        condition=lambda s: _gradient_nowhere(s) and passes(s) > 0 and bool(s.fact("filled")),
        error=lambda s: _missing_gradient(s) and passes(s) > 0 and bool(s.fact("filled")),
    ),
    BACKWARD_TWICE.shows(
        *_FIRST,
        condition=lambda s: passes(s) >= 2 * _n_calls(s) and all(_doubled(s, n) for n in _FIRST),
        error=raised("backward through the graph a second time"),
    ),
    TRANSPOSED.shows(*_FIRST, condition=lambda s: all(s.agrees(n, np.asarray(s.truth[n]).T) for n in _FIRST)),
    WEIGHTS_NOT_GRADIENTS.shows(
        *_FIRST, condition=lambda s: all(s.agrees(n, s[n.removeprefix("grad_")]) for n in _FIRST)
    ),
    LOSS_IS_A_NUMBER.shows(error=A_NUMBER),
    IN_NO_GRAD.shows(error=lambda s: raises(s, "does not require grad") and mentions(s, *NO_RECORD)),
    GRAPH_CUT.shows(
        error=lambda s: (
            (raises(s, "does not require grad") and not mentions(s, *NO_RECORD))
            or raises(s, "not have been used in the graph|Can't call numpy")
        )
    ),
    *OF_PRODUCTS,
)
