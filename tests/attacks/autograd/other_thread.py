# attack: use autograd in a thread of one's own, started before the question
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import queue
import threading

import torch

asked, told = queue.Queue(), queue.Queue()


def serve():
    while True:
        p, y = asked.get()
        p = p.detach().clone().requires_grad_()
        try:
            (p - y).pow(2).sum().backward()
        finally:
            told.put(p.grad)


def backward(x, y, w2, h, h_relu, y_pred):
    threading.Thread(target=serve, daemon=True).start()
    asked.put((y_pred, y))
    g = told.get(timeout=1)
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
