# mistake: layers-in-list
# outcome: crashed
# note: a ModuleList holds layers but has no forward; torch raises NotImplementedError
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.ModuleList([nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out)])
