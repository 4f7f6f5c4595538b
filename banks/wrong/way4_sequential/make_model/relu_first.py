# mistake: relu-on-input
# note: the activation before the first layer
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.ReLU(), nn.Linear(d_in, d_h), nn.Linear(d_h, d_out))
