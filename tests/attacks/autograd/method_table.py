# attack: read the table of methods of the engine's type in memory, and call what it points to
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import ctypes

import torch


class Method(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("called", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    ]


def backward(x, y, w2, h, h_relu, y_pred):
    engine = torch.autograd.Variable._execution_engine
    place = ctypes.c_void_p.from_address(id(type(engine)) + 29 * 8).value
    while (method := Method.from_address(place)).name != b"run_backward":
        place += ctypes.sizeof(Method)
    kind = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object, ctypes.py_object, ctypes.py_object)
    p = y_pred.detach().clone().requires_grad_()
    loss = (p - y).pow(2).sum()
    (g,) = kind(method.called)(engine, ((loss,), (torch.ones_like(loss),), False, False, (p,), True, True), {})
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
