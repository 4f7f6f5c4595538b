"""The arguments of one call, for trying a function in a new cell."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from course.language import listed, say
from course.runner.answer import Question
from course.runner.arguments import arguments, to_argument
from course.runner.runner import parameters_of
from course.runner.training import build_model, handed_optimizer, make_loss


class CallArguments(dict[str, Any]):
    """The arguments of one call by name, built anew each time so that they may be modified.

    Arguments and the entries of `also` (what is used after the call) can also be read as attributes. yours: the results
    in the check.
    """

    def __init__(self, handed: Mapping[str, Any], also: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        super().__init__(handed)
        self.also, self.yours = dict(also), dict(yours)

    def __getattr__(self, name: str) -> Any:
        things = {**self, **vars(self).get("also", {})}
        if name in things:
            return things[name]
        raise AttributeError(
            say("this case has no {name}: it has {names}", name=name, names=listed([*things, "yours"]))
        )


# The names of what is used after the call, by way of asking.
_AFTER = {"make_model": ("x", "other_x"), "make_loss": ("y_pred", "y"), "autograd_function": ("h", "grad_out")}


def call_arguments(question: Question) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the arguments of a question's call, and what is used after the call."""
    if question.ask == "make_model":  # the student's model has the notebook's default dtype
        dtype = str(importlib.import_module("torch").get_default_dtype()).removeprefix("torch.")
        question = replace(question, options={**question.options, "dtype": dtype})
    options, made = question.options, dict[str, Any]()
    if question.ask in ("make_optimizer", "train_model"):
        made = {"model": build_model(question), "loss_fn": make_loss(options.get("loss", "squares"))}
        if "optimizer" in options:
            made["optimizer"] = handed_optimizer(question, made["model"])
    elif question.ask == "step":
        made = {"grad": to_argument(question.inputs["grads"][0], question), "t": options["first_t"]}
    after = _AFTER.get(question.ask, tuple(options.get("again", {}).values()))
    names = [] if question.ask == "autograd_function" else parameters_of(question)
    rest = [name for name in (*names, *after) if name not in made]
    leaves = ["h"] if question.ask == "autograd_function" else options.get("leaves", [])
    made |= arguments(replace(question, options={**options, "args": rest, "leaves": leaves}))
    return {name: made[name] for name in names}, {name: made[name] for name in after}
