from collections import OrderedDict

import torch.nn as nn


def make_model(d_in, d_h, d_out):
    layers = OrderedDict()
    layers["hidden"] = nn.Linear(d_in, d_h)
    layers["relu"] = nn.ReLU()
    layers["output"] = nn.Linear(d_h, d_out)
    return nn.Sequential(layers)
