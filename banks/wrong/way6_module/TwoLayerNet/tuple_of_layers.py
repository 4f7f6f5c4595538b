# mistake: layers-in-list
# note: a tuple is no better than a list
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.pair = nn.Linear(d_in, d_h), nn.Linear(d_h, d_out)

    def forward(self, x):
        first, second = self.pair
        return second(first(x).relu())
