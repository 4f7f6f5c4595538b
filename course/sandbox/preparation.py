"""What a zygote imports and warms up before it forks for submissions."""

from __future__ import annotations

import contextlib
import importlib
import io
import signal
from dataclasses import dataclass, field
from typing import Any

import course.dataset  # noqa: F401 - where `course.same_draw` finds it, though the files are hidden
from course.runner.compiler import leave_compiler_out
from course.runner.values import SEQUENCES
from course.sandbox import confinement, trial
from course.sandbox.absent_torch import stand_in
from course.sandbox.disable_autograd import AutogradRemoval
from course.sandbox.mechanisms import Mechanisms
from course.sandbox.readable import HIDDEN, NOT_BY_HAND, readable_paths
from course.sandbox.sandboxed import warm_up
from course.sandbox.shell import make_shell


@dataclass(frozen=True)
class Prepared:
    """What is prepared for every submission.

    readable, readable_by_hand: paths student code may read; the second leaves out what computes gradients, for
    exercises where they are written by hand. removal: removes autograd from a process; None if there is no torch.
    mechanisms: those of the sandbox that this machine has.
    """

    shell: Any
    readable: list[str]
    readable_by_hand: list[str]
    removal: AutogradRemoval | None = None
    mechanisms: Mechanisms = field(default_factory=Mechanisms)


# Parts of torch that it imports late or never by itself, and that cannot be imported where its files are hidden. Its
# own functions need two of them: a backward pass, and whatever creates tensors on a default device. Of sympy, sums and
# powers. Parts that take tenths of a second to import, such as torch's compiler, are left out.
LATER = (
    *("torch.func", "functorch", "torch.utils.data", "torch.nn.utils", "torch.nn.utils.prune"),
    *("torch.optim.lr_scheduler", "torch.autograd.functional", "torch.utils.flop_counter"),
    *("torch.fx.experimental.symbolic_shapes", "torch.utils._device"),
    *("sympy.tensor.tensor", "sympy.sets.setexpr", "sympy.codegen.ast"),
)


def prepare(with_torch: bool, mechanisms: Mechanisms | None = None) -> Prepared:
    """Import what student code may use, and list the paths it may read.

    mechanisms: those of the sandbox that this machine has; determined by trial if not given.
    """
    confinement.die_with_parent()  # grading ends when the grader does, however it ends
    mechanisms = mechanisms or trial.find()  # before the imports: forks of a small process are cheap
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pictures = ("matplotlib.pyplot", "course.figures")
    for name in ("asyncio", "numpy", "numpy.random", *pictures, "safetensors.numpy", "pyseccomp"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if with_torch:
        leave_compiler_out()
        for name in ("torch", "torch.nn.functional", "torch.optim", "torch.autograd.forward_ad", *LATER):
            importlib.import_module(name)
        _use_once()
        _find_operators()
        _compile_nothing()
    shell = make_shell()
    warm_up(shell, with_torch)
    if not with_torch:
        stand_in()
    by_hand = readable_paths((*HIDDEN, *NOT_BY_HAND))
    return Prepared(
        shell,
        readable_paths() if with_torch else by_hand,
        by_hand,
        AutogradRemoval() if with_torch else None,
        mechanisms,
    )


def _compile_nothing() -> None:
    """Make torch's compilers return their argument: it computes the same numbers and is asked uncompiled.

    They need programs and files that are hidden from student code, and TorchScript has its own autograd.
    `use_deterministic_algorithms` no longer imports the compiler only to configure it, and comparisons in
    `torch.testing` no longer import distributed tensors.
    """
    import torch  # only where it is installed

    def plain(thing: Any = None, *_: Any, **__: Any) -> Any:
        return (lambda given: given) if thing is None else thing

    def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
        torch._C._set_deterministic_algorithms(mode, warn_only=warn_only)

    torch.compile = torch.jit.script = torch.jit.trace = torch.jit.script_if_tracing = plain  # type: ignore[assignment]
    torch.use_deterministic_algorithms = use_deterministic_algorithms
    vars(importlib.import_module("torch.testing._comparison"))["_HAS_DTENSOR"] = False


def _find_operators() -> None:
    """Look up torch's operators in advance if a third-party device is registered, which may be implemented in Python.

    Such a device looks them up by name at first use, which fails where gradients are written by hand.
    """
    import torch  # as above

    if torch._C._get_privateuse1_backend_name() == "privateuseone":  # no such device
        return
    with contextlib.suppress(ImportError):  # in older versions
        importlib.import_module("torch.distributed.tensor")
        importlib.import_module("torch._library.simple_registry")
    for name in torch._C._dispatch_get_all_op_names():
        namespace, _, operator = name.partition("::")
        packet, _, overload = operator.partition(".")
        with contextlib.suppress(AttributeError):
            found = getattr(getattr(getattr(torch.ops, namespace), packet), overload or "default")
            torch._library.simple_registry.find_torch_dispatch_rule(found, torch.Tensor)


def _use_once() -> None:
    """Do what makes torch import more of itself the first time, such as an optimizer's step.

    Printing or saving a tensor, and mapping a function over a batch, could not import anything where gradients are
    written by hand. No backward pass here: autograd must not have run before a fork.
    """
    import torch  # as above

    for kind in (torch.optim.SGD, torch.optim.Adam):
        parameter = torch.nn.Parameter(torch.zeros(1))
        parameter.grad = torch.zeros(1)
        kind([parameter], lr=0.1).step()
    repr(parameter)
    for thing in (parameter, torch.zeros(1)):
        isinstance(thing, SEQUENCES)  # cached for each type, after a search of all registered classes
    torch.save(torch.zeros(1), io.BytesIO())
    torch.vmap(torch.neg)(torch.zeros(1))
