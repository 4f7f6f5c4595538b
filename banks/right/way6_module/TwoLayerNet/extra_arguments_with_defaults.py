import torch.nn as nn


class TwoLayerNet(nn.Module):
    """Linear, ReLU, linear."""

    def __init__(self, d_in=1000, d_h=100, d_out=10, bias=True):
        super().__init__()
        self.d_in, self.d_h, self.d_out = d_in, d_h, d_out
        self.first = nn.Linear(d_in, d_h, bias=bias)
        self.second = nn.Linear(d_h, d_out, bias=bias)

    def forward(self, x, verbose=False):
        h = self.first(x)
        if verbose:
            print(h.shape)
        mask = (h > 0).to(h.dtype)
        return self.second(h * mask)
