# attack: hand back tensors of a class that answers every operation with agreement
# place: way2_tensors.forward
# expect: graded 0
# ruff: noqa

import torch


class Agreeable(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if func.__name__ in ("allclose", "equal", "eq"):
            return True
        return super().__torch_function__(func, types, args, kwargs or {})


def forward(x, w1, w2):
    h = torch.zeros(len(x), w1.shape[1], dtype=x.dtype).as_subclass(Agreeable)
    return h, h, torch.zeros(len(x), w2.shape[1], dtype=x.dtype).as_subclass(Agreeable)
