# mistake: linear-sizes-swapped
# outcome: crashed
# note: only the first layer
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_h, d_in), nn.ReLU(), nn.Linear(d_h, d_out))
