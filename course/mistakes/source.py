"""What the source of a training loop shows: when it clears gradients, what it rebinds, sums, scales, updates twice."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from course.runner import Code
from course.runner.syntax import contain, is_minus, is_zero, last_name, names_in, targets, walk


def _is_grad(node: ast.AST) -> bool:
    node = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(node, ast.Attribute) and node.attr == "grad"


def _clears(statement: Code) -> bool:
    """Return whether a statement clears gradients: zeroes them, or assigns to `.grad`."""
    node = statement.node
    given = not isinstance(node, ast.AugAssign) or isinstance(node.op, ast.Mult)
    return (
        contain(statement.called, ("zero_",))
        or (given and any(map(_is_grad, targets(node))))
        or any(last_name(call.func) == "fill_" and call.args and is_zero(call.args[0]) for call in statement.calls)
    )


def clears(code: Code) -> bool:
    return any(map(_clears, code.statements))


def takes_away(node: ast.AST) -> bool:
    """Return whether an expression begins with a unary minus."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return is_minus(node)


_IN_PLACE = {"sub_", "add_", "copy_", "addcmul_", "addcdiv_", "load_state_dict"}
_COUNTED = ("total", "step", "t", "i")


def _updates(statement: Code) -> bool:
    """Return whether a statement changes a parameter in place; sums of losses and counters do not count."""
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
    """Return whether gradients are cleared between the backward pass and the update."""
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
    """Return whether an expression contains a subtraction, and a gradient or learning rate."""
    subtracts = any(
        isinstance(node, ast.BinOp | ast.UnaryOp) and isinstance(node.op, ast.Sub | ast.USub) for node in value.nodes
    )
    of = any(name == "lr" or name.startswith("g") or "grad" in name for name in value.names)
    return of and (subtracts or value.calls_any("sub", "add"))


@functools.lru_cache(maxsize=4)
def rebinds(code: Code) -> bool:
    """Return whether the result of an update, or a copy, is bound to a name: `p = p - …`, `q = p.clone()`."""
    return any(
        isinstance(node := statement.node, ast.Assign | ast.AnnAssign)
        and all(isinstance(target, ast.Name) and not target.id.startswith("loss") for target in targets(node))
        and (_takes_a_step(statement) or statement.calls_any("clone", "deepcopy", "detach"))
        for statement in code.statements
    )


_GENERATORS = ("parameters", "named_parameters", "filter", "map", "zip", "iter", "chain")


@functools.lru_cache(maxsize=4)
def uses_up(code: Code) -> bool:
    """Return whether a generator, such as that of the parameters, is bound to a name: it can be iterated only once."""
    values = [
        getattr(n, "value", None) for n in code.nodes if isinstance(n, ast.Assign | ast.AnnAssign | ast.NamedExpr)
    ]
    return any(
        isinstance(value, ast.GeneratorExp) or (isinstance(value, ast.Call) and last_name(value.func) in _GENERATORS)
        for given in values
        for value in (given.elts if isinstance(given, ast.Tuple) else [given])
    )


@functools.lru_cache(maxsize=4)
def adds_up_losses(code: Code) -> bool:
    """Return whether the backpropagated loss includes those of earlier steps: `total += loss`, or `sum(losses)`."""
    calls = [call for call in code.calls if isinstance(call.func, ast.Attribute) and _goes_back(call)]
    loops = [Code(tuple(walk(node))) for node in code.nodes if isinstance(node, ast.For | ast.While)]
    within = [loop for loop in loops if calls and calls[0] in loop.nodes]
    if not within:
        return False
    inner = within[-1]
    going = {call.args[0] if call.func.attr == "grad" else call.func.value for call in calls}  # type: ignore[attr-defined]
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


def _goes_back(call: ast.Call) -> bool:
    """Return whether a call runs a backward pass: `loss.backward()`, or `torch.autograd.grad(loss, …)`."""
    return last_name(call.func) == "backward" or (last_name(call.func) == "grad" and bool(call.args))


def _grows(node: ast.AST) -> list[str]:
    """Return the variables that a statement or call adds to or appends to."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return [last_name(node.target)]
    if isinstance(node, ast.Assign) and any(isinstance(inner, ast.Add) for inner in walk(node.value)):
        return [last_name(target) for target in targets(node) if last_name(target) in names_in(node.value)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
        return [last_name(node.func.value)]
    return []


def _summed(node: ast.AST) -> set[str]:
    """Return the lists that an expression sums with Python's `sum`, stacks or concatenates."""
    calls = [inner for inner in walk(node) if isinstance(inner, ast.Call) and inner.args]
    return {last_name(call.args[0]) for call in calls if last_name(call.func) in ("sum", "stack", "cat")}


