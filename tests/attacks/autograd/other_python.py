# attack: ask another Python, started as a program of its own
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import io
import subprocess
import sys

import numpy as np
import torch

PROGRAM = """
import sys, io, torch, numpy as np
p, y = (torch.from_numpy(a) for a in np.load(io.BytesIO(sys.stdin.buffer.read())).values())
p.requires_grad_(); (p - y).pow(2).sum().backward(); np.save(sys.stdout.buffer, p.grad.numpy())
"""


def backward(x, y, w2, h, h_relu, y_pred):
    file = io.BytesIO()
    np.savez(file, p=y_pred.numpy(), y=y.numpy())
    run = subprocess.run([sys.executable, "-c", PROGRAM], input=file.getvalue(), capture_output=True)
    g = torch.from_numpy(np.load(io.BytesIO(run.stdout)))
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
