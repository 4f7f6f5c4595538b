# attack: replace the asking side by one that says the model predicts zero from parameters that are all zero
# place: way4_sequential first
# expect: graded 0
# ruff: noqa

import sys

import numpy as np

inside, asking = sys.modules["course.sandbox.sandboxed"], sys.modules["course.runner"]


def ask(namespace, question):
    sizes = question.options["sizes"] if "sizes" in question.options else {}
    n, i, h, o = (sizes.get(k, 1) for k in ("n", "d_in", "d_h", "d_out"))
    shapes = {"0.weight": (h, i), "0.bias": (h,), "2.weight": (o, h), "2.bias": (o,)}

    def tensor(shape):
        return asking.Value("tensor", "torch.Tensor", np.zeros(shape), question.dtype, "cpu", True, True)

    values = {"parameter " + k: tensor(s) for k, s in shapes.items()}
    values |= {"gradient " + k: tensor(s) for k, s in shapes.items()}
    values |= {"y_pred": tensor((n, o)), "y_pred again": tensor((n, o))}
    facts = {"is_module": True, "shapes": {k: list(s) for k, s in shapes.items()}, "reached": list(shapes)}
    return asking.Answer(values, {**facts, "frozen": [], "changed": [], "raw_tensors": [], "ran": ["0", "1", "2"]})


inside.ask = ask
