# attack: data of the default dtype whose process says that they have the one asked for
# place: way2_tensors.make_data
# expect: graded 0
# outcome: fail
# ruff: noqa


import dataclasses
import sys

import torch


asked_for = []


def forged(describe):
    def lie(thing):
        value = describe(thing)
        return dataclasses.replace(value, dtype=asked_for[-1]) if value.kind == "tensor" else value

    return lie


for name, module in list(sys.modules.items()):
    if name.startswith("course.runner") and hasattr(module, "describe"):
        module.describe = forged(module.describe)


def make_data(n, d_in, d_h, d_out, dtype, device):
    asked_for.append(str(dtype).removeprefix("torch."))
    shapes = ((n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out))
    return tuple(torch.randn(*shape, device=device) for shape in shapes)
