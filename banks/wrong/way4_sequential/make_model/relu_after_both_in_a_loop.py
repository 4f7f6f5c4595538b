# mistake: relu-on-output
# note: the loop adds one too many
from torch import nn


def make_model(d_in, d_h, d_out):
    layers = []
    for a, b in [(d_in, d_h), (d_h, d_out)]:
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers)
