"""Parse the line in which a lesson's text states a question of its own.

    gradient of layer; x (n, d_in), w (d_in, d_h), grad_out (n, d_h) -> grad_x, grad_w; 4 points
    reference; scores (n, d_out), labels (n) int < d_out -> loss; tensors; 3 points

The line gives the kind, the inputs and results, then in any order: points, a dtype, `tensors` if tensors are passed,
and `sizes from 2` if sizes of 1 make no sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from course.language import later, listed, say
from course.runner import Options

SIZES = ("n", "d_in", "d_h", "d_out")
DTYPES = ("float64", "float32")
# Options that are arguments, or that only other kinds of questions read.
_FREE = {*SIZES, "lr", "steps", "beta1", "beta2", "eps", "first_t", "layers", "loss", "optimizer", "state", "updates"}
# Names reserved for the runner's options: an input of that name could not be passed.
TAKEN = frozenset(Options.__annotations__) - _FREE
_ITEM = re.compile(r"(\w+)\s*(?:\(([^()]*)\))?\s*(int)?\s*(?:([<>])\s*(\w+))?")
_EXAMPLE = "`x (n, d_in), lr -> y (n, d_in)`"
# The messages for missing and for duplicate inputs, and the same for results.
_INPUTS = (
    later("nothing goes in: write names and shapes, such as {example}."),
    later("`{name}` goes in twice: give each a name of its own."),
)
_RESULTS = (
    later("nothing comes out: write names and shapes, such as {example}."),
    later("`{name}` comes out twice: give each a name of its own."),
)

Kind = Literal["gradient", "reference"]
Dims = tuple[str | int, ...]


@dataclass(frozen=True)
class Item:
    """One input or result.

    shape: names from SIZES and numbers; None for a scalar. positive: whether floats are all above 0. below: the
    exclusive upper bound of integers, a size or a number.
    """

    name: str
    shape: Dims | None = None
    integer: bool = False
    positive: bool = False
    below: str | int | None = None


@dataclass(frozen=True)
class Statement:
    """The parsed statement of a lesson's own question.

    forward: the function to differentiate, "" for a reference. dtypes: those to test. least: the smallest size, 1 or 2.
    """

    kind: Kind
    forward: str
    inputs: tuple[Item, ...]
    results: tuple[Item, ...]
    points: float
    dtypes: tuple[str, ...] = DTYPES
    tensors: bool = False
    least: int = 1

    @property
    def letters(self) -> tuple[str, ...]:
        """The sizes that the inputs use, in the order of SIZES."""
        used = {d for item in self.inputs for d in (*(item.shape or ()), item.below, item.name)}
        return tuple(size for size in SIZES if size in used)


def misstated(told: str, /, **fields: Any) -> ValueError:
    """Return the error for a wrong statement or solution; the arguments are those of `say`."""
    return ValueError(say(told, **fields))


def read(text: str) -> Statement:
    """Parse a statement.

    Raises ValueError, whose message says what to write, if it is invalid.
    """
    first, *rest = (" ".join(part.split()) for part in text.split(";"))
    kind, forward = _kind(first)
    if not rest:
        raise misstated(
            "after `{first};` it says what goes in and what comes out, such as {example}.",
            first=first,
            example=_EXAMPLE,
        )
    before, arrow, after = rest[0].partition("->")
    if not arrow:
        raise misstated(
            "`{text}` has no `->` between what goes in and what comes out: write it as {example}.",
            text=rest[0],
            example=_EXAMPLE,
        )
    inputs, results = _items(before, _INPUTS), _items(after, _RESULTS)
    names = [item.name for item in inputs]
    for item in inputs:
        if item.name in TAKEN:
            raise misstated(
                "an input cannot be called `{name}`: the check needs this name, choose another.", name=item.name
            )
    for item in results:
        if item.integer or item.positive or item.below is not None:
            raise misstated("`{name}` comes out: say its name and shape only.", name=item.name)
    known = {d for item in inputs for d in (*(item.shape or ()), item.name)}
    for item in results:
        if strange := [d for d in item.shape or () if isinstance(d, str) and d not in known]:
            raise misstated(
                "`{size}` is in the shape of `{name}` and in that of no input.", size=strange[0], name=item.name
            )
    if kind == "gradient":
        results = tuple(_gradient(item, {i.name: i for i in inputs}) for item in results)
    elif same := set(names) & {item.name for item in results}:
        raise misstated("`{name}` goes in and comes out: give the result a name of its own.", name=min(same))
    return Statement(kind, forward, inputs, results, **_clauses(rest[1:]))  # type: ignore[arg-type]


def _kind(text: str) -> tuple[Kind, str]:
    if text == "reference":
        return "reference", ""
    found = re.fullmatch(r"gradient of `?(\w+)`?", text)
    if found and found[1].isidentifier():
        return "gradient", found[1]
    raise misstated("it begins with `{text}`: begin with `gradient of FORWARD;` or with `reference;`.", text=text)


def _items(text: str, told: tuple[str, str]) -> tuple[Item, ...]:
    parts = [part.strip() for part in re.split(r",(?![^()]*\))", text)]
    if parts == [""]:
        raise misstated(told[0], example=_EXAMPLE)
    items = tuple(_item(part) for part in parts)
    names = [item.name for item in items]
    if twice := [name for name in names if names.count(name) > 1]:
        raise misstated(told[1], name=twice[0])
    return items


def _item(text: str) -> Item:
    found = _ITEM.fullmatch(text)
    if not found or not found[1].isidentifier():
        raise misstated(
            "`{text}` cannot be read: write a name and its shape, such as `x (n, d_in)`; a name alone is one "
            "number, `k (n) int < d_out` are integers from 0 up, `s (n) > 0` are positive.",
            text=text,
        )
    name, shape, integer, sign, bound = found.groups()
    if shape is not None and not shape.strip():
        raise misstated("`{text}`: one number has no parentheses; write `{name}`.", text=text, name=name)
    dims = None if shape is None else tuple(_dim(d.strip(), name) for d in shape.rstrip(", ").split(","))
    if sign == "<" and not integer:
        raise misstated(
            "`{text}`: only integers have a number that they stay below: write `{name} … int < {bound}`.",
            text=text,
            name=name,
            bound=bound,
        )
    if sign == ">" and (integer or bound != "0"):
        raise misstated("`{text}`: only `> 0`, of numbers that are no integers, is known.", text=text)
    return Item(name, dims, bool(integer), sign == ">", _dim(bound, name) if sign == "<" else None)


def _dim(text: str, name: str) -> str | int:
    if text in SIZES:
        return text
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise misstated(
        "`{text}` is no size in the shape of `{name}`: write {sizes} or a number above 0.",
        text=text,
        name=name,
        sizes=listed(SIZES),
    )


def _gradient(item: Item, inputs: dict[str, Item]) -> Item:
    """Return a gradient as a result, with the shape of the input that it is named after."""
    of = inputs.get(item.name.removeprefix("grad_"))
    if of is None or not item.name.startswith("grad_"):
        raise misstated(
            "`{name}` is the gradient of none of its inputs: there can be {known}.",
            name=item.name,
            known=listed(f"`grad_{name}`" for name in inputs),
        )
    if of.integer:
        raise misstated(
            "`{name}`: there is no gradient of `{input}`, which holds integers.", name=item.name, input=of.name
        )
    if item.shape not in (None, of.shape):
        raise misstated(
            "`{name}` has the shape of `{input}`, another than it says: leave its shape out.",
            name=item.name,
            input=of.name,
        )
    return Item(item.name, of.shape)


def _clauses(texts: list[str]) -> dict[str, object]:
    said: dict[str, object] = {}
    for text in texts:
        points = re.fullmatch(r"(\d+(?:\.\d+)?) points?", text)
        if points:
            key, value = "points", float(points[1])
        elif text in DTYPES:
            key, value = "dtypes", (text,)  # type: ignore[assignment]
        elif text == "tensors":
            key, value = "tensors", True
        elif text == "sizes from 2":
            key, value = "least", 2
        else:
            raise misstated(
                "`{text}` is not known: there are `3 points`, `float32`, `float64`, `tensors` and `sizes from 2`.",
                text=text,
            )
        if key in said:
            raise misstated("`{text}` says a second time what stands before it: leave one out.", text=text)
        said[key] = value
    if not said.get("points"):
        raise misstated("it does not say what it is worth: end it with `; 3 points`, or as many as you give.")
    return said
