"""torch's compiler is not imported by optimizers and derivatives, and is still available to code that compiles."""

from __future__ import annotations

import os
from pathlib import Path

from tests.course_factory import run_python

STEPS = """
import sys
import course.lessons.oracle
import torch

weight = torch.nn.Parameter(torch.ones(2))
for kind in (torch.optim.SGD, torch.optim.Adam):
    optimizer = kind([weight], lr=0.5)
    optimizer.zero_grad()
    weight.sum().backward()
    optimizer.step()
assert torch.allclose(weight, torch.zeros(2), atol=1e-6), weight
assert torch.func.grad(torch.sin)(torch.zeros(())).item() == 1
assert torch._dynamo.disable(recursive=False)(len) is torch._dynamo.disable(len) is len
assert not [name for name in sys.modules if name.startswith("torch._dynamo.")]
assert not hasattr(sys.modules["torch._dynamo"], "__file__")

import torch._dynamo.utils

assert torch.compile(lambda x: 2 * x, backend="eager")(torch.ones(1)).item() == 2
assert torch._dynamo.utils is sys.modules["torch._dynamo.utils"]
assert torch._dynamo is sys.modules["torch._dynamo"] and torch._dynamo.__file__
"""


def test_an_optimizer_takes_its_steps_without_the_compiler_which_is_there_for_who_compiles(tmp_path: Path) -> None:
    run_python(tmp_path, dict(os.environ), "-c", STEPS)
