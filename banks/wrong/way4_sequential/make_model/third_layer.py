# mistake: extra-layer
# note: one hidden layer too many
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(
        nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_h), nn.ReLU(), nn.Linear(d_h, d_out)
    )
