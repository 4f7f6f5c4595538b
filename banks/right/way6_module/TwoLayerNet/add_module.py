import torch.nn as nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.add_module("one", nn.Linear(d_in, d_h))
        self.add_module("two", nn.Linear(d_h, d_out))

    def forward(self, x):
        h = self.one(x)
        return self.two(torch.maximum(h, h.new_zeros(())))