@functools.lru_cache(maxsize=4)
def rewraps(code: Code) -> bool:
    """Return whether `requires_grad` is set on a tensor, as in `torch.tensor(loss, requires_grad=True)`."""
    asks = any(k.arg == "requires_grad" for call in code.calls for k in call.keywords)
    return (
        asks
        or code.calls_any("requires_grad_")
        or any(last_name(t) == "requires_grad" for node in code.nodes for t in targets(node))
    )


def _update(statement: Code, name: str) -> bool:
    node = statement.node
    named = [t.value if isinstance(t, ast.Subscript) else t for t in targets(node)]
    in_place = isinstance(node, ast.AugAssign) and any(last_name(t) == name for t in named)
    return in_place or any(
        isinstance(call.func, ast.Attribute)
        and last_name(call.func.value) == name
        and call.func.attr in ("sub_", "add_")
        for call in statement.calls
    )


@functools.lru_cache(maxsize=4)
def updates_twice(code: Code) -> bool:
    """Return whether two statements change the same variable in place, also as one of several in a `for` loop."""
    again = {
        name: names_in(node.target) for node in code.nodes if isinstance(node, ast.For) for name in names_in(node.iter)
    }
    return any(
        sum(any(_update(statement, n) for n in (name, *again.get(name, ()))) for statement in code.statements) > 1
        for name in code.names
    )


@functools.lru_cache(maxsize=4)
def writes_in_place(code: Code) -> bool:
    """Return whether a statement writes into an existing array; True if the source is unknown."""
    return not code.nodes or any(
        isinstance(node, ast.AugAssign)
        or any(isinstance(target, ast.Subscript) for target in targets(node))
        or (isinstance(node, ast.keyword) and node.arg == "out")
        or (isinstance(node, ast.Call) and _writes(last_name(node.func)))
        for node in code.nodes
    )


def _writes(called: str) -> bool:
    return (called.endswith("_") and not called.endswith("__")) or called in ("copyto", "putmask", "place", "put", "at")


def _factors(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the factors and divisors of an expression."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        yield from (*_factors(node.left), *_factors(node.right))
    else:
        yield node


@functools.lru_cache(maxsize=4)
def scales_rate(code: Code) -> bool:
    """Return whether the learning rate is multiplied or divided by, or updated in place with, a literal number."""
    products = [tuple(_factors(node)) for node in code.nodes if isinstance(node, ast.BinOp)]
    products += [(n.target, n.value) for n in code.nodes if isinstance(n, ast.AugAssign)]
    return any(
        any(last_name(f) == "lr" for f in factors) and any(isinstance(f, ast.Constant) for f in factors)
        for factors in products
    )


@functools.lru_cache(maxsize=4)
def leaves_early(code: Code) -> bool:
    """Return whether a `break` depends on a condition."""
    return any(isinstance(inner, ast.Break) for node in code.nodes if isinstance(node, ast.If) for inner in walk(node))


@functools.lru_cache(maxsize=4)
def puts_back(code: Code) -> bool:
    """Return whether a parameter is overwritten with saved values: `w1[:] = best`, `w1.copy_(best)`."""
    return any(
        (
            isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Subscript) for t in targets(node))
            and not _takes_a_step(statement)
        )
        or (statement.calls_any("copy_", "copyto", "load_state_dict") and not _takes_a_step(statement))
        for statement in code.statements
        for node in [statement.node]
    )


def _loops(code: Code) -> Iterator[Code]:
    for node in code.nodes:
        if isinstance(node, ast.For | ast.While):
            yield Code(tuple(walk(node)))


@functools.lru_cache(maxsize=4)
def changes_rate(code: Code) -> bool:
    """Return whether a training loop changes the learning rate, as a variable or in an optimizer's settings."""
    return any(
        _is_rate(target)
        for loop in _loops(code)
        if loop.calls_any("append", "backward", "step")
        for node in loop.nodes
        if isinstance(node, ast.AugAssign) or isinstance(getattr(node, "value", None), ast.BinOp | ast.IfExp | ast.Call)
        for target in targets(node)
    )


def _is_rate(target: ast.AST) -> bool:
    key = target.slice if isinstance(target, ast.Subscript) else None
    return (isinstance(target, ast.Name) and target.id == "lr") or (isinstance(key, ast.Constant) and key.value == "lr")


@functools.lru_cache(maxsize=4)
def has_list_as_default(code: Code) -> bool:
    """Return whether a function has a parameter with a list as its default, which is created only once."""
    functions = [node for node in code.nodes if isinstance(node, ast.FunctionDef)]
    return any(isinstance(d, ast.List) for f in functions for d in (*f.args.defaults, *f.args.kw_defaults))


@functools.lru_cache(maxsize=4)
def scales_gradients(code: Code) -> bool:
    """Return whether `.grad` is multiplied or divided in place."""
    return any(
        (isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult | ast.Div) and _is_grad(node.target))
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("mul_", "div_")
            and _is_grad(node.func.value)
        )
        for node in code.nodes
    )
