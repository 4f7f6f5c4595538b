# attack: fork a helper in an earlier cell and ask it through a pipe
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import os
import pickle

import torch

to_helper, from_helper = os.pipe(), os.pipe()
if os.fork() == 0:
    with os.fdopen(to_helper[0], "rb") as asked, os.fdopen(from_helper[1], "wb") as told:
        while True:
            p, y = pickle.load(asked)
            p.requires_grad_()
            try:
                (p - y).pow(2).sum().backward()
            except BaseException:
                os._exit(1)
            pickle.dump(p.grad, told)
            told.flush()
os.close(from_helper[1])


def backward(x, y, w2, h, h_relu, y_pred):
    with os.fdopen(to_helper[1], "wb", closefd=False) as helper:
        pickle.dump((y_pred.clone(), y.clone()), helper)
    with os.fdopen(from_helper[0], "rb", closefd=False) as helper:
        g = pickle.load(helper)
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
