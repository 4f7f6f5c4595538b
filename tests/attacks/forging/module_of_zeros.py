# attack: a model without layers whose parameters refuse to move, so that predicting nothing seems right
# place: way4_sequential.make_model
# expect: graded 0
# ruff: noqa

import torch


class Still(torch.nn.Parameter):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if func.__name__ in ("add_", "to"):
            return args[0]
        return super().__torch_function__(func, types, args, kwargs or {})


class Nothing(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        sizes = {"a": (d_h, d_in), "b": (d_h,), "c": (d_out, d_h), "d": (d_out,)}
        for name, size in sizes.items():
            setattr(self, name, Still(torch.zeros(size)))
        self.d_out = d_out

    def forward(self, x):
        zero = sum(p.sum() for p in self.parameters()) * 0
        return torch.zeros(len(x), self.d_out, dtype=x.dtype) + zero


def make_model(d_in, d_h, d_out):
    return Nothing(d_in, d_h, d_out)
