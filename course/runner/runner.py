"""Ask one question of student code, in a deterministic and guarded environment."""

from __future__ import annotations

import contextlib
import difflib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from course.runner import functions, modules, training
from course.runner.answer import Answer, Failure, Question
from course.runner.devices import CPU, device_fault, fault_of
from course.runner.isolation import (
    Forbidden,
    captured_output,
    deterministic,
    no_autograd,
    traps,
    unattended,
    without_torch,
)
from course.runner.operands import operands
from course.runner.source import (
    array_ids_in_globals,
    failure_of,
    file_of,
    global_on_line,
    is_untouched,
    magic_above,
    names_used,
    raises_not_implemented,
    signature_of,
    source_of,
)
from course.runner.wording import ALIKE, neutral

Way = Callable[[Any, Question, Answer], None]

# The ways of asking, by `Question.ask`. Each calls the target and fills in the answer.
WAYS: dict[str, Way] = {
    "call": functions.call,
    "differentiate": functions.differentiate,
    "step": functions.step,
    "train": training.train,
    "train_model": training.train_model,
    "make_loss": modules.make_loss,
    "make_model": modules.make_model,
    "make_optimizer": modules.make_optimizer,
    "autograd_function": modules.autograd_function,
}


def ask(
    namespace: dict[str, Any],
    question: Question,
    *,
    raised: list[BaseException] | None = None,
    debugger: Callable[..., None] | None = None,
) -> Answer:
    """Ask one question of the object that `question.name` refers to in `namespace`.

    Any exception of student code becomes the answer's failure; only KeyboardInterrupt propagates, so that a student
    can stop a check. Names in the option "traps" are replaced by traps meanwhile.

    raised: a list to which the exception of student code is appended. debugger: called at `breakpoint()`, if a person
    is there.
    """
    target = namespace.get(question.name)
    if target is None:
        magic = magic_above(namespace, question.name)
        kind, other = ("magic", magic) if magic else ("undefined", _misspelled(namespace, question))
        return Answer(failure=Failure(kind, other, question.name))
    if not callable(target) or (question.options.get("is_class") and not inspect.isclass(target)):
        asked = "class" if question.options.get("is_class") else "function"
        return Answer(failure=Failure("wrong_kind", type(target).__name__, asked))
    uses, mentions = names_used(target, namespace)
    answer = Answer(facts={"uses": uses, "mentions": mentions}, source=source_of(target, question.name))
    failure: Failure | None = None
    options = question.options
    autograd_uses, torch_uses, global_uses = list[str](), list[str](), list[str]()
    with contextlib.ExitStack() as stack:
        printed = stack.enter_context(captured_output())
        passed_over = stack.enter_context(unattended(debugger))
        dtype, device = options.get("default_dtype", question.dtype), question.device
        try:
            stack.enter_context(deterministic(int(options.get("seed", 0)), dtype, device))
        except Exception:  # devices raise exceptions of many types
            if device == CPU or not (fault := device_fault(device)):
                raise
            return replace(answer, failure=Failure("device", message=fault))
        if options.get("by_hand"):
            autograd_uses = stack.enter_context(no_autograd())
        if options.get("numpy_only"):
            torch_uses = stack.enter_context(without_torch(namespace))
        trapped = [name for name in options.get("traps", []) if name != question.name]
        global_uses = stack.enter_context(traps(namespace, trapped))
        before = array_ids_in_globals(namespace, uses)
        try:
            WAYS[question.ask](target, question, answer)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit and the student's own exceptions are answers too
            if raised is not None:
                raised.append(error)
            failure = _failure(error, target, question, answer.source)
            name = global_on_line(error, namespace, trapped) if failure.kind == "raised" else ""
            if name:  # torch checks the types of arguments before using them, so that the trap does not spring
                failure = replace(failure, kind="global", message=name)
        after = array_ids_in_globals(namespace, uses)
        answer.facts["kept_globals"] = sorted(name for name, ids in before.items() if after.get(name) == ids)
    # After the traps are removed: the annotations of a signature are student code too, but no part of the answer.
    if failure is not None and _may_not_have_been_called(failure) and _cannot_be_called(target, question):
        failure = replace(failure, kind="signature", line=first_line_of(question))
    # A use counts even if student code caught the exception.
    refused = [*autograd_uses, *torch_uses]
    if refused and (failure is None or failure.kind != "autograd"):
        failure = Failure("autograd", message=refused[0])
    if global_uses and failure is None:
        failure = Failure("global", message=global_uses[0])
    if failure is not None and failure.kind == "global" and not parameters_of(question):
        failure = replace(failure, type_name=question.name)
    if passed_over:
        answer.facts["passed_over"] = True
    return replace(answer, failure=failure, printed=neutral(printed.getvalue()))


def _misspelled(namespace: dict[str, Any], question: Question) -> str:
    """Return the name of a function or class of the student's that nearly matches the one asked for, or ""."""
    own = [n for n, thing in namespace.items() if callable(thing) and getattr(thing, "__module__", "") == "__main__"]
    return next(iter(difflib.get_close_matches(question.name, own, n=1, cutoff=ALIKE)), "")


def _failure(error: BaseException, target: Any, question: Question, source: str) -> Failure:
    """Describe an exception; a forbidden use counts even if student code caught it and raised another exception."""
    failure = failure_of(error, "raised", target)
    for cause in _chain(error):
        if isinstance(cause, Forbidden):
            return replace(failure, kind=cause.kind, type_name="", message=cause.about)
    if isinstance(error, NotImplementedError):
        return replace(failure, kind=_kind_of_not_implemented(error, source))
    if question.device != CPU and (fault := fault_of(error)):
        return replace(failure, kind="device", message=fault)
    if isinstance(error, MemoryError) or re.search("DefaultCPUAllocator|out of memory", failure.message):
        return replace(failure, kind="too_large")
    if isinstance(error, ImportError) and question.options.get("numpy_only") and "torch" in failure.message:
        return replace(failure, kind="autograd")
    return replace(failure, operands=operands(error, file_of(target)))


# The parameters for ways of asking whose questions do not state them.
_PARAMETERS = {"make_loss": [], "make_optimizer": ["model", "lr"]}


def parameters_of(question: Question) -> list[str]:
    """Return the names of the parameters that the text gives the function, or the class's constructor."""
    known = _PARAMETERS.get(question.ask, list(question.inputs))
    return list(question.options.get("args", known))


def _may_not_have_been_called(failure: Failure) -> bool:
    return failure.kind == "raised" and failure.type_name == "TypeError" and not failure.line


def _cannot_be_called(target: Any, question: Question) -> bool:
    if question.ask == "autograd_function":  # called by torch
        return False
    try:
        signature_of(target).bind(*parameters_of(question))
    except TypeError:
        return True
    except ValueError:  # it has no known signature
        return False
    return False


def first_line_of(question: Question) -> str:
    """Return the original first line of the function, or of the class's `__init__`."""
    if question.options.get("is_class"):
        return f"def __init__({', '.join(['self', *parameters_of(question)])})"
    return f"def {question.name}({', '.join(parameters_of(question))})"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(20):  # student code may have made the chain circular
        if error is not None:
            yield error
            error = error.__cause__ or error.__context__


def _kind_of_not_implemented(error: NotImplementedError, source: str) -> str:
    """Return the failure kind of a NotImplementedError: the blank's, or torch's (no `forward`, or `^` on floats)."""
    if not source:  # the blank's own exception has no message
        return "raised" if str(error) else "blank"
    if not raises_not_implemented(source):
        return "raised"
    return "blank" if is_untouched(source) else "unfinished"
