# mistake: layers-in-list
# note: a list of layers is no model
from torch import nn


def make_model(d_in, d_h, d_out):
    return [nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out)]
