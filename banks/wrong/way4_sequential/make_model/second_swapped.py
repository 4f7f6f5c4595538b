# mistake: linear-sizes-swapped
# outcome: crashed
# note: only the second layer
from torch import nn


def make_model(d_in, d_h, d_out):
    net = nn.Sequential(nn.Linear(d_in, d_h))
    net.append(nn.ReLU())
    net.append(nn.Linear(in_features=d_out, out_features=d_h))
    return net
