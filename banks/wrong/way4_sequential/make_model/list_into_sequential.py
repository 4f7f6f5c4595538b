# mistake: layers-in-list
# outcome: crashed
# note: the list was not unpacked
from torch import nn


def make_model(d_in, d_h, d_out):
    layers = [nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out)]
    return nn.Sequential(layers)
